using Microsoft.Extensions.Logging;
using Npgsql;

namespace Stemma.Infrastructure.Embedded;

/// <summary>
/// A use of the private PostgreSQL server of a data folder. The first use starts the server, further ones, in any process, share it,
/// and it stops with the last. A process that is killed leaves it running; the next use adopts it.
/// </summary>
/// <remarks>
/// Two file locks carry this (see <see cref="DataFolder"/>). Joining, leaving, starting and stopping all happen under the start lock,
/// so a start never meets a stop half done; the users' lock, which the kernel releases with its process, says whether anyone is left.
/// </remarks>
internal sealed class EmbeddedServer : IAsyncDisposable
{
    private const string Role = "stemma";
    private const string Superuser = "postgres";

    private static readonly TimeSpan s_watchInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestBackOff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_orphanPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_leavePatience = TimeSpan.FromSeconds(10);

    private readonly DataFolder _folder;
    private readonly EmbeddedOptions _options;
    private readonly SearchEnvironment _search;
    private readonly Postmaster _postmaster;
    private readonly ServerUser _user;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _disposing = new();
    private FileStream? _use;
    private PostmasterFile? _running;
    private bool _disposed;

    private EmbeddedServer(
        DataFolder folder,
        EmbeddedOptions options,
        SearchEnvironment search,
        ServerUser user,
        ILogger logger,
        TimeProvider timeProvider)
    {
        _folder = folder;
        _options = options;
        _search = search;
        _user = user;
        _logger = logger;
        _timeProvider = timeProvider;
        _postmaster = new Postmaster(folder, user, logger, timeProvider);
    }

    /// <summary>To the database <c>stemma</c>, as the role that owns it. Constant while this use lasts, restarts included.</summary>
    public string ConnectionString { get; private set; } = "";

    public string DataDirectory => _folder.Root;

    /// <summary>Whether this call created the cluster.</summary>
    public bool FirstStart { get; private set; }

    /// <summary>The server's main process, as last seen.</summary>
    public int ProcessId => _running?.Pid ?? 0;

    /// <summary>Joins the running server of the data folder, or starts it, creating what is not there.</summary>
    /// <exception cref="EmbeddedServerException">It cannot be had; the message is for the end user.</exception>
    public static Task<EmbeddedServer> StartAsync(
        EmbeddedOptions options,
        ILogger logger,
        TimeProvider timeProvider,
        CancellationToken cancellationToken) =>
        StartAsync(options, SearchEnvironment.Current, logger, timeProvider, cancellationToken);

    /// <inheritdoc cref="StartAsync(EmbeddedOptions, ILogger, TimeProvider, CancellationToken)"/>
    public static async Task<EmbeddedServer> StartAsync(
        EmbeddedOptions options,
        SearchEnvironment search,
        ILogger logger,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var root = options.ResolveDataDirectory();
        try
        {
            var user = ServerUser.OfThisProcess();
            var server = new EmbeddedServer(DataFolder.Open(root, user), options, search, user, logger, timeProvider);
            try
            {
                await server.JoinAsync(cancellationToken);
                return server;
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EmbeddedServerException(
                $"The data folder {root} cannot be used: {e.Message} Does it belong to another user? "
                + "Name another folder, or run the API as its owner.",
                e);
        }
        catch (IOException e)
        {
            throw new EmbeddedServerException($"The data folder {root} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>
    /// Restarts a server that has died, until cancelled or disposed; then it returns. It restarts on the same port,
    /// as every connection string in use names it. Attempts that fail are repeated, the pauses doubling up to 30 s.
    /// </summary>
    public async Task Watch(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        var pause = s_watchInterval;
        try
        {
            while (true)
            {
                await Task.Delay(pause, _timeProvider, either.Token);
                if (_running is { } running && _postmaster.IsAlive(running))
                {
                    pause = s_watchInterval;
                    continue;
                }

                try
                {
                    _logger.LogWarning("PostgreSQL has ended unasked; starting it again.");
                    await RejoinAsync(either.Token);
                    pause = s_watchInterval;
                }
                catch (Exception e) when (e is EmbeddedServerException or IOException or UnauthorizedAccessException)
                {
                    pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, s_longestBackOff.Ticks));
                    _logger.LogError(e, "PostgreSQL could not be started again; the next attempt is in {Pause}.", pause);
                }
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The way to end it.
        }
    }

    /// <summary>
    /// Leaves the server, and stops it where nobody else uses it. Connections should be closed by then: they are cut otherwise.
    /// Where another process is starting or stopping the server for longer than 10 s, that is left to it.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;

        _disposed = true;
        await _disposing.CancelAsync();
        if (_use is null)
            return;

        try
        {
            using var patience = new CancellationTokenSource(s_leavePatience, _timeProvider);
            using var starting = await _folder.LockStartAsync(_timeProvider, patience.Token);
            Leave();
            if (_folder.HasUsers())
                return;

            if (ServerBinaries.FindLocal(_options, _search, _folder.ClusterMajor) is { } binaries)
                await _postmaster.StopAsync(binaries);
            else if (_postmaster.Find() is not null)
                _logger.LogWarning("PostgreSQL keeps running: its programs, one of which stops it, are gone.");
        }
        catch (OperationCanceledException)
        {
            Leave();
        }
        catch (Exception e) when (e is EmbeddedServerException or IOException or UnauthorizedAccessException)
        {
            Leave();
            _logger.LogWarning(e, "PostgreSQL was left running.");
        }
    }

    private void Leave()
    {
        _use?.Dispose();
        _use = null;
    }

    private async Task JoinAsync(CancellationToken cancellationToken)
    {
        using var starting = await _folder.LockStartAsync(_timeProvider, cancellationToken);
        _folder.CheckHost();
        _use = _folder.LockUse();
        var superuserPassword = _folder.Password(Superuser);
        var password = _folder.Password(Role);

        _running = await _postmaster.WaitReadyAsync(cancellationToken);
        var adopted = _running is not null;
        if (_running is null)
            await StartServerAsync(superuserPassword, cancellationToken);

        var port = _running!.Port;
        ConnectionString = ConnectionTo("stemma", Role, password, port);
        if (FirstStart || !await AnswersAsync(cancellationToken))
        {
            await ProvisionAsync(ConnectionTo("postgres", Superuser, superuserPassword, port), password, cancellationToken);
            if (!await AnswersAsync(cancellationToken))
                throw new EmbeddedServerException($"PostgreSQL runs on {_folder.Root}, but its database `stemma` cannot be opened.");
        }

        if (adopted)
            _logger.LogInformation("Using the PostgreSQL that runs on 127.0.0.1:{Port}.", port);
    }

    private async Task StartServerAsync(string superuserPassword, CancellationToken cancellationToken)
    {
        var binaries = await ServerBinaries.FindAsync(_options, _search, _folder.ClusterMajor, _logger, _timeProvider, cancellationToken);
        var builder = new ClusterBuilder(_folder, _user, _logger);
        builder.RemoveLeftovers();
        if (_folder.ClusterMajor is null)
        {
            await builder.BuildAsync(binaries, superuserPassword, cancellationToken);
            FirstStart = true;
        }

        var port = _folder.LastPort() is { } last && DataFolder.IsFree(last) ? last : DataFolder.FreePort();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StartOnAsync(port, binaries, cancellationToken);
                return;
            }
            catch (EmbeddedServerException) when (attempt < 20 && !DataFolder.IsFree(port))
            {
                port = DataFolder.FreePort(); // another program took it since
            }
            catch (EmbeddedServerException e) when (attempt < 20 && e.Message.Contains("still in use", StringComparison.Ordinal))
            {
                // Of a main process that was killed, a child is still busy; it ends when it notices, and PostgreSQL does not start before.
                await Task.Delay(s_orphanPause, _timeProvider, cancellationToken);
            }
        }
    }

    private async Task RejoinAsync(CancellationToken cancellationToken)
    {
        using var starting = await _folder.LockStartAsync(_timeProvider, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested(); // a dispose that held the lock meanwhile has the last word
        var port = new NpgsqlConnectionStringBuilder(ConnectionString).Port;
        if (await _postmaster.WaitReadyAsync(cancellationToken) is { } restartedByAnother)
        {
            if (restartedByAnother.Port != port)
                throw new EmbeddedServerException($"PostgreSQL has moved from port {port} to {restartedByAnother.Port}: restart this API.");

            _running = restartedByAnother;
            return;
        }

        var binaries = await ServerBinaries.FindAsync(_options, _search, _folder.ClusterMajor, _logger, _timeProvider, cancellationToken);
        await StartOnAsync(port, binaries, cancellationToken);
    }

    private async Task StartOnAsync(int port, ServerBinaries binaries, CancellationToken cancellationToken)
    {
        _folder.WriteSettings(port);
        _folder.WriteHost();
        _running = await _postmaster.StartAsync(binaries, cancellationToken);
    }

    /// <summary>
    /// Whether our role opens our database. SCRAM proves both sides: a program that merely listens on the port does not pass.
    /// </summary>
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Unpooled(ConnectionString));
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.SqlState
            is PostgresErrorCodes.InvalidPassword
            or PostgresErrorCodes.InvalidAuthorizationSpecification
            or PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
        catch (NpgsqlException e)
        {
            throw new EmbeddedServerException($"PostgreSQL runs on {_folder.Root}, but does not let the API in: {e.Message}", e);
        }
    }

    // Each step looks first: a start that was killed between them is finished by the next.
    private async Task ProvisionAsync(string connectionString, string password, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Unpooled(connectionString));
            await connection.OpenAsync(cancellationToken);
            var hasRole = await IsThereAsync(connection, "SELECT 1 FROM pg_roles WHERE rolname = 'stemma'", cancellationToken);
            await ExecuteAsync(connection, $"{(hasRole ? "ALTER" : "CREATE")} ROLE stemma LOGIN PASSWORD '{password}'", cancellationToken);
            if (!await IsThereAsync(connection, "SELECT 1 FROM pg_database WHERE datname = 'stemma'", cancellationToken))
                await ExecuteAsync(connection, "CREATE DATABASE stemma OWNER stemma TEMPLATE template0 ENCODING 'UTF8'", cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new EmbeddedServerException(
                $"PostgreSQL runs on {_folder.Root}, but does not let the API prepare its database: {e.Message}", e);
        }
    }

    private static async Task<bool> IsThereAsync(NpgsqlConnection connection, string query, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Neither encryption is to be had on this server: asking for it would cost a round trip each.
    private static string ConnectionTo(string database, string role, string password, int port) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Database = database,
            Username = role,
            Password = password,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            ApplicationName = "Stemma",
        }.ConnectionString;

    private static string Unpooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
}
