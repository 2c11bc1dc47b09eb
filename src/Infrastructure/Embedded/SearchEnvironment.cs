namespace Stemma.Infrastructure.Embedded;

/// <summary>Where programs are looked for.</summary>
/// <param name="Path">A search path as in the PATH variable.</param>
/// <param name="InstallPatterns">Folders of server binaries; a <c>*</c> stands for any part of one folder name.</param>
internal sealed record SearchEnvironment(string Path, IReadOnlyList<string> InstallPatterns)
{
    public static SearchEnvironment Current { get; } = new(
        Environment.GetEnvironmentVariable("PATH") ?? "",
        UsualPlaces());

    /// <summary>Existing folders, those of the PATH first.</summary>
    public IEnumerable<string> Folders() =>
        PathFolders().Concat(InstallPatterns.SelectMany(Expand)).Where(Directory.Exists).Distinct();

    /// <summary>The full name of a program on the PATH, or null. On Windows the name needs its extension.</summary>
    public string? FindProgram(string fileName) =>
        PathFolders().Select(folder => System.IO.Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);

    // Relative entries are passed over: what runs must not depend on the folder the API was started in.
    private IEnumerable<string> PathFolders() =>
        Path.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(System.IO.Path.IsPathFullyQualified);

    private static string[] UsualPlaces()
    {
        if (OperatingSystem.IsWindows())
            return [System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL", "*", "bin")];

        if (OperatingSystem.IsMacOS())
        {
            return
            [
                "/opt/homebrew/opt/postgresql@*/bin",
                "/usr/local/opt/postgresql@*/bin",
                "/Applications/Postgres.app/Contents/Versions/*/bin",
            ];
        }

        return
        [
            "/usr/lib/postgresql/*/bin", // Debian, Ubuntu
            "/usr/pgsql-*/bin", // PostgreSQL's own packages for Fedora and RHEL
            "/usr/bin", // Fedora, RHEL, Arch
            "/usr/lib/postgresql*/bin", // openSUSE
            "/usr/libexec/postgresql*", // Alpine
            "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
        ];
    }

    private static IEnumerable<string> Expand(string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
            return [pattern];

        var before = pattern.LastIndexOf(System.IO.Path.DirectorySeparatorChar, star);
        var after = pattern.IndexOf(System.IO.Path.DirectorySeparatorChar, star);
        var parent = pattern[..before];
        if (!Directory.Exists(parent))
            return [];

        var rest = after < 0 ? "" : pattern[(after + 1)..];
        return Directory
            .EnumerateDirectories(parent, pattern[(before + 1)..(after < 0 ? pattern.Length : after)])
            .SelectMany(found => Expand(System.IO.Path.Combine(found, rest)));
    }
}
