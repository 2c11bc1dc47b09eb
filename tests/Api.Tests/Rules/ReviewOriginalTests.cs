using System.Text.Json.Nodes;
using Stemma.Api.Tests.Imports;
using Xunit;

namespace Stemma.Api.Tests.Rules;

/// <summary>A review as its publisher gave it, kept beside what was understood of it.</summary>
public sealed class ReviewOriginalTests(StemmaApi api)
{
    private const string Reviews = Kinds.Reviews;

    [Fact]
    public async Task It_is_given_back_as_it_came_but_not_in_lists()
    {
        const string original = """{"@type":"ClaimReview","ratingValue":null,"bestRating":1.50e0,"@context":"https://schema.org"}""";
        var tag = Requests.Unique();
        var (body, id) = (await api.NewBody(Reviews), Guid.NewGuid().ToString());
        body["tags"] = new JsonArray(tag);
        body["title"] = $"Title {tag}";
        var text = body.ToJsonString()[..^1] + $$""","original":{{original}}}""";
        await StemmaApi.Json(await api.Send(HttpMethod.Put, Kinds.Path(Reviews, id), text), 201);

        Assert.Contains(original, await (await api.Get(Kinds.Path(Reviews, id))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(1, (await StemmaApi.Json(await api.Send(HttpMethod.Put, Kinds.Path(Reviews, id), text), 200)).Version());
        Assert.False(Assert.Single((await api.GetJson($"/api/v1/reviews?tag={tag}"))["items"]!.AsArray())!.AsObject().ContainsKey("original"));
        Assert.False(Assert.Single((await api.GetJson($"/api/v1/search?q={tag}&types=review"))["items"]!.AsArray())!["resource"]!.AsObject().ContainsKey("original"));
        var claim = await api.GetJson($"/api/v1/claims/{body["claimId"]}?include=reviews");
        Assert.False(Assert.Single(claim["reviews"]!["items"]!.AsArray())!.AsObject().ContainsKey("original"));

        var row = await (await api.Get($"/api/v1/exports?type=review&tag={tag}")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(original, row, StringComparison.Ordinal);
        Assert.Equal("0/0/1/0", Files.Counts(await api.Imported("", row.Split('\n'))));

        await StemmaApi.Json(await api.Patch(Reviews, id, """{"original":null}"""), 200);
        Assert.False((await api.GetJson(Kinds.Path(Reviews, id))).ContainsKey("original"));
    }

    [Theory]
    [InlineData("\"x\"")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{\"a\":\"\\u0000\"}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"n\":1e999}")]
    public async Task What_cannot_be_kept_is_refused(string original)
    {
        var text = (await api.NewBody(Reviews)).ToJsonString()[..^1] + $$""","original":{{original}}}""";
        var problem = await api.Send(HttpMethod.Post, "/api/v1/reviews", text).Problem(400);
        Assert.All(problem["errors"]!.AsObject(), e => Assert.StartsWith("original", e.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_has_100000_bytes_at_most()
    {
        JsonObject Original(int length) => new() { ["a"] = new string('x', length - 8) };
        await StemmaApi.Json(await api.Post(Reviews, (await api.NewBody(Reviews)).With("original", Original(100_000))), 201);
        await api.Post(Reviews, (await api.NewBody(Reviews)).With("original", Original(100_001))).Refused("original");
    }
}
