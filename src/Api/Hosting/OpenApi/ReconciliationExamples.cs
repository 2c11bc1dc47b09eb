using System.Text.Json.Nodes;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>Questions of a spreadsheet, and what the sample data answers.</summary>
internal static class ReconciliationExamples
{
    /// <summary>A batch of one row.</summary>
    public const string Queries =
        """{"q0": {"query": "reuters", "type": "outlet", "properties": [{"pid": "country", "v": "GB"}], "limit": 1}}""";

    /// <summary>What is to be told of one source.</summary>
    public const string Extend =
        """{"ids": ["018f7f5a-0000-7000-8000-000000000108"], "properties": [{"id": "url"}, {"id": "owner"}, {"id": "country"}]}""";

    public const string Page =
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Reuters</title><style>body{font:14px/1.4 sans-serif;margin:8px;overflow-wrap:anywhere}dl{display:grid;grid-template-columns:auto 1fr;gap:2px 10px;margin:0}dt{color:#555}dd{margin:0}</style></head><body>
        <p style="margin:0 0 .4em;font-weight:bold">Reuters</p><p style="margin:0 0 .4em">Outlet &#183; GB &#183; https://www.reuters.com/ &#183; International news agency.</p><dl><dt>address</dt><dd><a href="https://www.reuters.com/" target="_blank" rel="noopener noreferrer">https://www.reuters.com/</a></dd>
        <dt>id in another system</dt><dd>wikidata:Q130879</dd>
        <dt>kind</dt><dd>outlet</dd>
        <dt>country</dt><dd>GB</dd>
        <dt>language</dt><dd>en</dd>
        <dt>owner</dt><dd>Thomson Reuters</dd>
        <dt>reliability</dt><dd>B</dd>
        <dt>tag</dt><dd>news-agency</dd>
        </dl><p><a href="/api/v1/sources/018f7f5a-0000-7000-8000-000000000108" target="_blank" rel="noopener noreferrer">All that is known of it</a></p></body></html>

        """;

    private const string Manifest =
        """
        {
          "versions": ["0.2"],
          "name": "Stemma: sources and claims",
          "identifierSpace": "urn:uuid:",
          "schemaSpace": "urn:uuid:5d9c5c1e-8f0b-4a6e-9b8e-2f6d1c7a4e30",
          "defaultTypes": [
            {"id": "source", "name": "Source"},
            {"id": "outlet", "name": "Outlet", "broader": [{"id": "source", "name": "Source"}]},
            {"id": "document", "name": "Document", "broader": [{"id": "source", "name": "Source"}]},
            {"id": "person", "name": "Person", "broader": [{"id": "source", "name": "Source"}]},
            {"id": "organization", "name": "Organization", "broader": [{"id": "source", "name": "Source"}]},
            {"id": "government", "name": "Government", "broader": [{"id": "source", "name": "Source"}]},
            {"id": "dataset", "name": "Dataset", "broader": [{"id": "source", "name": "Source"}]},
            {"id": "account", "name": "Account", "broader": [{"id": "source", "name": "Source"}]},
            {"id": "anonymous", "name": "Anonymous", "broader": [{"id": "source", "name": "Source"}]},
            {"id": "claim", "name": "Claim"}
          ],
          "documentation": "http://127.0.0.1:5080/swagger",
          "batchSize": 50,
          "view": {"url": "http://127.0.0.1:5080/reconcile/preview?id={{id}}"},
          "preview": {"url": "http://127.0.0.1:5080/reconcile/preview?id={{id}}", "width": 420, "height": 300},
          "suggest": {
            "entity": {"service_url": "http://127.0.0.1:5080", "service_path": "/reconcile/suggest/entity", "flyout_service_path": "/reconcile/flyout/entity?id=${id}"},
            "type": {"service_url": "http://127.0.0.1:5080", "service_path": "/reconcile/suggest/type", "flyout_service_path": "/reconcile/flyout/type?id=${id}"},
            "property": {"service_url": "http://127.0.0.1:5080", "service_path": "/reconcile/suggest/property", "flyout_service_path": "/reconcile/flyout/property?id=${id}"}
          },
          "extend": {"propose_properties": {"service_url": "http://127.0.0.1:5080", "service_path": "/reconcile/extend/properties"}, "property_settings": []}
        }
        """;

    private const string Batch =
        """
        {
          "q0": {
            "result": [
              {
                "id": "018f7f5a-0000-7000-8000-000000000108",
                "name": "Reuters",
                "description": "Outlet · GB · https://www.reuters.com/ · International news agency.",
                "type": [{"id": "outlet", "name": "Outlet"}, {"id": "source", "name": "Source"}],
                "score": 100,
                "match": true,
                "features": [
                  {"id": "sameId", "value": false},
                  {"id": "sameAddress", "value": false},
                  {"id": "likeness", "value": 100},
                  {"id": "sameName", "value": true},
                  {"id": "country", "value": true}
                ]
              }
            ]
          }
        }
        """;

    private const string Extension =
        """
        {
          "meta": [
            {"id": "url", "name": "address"},
            {"id": "owner", "name": "owner", "type": {"id": "source", "name": "Source"}},
            {"id": "country", "name": "country"}
          ],
          "rows": {
            "018f7f5a-0000-7000-8000-000000000108": {
              "url": [{"str": "https://www.reuters.com/"}],
              "owner": [{"id": "018f7f5a-0000-7000-8000-000000000107", "name": "Thomson Reuters"}],
              "country": [{"str": "GB"}]
            }
          }
        }
        """;

    private const string Entities =
        """
        {
          "result": [
            {
              "id": "018f7f5a-0000-7000-8000-000000000108",
              "name": "Reuters",
              "description": "Outlet · GB · https://www.reuters.com/ · International news agency.",
              "notable": ["outlet", "source"]
            },
            {
              "id": "018f7f5a-0000-7000-8000-000000000107",
              "name": "Thomson Reuters",
              "description": "Organization · CA · https://www.thomsonreuters.com/ · Information company, owner of the Reuters news agency.",
              "notable": ["organization", "source"]
            },
            {
              "id": "018f7f5a-0000-7000-8000-000000000114",
              "name": "Report on a briefing by senior US officials about Chinese help for Russia, 2024 (Reuters)",
              "description": "Document · Reuters · Known only as cited in the MENA Research Center analysis, which gives neither title nor link; the name is descriptive. It looks back on 2023 and so dates from 2024 at the earliest…",
              "notable": ["document", "source"]
            }
          ]
        }
        """;

    private const string Types =
        """
        {
          "result": [
            {"id": "outlet", "name": "Outlet", "description": "Sources of the kind outlet."},
            {"id": "organization", "name": "Organization", "description": "Sources of the kind organization."}
          ]
        }
        """;

    private const string Properties =
        """
        {"result": [{"id": "publishedAt", "name": "published", "description": "A year, a month, a day or an instant; dates agree where they overlap."}]}
        """;

    private const string EntityLines =
        """
        {
          "id": "018f7f5a-0000-7000-8000-000000000108",
          "html": "<p style=\"margin:0 0 .4em;font-weight:bold\">Reuters</p><p style=\"margin:0 0 .4em\">Outlet &#183; GB &#183; https://www.reuters.com/ &#183; International news agency.</p>"
        }
        """;

    private const string TypeLines =
        """
        {"id": "outlet", "html": "<p style=\"margin:0 0 .4em;font-weight:bold\">Outlet</p><p style=\"margin:0\">Sources of the kind outlet.</p>"}
        """;

    private const string PropertyLines =
        """
        {
          "id": "url",
          "html": "<p style=\"margin:0 0 .4em;font-weight:bold\">address</p><p style=\"margin:0\">Addresses on the web, archived ones included. Finds by itself, whatever the name; compared without scheme, www. and tracking parameters.</p>"
        }
        """;

    private const string Proposed =
        """
        {
          "properties": [{"id": "url", "name": "address"}, {"id": "externalId", "name": "id in another system"}, {"id": "text", "name": "text"}],
          "type": "claim",
          "limit": 3
        }
        """;

    public static string Summary(string kind) => kind switch
    {
        "manifest" => "Nothing is asked: the manifest",
        "queries" => "What a row means",
        _ => "What is known of an entity",
    };

    /// <summary>To an operation, or to a kind of question.</summary>
    public static JsonNode? Answer(string of) => JsonNode.Parse(of switch
    {
        "manifest" => Manifest,
        "queries" => Batch,
        "extend" => Extension,
        "suggestEntities" => Entities,
        "suggestTypes" => Types,
        "suggestProperties" => Properties,
        "entityFlyout" => EntityLines,
        "typeFlyout" => TypeLines,
        "propertyFlyout" => PropertyLines,
        _ => Proposed,
    });
}
