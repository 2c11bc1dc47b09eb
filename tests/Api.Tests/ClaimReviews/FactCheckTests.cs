using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.ClaimReviews;

/// <summary>The search of Google's Fact Check Tools API.</summary>
public sealed class FactCheckTests(StemmaApi api)
{
    private const string Path = "/v1alpha1/claims:search";

    [Fact]
    public async Task A_claim_is_found_with_its_reviews_by_its_words_and_by_their_titles()
    {
        var u = Requests.Unique();
        await api.ImportedPage(Pages.Review(u).ToJsonString());
        var expected = JsonNode.Parse($$"""
            {"claims":[{"text":"The bridge of {{u}} was closed for a year.","claimant":"Mayor {{u}}","claimDate":"2024-05-10T00:00:00Z","claimReview":[
              {"publisher":{"name":"Checkers {{u}}","site":"{{u}}.example"},"url":"https://www.{{u}}.example/checks/1","title":"Was the bridge closed?",
               "reviewDate":"2024-05-16T00:00:00Z","textualRating":"Mostly false","languageCode":"en-GB"}]}]}
            """);

        foreach (var query in new[] { $"query={u}", $"query=bridge+{u}&key=k&alt=json&prettyPrint=true&fields=claims&quotaUser=q&%24.xgafv=2", $"reviewPublisherSiteFilter=www.{u}.example" })
        {
            var found = await Find(query);
            Assert.True(JsonNode.DeepEquals(expected, found), $"{query}: {found.ToJsonString()}");
        }

        var page = Pages.Review(u);
        page["url"] = $"https://www.{u}.example/checks/2";
        page["name"] = $"Lighthouse{u}";
        page["claimReviewed"] = "The tower was closed.";
        await api.ImportedPage(page.ToJsonString());
        Assert.Equal(["The tower was closed."], Texts(await Find($"query=lighthouse{u}")));
    }

    [Fact]
    public async Task Only_what_has_a_review_is_found_and_members_without_a_value_are_absent()
    {
        var u = Requests.Unique();
        await api.NewClaim(new() { ["text"] = $"Not reviewed {u}." });
        Assert.Equal("{}", (await Find($"query={u}")).ToJsonString());
        Assert.Equal("{}", (await Find($"reviewPublisherSiteFilter={u}.example")).ToJsonString());

        var claim = await api.NewClaim(new() { ["text"] = $"Reviewed {u}.", ["language"] = "fr" });
        var review = await api.Create(Kinds.Reviews, new() { ["claimId"] = claim, ["publisherId"] = await api.NewSource(new() { ["name"] = "Nobody's site" }), ["textualRating"] = "Faux" });
        var found = await Find($"query=reviewed+{u}");
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse($$"""[{"text":"Reviewed {{u}}.","claimReview":[{"publisher":{"name":"Nobody's site"},"textualRating":"Faux","languageCode":"fr"}]}]"""), found["claims"]),
            found.ToJsonString());

        await api.Delete(Kinds.Reviews, review.Id());
        Assert.Equal("{}", (await Find($"query={u}")).ToJsonString());
    }

    [Fact]
    public async Task Filters_hold_of_one_review_and_only_such_reviews_are_shown()
    {
        var u = Requests.Unique();
        var claim = await api.NewClaim(new() { ["text"] = $"Reviewed thrice {u}.", ["language"] = "pt-BR" });
        var old = DateTimeOffset.UtcNow.AddDays(-100).ToString("yyyy-MM-dd", null);
        var recent = DateTimeOffset.UtcNow.AddDays(-3).ToString("yyyy-MM-dd", null);
        var publisher = await api.NewSource(new() { ["url"] = $"https://www.c{u}.example/about" });
        await api.Create(Kinds.Reviews, new() { ["claimId"] = claim, ["url"] = $"https://a{u}.example/1", ["language"] = "en-US", ["reviewedAt"] = old, ["textualRating"] = "A" });
        await api.Create(Kinds.Reviews, new() { ["claimId"] = claim, ["url"] = $"https://www.B{u}.example:8080/1", ["language"] = "de", ["reviewedAt"] = recent, ["textualRating"] = "B" });
        await api.Create(Kinds.Reviews, new() { ["claimId"] = claim, ["publisherId"] = publisher, ["textualRating"] = "C" });

        Assert.Equal(["A", "B", "C"], await Ratings($"query={u}"));
        Assert.Equal(["A"], await Ratings($"query={u}&languageCode=en"));
        Assert.Equal(["A"], await Ratings($"query={u}&languageCode=EN-us"));
        Assert.Equal(["A"], await Ratings($"query={u}&languageCode=en-GB"));
        Assert.Equal(["A"], await Ratings($"reviewPublisherSiteFilter=a{u}.example&languageCode=en_GB"));
        Assert.Empty(await Ratings($"query={u}&languageCode=e&pageSize=1", 400));
        Assert.Equal(["C"], await Ratings($"query={u}&languageCode=pt"));
        Assert.Equal(["B"], await Ratings($"query={u}&maxAgeDays=30"));
        Assert.Equal(["A", "B"], await Ratings($"query={u}&maxAgeDays=200"));
        Assert.Empty(await Ratings($"query={u}&maxAgeDays=30&languageCode=en"));
        Assert.Equal(["A"], await Ratings($"reviewPublisherSiteFilter=a{u}.example"));
        Assert.Equal(["B"], await Ratings($"query={u}&reviewPublisherSiteFilter=https://b{u}.example/"));
        Assert.Equal(["C"], await Ratings($"reviewPublisherSiteFilter=c{u}.example"));
        Assert.Empty(await Ratings($"reviewPublisherSiteFilter=a{u}.example&languageCode=de"));
        Assert.Empty(await Ratings($"reviewPublisherSiteFilter=a{u}.example&maxAgeDays=30"));

        await StemmaApi.Json(await api.Patch(Kinds.Claims, claim, $$"""{"claimedAt":"{{recent}}"}"""), 200);
        Assert.Equal(["A", "B", "C"], await Ratings($"query={u}&maxAgeDays=30"));
        Assert.Equal(["A"], await Ratings($"reviewPublisherSiteFilter=a{u}.example&maxAgeDays=30"));
    }

    [Fact]
    public async Task Languages_are_found_whatever_the_region_but_in_the_script_that_is_asked_for()
    {
        var u = Requests.Unique();
        var claim = await api.NewClaim(new() { ["text"] = $"Reviewed everywhere {u}.", ["language"] = "fr" });
        foreach (var language in new[] { "en", "en-GB", "eng", "sr-Latn", "sr-Latn-ME", "sr-Cyrl-RS", "zh-yue-HK", "de-1996" })
        {
            await api.Create(Kinds.Reviews, new() { ["claimId"] = claim, ["url"] = $"https://a{u}.example/{language}", ["language"] = language, ["textualRating"] = language });
        }

        foreach (var filter in new[] { $"query={u}", $"reviewPublisherSiteFilter=a{u}.example" })
        {
            Assert.Equal(["en", "en-GB"], await Ratings($"{filter}&languageCode=en-US"));
            Assert.Equal(["sr-Latn", "sr-Latn-ME"], await Ratings($"{filter}&languageCode=sr_Latn_RS"));
            Assert.Equal(["sr-Cyrl-RS", "sr-Latn", "sr-Latn-ME"], await Ratings($"{filter}&languageCode=sr-RS"));
            Assert.Equal(["zh-yue-HK"], await Ratings($"{filter}&languageCode=zh-yue"));
            Assert.Equal(["de-1996"], await Ratings($"{filter}&languageCode=de-AT-1901-x-own"));
        }
    }

    [Fact]
    public async Task A_site_beyond_ASCII_is_found_in_either_spelling()
    {
        var u = Requests.Unique();
        var (lettered, punycode) = ($"bücher{u}.example", new Uri($"https://bücher{u}.example").IdnHost);
        foreach (var (host, rating) in new[] { (lettered, "A"), (punycode, "B") })
        {
            await api.Create(Kinds.Reviews, new() { ["claimId"] = await api.NewClaim(new() { ["text"] = $"Claim {rating}" }), ["url"] = $"https://{host}/1", ["textualRating"] = rating });
            Assert.Equal(punycode, (string)(await Find($"reviewPublisherSiteFilter={host}"))["claims"]![0]!["claimReview"]![0]!["publisher"]!["site"]!);
        }

        foreach (var site in new[] { lettered, punycode, $"https://www.BÜCHER{u}.example/", punycode.ToUpperInvariant() })
        {
            Assert.Equal(["A", "B"], await Ratings("reviewPublisherSiteFilter=" + site));
        }

        Assert.Empty(await Ratings("reviewPublisherSiteFilter=xn--zzzz-.example"));
    }

    [Fact]
    public async Task Pages_and_offsets_reach_each_claim_once()
    {
        var u = Requests.Unique();
        await api.ImportedPage(new JsonArray([.. Enumerable.Range(0, 25).Select(i => (JsonNode)Numbered(u, i))]).ToJsonString());
        List<string> all = [];
        string? token = null;
        do
        {
            var page = await Find($"query={u}&pageSize=7" + (token is null ? "" : $"&pageToken={token}"));
            all.AddRange(Texts(page));
            token = (string?)page["nextPageToken"];
        }
        while (token is not null);

        Assert.Equal(25, all.Distinct().Count());
        Assert.Equal(10, Texts(await Find($"query={u}")).Length);
        Assert.Equal(all[20..], Texts(await Find($"query={u}&offset=20")));
        Assert.Equal(all[3..5], Texts(await Find($"query={u}&offset=3&pageSize=2")));
        Assert.Equal("{}", (await Find($"query={u}&offset=25")).ToJsonString());
        Assert.Equal("{}", (await Find($"query={u}&offset=1000")).ToJsonString());
        var first = await Find($"query={u}&pageSize=7");
        Assert.Equal(all[7..14], Texts(await Find($"query={u}&pageSize=7&offset=3&pageToken={first["nextPageToken"]}")));
        Assert.Equal(25, Texts(await Find($"query={u}&pageSize=1000000")).Length);
        foreach (var other in new[] { "query=other", $"query={u}&languageCode=en", $"query={u}&reviewPublisherSiteFilter={u}.example", $"query={u}&maxAgeDays=30000" })
        {
            await Refused($"{other}&pageToken={first["nextPageToken"]}", "pageToken");
        }
    }

    [Fact]
    public async Task No_page_is_longer_than_a_hundred()
    {
        var u = Requests.Unique();
        await api.ImportedPage(new JsonArray([.. Enumerable.Range(0, 101).Select(i => (JsonNode)Numbered(u, i))]).ToJsonString());
        var page = await Find($"query={u}&pageSize=2147483647");
        Assert.Equal(100, Texts(page).Length);
        Assert.Single(Texts(await Find($"query={u}&pageSize=101&pageToken={page["nextPageToken"]}")));
    }

    [Theory]
    [InlineData("", "query")]
    [InlineData("query=+&languageCode=en", "query")]
    [InlineData("query=x&languageCode=not-a-language-tag-x", "languageCode")]
    [InlineData("query=x&pageSize=-1", "pageSize")]
    [InlineData("query=x&pageSize=ten", "pageSize")]
    [InlineData("query=x&offset=1001", "offset")]
    [InlineData("query=x&maxAgeDays=-1", "maxAgeDays")]
    [InlineData("query=x&maxAgeDays=99999999999", "maxAgeDays")]
    [InlineData("query=x&pageToken=nonsense", "pageToken")]
    [InlineData("query=x&reviewPublisherSiteFilter=no+site", "reviewPublisherSiteFilter")]
    [InlineData("query=x&colour=red", "colour")]
    [InlineData("query=x&query=y", "query")]
    [InlineData("query=%00", "query")]
    [InlineData("query=x&alt=proto", "alt")]
    [InlineData("query=x&callback=f", "callback")]
    [InlineData("query=x&=y", "query")]
    public async Task What_is_wrong_is_told_as_Google_tells_it(string query, string field) => await Refused(query, field);

    [Theory]
    [InlineData("GET", "/v1alpha1", 404, "NOT_FOUND")]
    [InlineData("GET", "/V1Alpha1/claims", 404, "NOT_FOUND")]
    [InlineData("GET", "/V1ALPHA1/claims:search", 400, "INVALID_ARGUMENT")]
    [InlineData("GET", "/v1alpha1/claims", 404, "NOT_FOUND")]
    [InlineData("GET", "/v1alpha1/claims:imageSearch", 404, "NOT_FOUND")]
    [InlineData("DELETE", "/v1alpha1/claims:search", 405, "UNIMPLEMENTED")]
    [InlineData("POST", "/v1alpha1/claims:search", 405, "UNIMPLEMENTED")]
    public async Task Failures_under_its_path_are_Googles(string method, string path, int code, string status)
    {
        var error = (await StemmaApi.Json(await api.Send(new HttpMethod(method), path), code))["error"]!;
        Assert.Equal((code, status), ((int)error["code"]!, (string)error["status"]!));
        Assert.NotEmpty((string)error["message"]!);
    }

    [Fact]
    public async Task Whatever_is_asked_it_is_answered_or_refused()
    {
        var random = new Random(5);
        string[] values = ["", " ", "x", "-1", "0", "1000", "2147483648", "en", "EN_us", "%", "\"", "(", "tag:", "a or", "https://[::1]/", "xn--", "é", "\u202e", "null", new string('x', 3_000), "1e3", "'; drop", "*", "🙂"];
        string[] names = ["query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays", "pageSize", "pageToken", "offset", "alt", "key", "x"];
        for (var i = 0; i < 300; i++)
        {
            var query = string.Join('&', Enumerable.Range(0, random.Next(1, 5)).Select(_ => $"{names[random.Next(names.Length)]}={Uri.EscapeDataString(values[random.Next(values.Length)])}"));
            var answer = await api.Get($"{Path}?{query}");
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{(int)answer.StatusCode} for {query}");
            Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        }
    }

    private static JsonObject Numbered(string unique, int number)
    {
        var page = Pages.Review(unique);
        page["url"] = $"https://www.{unique}.example/checks/{number}";
        page["claimReviewed"] = $"Bridge {number} of {unique} was closed.";
        return page;
    }

    private static string[] Texts(JsonObject page) => [.. (page["claims"]?.AsArray() ?? []).Select(c => (string)c!["text"]!)];

    private async Task<JsonObject> Find(string query, int status = 200) => await StemmaApi.Json(await api.Get($"{Path}?{query}"), status);

    private async Task<string[]> Ratings(string query, int status = 200) =>
        [.. ((await Find(query, status))["claims"]?.AsArray() ?? []).SelectMany(c => c!["claimReview"]!.AsArray()).Select(r => (string)r!["textualRating"]!).Order(StringComparer.Ordinal)];

    private async Task Refused(string query, string field)
    {
        var error = (await Find(query, 400))["error"]!;
        Assert.Equal((400, "INVALID_ARGUMENT"), ((int)error["code"]!, (string)error["status"]!));
        Assert.Contains(error["details"]![0]!["fieldViolations"]!.AsArray(), v => (string)v!["field"]! == field);
        Assert.Contains(field, (string)error["message"]!, StringComparison.Ordinal);
    }
}
