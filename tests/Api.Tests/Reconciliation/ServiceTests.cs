using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Reconciliation;

/// <summary>The services around reconciliation: what the manifest names can be used.</summary>
public sealed class ServiceTests(StemmaApi api)
{
    private const string Script = "<script>alert(1)</script>\"'&";

    [Fact]
    public async Task The_manifest_keeps_to_the_specification_and_leads_to_its_services()
    {
        var manifest = await api.GetJson("/reconcile");
        Specification.CheckManifest(manifest);

        var id = await api.NewSource(new JsonObject { ["name"] = "Herald " + Spreadsheet.Word() });
        foreach (var (what, example) in new[] { ("entity", id), ("type", "outlet"), ("property", "country") })
        {
            var service = manifest["suggest"]![what]!;
            var found = await api.GetJson($"{service["service_url"]}{service["service_path"]}?prefix={example}&spell=always&exact=false&prefixed=true");
            Specification.CheckSuggestions(found);
            Assert.Equal(example, (string)found["result"]![0]!["id"]!);
            var flyout = await api.GetJson($"{service["service_url"]}{((string)service["flyout_service_path"]!).Replace("${id}", example, StringComparison.Ordinal)}");
            Assert.Equal(example, (string)flyout["id"]!);
            Assert.NotEmpty((string)flyout["html"]!);
            await api.Get($"/reconcile/flyout/{what}?id=nothing").Problem(404);
            await api.Get($"/reconcile/flyout/{what}").Problem(404);
        }

        Spreadsheet.AssertHtml((await api.Get(((string)manifest["preview"]!["url"]!).Replace("{{id}}", id, StringComparison.Ordinal))).Content.Headers);
        var proposals = manifest["extend"]!["propose_properties"]!;
        Assert.NotEmpty((await api.GetJson($"{proposals["service_url"]}{proposals["service_path"]}"))["properties"]!.AsArray());
    }

    [Fact]
    public async Task Entities_are_suggested_sources_and_claims_a_page_at_a_time()
    {
        var w = Spreadsheet.Word();
        for (var i = 0; i < 12; i++)
        {
            await api.NewSource(new JsonObject { ["name"] = $"{w} {(char)('a' + i)}", ["kind"] = "person" });
        }

        var claim = await api.NewClaim(new JsonObject { ["text"] = $"There is {w} in Danzig." });
        var first = await api.GetJson($"/reconcile/suggest/entity?prefix={w}");
        var second = await api.GetJson($"/reconcile/suggest/entity?prefix={w}&cursor=10");
        Specification.CheckSuggestions(first);

        var ids = first["result"]!.AsArray().Concat(second["result"]!.AsArray()).Select(r => (string)r!["id"]!).ToList();
        Assert.Equal(13, ids.Distinct().Count());
        Assert.Equal(10, first["result"]!.AsArray().Count);
        Assert.Equal(claim, ids[5]);
        Assert.Equal("""["person","source"]""", first["result"]![0]!["notable"]!.ToJsonString());
        Assert.Empty((await api.GetJson($"/reconcile/suggest/entity?prefix={w}&cursor=100000"))["result"]!.AsArray());
        await api.Get("/reconcile/suggest/entity?prefix=x&cursor=-1").Refused("cursor");
        await api.Get("/reconcile/suggest/entity?prefix=" + new string('x', 501)).Refused("prefix");
        await api.Get("/reconcile/suggest/type?prefix=%00").Refused("prefix");
        Assert.NotEmpty((await api.GetJson("/reconcile/suggest/type"))["result"]!.AsArray());
    }

    [Fact]
    public async Task Columns_are_filled_from_entities()
    {
        var w = Spreadsheet.Word();
        var owner = await api.NewSource(new JsonObject { ["name"] = "Group " + w });
        var source = await api.NewSource(new JsonObject
        {
            ["name"] = w,
            ["aliases"] = new JsonArray("A", "B"),
            ["kind"] = "document",
            ["ownerId"] = owner,
            ["publishedAt"] = "2024-05",
            ["country"] = "DE",
        });
        var claim = await api.NewClaim(new JsonObject { ["claimantId"] = source });
        await api.NewLink(claim, owner);

        string[] properties = ["name", "owner", "claimant", "publishedAt", "supports", "updatedAt", "tag"];
        string[] ids = [source, claim, Guid.NewGuid().ToString(), "what is no id"];
        var question = new JsonObject
        {
            ["ids"] = new JsonArray([.. ids.Select(i => (JsonNode)i!)]),
            ["properties"] = new JsonArray([.. properties.Select(p => new JsonObject { ["id"] = p, ["settings"] = new JsonObject() })]),
        };
        var answer = await StemmaApi.Json(await api.Ask("extend", question.ToJsonString()), 200);
        Specification.CheckExtension(answer, ids, properties);

        var rows = answer["rows"]!;
        Assert.Equal($$"""[{"str":"{{w}}"},{"str":"A"},{"str":"B"}]""", rows[source]!["name"]!.ToJsonString());
        Assert.Equal($$"""[{"id":"{{owner}}","name":"Group {{w}}"}]""", rows[source]!["owner"]!.ToJsonString());
        Assert.Equal("""[{"str":"2024-05"}]""", rows[source]!["publishedAt"]!.ToJsonString());
        Assert.Equal($$"""[{"id":"{{source}}","name":"{{w}}"}]""", rows[claim]!["claimant"]!.ToJsonString());
        Assert.Equal("""[{"int":1}]""", rows[claim]!["supports"]!.ToJsonString());
        Assert.All(rows[ids[2]]!.AsObject().Concat(rows[ids[3]]!.AsObject()), p => Assert.Empty(p.Value!.AsArray()));
        Assert.True(JsonNode.DeepEquals(answer, await api.GetJson("/reconcile?extend=" + Uri.EscapeDataString(question.ToJsonString()))));
    }

    [Fact]
    public async Task Properties_are_proposed_by_type()
    {
        var of = await api.GetJson("/reconcile/extend/properties?type=claim&limit=4");
        Assert.Equal("claim", (string)of["type"]!);
        Assert.Equal(4, (int)of["limit"]!);
        Assert.Equal(4, of["properties"]!.AsArray().Count);
        Assert.DoesNotContain("country", (await api.GetJson("/reconcile/extend/properties?type=claim"))["properties"]!.AsArray().Select(p => (string)p!["id"]!));
        Assert.True(JsonNode.DeepEquals(await api.GetJson("/reconcile/extend/properties"), await api.GetJson("/reconcile/extend/properties?type=")));
        await api.Get("/reconcile/extend/properties?type=nothing&limit=0").Refused("type", "limit");
    }

    [Fact]
    public async Task What_is_stored_is_shown_as_text_and_nothing_runs()
    {
        var source = await api.NewSource(new JsonObject { ["name"] = Script, ["description"] = Script, ["tags"] = new JsonArray(Script), ["url"] = "https://example.org/?a=%3Cscript%3E&b=\"onmouseover=alert(1)" });
        var claim = await api.NewClaim(new JsonObject { ["text"] = Script, ["context"] = Script, ["claimantId"] = source, ["place"] = Script });
        foreach (var id in new[] { source, claim })
        {
            var answer = await api.Get("/reconcile/preview?id=" + id);
            Spreadsheet.AssertHtml(answer.Content.Headers);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("sandbox", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("allow-scripts", policy, StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("X-Frame-Options"));

            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var flyout = (string)(await api.GetJson("/reconcile/flyout/entity?id=" + id))["html"]!;
            foreach (var html in new[] { page, flyout })
            {
                Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("\"onmouseover", html, StringComparison.OrdinalIgnoreCase);
                Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
            }
        }

        await api.Get("/reconcile/preview?id=" + Guid.NewGuid()).Problem(404);
        await api.Get("/reconcile/preview").Problem(404);
        await api.Get("/reconcile/preview?id=" + Uri.EscapeDataString(Script)).Problem(404);
    }

    [Fact]
    public async Task Pages_of_named_origins_may_call_and_others_may_not()
    {
        const string origin = "http://127.0.0.1:3333";
        await api.Send(HttpMethod.Post, "/reconcile", "queries={}", Spreadsheet.Form, ("Origin", origin)).Problem(403);
        Assert.False((await api.Get("/reconcile", ("Origin", origin))).Headers.Contains("Access-Control-Allow-Origin"));

        await using var own = await OwnApi.Start("--Access:Origins:0=" + origin);
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        foreach (var path in new[] { "/reconcile", "/reconcile?queries={}", "/reconcile/suggest/entity?prefix=a", "/reconcile/flyout/type?id=claim", "/reconcile/extend/properties" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Origin", origin);
            var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(origin, Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        }

        using var post = new HttpRequestMessage(HttpMethod.Post, "/reconcile") { Content = new FormUrlEncodedContent([new("queries", "{}")]) };
        post.Headers.Add("Origin", origin);
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(post, TestContext.Current.CancellationToken)).StatusCode);
    }
}
