using System.Text.Json.Nodes;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>What Google's API answers.</summary>
internal static class FactCheckExamples
{
    public static JsonObject Found => JsonNode.Parse(
        """
        {
          "claims": [
            {
              "text": "China supplies Russia with no weapons of any kind.",
              "claimant": "Government of China",
              "claimDate": "2024-05-01T00:00:00Z",
              "claimReview": [
                {
                  "publisher": {"name": "An institute that took captured weapons apart", "site": "institute.example"},
                  "url": "https://institute.example/checks/weapons-of-any-kind",
                  "title": "Rifles are weapons: what the customs entries say",
                  "reviewDate": "2024-06-03T00:00:00Z",
                  "textualRating": "Mostly false",
                  "languageCode": "en"
                }
              ]
            }
          ]
        }
        """)!.AsObject();

    public static string Describe(string status) => status switch
    {
        "400" => "Parameters break rules: all of them are named.",
        "403" => "The caller may not ask, or not from there.",
        "503" => "The database is away, or the search took too long; try again shortly.",
        _ => "Something failed here, not in the request.",
    };

    public static JsonObject Failure(string status) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = int.Parse(status, System.Globalization.CultureInfo.InvariantCulture),
            ["message"] = status == "400" ? "query: It is required where there is no reviewPublisherSiteFilter." : Describe(status),
            ["status"] = GoogleErrors.NameOf(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)),
            ["details"] = status == "400"
                ? new JsonArray(
                    new JsonObject
                    {
                        ["@type"] = "type.googleapis.com/google.rpc.BadRequest",
                        ["fieldViolations"] = new JsonArray(new JsonObject { ["field"] = "query", ["description"] = "It is required where there is no reviewPublisherSiteFilter." }),
                    },
                    Request())
                : new JsonArray(Request()),
        },
    };

    private static JsonObject Request() =>
        new() { ["@type"] = "type.googleapis.com/google.rpc.RequestInfo", ["requestId"] = "00-5d3b7f1c2a4e6f8091a2b3c4d5e6f708-1a2b3c4d5e6f7081-00" };
}
