using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace Stemma.Architecture.Tests;

/// <summary>What the compiler does not see to.</summary>
public sealed class StyleTests
{
    private static readonly string[] Projects = ["Stemma.Domain", "Stemma.Infrastructure", "Stemma.Api"];

    [Fact]
    public void Classes_are_sealed_or_made_to_be_derived_from()
    {
        var open = Projects.SelectMany(p => Assembly.Load(p).GetTypes())
            .Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false } && t.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Where(t => t.Namespace?.StartsWith("Stemma", StringComparison.Ordinal) is true && !t.Namespace.EndsWith("Migrations", StringComparison.Ordinal))
            .Where(t => !t.Name.StartsWith('<'))
            .Select(t => t.FullName);

        Assert.Empty(open);
    }

    [Fact]
    public void Time_is_a_parameter() =>
        Assert.DoesNotContain(Sources(), file => File.ReadAllText(file) is var text
            && (text.Contains("DateTime.UtcNow", StringComparison.Ordinal) || text.Contains("DateTimeOffset.UtcNow", StringComparison.Ordinal)
                || text.Contains("DateTime.Now", StringComparison.Ordinal)));

    [Fact]
    public void Program_is_a_table_of_contents() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Root(), "src/Api/Program.cs")).Length, 1, 80);

    [Fact]
    public void Nobody_has_a_drawer_for_odds_and_ends() =>
        Assert.DoesNotContain(
            Directory.EnumerateDirectories(Path.Combine(Root(), "src"), "*", SearchOption.AllDirectories),
            folder => Path.GetFileName(folder) is "Helpers" or "Common" or "Utils");

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Api.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run in a checkout.");
        }

        return folder.FullName;
    }
}
