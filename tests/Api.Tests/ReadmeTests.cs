using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Stemma.Api.Tests;

/// <summary>The README's commands, run as they stand against an API that has just loaded the samples, print what it says; <c>…</c> leaves something out.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task The_tutorials_commands_print_what_it_says()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands are for a POSIX shell.");
        await using var api = await OwnApi.Start("--Samples:Load=true");
        var steps = Step().Matches(await File.ReadAllTextAsync(Checkout.Path("README.md"), TestContext.Current.CancellationToken));

        Assert.Equal(13, steps.Count);
        foreach (Match step in steps)
        {
            var printed = await Run(step.Groups["command"].Value.Replace("http://127.0.0.1:5080", api.Url, StringComparison.Ordinal));

            Assert.Matches(Pattern(step.Groups["printed"].Value), Bare(printed));
        }
    }

    private static async Task<string> Run(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh") { ArgumentList = { "-c", command }, RedirectStandardOutput = true })!;
        var printed = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
        return printed;
    }

    /// <summary>White space does not count: the README breaks lines where the API does not.</summary>
    private static string Bare(string text) => WhiteSpace().Replace(text, "");

    private static string Pattern(string printed) => "^" + string.Join(".*", Bare(printed).Split('…').Select(Regex.Escape)) + "$";

    [GeneratedRegex("```sh\n(?<command>curl .*?)\n```\n\n```text\n(?<printed>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Step();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
