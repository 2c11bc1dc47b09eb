using System.Net;
using System.Text.Json.Nodes;
using Stemma.Api.Tests.Imports;
using Xunit;

namespace Stemma.Api.Tests.ClaimReviews;

/// <summary>Reviews as schema.org has them, one by one and all together.</summary>
public sealed class ExportTests(StemmaApi api)
{
    [Fact]
    public async Task What_comes_in_goes_out_and_in_again()
    {
        var u = Requests.Unique();
        var page = Pages.Review(u);
        await api.ImportedPage(page.ToJsonString());
        var review = await api.ReviewOf(u + ".example");
        await StemmaApi.Json(await api.Patch(Kinds.Reviews, review.Id(), """{"verdict":"mixed"}"""), 200);

        var one = await Linked(review.Id());
        var claim = await api.GetJson($"/api/v1/claims/{review["claimId"]}");
        Assert.Equal((await IdOf($"reviews/{review.Id()}"), "site:" + u + ".example"), ((string)one["identifier"]!, (string)one["author"]!["identifier"]!));
        page["author"]!["identifier"] = one["author"]!["identifier"]!.DeepClone();
        foreach (var (name, value) in page.Where(m => m.Key is not "itemReviewed"))
        {
            Assert.True(JsonNode.DeepEquals(value, one[name]), $"{name}: {one[name]?.ToJsonString()}");
        }

        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse($$"""
                {"@type":"Claim","identifier":"{{await IdOf($"claims/{review["claimId"]}")}}","inLanguage":"en-GB",
                 "author":{"@type":"Person","identifier":"{{await IdOf($"sources/{claim["claimantId"]}")}}","name":"Mayor {{u}}"},"datePublished":"2024-05-10",
                 "firstAppearance":{"@type":"CreativeWork","url":"https://posts.example/{{u}}/1"},
                 "appearance":[{"@type":"CreativeWork","url":"https://posts.example/{{u}}/2"},{"@type":"CreativeWork","url":"https://posts.example/{{u}}/3"}]}
                """),
                one["itemReviewed"]),
            one["itemReviewed"]!.ToJsonString());

        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(one.ToJsonString())));
        Assert.Equal("mixed", (string)(await api.ReviewOf(u + ".example"))["verdict"]!);
        page["author"]!.AsObject().Remove("identifier");
        Assert.True(JsonNode.DeepEquals(page, (await api.ReviewOf(u + ".example"))["original"]));

        await using var other = await OwnApi.Start();
        using var to = new HttpClient { BaseAddress = new Uri(other.Url) };
        var all = await Export(api.Client, $"&publisherId={review["publisherId"]}");
        Assert.Equal("4/0/0/0", Files.Counts(await StemmaApi.Json(await to.Import("", System.Text.Encoding.UTF8.GetBytes(all), Pages.JsonLd), 200)));
        Assert.Equal(all, await Export(to, ""));
        one.Remove("@context");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(all), new JsonObject { ["@context"] = "https://schema.org", ["@graph"] = new JsonArray(one) }));
    }

    [Fact]
    public async Task Whatever_was_not_said_or_was_mended_it_comes_in_again_as_what_it_is()
    {
        var u = Requests.Unique();
        var page = Pages.Review(u);
        page.Remove("inLanguage");
        (page["name"], page["claimReviewed"], page["reviewRating"]!["alternateName"]) = ("Был ли закрыт мост?", $"Мост {u} был закрыт.", "Ложь");
        page["author"]!.AsObject().Remove("url");
        page.Remove("url");
        await api.ImportedPage(page.ToJsonString());
        var publisher = Assert.Single((await api.GetJson($"/api/v1/sources?name=Checkers+{u}"))["items"]!.AsArray())!;
        async Task<JsonNode> Only() => Assert.Single((await api.GetJson($"/api/v1/reviews?publisherId={publisher["id"]}&include=claim"))["items"]!.AsArray())!;
        async Task Again()
        {
            Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(await Export(api.Client, $"&publisherId={publisher["id"]}"))));
            Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage((await Linked((string)(await Only())["id"]!)).ToJsonString())));
        }

        var review = await Only();
        Assert.Equal((null, "en"), ((string?)review["language"], (string)review["claim"]!["language"]!));
        await Again();
        await StemmaApi.Json(await api.Patch(Kinds.Claims, (string)review["claimId"]!, $$"""{"text":"Мост {{u}} закрыли.","language":"ru"}"""), 200);
        await Again();
        await StemmaApi.Json(await api.Patch(Kinds.Sources, (string)review["claim"]!["claimantId"]!, $$"""{"name":"Мэр {{u}}"}"""), 200);
        await StemmaApi.Json(await api.Patch(Kinds.Sources, (string)publisher["id"]!, $$"""{"name":"Проверка {{u}}"}"""), 200);
        await Again();
        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(page.ToJsonString())));
    }

    [Fact]
    public async Task An_identifier_counts_only_in_what_Stemma_wrote()
    {
        var (u, v) = (Requests.Unique(), Requests.Unique());
        await api.ImportedPage(Pages.Review(u).ToJsonString());
        var page = Pages.Review(v);
        page["identifier"] = await IdOf($"reviews/{(await api.ReviewOf(u + ".example")).Id()}");
        Assert.Equal("4/0/0/0", Files.Counts(await api.ImportedPage(page.ToJsonString())));

        var written = await Linked((await api.ReviewOf(u + ".example")).Id());
        written["identifier"] = "other:1";
        written["itemReviewed"]!["identifier"] = new JsonArray("claimreview:");
        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(written.ToJsonString())));
    }

    [Fact]
    public async Task A_review_is_chosen_by_Accept_and_each_form_has_its_own_tag()
    {
        var review = await api.Create(Kinds.Reviews);
        var path = Kinds.Path(Kinds.Reviews, review.Id());
        var (plain, linked) = (await api.Get(path), await api.Get(path, ("Accept", "application/ld+json, */*;q=0.1")));

        Assert.Equal(("application/json", Pages.JsonLd), (plain.Content.Headers.ContentType!.MediaType, linked.Content.Headers.ContentType!.MediaType));
        Assert.All([plain, linked], answer => Assert.Contains("Accept", answer.Headers.Vary));
        var (tag, other) = (plain.Headers.ETag!.ToString(), linked.Headers.ETag!.ToString());
        Assert.NotEqual(tag, other);
        Assert.Equal(HttpStatusCode.NotModified, (await api.Get(path, ("Accept", Pages.JsonLd), ("If-None-Match", other))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.Get(path, ("Accept", Pages.JsonLd), ("If-None-Match", tag))).StatusCode);
        await api.Get(path, ("Accept", "text/csv")).Problem(406);
        await api.Get(path, ("Accept", "application/ld+json;q=0")).Problem(406);
        await api.Get(Kinds.Path(Kinds.Reviews, Guid.NewGuid().ToString()), ("Accept", Pages.JsonLd)).Problem(404);

        var claimant = await api.NewSource();
        await StemmaApi.Json(await api.Patch(Kinds.Claims, (string)review["claimId"]!, $$"""{"claimantId":"{{claimant}}"}"""), 200);
        var changed = await api.Get(path, ("Accept", Pages.JsonLd), ("If-None-Match", other));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var before = changed.Headers.ETag!.ToString();
        await StemmaApi.Json(await api.Patch(Kinds.Sources, claimant, """{"name":"Renamed"}"""), 200);
        Assert.Equal(HttpStatusCode.OK, (await api.Get(path, ("Accept", Pages.JsonLd), ("If-None-Match", before))).StatusCode);
        Assert.Equal("Renamed", (string)(await Linked(review.Id()))["itemReviewed"]!["author"]!["name"]!);
    }

    [Fact]
    public async Task All_of_a_filter_go_out_in_pages_and_what_is_deleted_does_not()
    {
        var tag = Requests.Unique();
        var publisher = await api.NewSource(new() { ["externalIds"] = new JsonArray(new JsonObject { ["system"] = tag, ["id"] = "p" }) });
        var rows = Enumerable.Range(0, 1_203).SelectMany(i => new[]
        {
            $$"""{"type":"claim","text":"Claim {{i}} of {{tag}}.","externalIds":[{"system":"{{tag}}","id":"{{i}}"}]}""",
            $$"""{"type":"review","claimId":"{{tag}}:{{i}}","publisherId":"{{publisher}}","textualRating":"False","title":"Title {{i}}","tags":["{{tag}}"]}""",
        }).ToArray();
        await api.Imported("", rows);
        var ids = (await api.GetJson($"/api/v1/reviews?tag={tag}&limit=500"))["items"]!.AsArray().Select(r => (string)r!["id"]!).ToList();
        await api.Delete(Kinds.Reviews, ids[0]);

        var found = JsonNode.Parse(await Export(api.Client, $"&tag={tag}&tombstones=true"))!["@graph"]!.AsArray();
        Assert.Equal(1_202, found.Count);
        Assert.All(found, r => Assert.Equal(((string)r!["name"]!).Replace("Title", "Claim", StringComparison.Ordinal) + $" of {tag}.", (string)r["claimReviewed"]!));
        Assert.Empty(JsonNode.Parse(await Export(api.Client, $"&tag={tag}&after=review:{(await All(tag)).Max(StringComparer.Ordinal)}"))!["@graph"]!.AsArray());

        await StemmaApi.Json(await api.Get("/api/v1/exports?format=claimreview"), 400);
        await StemmaApi.Json(await api.Get("/api/v1/exports?format=claimreview&type=claim"), 400);
    }

    [Fact]
    public async Task Its_tag_moves_with_what_it_refers_to()
    {
        var claim = await api.NewClaim();
        await api.Create(Kinds.Reviews, new() { ["claimId"] = claim });
        const string path = "/api/v1/exports?type=review&format=claimreview";
        var before = (await api.Get(path)).Headers.ETag!.ToString();
        await StemmaApi.Json(await api.Patch(Kinds.Claims, claim, """{"context":"Changed."}"""), 200);
        var after = await api.Get(path, ("If-None-Match", before));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal((Pages.JsonLd, "attachment; filename=\"stemma.jsonld\""), (after.Content.Headers.ContentType!.MediaType, after.Content.Headers.ContentDisposition!.ToString()));
    }

    private static async Task<string> Export(HttpClient client, string query)
    {
        using var answer = await client.GetAsync("/api/v1/exports?type=review&format=claimreview" + query, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return text;
    }

    /// <summary>The one id of a resource by which an import knows it.</summary>
    private async Task<string> IdOf(string path)
    {
        var id = Assert.Single((await api.GetJson("/api/v1/" + path))["externalIds"]!.AsArray())!;
        return $"{id["system"]}:{id["id"]}";
    }

    private async Task<IEnumerable<string>> All(string tag)
    {
        var rows = await (await api.Get($"/api/v1/exports?type=review&tag={tag}&tombstones=true")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(r => JsonNode.Parse(r)!["id"]).OfType<JsonNode>().Select(id => (string)id!);
    }

    private async Task<JsonObject> Linked(string id) => await StemmaApi.Json(await api.Get(Kinds.Path(Kinds.Reviews, id), ("Accept", Pages.JsonLd)), 200);
}
