using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Stemma.Infrastructure.Embedded;
using Xunit;

namespace Stemma.Api.Tests.Embedded;

public sealed class EmbeddedServerTests : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(ServerBinaries.FindLocal(_sandbox.Options, SearchEnvironment.Current, null) is null, "No PostgreSQL is installed here.");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task A_restart_keeps_the_data()
    {
        var first = await _sandbox.StartAsync();
        Assert.True(first.FirstStart);
        await Sandbox.QueryAsync(first, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('here')");
        await first.DisposeAsync();

        var second = await _sandbox.StartAsync();
        Assert.False(second.FirstStart);
        Assert.Equal(first.ConnectionString, second.ConnectionString);
        Assert.Equal("here", await Sandbox.QueryAsync(second, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task The_database_is_the_roles_own_and_takes_the_extensions()
    {
        var server = await _sandbox.StartAsync();

        Assert.Equal("stemma stemma UTF8 off", await Sandbox.QueryAsync(
            server,
            """
            SELECT concat_ws(' ', current_database(), pg_get_userbyid(datdba), pg_encoding_to_char(encoding), current_setting('is_superuser'))
            FROM pg_database WHERE datname = current_database()
            """));
        await Sandbox.QueryAsync(server, "CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; CREATE EXTENSION btree_gin");
        Assert.Equal("É", await Sandbox.QueryAsync(server, "SELECT upper('é')"));
    }

    [Fact]
    public async Task It_is_durable_and_closed()
    {
        var server = await _sandbox.StartAsync();

        (string Setting, string Value)[] expected =
        [
            ("fsync", "on"),
            ("full_page_writes", "on"),
            ("synchronous_commit", "on"),
            ("data_checksums", "on"),
            ("password_encryption", "scram-sha-256"),
            ("listen_addresses", "127.0.0.1"),
            ("max_connections", "200"),
            ("jit", "off"),
        ];
        foreach (var (setting, value) in expected)
            Assert.Equal((setting, value), (setting, await Sandbox.QueryAsync(server, $"SHOW {setting}")));
    }

    [Fact]
    public async Task Every_way_in_asks_for_a_SCRAM_password()
    {
        await _sandbox.StartAsync();

        var methods = (await File.ReadAllLinesAsync(Path.Combine(_sandbox.Data, "cluster", "pg_hba.conf"), Cancellation))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);
        Assert.All(methods, method => Assert.Equal("scram-sha-256", method));
    }

    [Fact]
    public async Task A_second_user_shares_it_and_it_stops_with_the_last()
    {
        var first = await _sandbox.StartAsync();
        var second = await _sandbox.StartAsync();
        var pid = first.ProcessId;
        Assert.Equal(pid, second.ProcessId);
        Assert.Equal(first.ConnectionString, second.ConnectionString);

        await first.DisposeAsync();
        Assert.True(Sandbox.Runs(pid));
        Assert.Equal("1", await Sandbox.QueryAsync(second, "SELECT 1"));

        await second.DisposeAsync();
        Assert.False(Sandbox.Runs(pid));
    }

    [Fact]
    public async Task Simultaneous_first_starts_make_one_cluster()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(_sandbox.StartAsync, Cancellation)));

        Assert.Single(servers, server => server.FirstStart);
        Assert.Single(servers.Select(server => server.ProcessId).Distinct());
        Assert.Single(servers.Select(server => server.ConnectionString).Distinct());
        Assert.Empty(Directory.GetDirectories(_sandbox.Data, "*.partial"));
    }

    [Fact]
    public async Task Starts_and_stops_that_meet_never_leave_a_user_without_a_server()
    {
        await (await _sandbox.StartAsync()).DisposeAsync();

        async Task UseAsync()
        {
            await Task.Yield();
            for (var round = 0; round < 6; round++)
            {
                var server = await _sandbox.StartAsync();
                Assert.Equal("1", await Sandbox.QueryAsync(server, "SELECT 1"));
                await server.DisposeAsync();
            }
        }

        await Task.WhenAll(UseAsync(), UseAsync(), UseAsync());

        Assert.False(File.Exists(Path.Combine(_sandbox.Data, "cluster", "postmaster.pid")));
    }

    [Fact]
    public async Task A_killed_server_recovers_at_the_next_start_and_loses_nothing()
    {
        var first = await _sandbox.StartAsync();
        await Sandbox.QueryAsync(first, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n");
        Sandbox.Kill(first.ProcessId);
        await Sandbox.UntilAsync(() => !Sandbox.Runs(first.ProcessId));

        var second = await _sandbox.StartAsync();

        Assert.NotEqual(first.ProcessId, second.ProcessId);
        Assert.Equal("1000", await Sandbox.QueryAsync(second, "SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task A_watched_server_that_is_killed_is_started_again_on_its_port()
    {
        var server = await _sandbox.StartAsync();
        await Sandbox.QueryAsync(server, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n");
        var pid = server.ProcessId;
        var watch = server.Watch(Cancellation);

        Sandbox.Kill(pid);
        await Sandbox.UntilAsync(() => server.ProcessId != pid);

        Assert.Equal("1000", await Sandbox.QueryAsync(server, "SELECT count(*) FROM kept"));
        var last = server.ProcessId;
        await server.DisposeAsync();
        await watch;
        Assert.False(Sandbox.Runs(last));
    }

    [Fact]
    public async Task A_server_that_its_API_left_behind_is_adopted()
    {
        var first = await _sandbox.StartAsync();
        await first.DisposeAsync();
        var orphan = await StartByHandAsync();

        var adopting = await _sandbox.StartAsync();
        Assert.Equal(orphan, adopting.ProcessId);
        Assert.Equal("1", await Sandbox.QueryAsync(adopting, "SELECT 1"));

        await adopting.DisposeAsync();
        Assert.False(Sandbox.Runs(orphan));
    }

    [Fact]
    public async Task What_an_interrupted_first_start_left_is_cleared_away()
    {
        // A killed first start has its lock file, perhaps passwords, and an unfinished cluster beside the place of the finished one.
        var leftover = Path.Combine(_sandbox.Data, "cluster.killed.partial", "data");
        Directory.CreateDirectory(leftover);
        foreach (var file in new[] { Path.Combine(leftover, "PG_VERSION"), Path.Combine(_sandbox.Data, "start.lock") })
            await File.WriteAllTextAsync(file, "", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_sandbox.Data, "password"), "made-before-the-kill\n", Cancellation);

        // The folder was made by this test rather than by a start, so its mode was too.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_sandbox.Data, File.GetUnixFileMode(_sandbox.Root));

        var server = await _sandbox.StartAsync();

        Assert.True(server.FirstStart);
        Assert.Empty(Directory.GetDirectories(_sandbox.Data, "*.partial"));
        Assert.Equal("1", await Sandbox.QueryAsync(server, "SELECT 1"));
    }

    [Fact]
    public async Task What_could_not_be_cleared_away_at_once_goes_at_a_later_start()
    {
        await (await _sandbox.StartAsync()).DisposeAsync();
        Directory.CreateDirectory(Path.Combine(_sandbox.Data, "cluster.killed.partial", "data"));

        await _sandbox.StartAsync();

        Assert.Empty(Directory.GetDirectories(_sandbox.Data, "*.partial"));
    }

    [Fact]
    public async Task A_start_that_was_killed_before_its_database_was_made_is_finished_by_the_next()
    {
        await (await _sandbox.StartAsync()).DisposeAsync();
        await StartByHandAsync();
        var superuser = new NpgsqlConnectionStringBuilder((await _sandbox.StartAsync()).ConnectionString)
        {
            Username = "postgres",
            Database = "postgres",
            Password = (await File.ReadAllTextAsync(Path.Combine(_sandbox.Data, "superuser-password"), Cancellation)).Trim(),
        }.ConnectionString;
        await Sandbox.QueryAsync(superuser, "DROP DATABASE stemma WITH (FORCE)");
        await Sandbox.QueryAsync(superuser, "DROP ROLE stemma");

        var server = await _sandbox.StartAsync();

        Assert.Equal("stemma", await Sandbox.QueryAsync(server, "SELECT current_user"));
    }

    [Fact]
    public async Task A_cancelled_start_leaves_nothing_running()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked for in /proc.");
        await (await _sandbox.StartAsync()).DisposeAsync();
        var log = Path.Combine(_sandbox.Data, "cluster", "startup.log");
        for (var round = 0; round < 5; round++)
        {
            // The log is there a moment before the server is, and before the file that names its process.
            File.Delete(log);
            using var cancelled = new CancellationTokenSource();
            var start = EmbeddedServer.StartAsync(_sandbox.Options, NullLogger.Instance, TimeProvider.System, cancelled.Token);
            while (!File.Exists(log) && !start.IsCompleted)
                await Task.Yield();

            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);

            bool IsOurs(string[] line) => line[0] != "pg_ctl" && line.Any(part => part.Contains(_sandbox.Data, StringComparison.Ordinal));
            Assert.DoesNotContain(Sandbox.CommandLines(), IsOurs);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_meanwhile_is_given_up()
    {
        var first = await _sandbox.StartAsync();
        await first.DisposeAsync();
        var port = new NpgsqlConnectionStringBuilder(first.ConnectionString).Port;
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();

        var second = await _sandbox.StartAsync();

        Assert.NotEqual(port, new NpgsqlConnectionStringBuilder(second.ConnectionString).Port);
        Assert.Equal("1", await Sandbox.QueryAsync(second, "SELECT 1"));
    }

    [Fact]
    public async Task A_crashed_servers_number_that_another_process_has_by_now_does_not_hinder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The other process is made with Linux's own programs.");
        var first = await _sandbox.StartAsync();
        var pidFile = Path.Combine(_sandbox.Data, "cluster", "postmaster.pid");
        Sandbox.Kill(first.ProcessId);
        await Sandbox.UntilAsync(() => !Sandbox.Runs(first.ProcessId));
        using var other = Process.Start(ServerUser.OfThisProcess().Command("/bin/sleep", "/", "600"))!;
        try
        {
            var stale = await File.ReadAllLinesAsync(pidFile, Cancellation);
            stale[0] = other.Id.ToString(CultureInfo.InvariantCulture);
            await File.WriteAllLinesAsync(pidFile, stale, Cancellation);

            var second = await _sandbox.StartAsync();

            Assert.Equal("1", await Sandbox.QueryAsync(second, "SELECT 1"));
            Assert.False(other.HasExited);
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public async Task The_passwords_are_for_the_user_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are Unix's.");
        if (OperatingSystem.IsWindows())
            return; // the analyser does not know that a skip ends the test

        await _sandbox.StartAsync();

        foreach (var name in new[] { "password", "superuser-password" })
        {
            var path = Path.Combine(_sandbox.Data, name);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Matches("^[0-9a-f]{64}\n$", await File.ReadAllTextAsync(path, Cancellation));
        }
    }

    [Fact]
    public async Task It_drops_root_and_roots_groups()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root has root to drop.");
        var server = await _sandbox.StartAsync();

        var status = (await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status", Cancellation))
            .Select(line => line.Split('\t', 2))
            .ToDictionary(parts => parts[0], parts => parts[^1].Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("0", status["Uid:"]);
        Assert.DoesNotContain("0", status["Gid:"]);
        Assert.DoesNotContain("0", status["Groups:"]);
    }

    [Fact]
    public async Task It_is_in_another_session_than_the_API()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Read from /proc.");
        var server = await _sandbox.StartAsync();

        // After the program's name: state, parent, process group, session. A terminal's Ctrl-C goes to one group of one session.
        static string[] Of(string pid) => File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ours = Of("self");
        var theirs = Of(server.ProcessId.ToString(CultureInfo.InvariantCulture));
        Assert.NotEqual(ours[2], theirs[2]);
        Assert.NotEqual(ours[3], theirs[3]);
    }

    [Fact]
    public async Task It_listens_on_the_loopback_address_alone()
    {
        var server = await _sandbox.StartAsync();
        var port = new NpgsqlConnectionStringBuilder(server.ConnectionString).Port;
        var others = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address)
            .Append(IPAddress.Parse("127.0.0.2"))
            .Where(address => !address.Equals(IPAddress.Loopback));

        foreach (var address in others)
        {
            using var client = new TcpClient(address.AddressFamily);
            await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(address, port, Cancellation).AsTask());
        }
    }

    [Fact]
    public async Task A_folder_of_somebody_else_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(_sandbox.Data);
        var thesis = Path.Combine(_sandbox.Data, "thesis.txt");
        await File.WriteAllTextAsync(thesis, "mine", Cancellation);

        var exception = await Assert.ThrowsAsync<EmbeddedServerException>(_sandbox.StartAsync);

        Assert.Contains("thesis.txt", exception.Message, StringComparison.Ordinal);
        Assert.Equal([thesis], Directory.GetFileSystemEntries(_sandbox.Data));
    }

    [Fact]
    public async Task A_folder_in_use_from_another_container_is_refused()
    {
        await _sandbox.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(_sandbox.Data, "host"), "another pid:[1]\n", Cancellation);

        var exception = await Assert.ThrowsAsync<EmbeddedServerException>(_sandbox.StartAsync);

        Assert.Contains("another machine or container", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_the_servers_user_cannot_enter_is_named()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess, "Only root starts the server as another user.");
        if (OperatingSystem.IsWindows())
            return; // the analyser does not know that a skip ends the test

        var closed = Directory.CreateDirectory(Path.Combine(_sandbox.Root, "closed"), DataFolder.OwnerFolder);

        var exception = await Assert.ThrowsAsync<EmbeddedServerException>(
            () => _sandbox.StartAsync(_sandbox.Options with { DataDirectory = Path.Combine(closed.FullName, "data") }));

        Assert.Contains("cannot enter", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Starts the server as a process would that is killed right after: without holding any lock.</summary>
    private async Task<int> StartByHandAsync()
    {
        var binaries = ServerBinaries.FindLocal(_sandbox.Options, SearchEnvironment.Current, null)!;
        var cluster = Path.Combine(_sandbox.Data, "cluster");
        var command = ServerUser.OfThisProcess().Command(
            binaries.PgCtl, _sandbox.Data, "start", "-w", "-D", cluster, "-l", Path.Combine(cluster, "by-hand.log"),
            "-o", $"-c config_file=\"{_sandbox.Data}/stemma.conf\"");
        var (code, output) = await ServerUser.RunAsync(command, Cancellation);
        Assert.True(code == 0, output);
        return int.Parse(File.ReadLines(Path.Combine(cluster, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
    }
}
