using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.OpenApi;

/// <summary>What is found depends on all that is stored: the examples of searches are what the sample data alone answers.</summary>
public sealed class SearchExampleTests(StemmaApi api)
{
    [Fact]
    public async Task What_is_found_in_the_sample_data_is_as_the_examples_say()
    {
        var document = await OpenApiDocument.Get(api);
        await using var samples = await OwnApi.Start("--Samples:Load=true");
        using var client = new HttpClient { BaseAddress = new Uri(samples.Url) };

        Assert.Equal(
            Lasting(Example(document, "search")),
            Lasting(await client.GetStringAsync("/api/v1/search?q=\"no limits\"&include=total", TestContext.Current.CancellationToken)));

        var match = document["matchClaims"];
        var answer = await client.PostAsync(match.Route, JsonContent.Create(match.Node["requestBody"]!["content"]!["application/json"]!["example"]), TestContext.Current.CancellationToken);
        Assert.Equal(Lasting(Example(document, "matchClaims")), Lasting(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    private static string Example(OpenApiDocument document, string id) =>
        document[id].Responses.Single(r => r.Status == "200").Response["content"]!["application/json"]!["example"]!.ToJsonString();

    /// <summary>Without the instants, which differ from one run to the next.</summary>
    private static string Lasting(string json)
    {
        var root = JsonNode.Parse(json)!;
        Clear(root);
        return root.ToJsonString();

        static void Clear(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject members:
                    members.Remove("createdAt");
                    members.Remove("updatedAt");
                    members.ToList().ForEach(m => Clear(m.Value));
                    break;
                case JsonArray items:
                    items.ToList().ForEach(Clear);
                    break;
            }
        }
    }
}
