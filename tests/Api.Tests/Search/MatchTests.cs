using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Search;

/// <summary>Has this been claimed before?</summary>
public sealed class MatchTests(StemmaApi api)
{
    [Fact]
    public async Task A_post_finds_the_claim_that_it_repeats_and_says_why()
    {
        var w = Word();
        var id = await api.NewClaim(new JsonObject { ["text"] = $"Vladimir {w} bought 40% of the harbour of Trieste in 2023." });
        await api.NewClaim(new JsonObject { ["text"] = $"The {w} family lives in Trieste." });

        var found = (await Match($"WOW!! so Vladimir {w} owns 40 percent of #TriesteHarbour since 2023?? https://t.co/abcdef"))["items"]!.AsArray();

        Assert.Equal(id, (string)found[0]!["claim"]!["id"]!);
        Assert.Equal(found.Select(f => (double)f!["score"]!).OrderDescending(), found.Select(f => (double)f!["score"]!));
        Assert.All(found, f => Assert.InRange((double)f!["score"]!, 0, 1));
        var explanation = found[0]!["explanation"]!;
        Assert.Contains(explanation["words"]!.AsArray(), x => (string)x!["word"]! == w && (bool)x["inText"]! && (double)x["weight"]! > 0);
        Assert.Equal("""["40 percent","2023"]""", explanation["figures"]!["agree"]!.ToJsonString());
        Assert.Equal("[]", explanation["figures"]!["differ"]!.ToJsonString());
        Assert.Contains("Trieste", explanation["names"]!["agree"]!.AsArray().Select(n => (string)n!));
        Assert.False((bool)explanation["negation"]!["differs"]!);
    }

    [Fact]
    public async Task Another_figure_or_a_negation_is_shown_and_lowers_the_score()
    {
        var w = Word();
        await api.NewClaim(new JsonObject { ["text"] = $"In 2023, 26% of the {w} workers went on strike in Hamburg." });

        var same = await Best($"In 2023, 26% of the {w} workers went on strike in Hamburg.");
        var figure = await Best($"In 2023, 62% of the {w} workers went on strike in Hamburg.");
        var negated = await Best($"In 2023, 26% of the {w} workers did not go on strike in Hamburg.");

        Assert.True((double)same["score"]! > 0.9);
        Assert.True((double)figure["score"]! <= 0.5);
        Assert.Equal("""[{"text":"62%","claim":"26%"}]""", figure["explanation"]!["figures"]!["differ"]!.ToJsonString());
        Assert.True((double)negated["score"]! < (double)same["score"]!);
        Assert.True((bool)negated["explanation"]!["negation"]!["differs"]!);
        Assert.Equal("""["not"]""", negated["explanation"]!["negation"]!["inText"]!.ToJsonString());
    }

    [Fact]
    public async Task Languages_are_told_apart_by_their_most_frequent_words()
    {
        var w = Word();
        var german = await api.NewClaim(new JsonObject { ["text"] = $"Die Häuser der Familie {w} sind im letzten Jahr verkauft worden.", ["language"] = "de" });

        Assert.Equal(german, (string)(await Best($"Das Haus der Familie {w} ist im Jahr 2023 verkauft worden!"))["claim"]!["id"]!);
        Assert.Equal(german, (string)(await Best($"Haus {w}", ("language", "de-AT")))["claim"]!["id"]!);
    }

    [Fact]
    public async Task Similar_claims_of_a_stored_one_are_those_that_its_text_matches()
    {
        var w = Word();
        var one = await api.NewClaim(new JsonObject { ["text"] = $"The {w} bridge over the Danube collapsed on Monday." });
        var two = await api.NewClaim(new JsonObject { ["text"] = $"On Monday the {w} bridge across the Danube has collapsed." });

        var found = (await api.GetJson($"/api/v1/claims/{one}/similar"))["items"]!.AsArray();
        Assert.Equal(two, (string)found[0]!["claim"]!["id"]!);
        Assert.DoesNotContain(one, found.Select(f => (string)f!["claim"]!["id"]!));
        Assert.Empty((await api.GetJson($"/api/v1/claims/{one}/similar?minScore=1"))["items"]!.AsArray());
        await api.Get($"/api/v1/claims/{Guid.NewGuid()}/similar").Problem(404);
        await api.Get($"/api/v1/claims/{one}/similar?limit=51&minScore=2").Refused("limit", "minScore");

        await api.Delete(Kinds.Claims, two);
        Assert.DoesNotContain(two, (await api.GetJson($"/api/v1/claims/{one}/similar"))["items"]!.AsArray().Select(f => (string)f!["claim"]!["id"]!));
    }

    [Fact]
    public async Task Whoever_enters_a_claim_again_is_told()
    {
        var w = Word();
        var text = $"Customs counted 120 trucks with {w} machines at the border crossing near Brest on Sunday.";
        var first = await api.Post(Kinds.Claims, new JsonObject { ["text"] = text });
        Assert.False(first.Headers.Contains("Link"));
        var id = (await StemmaApi.Json(first, 201)).Id();

        foreach (var again in new[] { text, text.Replace("120", "210", StringComparison.Ordinal), text.Replace("Sunday", "Monday", StringComparison.Ordinal).ToUpperInvariant() })
        {
            var answer = await api.Post(Kinds.Claims, new JsonObject { ["text"] = again });
            Assert.Contains($"</api/v1/claims/{id}>; rel=\"similar\"", Assert.Single(answer.Headers.GetValues("Link")), StringComparison.Ordinal);
            await api.Delete(Kinds.Claims, (await StemmaApi.Json(answer, 201)).Id());
        }

        Assert.False((await api.Post(Kinds.Claims, new JsonObject { ["text"] = $"Customs closed the crossing near Brest; {w} was not among the reasons." })).Headers.Contains("Link"));
    }

    [Theory]
    [InlineData("""{}""", "text")]
    [InlineData("""{"text": "  "}""", "text")]
    [InlineData("""{"text": "x", "limit": 0, "minScore": -0.1, "language": "x_"}""", "limit", "minScore", "language")]
    [InlineData("""{"text": "x", "more": 1}""", "more")]
    [InlineData("""{"text": "x", "limit": "1"}""", "limit")]
    [InlineData("""null""", "")]
    public async Task Bodies_are_strict(string body, params string[] faults) =>
        await api.Send(HttpMethod.Post, "/api/v1/claims/match", body).Refused(faults);

    [Theory]
    [InlineData("!!!")]
    [InlineData("the")]
    [InlineData("\ud83d\ude00 \u0001 ''\\ & | !")]
    [InlineData("@ # https:// www. — (")]
    public async Task Any_text_is_answered(string text) => Assert.NotNull((await Match(text))["items"]);

    [Fact]
    public async Task A_very_long_text_is_answered()
    {
        Assert.NotNull((await Match(string.Concat(Enumerable.Repeat("#aB1", 2_500))))["items"]);
        Assert.NotNull((await Match(new string('x', 10_000)))["items"]);
        await api.Send(HttpMethod.Post, "/api/v1/claims/match", new JsonObject { ["text"] = new string('x', 10_001) }).Refused("text");
    }

    private static string Word() => string.Concat(Guid.NewGuid().ToByteArray().Take(10).Select(b => (char)('a' + (b % 20))));

    private async Task<JsonObject> Match(string text, params (string Name, string Value)[] more)
    {
        var body = new JsonObject { ["text"] = text };
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        return await StemmaApi.Json(await api.Send(HttpMethod.Post, "/api/v1/claims/match", body), 200);
    }

    private async Task<JsonObject> Best(string text, params (string Name, string Value)[] more) => (await Match(text, more))["items"]![0]!.AsObject();
}
