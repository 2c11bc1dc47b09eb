using System.Text;
using System.Text.Json.Nodes;
using Stemma.Api.Tests.Imports;
using Xunit;

namespace Stemma.Api.Tests.ClaimReviews;

/// <summary>What publishers' pages carry, well or badly written.</summary>
public sealed class ImportTests(StemmaApi api)
{
    [Fact]
    public async Task A_review_becomes_a_publisher_a_claimant_a_claim_and_a_review_and_only_once()
    {
        var u = Requests.Unique();
        var page = Pages.Review(u);
        var report = await api.ImportedPage(page.ToJsonString());
        Assert.Equal("4/0/0/0", Files.Counts(report));
        Assert.Empty(report["warnings"]!.AsArray());

        var review = await api.ReviewOf(u + ".example");
        var (claim, publisher) = (review["claim"]!, review["publisher"]!);
        Assert.Equal(
            ($"https://www.{u}.example/checks/1", "Was the bridge closed?", "en-GB", "2024-05-16", "Mostly false", "mostly-false", 2m, 5m, 1m),
            ((string)review["url"]!, (string)review["title"]!, (string)review["language"]!, (string)review["reviewedAt"]!, (string)review["textualRating"]!, (string)review["verdict"]!, (decimal)review["ratingValue"]!, (decimal)review["bestRating"]!, (decimal)review["worstRating"]!));
        Assert.Equal(("organization", $"Checkers {u}", $"https://{u}.example/"), ((string)publisher["kind"]!, (string)publisher["name"]!, (string)publisher["url"]!));
        Assert.Equal(($"The bridge of {u} was closed for a year.", "en-GB", "2024-05-10", $"https://posts.example/{u}/1"), ((string)claim["text"]!, (string)claim["language"]!, (string)claim["claimedAt"]!, (string)claim["firstAppearanceUrl"]!));
        Assert.Equal([$"https://posts.example/{u}/2", $"https://posts.example/{u}/3"], claim["appearanceUrls"]!.AsArray().Select(a => (string)a!));
        var claimant = await api.GetJson($"/api/v1/sources/{claim["claimantId"]}");
        Assert.Equal(("person", $"Mayor {u}"), ((string)claimant["kind"]!, (string)claimant["name"]!));
        Assert.True(JsonNode.DeepEquals(page, review["original"]), review["original"]!.ToJsonString());

        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(page.ToJsonString())));
        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage($"[{page.ToJsonString()}]")));
    }

    [Fact]
    public async Task A_page_that_changed_its_rating_changes_the_review_alone()
    {
        var u = Requests.Unique();
        var page = Pages.Review(u);
        await api.ImportedPage(page.ToJsonString());
        page["reviewRating"] = new JsonObject { ["@type"] = "Rating", ["ratingValue"] = null, ["alternateName"] = "False" };

        Assert.Equal("0/1/3/0", Files.Counts(await api.ImportedPage(page.ToJsonString())));
        var review = await api.ReviewOf(u + ".example");
        Assert.Equal(("False", "false", null, null), ((string)review["textualRating"]!, (string)review["verdict"]!, (string?)review["ratingValue"], (string?)review["bestRating"]));
        Assert.True(JsonNode.DeepEquals(page, review["original"]), review["original"]!.ToJsonString());
        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(page.ToJsonString())));
    }

    [Fact]
    public async Task What_an_analyst_has_mended_stays()
    {
        var u = Requests.Unique();
        var page = Pages.Review(u);
        await api.ImportedPage(page.ToJsonString());
        var review = await api.ReviewOf(u + ".example");
        var other = await api.NewClaim(new() { ["text"] = $"The bridge of {u} was closed." });
        await StemmaApi.Json(await api.Patch(Kinds.Claims, (string)review["claimId"]!, $$"""{"text":"Mended {{u}}.","language":"fr","claimantId":null}"""), 200);
        await StemmaApi.Json(await api.Patch(Kinds.Sources, (string)review["publisherId"]!, """{"kind":"outlet","name":"Renamed"}"""), 200);
        await StemmaApi.Json(await api.Patch(Kinds.Reviews, review.Id(), $$"""{"verdict":"false","claimId":"{{other}}","tags":["seen"]}"""), 200);

        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(page.ToJsonString())));
        Assert.Equal("0/0/1/0", Files.Counts((await api.ImportedPage(page.ToJsonString(), query: "?mode=update"))["byType"]!["review"]!.AsObject()));

        page["reviewRating"]!["alternateName"] = "Half true";
        Assert.Equal("0/1/3/0", Files.Counts(await api.ImportedPage(page.ToJsonString())));
        var after = await api.ReviewOf(u + ".example");
        Assert.Equal((other, "mixed", "Half true", "outlet", "Renamed"), ((string)after["claimId"]!, (string)after["verdict"]!, (string)after["textualRating"]!, (string)after["publisher"]!["kind"]!, (string)after["publisher"]!["name"]!));
        Assert.Equal(["seen"], after["tags"]!.AsArray().Select(t => (string)t!));
        var claim = await api.GetJson($"/api/v1/claims/{review["claimId"]}");
        Assert.Equal(($"Mended {u}.", "fr", null), ((string)claim["text"]!, (string)claim["language"]!, (string?)claim["claimantId"]));
    }

    [Fact]
    public async Task What_an_analyst_has_mended_stays_where_the_original_is_too_long_to_keep()
    {
        var u = Requests.Unique();
        var page = Pages.Review(u);
        page["articleBody"] = new string('x', 200_000);
        await api.ImportedPage(page.ToJsonString());
        await StemmaApi.Json(await api.Patch(Kinds.Reviews, (await api.ReviewOf(u + ".example")).Id(), """{"verdict":"false","title":"Mended"}"""), 200);

        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(page.ToJsonString())));
        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(new JsonObject(page.Reverse().Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))).ToJsonString())));
        var review = await api.ReviewOf(u + ".example");
        Assert.Equal(("false", "Mended"), ((string)review["verdict"]!, (string)review["title"]!));

        page["reviewRating"]!["alternateName"] = "Half true";
        Assert.Equal("0/1/3/0", Files.Counts(await api.ImportedPage(page.ToJsonString())));
        Assert.Equal("mixed", (string)(await api.ReviewOf(u + ".example"))["verdict"]!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200_000)]
    public async Task What_a_review_says_by_a_name_alone_is_part_of_its_original(int length)
    {
        var u = Requests.Unique();
        var page = Pages.Review(u);
        page["reviewRating"] = new JsonObject { ["@id"] = "#r" };
        page["isPartOf"] = new JsonObject { ["@id"] = "#p" };
        var rating = new JsonObject { ["@id"] = "#r", ["@type"] = "Rating", ["alternateName"] = "False", ["author"] = new JsonObject { ["@id"] = "#r" }, ["description"] = new string('x', length) };
        var part = new JsonObject { ["@id"] = "#p", ["@type"] = "WebPage", ["dateModified"] = "2024-05-16" };
        string Graph() => new JsonObject { ["@graph"] = new JsonArray(page.DeepClone(), rating.DeepClone(), part.DeepClone()) }.ToJsonString();
        Assert.Equal("4/0/0/0", Files.Counts(await api.ImportedPage(Graph())));
        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(Graph())));

        rating["alternateName"] = "True";
        Assert.Equal("0/1/3/0", Files.Counts(await api.ImportedPage(Graph())));
        var review = await api.ReviewOf(u + ".example");
        Assert.Equal("true", (string)review["verdict"]!);
        if (length == 1)
        {
            var whole = page.DeepClone().AsObject();
            whole["reviewRating"] = rating.DeepClone();
            Assert.True(JsonNode.DeepEquals(whole, review["original"]), review["original"]!.ToJsonString());
        }

        await StemmaApi.Json(await api.Patch(Kinds.Reviews, review.Id(), """{"verdict":"mixed"}"""), 200);
        part["dateModified"] = "2024-05-17";
        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(Graph())));
    }

    [Theory]
    [InlineData("<svg><style/></svg>")]
    [InlineData("<svg viewBox='0 0 1 1'><title/><path d='M0 0'/></svg>")]
    [InlineData("<div><svg><g><svg><script type='application/ld+json'/></svg><style/></g></svg></div>")]
    [InlineData("<math><style/></math>")]
    [InlineData("<svg/><svg><style>a{}</style></svg>")]
    [InlineData("</svg></math><svg><title/></svg><title>a</title>")]
    public async Task Tags_that_end_themselves_in_drawings_hide_nothing(string drawing)
    {
        var u = Requests.Unique();
        var page = $"<p>{drawing}<script type=\"application/ld+json\">{Pages.Review(u).ToJsonString()}</script>";
        Assert.Equal("4/0/0/0", Files.Counts(await api.ImportedPage(page, Pages.Html)));
        Assert.Equal(["1 : The page has no script of type application/ld+json."], await api.RefusedPage($"<svg></svg><xmp/>{page}", Pages.Html));
    }

    [Theory]
    [InlineData("{\n\"a\":\"x\ny\nz\",\n\"b\":?}", "1 : It is no JSON: see line 5, byte 5.")]
    [InlineData("{\"a\":\"x\ny\" ?}", "1 : It is no JSON: see line 2, byte 4.")]
    [InlineData("/* a\nb */ {\n\"a\":\"x\ny\",\n\"b\" 1}", "1 : It is no JSON: see line 5, byte 5.")]
    [InlineData("[1,\n2,\n?]", "1 : It is no JSON: see line 3, byte 1.")]
    public async Task Where_it_is_no_JSON_is_told_in_its_own_lines(string json, string fault) =>
        Assert.Equal([fault], await api.RefusedPage(json));

    [Fact]
    public async Task With_create_a_known_publisher_is_no_fault_but_a_known_review_is()
    {
        var u = Requests.Unique();
        var page = Pages.Review(u);
        await api.ImportedPage(page.ToJsonString(), query: "?mode=create");
        Assert.Contains("It is there already: review", Assert.Single(Files.Faults(await StemmaApi.Json(await api.ImportPage(page.ToJsonString(), query: "?mode=create"), 400))), StringComparison.Ordinal);

        page["url"] = $"https://www.{u}.example/checks/2";
        page["claimReviewed"] = "Another.";
        Assert.Equal("2/0/2/0", Files.Counts(await api.ImportedPage(page.ToJsonString(), query: "?mode=create")));
    }

    [Fact]
    public async Task A_publisher_entered_by_hand_is_known_by_its_home_page()
    {
        var u = Requests.Unique();
        await api.NewSource(new() { ["kind"] = "document", ["name"] = "About us", ["url"] = $"http://{u}.example" });
        var mine = await api.NewSource(new() { ["kind"] = "outlet", ["name"] = "By hand", ["url"] = $"http://www.{u}.example/" });
        await api.NewSource(new() { ["kind"] = "outlet", ["name"] = "Again", ["url"] = $"https://{u}.example/" });
        var (page, other) = (Pages.Review(u), Pages.Review(u));
        other["url"] = $"https://www.{u}.example/checks/2";

        Assert.Equal("4/0/1/0", Files.Counts(await api.ImportedPage(new JsonArray(page, other).ToJsonString())));
        var reviews = (await api.GetJson($"/api/v1/reviews?publisherId={mine}"))["items"]!.AsArray();
        Assert.Equal(2, reviews.Count);
        var source = await api.GetJson($"/api/v1/sources/{mine}");
        Assert.Equal(("By hand", 1), ((string)source["name"]!, source.Version()));
        Assert.Equal("0/0/5/0", Files.Counts(await api.ImportedPage(new JsonArray(page.DeepClone(), other.DeepClone()).ToJsonString())));
    }

    [Theory]
    [InlineData("""{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},REVIEW]}""")]
    [InlineData("""{"@type":"NewsArticle","review":[REVIEW]}""")]
    [InlineData("""[[REVIEW]]""")]
    [InlineData("\uFEFF  [REVIEW,]  ")]
    [InlineData("<!-- // <![CDATA[\n  REVIEW; // ]]> -->")]
    public async Task It_may_stand_anywhere(string around)
    {
        var u = Requests.Unique();
        Assert.Equal("4/0/0/0", Files.Counts(await api.ImportedPage(around.Replace("REVIEW", Pages.Review(u).ToJsonString(), StringComparison.Ordinal))));
        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(Pages.Review(u).ToJsonString())));
    }

    [Theory]
    [InlineData("""{"@type":["Thing","ClaimReview"]}""", null)]
    [InlineData("""{"@type":"claimreview"}""", null)]
    [InlineData("""{"@type":"https://schema.org/ClaimReview"}""", null)]
    [InlineData("""{"claimReviewed":["The bridge was closed."]}""", null)]
    [InlineData("""{"claimReviewed":["The bridge was closed.","And the road."]}""", "1 claimReviewed: There are several; the first was taken.")]
    [InlineData("""{"claimReviewed":"<p>The &quot;bridge&quot; was&nbsp;closed.</p>"}""", "1 claimReviewed: It has HTML in it; its text was taken.")]
    [InlineData("""{"claimReviewed":null}""", "1 claimReviewed: There is none; the text of itemReviewed was taken.", """{"itemReviewed":{"@type":"Claim","text":"The bridge was closed.","author":{"@type":"Person","name":"Ann"}}}""")]
    [InlineData("""{"author":[{"@type":"Person","name":"Ann"},{"@type":"Organization","name":"Checkers"}]}""", "1 author: There are 2; one was taken.")]
    [InlineData("""{"author":"Checkers"}""", null)]
    [InlineData("""{"author":{"@type":"Person","name":"Ann"},"publisher":{"name":"Checkers"}}""", "1 author: It is a person; Checkers was taken for the publisher.")]
    [InlineData("""{"author":null,"publisher":{"@type":"Organization","name":"Checkers"}}""", "1 author: It has no name; Checkers was taken for the publisher.")]
    [InlineData("""{"itemReviewed":{"@type":"CreativeWork","url":"https://posts.example/1","author":{"name":"Many"},"datePublished":"2024-05-10 09:30"}}""", "1 itemReviewed.datePublished: Its time has no zone, or is none; the day was taken.")]
    [InlineData("""{"itemReviewed":{"@type":"Claim","appearance":"not a url","author":[]}}""", "1 itemReviewed.appearance: It is no absolute URL with http or https, or too long; it is left out.")]
    [InlineData("""{"itemReviewed":null}""", null)]
    [InlineData("""{"datePublished":"2020-06-16T20:15:35+05:30"}""", null)]
    [InlineData("""{"datePublished":"16/06/2020"}""", "1 datePublished: It is no date that could be read for sure; it is left out.")]
    [InlineData("""{"inLanguage":null,"name":"Was it closed for a year?"}""", "1 inLanguage: In which language it is is not said; by its words it was taken for en.")]
    [InlineData("""{"inLanguage":"en_GB"}""", null)]
    [InlineData("""{"reviewRating":{"ratingValue":"1","bestRating":"1","worstRating":"1","alternateName":["False","Fake"]}}""", "1 reviewRating.alternateName: There are several; the first was taken.")]
    [InlineData("""{"reviewRating":{"ratingValue":"","alternateName":"","name":"False"}}""", "1 reviewRating.alternateName: There is none; name was taken for the rating.")]
    [InlineData("""{"reviewRating":{"ratingValue":"False"}}""", "1 reviewRating.alternateName: There is none; ratingValue was taken for the rating.")]
    [InlineData("""{"reviewRating":{"ratingValue":5.0E0,"bestRating":1e1,"worstRating":0,"name":"Under the sofa"}}""", "1 reviewRating.alternateName: There is none; name was taken for the rating.")]
    [InlineData("""{"reviewRating":{"ratingValue":"5.0E0","bestRating":"1E+1","worstRating":0}}""", "1 reviewRating.alternateName: There are no words; the rating was made of the numbers.")]
    [InlineData("""{"reviewRating":"False"}""", "1 reviewRating: It is a text; it was taken for the rating.")]
    [InlineData("""{"reviewRating":{"ratingValue":-1,"alternateName":"Under the sofa"}}""", "1 reviewRating.alternateName: What 'Under the sofa' is on the scale of verdicts is not known: other.")]
    [InlineData("""{"reviewRating":{"ratingValue":"2","bestRating":4,"worstRating":"0"}}""", "1 reviewRating.alternateName: There are no words; the rating was made of the numbers.")]
    [InlineData("""{"url":null,"mainEntityOfPage":{"@id":"https://UNIQUE.example/checks/1"}}""", null)]
    [InlineData("""{"url":"checks/1","author":{"@type":"Organization","name":"Checkers","url":"https://UNIQUE.example"}}""", "1 url: There is none.")]
    public async Task What_is_written_otherwise_is_read_and_what_is_guessed_is_told(string changes, string? warning, string more = "{}")
    {
        var u = Requests.Unique();
        var page = Pages.Review(u);
        foreach (var (name, value) in JsonNode.Parse(changes.Replace("UNIQUE", u, StringComparison.Ordinal))!.AsObject().Concat(JsonNode.Parse(more)!.AsObject()))
        {
            page[name] = value?.DeepClone();
        }

        var report = await api.ImportedPage(page.ToJsonString());
        var warnings = Pages.Warnings(report);
        Assert.True(warning is null ? warnings.Length == 0 : warnings.Contains(warning), string.Join('\n', warnings));
        var review = await api.ReviewOf(u + ".example");
        Assert.True(JsonNode.DeepEquals(page, review["original"]), review["original"]!.ToJsonString());
        Assert.Equal((int)report["rowsRead"]!, (int)(await api.ImportedPage(page.ToJsonString()))["unchanged"]!);
    }

    [Fact]
    public async Task A_review_without_a_rating_a_claim_or_a_publisher_is_refused()
    {
        var page = Pages.Review(Requests.Unique());
        page["reviewRating"] = new JsonObject { ["ratingValue"] = "", ["alternateName"] = " " };
        Assert.Equal(["1 reviewRating: It has neither words (alternateName, name) nor a ratingValue: there is no rating."], await api.RefusedPage(page.ToJsonString()));
        page["reviewRating"] = new JsonObject { ["ratingValue"] = -1 };
        Assert.Equal(["1 reviewRating.ratingValue: It has no words (alternateName, name), and -1 says nothing on a scale from 1 to 5: there is no rating."], await api.RefusedPage(page.ToJsonString()));

        page = Pages.Review(Requests.Unique());
        page.Remove("claimReviewed");
        Assert.Equal(["1 claimReviewed: It is required: what is claimed."], await api.RefusedPage(page.ToJsonString()));

        page = Pages.Review(Requests.Unique());
        page.Remove("url");
        page.Remove("author");
        Assert.StartsWith("1 author: It is required: whose review it is.", Assert.Single(await api.RefusedPage(page.ToJsonString())), StringComparison.Ordinal);

        Assert.Equal(["1 : There is no ClaimReview in it."], await api.RefusedPage("""{"@type":"NewsArticle"}"""));
        Assert.StartsWith("1 : It is no JSON: see line 1, byte", Assert.Single(await api.RefusedPage("""{"@type":"ClaimReview","url":"http""")), StringComparison.Ordinal);
        Assert.Equal(["1 : It is no JSON: see line 1, byte 1."], await api.RefusedPage(""));
        await StemmaApi.Json(await api.ImportPage(new string(' ', 10_000_001)), 413);
    }

    [Fact]
    public async Task Reviews_on_one_line_are_told_apart_and_the_same_again_is_left_out()
    {
        var (u, v) = (Requests.Unique(), Requests.Unique());
        var (good, bad) = (Pages.Review(u), Pages.Review(v));
        bad["reviewRating"] = null;
        var again = Pages.Review(u);
        again["name"] = "Again.";
        var file = new JsonArray(good, bad, again).ToJsonString();

        Assert.Equal(["1 [1].reviewRating: It has neither words (alternateName, name) nor a ratingValue: there is no rating."], await api.RefusedPage(file));
        var report = await api.ImportedPage(file, query: "?onError=skip");
        Assert.Equal("4/0/0/1", Files.Counts(report));
        Assert.Equal(["1 [2]: It is the review of [0] again, of the same claim at the same address; that one is taken."], Pages.Warnings(report));
    }

    [Fact]
    public async Task The_scripts_of_a_page_are_read_and_one_that_is_broken_is_left_out()
    {
        var u = Requests.Unique();
        var review = Pages.Review(u);
        review.Remove("url");
        review.Remove("inLanguage");
        review["author"] = new JsonObject { ["@id"] = "#us" };
        var text = review.ToJsonString().Replace("was closed", "was\nclosed", StringComparison.Ordinal).Replace("\"name\":\"Was", "\"name\":\"\\'Was", StringComparison.Ordinal);
        var page = $$"""
            <!DOCTYPE html>
            <html lang="pt-br"><head><title><script type="application/ld+json">{"@type":"ClaimReview"}</script></title>
            <link rel="canonical" href="https://{{u}}.example/checks/1">
            <!-- <script type="application/ld+json">{"@type":"ClaimReview"}</script> -->
            <script>document.write('<script type="application/ld+json">{}<\/script>')</script>
            <script type="application/ld+json">{"@type": "Broken",</script>
            <script type="application/ld+json">{"@graph":[{"@type":"NewsMediaOrganization","@id":"#us","name":"Checkers"}]}</script>
            </head><body><div><div><div>
            <SCRIPT Type='application/ld+json; charset=utf-8'>
            {{text}}
            </SCRIPT>
            """;

        var report = await api.ImportedPage(page, Pages.Html);
        Assert.Equal("4/0/0/0", Files.Counts(report));
        Assert.Equal(
            [
                "6 : This script is left out. It is no JSON: see line 6, byte 19.",
                "10 : It is no JSON as it stands. What could be mended was: line breaks in strings, commas too many, comments, wrongly escaped characters.",
                "10 url: There is none; the address that the page says is its own was taken.",
            ],
            Pages.Warnings(report));
        var stored = await api.ReviewOf(u + ".example");
        Assert.Equal(
            ($"https://{u}.example/checks/1", "pt-br", "'Was the bridge closed?", "Checkers", "outlet", $"The bridge of {u} was\nclosed for a year."),
            ((string)stored["url"]!, (string)stored["language"]!, (string)stored["title"]!, (string)stored["publisher"]!["name"]!, (string)stored["publisher"]!["kind"]!, (string)stored["claim"]!["text"]!));

        Assert.Equal(["1 : The page has no script of type application/ld+json."], await api.RefusedPage("Hello <b>world", Pages.Html));
        Assert.Equal(["2 : It is no JSON: see line 2, byte 2."], await api.RefusedPage("<p>\n<script type=application/ld+json>{</script>", Pages.Html));
    }

    [Fact]
    public async Task Quotation_marks_that_became_entities_are_read()
    {
        var u = Requests.Unique();
        var report = await api.ImportedPage(Pages.Review(u).ToJsonString().Replace("\"", "&quot;", StringComparison.Ordinal));
        Assert.Equal("4/0/0/0", Files.Counts(report));
        Assert.Contains("entities", Assert.Single(Pages.Warnings(report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_nested_without_end_is_read_as_fast_as_any()
    {
        var u = Requests.Unique();
        var page = new StringBuilder(string.Concat(Enumerable.Repeat("<b><div><a>", 600_000)));
        page.Append($"<script type=\"application/ld+json\">{Pages.Review(u).ToJsonString()}</script>");
        Assert.Equal("4/0/0/0", Files.Counts(await api.ImportedPage(page.ToString(), Pages.Html)));
        Assert.StartsWith("1 : It is nested deeper", Assert.Single(await api.RefusedPage(new string('[', 1_000_000))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_much_to_keep_is_left_out_of_the_original_and_told()
    {
        var u = Requests.Unique();
        var page = Pages.Review(u);
        page["image"] = new string('x', 100_000);
        var report = await api.ImportedPage(page.ToJsonString());
        Assert.Contains("The original is not kept", Assert.Single(Pages.Warnings(report)), StringComparison.Ordinal);
        var original = (await api.ReviewOf(u + ".example"))["original"]!.AsObject();
        Assert.Equal(["@type", "sha256"], original.Select(m => m.Key));

        page["image"] = JsonNode.Parse("1e999");
        Assert.Contains("The original is not kept", Assert.Single(Pages.Warnings(await api.ImportedPage(page.ToJsonString()))), StringComparison.Ordinal);
    }
}
