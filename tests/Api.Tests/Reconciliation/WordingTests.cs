using System.Text.Json.Nodes;
using Stemma.Api.Tests.Imports;
using Xunit;

namespace Stemma.Api.Tests.Reconciliation;

/// <summary>Which texts are the same, however they are written, and which are not.</summary>
public sealed class WordingTests(StemmaApi api)
{
    [Theory]
    [InlineData("राजेश कुमारी", "राजेश कुमार")]
    [InlineData("রাজেশ কুমারী", "রাজেশ কুমার")]
    [InlineData("குமாரி", "குமார்")]
    [InlineData("ป่า", "ป้า")]
    [InlineData("जगत्", "जगत")]
    public async Task Marks_that_are_letters_tell_names_apart(string stored, string asked)
    {
        var w = Spreadsheet.Word();
        var id = await api.NewSource(new JsonObject { ["name"] = $"{w} {stored}" });

        var found = await api.Candidates($"{w} {asked}");
        Assert.Equal([id], found.Ids());
        Assert.Null(found.Match());
        Assert.Null((await api.Candidates(id, null, ("name", $"{w} {asked}"))).Match());
        Assert.Equal(id, (await api.Candidates($"{w} {stored}")).Match());
    }

    [Theory]
    [InlineData("Médias Québec", "Medias Quebec")]
    [InlineData("Me\u0301dias Que\u0301bec", "MÉDIAS QUÉBEC")]
    [InlineData("Российский Совет", "России\u0306скии\u0306 совет")]
    [InlineData("Łódź & Øresund", "Lodz – Oresund")]
    [InlineData("كَتَبَ", "كتب")]
    [InlineData("שָׁלוֹם", "שלום")]
    public async Task Parents_owners_and_claimants_are_known_by_their_names_however_these_are_written(string stored, string asked)
    {
        var w = Spreadsheet.Word();
        var group = await api.NewSource(new JsonObject { ["name"] = $"{stored} {w}" });
        var source = await api.NewSource(new JsonObject { ["name"] = "Daily " + w, ["ownerId"] = group, ["parentId"] = group });
        var claim = await api.NewClaim(new JsonObject { ["text"] = $"A bridge fell in {w}.", ["claimantId"] = group, ["place"] = stored });

        foreach (var (id, text, property) in new[] { (source, "Daily " + w, "owner"), (source, "Daily " + w, "parent"), (claim, $"A bridge fell in {w}", "claimant") })
        {
            Assert.Equal(id, (await api.Candidates(text, null, (property, $"{asked} {w}"))).Match());
            Assert.Null((await api.Candidates(text, null, (property, $"{asked} of {w}"))).Match());
        }

        Assert.Equal(claim, (await api.Candidates($"A bridge fell in {w}", "claim", ("place", asked))).Match());
    }

    [Fact]
    public async Task Letter_and_accent_are_one_whether_a_cell_has_them_in_one_or_in_two()
    {
        var w = Spreadsheet.Word();
        var source = await api.NewSource(new JsonObject { ["name"] = $"Российский {w}" });
        var claim = await api.NewClaim(new JsonObject { ["text"] = $"Российский экспорт {w} вырос на 26%.", ["context"] = "Café" });

        Assert.Equal(source, (await api.Candidates($"России\u0306скии\u0306 {w}", "source")).Match());
        Assert.Equal(claim, (await api.Candidates($"России\u0306скии\u0306 экспорт {w} вырос на 26%", "claim", ("context", "Cafe\u0301"))).Match());

        // An accent may change what a statement says.
        Assert.Null((await api.Candidates($"Россиискии экспорт {w} вырос на 26%", "claim")).Match());
        Assert.Null((await api.Candidates($"Российский экспорт {w} вырос на 26%", "claim", ("context", "Cafe"))).Match());
    }

    [Theory]
    [InlineData("costs $5", "costs €5")]
    [InlineData("fell", "fell?")]
    [InlineData("grew by +5%", "grew by -5%")]
    [InlineData("is 5.2 m long", "is 52 m long")]
    public async Task Of_a_statement_each_sign_counts(string stored, string asked)
    {
        var w = Spreadsheet.Word();
        var id = await api.NewClaim(new JsonObject { ["text"] = $"The {w} bridge {stored}" });

        var found = await api.Candidates($"The {w} bridge {asked}", "claim");
        Assert.Contains(id, found.Ids());
        Assert.Null(found.Match());
        Assert.Null((await api.Candidates(id, "claim", ("text", $"The {w} bridge {asked}"))).Match());
        Assert.Equal(id, (await api.Candidates($"«the {w}  BRIDGE {stored}.»", "claim")).Match());
    }

    [Fact]
    public async Task Languages_agree_where_one_goes_on_where_the_other_ends()
    {
        var name = "Zeitung " + Spreadsheet.Word();
        var id = await api.NewSource(new JsonObject { ["name"] = name, ["language"] = "de-AT" });

        Assert.Equal(id, (await api.Candidates(name, null, ("language", "DE"))).Match());
        Assert.Equal(id, (await api.Candidates(name, null, ("language", "de-AT-1996"))).Match());
        foreach (var other in new[] { "en", "de-CH", "d", "den" })
        {
            Assert.Null((await api.Candidates(name, null, ("language", other))).Match());
        }
    }

    [Fact]
    public async Task Of_more_claims_than_are_looked_at_none_is_certain()
    {
        // Words are only worth something where they are rare.
        await api.Imported("", [.. Enumerable.Range(0, 300).Select(i => $$"""{"type": "claim", "text": "Something else entirely happened on day {{i}}."}""")]);
        var text = $"The price of {Spreadsheet.Word()} rose";
        for (var i = 0; i < 19; i++)
        {
            await api.NewClaim(new JsonObject { ["text"] = text + "?" });
        }

        var first = await api.NewClaim(new JsonObject { ["text"] = text });
        Assert.Null((await api.Candidates(text, "claim")).Match());
        var found = await api.Reconcile(new JsonObject { ["q0"] = new JsonObject { ["query"] = text, ["type"] = "claim", ["limit"] = 50 } });
        Assert.Equal(first, found["q0"]!["result"]!.AsArray().Match());

        // The twenty that are looked at have the first alone of the two that have this text.
        await api.NewClaim(new JsonObject { ["text"] = text });
        Assert.Null((await api.Candidates(text, "claim")).Match());
    }
}
