using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Rules;

public sealed class DerivationRuleTests(StemmaApi api)
{
    private const string Derivations = Kinds.Derivations;

    [Theory]
    [InlineData("quotes")]
    [InlineData("cites")]
    [InlineData("republishes")]
    [InlineData("translates")]
    [InlineData("derived-from")]
    [InlineData("same-wire")]
    public async Task A_source_repeats_another_in_one_of_these_ways(string relation)
    {
        var stored = await api.Create(Derivations, new() { ["relation"] = relation });

        Assert.Equal((relation, "declared"), ((string)stored["relation"]!, (string)stored["basis"]!));
    }

    [Fact]
    public async Task No_source_repeats_itself()
    {
        var stored = await api.Create(Derivations);
        var (from, to) = ((string)stored["fromId"]!, (string)stored["toId"]!);

        await api.Post(Derivations, Body(from, from)).Refused("toId");
        await api.Post(Derivations, Body(from, from.ToUpperInvariant())).Refused("toId");
        await api.Put(Derivations, Guid.NewGuid().ToString(), Body(to, to, "same-wire")).Refused("toId");
        await api.Patch(Derivations, stored.Id(), new JsonObject { ["toId"] = from }.ToJsonString()).Refused("toId");
        await api.Patch(Derivations, stored.Id(), new JsonObject { ["fromId"] = to }.ToJsonString()).Refused("toId");
        Assert.Equal(1, (await api.GetJson(Kinds.Path(Derivations, stored.Id()))).Version());
    }

    [Fact]
    public async Task The_same_derivation_again_names_the_first()
    {
        var (a, b) = (await api.NewSource(), await api.NewSource());
        var first = await New(Body(a, b));
        var quotes = await New(Body(a, b, "quotes"));
        var back = await New(Body(b, a));

        await api.Post(Derivations, Body(a, b)).Conflicts((Derivations, first));
        await api.Post(Derivations, Body(a, b).With("basis", "inferred").With("note", "x")).Conflicts((Derivations, first));
        await api.Put(Derivations, Guid.NewGuid().ToString(), Body(b, a)).Conflicts((Derivations, back));
        await api.Patch(Derivations, quotes, """{"relation":"cites"}""").Conflicts((Derivations, first));
        Assert.Equal("quotes", (string)(await api.GetJson(Kinds.Path(Derivations, quotes)))["relation"]!);
    }

    [Fact]
    public async Task One_text_of_an_agency_in_two_papers_is_the_same_either_way_round()
    {
        var (a, b) = (await api.NewSource(), await api.NewSource());
        var first = await New(Body(a, b, "same-wire"));
        var cites = await New(Body(b, a));

        await api.Post(Derivations, Body(b, a, "same-wire")).Conflicts((Derivations, first));
        await api.Post(Derivations, Body(a, b, "same-wire")).Conflicts((Derivations, first));
        await api.Patch(Derivations, cites, """{"relation":"same-wire"}""").Conflicts((Derivations, first));

        // It may be turned round itself, and is kept as written.
        var turned = await StemmaApi.Json(await api.Put(Derivations, first, Body(b, a, "same-wire")), 200);
        Assert.Equal((b, a, 2), ((string)turned["fromId"]!, (string)turned["toId"]!, turned.Version()));
    }

    [Theory]
    [InlineData("cites", false)]
    [InlineData("same-wire", true)]
    public async Task A_deleted_one_is_in_nobodys_way_until_it_is_restored(string relation, bool turn)
    {
        var (a, b) = (await api.NewSource(), await api.NewSource());
        var first = await New(Body(a, b, relation));
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete(Derivations, first)).StatusCode);
        var second = await New(turn ? Body(b, a, relation) : Body(a, b, relation));

        await api.Restore(Derivations, first).Conflicts((Derivations, second));
        await api.Put(Derivations, first, Body(a, b, relation)).Conflicts((Derivations, second));

        await api.Delete(Derivations, second);
        await StemmaApi.Json(await api.Restore(Derivations, first), 200);
        await api.Restore(Derivations, second).Conflicts((Derivations, first));
    }

    [Fact]
    public async Task Sources_may_repeat_one_another_in_a_circle()
    {
        var sources = new[] { await api.NewSource(), await api.NewSource(), await api.NewSource() };

        for (var i = 0; i < 3; i++)
        {
            await New(Body(sources[i], sources[(i + 1) % 3]));
        }

        Assert.Equal(2, (await api.GetJson($"{Kinds.Path(Derivations)}?sourceId={sources[0]}")).Ids().Length);
    }

    [Fact]
    public async Task A_source_is_kept_while_it_is_at_either_end_and_all_are_named()
    {
        var source = await api.NewSource();
        var later = (await api.Create(Derivations, new() { ["fromId"] = source })).Id();
        var earlier = (await api.Create(Derivations, new() { ["toId"] = source })).Id();
        var link = await api.NewLink(await api.NewClaim(), source);

        await api.Delete(Kinds.Sources, source).Conflicts((Derivations, later), (Derivations, earlier), (Kinds.Corroborations, link));
    }

    [Fact]
    public async Task A_claim_is_no_source() =>
        await api.Post(Derivations, Body(await api.NewClaim(), await api.NewSource())).Refused("fromId");

    [Theory]
    [InlineData("relation", "Cites")]
    [InlineData("relation", "sameWire")]
    [InlineData("relation", "supports")]
    [InlineData("basis", "unknown")]
    [InlineData("basis", "")]
    [InlineData("toId", "")]
    public async Task A_value_that_is_none_is_refused(string name, string value) =>
        await api.Post(Derivations, (await api.NewBody(Derivations)).With(name, value)).Refused(name);

    private static JsonObject Body(string from, string to, string relation = "cites") => new() { ["fromId"] = from, ["toId"] = to, ["relation"] = relation };

    private async Task<string> New(JsonObject body) => (await StemmaApi.Json(await api.Post(Derivations, body), 201)).Id();
}
