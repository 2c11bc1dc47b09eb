using Xunit;

namespace Stemma.Api.Tests.OpenApi;

/// <summary>The examples of other forms are what the sample data gives.</summary>
public sealed class FormExampleTests(StemmaApi api)
{
    [Theory]
    [InlineData("getCorroboration", "application/ld+json")]
    [InlineData("getSource", "application/vnd.citationstyles.csl+json")]
    public async Task What_is_given_is_as_the_example_says(string id, string form)
    {
        var operation = (await OpenApiDocument.Get(api))[id];
        await SampleRows.Load(api);
        var answer = await StemmaApi.Json(await api.Get(operation.Address, ("Accept", form)), 200);

        var example = operation.Responses.Single(r => r.Status == "200").Response["content"]![form]!["example"]!;
        foreach (var passing in new[] { "created", "modified" }.Where(answer.ContainsKey))
        {
            answer[passing] = example[passing]!.DeepClone();
        }

        var server = api.Client.BaseAddress!.ToString().TrimEnd('/');
        Assert.Equal(example.ToJsonString(), answer.ToJsonString().Replace(server, "http://127.0.0.1:5080", StringComparison.Ordinal));
    }
}
