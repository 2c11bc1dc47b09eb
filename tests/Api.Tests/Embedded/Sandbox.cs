using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Stemma.Infrastructure.Embedded;
using Xunit;

namespace Stemma.Api.Tests.Embedded;

/// <summary>A folder of one test. At the end everything that runs in it is stopped, by process number, and it is removed.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private readonly List<EmbeddedServer> _servers = [];

    public Sandbox()
    {
        // Not the folder of a user, which the server's user might not reach.
        Root = Path.Combine(Path.GetTempPath(), "stemma-" + Path.GetRandomFileName());
        Directory.CreateDirectory(Root);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Root, DataFolder.OwnerFolder | DataFolder.PassThrough);
    }

    public string Root { get; }

    public string Data => Path.Combine(Root, "data");

    public EmbeddedOptions Options => new(Data, null, Path.Combine(Root, "cache"));

    public Task<EmbeddedServer> StartAsync() => StartAsync(Options);

    public async Task<EmbeddedServer> StartAsync(EmbeddedOptions options)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var server = await EmbeddedServer.StartAsync(options, NullLogger.Instance, TimeProvider.System, cancellation);
        lock (_servers)
            _servers.Add(server);

        return server;
    }

    public static Task<string?> QueryAsync(EmbeddedServer server, string sql) => QueryAsync(server.ConnectionString, sql);

    /// <summary>Runs SQL on a connection of its own.</summary>
    /// <returns>The first value as text.</returns>
    public static async Task<string?> QueryAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))?.ToString();
    }

    public static bool Runs(int pid)
    {
        if (OperatingSystem.IsLinux())
            return File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Length > 0;

        return Process.GetProcesses().Any(process => process.Id == pid);
    }

    /// <summary>Of the processes that run now, on Linux: the program's name without its folder, and its arguments.</summary>
    public static List<string[]> CommandLines()
    {
        var lines = new List<string[]>();
        foreach (var process in Directory.GetDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                var parts = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0');
                lines.Add([Path.GetFileName(parts[0]), .. parts[1..]]);
            }
            catch (IOException)
            {
                // It has just ended.
            }
        }

        return lines;
    }

    public static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    /// <summary>Waits for something to become true, for ten seconds at most.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 1000 && !condition(); attempt++)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        Assert.True(condition());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();

        var pidFile = Path.Combine(Data, "cluster", "postmaster.pid");
        if (File.Exists(pidFile) && int.TryParse(File.ReadLines(pidFile).First(), out var pid) && Runs(pid))
        {
            Kill(pid);
            await UntilAsync(() => !Runs(pid));
        }

        for (var attempt = 1; Directory.Exists(Root); attempt++)
        {
            try
            {
                Directory.Delete(Root, recursive: true);
            }
            catch (IOException) when (attempt < 100)
            {
                await Task.Delay(20); // processes of a killed server are still ending
            }
        }
    }
}
