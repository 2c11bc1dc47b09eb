using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.OpenApi;

/// <summary>What follows from many rows is as the examples say in the sample data alone.</summary>
public sealed class LineageExampleTests(StemmaApi api)
{
    [Fact]
    public async Task What_follows_from_the_sample_data_is_as_the_examples_say()
    {
        var document = await OpenApiDocument.Get(api);
        await using var samples = await OwnApi.Start("--Samples:Load=true");
        using var client = new HttpClient { BaseAddress = new Uri(samples.Url) };

        await AssertExample("getClaimTimeline", "?limit=4");
        await AssertExample("listContradictions");
        await AssertExample("getSourceLineage");
        await AssertExample("listLineageCycles");

        async Task AssertExample(string id, string query = "")
        {
            var example = document[id].Responses.Single(r => r.Status == "200").Response["content"]!["application/json"]!["example"]!;
            var answer = await Get(document[id].Address + query);
            Assert.True(JsonNode.DeepEquals(example, answer), $"{id}: {answer}\n is not the example\n{example}");
        }

        async Task<JsonNode> Get(string address) => JsonNode.Parse(await client.GetStringAsync(address, TestContext.Current.CancellationToken))!;
    }
}
