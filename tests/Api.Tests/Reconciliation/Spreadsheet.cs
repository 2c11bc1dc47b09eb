using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Reconciliation;

/// <summary>Asks as OpenRefine does: a form with JSON in it.</summary>
internal static class Spreadsheet
{
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>A form field as it stands.</summary>
    public static Task<HttpResponseMessage> Ask(this StemmaApi api, string field, string json) =>
        api.Send(HttpMethod.Post, "/reconcile", $"{field}={Uri.EscapeDataString(json)}", Form);

    /// <summary>The answers to a batch, which keep to the specification.</summary>
    public static async Task<JsonObject> Reconcile(this StemmaApi api, JsonObject queries)
    {
        var results = await StemmaApi.Json(await api.Ask("queries", queries.ToJsonString()), 200);
        Specification.CheckResults(results, [.. queries.Select(q => q.Key)]);
        return results;
    }

    /// <summary>The candidates of one row.</summary>
    public static async Task<JsonArray> Candidates(this StemmaApi api, string? query, string? type = null, params (string Pid, JsonNode Value)[] properties)
    {
        var row = new JsonObject();
        if (query is not null)
        {
            row["query"] = query;
        }

        if (type is not null)
        {
            row["type"] = type;
            row["type_strict"] = "should";
        }

        if (properties.Length > 0)
        {
            row["properties"] = new JsonArray([.. properties.Select(p => new JsonObject { ["pid"] = p.Pid, ["v"] = p.Value.DeepClone() })]);
        }

        return (await api.Reconcile(new JsonObject { ["q0"] = row }))["q0"]!["result"]!.AsArray();
    }

    /// <summary>The id of the match, null where there is none.</summary>
    public static string? Match(this JsonArray candidates) => (string?)candidates.SingleOrDefault(c => (bool)c!["match"]!)?["id"];

    public static string[] Ids(this JsonArray candidates) => [.. candidates.Select(c => (string)c!["id"]!)];

    /// <summary>Letters alone, so that it is one word of a name.</summary>
    public static string Word() => string.Concat(Guid.NewGuid().ToByteArray().Take(12).Select(b => (char)('a' + (b % 20))));

    public static void AssertHtml(HttpContentHeaders headers) => Assert.Equal("text/html; charset=utf-8", headers.ContentType?.ToString());
}
