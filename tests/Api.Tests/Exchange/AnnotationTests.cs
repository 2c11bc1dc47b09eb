using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Exchange;

/// <summary>Corroborations as W3C Web Annotations.</summary>
public sealed class AnnotationTests(StemmaApi api)
{
    private const string Profile = "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"";

    private static readonly string[] Purposes =
        ["assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging"];

    [Fact]
    public async Task A_quote_is_annotated_where_it_stands()
    {
        var claim = await api.NewClaim(new JsonObject { ["text"] = "Der Handel wuchs.", ["language"] = "de" });
        var link = await api.NewLink(claim, await api.NewSource(), "reports", new JsonObject
        {
            ["quote"] = new JsonObject { ["exact"] = "trade grew", ["prefix"] = "He said that ", ["suffix"] = " by a third." },
            ["url"] = "https://example.org/a",
            ["archiveUrl"] = "https://archive.example/a",
            ["accessedAt"] = "2024-05-17T01:02:03Z",
            ["note"] = "Read twice.",
            ["tags"] = new JsonArray("trade"),
        });

        foreach (var accept in new[] { Profile, "application/ld+json", "application/json;q=0.5, application/ld+json" })
        {
            var answer = await Get(link, accept);
            Assert.Equal(Profile, answer.Content.Headers.ContentType!.ToString());
            Assert.Contains("Accept", answer.Headers.Vary);
            var annotation = await StemmaApi.Json(answer, 200);
            Check(annotation, isWhole: true);

            var server = api.Client.BaseAddress!.ToString().TrimEnd('/');
            Assert.Equal($"{server}/api/v1/corroborations/{link}", (string)annotation["id"]!);
            Assert.Equal("local", (string)annotation["creator"]!["name"]!);
            var body = annotation["body"]!.AsArray();
            Assert.Equal($"{server}/api/v1/claims/{claim}", (string)body[0]!["source"]!);
            Assert.Equal(("Der Handel wuchs.", "de"), ((string)body[1]!["value"]!, (string)body[1]!["language"]!));
            Assert.Equal(["classifying reports", "tagging trade", "commenting Read twice."], body.Skip(2).Select(b => $"{b!["purpose"]} {b["value"]}"));
            Assert.True(JsonNode.DeepEquals(
                JsonNode.Parse("""
                {"type": "SpecificResource", "source": "https://example.org/a",
                 "selector": {"type": "TextQuoteSelector", "exact": "trade grew", "prefix": "He said that ", "suffix": " by a third."},
                 "state": {"type": "TimeState", "sourceDate": "2024-05-17T01:02:03Z", "cached": "https://archive.example/a"}}
                """),
                annotation["target"]));
        }
    }

    [Fact]
    public async Task Without_a_quote_the_whole_page_or_source_is_annotated()
    {
        var bare = await api.NewSource();
        var paged = await api.NewSource(new JsonObject { ["url"] = "https://example.org/home", ["archiveUrl"] = "https://archive.example/home" });
        var onSource = await StemmaApi.Json(await Get(await api.NewLink(await api.NewClaim(), bare), Profile), 200);
        var onPage = await StemmaApi.Json(await Get(await api.NewLink(await api.NewClaim(), paged), Profile), 200);
        var elsewhere = await StemmaApi.Json(await Get(await api.NewLink(await api.NewClaim(), paged, "supports", new JsonObject { ["url"] = "https://example.org/b" }), Profile), 200);

        Check(onSource, isWhole: true);
        Check(onPage, isWhole: true);
        Check(elsewhere, isWhole: true);
        Assert.EndsWith("/api/v1/sources/" + bare, (string)onSource["target"]!, StringComparison.Ordinal);
        Assert.Equal("https://example.org/home", (string)onPage["target"]!["source"]!);
        Assert.Equal("https://archive.example/home", (string)onPage["target"]!["state"]!["cached"]!);

        // The archived copy is of the source's page, not of this one.
        Assert.Equal("https://example.org/b", (string)elsewhere["target"]!);
    }

    [Fact]
    public async Task Each_form_has_its_tag_and_writing_takes_either()
    {
        var (claim, source) = (await api.NewClaim(), await api.NewSource());
        var link = await api.NewLink(claim, source);
        var json = await Get(link, "application/json");
        var annotation = await Get(link, Profile);
        Assert.NotEqual(json.Headers.ETag, annotation.Headers.ETag);
        Assert.Contains("Accept", json.Headers.Vary);

        var tag = annotation.Headers.ETag!.ToString();
        var again = await Get(link, Profile, tag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Contains("Accept", again.Headers.Vary);
        Assert.Equal(HttpStatusCode.OK, (await Get(link, "application/json", tag)).StatusCode);

        // The claim's text and the source's address are in it.
        await api.Patch(Kinds.Claims, claim, """{"text":"Another text."}""");
        var changed = await Get(link, Profile, tag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await api.Patch(Kinds.Sources, source, """{"url":"https://example.org/"}""");
        Assert.Equal(HttpStatusCode.OK, (await Get(link, Profile, changed.Headers.ETag!.ToString())).StatusCode);

        var patched = await api.Patch(Kinds.Corroborations, link, """{"note":"x"}""", ("If-Match", tag), ("Accept", Profile));
        Assert.Equal("application/json", patched.Content.Headers.ContentType!.MediaType);
        Assert.Equal(2, (await StemmaApi.Json(patched, 200)).Version());
    }

    [Fact]
    public async Task What_is_not_to_be_had_is_406()
    {
        var link = await api.NewLink(await api.NewClaim(), await api.NewSource());
        await Get(link, "text/turtle").Problem(406);
        await Get(link, "application/json;q=0, text/html").Problem(406);
        await api.Get($"/api/v1/corroborations/{link}?include=claim", ("Accept", Profile)).Refused("include");
        await Get(Guid.NewGuid().ToString(), Profile).Problem(404);
        foreach (var any in new[] { "*/*", "application/*", "text/html, */*;q=0.1" })
        {
            Assert.Equal("application/json", (await Get(link, any)).Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task All_of_them_go_out_as_one_page()
    {
        var tag = Requests.Unique();
        var claim = await api.NewClaim(new JsonObject { ["text"] = "About " + tag });
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add(await api.NewLink(claim, await api.NewSource(), "supports", new JsonObject { ["tags"] = new JsonArray(tag) }));
        }

        await api.Delete(Kinds.Corroborations, ids[0]);
        var path = $"/api/v1/exports?type=corroboration&format=annotations&tombstones=true&tag={tag}";
        var answer = await api.Get(path);
        Assert.Equal(Profile, answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("stemma.jsonld", answer.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        var page = await StemmaApi.Json(answer, 200);

        Assert.Equal("http://www.w3.org/ns/anno.jsonld", (string)page["@context"]!);
        Assert.Equal("AnnotationPage", (string)page["type"]!);
        Assert.Equal("AnnotationCollection", (string)page["partOf"]!["type"]!);
        var items = page["items"]!.AsArray();
        Assert.Equal(ids.Skip(1).Order(StringComparer.Ordinal), items.Select(a => ((string)a!["id"]!)[^36..]));
        Assert.All(items, a => Check(a!.AsObject(), isWhole: false));

        var alone = await StemmaApi.Json(await Get(ids[1], Profile), 200);
        alone.Remove("@context");
        Assert.True(JsonNode.DeepEquals(alone, items.Single(a => ((string)a!["id"]!).EndsWith(ids[1], StringComparison.Ordinal))));

        var after = await api.GetJson($"{path}&after=corroboration:{((string)items[9]!["id"]!)[^36..]}");
        Assert.Single(after["items"]!.AsArray());
        await api.Get("/api/v1/exports?type=claim&format=annotations").Refused("type");
        await api.Get("/api/v1/exports?format=annotations").Refused("type");
        await api.Get("/api/v1/exports?format=rdf").Refused("format");
    }

    [Fact]
    public async Task Many_pages_are_read_in_one_snapshot()
    {
        await using var own = await OwnApi.Start("--Samples:Load=true");
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        var lines = Enumerable.Range(0, 1_203).SelectMany(i => new[]
        {
            $$"""{"type": "claim", "text": "Claim {{i}}", "externalIds": [{"system": "x", "id": "c{{i}}"}]}""",
            $$"""{"type": "corroboration", "claimId": "x:c{{i}}", "sourceId": "018f7f5a-0000-7000-8000-000000000108", "stance": "mentions"}""",
        });
        await StemmaApi.Json(await Imports.Files.Import(client, "", Imports.Files.Bytes(lines)), 200);

        var cancel = TestContext.Current.CancellationToken;
        const string path = "/api/v1/exports?type=corroboration&format=annotations&stance=mentions";
        var page = JsonNode.Parse(await client.GetStringAsync(path, cancel))!;
        var items = page["items"]!.AsArray();
        Assert.True(items.Count >= 1_203);
        Assert.Equal(items.Count, items.Select(a => (string)a!["id"]!).Distinct().Count());
        Assert.Contains("Claim 1202", items.Select(a => (string?)a!["body"]![1]!["value"]));
        Assert.All(items.Where(a => ((string?)a!["body"]![1]!["value"])?.StartsWith("Claim ", StringComparison.Ordinal) == true), a => Assert.Equal("https://www.reuters.com/", (string)a!["target"]!));

        // What it shows of claims is part of what it is.
        const string all = "/api/v1/exports?type=corroboration&format=annotations";
        using var before = await client.GetAsync(all, HttpCompletionOption.ResponseHeadersRead, cancel);
        Assert.Equal(HttpStatusCode.NotModified, await Ask(before.Headers.ETag!));
        using var change = new StringContent("""{"text":"Another text."}""", null, "application/merge-patch+json");
        (await client.PatchAsync("/api/v1/claims/018f7f5a-0000-7000-8000-000000000201", change, cancel)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.OK, await Ask(before.Headers.ETag!));

        async Task<HttpStatusCode> Ask(System.Net.Http.Headers.EntityTagHeaderValue tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, all);
            request.Headers.IfNoneMatch.Add(tag);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return answer.StatusCode;
        }
    }

    /// <summary>What the Web Annotation data model demands.</summary>
    private static void Check(JsonObject annotation, bool isWhole)
    {
        Assert.Equal(isWhole ? "http://www.w3.org/ns/anno.jsonld" : null, (string?)annotation["@context"]);
        Assert.Equal("Annotation", (string)annotation["type"]!);
        Assert.True(Uri.IsWellFormedUriString((string)annotation["id"]!, UriKind.Absolute));
        Assert.Contains((string)annotation["motivation"]!, Purposes);
        Assert.EndsWith("Z", (string)annotation["created"]!, StringComparison.Ordinal);
        Assert.EndsWith("Z", (string)annotation["modified"]!, StringComparison.Ordinal);
        foreach (var body in annotation["body"]!.AsArray().Select(b => b!.AsObject()))
        {
            Assert.Contains((string)body["purpose"]!, Purposes);
            Assert.NotNull((string)body["type"]! == "TextualBody" ? body["value"] : body["source"]);
        }

        var target = annotation["target"]!;
        Assert.NotEmpty(target is JsonObject specific ? (string)specific["source"]! : (string)target!);
    }

    private Task<HttpResponseMessage> Get(string link, string accept, string? tag = null) =>
        api.Get("/api/v1/corroborations/" + link, [("Accept", accept), .. tag is null ? [] : new[] { ("If-None-Match", tag) }]);
}
