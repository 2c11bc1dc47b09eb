using System.Text.Json.Nodes;
using Stemma.Api.Tests.Reconciliation;
using Xunit;

namespace Stemma.Api.Tests.OpenApi;

/// <summary>The examples of reconciliation are what the sample data alone answers.</summary>
public sealed class ReconciliationExampleTests(StemmaApi api)
{
    [Fact]
    public async Task The_sample_data_answers_as_the_examples_say()
    {
        var document = await OpenApiDocument.Get(api);
        await using var samples = await OwnApi.Start("--Samples:Load=true");
        using var client = new HttpClient { BaseAddress = new Uri(samples.Url) };

        var asked = document["reconcile"];
        var question = (string)asked.Node["requestBody"]!["content"]![Spreadsheet.Form]!["example"]!["queries"]!;
        using var form = new FormUrlEncodedContent([new("queries", question)]);
        var answer = await client.PostAsync("/reconcile", form, TestContext.Current.CancellationToken);
        AssertSame(Content(asked)["examples"]!["queries"]!["value"]!, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), samples.Url);

        var manifest = Content(document["reconcileByGet"])["examples"]!["manifest"]!["value"]!;
        Specification.CheckManifest(manifest.AsObject());
        AssertSame(manifest, await client.GetStringAsync("/reconcile", TestContext.Current.CancellationToken), samples.Url);
        AssertSame(
            Content(asked)["examples"]!["extend"]!["value"]!,
            await client.GetStringAsync("""/reconcile?extend={"ids": ["018f7f5a-0000-7000-8000-000000000108"], "properties": [{"id": "url"}, {"id": "owner"}, {"id": "country"}]}""", TestContext.Current.CancellationToken),
            samples.Url);

        foreach (var (id, path) in new[]
        {
            ("suggestEntities", "suggest/entity?prefix=reuter"), ("suggestTypes", "suggest/type?prefix=o"), ("suggestProperties", "suggest/property?prefix=pub"),
            ("entityFlyout", "flyout/entity?id=018f7f5a-0000-7000-8000-000000000108"), ("typeFlyout", "flyout/type?id=outlet"), ("propertyFlyout", "flyout/property?id=url"),
            ("proposeProperties", "extend/properties?type=claim&limit=3"),
        })
        {
            AssertSame(Content(document[id])["example"]!, await client.GetStringAsync("/reconcile/" + path, TestContext.Current.CancellationToken), samples.Url);
        }

        Assert.Equal(
            (string)document["previewEntity"].Responses.Single(r => r.Status == "200").Response["content"]!["text/html"]!["example"]!,
            await client.GetStringAsync("/reconcile/preview?id=018f7f5a-0000-7000-8000-000000000108", TestContext.Current.CancellationToken));
    }

    private static JsonNode Content(OpenApiDocument.Operation operation) => operation.Responses.Single(r => r.Status == "200").Response["content"]!["application/json"]!;

    private static void AssertSame(JsonNode example, string answer, string url) =>
        Assert.True(JsonNode.DeepEquals(example, JsonNode.Parse(answer.Replace(url, "http://127.0.0.1:5080", StringComparison.Ordinal))), $"{answer}\n is not the example\n{example}");
}
