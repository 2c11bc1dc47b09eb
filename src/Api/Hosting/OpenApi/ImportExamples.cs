using System.Text.Json.Nodes;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>A file, and what becomes of it.</summary>
internal static class ImportExamples
{
    /// <summary>A source, a claim, and a link between the two, which names them by the ids that they have in a spreadsheet.</summary>
    public const string File =
        """
        {"type": "source", "kind": "government", "name": "Federal Customs Service of Russia", "externalIds": [{"system": "my-sheet", "id": "s1"}]}
        {"type": "claim", "text": "Trade between Russia and China reached $240 billion in 2023.", "claimedAt": "2024-01", "externalIds": [{"system": "my-sheet", "id": "c1"}]}
        {"type": "corroboration", "claimId": "my-sheet:c1", "sourceId": "my-sheet:s1", "stance": "supports", "directness": "first-hand"}

        """;

    /// <summary>A row of an export.</summary>
    public const string Exported =
        """
        {"type":"claim","id":"018f7f5a-2c40-7d31-9a52-6f0c1b7e4d02","version":1,"createdAt":"2024-05-20T08:00:00.123456Z","createdBy":"local","updatedAt":"2024-05-20T08:00:00.123456Z","updatedBy":"local","text":"Trade between Russia and China reached $240 billion in 2023.","language":"en","kind":"factual","status":"open","claimedAt":"2024-01","appearanceUrls":[],"quantities":[],"externalIds":[{"system":"my-sheet","id":"c1"}],"tags":[]}
        {"type":"end"}

        """;

    public static JsonObject Report => JsonNode.Parse(
        """
        {
          "rowsRead": 3,
          "created": 3,
          "updated": 0,
          "unchanged": 0,
          "failed": 0,
          "byType": {
            "source": {"created": 1, "updated": 0, "unchanged": 0, "failed": 0},
            "claim": {"created": 1, "updated": 0, "unchanged": 0, "failed": 0},
            "corroboration": {"created": 1, "updated": 0, "unchanged": 0, "failed": 0}
          },
          "written": true,
          "faults": [],
          "faultCount": 0
        }
        """)!.AsObject();
}
