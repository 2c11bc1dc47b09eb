namespace Stemma.Infrastructure.Embedded;

/// <summary>Where the private server keeps its things. Null everywhere is the default that needs no configuration.</summary>
/// <param name="DataDirectory">
/// The data folder: the cluster, its passwords and its locks. Null: as root <c>/var/lib/stemma</c>, else the user's data folder.
/// </param>
/// <param name="BinDirectory">
/// The folder of <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>; where given, nothing else is looked at.
/// </param>
/// <param name="CacheDirectory">
/// Where fetched server binaries are kept. Null: as root <c>/var/cache/stemma</c>, else the user's cache folder.
/// </param>
internal sealed record EmbeddedOptions(string? DataDirectory = null, string? BinDirectory = null, string? CacheDirectory = null)
{
    /// <summary>The absolute data folder, without a trailing separator.</summary>
    public string ResolveDataDirectory() =>
        Absolute(DataDirectory ?? Default("/var/lib/stemma", "XDG_DATA_HOME", ".local/share", "Application Support"));

    /// <summary>The absolute cache folder, without a trailing separator.</summary>
    public string ResolveCacheDirectory() =>
        Absolute(CacheDirectory ?? Default("/var/cache/stemma", "XDG_CACHE_HOME", ".cache", "Caches"));

    private static string Absolute(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static string Default(string ofRoot, string xdgVariable, string underHome, string underLibrary)
    {
        if (OperatingSystem.IsWindows())
        {
            var local = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Stemma");
            return xdgVariable == "XDG_CACHE_HOME" ? local + "Cache" : local;
        }

        if (Environment.IsPrivilegedProcess)
            return ofRoot;

        // The XDG base directory specification: a relative value is invalid and is to be ignored.
        if (!OperatingSystem.IsMacOS() && Environment.GetEnvironmentVariable(xdgVariable) is { } xdg && Path.IsPathRooted(xdg))
            return Path.Combine(xdg, "stemma");

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (home.Length == 0)
            throw new EmbeddedServerException("There is no home folder to keep the data in: set the data folder, or HOME.");

        return OperatingSystem.IsMacOS()
            ? Path.Combine(home, "Library", underLibrary, "stemma")
            : Path.Combine(home, underHome, "stemma");
    }
}
