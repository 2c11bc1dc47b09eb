using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.OpenApi;

/// <summary>The query parameters that the document lists are those that the API takes, and each documented value is taken.</summary>
public sealed class ParameterTests(StemmaApi api)
{
    [Fact]
    public async Task The_document_lists_the_parameters_that_the_API_knows()
    {
        var document = await OpenApiDocument.Get(api);
        foreach (var operation in document.Operations.Where(o => o.Verb == "get" && !o.Route.StartsWith("/reconcile/suggest", StringComparison.Ordinal) && o.Id != "searchFactChecks"))
        {
            var problem = await StemmaApi.Json(await api.Send(HttpMethod.Get, $"{operation.Address}?noSuchParameter=1"), 400);
            var message = (string)problem["errors"]!["noSuchParameter"]![0]!;
            if (message.EndsWith("this operation has none.", StringComparison.Ordinal))
            {
                Assert.Empty(Query(operation));
                continue;
            }

            var known = message[(message.IndexOf("there are ", StringComparison.Ordinal) + "there are ".Length)..].TrimEnd('.').Split(", ");
            Assert.Equal(known.Order(), Query(operation).Select(p => (string)p["name"]!).Order());
        }
    }

    [Fact]
    public async Task Every_choice_and_every_example_is_taken()
    {
        var document = await OpenApiDocument.Get(api);
        foreach (var operation in document.Operations.Where(o => o.Id.StartsWith("list", StringComparison.Ordinal)))
        {
            foreach (var parameter in Query(operation))
            {
                var schema = parameter["schema"]!;
                var one = schema["items"] ?? schema;
                var values = (one["enum"] ?? one["examples"])?.AsArray().Select(v => (string)v!) ?? [];
                foreach (var value in values)
                {
                    await AssertStatus(HttpStatusCode.OK, operation, parameter, value);
                }

                if (one["enum"] is not null || one["pattern"] is not null)
                {
                    await AssertStatus(HttpStatusCode.BadRequest, operation, parameter, "no such value");
                }
            }

            // Several values: separated by commas where the document says so, else the parameter again.
            if (Query(operation).SingleOrDefault(p => (string)p["name"]! == "include") is { } include)
            {
                Assert.False((bool)include["explode"]!);
                await AssertStatus(HttpStatusCode.OK, operation, include, string.Join(',', include["schema"]!["items"]!["enum"]!.AsArray().Select(v => (string)v!)));
            }
        }
    }

    [Theory]
    [InlineData("limit", "0", false)]
    [InlineData("limit", "1", true)]
    [InlineData("limit", "500", true)]
    [InlineData("limit", "501", false)]
    [InlineData("limit", "ten", false)]
    [InlineData("minSupports", "-1", false)]
    [InlineData("minSupports", "0", true)]
    [InlineData("plausible", "true", true)]
    [InlineData("plausible", "yes", false)]
    public async Task Bounds_are_those_of_the_document(string name, string value, bool taken)
    {
        ArgumentNullException.ThrowIfNull(value);
        var list = (await OpenApiDocument.Get(api))["listClaims"];
        var parameter = Query(list).Single(p => (string)p["name"]! == name);
        var schema = parameter["schema"]!;
        var documented = (string)schema["type"]! == "integer"
            ? int.TryParse(value, out var number) && number >= (int)schema["minimum"]! && number <= (int)schema["maximum"]!
            : value is "true" or "false";
        Assert.Equal(taken, documented);
        await AssertStatus(taken ? HttpStatusCode.OK : HttpStatusCode.BadRequest, list, parameter, value);
    }

    private static IEnumerable<JsonObject> Query(OpenApiDocument.Operation operation) => operation.Parameters.Where(p => (string)p["in"]! == "query");

    private async Task AssertStatus(HttpStatusCode expected, OpenApiDocument.Operation operation, JsonObject parameter, string value)
    {
        var address = $"{operation.Address}?{(string)parameter["name"]!}={Uri.EscapeDataString(value)}";
        var answer = await api.Send(HttpMethod.Get, address);
        Assert.True(answer.StatusCode == expected, $"{address}: {(int)answer.StatusCode}");
    }
}
