using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Stemma.Domain.Search;
using Xunit;

namespace Stemma.Domain.Tests;

public sealed class SearchQueryTests
{
    [Theory]
    [InlineData("gas pipeline", "gas & pipeline")]
    [InlineData("  gas \t pipeline\n", "gas & pipeline")]
    [InlineData("\"gas pipeline\" leak", "'gas pipeline' & leak")]
    [InlineData("“gas pipeline” leak", "'gas pipeline' & leak")]
    [InlineData("gas -pipeline", "gas & !pipeline")]
    [InlineData("gas -\"two words\"", "gas & !'two words'")]
    [InlineData("gas or oil", "(gas | oil)")]
    [InlineData("gas OR oil | coal", "(gas | oil | coal)")]
    [InlineData("price gas or oil", "price & (gas | oil)")]
    [InlineData("price (gas leak) or oil", "price & ((gas & leak) | oil)")]
    [InlineData("semicond*", "semicond*")]
    [InlineData("source:reuters", "source=reuters")]
    [InlineData("Source:\"The Times\" x", "source=The Times & x")]
    [InlineData("-source:reuters x", "!source=reuters & x")]
    [InlineData("claimant:\"Vladimir Putin\"", "claimant=Vladimir Putin")]
    [InlineData("stance:Contradicts", "stance=Contradicts")]
    [InlineData("tag:a:b", "tag=a:b")]
    [InlineData("lang:pt-BR language:de", "lang=pt-BR & lang=de")]
    [InlineData("after:2024-01 before:2024-06", "after=2024-01 & before=2024-06")]
    [InlineData("year:2024", "after=2024 & before=2025")]
    [InlineData("year:9999", "after=9999")]
    [InlineData("kind:denial status:open", "kind=denial & status=open")]
    public void It_is_read_as_people_know_it(string text, string expected)
    {
        var query = SearchQuery.Parse(text);

        Assert.Equal(expected, Show(query.Root));
        Assert.Empty(query.Notes);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("\"gas pipeline", "'gas pipeline'")]
    [InlineData("gas\"", "gas")]
    [InlineData("\"\" gas", "gas")]
    [InlineData("- gas", "gas")]
    [InlineData("gas -", "gas")]
    [InlineData("--gas", "!gas")]
    [InlineData("or gas", "gas")]
    [InlineData("gas or", "gas")]
    [InlineData("gas or or oil", "(gas | oil)")]
    [InlineData("or", "")]
    [InlineData("(gas", "gas")]
    [InlineData("gas)", "gas")]
    [InlineData(") gas ) ( oil (", "gas & oil")]
    [InlineData("()", "")]
    [InlineData("*", "")]
    [InlineData("orbit corn", "orbit & corn")]
    [InlineData("http://example.org/a?b=c", "http://example.org/a?b=c")]
    [InlineData("at 12:30", "at & 12:30")]
    [InlineData("foo:bar", "foo:bar")]
    [InlineData("C++ & C#", "C++ & C#")]
    [InlineData("!!! ???", "")]
    [InlineData("дом or 家", "(дом | 家)")]
    public void What_makes_no_sense_is_read_as_what_was_meant(string text, string expected) => Assert.Equal(expected, Show(SearchQuery.Parse(text).Root));

    [Theory]
    [InlineData("source: gas", "gas", "source:")]
    [InlineData("stance:maybe", "maybe", "'maybe' is no stance")]
    [InlineData("after:soon gas", "soon & gas", "'soon' is no date")]
    [InlineData("year:24", "24", "'24' is no date")]
    public void What_was_read_otherwise_is_said(string text, string expected, string note)
    {
        var query = SearchQuery.Parse(text);

        Assert.Equal(expected, Show(query.Root));
        Assert.Contains(note, Assert.Single(query.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_an_end_to_it()
    {
        var many = SearchQuery.Parse(string.Join(' ', Enumerable.Range(0, 200).Select(i => "w" + i)));
        Assert.Equal(SearchQuery.MaxParts, Assert.IsType<SearchNode.And>(many.Root).Parts.Count);
        Assert.Contains("first 32", Assert.Single(many.Notes), StringComparison.Ordinal);

        Assert.NotNull(SearchQuery.Parse(new string('(', 900) + "x"));
        Assert.NotNull(SearchQuery.Parse(string.Concat(Enumerable.Repeat("-", 900)) + "x"));
    }

    [Property(MaxTest = 2_000)]
    public Property Any_text_is_a_query() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements(" ", "\"", "(", ")", "-", "or", "|", "*", ":", "source:", "stance:", "after:", "x", "ab", "2024", "“", "é", "\0", "\ud83d", "\ude00"))
            .Select(string.Concat).ToArbitrary(),
        text =>
        {
            var query = SearchQuery.Parse(text);
            return Show(query.Root) is not null && (query.Root is not null || !text.Contains('x', StringComparison.Ordinal) || text.Contains('-', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal));
        });

    private static string Show(SearchNode? node) => node switch
    {
        null => "",
        SearchNode.And and => string.Join(" & ", and.Parts.Select(p => p is SearchNode.And ? $"({Show(p)})" : Show(p))),
        SearchNode.Or or => $"({string.Join(" | ", or.Parts.Select(p => p is SearchNode.And ? $"({Show(p)})" : Show(p)))})",
        SearchNode.Not not => "!" + Show(not.Part),
        SearchNode.Words words => words.IsPhrase ? $"'{words.Text}'" : words.Text,
        SearchNode.Prefix prefix => prefix.Text + "*",
        SearchNode.BySource by => $"source={by.Name}",
        SearchNode.ByClaimant by => $"claimant={by.Name}",
        SearchNode.OfStance of => $"stance={of.Stance}",
        SearchNode.Tagged tagged => $"tag={tagged.Tag}",
        SearchNode.InLanguage language => $"lang={language.Language}",
        SearchNode.OfKind of => $"kind={of.Kind}",
        SearchNode.OfStatus of => $"status={of.Status}",
        SearchNode.After after => $"after={after.Date}",
        SearchNode.Before before => $"before={before.Date}",
        _ => throw new NotSupportedException(),
    };
}
