using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Assessments;

/// <summary>The assessment over HTTP, and the values kept beside claims: they follow every write that can move them.</summary>
public sealed class AssessmentTests(StemmaApi api)
{
    [Fact]
    public async Task Ten_papers_with_one_briefing_are_one_source()
    {
        var claim = await api.NewClaim();
        var officials = await api.NewSource(new() { ["kind"] = "anonymous", ["name"] = "senior officials" });
        var papers = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            papers.Add(await api.NewSource(new() { ["name"] = $"Paper {i}" }));
            await api.NewLink(claim, papers[i], "reports", new() { ["attributedToIds"] = new JsonArray(officials) });
        }

        var assessment = await Assess(claim);
        var side = assessment["for"]!;
        Assert.Equal("single", (string)assessment["rule"]!);
        Assert.Equal((3, 1, 1, 10), ((int)assessment["credibility"]!, (int)side["min"]!, (int)side["max"]!, (int)side["witnesses"]!));
        var group = Assert.Single(side["groups"]!.AsArray())!;
        Assert.Equal([officials], Texts(group["origins"]!));
        Assert.Equal(papers.Order(StringComparer.Ordinal), Texts(group["relayedBy"]!));
        await AssertKept(claim, 3, 1, 1);

        // A second origin in a paper of its own.
        var customs = await api.NewSource(new() { ["kind"] = "dataset", ["name"] = "Customs records" });
        await api.NewLink(claim, customs, "supports", new() { ["directness"] = "first-hand" });
        await AssertKept(claim, 1, 2, 2);
    }

    [Fact]
    public async Task Sources_are_embedded_where_asked_for()
    {
        var claim = await api.NewClaim();
        var (paper, person) = (await api.NewSource(new() { ["name"] = "The Paper" }), await api.NewSource(new() { ["kind"] = "person", ["name"] = "A Person" }));
        await api.NewLink(claim, paper, "reports", new() { ["attributedToIds"] = new JsonArray(person) });

        Assert.False((await Assess(claim)).ContainsKey("sources"));
        var embedded = (await Assess(claim, "?include=sources"))["sources"]!.AsArray();
        Assert.Equal(new[] { paper, person }.Order(StringComparer.Ordinal), embedded.Select(s => (string)s!["id"]!));
        await api.Get($"/api/v1/claims/{claim}/assessment?include=claims").Refused("include");
        Assert.Equal(404, (int)(await api.Get($"/api/v1/claims/{Guid.NewGuid()}/assessment")).StatusCode);
    }

    [Fact]
    public async Task An_analysts_grade_stands_before_the_derived_one_until_it_is_taken_back()
    {
        var claim = await api.NewClaim();
        var path = $"/api/v1/claims/{claim}/assessment/override";
        var before = (await api.Get("/api/v1/claims/" + claim)).Headers.ETag!;
        Assert.Equal(404, (int)(await api.Send(HttpMethod.Delete, path)).StatusCode);

        var set = await StemmaApi.Json(await api.Send(HttpMethod.Put, path, new JsonObject { ["credibility"] = 2, ["reason"] = "Seen it." }), 200);
        Assert.Equal(("local", 2), ((string)set["setBy"]!, (int)set["credibility"]!));
        var assessment = await Assess(claim);
        Assert.Equal((2, 6), ((int)assessment["credibility"]!, (int)assessment["derivedCredibility"]!));
        Assert.True(JsonNode.DeepEquals(set, assessment["override"]));
        Assert.Equal(2, (int)(await Kept(claim))["credibility"]!);
        Assert.NotEqual(before, (await api.Get("/api/v1/claims/" + claim)).Headers.ETag!);
        Assert.Equal(1, (int)(await api.GetJson("/api/v1/claims/" + claim))["version"]!);

        // Evidence moves the derived value alone; the same grade again keeps its time.
        await api.NewLink(claim, await api.NewSource(new() { ["kind"] = "person" }), "supports", new() { ["directness"] = "first-hand" });
        Assert.Equal((2, 3), ((int)(await Assess(claim))["credibility"]!, (int)(await Assess(claim))["derivedCredibility"]!));
        var again = await StemmaApi.Json(await api.Send(HttpMethod.Put, path, new JsonObject { ["credibility"] = 2, ["reason"] = "Seen it." }), 200);
        Assert.True(JsonNode.DeepEquals(set, again));

        Assert.Equal(204, (int)(await api.Send(HttpMethod.Delete, path)).StatusCode);
        await AssertKept(claim, 3, 1, 1);
        Assert.Null((await Assess(claim))["override"]);
    }

    [Theory]
    [InlineData("""{"credibility":0,"reason":"x"}""", "credibility")]
    [InlineData("""{"credibility":7,"reason":"x"}""", "credibility")]
    [InlineData("""{"reason":"x"}""", "credibility")]
    [InlineData("""{"credibility":3}""", "reason")]
    [InlineData("""{"credibility":3,"reason":" "}""", "reason")]
    [InlineData("""{"credibility":3,"reason":"x","by":"me"}""", "by")]
    public async Task A_grade_needs_a_code_and_a_reason(string body, string fault)
    {
        var claim = await api.NewClaim();
        await api.Send(HttpMethod.Put, $"/api/v1/claims/{claim}/assessment/override", body).Refused(fault);
        Assert.Null((await Assess(claim))["override"]);
        Assert.Equal(404, (int)(await api.Send(HttpMethod.Put, $"/api/v1/claims/{Guid.NewGuid()}/assessment/override", """{"credibility":3,"reason":"x"}""")).StatusCode);
    }

    [Fact]
    public async Task The_kept_values_follow_each_kind_of_write()
    {
        var claim = await api.NewClaim();
        await AssertKept(claim, 6, 0, 0);
        var (one, other) = (await Outlet(), await Outlet());
        var link = await FirstHand(claim, one);
        await FirstHand(claim, other);
        await AssertKept(claim, 1, 2, 2);

        // A link goes, comes back, changes.
        await api.Delete(Kinds.Corroborations, link);
        await AssertKept(claim, 3, 1, 1);
        await api.Restore(Kinds.Corroborations, link);
        await AssertKept(claim, 1, 2, 2);
        await Patch(Kinds.Corroborations, link, """{"directness":"unknown"}""");
        await AssertKept(claim, 3, 1, 2);
        await Patch(Kinds.Corroborations, link, """{"stance":"mentions"}""");
        await AssertKept(claim, 3, 1, 1);
        await Patch(Kinds.Corroborations, link, """{"stance":"supports","directness":"first-hand"}""");
        await AssertKept(claim, 1, 2, 2);

        // Owners, above one another; content; wires.
        var (group, holding) = (await Outlet(), await Outlet());
        await Patch(Kinds.Sources, one, $$"""{"ownerId":"{{group}}"}""");
        await Patch(Kinds.Sources, other, $$"""{"parentId":"{{holding}}"}""");
        await AssertKept(claim, 1, 2, 2);
        await Patch(Kinds.Sources, group, $$"""{"ownerId":"{{holding}}"}""");
        await AssertKept(claim, 3, 1, 1);
        await Patch(Kinds.Sources, group, """{"ownerId":null}""");
        await AssertKept(claim, 1, 2, 2);
        foreach (var source in new[] { one, other })
        {
            await Patch(Kinds.Sources, source, $$"""{"contentHash":"sha256:{{new string('b', 40) + claim.Replace("-", "", StringComparison.Ordinal)[..24]}}"}""");
        }

        await AssertKept(claim, 3, 1, 1);
        await Patch(Kinds.Sources, one, """{"contentHash":null}""");
        await AssertKept(claim, 1, 2, 2);
        var agency = await Outlet();
        var wire = await Derive(one, agency, "same-wire");
        await AssertKept(claim, 1, 2, 2);
        await Derive(agency, other, "same-wire");
        await AssertKept(claim, 3, 1, 1);
        await api.Delete(Kinds.Derivations, wire);
        await AssertKept(claim, 1, 2, 2);

        // What the claim is.
        await Patch(Kinds.Claims, claim, """{"plausible":false}""");
        await AssertKept(claim, 4, 2, 2);
        var patched = await StemmaApi.Json(await api.Patch(Kinds.Claims, claim, """{"kind":"opinion"}"""), 200);
        Assert.Equal(6, (int)patched["assessment"]!["credibility"]!);
        await AssertKept(claim, 6, 2, 2);
    }

    [Fact]
    public async Task A_text_that_is_republished_far_away_moves_the_claim()
    {
        var claim = await api.NewClaim();
        var chain = new List<string> { await Outlet() };
        await api.NewLink(claim, chain[0], "supports");
        await AssertKept(claim, 6, 0, 1);
        for (var i = 1; i <= 5; i++)
        {
            chain.Add(await api.NewSource(new() { ["kind"] = i == 5 ? "person" : "document" }));
            await Derive(chain[i - 1], chain[i], i % 2 == 0 ? "translates" : "republishes");
        }

        await AssertKept(claim, 3, 1, 1);
        await Patch(Kinds.Sources, chain[5], """{"kind":"document"}""");
        await AssertKept(claim, 6, 0, 1);
        await Derive(chain[4], chain[2], "republishes");
        await AssertKept(claim, 6, 0, 1, circular: true);
    }

    [Fact]
    public async Task Equivalent_contradicting_and_entailed_claims_are_heard()
    {
        var (claim, same, opposite, finer) = (await api.NewClaim(), await api.NewClaim(), await api.NewClaim(), await api.NewClaim());
        await FirstHand(claim, await Outlet());
        await FirstHand(same, await Outlet());
        await FirstHand(finer, await Outlet());
        var equivalent = await Relate(claim, same, "equivalent");
        await AssertKept(claim, 1, 2, 2);
        await AssertKept(same, 1, 2, 2);

        await Relate(finer, claim, "refines");
        await AssertKept(finer, 2, 1, 1);
        await Relate(opposite, same, "contradicts");
        await FirstHand(opposite, await Outlet());
        await AssertKept(claim, 3, 2, 2);
        await AssertKept(opposite, 4, 1, 1);
        await AssertKept(finer, 3, 1, 1);

        await api.Delete(Kinds.ClaimRelations, equivalent);
        await AssertKept(claim, 3, 1, 1);
        await AssertKept(same, 4, 1, 1);
        await Patch(Kinds.ClaimRelations, await Relate(claim, same, "equivalent"), """{"scopeDifference":"date"}""");
        await AssertKept(claim, 3, 1, 1);
    }

    [Fact]
    public async Task Lists_filter_and_sort_by_what_is_kept()
    {
        var tag = Requests.Unique();
        var claims = new List<string>();
        for (var origins = 0; origins < 4; origins++)
        {
            claims.Add(await api.NewClaim(new() { ["tags"] = new JsonArray(tag) }));
            for (var i = 0; i < origins; i++)
            {
                await FirstHand(claims[origins], await Outlet());
            }
        }

        await api.NewLink(claims[1], await Outlet(), "contradicts", new() { ["directness"] = "first-hand" });
        var (a, b) = (await Outlet(), await Outlet());
        await api.NewLink(claims[3], a, "reports", new() { ["attributedToIds"] = new JsonArray(b) });
        await api.NewLink(claims[3], b, "reports", new() { ["attributedToIds"] = new JsonArray(a) });

        Assert.Equal([claims[3], claims[2], claims[1], claims[0]], await Listed($"tag={tag}&sort=-independentSupport&limit=1"));
        Assert.Equal([claims[0], claims[1], claims[2], claims[3]], await Listed($"tag={tag}&sort=independentSupport&limit=3"));
        Assert.Equal([claims[2], claims[3], claims[1], claims[0]], await Listed($"tag={tag}&sort=credibility&limit=2"));
        Assert.Equal([claims[3], claims[2], claims[1], claims[0]], await Listed($"tag={tag}&sort=-circular&limit=2"));
        Assert.Equal([claims[0], claims[2], claims[3], claims[1]], await Listed($"tag={tag}&sort=contested&limit=1"));
        Assert.Equal([claims[3], claims[2]], await Listed($"tag={tag}&credibility=1"));
        Assert.Equal([claims[1], claims[0]], await Listed($"tag={tag}&credibility=4&credibility=6"));
        Assert.Equal([claims[2]], await Listed($"tag={tag}&independentSupport=2"));
        Assert.Equal([claims[3], claims[2]], await Listed($"tag={tag}&minIndependentSupport=2"));
        Assert.Equal([claims[3]], await Listed($"tag={tag}&circular=true"));
        Assert.Equal([claims[1]], await Listed($"tag={tag}&contested=true"));
        Assert.Equal(3, (await Listed($"tag={tag}&contested=false")).Count);
        await api.Get("/api/v1/claims?credibility=7").Refused("credibility");
        await api.Get("/api/v1/claims?circular=yes").Refused("circular");
    }

    [Fact]
    public async Task A_distant_change_leaves_claims_stale_until_the_queue_is_worked_off()
    {
        var (one, other, group) = (await Outlet(), await Outlet(), await Outlet());
        var claims = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            claims.Add(await api.NewClaim());
            await FirstHand(claims[i], one);
            await FirstHand(claims[i], other);
        }

        await Patch(Kinds.Sources, one, $$"""{"ownerId":"{{group}}"}""");
        await Patch(Kinds.Sources, other, $$"""{"ownerId":"{{group}}"}""");
        Assert.All(await Task.WhenAll(claims.Select(Kept)), kept => Assert.True((bool)kept["stale"]!));

        // Any number of instances at once.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (await api.Database.DeriveAssessments(TestContext.Current.CancellationToken))
            {
                // Until nothing is left.
            }
        }));
        foreach (var claim in claims)
        {
            await AssertKept(claim, 3, 1, 1);
        }
    }

    private static List<string> Texts(JsonNode list) => [.. list.AsArray().Select(t => (string)t!)];

    private Task<JsonObject> Assess(string claim, string query = "") => api.GetJson($"/api/v1/claims/{claim}/assessment{query}");

    private async Task<JsonObject> Kept(string claim) => (await api.GetJson("/api/v1/claims/" + claim))["assessment"]!.AsObject();

    /// <summary>What is kept is as it should be, and is what the assessment says.</summary>
    private async Task AssertKept(string claim, int credibility, int min, int max, bool circular = false)
    {
        var expected = new JsonObject { ["credibility"] = credibility, ["min"] = min, ["max"] = max, ["circular"] = circular, ["stale"] = false };
        var kept = await Kept(claim);
        Assert.True(JsonNode.DeepEquals(expected, kept), $"{kept.ToJsonString()} is not {expected.ToJsonString()}");
        var assessment = await Assess(claim);
        Assert.Equal((credibility, min, max), ((int)assessment["credibility"]!, (int)assessment["for"]!["min"]!, (int)assessment["for"]!["max"]!));
    }

    /// <summary>Of all pages, one after the other.</summary>
    private async Task<List<string>> Listed(string query)
    {
        var ids = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await api.GetJson($"/api/v1/claims?{query}{(cursor is null ? "" : "&cursor=" + cursor)}");
            ids.AddRange(page["items"]!.AsArray().Select(i => (string)i!["id"]!));
            if ((cursor = (string?)page["nextCursor"]) is null)
            {
                return ids;
            }
        }
    }

    private Task<string> Outlet() => api.NewSource(new() { ["name"] = Requests.Unique() });

    private Task<string> FirstHand(string claim, string source) => api.NewLink(claim, source, "supports", new() { ["directness"] = "first-hand" });

    private async Task Patch(string kind, string id, string patch) => await StemmaApi.Json(await api.Patch(kind, id, patch), 200);

    private async Task<string> Derive(string from, string to, string relation) => (string)(await StemmaApi.Json(
        await api.Post(Kinds.Derivations, new JsonObject { ["fromId"] = from, ["toId"] = to, ["relation"] = relation }), 201))["id"]!;

    private async Task<string> Relate(string from, string to, string kind) => (string)(await StemmaApi.Json(
        await api.Post(Kinds.ClaimRelations, new JsonObject { ["fromId"] = from, ["toId"] = to, ["kind"] = kind }), 201))["id"]!;
}
