using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Rules;

public sealed class SourceRuleTests(StemmaApi api)
{
    private const string Sources = Kinds.Sources;

    /// <summary>Each letter is how one source points at the next; the last would point at the first.</summary>
    [Theory]
    [InlineData("p")]
    [InlineData("o")]
    [InlineData("pp")]
    [InlineData("po")]
    [InlineData("oo")]
    [InlineData("popop")]
    [InlineData("oppoo")]
    [InlineData("pppppppppppp")]
    public async Task Parents_and_owners_close_no_cycle(string ring)
    {
        string Member(int i) => ring[i] == 'p' ? "parentId" : "ownerId";
        var ids = new List<string>();
        for (var i = 0; i < ring.Length; i++)
        {
            ids.Add(await api.NewSource());
        }

        for (var i = 0; i < ring.Length - 1; i++)
        {
            await StemmaApi.Json(await api.Patch(Sources, ids[i], new JsonObject { [Member(i)] = ids[i + 1] }.ToJsonString()), 200);
        }

        var closing = new JsonObject { [Member(ring.Length - 1)] = ids[0] };
        var problem = await api.Patch(Sources, ids[^1], closing.ToJsonString()).Problem(409);
        await api.Put(Sources, ids[^1], new JsonObject { ["kind"] = "outlet", ["name"] = "x", [Member(ring.Length - 1)] = ids[0] }).Problem(409);

        var named = problem["conflictsWith"]!.AsArray().Select(w => (string)w!["id"]!).ToList();
        Assert.Equal(Math.Min(10, ids.Count), named.Count);
        Assert.Subset(ids.ToHashSet(), named.ToHashSet());
        Assert.All(named, id => Assert.Contains(id, (string)problem["detail"]!, StringComparison.Ordinal));
        Assert.Null((await api.GetJson(Kinds.Path(Sources, ids[^1])))[Member(ring.Length - 1)]);
    }

    [Fact]
    public async Task A_new_source_is_not_its_own_parent()
    {
        var id = Guid.NewGuid().ToString();
        var answer = await api.Put(Sources, id, new JsonObject { ["kind"] = "outlet", ["name"] = "x", ["ownerId"] = id });

        Assert.Contains((int)answer.StatusCode, new[] { 400, 409 });
        await api.Get(Kinds.Path(Sources, id)).Problem(404);
    }

    [Fact]
    public async Task Two_ways_to_one_ancestor_are_no_cycle()
    {
        var top = await api.NewSource();
        var left = await api.NewSource(new() { ["parentId"] = top, ["ownerId"] = top });
        var right = await api.NewSource(new() { ["ownerId"] = top });

        await api.NewSource(new() { ["parentId"] = left, ["ownerId"] = right });
        await StemmaApi.Json(await api.Patch(Sources, left, new JsonObject { ["parentId"] = right }.ToJsonString()), 200);
    }

    [Fact]
    public async Task A_restore_closes_no_cycle()
    {
        var one = await api.NewSource();
        var other = await api.NewSource(new() { ["parentId"] = one });
        await api.Delete(Sources, other);

        // The tombstone still says that it is below the first; with the first below it, it could not come back.
        await api.Patch(Sources, one, new JsonObject { ["parentId"] = other }.ToJsonString()).Refused("parentId");
        await StemmaApi.Json(await api.Restore(Sources, other), 200);
    }

    [Fact]
    public async Task Two_sources_set_each_under_the_other_at_once_let_one_win()
    {
        for (var round = 0; round < 10; round++)
        {
            var (a, b) = (await api.NewSource(), await api.NewSource());

            var answers = await Task.WhenAll(
                api.Patch(Sources, a, new JsonObject { ["parentId"] = b }.ToJsonString()),
                api.Patch(Sources, b, new JsonObject { ["ownerId"] = a }.ToJsonString()));

            Assert.Equal([200, 409], answers.Select(r => (int)r.StatusCode).Order());
        }
    }

    [Fact]
    public async Task A_content_hash_is_kept_in_lower_case_and_found_in_any()
    {
        var digits = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");
        var one = await api.Create(Sources, new() { ["contentHash"] = "sha256:" + digits.ToUpperInvariant() });
        var other = await api.Create(Sources, new() { ["contentHash"] = "sha256:" + digits });

        Assert.Equal("sha256:" + digits, (string)one["contentHash"]!);
        Assert.Equal(
            new[] { one.Id(), other.Id() }.Order(),
            (await api.GetJson($"/api/v1/sources?contentHash=sha256:{digits.ToUpperInvariant()}")).Ids().Order());
        Assert.Equal(1, (await StemmaApi.Json(await api.Patch(Sources, one.Id(), new JsonObject { ["contentHash"] = "sha256:" + digits.ToUpperInvariant() }.ToJsonString()), 200)).Version());
    }

    [Theory]
    [InlineData("contentHash", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("contentHash", "sha256:aa")]
    [InlineData("contentHash", "SHA256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("contentHash", "sha256:gaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("contentHash", "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n")]
    [InlineData("contentHash", "sha1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("country", "de")]
    [InlineData("country", "DEU")]
    [InlineData("country", "ZZ")]
    [InlineData("country", "UK")]
    [InlineData("country", "")]
    [InlineData("language", "english")]
    [InlineData("language", "e")]
    [InlineData("language", "de_DE")]
    [InlineData("language", "en-")]
    [InlineData("language", "")]
    [InlineData("language", "en-US-en-US-en-US-en-US-en-US-en-US-en")]
    [InlineData("kind", "Outlet")]
    [InlineData("kind", "newspaper")]
    [InlineData("reliability", "G")]
    [InlineData("reliability", "a")]
    public async Task A_value_that_is_none_is_refused(string name, string value)
    {
        // A word of four to eight letters is well-formed as a language, whether there is one or not.
        if (value == "english")
        {
            Assert.Equal(value, (string)(await api.Create(Sources, new() { [name] = value }))[name]!);
            return;
        }

        await api.Post(Sources, new JsonObject { ["kind"] = "outlet", ["name"] = "x" }.With(name, value)).Refused(name);
    }

    [Theory]
    [InlineData("de")]
    [InlineData("zh-Hant-TW")]
    [InlineData("es-419")]
    [InlineData("sl-rozaj-biske")]
    [InlineData("de-DE-u-co-phonebk")]
    [InlineData("en-x-mine")]
    [InlineData("x-mine")]
    [InlineData("i-klingon")]
    public async Task Every_well_formed_language_tag_is_kept_as_given(string tag) =>
        Assert.Equal(tag, (string)(await api.Create(Sources, new() { ["language"] = tag }))["language"]!);

    [Theory]
    [InlineData("[]")]
    [InlineData("\"Title\"")]
    [InlineData("5")]
    [InlineData("true")]
    [InlineData("{\"title\":\"a\\u0000b\"}")]
    [InlineData("{\"a\\u0000b\":1}")]
    [InlineData("{\"title\":\"\\ud800\"}")]
    [InlineData("{\"\\udc00x\":1}")]
    [InlineData("{\"a\":{\"\\udc00x\":1}}")]
    [InlineData("{\"n\":1e400}")]
    [InlineData("{\"n\":-1e999999}")]
    [InlineData("{\"n\":1e-20000}")]
    [InlineData("{\"n\":0e-20000}")]
    [InlineData("{\"n\":0e999999999999}")]
    [InlineData("{\"n\":[{\"m\":1e-2147483648}]}")]
    [InlineData("{\"n\":1,\"n\":2}")]
    [InlineData("{\"a\":{\"n\":1,\"n\":2}}")]
    public async Task A_citation_that_cannot_be_kept_is_refused(string citation)
    {
        var stored = await api.Create(Sources);
        var body = $$"""{"kind":"document","name":"x","citation":{{citation}}}""";

        foreach (var answer in new[]
        {
            api.Send(HttpMethod.Post, "/api/v1/sources", body),
            api.Send(HttpMethod.Put, Kinds.Path(Sources, stored.Id()), body),
            api.Send(HttpMethod.Patch, Kinds.Path(Sources, stored.Id()), body),
        })
        {
            var problem = await answer.Problem(400);
            Assert.All(problem["errors"]!.AsObject(), e => Assert.True(e.Key.Length == 0 || e.Key.StartsWith("citation", StringComparison.Ordinal), e.Key));
        }

        Assert.Equal(1, (await api.GetJson(Kinds.Path(Sources, stored.Id()))).Version());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"\":\"empty name\",\"n\":[0,-0.0,1e2,1.50,1e-300,1.7976931348623157e308,12345678901234567890.123456789],\"b\":[true,false,null]}")]
    [InlineData("{\"title\":\"\\ud83d\\ude00 \\u00e9 <b>\",\"a\":{\"b\":{\"c\":[[[]]]}}}")]
    public async Task A_citation_comes_back_as_the_same_JSON(string citation)
    {
        var id = Guid.NewGuid().ToString();
        var body = $$"""{"kind":"document","name":"x","citation":{{citation}}}""";
        await StemmaApi.Json(await api.Send(HttpMethod.Put, Kinds.Path(Sources, id), body), 201);

        var found = await api.GetJson(Kinds.Path(Sources, id));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(citation), found["citation"]), found["citation"]!.ToJsonString());
        Assert.Equal(1, (await StemmaApi.Json(await api.Send(HttpMethod.Put, Kinds.Path(Sources, id), body), 200)).Version());
    }

    [Fact]
    public async Task What_is_stored_however_deep_can_be_read_everywhere()
    {
        foreach (var depth in new[] { 5, 16, 26, 27, 28, 29, 30, 31, 32, 40 })
        {
            var tag = Requests.Unique();
            var citation = new StringBuilder().Insert(0, "{\"a\":", depth - 1).Append("{}").Append('}', depth - 1);
            var answer = await api.Send(HttpMethod.Post, "/api/v1/sources", $$"""{"kind":"document","name":"x","tags":["{{tag}}"],"citation":{{citation}}}""");
            if ((int)answer.StatusCode == 400)
            {
                Assert.True(depth > 16, "This much is needed.");
                continue;
            }

            var source = (await StemmaApi.Json(answer, 201)).Id();
            var claim = await api.NewClaim(new() { ["tags"] = new JsonArray(tag) });
            await api.NewLink(claim, source, "supports", new() { ["tags"] = new JsonArray(tag) });
            foreach (var path in new[]
            {
                $"/api/v1/sources/{source}", $"/api/v1/sources?tag={tag}", $"/api/v1/corroborations?tag={tag}&include=source",
                $"/api/v1/claims?tag={tag}&include=corroborations.source", $"/api/v1/claims/{claim}?include=corroborations.source",
            })
            {
                Assert.Equal((depth, path, 200), (depth, path, (int)(await api.Get(path)).StatusCode));
            }

            await StemmaApi.Json(await api.Put(Sources, source, await api.GetJson($"/api/v1/sources/{source}")), 200);
            await StemmaApi.Json(await api.Patch(Sources, source, """{"description":"x"}"""), 200);
        }
    }

    [Fact]
    public async Task A_citation_has_50000_characters_at_most()
    {
        JsonObject Citation(int length) => new() { ["title"] = new string('x', length - 12) };
        var body = new JsonObject { ["kind"] = "document", ["name"] = "x" };

        await StemmaApi.Json(await api.Post(Sources, body.With("citation", Citation(50_000))), 201);
        await api.Post(Sources, body.With("citation", Citation(50_001))).Refused("citation");
    }
}
