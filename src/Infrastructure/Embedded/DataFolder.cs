using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Stemma.Infrastructure.Embedded;

/// <summary>
/// The data folder. It belongs to the API's user; only <see cref="Cluster"/> belongs to the server's,
/// which is another where the API runs as root.
/// <list type="bullet">
/// <item><c>cluster/</c>: what PostgreSQL owns, logs included. It is either absent or complete.</item>
/// <item><c>stemma.conf</c>: the server's settings, written anew at every start; the port is read back from it.</item>
/// <item><c>local.conf</c>: the user's own settings, if they make one. It has the last word.</item>
/// <item><c>password</c>, <c>superuser-password</c>: of the roles <c>stemma</c> and <c>postgres</c>; mode 0600.</item>
/// <item><c>start.lock</c>: held alone while starting and while stopping. Its presence says that the folder is ours.</item>
/// <item><c>users.lock</c>: shared by the APIs that use the server. The kernel drops the locks of a process that dies.</item>
/// <item><c>host</c>: which machine and process namespace the server was started in.</item>
/// </list>
/// </summary>
internal sealed class DataFolder
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Added to a folder: others may enter it, not list it.</summary>
    public const UnixFileMode PassThrough = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // Below the ranges from which Linux (32768) and macOS and Windows (49152) draw the ports of outgoing connections.
    private const int LowestPort = 15000;
    private const int HighestPort = 32000;

    private static readonly SearchValues<char> s_unsafe = SearchValues.Create(OperatingSystem.IsWindows() ? "'\"`$\r\n" : "'\"`$\r\n\\");
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(10);

    private DataFolder(string root) => Root = root;

    public string Root { get; }

    public string Cluster => Path.Combine(Root, "cluster");

    public string Settings => Path.Combine(Root, "stemma.conf");

    /// <summary>The major version that made the cluster; null where there is no cluster.</summary>
    /// <exception cref="EmbeddedServerException">There is a folder of that name, but no cluster in it.</exception>
    public int? ClusterMajor
    {
        get
        {
            if (!Directory.Exists(Cluster))
                return null;

            var file = Path.Combine(Cluster, "PG_VERSION");
            var text = File.Exists(file) ? File.ReadAllText(file) : "";
            return int.TryParse(text, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var major)
                ? major
                : throw new EmbeddedServerException($"{Cluster} is not a PostgreSQL cluster: it has no readable file PG_VERSION.");
        }
    }

    /// <summary>Opens the folder, or makes it. A folder with content that is not ours is refused, and not touched.</summary>
    public static DataFolder Open(string root, ServerUser user)
    {
        // The path passes through a shell and a configuration file on its way to the server.
        if (root.AsSpan().ContainsAny(s_unsafe))
            throw new EmbeddedServerException($"The data folder must not have quotes, backslashes, $ or line breaks in its name: {root}");

        var folder = new DataFolder(root);
        if (Directory.Exists(root))
        {
            var names = Directory.EnumerateFileSystemEntries(root).Select(Path.GetFileName);
            var foreign = names.FirstOrDefault(name => name != "lost+found");
            if (foreign is not null && !File.Exists(folder.StartLock))
            {
                throw new EmbeddedServerException(
                    $"The data folder {root} is not empty, and what is in it ({foreign}, …) is not Stemma's. Name an empty or a new folder.");
            }

            // A new mount or temporary folder is often 0700: the server's user has to pass through to its cluster.
            if (foreign is null && user.Name is not null && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(root, File.GetUnixFileMode(root) | PassThrough);
        }
        else
        {
            Directory.CreateDirectory(root);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(root, user.Name is null ? OwnerFolder : OwnerFolder | PassThrough);
        }

        return folder;
    }

    /// <summary>Waits until nobody else starts or stops the server.</summary>
    public async Task<FileStream> LockStartAsync(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryLock(StartLock, alone: true) is { } held)
                return held;

            await Task.Delay(s_poll, timeProvider, cancellationToken);
        }
    }

    /// <summary>Joins the users of the server. Only under the start lock, so that it cannot meet <see cref="HasUsers"/>.</summary>
    public FileStream LockUse() =>
        TryLock(UsersLock, alone: false) ?? throw new EmbeddedServerException($"{UsersLock} is locked by another program.");

    /// <summary>Whether any process uses the server, this one included. Only under the start lock.</summary>
    public bool HasUsers()
    {
        using var held = TryLock(UsersLock, alone: true);
        return held is null;
    }

    /// <summary>
    /// The password in a file, made where there is none: 256 random bits in hexadecimal, which need no quoting anywhere.
    /// </summary>
    /// <exception cref="EmbeddedServerException">There is a cluster, but no password to it.</exception>
    public string Password(string role)
    {
        var path = Path.Combine(Root, role == "stemma" ? "password" : "superuser-password");
        if (File.Exists(path))
            return File.ReadAllText(path).Trim();

        if (Directory.Exists(Cluster))
        {
            throw new EmbeddedServerException(
                $"The data folder holds a database, but not the password to it: {path} is missing. Bring it back from a copy.");
        }

        var password = RandomNumberGenerator.GetHexString(64, lowercase: true);
        Write(path, password + "\n", OwnerOnly);
        return password;
    }

    /// <summary>The port of the last start, or null.</summary>
    public int? LastPort()
    {
        if (!File.Exists(Settings))
            return null;

        var line = File.ReadLines(Settings).FirstOrDefault(line => line.StartsWith("port = ", StringComparison.Ordinal));
        return int.TryParse(line?["port = ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static int FreePort()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(LowestPort, HighestPort);
            if (IsFree(port))
                return port;
        }

        throw new EmbeddedServerException($"No free port was found between {LowestPort} and {HighestPort} on 127.0.0.1.");
    }

    public void WriteSettings(int port)
    {
        // Log: a file for each day of the week, emptied when its day comes again, without the errors of statements (log_min_messages).
        var content = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # Written by Stemma at every start. Settings of your own go into local.conf beside this file.
            include 'cluster/postgresql.conf'
            listen_addresses = '127.0.0.1'
            port = {port}
            unix_socket_directories = ''
            max_connections = 200
            password_encryption = 'scram-sha-256'
            shared_buffers = '128MB'
            fsync = on
            full_page_writes = on
            synchronous_commit = on
            jit = off
            random_page_cost = 1.1
            timezone = 'UTC'
            log_timezone = 'UTC'
            logging_collector = on
            log_directory = 'log'
            log_filename = 'server-%a.log'
            log_rotation_age = '1d'
            log_rotation_size = 0
            log_truncate_on_rotation = on
            log_min_messages = log
            log_checkpoints = off
            include_if_exists 'local.conf'

            """);
        if (!File.Exists(Settings) || File.ReadAllText(Settings) != content)
            Write(Settings, content, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    /// <summary>
    /// A lock says nothing across process namespaces, and a process number less: two containers on one folder
    /// would each take the other's server for dead.
    /// </summary>
    /// <exception cref="EmbeddedServerException">The folder is in use from elsewhere.</exception>
    public void CheckHost()
    {
        var path = Path.Combine(Root, "host");
        if (File.Exists(path) && File.ReadAllText(path) != ThisHost && HasUsers())
        {
            throw new EmbeddedServerException(
                $"The data folder {Root} is in use from another machine or container. A private server serves one machine: "
                + "give each API its own data folder, or set ConnectionStrings__Stemma to a database they share.");
        }
    }

    public void WriteHost() => Write(Path.Combine(Root, "host"), ThisHost, OwnerOnly);

    /// <summary>Writes a file whole or not at all; it never exists with another mode than the given one.</summary>
    public static void Write(string path, string content, UnixFileMode mode)
    {
        var temporary = path + "." + Path.GetRandomFileName();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
            stream.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(temporary, mode); // widens where asked to, whatever the umask

        File.Move(temporary, path, overwrite: true);
    }

    private static string ThisHost { get; } =
        $"{Environment.MachineName} {(OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget : "")}\n";

    private string StartLock => Path.Combine(Root, "start.lock");

    private string UsersLock => Path.Combine(Root, "users.lock");

    private static FileStream? TryLock(string path, bool alone)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = alone ? FileAccess.ReadWrite : FileAccess.Read,
            Share = alone ? FileShare.None : FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        try
        {
            return new FileStream(path, options);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    // ERROR_SHARING_VIOLATION; EWOULDBLOCK of macOS and of Linux.
    private static bool IsHeld(IOException e) =>
        e.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsMacOS() ? 35 : 11);
}
