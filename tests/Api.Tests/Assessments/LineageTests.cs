using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Assessments;

/// <summary>Who has it from whom, at large.</summary>
public sealed class LineageTests(StemmaApi api)
{
    [Fact]
    public async Task A_circle_of_attributions_is_found_with_the_claims_it_touches()
    {
        var (a, b, c) = await Three();
        var claims = new[] { await api.NewClaim(), await api.NewClaim(), await api.NewClaim() };
        await Attribute(claims[0], a, b);
        await Attribute(claims[1], b, c);
        await Attribute(claims[2], c, a);
        await api.NewLink(await api.NewClaim(), a, "supports");

        var cycle = Assert.Single(await Cycles(a));

        Assert.Equal([a, b, c], Texts(cycle["members"]!));
        Assert.Equal([a, b, c], cycle["path"]!.AsArray().Select(s => (string)s!["id"]!));
        Assert.All(cycle["path"]!.AsArray(), s => Assert.Equal("Source of a test", (string)s!["name"]!));
        Assert.Equal((3, 3, 3, false, true), ((int)cycle["memberCount"]!, (int)cycle["pathLength"]!, (int)cycle["claimCount"]!, (bool)cycle["hasDerivation"]!, (bool)cycle["claimCountExact"]!));
        Assert.Equal(claims.Order(StringComparer.Ordinal), Texts(cycle["claimIds"]!));
    }

    [Fact]
    public async Task The_path_is_the_shortest_through_the_first_member()
    {
        var (a, b, c) = await Three();
        await Derive(a, b, "cites");
        await Derive(b, c, "quotes");
        await Derive(c, a, "derived-from");
        await Derive(c, b, "republishes");
        var claim = await api.NewClaim();
        await Attribute(claim, a, c);

        var cycle = Assert.Single(await Cycles(a));

        Assert.Equal([a, b, c], Texts(cycle["members"]!));
        Assert.Equal([a, c], cycle["path"]!.AsArray().Select(s => (string)s!["id"]!));
        Assert.True((bool)cycle["hasDerivation"]!);
        Assert.Equal([claim], Texts(cycle["claimIds"]!));
    }

    [Fact]
    public async Task One_wire_mentions_and_what_is_deleted_make_no_circle()
    {
        var (a, b, c) = await Three();
        await Derive(a, b, "cites");
        await Derive(b, a, "same-wire");
        var mention = await api.NewLink(await api.NewClaim(), b, "mentions", new() { ["attributedToIds"] = new JsonArray(a) });
        Assert.Empty(await Cycles(a));

        await api.Patch(Kinds.Corroborations, mention, """{"stance":"reports"}""");
        Assert.Single(await Cycles(a));

        await api.Delete(Kinds.Corroborations, mention);
        Assert.Empty(await Cycles(a));

        await Derive(b, c, "cites");
        var last = await Derive(c, a, "translates");
        Assert.Equal([a, b, c], Texts(Assert.Single(await Cycles(a))["members"]!));

        await api.Delete(Kinds.Derivations, last);
        Assert.Empty(await Cycles(a));

        await api.Restore(Kinds.Derivations, last);
        Assert.Single(await Cycles(a));
    }

    [Fact]
    public async Task Cycles_come_page_by_page_in_the_order_of_their_first_members()
    {
        var firsts = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var (a, b, _) = await Three();
            await Derive(b, a, "cites");
            await Derive(a, b, "cites");
            firsts.Add(a);
        }

        var all = await Cycles(null);
        Assert.Equal(firsts.Order(StringComparer.Ordinal), all.Select(First).Where(firsts.Contains));
        Assert.Equal(all.Select(First).Order(StringComparer.Ordinal), all.Select(First));
        Assert.Equal(all.Select(First), (await Cycles(null, limit: 2)).Select(First));
    }

    [Fact]
    public async Task A_long_circle_is_found_without_recursion()
    {
        const int length = 300;
        var sources = new List<string>();
        for (var i = 0; i < length; i++)
        {
            sources.Add(await api.NewSource());
        }

        for (var i = 0; i < length; i++)
        {
            await Derive(sources[i], sources[(i + 1) % length], "cites");
        }

        var cycle = Assert.Single(await Cycles(sources.Order(StringComparer.Ordinal).First()));
        Assert.Equal((length, length, 100, 100), ((int)cycle["memberCount"]!, (int)cycle["pathLength"]!, cycle["members"]!.AsArray().Count, cycle["path"]!.AsArray().Count));

        var deep = await api.GetJson($"/api/v1/sources/{sources[0]}/lineage?depth=100");
        Assert.Equal((101, 100, false), (deep["nodes"]!.AsArray().Count, deep["edges"]!.AsArray().Count, (bool)deep["truncated"]!));
    }

    [Fact]
    public async Task Ancestry_and_offspring_are_followed_step_by_step()
    {
        var (a, b, c) = await Three();
        var d = await api.NewSource();
        var derivation = await Derive(a, b, "cites");
        var (one, two) = (await api.NewClaim(), await api.NewClaim());
        await Attribute(one, b, c);
        await Attribute(two, b, c);
        await Attribute(two, c, d);
        await Derive(d, a, "quotes");
        await Derive(a, d, "same-wire");
        await api.NewLink(one, a, "mentions", new() { ["attributedToIds"] = new JsonArray(d) });

        var up = await api.GetJson($"/api/v1/sources/{a}/lineage");
        Assert.Equal([(a, 0), (b, 1), (c, 2), (d, 3)], up["nodes"]!.AsArray().Select(n => ((string)n!["id"]!, (int)n["distance"]!)));
        Assert.Equal([(a, b), (b, c), (c, d), (d, a)], Edges(up));
        Assert.False((bool)up["truncated"]!);
        var first = up["edges"]![0]!;
        Assert.Equal(("derivation", "cites", derivation, null), ((string)first["via"]!, (string)first["relation"]!, (string)first["derivationId"]!, first["claimIds"]));
        var second = up["edges"]![1]!;
        Assert.Equal(("attribution", 2, null), ((string)second["via"]!, (int)second["claimCount"]!, second["relation"]));
        Assert.Equal(new[] { one, two }.Order(StringComparer.Ordinal), Texts(second["claimIds"]!));

        var down = await api.GetJson($"/api/v1/sources/{c}/lineage?direction=down&depth=2");
        Assert.Equal([(c, 0), (b, 1), (a, 2)], down["nodes"]!.AsArray().Select(n => ((string)n!["id"]!, (int)n["distance"]!)));
        Assert.Equal([(b, c), (a, b)], Edges(down));

        var near = await api.GetJson($"/api/v1/sources/{a}/lineage?direction=up&depth=1");
        Assert.Equal([(a, b)], Edges(near));
        Assert.False((bool)near["truncated"]!);
    }

    [Fact]
    public async Task Neighbours_come_in_the_order_of_ids_and_each_once()
    {
        var (a, b, c) = await Three();
        var d = await api.NewSource();
        await Derive(a, c, "cites");
        await Derive(a, b, "cites");
        await Derive(b, d, "cites");
        await Derive(c, d, "cites");
        await Derive(c, b, "cites");

        var up = await api.GetJson($"/api/v1/sources/{a}/lineage");

        Assert.Equal([a, b, c, d], up["nodes"]!.AsArray().Select(n => (string)n!["id"]!));
        Assert.Equal([(a, b), (a, c), (c, b), (b, d), (c, d)], Edges(up));
    }

    [Fact]
    public async Task A_source_with_a_thousand_readers_is_cut_off_and_says_so()
    {
        var hub = await api.NewSource();
        await using (var insert = api.Database.Source.CreateCommand(
            """
            with made as (
                insert into sources (id, url_keys, aliases, external_ids, kind, name, reliability, tags, version, created_at, created_by, updated_at, updated_by)
                select gen_random_uuid(), '{}', '{}', '[]', 'outlet', 'Reader', 'F', '{}', 1, now(), 'test', now(), 'test' from generate_series(1, 1005) returning id)
            insert into derivations (id, from_id, to_id, relation, basis, external_ids, tags, version, created_at, created_by, updated_at, updated_by)
            select gen_random_uuid(), id, $1, 'cites', 'declared', '[]', '{}', 1, now(), 'test', now(), 'test' from made
            """))
        {
            insert.Parameters.Add(new Npgsql.NpgsqlParameter<Guid> { TypedValue = Guid.Parse(hub) });
            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var down = await api.GetJson($"/api/v1/sources/{hub}/lineage?direction=down");

        Assert.Equal((1_000, 999, true), (down["nodes"]!.AsArray().Count, down["edges"]!.AsArray().Count, (bool)down["truncated"]!));
        var ids = down["nodes"]!.AsArray().Skip(1).Select(n => (string)n!["id"]!).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task A_source_that_is_not_there_has_no_lineage()
    {
        await api.Get($"/api/v1/sources/{Guid.NewGuid()}/lineage").Problem(404);
        var deleted = await api.NewSource();
        await api.Delete(Kinds.Sources, deleted);
        await api.Get($"/api/v1/sources/{deleted}/lineage").Problem(404);
    }

    [Theory]
    [InlineData("depth=0", "depth")]
    [InlineData("depth=101", "depth")]
    [InlineData("direction=sideways", "direction")]
    [InlineData("depth=x&direction=x", "depth", "direction")]
    public async Task What_is_not_understood_is_refused(string query, params string[] places) =>
        await api.Get($"/api/v1/sources/{await api.NewSource()}/lineage?{query}").Refused(places);

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=x", "cursor")]
    public async Task A_page_that_is_not_there_is_refused(string query, string place) => await api.Get($"/api/v1/lineage/cycles?{query}").Refused(place);

    private static string First(JsonObject cycle) => (string)cycle["members"]![0]!;

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(t => (string)t!);

    private static IEnumerable<(string, string)> Edges(JsonObject lineage) => lineage["edges"]!.AsArray().Select(e => ((string)e!["from"]!, (string)e["to"]!));

    /// <summary>In the order of ids, as the server makes them.</summary>
    private async Task<(string, string, string)> Three()
    {
        var ids = new[] { await api.NewSource(), await api.NewSource(), await api.NewSource() };
        Array.Sort(ids, StringComparer.Ordinal);
        return (ids[0], ids[1], ids[2]);
    }

    private async Task<string> Derive(string from, string to, string relation) =>
        (await api.Create(Kinds.Derivations, new() { ["fromId"] = from, ["toId"] = to, ["relation"] = relation })).Id();

    private Task<string> Attribute(string claim, string from, string to) => api.NewLink(claim, from, "reports", new() { ["attributedToIds"] = new JsonArray(to) });

    /// <summary>All cycles that the source is the first member of; all, where none is given.</summary>
    private async Task<List<JsonObject>> Cycles(string? first, int limit = 500)
    {
        var cycles = new List<JsonObject>();
        for (string? cursor = null; ;)
        {
            var page = await api.GetJson($"/api/v1/lineage/cycles?limit={limit}" + (cursor is null ? "" : $"&cursor={cursor}"));
            cycles.AddRange(page["items"]!.AsArray().Select(i => i!.AsObject()).Where(c => first is null || First(c) == first));
            if ((cursor = (string?)page["nextCursor"]) is null)
            {
                return cycles;
            }
        }
    }
}
