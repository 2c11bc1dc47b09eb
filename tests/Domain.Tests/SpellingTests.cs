using FsCheck.Xunit;
using Stemma.Domain.Search;
using Xunit;

namespace Stemma.Domain.Tests;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("putin", "putin", 0)]
    [InlineData("poutin", "putin", 1)]
    [InlineData("reutrs", "reuters", 1)]
    [InlineData("xinuha", "xinhua", 1)]
    [InlineData("semiconducters", "semiconductors", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    public void A_distance_counts_slips(string typed, string known, int slips) => Assert.Equal(slips, Spelling.Distance(typed, known));

    [Theory]
    [InlineData("reut", "reuters", 0)]
    [InlineData("retu", "reuters", 1)]
    [InlineData("", "reuters", 0)]
    [InlineData("reuters", "reut", 3)]
    public void While_typing_what_follows_costs_nothing(string typed, string known, int slips) =>
        Assert.Equal(slips, Spelling.Distance(typed, known, isPrefix: true));

    /// <summary>Few letters, so that words have something in common.</summary>
    [Property(MaxTest = 300)]
    public void It_is_what_the_definition_says(byte[] one, byte[] other)
    {
        var (a, b) = (Word(one), Word(other));

        Assert.Equal(ByDefinition(a, b), Spelling.Distance(a, b));
        Assert.Equal(Spelling.Distance(b, a), Spelling.Distance(a, b));
        Assert.Equal(
            Enumerable.Range(0, b.Length + 1).Min(length => ByDefinition(a, b[..length])),
            Spelling.Distance(a, b, isPrefix: true));
    }

    private static string Word(byte[] letters) => string.Concat(letters.Take(7).Select(l => (char)('a' + (l % 3))));

    private static int ByDefinition(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return a.Length + b.Length;
        }

        var least = Math.Min(
            Math.Min(ByDefinition(a[..^1], b), ByDefinition(a, b[..^1])) + 1,
            ByDefinition(a[..^1], b[..^1]) + (a[^1] == b[^1] ? 0 : 1));
        return a.Length > 1 && b.Length > 1 && a[^1] == b[^2] && a[^2] == b[^1] ? Math.Min(least, ByDefinition(a[..^2], b[..^2]) + 1) : least;
    }
}
