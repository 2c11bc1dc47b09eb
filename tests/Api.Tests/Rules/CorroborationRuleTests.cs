using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Rules;

public sealed class CorroborationRuleTests(StemmaApi api)
{
    private const string Links = Kinds.Corroborations;

    [Fact]
    public async Task What_is_attributed_to_others_is_not_first_hand()
    {
        var told = new JsonArray(await api.NewSource());
        var body = await api.NewBody(Links);
        var firstHand = await api.Create(Links, new() { ["directness"] = "first-hand" });
        var attributed = await api.Create(Links, new() { ["directness"] = "relayed", ["attributedToIds"] = told.DeepClone() });

        await api.Post(Links, body.With("directness", "first-hand").With("attributedToIds", told.DeepClone())).Refused("directness");
        await api.Patch(Links, firstHand.Id(), new JsonObject { ["attributedToIds"] = told.DeepClone() }.ToJsonString()).Refused("directness");
        await api.Patch(Links, attributed.Id(), """{"directness":"first-hand"}""").Refused("directness");
        await StemmaApi.Json(await api.Patch(Links, attributed.Id(), """{"directness":"first-hand","attributedToIds":null}"""), 200);
    }

    [Fact]
    public async Task No_source_is_attributed_to_itself()
    {
        var (source, other) = (await api.NewSource(), await api.NewSource());
        var body = (await api.NewBody(Links)).With("sourceId", source);

        await api.Post(Links, body.With("attributedToIds", new JsonArray(other, source))).Refused("attributedToIds");
        await api.Post(Links, body.With("attributedToIds", new JsonArray(source.ToUpperInvariant()))).Refused("attributedToIds");
        await api.Post(Links, body.With("attributedToIds", new JsonArray(other, other.ToUpperInvariant()))).Refused("attributedToIds");
        var link = await StemmaApi.Json(await api.Post(Links, body.With("attributedToIds", new JsonArray(other))), 201);
        await api.Patch(Links, link.Id(), new JsonObject { ["sourceId"] = other }.ToJsonString()).Refused("attributedToIds");
    }

    /// <summary>The interest that is stored, or null where the combination is refused.</summary>
    [Theory]
    [InlineData("denies", false, null, "party")]
    [InlineData("denies", false, "party", "party")]
    [InlineData("denies", false, "unknown", "party")]
    [InlineData("denies", false, "neutral", null)]
    [InlineData("denies", false, "adverse", null)]
    [InlineData("denies", true, null, "unknown")]
    [InlineData("denies", true, "neutral", "neutral")]
    [InlineData("denies", true, "adverse", "adverse")]
    [InlineData("contradicts", false, null, "unknown")]
    [InlineData("contradicts", false, "adverse", "adverse")]
    [InlineData("supports", true, "party", "party")]
    public async Task A_denial_attributed_to_nobody_is_by_a_party(string stance, bool attributed, string? interest, string? stored)
    {
        var body = (await api.NewBody(Links)).With("stance", stance);
        if (attributed)
        {
            body["attributedToIds"] = new JsonArray(await api.NewSource());
        }

        if (interest is not null)
        {
            body["interest"] = interest;
        }

        if (stored is null)
        {
            await api.Post(Links, body).Refused("interest");
            await api.Put(Links, Guid.NewGuid().ToString(), body).Refused("interest");
            return;
        }

        var link = await StemmaApi.Json(await api.Post(Links, body), 201);
        Assert.Equal(stored, (string)link["interest"]!);
        Assert.Equal(1, (await StemmaApi.Json(await api.Put(Links, link.Id(), body), 200)).Version());
        Assert.Equal(1, (await StemmaApi.Json(await api.Put(Links, link.Id(), link), 200)).Version());
    }

    [Fact]
    public async Task A_patch_leads_into_no_denial_by_who_is_no_party()
    {
        var told = new JsonArray(await api.NewSource());
        var relayed = await api.Create(Links, new() { ["stance"] = "denies", ["interest"] = "neutral", ["attributedToIds"] = told });
        var neutral = await api.Create(Links, new() { ["stance"] = "contradicts", ["interest"] = "neutral" });
        var unknown = await api.Create(Links, new() { ["stance"] = "contradicts" });
        var party = await api.Create(Links, new() { ["stance"] = "denies" });

        await api.Patch(Links, relayed.Id(), """{"attributedToIds":[]}""").Refused("interest");
        await api.Patch(Links, relayed.Id(), """{"attributedToIds":null}""").Refused("interest");
        await api.Patch(Links, neutral.Id(), """{"stance":"denies"}""").Refused("interest");
        await api.Patch(Links, party.Id(), """{"interest":"adverse"}""").Refused("interest");
        Assert.Equal("party", (string)(await StemmaApi.Json(await api.Patch(Links, unknown.Id(), """{"stance":"denies"}"""), 200))["interest"]!);
        Assert.Equal("party", (string)(await StemmaApi.Json(await api.Patch(Links, party.Id(), """{"interest":null}"""), 200))["interest"]!);
        Assert.Equal(1, (await api.GetJson(Kinds.Path(Links, party.Id()))).Version());
        Assert.Equal("party", (string)(await StemmaApi.Json(await api.Patch(Links, relayed.Id(), """{"attributedToIds":[],"interest":null}"""), 200))["interest"]!);
    }

    [Fact]
    public async Task One_source_has_one_link_of_a_stance_to_a_claim_unless_the_quotes_differ()
    {
        var (claim, source) = (await api.NewClaim(), await api.NewSource());
        JsonObject Body(string stance, string? exact, string? prefix = null) => new()
        {
            ["claimId"] = claim,
            ["sourceId"] = source,
            ["stance"] = stance,
            ["quote"] = exact is null ? null : new JsonObject { ["exact"] = exact, ["prefix"] = prefix },
        };
        async Task<string> New(JsonObject body) => (await StemmaApi.Json(await api.Post(Links, body), 201)).Id();
        var plain = await New(Body("supports", null));
        var quoted = await New(Body("supports", "so"));
        await New(Body("supports", "So"));
        await New(Body("mentions", null));

        await api.Post(Links, Body("supports", null)).Conflicts((Links, plain));
        await api.Post(Links, Body("supports", "so", "He said:")).Conflicts((Links, quoted));
        await api.Put(Links, Guid.NewGuid().ToString(), Body("supports", "so")).Conflicts((Links, quoted));
        await api.Patch(Links, quoted, """{"quote":null}""").Conflicts((Links, plain));
        Assert.Equal("so", (string)(await api.GetJson(Kinds.Path(Links, quoted)))["quote"]!["exact"]!);

        await api.Delete(Links, plain);
        await StemmaApi.Json(await api.Patch(Links, quoted, """{"quote":null}"""), 200);
        await api.Restore(Links, plain).Conflicts((Links, quoted));
    }

    [Fact]
    public async Task Long_quotes_that_differ_at_their_end_alone_are_two()
    {
        var (claim, source) = (await api.NewClaim(), await api.NewSource());
        var random = new Random(1);
        var words = string.Concat(Enumerable.Range(0, 9_999).Select(_ => (char)random.Next(0x4E00, 0x9FA5)));
        JsonObject Quote(string end) => new() { ["quote"] = new JsonObject { ["exact"] = words + end } };

        var first = await api.NewLink(claim, source, "reports", Quote("a"));
        await api.NewLink(claim, source, "reports", Quote("b"));

        var body = Quote("a");
        (body["claimId"], body["sourceId"], body["stance"]) = (claim, source, "reports");
        await api.Post(Links, body).Conflicts((Links, first));
    }

    [Theory]
    [InlineData("stance", "for")]
    [InlineData("stance", "Supports")]
    [InlineData("directness", "firstHand")]
    [InlineData("interest", "none")]
    [InlineData("claimId", "")]
    [InlineData("sourceId", "x")]
    [InlineData("citedInId", "x")]
    public async Task A_value_that_is_none_is_refused(string name, string value) =>
        await api.Post(Links, (await api.NewBody(Links)).With(name, value)).Refused(name);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(-1, false)]
    public async Task Credibility_runs_from_1_to_6(int grade, bool fits)
    {
        var body = (await api.NewBody(Links)).With("credibility", grade);
        if (fits)
        {
            Assert.Equal(grade, (int)(await StemmaApi.Json(await api.Post(Links, body), 201))["credibility"]!);
        }
        else
        {
            await api.Post(Links, body).Refused("credibility");
        }
    }

    [Fact]
    public async Task A_claim_is_no_source_and_a_source_no_claim()
    {
        var (claim, source) = (await api.NewClaim(), await api.NewSource());

        await api.Post(Links, new JsonObject { ["claimId"] = source, ["sourceId"] = claim, ["stance"] = "supports" }).Refused("claimId", "sourceId");
        await api.Post(Links, new JsonObject { ["claimId"] = claim, ["sourceId"] = source, ["stance"] = "supports", ["attributedToIds"] = new JsonArray(claim), ["citedInId"] = claim })
            .Refused("attributedToIds[0]", "citedInId");
    }

    [Fact]
    public async Task A_link_moves_to_another_claim_and_source()
    {
        var link = await api.Create(Links);
        var (claim, source) = (await api.NewClaim(), await api.NewSource());

        var moved = await StemmaApi.Json(await api.Patch(Links, link.Id(), new JsonObject { ["claimId"] = claim, ["sourceId"] = source }.ToJsonString()), 200);

        Assert.Equal((claim, source, 2), ((string)moved["claimId"]!, (string)moved["sourceId"]!, moved.Version()));
        Assert.Equal(1, (int)(await api.GetJson("/api/v1/claims/" + claim))["corroborationCounts"]!["supports"]!);
        Assert.Equal(0, (int)(await api.GetJson("/api/v1/claims/" + link["claimId"]))["corroborationCounts"]!["supports"]!);
    }
}
