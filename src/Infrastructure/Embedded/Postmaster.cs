using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Stemma.Infrastructure.Embedded;

/// <summary>
/// What <c>postmaster.pid</c> says of the server that wrote it. The file outlives a server that crashes.
/// The status is the server's own word: starting, stopping, ready or standby; empty before it says any.
/// </summary>
internal sealed record PostmasterFile(int Pid, string DataDirectory, int Port, string Status)
{
    public bool IsReady => Status == "ready";
}

/// <summary>
/// The server's main process: found by its file, started and stopped with <c>pg_ctl</c>.
/// It is no child of the API, nor in its process group.
/// </summary>
internal sealed class Postmaster(DataFolder folder, ServerUser user, ILogger logger, TimeProvider timeProvider)
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_startNews = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_cancelPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(60);

    /// <summary>A process number beyond every system's limit.</summary>
    private const int NoPid = int.MaxValue - 1;

    private string PidFile => Path.Combine(folder.Cluster, "postmaster.pid");

    /// <summary>The file of a server that runs on this cluster; null where none does, whatever file a crashed one has left.</summary>
    public PostmasterFile? Find() => Read() is { } file && IsAlive(file) ? file : null;

    /// <summary>Waits for a server that runs to be ready; crash recovery takes as long as it takes.</summary>
    /// <returns>Null where it went away instead.</returns>
    public async Task<PostmasterFile?> WaitReadyAsync(CancellationToken cancellationToken)
    {
        while (Find() is { } file)
        {
            if (file.IsReady)
                return file;

            await Task.Delay(s_poll, timeProvider, cancellationToken);
        }

        return null;
    }

    /// <summary>Starts the server and waits until it is ready, crash recovery included. Only under the start lock, where none runs.</summary>
    /// <exception cref="EmbeddedServerException">It ended; the message holds its last words.</exception>
    public async Task<PostmasterFile> StartAsync(ServerBinaries binaries, CancellationToken cancellationToken)
    {
        DisownPidFile();
        File.Delete(StartupLog);

        // pg_ctl waits too, at a coarser grain: it knows when the server ends before it is ready, the file does not.
        var command = user.Command(
            binaries.PgCtl,
            folder.Root,
            "start", "--silent", "--wait", "--timeout", "86400", "--pgdata", folder.Cluster, "--log", StartupLog,
            "--options", $"-c config_file=\"{folder.Settings.Replace('\\', '/')}\"");

        // On Windows the server would inherit these and keep them open.
        command.RedirectStandardOutput = command.RedirectStandardError = !OperatingSystem.IsWindows();
        using var control = ServerUser.Launch(command);
        control.StandardInput.Close();
        var ended = control.WaitForExitAsync(CancellationToken.None);
        try
        {
            return await WaitStartedAsync(ended, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled stops the server next, and finds it by its file.
            var began = timeProvider.GetTimestamp();
            while (Find() is null && !ended.IsCompleted && timeProvider.GetElapsedTime(began) < s_cancelPatience)
                await Task.Delay(s_poll, timeProvider, CancellationToken.None);

            throw;
        }
    }

    private async Task<PostmasterFile> WaitStartedAsync(Task ended, CancellationToken cancellationToken)
    {
        var began = timeProvider.GetTimestamp();
        var news = began;
        while (true)
        {
            // In this order: a server that became ready before pg_ctl ended is seen.
            var over = ended.IsCompleted;
            if (Find() is { IsReady: true } file)
            {
                var elapsed = timeProvider.GetElapsedTime(began).TotalMilliseconds;
                logger.LogInformation("PostgreSQL is ready on 127.0.0.1:{Port} after {Elapsed:0} ms.", file.Port, elapsed);
                return file;
            }

            if (over)
                throw new EmbeddedServerException($"PostgreSQL did not start on {folder.Cluster}. Its last words: {LastWords()}");

            if (timeProvider.GetElapsedTime(news) > s_startNews)
            {
                news = timeProvider.GetTimestamp();
                logger.LogInformation("Waiting for PostgreSQL, which repairs its data after a crash.");
            }

            await Task.Delay(s_poll, timeProvider, cancellationToken);
        }
    }

    /// <summary>Disconnects everybody and stops the server. Only under the start lock. Gives up, with a warning, after a minute.</summary>
    public async Task StopAsync(ServerBinaries binaries)
    {
        if (Find() is not { } file)
            return;

        string[] arguments = ["stop", "--silent", "--no-wait", "--mode", "fast", "--pgdata", folder.Cluster];
        var command = user.Command(binaries.PgCtl, folder.Root, arguments);
        var (code, output) = await ServerUser.RunAsync(command, CancellationToken.None);
        if (code != 0 && Find() is not null)
        {
            logger.LogWarning("PostgreSQL could not be stopped: {Output}", output.Trim());
            return;
        }

        var began = timeProvider.GetTimestamp();
        while (IsAlive(file))
        {
            if (timeProvider.GetElapsedTime(began) > s_stopPatience)
            {
                logger.LogWarning("PostgreSQL (process {Pid}) has not stopped within a minute; it is left to itself.", file.Pid);
                return;
            }

            await Task.Delay(s_poll, timeProvider, CancellationToken.None);
        }

        logger.LogInformation("PostgreSQL has stopped.");
    }

    /// <summary>Whether the process that wrote the file still runs. The number alone may be another process's by now.</summary>
    public bool IsAlive(PostmasterFile file)
    {
        // A folder that was copied while its server ran holds the file of the other one.
        if (!IsCluster(file.DataDirectory))
            return false;

        if (OperatingSystem.IsLinux())
        {
            // Readable by everyone, unlike /proc/…/cwd, and empty for a process that is dead but not yet reaped.
            var arguments = (ReadOrNull($"/proc/{file.Pid}/cmdline") ?? "").Split('\0');
            return Path.GetFileName(arguments[0]) is "postgres" or "postmaster" && arguments.Contains(file.DataDirectory);
        }

        try
        {
            using var process = Process.GetProcessById(file.Pid);
            return process.ProcessName is "postgres" or "postmaster";
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private string StartupLog => Path.Combine(folder.Cluster, "startup.log");

    private PostmasterFile? Read()
    {
        // pid, data folder, start time, port, socket folder, address, shared memory, status: PostgreSQL's pidfile.h.
        var lines = ReadOrNull(PidFile)?.Split('\n') ?? [];
        if (lines.Length < 2 || !int.TryParse(lines[0], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var pid))
            return null;

        _ = int.TryParse(lines.ElementAtOrDefault(3), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var port);
        return new PostmasterFile(pid, lines[1].TrimEnd('\r'), port, lines.ElementAtOrDefault(7)?.Trim() ?? "");
    }

    private bool IsCluster(string path)
    {
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return string.Equals(Path.GetFullPath(path), folder.Cluster, comparison)
            || string.Equals(Real(path), Real(folder.Cluster), comparison);
    }

    private static string Real(string path)
    {
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;
        foreach (var part in Path.GetRelativePath(real, path).Split(Path.DirectorySeparatorChar))
        {
            real = Path.Combine(real, part);
            real = new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real;
        }

        return real;
    }

    /// <summary>
    /// PostgreSQL refuses to start while any process of its user has the number in the file, which is common after a container's restart.
    /// The number is replaced rather than the file removed, so that PostgreSQL still checks the shared memory the file names.
    /// </summary>
    private void DisownPidFile()
    {
        if (Read() is not { } file || file.Pid == NoPid || !Exists(file.Pid))
            return;

        logger.LogInformation("Process {Pid} in {File} is not this server's: its number was used again.", file.Pid, PidFile);
        var rest = File.ReadAllText(PidFile).Split('\n', 2)[1];
        File.Delete(PidFile);
        DataFolder.Write(
            PidFile,
            string.Create(CultureInfo.InvariantCulture, $"{NoPid}\n{rest}"),
            DataFolder.OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    private static bool Exists(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private string LastWords()
    {
        var logs = Path.Combine(folder.Cluster, "log");
        var files = Directory.Exists(logs) ? new DirectoryInfo(logs).GetFiles() : [];
        var newest = files.MaxBy(file => file.LastWriteTimeUtc)?.FullName;
        var lines = new[] { StartupLog, newest }.OfType<string>().SelectMany(file => (ReadOrNull(file) ?? "").Split('\n').TakeLast(8));
        return string.Join(" | ", lines.Select(line => line.Trim()).Where(line => line.Length > 0));
    }

    // Files of other processes come and go between any two calls.
    private static string? ReadOrNull(string path)
    {
        try
        {
            const FileShare Anything = FileShare.ReadWrite | FileShare.Delete;
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, Anything));
            return reader.ReadToEnd();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
