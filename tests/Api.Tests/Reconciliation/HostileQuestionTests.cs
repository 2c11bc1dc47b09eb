using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Reconciliation;

/// <summary>What is not as the specification has it is refused by name, and nothing is a fault of the server's.</summary>
public sealed class HostileQuestionTests(StemmaApi api)
{
    [Theory]
    [InlineData("""{"q": {}}""", "queries.q")]
    [InlineData("""{"q": {"query": ""}}""", "queries.q.query")]
    [InlineData("""{"q": {"query": " \t"}}""", "queries.q.query")]
    [InlineData("""{"q": {"query": 1}}""", "queries.q.query")]
    [InlineData("""{"q": {"query": null}}""", "queries.q.query")]
    [InlineData("""{"q": {"query": "a\u0000b"}}""", "queries.q.query")]
    [InlineData("""{"q": {"query": "a\ud800"}}""", "queries.q.query")]
    [InlineData("""{"q": {"query": "a", "type": "city"}}""", "queries.q.type")]
    [InlineData("""{"q": {"query": "a", "type": ["claim", 1]}}""", "queries.q.type[1]")]
    [InlineData("""{"q": {"query": "a", "type": {}}}""", "queries.q.type")]
    [InlineData("""{"q": {"query": "a", "limit": 0}}""", "queries.q.limit")]
    [InlineData("""{"q": {"query": "a", "limit": 1.5}}""", "queries.q.limit")]
    [InlineData("""{"q": {"query": "a", "limit": "3"}}""", "queries.q.limit")]
    [InlineData("""{"q": {"query": "a", "type_strict": "very"}}""", "queries.q.type_strict")]
    [InlineData("""{"q": {"query": "a", "type_strict": 1}}""", "queries.q.type_strict")]
    [InlineData("""{"q": {"query": "a", "more": 1}}""", "queries.q.more")]
    [InlineData("""{"q": {"properties": []}}""", "queries.q")]
    [InlineData("""{"q": {"query": "a", "properties": {"pid": "url", "v": "x"}}}""", "queries.q.properties")]
    [InlineData("""{"q": {"query": "a", "properties": [1]}}""", "queries.q.properties[0]")]
    [InlineData("""{"q": {"query": "a", "properties": [{"pid": "colour", "v": "red"}]}}""", "queries.q.properties[0].pid")]
    [InlineData("""{"q": {"query": "a", "properties": [{}]}}""", "queries.q.properties[0].pid", "queries.q.properties[0].v")]
    [InlineData("""{"q": {"query": "a", "properties": [{"pid": "url", "v": null}]}}""", "queries.q.properties[0].v")]
    [InlineData("""{"q": {"query": "a", "properties": [{"pid": "url", "v": {"name": "x"}}]}}""", "queries.q.properties[0].v")]
    [InlineData("""{"q": {"query": "a", "properties": [{"pid": "url", "v": ["x", ["y"]]}]}}""", "queries.q.properties[0].v[1]")]
    [InlineData("""{"q10": {"more": 1}, "q1": {}}""", "queries.q10.more", "queries.q1")]
    [InlineData("""{"q": {"query": "a", "properties": [{"pid": "url", "v": "x", "\ud800": 1}]}}""", "queries")]
    [InlineData("""{"q": {"query": "a", "type_strict": "\ud800"}}""", "queries.q.type_strict")]
    [InlineData("""{"q": [], "r": "x", "s": null}""", "queries.q", "queries.r", "queries.s")]
    [InlineData("""[{"query": "a"}]""", "queries")]
    [InlineData("null", "queries")]
    [InlineData("", "queries")]
    [InlineData("{", "queries")]
    [InlineData("""{"q": {"query": "a"}, "q": {"query": "b"}}""", "queries")]
    [InlineData("""{"\ud800": {"query": "a"}}""", "queries")]
    public async Task Batches_are_read_strictly(string json, params string[] places) => await api.Ask("queries", json).Refused(places);

    [Theory]
    [InlineData("""{}""", "extend.ids", "extend.properties")]
    [InlineData("""{"ids": "x", "properties": [{"id": "name"}]}""", "extend.ids")]
    [InlineData("""{"ids": [1], "properties": [{"id": "name"}]}""", "extend.ids[0]")]
    [InlineData("""{"ids": [], "properties": ["name"]}""", "extend.properties[0]")]
    [InlineData("""{"ids": [], "properties": [{"id": "colour"}], "more": 1}""", "extend.properties[0].id", "extend.more")]
    public async Task Extensions_are_read_strictly(string json, params string[] places) => await api.Ask("extend", json).Refused(places);

    [Fact]
    public async Task Batches_and_lists_are_bounded()
    {
        var many = new JsonObject([.. Enumerable.Range(0, 10_000).Select(i => KeyValuePair.Create<string, JsonNode?>($"q{i}", new JsonObject { ["query"] = "x" }))]);
        var problem = await api.Ask("queries", many.ToJsonString()).Refused("queries");
        Assert.Contains("50 is the most", (string)problem["errors"]!["queries"]![0]!, StringComparison.Ordinal);

        var fifty = new JsonObject([.. Enumerable.Range(0, 50).Select(i => KeyValuePair.Create<string, JsonNode?>($"q{i}", new JsonObject { ["query"] = new string('x', 10_000), ["type"] = "claim" }))]);
        Assert.Equal(50, (await api.Reconcile(fifty)).Count);
        await api.Ask("queries", new JsonObject { ["q"] = new JsonObject { ["query"] = new string('x', 10_001) } }.ToJsonString()).Refused("queries.q.query");

        foreach (var count in new[] { 50, 51 })
        {
            var values = new JsonArray([.. Enumerable.Range(0, count).Select(i => JsonValue.Create($"value {i}"))]);
            var properties = new JsonArray(new JsonObject { ["pid"] = "tag", ["v"] = values }, new JsonObject { ["pid"] = "url", ["v"] = values.DeepClone() });
            var answer = api.Ask("queries", new JsonObject { ["q"] = new JsonObject { ["query"] = "x", ["properties"] = properties } }.ToJsonString());
            await (count == 50 ? StemmaApi.Json(await answer, 200) : answer.Refused("queries.q.properties"));
        }

        var ids = new JsonArray([.. Enumerable.Range(0, 501).Select(i => JsonValue.Create(i.ToString(CultureInfo.InvariantCulture)))]);
        await api.Ask("extend", new JsonObject { ["ids"] = ids, ["properties"] = new JsonArray() }.ToJsonString()).Refused("extend.ids");
        await api.Send(HttpMethod.Post, "/reconcile", "queries=" + new string('x', 1_100_000), Spreadsheet.Form).Problem(413);
        Assert.InRange((await StemmaApi.Json(await api.Ask("queries", $$$"""{"q": {"query": "a", {{{string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"m{i}\": 1"))}}} }}"""), 400))["errors"]!.AsObject().Count, 1, 100);
    }

    [Fact]
    public async Task However_much_is_wrong_a_hundred_faults_are_told()
    {
        var query = string.Join('&', Enumerable.Range(0, 900).Select(i => $"a{i}"));
        foreach (var path in new[] { "/reconcile", "/api/v1/sources", "/api/v1/claims" })
        {
            Assert.Equal(100, (await StemmaApi.Json(await api.Get($"{path}?{query}"), 400))["errors"]!.AsObject().Count);
        }

        var google = await StemmaApi.Json(await api.Get($"/v1alpha1/claims:search?query=x&{query}"), 400);
        Assert.Equal(100, google["error"]!["details"]![0]!["fieldViolations"]!.AsArray().Count);
        var form = await StemmaApi.Json(await api.Send(HttpMethod.Post, "/reconcile", query, Spreadsheet.Form), 400);
        Assert.Equal(100, form["errors"]!.AsObject().Count);
        var names = string.Join(',', Enumerable.Repeat("x", 900));
        var flags = (await StemmaApi.Json(await api.Get($"/api/v1/sources?include={names}"), 400))["errors"]!["include"]!.AsArray();
        Assert.InRange(flags.Count, 1, 100);
    }

    [Fact]
    public async Task Depth_is_bounded()
    {
        foreach (var depth in new[] { 40, 100_000 })
        {
            await api.Ask("queries", $$$"""{"q": {"query": {{{new string('[', depth)}}}{{{new string(']', depth)}}} }}""").Refused("queries");
        }
    }

    [Fact]
    public async Task Forms_hold_one_question_and_nothing_else()
    {
        await api.Send(HttpMethod.Post, "/reconcile", "", Spreadsheet.Form).Refused("");
        await api.Send(HttpMethod.Post, "/reconcile", "queries={}&extend={}", Spreadsheet.Form).Refused("");
        await api.Send(HttpMethod.Post, "/reconcile", "queries={}&queries={}", Spreadsheet.Form).Refused("queries");
        await api.Send(HttpMethod.Post, "/reconcile", "queries={}&callback=x", Spreadsheet.Form).Refused("callback");
        await api.Send(HttpMethod.Post, "/reconcile?queries={}", "queries={}", Spreadsheet.Form).Refused("queries");
        await api.Get("/reconcile?callback=jQuery1&_=2").Refused("callback", "_");
        await api.Get("/reconcile?queries=%00").Refused("queries");
        foreach (var what in new[] { "entity", "type", "property" })
        {
            await api.Get($"/reconcile/suggest/{what}?prefix=a&callback=jQuery1&_=2").Refused("callback");
        }

        foreach (var type in new[] { "application/json", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=utf-16" })
        {
            await api.Send(HttpMethod.Post, "/reconcile", "queries={}", type).Problem(415);
        }

        var bytes = new ByteArrayContent([.. "queries="u8, 0xFF]);
        bytes.Headers.ContentType = new(Spreadsheet.Form);
        await api.Client.PostAsync("/reconcile", bytes, TestContext.Current.CancellationToken).Refused("");
        await api.Send(HttpMethod.Delete, "/reconcile").Problem(405);
    }

    [Theory]
    [InlineData("'; drop table sources; --")]
    [InlineData("%%% ___ \\")]
    [InlineData("\u202e\ud83d\ude00 İı ſ")]
    [InlineData("...")]
    [InlineData("﷽﷽﷽ ﷺ")]
    [InlineData("http://[::1]:99999/ https://xn--/")]
    [InlineData("urn:uuid:")]
    public async Task Any_text_is_answered(string text)
    {
        foreach (var property in new[] { "url", "externalId", "name", "country", "language", "parent", "publishedAt", "claimant", "credibility", "updatedAt", "tag" })
        {
            Assert.NotNull(await api.Candidates(text, null, (property, text)));
        }
    }

    [Fact]
    public async Task Mangled_questions_are_answered_or_refused()
    {
        var random = new Random(31);
        const string valid = """{"q0": {"query": "Reuters 2023", "type": ["outlet", "claim"], "type_strict": "any", "limit": 3, "properties": [{"pid": "url", "v": "reuters.com"}, {"pid": "country", "v": ["GB", true, 1.5, {"id": "x", "name": "y"}]}]}}""";
        string[] scraps = ["\"", "{", "}", "[", "]", ",", ":", "\\u0000", "\\ud800", "null", "-1e999", "1e400", "0.0", "\"q0\"", "\u00e4", "\u0001"];
        for (var i = 0; i < 200; i++)
        {
            var text = new StringBuilder(valid);
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                var at = random.Next(text.Length);
                text.Remove(at, Math.Min(random.Next(4), text.Length - at)).Insert(at, scraps[random.Next(scraps.Length)]);
            }

            var answer = await api.Ask("queries", text.ToString());
            Assert.True((int)answer.StatusCode is 200 or 400, $"{(int)answer.StatusCode} for {text}");
        }
    }
}
