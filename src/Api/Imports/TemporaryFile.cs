namespace Stemma.Api.Imports;

/// <summary>A file that is gone when it is closed.</summary>
internal static class TemporaryFile
{
    public static FileStream Create() => new(
        Path.Combine(Path.GetTempPath(), "stemma-" + Guid.NewGuid().ToString("N")),
        new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose });
}
