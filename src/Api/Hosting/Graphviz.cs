using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Hosting;

/// <summary>
/// Graphviz, where it is installed: <c>dot</c> lays graphs out and draws them, as a child process that gets the graph over its standard input, no
/// shell and none of the API's environment, at most <see cref="AtOnce"/> at a time, and <see cref="MaxTime"/> each.
/// </summary>
internal sealed class Graphviz : IDisposable
{
    /// <summary>The setting that names the program; without it, it is looked for on the <c>PATH</c>.</summary>
    public const string Setting = "Graphs:Dot";

    /// <summary>What to do where it is missing.</summary>
    public const string Missing =
        "The picture is drawn by Graphviz, which is not installed here: apt-get install graphviz (or set Graphs:Dot to its program dot) and restart, or ask for text/vnd.graphviz and draw it elsewhere.";

    /// <summary>Children at a time.</summary>
    public const int AtOnce = 2;

    private const int MaxPicture = 16 * 1024 * 1024;
    private const int MaxComplaint = 4_096;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private static readonly string[] Kept = ["PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "FONTCONFIG_PATH", "FONTCONFIG_FILE"];

    private readonly string? _program;
    private readonly SemaphoreSlim _turns = new(AtOnce, AtOnce);

    public Graphviz(IConfiguration configuration)
    {
        _program = configuration[Setting] is { Length: > 0 } given ? File.Exists(given) ? Path.GetFullPath(given) : null : FindOnPath();
    }

    public bool IsInstalled => _program is not null;

    /// <summary>Draws a graph, in DOT, as SVG. Fails where it takes too long or the picture grows too large; null where too many are being drawn.</summary>
    public async Task<Result<byte[]>?> Draw(string dot, CancellationToken cancel)
    {
        if (!await _turns.WaitAsync(MaxWait, cancel))
        {
            return null;
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(MaxTime);
            try
            {
                return await Run(dot, limit.Token) is { } picture ? picture : new Error.TooLarge("The picture is too large. " + Narrower);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return new Error.TooLarge(string.Create(
                    System.Globalization.CultureInfo.InvariantCulture, $"Graphviz has not drawn the picture within {MaxTime.TotalSeconds} seconds. ") + Narrower);
            }
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>What to do where a picture grows too large.</summary>
    public const string Narrower = "Ask for application/json, which has all of it, or for text/vnd.graphviz, and draw what you need.";

    public void Dispose() => _turns.Dispose();

    private static string? FindOnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "dot.exe" : "dot"))
        .FirstOrDefault(File.Exists);

    /// <summary>The picture, null where it is larger than it may be.</summary>
    private async Task<byte[]?> Run(string dot, CancellationToken cancel)
    {
        using var process = Start();
        try
        {
            var graph = Feed(process.StandardInput, dot, cancel);
            var complaint = ReadBeginning(process.StandardError, cancel);
            var picture = await ReadAtMost(process.StandardOutput.BaseStream, MaxPicture, cancel);
            if (picture is null)
            {
                return null;
            }

            await process.WaitForExitAsync(cancel);
            await graph;
            return process.ExitCode == 0
                ? picture
                : throw new InvalidOperationException($"dot ended with {process.ExitCode}: {await complaint}");
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(_program!, ["-Tsvg"])
        {
            WorkingDirectory = Path.GetTempPath(),
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        if (!OperatingSystem.IsWindows())
        {
            foreach (var name in start.Environment.Keys.Except(Kept).ToList())
            {
                start.Environment.Remove(name);
            }
        }

        // Graphviz knows by this that it serves others, and reads no files that a graph names.
        start.Environment["SERVER_NAME"] = "stemma";
        start.Environment["LC_ALL"] = "C.UTF-8";
        return Process.Start(start) ?? throw new Win32Exception($"{_program} cannot be started.");
    }

    private static async Task Feed(StreamWriter input, string dot, CancellationToken cancel)
    {
        try
        {
            await input.WriteAsync(dot.AsMemory(), cancel);
            input.Close();
        }
        catch (IOException)
        {
            // It has ended before it read all of it: its exit code says why.
        }
    }

    private static async Task<byte[]?> ReadAtMost(Stream stream, int most, CancellationToken cancel)
    {
        using var read = new MemoryStream();
        var buffer = new byte[65_536];
        for (int count; (count = await stream.ReadAsync(buffer, cancel)) > 0;)
        {
            if (read.Length + count > most)
            {
                return null;
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    /// <summary>Reads all of it, lest the child wait, and keeps the beginning.</summary>
    private static async Task<string> ReadBeginning(StreamReader stream, CancellationToken cancel)
    {
        var kept = new StringBuilder();
        var buffer = new char[1_024];
        for (int count; (count = await stream.ReadAsync(buffer, cancel)) > 0;)
        {
            kept.Append(buffer, 0, Math.Min(count, MaxComplaint - kept.Length));
        }

        return kept.ToString();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }
}
