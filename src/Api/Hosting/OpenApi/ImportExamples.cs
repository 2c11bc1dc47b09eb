using System.Text.Json.Nodes;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>A file, and what becomes of it.</summary>
internal static class ImportExamples
{
    public const string JobId = "018f7f5a-2c40-7d31-9a52-6f0c1b7e4d09";

    /// <summary>Faults, one a line.</summary>
    public const string Faults =
        """
        {"line":2,"type":"claim","path":"claimantId","message":"No source has the id my-sheet:s9."}
        {"line":7,"type":"claim","path":"quantities[0].unit","message":"It is required, and not of white space only."}

        """;

    /// <summary>A file of this type.</summary>
    public static string? File(string type) => type switch
    {
        "application/x-ndjson" or "application/jsonl" => Rows,
        "application/vnd.citationstyles.csl+json" => FormExamples.CslFile,
        "text/csv" => Table,
        "text/tab-separated-values" => Table.Replace(',', '\t'),
        "application/ld+json" => ClaimReview,
        "text/html" => $"<!DOCTYPE html>\n<html lang=\"en\">\n<script type=\"application/ld+json\">\n{ClaimReview}\n</script>\n</html>\n",
        _ => null,
    };

    /// <summary>An export of this type.</summary>
    public static string? Exported(string type) => type switch
    {
        "application/x-ndjson" => ExportedRows,
        "text/csv" => ExportedTable,
        _ => null,
    };

    /// <summary>A source, a claim, and a link between the two, which names them by the ids that they have in a spreadsheet.</summary>
    private const string Rows =
        """
        {"type": "source", "kind": "government", "name": "Federal Customs Service of Russia", "externalIds": [{"system": "my-sheet", "id": "s1"}]}
        {"type": "claim", "text": "Trade between Russia and China reached $240 billion in 2023.", "claimedAt": "2024-01", "externalIds": [{"system": "my-sheet", "id": "c1"}]}
        {"type": "corroboration", "claimId": "my-sheet:c1", "sourceId": "my-sheet:s1", "stance": "supports", "directness": "first-hand"}

        """;

    /// <summary>Claims, with `?type=claim`.</summary>
    private const string Table =
        """
        text,claimedAt,tags,externalIds,quantities[0].metric,quantities[0].comparator,quantities[0].value,quantities[0].unit
        Trade between Russia and China reached $240 billion in 2023.,2024-01,trade|russia,my-sheet:c1,trade,eq,240000000000,USD
        Imports of machine tools fell by a third.,2024-05-16,trade,my-sheet:c2,,,,

        """;

    /// <summary>The first columns of a table of sources.</summary>
    private const string ExportedTable =
        """
        id,version,kind,name,aliases,url
        018f7f5a-2c40-7d31-9a52-6f0c1b7e4d01,1,government,Federal Customs Service of Russia,FCS|ФТС,https://customs.gov.ru/

        """;

    /// <summary>A fact-check as its publisher's page carries it.</summary>
    private const string ClaimReview =
        """
        {
          "@context": "https://schema.org",
          "@type": "ClaimReview",
          "url": "https://checks.example/2024/trade",
          "name": "Did trade reach $240 billion?",
          "inLanguage": "en",
          "datePublished": "2024-05-16",
          "claimReviewed": "Trade between Russia and China reached $240 billion in 2023.",
          "author": {"@type": "Organization", "name": "Example Checks", "url": "https://checks.example/"},
          "reviewRating": {"@type": "Rating", "ratingValue": 4, "bestRating": 5, "worstRating": 1, "alternateName": "Mostly true"},
          "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "A minister"},
            "datePublished": "2024-05-10",
            "appearance": {"@type": "CreativeWork", "url": "https://news.example/2024/minister"}
          }
        }
        """;

    /// <summary>The sample's review as a ClaimReview.</summary>
    public const string ReviewOut =
        """
        {
          "@context": "https://schema.org",
          "@type": "ClaimReview",
          "url": "https://institute.example/checks/weapons-of-any-kind",
          "name": "Rifles are weapons: what the customs entries say",
          "inLanguage": "en",
          "datePublished": "2024-06-03",
          "claimReviewed": "China supplies Russia with no weapons of any kind.",
          "author": {"@type": "Organization", "name": "An institute that took captured weapons apart"},
          "reviewRating": {
            "@type": "Rating",
            "ratingValue": 2,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": "Mostly false",
            "ratingExplanation": "Rifles were entered at the customs; of artillery and missiles nothing was found."
          },
          "itemReviewed": {
            "@type": "Claim",
            "inLanguage": "en",
            "author": {"@type": "Organization", "name": "Government of China", "url": "https://english.www.gov.cn/"},
            "datePublished": "2024-05"
          },
          "sdPublisher": {"@type": "Organization", "name": "Stemma"}
        }
        """;

    /// <summary>An export of it.</summary>
    public static string ClaimReviews => $$"""{"@context": "https://schema.org", "@graph": [{{ReviewOut.Replace("  \"@context\": \"https://schema.org\",", "", StringComparison.Ordinal)}}]}""";

    /// <summary>A row of an export.</summary>
    private const string ExportedRows =
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
          "faultCount": 0,
          "warnings": [],
          "warningCount": 0
        }
        """)!.AsObject();

    public static JsonObject Job => JsonNode.Parse(
        $$"""
        {
          "id": "{{JobId}}",
          "state": "running",
          "createdAt": "2024-05-20T08:00:00.123456Z",
          "createdBy": "local",
          "startedAt": "2024-05-20T08:00:01.5Z",
          "finishedAt": null,
          "attempts": 1,
          "rowsRead": 300000,
          "created": 120000,
          "updated": 0,
          "failed": 0,
          "toWrite": 300000,
          "rowsPerSecond": 4000,
          "share": 0.55,
          "estimatedEndAt": "2024-05-20T08:00:56.04Z",
          "report": null,
          "problem": null
        }
        """)!.AsObject();

    /// <summary>A job that was just taken in.</summary>
    public static JsonObject Queued
    {
        get
        {
            var job = Job;
            (job["state"], job["startedAt"], job["attempts"], job["rowsRead"], job["created"], job["toWrite"], job["rowsPerSecond"], job["share"], job["estimatedEndAt"]) =
                ("queued", null, 0, 0, 0, null, null, 0, null);
            return job;
        }
    }

    /// <summary>Server-sent events; each job is shortened.</summary>
    public static string Events =>
        $$"""
        event: progress
        data: {"id":"{{JobId}}","state":"running","rowsRead":300000,"created":120000,"share":0.55}

        event: end
        data: {"id":"{{JobId}}","state":"succeeded","rowsRead":300000,"created":300000,"share":1}


        """;
}
