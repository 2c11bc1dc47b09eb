using Microsoft.Extensions.Logging;

namespace Stemma.Infrastructure.Embedded;

/// <summary>Makes the cluster: beside its place, and renamed into it when complete, so that a killed first start leaves none.</summary>
internal sealed class ClusterBuilder(DataFolder folder, ServerUser user, ILogger logger)
{
    /// <summary>Only under the start lock.</summary>
    public async Task BuildAsync(ServerBinaries binaries, string superuserPassword, CancellationToken cancellationToken)
    {
        await user.CheckReachesAsync(folder.Root, cancellationToken);
        logger.LogInformation("Creating a PostgreSQL {Major} database in {Folder}.", binaries.Major, folder.Root);

        // The name is new each time: the initdb of a killed start may still be writing to the old one.
        var staging = Directory.CreateDirectory(Path.Combine(folder.Root, $"cluster.{Path.GetRandomFileName()}.partial")).FullName;
        try
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(staging, DataFolder.OwnerFolder | DataFolder.PassThrough);

            var data = Directory.CreateDirectory(Path.Combine(staging, "data")).FullName;
            var passwordFile = Path.Combine(staging, "password");
            DataFolder.Write(passwordFile, superuserPassword + "\n", DataFolder.OwnerOnly);
            await user.OwnAsync(data, cancellationToken);
            await user.OwnAsync(passwordFile, cancellationToken);

            await InitializeAsync(binaries, data, passwordFile, cancellationToken);
            Directory.Move(data, folder.Cluster);
        }
        finally
        {
            Remove(staging);
        }
    }

    /// <summary>Clears away what killed first starts have left. Only under the start lock.</summary>
    public void RemoveLeftovers()
    {
        foreach (var leftover in Directory.EnumerateDirectories(folder.Root, "cluster.*.partial"))
            Remove(leftover);
    }

    private async Task InitializeAsync(ServerBinaries binaries, string data, string passwordFile, CancellationToken cancellationToken)
    {
        var failure = "";
        foreach (var locale in Locales(binaries.Major))
        {
            string[] arguments =
            [
                "--pgdata", data, "--username", "postgres", "--pwfile", passwordFile, "--auth", "scram-sha-256",
                "--data-checksums", "--encoding", "UTF8", "--no-instructions", .. locale,
            ];
            var (code, output) = await ServerUser.RunAsync(user.Command(binaries.Initdb, folder.Root, arguments), cancellationToken);
            if (code == 0)
                return;

            failure = output.Trim();
            if (!failure.Contains("locale", StringComparison.OrdinalIgnoreCase))
                break;
        }

        throw new EmbeddedServerException($"The database could not be created in {folder.Root}: {failure}");
    }

    /// <summary>
    /// Order by code point and Unicode's upper and lower case, the same on every machine: PostgreSQL's own C.UTF-8 since 17,
    /// the operating system's before, and plain C, whose case folding ends at ASCII, where it has none.
    /// </summary>
    private static string[][] Locales(int major)
    {
        if (major >= 17)
            return [["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"]];

        return OperatingSystem.IsWindows() ? [["--locale", "C"]] : [["--locale", "C.UTF-8"], ["--locale", "C"]];
    }

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A program that outlived its API is still writing there; the next start finds it still.
        }
    }
}
