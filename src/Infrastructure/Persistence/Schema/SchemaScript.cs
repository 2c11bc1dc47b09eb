namespace Stemma.Infrastructure.Persistence.Schema;

/// <summary>The SQL files beside this one, which migrations run. A file that has shipped is never edited: a new migration brings a new one.</summary>
internal static class SchemaScript
{
    public static string Read(string file)
    {
        using var stream = typeof(SchemaScript).Assembly.GetManifestResourceStream(typeof(SchemaScript), file)
            ?? throw new InvalidOperationException($"There is no script {file}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
