using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.OpenApi;

/// <summary>The document's examples are what the API takes and gives: whoever copies one gets what stands beside it.</summary>
public sealed class ExampleTests(StemmaApi api)
{
    /// <summary>Members that differ from one run to the next.</summary>
    private static readonly string[] Passing = ["id", "createdAt", "updatedAt", "version", "asOf", "setAt"];

    [Fact]
    public async Task Every_request_is_taken_and_answered_as_its_example_says()
    {
        var document = await OpenApiDocument.Get(api);
        await SampleRows.Load(api);
        foreach (var operation in document.Operations.Where(o => o.Node["requestBody"] is not null && o.Id is not ("matchClaims" or "importFile" or "reconcile")))
        {
            foreach (var (type, media) in operation.Node["requestBody"]!["content"]!.AsObject())
            {
                await SampleRows.Load(api);
                var answer = await api.Send(operation.Method, operation.Address, media!["example"]!.ToJsonString(), type);
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.True(answer.IsSuccessStatusCode, $"{operation}: {(int)answer.StatusCode} {text}");

                var status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
                var example = operation.Responses.Single(r => r.Status == status).Response["content"]!["application/json"]!["example"]!;
                AssertSame(example, JsonNode.Parse(text)!, operation.Id);
                if (operation.Id == "putAssessmentOverride")
                {
                    (await api.Send(HttpMethod.Delete, operation.Address)).EnsureSuccessStatusCode();
                }

                if (operation.Id.StartsWith("create", StringComparison.Ordinal))
                {
                    // So that the next run may create it again.
                    (await api.Send(HttpMethod.Delete, answer.Headers.Location!.ToString())).EnsureSuccessStatusCode();
                }
            }
        }

        await SampleRows.Load(api);
    }

    /// <summary>JSON stands there as JSON, whatever else as the text that it is.</summary>
    private static string FileOf(JsonNode media) => media["example"] is JsonValue text ? text.GetValue<string>() : media["example"]!.ToJsonString();

    [Fact]
    public async Task A_file_is_taken_and_reported_as_its_example_says()
    {
        var document = await OpenApiDocument.Get(api);
        var operation = document["importFile"];
        var types = operation.Node["requestBody"]!["content"]!.AsObject();
        Assert.All(types, t => Assert.NotNull(t.Value!["example"]));
        var example = operation.Responses.Single(r => r.Status == "200").Response["content"]!["application/json"]!["example"]!;
        const string csl = "application/vnd.citationstyles.csl+json";
        var items = await StemmaApi.Json(await api.Send(HttpMethod.Post, operation.Address, FileOf(types[csl]!), csl), 200);
        Assert.Equal(1, (int)items["byType"]!["source"]!["created"]! + (int)items["byType"]!["source"]!["unchanged"]!);
        foreach (var (type, media) in types.Where(t => t.Key is "application/jsonl" or "application/x-ndjson" or "application/ld+json" or "text/html"))
        {
            // With names of its own, so that it is new each time.
            var unique = Requests.Unique();
            var file = FileOf(media!).Replace("my-sheet", unique, StringComparison.Ordinal).Replace("checks.example", unique + ".example", StringComparison.Ordinal)
                .Replace("minister", unique, StringComparison.Ordinal);
            if (type is "application/ld+json" or "text/html")
            {
                var report = await StemmaApi.Json(await api.Send(HttpMethod.Post, operation.Address, file, type), 200);
                Assert.Equal((4, 0), ((int)report["created"]!, (int)report["warningCount"]!));
                continue;
            }

            Assert.True(JsonNode.DeepEquals(example, await StemmaApi.Json(await api.Send(HttpMethod.Post, operation.Address, file, type), 200)));
        }

        foreach (var type in new[] { "text/csv", "text/tab-separated-values" })
        {
            var table = FileOf(types[type]!).Replace("my-sheet", Requests.Unique(), StringComparison.Ordinal);
            var report = await StemmaApi.Json(await api.Send(HttpMethod.Post, operation.Address + "?type=claim", table, type), 200);
            Assert.Equal((2, 0), ((int)report["created"]!, (int)report["failed"]!));
        }
    }

    [Fact]
    public async Task What_is_read_is_as_its_example_says()
    {
        var document = await OpenApiDocument.Get(api);
        await SampleRows.Load(api);
        foreach (var operation in document.Operations.Where(o => o.Id.StartsWith("get", StringComparison.Ordinal) && (o.Route.EndsWith("{id}", StringComparison.Ordinal) || o.Id == "getAssessment") && o.Id != "getJob"))
        {
            var found = await StemmaApi.Json(await api.Send(HttpMethod.Get, operation.Address), 200);
            AssertSame(operation.Responses.Single(r => r.Status == "200").Response["content"]!["application/json"]!["example"]!, found, operation.Id);
        }
    }

    [Fact]
    public async Task A_review_as_JSON_LD_is_as_its_example_says()
    {
        var document = await OpenApiDocument.Get(api);
        await SampleRows.Load(api);
        var operation = document["getReview"];
        var found = await StemmaApi.Json(await api.Send(HttpMethod.Get, operation.Address, null, "", ("Accept", "application/ld+json")), 200);
        Assert.True(JsonNode.DeepEquals(operation.Responses.Single(r => r.Status == "200").Response["content"]!["application/ld+json"]!["example"], found), found.ToJsonString());
    }

    [Fact]
    public async Task A_search_as_Google_has_it_is_as_its_example_says()
    {
        var document = await OpenApiDocument.Get(api);
        await SampleRows.Load(api);
        var operation = document["searchFactChecks"];
        JsonNode Example(string status) => operation.Responses.Single(r => r.Status == status).Response["content"]!["application/json"]!["example"]!;
        var found = await StemmaApi.Json(await api.Send(HttpMethod.Get, "/v1alpha1/claims:search?reviewPublisherSiteFilter=institute.example&pageSize=1&query=weapons+of+any+kind"), 200);
        found.Remove("nextPageToken");
        Assert.True(JsonNode.DeepEquals(Example("200"), found), found.ToJsonString());

        var failed = await StemmaApi.Json(await api.Send(HttpMethod.Get, "/v1alpha1/claims:search"), 400);
        var (expected, actual) = (Example("400")["error"]!, failed["error"]!);
        Assert.Equal(((string)expected["message"]!, (string)expected["status"]!), ((string)actual["message"]!, (string)actual["status"]!));
        Assert.True(JsonNode.DeepEquals(expected["details"]![0], actual["details"]![0]), failed.ToJsonString());
    }

    [Fact]
    public async Task What_is_suggested_is_as_its_example_says()
    {
        var document = await OpenApiDocument.Get(api);
        await SampleRows.Load(api);
        var example = document.Operations.Single(o => o.Id == "suggestSources").Responses.Single(r => r.Status == "200").Response["content"]!["application/json"]!["example"]!;

        Assert.True(JsonNode.DeepEquals(example, await api.GetJson("/api/v1/sources/suggest?q=reuter&limit=2")));
    }

    [Fact]
    public async Task What_is_put_is_a_sample()
    {
        var document = await OpenApiDocument.Get(api);
        foreach (var operation in document.Operations.Where(o => o.Verb == "put" && o.Route.EndsWith("{id}", StringComparison.Ordinal)))
        {
            var row = SampleRows.Row(operation.Address.Split('/')[^1]);
            row.Remove("type");
            row.Remove("id");
            Assert.True(JsonNode.DeepEquals(row, operation.Node["requestBody"]!["content"]!["application/json"]!["example"]), $"{operation} is not the sample: {row}");
        }
    }

    [Theory]
    [InlineData("400", "rules", "POST", "/api/v1/claims", """{"text": " ", "quantities": [{"metric": "share", "comparator": "eq", "value": 1}], "claimantId": "018f7f5a-0000-7000-8000-000000000999"}""", "application/json")]
    [InlineData("400", "unknownProperty", "POST", "/api/v1/claims", """{"txt": "x"}""", "application/json")]
    [InlineData("400", "unknownParameter", "GET", "/api/v1/claims/018f7f5a-0000-7000-8000-000000000201?includes=claimant", null, null)]
    [InlineData("404", "notFound", "GET", "/api/v1/claims/018f7f5a-0000-7000-8000-000000000999", null, null)]
    [InlineData("409", "duplicate", "POST", "/api/v1/corroborations", """{"claimId": "018f7f5a-0000-7000-8000-000000000201", "sourceId": "018f7f5a-0000-7000-8000-000000000114", "stance": "reports"}""", "application/json")]
    [InlineData("412", "stale", "DELETE", "/api/v1/claims/018f7f5a-0000-7000-8000-000000000201", null, null)]
    [InlineData("415", "notJson", "POST", "/api/v1/claims", "text=x", "application/x-www-form-urlencoded")]
    public async Task A_problem_is_as_its_example_says(string status, string name, string method, string address, string? body, string? type)
    {
        ArgumentNullException.ThrowIfNull(status);
        var document = await OpenApiDocument.Get(api);
        await SampleRows.Load(api);
        var problems = document.Root["components"]!["responses"]!.AsObject().Select(r => r.Value!["content"]!["application/problem+json"]!["examples"]!.AsObject());
        var example = problems.Single(p => p.ContainsKey(name))[name]!["value"]!;

        var answer = await api.Send(new HttpMethod(method), address, body, type ?? "application/json", ("If-Match", method == "DELETE" ? "\"999\"" : "*"));
        var problem = await StemmaApi.Json(answer, int.Parse(status, System.Globalization.CultureInfo.InvariantCulture));

        problem["traceId"] = example["traceId"]!.DeepClone();
        if (status == "412")
        {
            // The version in its text depends on what was done before.
            problem["detail"] = example["detail"]!.DeepClone();
        }

        Assert.True(JsonNode.DeepEquals(example, problem), $"{problem}\n is not the example\n{example}");
    }

    private static void AssertSame(JsonNode example, JsonNode actual, string where)
    {
        foreach (var name in Passing.Where(example.AsObject().ContainsKey))
        {
            Assert.NotNull(actual[name]);
            actual[name] = example[name]!.DeepClone();
        }

        Assert.True(JsonNode.DeepEquals(example, actual), $"{where}: {actual}\n is not the example\n{example}");
        Assert.Equal(example.AsObject().Select(m => m.Key), actual.AsObject().Select(m => m.Key));
    }
}
