using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Reconciliation;

/// <summary>Which source or claim does a row mean, and when is that certain?</summary>
public sealed class ReconcileTests(StemmaApi api)
{
    [Fact]
    public async Task The_only_source_of_a_name_is_meant_however_it_is_written()
    {
        var w = Spreadsheet.Word();
        var id = await api.NewSource(new JsonObject { ["name"] = $"Café {w} News", ["aliases"] = new JsonArray($"{w} C.N."), ["kind"] = "outlet" });
        await api.NewSource(new JsonObject { ["name"] = $"Café {w} Newsletter", ["kind"] = "outlet" });

        Assert.Equal(id, (await api.Candidates($"CAFE {w}  news!", "outlet")).Match());
        Assert.Equal(id, (await api.Candidates($"{w} CN")).Match());
        Assert.Equal(id, (await api.Candidates(id)).Match());
        Assert.Equal(id, (await api.Candidates("urn:uuid:" + id)).Match());

        var nearly = await api.Candidates($"Cafe {w} New");
        Assert.Null(nearly.Match());
        Assert.Equal(id, nearly.Ids()[0]);
        Assert.InRange((double)nearly[0]!["score"]!, 50, 99);
        Assert.Empty(await api.Candidates($"Café {w} News", "person"));
        Assert.Null((await api.Candidates($"Zq{w}")).Match());
    }

    [Fact]
    public async Task Namesakes_are_told_apart_by_what_else_the_row_says()
    {
        var name = "Ministry " + Spreadsheet.Word();
        var german = await api.NewSource(new JsonObject { ["name"] = name, ["kind"] = "government", ["country"] = "DE" });
        var french = await api.NewSource(new JsonObject { ["name"] = name, ["kind"] = "government", ["country"] = "FR", ["parentId"] = german });
        await api.NewSource(new JsonObject { ["name"] = name, ["kind"] = "government" });

        Assert.Null((await api.Candidates(name)).Match());
        var found = await api.Candidates(name, null, ("country", "de"));
        Assert.Equal(german, found.Match());
        Assert.Equal(100, (double)found[0]!["score"]!);
        Assert.True(found.Select(c => (double)c!["score"]!).Skip(1).All(s => s < 100));
        Assert.Equal(french, (await api.Candidates(name, null, ("parent", name))).Match());
        Assert.Equal(french, (await api.Candidates(name, null, ("parent", new JsonObject { ["id"] = german, ["name"] = "whatever" }))).Match());
        Assert.Null((await api.Candidates(name, null, ("country", "IT"))).Match());

        // Two of this name fit it: none is certain.
        Assert.Null((await api.Candidates(name, null, ("country", new JsonArray("DE", "FR")))).Match());
    }

    [Fact]
    public async Task A_lone_namesake_that_lacks_what_the_row_says_is_not_certain()
    {
        var name = "Bureau " + Spreadsheet.Word();
        var id = await api.NewSource(new JsonObject { ["name"] = name, ["kind"] = "organization" });

        var found = await api.Candidates(name, null, ("country", "DE"));
        Assert.Equal([id], found.Ids());
        Assert.Null(found.Match());
    }

    [Fact]
    public async Task Addresses_and_ids_of_other_systems_find_by_themselves()
    {
        var w = Spreadsheet.Word();
        var id = await api.NewSource(new JsonObject
        {
            ["name"] = $"Gazette of {w}",
            ["url"] = $"https://www.{w}.example/",
            ["externalIds"] = new JsonArray(new JsonObject { ["system"] = "wikidata", ["id"] = w }),
        });

        Assert.Equal(id, (await api.Candidates(null, null, ("url", $"http://{w}.example?utm_source=x"))).Match());
        Assert.Equal(id, (await api.Candidates(null, "outlet", ("url", $"{w}.example"))).Match());
        Assert.Equal(id, (await api.Candidates($"https://{w}.example")).Match());
        Assert.Equal(id, (await api.Candidates($"Gazette {w}", null, ("url", $"{w}.example"))).Match());
        Assert.Equal(id, (await api.Candidates("What nobody is called", null, ("externalId", $"wikidata:{w}"))).Match());

        // The address in the row may be of something else than what its name names.
        Assert.Null((await api.Candidates("What nobody is called", null, ("url", $"{w}.example"))).Match());

        // What else is said contradicts it.
        Assert.Null((await api.Candidates(null, null, ("url", $"{w}.example"), ("kind", "person"))).Match());
        Assert.Null((await api.Candidates(null, null, ("externalId", $"wikidata:{w}"), ("url", "https://elsewhere.example/"))).Match());

        // Two have it: none is certain.
        await api.NewSource(new JsonObject { ["name"] = "Another", ["url"] = $"https://{w}.example" });
        var two = await api.Candidates(null, null, ("url", $"{w}.example"));
        Assert.Equal(2, two.Count);
        Assert.Null(two.Match());
    }

    [Fact]
    public async Task Claims_are_found_by_their_words_and_certain_by_all_of_them()
    {
        var w = Spreadsheet.Word();
        var speaker = await api.NewSource(new JsonObject { ["name"] = "Speaker " + w, ["kind"] = "person" });
        var text = $"Exports of {w} machines fell by 26% in 2023.";
        var id = await api.NewClaim(new JsonObject { ["text"] = text, ["claimantId"] = speaker, ["claimedAt"] = "2024-05-16", ["firstAppearanceUrl"] = $"https://{w}.example/a" });

        Assert.Equal(id, (await api.Candidates(text.ToUpperInvariant().TrimEnd('.'), "claim")).Match());
        Assert.Equal(id, (await api.Candidates($"“{text}”", "claim", ("claimant", "speaker " + w), ("claimedAt", "2024-05"))).Match());
        Assert.Null((await api.Candidates(text, "claim", ("claimant", "Somebody else"))).Match());
        Assert.Null((await api.Candidates(text, "claim", ("claimedAt", "2022"))).Match());

        // Another figure is another claim.
        var figure = await api.Candidates(text.Replace("26", "62", StringComparison.Ordinal), "claim");
        Assert.Equal(id, figure.Ids()[0]);
        Assert.Null(figure.Match());
        Assert.True((double)figure[0]!["score"]! <= 50);

        // A page has many claims: its address alone does not say which.
        var page = await api.Candidates(null, "claim", ("url", $"https://{w}.example/a"));
        Assert.Equal([id], page.Ids());
        Assert.Null(page.Match());

        Assert.DoesNotContain(id, (await api.Candidates(text, "source")).Ids());
        await api.NewClaim(new JsonObject { ["text"] = text });
        Assert.Null((await api.Candidates(text, "claim")).Match());
    }

    [Fact]
    public async Task Rows_of_a_batch_are_answered_as_if_alone()
    {
        var words = Enumerable.Range(0, 50).Select(_ => Spreadsheet.Word()).ToList();
        foreach (var w in words.Take(10))
        {
            await api.NewSource(new JsonObject { ["name"] = "Paper " + w });
        }

        var batch = new JsonObject();
        foreach (var (w, i) in words.Select((w, i) => (w, i)))
        {
            batch[$"q{i}"] = new JsonObject { ["query"] = i % 2 == 0 ? "paper " + w : "papr " + w, ["type"] = new JsonArray("outlet", "person"), ["limit"] = 3.0 };
        }

        var together = await api.Reconcile(batch);
        foreach (var i in new[] { 0, 1, 2, 3, 49 })
        {
            var alone = await api.Reconcile(new JsonObject { ["x"] = batch[$"q{i}"]!.DeepClone() });
            Assert.True(JsonNode.DeepEquals(alone["x"], together[$"q{i}"]));
        }

        Assert.NotNull(together["q0"]!["result"]!.AsArray().Match());
        Assert.Equal("Paper " + words[1], (string)together["q1"]!["result"]![0]!["name"]!);
        Assert.Null(together["q1"]!["result"]!.AsArray().Match());
    }

    [Fact]
    public async Task The_deleted_are_no_candidates()
    {
        var name = "Gone " + Spreadsheet.Word();
        var id = await api.NewSource(new JsonObject { ["name"] = name, ["url"] = $"https://{Spreadsheet.Word()}.example/" });
        await api.Delete(Kinds.Sources, id);

        Assert.DoesNotContain(id, (await api.Candidates(name)).Ids());
        Assert.Empty(await api.Candidates(id));
    }

    [Fact]
    public async Task By_GET_the_same_is_answered()
    {
        var name = "Radio " + Spreadsheet.Word();
        var id = await api.NewSource(new JsonObject { ["name"] = name });
        var queries = new JsonObject { ["a b"] = new JsonObject { ["query"] = name } };

        var answer = await api.GetJson("/reconcile?queries=" + Uri.EscapeDataString(queries.ToJsonString()));
        Specification.CheckResults(answer, "a b");
        Assert.Equal(id, answer["a b"]!["result"]!.AsArray().Match());
        Assert.Empty(await api.GetJson("/reconcile?queries={}"));
    }
}
