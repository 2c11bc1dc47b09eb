using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Rules;

public sealed class ClaimRelationRuleTests(StemmaApi api)
{
    private const string Relations = Kinds.ClaimRelations;

    [Theory]
    [InlineData("contradicts", "none")]
    [InlineData("equivalent", "date")]
    [InlineData("entails", "metric")]
    [InlineData("refines", "geography")]
    [InlineData("updates", "definition")]
    [InlineData("supersedes", null)]
    public async Task A_claim_stands_to_another_in_one_of_these_ways(string kind, string? difference)
    {
        var stored = await api.Create(Relations, new() { ["kind"] = kind, ["scopeDifference"] = difference });

        Assert.Equal((kind, difference ?? "none"), ((string)stored["kind"]!, (string)stored["scopeDifference"]!));
    }

    [Fact]
    public async Task No_claim_stands_in_a_relation_to_itself()
    {
        var stored = await api.Create(Relations);
        var (from, to) = ((string)stored["fromId"]!, (string)stored["toId"]!);

        await api.Post(Relations, Body(from, from)).Refused("toId");
        await api.Post(Relations, Body(from, from.ToUpperInvariant())).Refused("toId");
        await api.Put(Relations, Guid.NewGuid().ToString(), Body(to, to, "equivalent")).Refused("toId");
        await api.Patch(Relations, stored.Id(), new JsonObject { ["toId"] = from }.ToJsonString()).Refused("toId");
        await api.Patch(Relations, stored.Id(), new JsonObject { ["fromId"] = to }.ToJsonString()).Refused("toId");
        Assert.Equal(1, (await api.GetJson(Kinds.Path(Relations, stored.Id()))).Version());
    }

    [Theory]
    [InlineData("entails")]
    [InlineData("refines")]
    [InlineData("updates")]
    [InlineData("supersedes")]
    public async Task The_same_relation_again_names_the_first(string kind)
    {
        var (a, b) = (await api.NewClaim(), await api.NewClaim());
        var first = await New(Body(a, b, kind));
        var back = await New(Body(b, a, kind));
        var other = await New(Body(a, b, "contradicts"));

        await api.Post(Relations, Body(a, b, kind)).Conflicts((Relations, first));
        await api.Post(Relations, Body(a, b, kind).With("scopeDifference", "date").With("note", "x")).Conflicts((Relations, first));
        await api.Put(Relations, Guid.NewGuid().ToString(), Body(b, a, kind)).Conflicts((Relations, back));
        await api.Patch(Relations, other, new JsonObject { ["kind"] = kind }.ToJsonString()).Conflicts((Relations, first));
        Assert.Equal("contradicts", (string)(await api.GetJson(Kinds.Path(Relations, other)))["kind"]!);
    }

    [Theory]
    [InlineData("contradicts")]
    [InlineData("equivalent")]
    public async Task What_is_the_same_either_way_round_is_there_once(string kind)
    {
        var (a, b) = (await api.NewClaim(), await api.NewClaim());
        var first = await New(Body(a, b, kind));
        var refines = await New(Body(b, a));

        await api.Post(Relations, Body(b, a, kind)).Conflicts((Relations, first));
        await api.Post(Relations, Body(a, b, kind)).Conflicts((Relations, first));
        await api.Patch(Relations, refines, new JsonObject { ["kind"] = kind }.ToJsonString()).Conflicts((Relations, first));
        await New(Body(b, a, kind == "equivalent" ? "contradicts" : "equivalent"));

        // It may be turned round itself, and is kept as written.
        var turned = await StemmaApi.Json(await api.Put(Relations, first, Body(b, a, kind)), 200);
        Assert.Equal((b, a, 2), ((string)turned["fromId"]!, (string)turned["toId"]!, turned.Version()));
    }

    [Theory]
    [InlineData("updates", false)]
    [InlineData("equivalent", true)]
    public async Task A_deleted_one_is_in_nobodys_way_until_it_is_restored(string kind, bool turn)
    {
        var (a, b) = (await api.NewClaim(), await api.NewClaim());
        var first = await New(Body(a, b, kind));
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete(Relations, first)).StatusCode);
        var second = await New(turn ? Body(b, a, kind) : Body(a, b, kind));

        await api.Restore(Relations, first).Conflicts((Relations, second));
        await api.Put(Relations, first, Body(a, b, kind)).Conflicts((Relations, second));

        await api.Delete(Relations, second);
        await StemmaApi.Json(await api.Restore(Relations, first), 200);
        await api.Restore(Relations, second).Conflicts((Relations, first));
    }

    [Fact]
    public async Task A_claim_is_kept_while_it_is_at_either_end_and_all_are_named()
    {
        var claim = await api.NewClaim();
        var from = (await api.Create(Relations, new() { ["fromId"] = claim })).Id();
        var to = (await api.Create(Relations, new() { ["toId"] = claim })).Id();
        var link = await api.NewLink(claim, await api.NewSource());

        await api.Delete(Kinds.Claims, claim).Conflicts((Relations, from), (Relations, to), (Kinds.Corroborations, link));
    }

    [Fact]
    public async Task A_source_is_no_claim() =>
        await api.Post(Relations, Body(await api.NewClaim(), await api.NewSource())).Refused("toId");

    [Theory]
    [InlineData("kind", "Refines")]
    [InlineData("kind", "factual")]
    [InlineData("scopeDifference", "place")]
    [InlineData("scopeDifference", "")]
    [InlineData("fromId", "")]
    public async Task A_value_that_is_none_is_refused(string name, string value) =>
        await api.Post(Relations, (await api.NewBody(Relations)).With(name, value)).Refused(name);

    private static JsonObject Body(string from, string to, string kind = "refines") => new() { ["fromId"] = from, ["toId"] = to, ["kind"] = kind };

    private async Task<string> New(JsonObject body) => (await StemmaApi.Json(await api.Post(Relations, body), 201)).Id();
}
