using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Stemma.Api.Tests.Imports;
using Xunit;

namespace Stemma.Api.Tests.ClaimReviews;

/// <summary>Documents that are made to cost more than others of their length.</summary>
public sealed class HostilePageTests(StemmaApi api)
{
    /// <summary>Many times what they need, and a small part of what they would need if each value were read as often as it is referred to.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("/* ")]
    [InlineData("//<![CDATA[")]
    [InlineData("<!-- /*/ ")]
    public async Task Comments_that_never_end_are_looked_through_once(string scrap)
    {
        var start = Stopwatch.StartNew();
        Assert.StartsWith("1 : It is no JSON", Assert.Single(await api.RefusedPage(Repeated(scrap, 3_000_000))), StringComparison.Ordinal);
        Assert.InRange(start.Elapsed, TimeSpan.Zero, Soon);
    }

    [Theory]
    [InlineData("""{"@id":"#s","@type":"Organization","name":"LONG"}""", "author", "<b>a</b> &amp; ", 4_000_000)]
    [InlineData("""{"@id":"#s","@type":"Rating","name":"False","alternateName":"LONG"}""", "reviewRating", " ", 8_000_000)]
    [InlineData("""{"@id":"#s","@type":"Claim","appearance":[LONG null]}""", "itemReviewed", "\"\",", 1_200_000)]
    [InlineData("""{"@id":"#s","@type":"Claim","datePublished":"LONG"}""", "itemReviewed", "2024 ", 8_000_000)]
    [InlineData("""{"@id":"#s","@type":"Organization","name":"a","url":"https://a.example/LONG"}""", "author", "a", 8_000_000)]
    public async Task What_many_refer_to_is_not_read_as_often(string shared, string member, string scrap, int length)
    {
        var u = Requests.Unique();
        var graph = new StringBuilder("[").Append(shared.Replace("LONG", Repeated(scrap, length), StringComparison.Ordinal));
        for (var i = 0; i < 4_000; i++)
        {
            var review = new JsonObject { ["@type"] = "ClaimReview", ["url"] = $"https://{u}.example/{i}", ["claimReviewed"] = "A", ["author"] = "B", ["reviewRating"] = "False" };
            review[member] = new JsonObject { ["@id"] = "#s" };
            graph.Append(',').Append(review.ToJsonString());
        }

        var start = Stopwatch.StartNew();
        await api.ImportedPage(graph.Append(']').ToString(), query: "?dryRun=true&onError=skip");
        Assert.InRange(start.Elapsed, TimeSpan.Zero, Soon);
    }

    [Fact]
    public async Task What_the_reviews_come_to_with_all_they_refer_to_has_a_bound()
    {
        var u = Requests.Unique();
        var graph = new StringBuilder($$"""[{"@id":"#s","@type":"Rating","alternateName":"False: {{Repeated("a ", 20_000)}}","ratingExplanation":"{{Repeated("a ", 20_000)}}"}""");
        for (var i = 0; i < 4_000; i++)
        {
            graph.Append(CultureInfo.InvariantCulture, $$""",{"@type":"ClaimReview","url":"https://{{u}}.example/{{i}}","claimReviewed":"A","author":"B","inLanguage":"en","reviewRating":{"@id":"#s"} }""");
        }

        Assert.Contains("come to more than 100000000 bytes", Assert.Single(await api.RefusedPage(graph.Append(']').ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_has_500000_values_at_most()
    {
        var u = Requests.Unique();
        var page = Pages.Review(u);
        string With(int numbers) => $"[{page.ToJsonString()},[{Repeated("1,", 2 * numbers)}1]]";
        Assert.Equal("4/0/0/0", Files.Counts(await api.ImportedPage(With(499_900))));

        string[] refused = ["1 : The document has more than 500000 values."];
        Assert.Equal(refused, await api.RefusedPage(With(500_000)));
        Assert.Equal(refused, await api.RefusedPage("/* */" + With(500_000)));
        Assert.Equal(refused, await api.RefusedPage($"<script type=application/ld+json>{With(500_000)}</script>", Pages.Html));
    }

    [Fact]
    public async Task Scripts_of_a_page_share_what_values_there_may_be()
    {
        var u = Requests.Unique();
        string Script(string json) => $"<script type=application/ld+json>{json}</script>\n";
        var numbers = Script($"[{Repeated("1,", 600_000)}1]");
        var report = await api.ImportedPage(Script(Pages.Review(u).ToJsonString()) + numbers + numbers, Pages.Html);
        Assert.Equal("4/0/0/0", Files.Counts(report));
        Assert.Equal(["3 : This script is left out. The document has more than 500000 values."], Pages.Warnings(report));
    }

    [Fact]
    public async Task Numbers_stay_as_they_are_written()
    {
        const string numbers = "[0,-0,-0.0,7,-7,1.50,0.10,1e0,1.50E+00,9223372036854775807,9223372036854775808,-9223372036854775809,79228162514264337593543950336,0.00000000000000000000000000000000001,123456789012345678901234567890.5]";
        var u = Requests.Unique();
        var page = Pages.Review(u).ToJsonString()[..^1] + ",\"numbers\":" + numbers + "}";
        Assert.Equal("4/0/0/0", Files.Counts(await api.ImportedPage(page)));
        var id = (await api.ReviewOf(u + ".example")).Id();
        Assert.Contains(numbers, await (await api.Get(Kinds.Path(Kinds.Reviews, id))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("0/0/4/0", Files.Counts(await api.ImportedPage(page)));
    }

    private static string Repeated(string scrap, int length) => new StringBuilder().Insert(0, scrap, length / scrap.Length).ToString();
}
