using System.ComponentModel;
using System.Diagnostics;

namespace Stemma.Infrastructure.Embedded;

/// <summary>
/// The operating-system user that server programs run as: the API's own, except that PostgreSQL refuses root,
/// so that as root they drop to an unprivileged one, its groups included.
/// </summary>
/// <param name="Name">Null: the API's own user.</param>
internal sealed record ServerUser(string? Name)
{
    private static readonly string[] s_candidates = ["postgres", "stemma", "nobody"];

    // Nothing else of the API's environment reaches the server: it may hold secrets, or PG… variables that redirect the programs.
    private static readonly string[] s_kept = ["PATH", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

    /// <exception cref="EmbeddedServerException">The process is root's, and there is no user to drop to.</exception>
    public static ServerUser OfThisProcess()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return new ServerUser((string?)null);

        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet();
        return new ServerUser(s_candidates.FirstOrDefault(known.Contains) ?? throw new EmbeddedServerException(
            "PostgreSQL does not run as root, and there is no user `postgres`, `stemma` or `nobody` to run it as. "
            + "Start the API as an ordinary user, or add a user `stemma`."));
    }

    /// <summary>A server program, with neither a terminal nor the API's environment.</summary>
    public ProcessStartInfo Command(string program, string workingDirectory, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = workingDirectory,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        foreach (var name in start.Environment.Keys.ToList())
        {
            var goes = OperatingSystem.IsWindows() ? name.StartsWith("PG", StringComparison.OrdinalIgnoreCase) : !s_kept.Contains(name);
            if (goes)
                start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        if (Name is not null)
            start.UserName = Name;

        return start;
    }

    /// <summary>Gives a file or folder, not what it contains, to the user. Nothing to do where that is the API's own user.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (Name is null)
            return;

        var start = new ProcessStartInfo("chown")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Name + ":");
        start.ArgumentList.Add(path);
        var (code, output) = await RunAsync(start, cancellationToken);
        if (code != 0)
            throw new EmbeddedServerException($"{path} cannot be given to the user {Name}, which PostgreSQL runs as: {output.Trim()}");
    }

    /// <exception cref="EmbeddedServerException">The user cannot enter the folder.</exception>
    public async Task CheckReachesAsync(string folder, CancellationToken cancellationToken)
    {
        if (Name is null)
            return;

        var (code, _) = await RunAsync(Command("/bin/sh", "/", "-c", "cd \"$1\"", "sh", folder), cancellationToken);
        if (code != 0)
        {
            throw new EmbeddedServerException(
                $"PostgreSQL does not run as root; it runs as the user {Name}, who cannot enter {folder}. "
                + $"Choose another data folder, or let {Name} pass through the folders above it (chmod o+x).");
        }
    }

    /// <summary>Runs a program to its end; on cancellation it is killed with its children.</summary>
    /// <returns>The exit code, and what it wrote to standard error and then to standard output.</returns>
    public static async Task<(int Code, string Output)> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var process = Launch(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await error + await output);
    }

    /// <exception cref="EmbeddedServerException">The program cannot be started.</exception>
    public static Process Launch(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            var user = start.UserName is { Length: > 0 } name ? $" as the user {name}" : "";
            throw new EmbeddedServerException($"{start.FileName} cannot be started{user}: {e.Message}", e);
        }
    }
}
