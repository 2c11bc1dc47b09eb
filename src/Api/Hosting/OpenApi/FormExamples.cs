using System.Text.Json.Nodes;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>Resources of the sample data in the forms of other standards.</summary>
internal static class FormExamples
{
    /// <summary>A library of one item.</summary>
    public const string CslFile =
        """
        [
          {
            "id": "http://zotero.org/users/local/Xy12/items/ABCD2345",
            "type": "article-journal",
            "title": "Who repeats whom: a study of circular reporting",
            "container-title": "Journal of Reports",
            "DOI": "10.1000/example.2024.5",
            "language": "en",
            "author": [{"family": "Doe", "given": "J."}],
            "issued": {"date-parts": [[2024, 5]]}
          }
        ]

        """;

    private const string Link =
        """
        {
          "@context": "http://www.w3.org/ns/anno.jsonld",
          "id": "http://127.0.0.1:5080/api/v1/corroborations/018f7f5a-0000-7000-8000-000000000302",
          "type": "Annotation",
          "motivation": "linking",
          "created": "2024-05-20T08:00:00.123456Z",
          "modified": "2024-05-20T08:00:00.123456Z",
          "creator": {"name": "local"},
          "body": [
            {"type": "SpecificResource", "source": "http://127.0.0.1:5080/api/v1/claims/018f7f5a-0000-7000-8000-000000000201", "purpose": "linking"},
            {
              "type": "TextualBody",
              "value": "Of the microelectronics that Russia imported in 2023, 90% came from China.",
              "format": "text/plain",
              "language": "en",
              "purpose": "describing"
            },
            {"type": "TextualBody", "value": "reports", "format": "text/plain", "purpose": "classifying"}
          ],
          "target": "http://127.0.0.1:5080/api/v1/sources/018f7f5a-0000-7000-8000-000000000114"
        }
        """;

    private const string Item =
        """
        {
          "id": "reuters-2024-us-officials-china",
          "type": "article-newspaper",
          "container-title": "Reuters",
          "title": "[Report on a briefing by senior US officials about Chinese help for Russia]",
          "issued": {"date-parts": [[2024]]},
          "language": "en"
        }
        """;

    public static JsonNode Annotation => JsonNode.Parse(Link)!;

    public static JsonNode AnnotationPage
    {
        get
        {
            var annotation = Annotation.AsObject();
            annotation.Remove("@context");
            return new JsonObject
            {
                ["@context"] = "http://www.w3.org/ns/anno.jsonld",
                ["id"] = "http://127.0.0.1:5080/api/v1/exports?type=corroboration&format=annotations",
                ["type"] = "AnnotationPage",
                ["partOf"] = new JsonObject { ["id"] = "http://127.0.0.1:5080/api/v1/corroborations", ["type"] = "AnnotationCollection", ["label"] = "Corroborations" },
                ["items"] = new JsonArray(annotation),
            };
        }
    }

    public static JsonNode CslItem => JsonNode.Parse(Item)!;
}
