using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Stemma.Api.Tests.OpenApi;

/// <summary>What a reader of the document may count on.</summary>
public sealed partial class DocumentTests(StemmaApi api)
{
    private const string Problem = "application/problem+json";

    /// <summary>Members that have their names from the specification of reconciliation services.</summary>
    private static readonly string[] OfSpecification = ["@type", "service_url", "service_path", "flyout_service_path", "propose_properties", "property_settings"];

    /// <summary>
    /// A change of the contract is seen in review. To take what the API says now as the new snapshot, run the tests once with
    /// <c>STEMMA_UPDATE_SNAPSHOTS=1</c> in the environment, and read the difference.
    /// </summary>
    [Fact]
    public async Task The_document_is_the_snapshot()
    {
        var document = await OpenApiDocument.Get(api);
        var file = Repository.PathOf("tests", "Api.Tests", "OpenApi", "openapi.json");
        if (Environment.GetEnvironmentVariable("STEMMA_UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(file, document.Text + "\n", TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(file), "There is no snapshot: run once with STEMMA_UPDATE_SNAPSHOTS=1.");
        var snapshot = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.True(
            snapshot.TrimEnd() == document.Text.TrimEnd(),
            $"The contract has changed, first in line {FirstDifference(snapshot, document.Text)}. If it should: STEMMA_UPDATE_SNAPSHOTS=1.");
    }

    [Fact]
    public async Task Every_operation_is_described()
    {
        var document = await OpenApiDocument.Get(api);
        Assert.NotEmpty(document.Operations);
        foreach (var operation in document.Operations)
        {
            Assert.Matches(CamelCase(), operation.Id);
            AssertText(operation.Node["summary"], operation);
            AssertText(operation.Node["description"], operation);
            Assert.Single(operation.Node["tags"]!.AsArray());
            foreach (var parameter in operation.Parameters)
            {
                AssertText(parameter["description"], operation);
                Assert.NotNull(parameter["schema"]);
                Assert.True((string)parameter["in"]! == "header" || CamelCase().IsMatch((string)parameter["name"]!), $"{operation}: {parameter["name"]}");
            }
        }

        Assert.Equal(document.Operations.Count, document.Operations.Select(o => o.Id).Distinct().Count());
        Assert.Equal(
            document.Root["tags"]!.AsArray().Select(t => (string)t!["name"]!).Order(),
            document.Operations.Select(o => (string)o.Node["tags"]![0]!).Distinct().Order());
        Assert.All(document.Root["tags"]!.AsArray(), tag => Assert.NotEmpty((string)tag!["description"]!));
    }

    [Fact]
    public async Task Every_answer_has_its_schema_and_an_example()
    {
        var document = await OpenApiDocument.Get(api);
        foreach (var operation in document.Operations)
        {
            var statuses = operation.Responses.Select(r => r.Status).ToList();
            Assert.Contains(statuses, s => s[0] == '2');
            Assert.Contains("500", statuses);
            Assert.Contains("503", statuses);
            foreach (var (status, response) in operation.Responses)
            {
                AssertText(response["description"], operation);
                if (status is "204" or "304")
                {
                    Assert.Null(response["content"]);
                    continue;
                }

                if (operation.Id == "getClaimGraph" && status == "200")
                {
                    Assert.Equal(["application/json", "image/svg+xml", "text/vnd.graphviz", "text/vnd.mermaid"], response["content"]!.AsObject().Select(c => c.Key).Order(StringComparer.Ordinal));
                    Assert.All(response["content"]!.AsObject(), c => Assert.NotNull(c.Value!["example"]));
                    continue;
                }

                if (operation.Id is "exportFile" or "getJobEvents" or "getJobFaults" && status == "200")
                {
                    Assert.All(response["content"]!.AsObject(), c => Assert.NotNull(c.Value!["example"]));
                    continue;
                }

                if (operation.Id is "getCorroboration" or "getSource" or "getReview" && status == "200")
                {
                    Assert.Equal(2, response["content"]!.AsObject().Count);
                    Assert.NotNull(response["content"]!["application/json"]!["schema"]!["$ref"]);
                    Assert.All(response["content"]!.AsObject(), c => Assert.NotNull(c.Value!["example"]));
                    continue;
                }

                if (operation.Id == "previewEntity" && status == "200")
                {
                    Assert.NotNull(response["content"]!["text/html"]!["example"]);
                    continue;
                }

                var (type, media) = Assert.Single(response["content"]!.AsObject());
                Assert.Equal(status[0] == '2' || operation.Id == "searchFactChecks" ? "application/json" : Problem, type);
                Assert.True(media!["schema"]!["$ref"] is not null || (status == "200" && media["schema"]!["oneOf"] is JsonArray { Count: > 1 } kinds && kinds.Count == media["examples"]!.AsObject().Count));
                Assert.True(media["example"] is not null || media["examples"] is JsonObject { Count: > 0 }, $"{operation}: {status} has no example.");
            }
        }
    }

    [Fact]
    public async Task Headers_stand_where_the_API_gives_or_takes_them()
    {
        var document = await OpenApiDocument.Get(api);
        foreach (var operation in document.Operations)
        {
            var takes = operation.Parameters.Where(p => (string)p["in"]! == "header").Select(p => (string)p["name"]!).ToList();
            Assert.Equal(
                operation.Verb switch
                {
                    "post" when operation.Id == "reconcile" => Array.Empty<string>(),
                    "post" when operation.Id != "importFile" => ["Idempotency-Key"],
                    "post" => ["Prefer", "Idempotency-Key"],
                    _ when operation.Id is "getJob" or "cancelJob" => Array.Empty<string>(),
                    _ when !operation.Route.EndsWith("{id}", StringComparison.Ordinal) => Array.Empty<string>(),
                    "put" => ["If-Match", "If-None-Match"],
                    "patch" or "delete" => ["If-Match"],
                    "get" when operation.Route.EndsWith("{id}", StringComparison.Ordinal) => ["If-None-Match"],
                    _ => Array.Empty<string>(),
                },
                takes);
            Assert.True(operation.Verb != "post" || operation.Id == "reconcile" || operation.Responses.Any(r => r.Status == "422"), $"{operation} has no 422 for a key that is used again.");
            foreach (var (status, response) in operation.Responses)
            {
                var gives = response["headers"]?.AsObject().Select(h => h.Key).ToArray() ?? [];
                if (operation.Verb == "post" && operation.Id is not ("importFile" or "reconcile") && status[0] == '2')
                {
                    Assert.Equal("Idempotency-Replayed", gives[^1]);
                    gives = gives[..^1];
                }

                Assert.Equal(
                    status switch
                    {
                        "202" => ["Location", "Preference-Applied", "Idempotency-Replayed"],
                        "200" when operation.Id is "listJobs" or "getJob" or "getJobEvents" or "getJobFaults" => [],
                        "200" when operation.Id.StartsWith("list", StringComparison.Ordinal) || operation.Id is "search" or "getClaimTimeline" => ["Link"],
                        "200" when operation.Id is "suggestSources" or "matchClaims" or "similarClaims" or "getAssessment" or "putAssessmentOverride" or "getClaimGraph" or "getSourceLineage" or "exportFile" or "searchFactChecks" => [],
                        "200" when operation.Id == "importFile" => ["Idempotency-Replayed"],
                        "200" when (string)operation.Node["tags"]![0]! == "Reconciliation" => [],
                        "201" when operation.Id == "createClaim" => ["Location", "ETag", "Link"],
                        "200" or "304" => ["ETag"],
                        "201" => ["Location", "ETag"],
                        "503" => ["Retry-After"],
                        _ => Array.Empty<string>(),
                    },
                    gives);
            }
        }
    }

    [Fact]
    public async Task Bodies_are_required_and_take_nothing_unknown()
    {
        var document = await OpenApiDocument.Get(api);
        foreach (var operation in document.Operations.Where(o => o.Node["requestBody"] is not null && o.Id is not ("importFile" or "reconcile")))
        {
            var body = operation.Node["requestBody"]!;
            Assert.True((bool)body["required"]!);
            Assert.Equal(
                operation.Verb == "patch" ? ["application/json", "application/merge-patch+json"] : ["application/json"],
                body["content"]!.AsObject().Select(c => c.Key).Order(StringComparer.Ordinal));
            foreach (var media in body["content"]!.AsObject().Select(c => c.Value!))
            {
                var schema = document.Resolve(media["schema"]!);
                Assert.False((bool)schema["additionalProperties"]!);
                Assert.True(operation.Verb != "patch" || schema["required"] is null, $"{operation}: nothing is required of a patch.");
                Assert.Null(schema["properties"]!["others"]);
                Assert.NotNull(media["example"]);
            }
        }
    }

    [Fact]
    public async Task Schemas_have_the_names_that_clients_are_to_see()
    {
        var document = await OpenApiDocument.Get(api);
        var names = document.Root["components"]!["schemas"]!.AsObject().Select(s => s.Key).ToList();
        Assert.All(names, name => Assert.DoesNotMatch("Response|Contract|List|`|Json|Partial|Others", name));
        Assert.Contains("ClaimPage", names);
        Assert.Contains("ExternalId", names);
        Assert.DoesNotContain("Stemma.", document.Text, StringComparison.Ordinal);
        foreach (var (name, schema) in document.Root["components"]!["schemas"]!.AsObject())
        {
            Assert.True(schema!["description"] is not null, $"{name} has no description.");
            foreach (var (member, of) in schema["properties"]?.AsObject() ?? [])
            {
                Assert.True(CamelCase().IsMatch(member) || OfSpecification.Contains(member), $"{name}.{member} is not in camel case.");
                Assert.True(of!["description"] is not null, $"{name}.{member} has no description.");
            }
        }
    }

    [Fact]
    public async Task It_is_served_from_memory_under_an_entity_tag()
    {
        var first = await api.Send(HttpMethod.Get, OpenApiDocument.Path);
        Assert.Equal("application/json", first.Content.Headers.ContentType!.MediaType);
        var tag = first.Headers.ETag!;

        var again = new HttpRequestMessage(HttpMethod.Get, OpenApiDocument.Path);
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(tag.Tag));
        Assert.Equal(HttpStatusCode.NotModified, (await api.Client.SendAsync(again, TestContext.Current.CancellationToken)).StatusCode);

        var head = await api.Send(HttpMethod.Head, OpenApiDocument.Path);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task The_root_leads_to_Swagger_UI()
    {
        var page = await api.Send(HttpMethod.Get, "/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("/swagger/index.html", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("<title>Stemma</title>", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static void AssertText(JsonNode? text, OpenApiDocument.Operation where) =>
        Assert.False(string.IsNullOrWhiteSpace((string?)text), $"{where} lacks a text.");

    private static int FirstDifference(string old, string now)
    {
        var pairs = old.Split('\n').Zip(now.Split('\n')).ToList();
        var index = pairs.FindIndex(p => p.First != p.Second);
        return (index < 0 ? pairs.Count : index) + 1;
    }

    [GeneratedRegex("^[a-z][A-Za-z0-9]*$")]
    private static partial Regex CamelCase();
}
