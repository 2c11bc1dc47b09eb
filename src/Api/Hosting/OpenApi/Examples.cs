using System.Text.Json.Nodes;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>
/// Examples of every body, from the sample data in <c>samples/</c>: their ids are there after the first start. Each request body is one that
/// the API takes, each answer one that it gives; the tests see to both.
/// </summary>
internal static class Examples
{
    /// <summary>A cursor, as the list of claims gives them.</summary>
    public const string Cursor = "rKYTa0gaiiRaf48BAAAAcIAAAAAAAAJnaTYzOTMxMDg4OTc0NTMyMzE0MA";

    private const string At = "2024-05-20T08:00:00.123456Z";

    private const string Trace = "00-6464d52eb588630d8263b5f381544909-f41d0da0278150ec-00";

    private const string NewSource =
        """
        {
          "kind": "anonymous",
          "name": "senior US officials",
          "aliases": ["senior American officials", "senior administration officials"],
          "country": "US",
          "language": "en",
          "parentId": "018f7f5a-0000-7000-8000-000000000117",
          "reliability": "C",
          "reliabilityBasis": "Fairly reliable at best: access to intelligence is likely, but they are unnamed, show no evidence and want allies to act.",
          "tags": ["unnamed"]
        }
        """;

    private const string WholeSource =
        """
        {
          "kind": "document",
          "name": "Report on a briefing by senior US officials about Chinese help for Russia, 2024 (Reuters)",
          "description": "Known only as cited in the MENA Research Center analysis, which gives neither title nor link; the name is descriptive. It looks back on 2023 and so dates from 2024 at the earliest.",
          "language": "en",
          "parentId": "018f7f5a-0000-7000-8000-000000000108",
          "reliability": "B",
          "reliabilityBasis": "Graded as its agency; the text itself was not read.",
          "publishedAt": "2024",
          "citation": {
            "id": "reuters-2024-us-officials-china",
            "type": "article-newspaper",
            "title": "[Report on a briefing by senior US officials about Chinese help for Russia]",
            "issued": { "date-parts": [[2024]] },
            "language": "en",
            "container-title": "Reuters"
          },
          "tags": ["cited-only"]
        }
        """;

    private const string SourcePatch =
        """
        {
          "accessedAt": "2024-05-21T14:30:00Z",
          "reliabilityBasis": "Graded as its agency; the text has been read since."
        }
        """;

    private const string Source =
        $$"""
        {
          "id": "018f7f5a-0000-7000-8000-000000000114",
          "version": 1,
          "kind": "document",
          "name": "Report on a briefing by senior US officials about Chinese help for Russia, 2024 (Reuters)",
          "aliases": [],
          "url": null,
          "archiveUrl": null,
          "description": "Known only as cited in the MENA Research Center analysis, which gives neither title nor link; the name is descriptive. It looks back on 2023 and so dates from 2024 at the earliest.",
          "country": null,
          "language": "en",
          "parentId": "018f7f5a-0000-7000-8000-000000000108",
          "ownerId": null,
          "reliability": "B",
          "reliabilityBasis": "Graded as its agency; the text itself was not read.",
          "publishedAt": "2024",
          "accessedAt": null,
          "contentHash": null,
          "citation": {
            "id": "reuters-2024-us-officials-china",
            "type": "article-newspaper",
            "title": "[Report on a briefing by senior US officials about Chinese help for Russia]",
            "issued": { "date-parts": [[2024]] },
            "language": "en",
            "container-title": "Reuters"
          },
          "createdAt": "{{At}}",
          "createdBy": "local",
          "updatedAt": "{{At}}",
          "updatedBy": "local",
          "externalIds": [],
          "tags": ["cited-only"]
        }
        """;

    private const string Grade =
        """
        {
          "credibility": 4,
          "reason": "The officials have an interest in it, and the customs data that would show it are public: nobody has shown them."
        }
        """;

    private const string Graded =
        $$"""
        {
          "credibility": 4,
          "reason": "",
          "setBy": "local",
          "setAt": "{{At}}"
        }
        """;

    /// <summary>Of the claim of the examples.</summary>
    private const string Assessed =
        $$"""
        {
          "claimId": "018f7f5a-0000-7000-8000-000000000201",
          "asOf": "{{At}}",
          "ruleSet": "stemma-1",
          "credibility": 3,
          "derivedCredibility": 3,
          "rule": "single",
          "override": null,
          "for": {
            "linkCount": 10,
            "min": 1,
            "max": 1,
            "witnesses": 7,
            "groups": [
              {
                "origins": [
                  "018f7f5a-0000-7000-8000-000000000118"
                ],
                "mergedBy": [],
                "relayedBy": [
                  "018f7f5a-0000-7000-8000-000000000111",
                  "018f7f5a-0000-7000-8000-000000000114",
                  "018f7f5a-0000-7000-8000-000000000151",
                  "018f7f5a-0000-7000-8000-000000000152",
                  "018f7f5a-0000-7000-8000-000000000153",
                  "018f7f5a-0000-7000-8000-000000000154",
                  "018f7f5a-0000-7000-8000-000000000155",
                  "018f7f5a-0000-7000-8000-000000000156",
                  "018f7f5a-0000-7000-8000-000000000157"
                ],
                "links": [
                  "018f7f5a-0000-7000-8000-000000000301",
                  "018f7f5a-0000-7000-8000-000000000302",
                  "018f7f5a-0000-7000-8000-000000000303",
                  "018f7f5a-0000-7000-8000-000000000701",
                  "018f7f5a-0000-7000-8000-000000000702",
                  "018f7f5a-0000-7000-8000-000000000703",
                  "018f7f5a-0000-7000-8000-000000000704",
                  "018f7f5a-0000-7000-8000-000000000705",
                  "018f7f5a-0000-7000-8000-000000000706",
                  "018f7f5a-0000-7000-8000-000000000707"
                ]
              }
            ],
            "unknownLineage": [],
            "partyOrigins": [],
            "cycles": []
          },
          "against": {
            "linkCount": 0,
            "min": 0,
            "max": 0,
            "witnesses": 0,
            "groups": [],
            "unknownLineage": [],
            "partyOrigins": [],
            "cycles": []
          },
          "explanation": [
            "10 links for it lead to 1 origin; 1 independent.",
            "One origin for it: \"senior US officials\" (anonymous), relayed by 9 sources.",
            "One independent origin: possibly true."
          ],
          "whatWouldChangeIt": [
            {
              "change": "remove-origin",
              "side": "for",
              "origins": [
                "018f7f5a-0000-7000-8000-000000000118"
              ],
              "credibility": 6
            },
            {
              "change": "add-independent-support",
              "credibility": 1
            },
            {
              "change": "add-independent-contradiction",
              "credibility": 4
            }
          ]
        }
        """;

    /// <summary>To <c>q=reuter</c>.</summary>
    private const string Suggestions =
        """
        {
          "items": [
            {
              "id": "018f7f5a-0000-7000-8000-000000000108",
              "kind": "outlet",
              "name": "Reuters",
              "country": "GB",
              "matched": "Reuters",
              "match": "prefix"
            },
            {
              "id": "018f7f5a-0000-7000-8000-000000000107",
              "kind": "organization",
              "name": "Thomson Reuters",
              "country": "CA",
              "matched": "Thomson Reuters",
              "match": "word"
            }
          ]
        }
        """;

    private const string NewClaim =
        """
        {
          "text": "Trade between Russia and China was worth more than 240 billion US dollars in 2023.",
          "context": "Goods, presumably, both directions together. The currency of the original statistics is not stated.",
          "kind": "quantitative",
          "claimedAt": "2024",
          "eventFrom": "2023",
          "eventTo": "2023",
          "quantities": [
            {
              "subject": "trade Russia–China",
              "metric": "volume",
              "comparator": "gt",
              "value": 240000000000,
              "unit": "USD",
              "periodFrom": "2023",
              "periodTo": "2023"
            }
          ],
          "plausible": true,
          "tags": ["trade", "figure"]
        }
        """;

    private const string WholeClaim =
        """
        {
          "text": "Of the microelectronics that Russia imported in 2023, 90% came from China.",
          "context": "The analysis gives the figure without saying whether it is a share of value or of units, nor whether goods that only passed through China are counted.",
          "language": "en",
          "kind": "quantitative",
          "claimantId": "018f7f5a-0000-7000-8000-000000000118",
          "claimedAt": "2024",
          "eventFrom": "2023",
          "eventTo": "2023",
          "place": "Russia",
          "quantities": [
            {
              "subject": "imports of microelectronics, Russia",
              "metric": "share from China",
              "comparator": "eq",
              "value": 90,
              "unit": "%",
              "periodFrom": "2023",
              "periodTo": "2023"
            }
          ],
          "tags": ["microelectronics", "military-support", "dual-use", "figure"]
        }
        """;

    private const string ClaimPatch =
        """
        {
          "status": "assessed",
          "plausible": true
        }
        """;

    private const string Claim =
        $$"""
        {
          "id": "018f7f5a-0000-7000-8000-000000000201",
          "version": 1,
          "text": "Of the microelectronics that Russia imported in 2023, 90% came from China.",
          "context": "The analysis gives the figure without saying whether it is a share of value or of units, nor whether goods that only passed through China are counted.",
          "language": "en",
          "kind": "quantitative",
          "status": "open",
          "claimantId": "018f7f5a-0000-7000-8000-000000000118",
          "claimedAt": "2024",
          "eventFrom": "2023",
          "eventTo": "2023",
          "place": "Russia",
          "firstAppearanceUrl": null,
          "appearanceUrls": [],
          "quantities": [
            {
              "subject": "imports of microelectronics, Russia",
              "metric": "share from China",
              "comparator": "eq",
              "value": 90,
              "lower": null,
              "upper": null,
              "unit": "%",
              "baseline": null,
              "periodFrom": "2023",
              "periodTo": "2023"
            }
          ],
          "plausible": null,
          "corroborationCounts": { "supports": 1, "contradicts": 0, "reports": 9, "denies": 0, "mentions": 0 },
          "assessment": { "credibility": 3, "min": 1, "max": 1, "circular": false, "stale": false },
          "createdAt": "{{At}}",
          "createdBy": "local",
          "updatedAt": "{{At}}",
          "updatedBy": "local",
          "externalIds": [],
          "tags": ["microelectronics", "military-support", "dual-use", "figure"]
        }
        """;

    /// <summary>The analysis, with another exact quote than the sample's link 301, so that the two stand side by side.</summary>
    private const string NewCorroboration =
        """
        {
          "claimId": "018f7f5a-0000-7000-8000-000000000201",
          "sourceId": "018f7f5a-0000-7000-8000-000000000111",
          "stance": "reports",
          "directness": "relayed",
          "attributedToIds": ["018f7f5a-0000-7000-8000-000000000114"],
          "attribution": "They noted",
          "quote": {
            "exact": "90% of Russia’s microelectronics imports",
            "prefix": "in 2023, ",
            "suffix": " came from China"
          },
          "locator": "paragraph 7",
          "publishedAt": "2024-05",
          "credibility": 3
        }
        """;

    private const string WholeCorroboration =
        """
        {
          "claimId": "018f7f5a-0000-7000-8000-000000000201",
          "sourceId": "018f7f5a-0000-7000-8000-000000000114",
          "stance": "reports",
          "directness": "relayed",
          "attributedToIds": ["018f7f5a-0000-7000-8000-000000000118"],
          "citedInId": "018f7f5a-0000-7000-8000-000000000111",
          "attribution": "senior US officials told Reuters",
          "locator": "paragraph 7",
          "publishedAt": "2024",
          "credibility": 3
        }
        """;

    private const string CorroborationPatch =
        """
        {
          "credibility": 2,
          "note": "Raised by one: the wording agrees with that of another briefing."
        }
        """;

    private const string Corroboration =
        $$"""
        {
          "id": "018f7f5a-0000-7000-8000-000000000302",
          "version": 1,
          "claimId": "018f7f5a-0000-7000-8000-000000000201",
          "sourceId": "018f7f5a-0000-7000-8000-000000000114",
          "stance": "reports",
          "directness": "relayed",
          "attributedToIds": ["018f7f5a-0000-7000-8000-000000000118"],
          "citedInId": "018f7f5a-0000-7000-8000-000000000111",
          "attribution": "senior US officials told Reuters",
          "interest": "unknown",
          "quote": null,
          "locator": "paragraph 7",
          "url": null,
          "archiveUrl": null,
          "publishedAt": "2024",
          "accessedAt": null,
          "credibility": 3,
          "note": null,
          "createdAt": "{{At}}",
          "createdBy": "local",
          "updatedAt": "{{At}}",
          "updatedBy": "local",
          "externalIds": [],
          "tags": []
        }
        """;

    private const string NewReview =
        """
        {
          "claimId": "018f7f5a-0000-7000-8000-000000000248",
          "publisherId": "018f7f5a-0000-7000-8000-000000000167",
          "url": "https://institute.example/checks/cars",
          "title": "Half a million cars: the registrations agree",
          "reviewedAt": "2024-06-12",
          "textualRating": "Correct",
          "verdict": "true"
        }
        """;

    private const string WholeReview =
        """
        {
          "claimId": "018f7f5a-0000-7000-8000-000000000203",
          "publisherId": "018f7f5a-0000-7000-8000-000000000167",
          "url": "https://institute.example/checks/weapons-of-any-kind",
          "title": "Rifles are weapons: what the customs entries say",
          "reviewedAt": "2024-06-03",
          "language": "en",
          "textualRating": "Mostly false",
          "ratingValue": 2,
          "bestRating": 5,
          "worstRating": 1,
          "ratingExplanation": "Rifles were entered at the customs; of artillery and missiles nothing was found.",
          "verdict": "mostly-false",
          "tags": ["exercise"]
        }
        """;

    private const string ReviewPatch =
        """
        {
          "textualRating": "False",
          "ratingValue": 1,
          "verdict": "false"
        }
        """;

    private const string Review =
        $$"""
        {
          "id": "018f7f5a-0000-7000-8000-000000000801",
          "version": 1,
          "claimId": "018f7f5a-0000-7000-8000-000000000203",
          "publisherId": "018f7f5a-0000-7000-8000-000000000167",
          "url": "https://institute.example/checks/weapons-of-any-kind",
          "title": "Rifles are weapons: what the customs entries say",
          "reviewedAt": "2024-06-03",
          "language": "en",
          "textualRating": "Mostly false",
          "ratingValue": 2,
          "bestRating": 5,
          "worstRating": 1,
          "ratingExplanation": "Rifles were entered at the customs; of artillery and missiles nothing was found.",
          "verdict": "mostly-false",
          "createdAt": "{{At}}",
          "createdBy": "local",
          "updatedAt": "{{At}}",
          "updatedBy": "local",
          "externalIds": [],
          "tags": ["exercise"]
        }
        """;

    private const string NewDerivation =
        """
        {
          "fromId": "018f7f5a-0000-7000-8000-000000000111",
          "toId": "018f7f5a-0000-7000-8000-000000000113",
          "relation": "cites",
          "tags": ["figures"]
        }
        """;

    private const string WholeDerivation =
        """
        {
          "fromId": "018f7f5a-0000-7000-8000-000000000111",
          "toId": "018f7f5a-0000-7000-8000-000000000114",
          "relation": "cites",
          "note": "It names Reuters in paragraphs 6 and 7, without title or link."
        }
        """;

    private const string DerivationPatch =
        """
        {
          "relation": "quotes",
          "note": null
        }
        """;

    private const string Derivation =
        $$"""
        {
          "id": "018f7f5a-0000-7000-8000-000000000501",
          "version": 1,
          "fromId": "018f7f5a-0000-7000-8000-000000000111",
          "toId": "018f7f5a-0000-7000-8000-000000000114",
          "relation": "cites",
          "basis": "declared",
          "note": "It names Reuters in paragraphs 6 and 7, without title or link.",
          "createdAt": "{{At}}",
          "createdBy": "local",
          "updatedAt": "{{At}}",
          "updatedBy": "local",
          "externalIds": [],
          "tags": []
        }
        """;

    /// <summary>To claim 255: microelectronics reach Russia from China in great quantity.</summary>
    private const string NewClaimRelation =
        """
        {
          "fromId": "018f7f5a-0000-7000-8000-000000000201",
          "toId": "018f7f5a-0000-7000-8000-000000000255",
          "kind": "refines",
          "note": "It puts a figure to the quantity, for one year."
        }
        """;

    private const string WholeClaimRelation =
        """
        {
          "fromId": "018f7f5a-0000-7000-8000-000000000203",
          "toId": "018f7f5a-0000-7000-8000-000000000227",
          "kind": "contradicts",
          "scopeDifference": "definition",
          "note": "The denial speaks of weapons, the accusation of goods that mostly have civilian uses as well."
        }
        """;

    private const string ClaimRelationPatch =
        """
        {
          "scopeDifference": "metric",
          "tags": ["to be checked"]
        }
        """;

    private const string ClaimRelation =
        $$"""
        {
          "id": "018f7f5a-0000-7000-8000-000000000601",
          "version": 1,
          "fromId": "018f7f5a-0000-7000-8000-000000000203",
          "toId": "018f7f5a-0000-7000-8000-000000000227",
          "kind": "contradicts",
          "scopeDifference": "definition",
          "note": "The denial speaks of weapons, the accusation of goods that mostly have civilian uses as well.",
          "createdAt": "{{At}}",
          "createdBy": "local",
          "updatedAt": "{{At}}",
          "updatedBy": "local",
          "externalIds": [],
          "tags": []
        }
        """;

    /// <summary>To <c>q="no limits"</c> with <c>include=total</c>.</summary>
    private const string Found =
        $$"""
        {
          "items": [
            {
              "type": "claim",
              "id": "018f7f5a-0000-7000-8000-000000000215",
              "score": 4.8754544,
              "approximate": false,
              "highlights": { "text": ["In early 2022, shortly before the attack on Ukraine, Russia and China hailed a partnership that was said to know no <mark>limits</mark>."] },
              "resource": {
                "id": "018f7f5a-0000-7000-8000-000000000215",
                "version": 1,
                "text": "In early 2022, shortly before the attack on Ukraine, Russia and China hailed a partnership that was said to know no limits.",
                "context": "Who chose the word is not said.",
                "language": "en",
                "kind": "factual",
                "status": "open",
                "claimantId": "018f7f5a-0000-7000-8000-000000000101",
                "claimedAt": "2024-05",
                "eventFrom": "2022-02",
                "eventTo": "2022-02",
                "place": null,
                "firstAppearanceUrl": null,
                "appearanceUrls": [],
                "quantities": [],
                "plausible": null,
                "corroborationCounts": { "supports": 1, "contradicts": 0, "reports": 0, "denies": 0, "mentions": 0 },
                "assessment": { "credibility": 6, "min": 0, "max": 1, "circular": false, "stale": false },
                "createdAt": "{{At}}",
                "createdBy": "local",
                "updatedAt": "{{At}}",
                "updatedBy": "local",
                "externalIds": [],
                "tags": ["diplomacy"]
              }
            }
          ],
          "nextCursor": null,
          "total": { "value": 1, "relation": "eq" },
          "facets": {
            "type": [{ "value": "claim", "count": 1 }],
            "kind": [{ "value": "factual", "count": 1 }],
            "status": [{ "value": "open", "count": 1 }],
            "language": [{ "value": "en", "count": 1 }],
            "tag": [{ "value": "diplomacy", "count": 1 }],
            "claimant": [{ "value": "018f7f5a-0000-7000-8000-000000000101", "label": "MENA Research Center", "count": 1 }],
            "source": [{ "value": "018f7f5a-0000-7000-8000-000000000111", "label": "Analysis of Putin's visit to China, May 2024 (MENA Research Center)", "count": 1 }],
            "stance": [{ "value": "supports", "count": 1 }],
            "year": [{ "value": "2024", "count": 1 }]
          },
          "notes": []
        }
        """;

    private const string Post =
        """
        {
          "text": "62% of #microelectronics Russia imported in 2023 came from #China, says @Reuters https://example.org/x",
          "limit": 1
        }
        """;

    private const string Explained =
        """
        {
          "words": [
            { "word": "imported", "lexeme": "import", "weight": 0.1356, "inText": true, "inContext": false },
            { "word": "microelectronics", "lexeme": "microelectron", "weight": 0.1227, "inText": true, "inContext": false },
            { "word": "came", "lexeme": "came", "weight": 0.1227, "inText": true, "inContext": false },
            { "word": "says", "lexeme": "say", "weight": 0.0989, "inText": false, "inContext": true },
            { "word": "2023", "lexeme": "2023", "weight": 0.0769, "inText": true, "inContext": false },
            { "word": "China", "lexeme": "china", "weight": 0.0267, "inText": true, "inContext": true },
            { "word": "Russia", "lexeme": "russia", "weight": 0.0216, "inText": true, "inContext": false }
          ],
          "figures": { "agree": ["2023"], "differ": [{ "text": "62%", "claim": "90%" }], "onlyInText": ["62%"], "onlyInClaim": ["90%"] },
          "names": { "agree": ["Russia", "China"], "onlyInText": ["Reuters"], "onlyInClaim": [] },
          "negation": { "differs": false, "inText": [], "inClaim": [] }
        }
        """;

    /// <summary>To <c>limit=4</c>.</summary>
    private const string Timeline =
        """
        {
          "items": [
            {
              "kind": "event-begins",
              "at": "2023",
              "from": "2023-01-01T00:00:00Z",
              "to": "2023-12-31T23:59:59.999999Z",
              "precision": "year",
              "orderCertain": false,
              "dateOf": "own"
            },
            {
              "kind": "event-ends",
              "at": "2023",
              "from": "2023-01-01T00:00:00Z",
              "to": "2023-12-31T23:59:59.999999Z",
              "precision": "year",
              "orderCertain": false,
              "dateOf": "own"
            },
            {
              "kind": "claimed",
              "at": "2024",
              "from": "2024-01-01T00:00:00Z",
              "to": "2024-12-31T23:59:59.999999Z",
              "precision": "year",
              "orderCertain": false,
              "dateOf": "own",
              "source": {"id": "018f7f5a-0000-7000-8000-000000000118", "kind": "anonymous", "name": "senior US officials"}
            },
            {
              "kind": "reported",
              "at": "2024",
              "from": "2024-01-01T00:00:00Z",
              "to": "2024-12-31T23:59:59.999999Z",
              "precision": "year",
              "orderCertain": false,
              "dateOf": "own",
              "source": {
                "id": "018f7f5a-0000-7000-8000-000000000114",
                "kind": "document",
                "name": "Report on a briefing by senior US officials about Chinese help for Russia, 2024 (Reuters)"
              },
              "link": {
                "corroborationId": "018f7f5a-0000-7000-8000-000000000302",
                "attributedTo": [{"id": "018f7f5a-0000-7000-8000-000000000118", "kind": "anonymous", "name": "senior US officials"}],
                "citedIn": {
                  "id": "018f7f5a-0000-7000-8000-000000000111",
                  "kind": "document",
                  "name": "Analysis of Putin's visit to China, May 2024 (MENA Research Center)"
                },
                "quote": null
              }
            }
          ],
          "nextCursor": "UJjP-J3qLBoI3Sn3PDE_9gjcClyZAMAACN0p9zwxP_YCWn-PAQAAAHCAAAAAAAADAg"
        }
        """;

    private const string ContradictionList =
        """
        {
          "items": [
            {
              "reason": "declared",
              "explanation": "A relation declares that the two contradict each other, but they mean different things by a word.",
              "relation": {
                "id": "018f7f5a-0000-7000-8000-000000000601",
                "scopeDifference": "definition",
                "note": "The denial speaks of weapons, the accusation of goods that mostly have civilian uses as well."
              },
              "claims": [
                {
                  "id": "018f7f5a-0000-7000-8000-000000000203",
                  "text": "China supplies Russia with no weapons of any kind.",
                  "corroborationCounts": {"supports": 1, "contradicts": 1, "reports": 1, "denies": 0, "mentions": 1},
                  "assessment": {"credibility": 5, "min": 0, "max": 0, "circular": false, "stale": false},
                  "quantityIndex": null,
                  "quantity": null
                },
                {
                  "id": "018f7f5a-0000-7000-8000-000000000227",
                  "text": "China is helping Putin to build up his army again.",
                  "corroborationCounts": {"supports": 1, "contradicts": 0, "reports": 1, "denies": 2, "mentions": 0},
                  "assessment": {"credibility": 3, "min": 1, "max": 1, "circular": false, "stale": false},
                  "quantityIndex": null,
                  "quantity": null
                }
              ]
            }
          ],
          "nextCursor": null
        }
        """;

    /// <summary>Three accounts that report a claim in a circle.</summary>
    private const string Cycles =
        """
        {
          "items": [
            {
              "members": ["018f7f5a-0000-7000-8000-000000000171", "018f7f5a-0000-7000-8000-000000000172", "018f7f5a-0000-7000-8000-000000000173"],
              "memberCount": 3,
              "path": [
                {"id": "018f7f5a-0000-7000-8000-000000000171", "kind": "account", "name": "First account"},
                {"id": "018f7f5a-0000-7000-8000-000000000172", "kind": "account", "name": "Second account"},
                {"id": "018f7f5a-0000-7000-8000-000000000173", "kind": "account", "name": "Third account"}
              ],
              "pathLength": 3,
              "hasDerivation": false,
              "claimIds": ["018f7f5a-0000-7000-8000-000000000269"],
              "claimCount": 1,
              "claimCountExact": true
            }
          ],
          "nextCursor": null
        }
        """;

    private const string SourceLineage =
        """
        {
          "nodes": [
            {
              "id": "018f7f5a-0000-7000-8000-000000000114",
              "kind": "document",
              "name": "Report on a briefing by senior US officials about Chinese help for Russia, 2024 (Reuters)",
              "distance": 0
            },
            {"id": "018f7f5a-0000-7000-8000-000000000118", "kind": "anonymous", "name": "senior US officials", "distance": 1}
          ],
          "edges": [
            {
              "from": "018f7f5a-0000-7000-8000-000000000114",
              "to": "018f7f5a-0000-7000-8000-000000000118",
              "via": "attribution",
              "claimCount": 17,
              "claimIds": [
                "018f7f5a-0000-7000-8000-000000000201",
                "018f7f5a-0000-7000-8000-000000000204",
                "018f7f5a-0000-7000-8000-000000000253",
                "018f7f5a-0000-7000-8000-000000000254",
                "018f7f5a-0000-7000-8000-000000000255",
                "018f7f5a-0000-7000-8000-000000000256",
                "018f7f5a-0000-7000-8000-000000000257",
                "018f7f5a-0000-7000-8000-000000000258",
                "018f7f5a-0000-7000-8000-000000000259",
                "018f7f5a-0000-7000-8000-000000000260",
                "018f7f5a-0000-7000-8000-000000000261",
                "018f7f5a-0000-7000-8000-000000000262",
                "018f7f5a-0000-7000-8000-000000000263",
                "018f7f5a-0000-7000-8000-000000000264",
                "018f7f5a-0000-7000-8000-000000000265",
                "018f7f5a-0000-7000-8000-000000000266",
                "018f7f5a-0000-7000-8000-000000000267"
              ]
            }
          ],
          "truncated": false
        }
        """;

    /// <summary>The sample that the examples of a resource are about.</summary>
    public static string? IdOf(string resource) => resource switch
    {
        "Source" => "018f7f5a-0000-7000-8000-000000000114",
        "Claim" or "Assessment" => "018f7f5a-0000-7000-8000-000000000201",
        "Corroboration" => "018f7f5a-0000-7000-8000-000000000302",
        "Derivation" => "018f7f5a-0000-7000-8000-000000000501",
        "Claim relation" => "018f7f5a-0000-7000-8000-000000000601",
        "Review" => "018f7f5a-0000-7000-8000-000000000801",
        "Job" => ImportExamples.JobId,
        _ => null,
    };

    /// <summary>What the operation is sent, in a body of this type.</summary>
    public static JsonNode? Request(string operation, string type) => operation switch
    {
        "createSource" => Parse(NewSource),
        "putSource" => Parse(WholeSource),
        "patchSource" => Parse(SourcePatch),
        "createClaim" => Parse(NewClaim),
        "putClaim" => Parse(WholeClaim),
        "patchClaim" => Parse(ClaimPatch),
        "matchClaims" => Parse(Post),
        "importFile" => ImportExamples.File(type),
        "createCorroboration" => Parse(NewCorroboration),
        "putCorroboration" => Parse(WholeCorroboration),
        "patchCorroboration" => Parse(CorroborationPatch),
        "createDerivation" => Parse(NewDerivation),
        "putDerivation" => Parse(WholeDerivation),
        "patchDerivation" => Parse(DerivationPatch),
        "createClaimRelation" => Parse(NewClaimRelation),
        "putClaimRelation" => Parse(WholeClaimRelation),
        "patchClaimRelation" => Parse(ClaimRelationPatch),
        "createReview" => Parse(NewReview),
        "putReview" => Parse(WholeReview),
        "patchReview" => Parse(ReviewPatch),
        "putAssessmentOverride" => Parse(Grade),
        _ => null,
    };

    /// <summary>What the operation answers: for one that writes, to the request that is its example.</summary>
    public static JsonNode? Answer(string operation, string status) => operation switch
    {
        "listSources" => PageOf(Source),
        "suggestSources" => Parse(Suggestions),
        "listClaims" => PageOf(Claim),
        "search" => Parse(Found),
        "getClaimTimeline" => Parse(Timeline),
        "listContradictions" => Parse(ContradictionList),
        "listLineageCycles" => Parse(Cycles),
        "getSourceLineage" => Parse(SourceLineage),
        "importFile" when status == "202" => ImportExamples.Queued,
        "importFile" => ImportExamples.Report,
        "getJob" => ImportExamples.Job,
        "listJobs" => new JsonObject { ["items"] = new JsonArray(ImportExamples.Job), ["nextCursor"] = null },
        "searchFactChecks" => status == "200" ? FactCheckExamples.Found : FactCheckExamples.Failure(status),
        "matchClaims" or "similarClaims" => new()
        {
            ["items"] = new JsonArray(new JsonObject { ["score"] = 0.4803, ["claim"] = Parse(Claim), ["explanation"] = Parse(Explained) }),
        },
        "listCorroborations" => PageOf(Corroboration),
        "listDerivations" => PageOf(Derivation),
        "listClaimRelations" => PageOf(ClaimRelation),
        "listReviews" => PageOf(Review),
        "createSource" => Stored(Source, NewSource, "018f7f5a-2c40-7d31-9a52-6f0c1b7e4d01"),
        "createClaim" => Stored(Claim, NewClaim, "018f7f5a-2c40-7d31-9a52-6f0c1b7e4d02"),
        "createCorroboration" => Stored(Corroboration, NewCorroboration, "018f7f5a-2c40-7d31-9a52-6f0c1b7e4d03"),
        "createDerivation" => Stored(Derivation, NewDerivation, "018f7f5a-2c40-7d31-9a52-6f0c1b7e4d04"),
        "createClaimRelation" => Stored(ClaimRelation, NewClaimRelation, "018f7f5a-2c40-7d31-9a52-6f0c1b7e4d05"),
        "createReview" => Stored(Review, NewReview, "018f7f5a-2c40-7d31-9a52-6f0c1b7e4d06"),
        "patchSource" => Merged(Source, SourcePatch),
        "patchClaim" => Merged(Claim, ClaimPatch),
        "patchCorroboration" => Merged(Corroboration, CorroborationPatch),
        "patchDerivation" => Merged(Derivation, DerivationPatch),
        "patchClaimRelation" => Merged(ClaimRelation, ClaimRelationPatch),
        "patchReview" => Merged(Review, ReviewPatch),
        "putAssessmentOverride" => Granted(),
        _ when status is "204" or "304" => null,
        "getAssessment" => Parse(Assessed),
        "getClaimGraph" => Parse(GraphExamples.Json),
        "getSource" or "putSource" or "restoreSource" => Parse(Source),
        "getClaim" or "putClaim" or "restoreClaim" => Parse(Claim),
        "getCorroboration" or "putCorroboration" or "restoreCorroboration" => Parse(Corroboration),
        "getDerivation" or "putDerivation" or "restoreDerivation" => Parse(Derivation),
        "getClaimRelation" or "putClaimRelation" or "restoreClaimRelation" => Parse(ClaimRelation),
        "getReview" or "putReview" or "restoreReview" => Parse(Review),
        _ => null,
    };

    /// <summary>What the operation answers in a form that is not JSON: cut short, for it is long.</summary>
    public static JsonNode? Text(string operation, string type) => (operation, type) switch
    {
        ("getClaimGraph", "text/vnd.mermaid") => GraphExamples.Mermaid,
        ("getClaimGraph", "text/vnd.graphviz") => GraphExamples.Dot,
        ("getClaimGraph", "image/svg+xml") => GraphExamples.Svg,
        ("getJobEvents", _) => ImportExamples.Events,
        ("getJobFaults", _) => ImportExamples.Faults,
        ("exportFile", "application/ld+json") => FormExamples.AnnotationPage,
        ("exportFile", "application/vnd.citationstyles.csl+json") => new JsonArray(FormExamples.CslItem),
        ("getReview", _) => Parse(ImportExamples.ReviewOut),
        ("getCorroboration", _) => FormExamples.Annotation,
        ("getSource", _) => FormExamples.CslItem,
        ("exportFile", _) => ImportExamples.Exported(type),
        _ => null,
    };

    /// <summary>What a failure looks like, for each of its usual causes.</summary>
    public static IEnumerable<(string Name, string Summary, JsonObject Body)> Problems(string status) => status switch
    {
        "400" =>
        [
            ("rules", "Rules are broken: all of them are named", Problem(
                "#section-15.5.1", "Bad Request", 400, "The request breaks the rules listed in errors.", "claims", new()
                {
                    ["errors"] = new JsonObject
                    {
                        ["text"] = new JsonArray("It is required, and not of white space only."),
                        ["quantities[0].unit"] = new JsonArray("It is required, and not of white space only."),
                        ["claimantId"] = new JsonArray("There is no source 018f7f5a-0000-7000-8000-000000000999, or it is deleted."),
                    },
                })),
            ("unknownProperty", "The body has a property that the resource has not", Problem(
                "#section-15.5.1", "Bad Request", 400, "The request breaks the rules listed in errors.", "claims", new()
                {
                    ["errors"] = new JsonObject { ["txt"] = new JsonArray("There is no such property here.") },
                })),
            ("unknownParameter", "The address has a query parameter that the operation has not", Problem(
                "#section-15.5.1", "Bad Request", 400, "The request breaks the rules listed in errors.", $"claims/{IdOf("Claim")}", new()
                {
                    ["errors"] = new JsonObject { ["includes"] = new JsonArray("There is no such query parameter; there are include.") },
                })),
        ],
        "404" => [("notFound", "It is not there", Problem(
            "#section-15.5.5", "Not Found", 404, "There is no such resource, or it is deleted.", "claims/018f7f5a-0000-7000-8000-000000000999"))],
        "403" => [("origin", "A page of another site tries to write", Problem(
            "#section-15.5.4", "Forbidden", 403, "A page of this origin may not write here; Access:Origins adds origins.", "claims"))],
        "406" => [("noGraphviz", "A picture is asked for, and the server cannot draw", Problem(
            "#section-15.5.7", "Not Acceptable", 406, Graphviz.Missing, $"claims/{IdOf("Claim")}/graph"))],
        "409" =>
        [
            ("duplicate", "The source has such a link to the claim already", Problem(
                "#section-15.5.10", "Conflict", 409, "This source has a link of this stance to this claim already, with the same quote or with none.", "corroborations", new()
                {
                    ["conflictsWith"] = new JsonArray(new JsonObject { ["type"] = "corroboration", ["id"] = IdOf("Corroboration") }),
                })),
            ("referenced", "What is to be deleted is referred to", Problem(
                "#section-15.5.10", "Conflict", 409, "It is still referenced; delete or change what refers to it first.", "sources/018f7f5a-0000-7000-8000-000000000116", new()
                {
                    ["conflictsWith"] = new JsonArray(new JsonObject { ["type"] = "corroboration", ["id"] = "018f7f5a-0000-7000-8000-000000000466" }),
                })),
        ],
        "412" => [("stale", "The resource has changed since", Problem(
            "#section-15.5.13", "Precondition Failed", 412, "The current version is 2, not the one in If-Match.", $"claims/{IdOf("Claim")}"))],
        "413" => [("tooLong", "The body is too long", Problem(
            "#section-15.5.14", "Payload Too Large", 413, "The body is longer than 1048576 bytes.", "claims"))],
        "415" => [("notJson", "The body is not JSON", Problem(
            "#section-15.5.16",
            "Unsupported Media Type",
            415,
            "The body must be JSON, in UTF-8, with Content-Type application/json (or application/merge-patch+json for PATCH).",
            "claims"))],
        "422" => [("tooLarge", "The lineage is too large", Problem(
            "#section-15.5.21", "Unprocessable Content", 422, "The claim's lineage has more than 50,000 sources: it is not assessed.", $"claims/{IdOf("Claim")}/assessment")),
            ("keyReused", "An Idempotency-Key was used for something else", Problem(
            "#section-15.5.21", "Unprocessable Content", 422, "This Idempotency-Key was used for another request: its path or its body was not this one.", "claims"))],
        "500" => [("fault", "A fault of the server", Problem(
            "#section-15.6.1", "Internal Server Error", 500, "Something failed here, not in your request; the log knows it by traceId.", "claims"))],
        _ => [("databaseAway", "The database is away", Problem(
            "#section-15.6.4", "Service Unavailable", 503, "The database is away; try again shortly.", "claims"))],
    };

    private static JsonObject Problem(string section, string title, int status, string detail, string path, JsonObject? more = null)
    {
        var problem = new JsonObject
        {
            ["type"] = "https://www.rfc-editor.org/rfc/rfc9110" + section,
            ["title"] = title,
            ["status"] = status,
            ["detail"] = detail,
            ["instance"] = "/api/v1/" + path,
            ["traceId"] = Trace,
        };
        foreach (var (name, value) in more ?? [])
        {
            problem[name] = value!.DeepClone();
        }

        return problem;
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static JsonObject PageOf(string item) => new()
    {
        ["items"] = new JsonArray(Parse(item)),
        ["nextCursor"] = Cursor,
        ["total"] = new JsonObject { ["value"] = 12, ["relation"] = "eq" },
    };

    /// <summary>The answer to a body that was stored under a new id: what the body leaves out is at its default.</summary>
    private static JsonObject Stored(string like, string body, string id)
    {
        var sent = Parse(body);
        var answer = Parse(like);
        foreach (var name in answer.Select(m => m.Key).ToList())
        {
            answer[name] = name switch
            {
                "id" => id,
                "version" => 1,
                _ when sent[name] is { } given => given.DeepClone(),
                "createdAt" or "createdBy" or "updatedAt" or "updatedBy" => answer[name]!.DeepClone(),
                "language" when answer["text"] is not null => "en",
                "status" => "open",
                "interest" => "unknown",
                "basis" => "declared",
                "scopeDifference" => "none",
                "corroborationCounts" => new JsonObject { ["supports"] = 0, ["contradicts"] = 0, ["reports"] = 0, ["denies"] = 0, ["mentions"] = 0 },
                "assessment" => new JsonObject { ["credibility"] = 6, ["min"] = 0, ["max"] = 0, ["circular"] = false, ["stale"] = false },
                _ when answer[name] is JsonArray => new JsonArray(),
                _ => null,
            };
        }

        if (answer["quantities"] is JsonArray quantities)
        {
            for (var i = 0; i < quantities.Count; i++)
            {
                var sentQuantity = quantities[i]!;
                var quantity = Parse(Claim)["quantities"]![0]!.DeepClone().AsObject();
                foreach (var name in quantity.Select(m => m.Key).ToList())
                {
                    quantity[name] = sentQuantity[name]?.DeepClone();
                }

                quantities[i] = quantity;
            }
        }

        return answer;
    }

    private static JsonObject Granted()
    {
        var answer = Parse(Graded);
        answer["reason"] = Parse(Grade)["reason"]!.DeepClone();
        return answer;
    }

    private static JsonObject Merged(string stored, string patch)
    {
        var answer = Parse(stored);
        answer["version"] = 2;
        answer["updatedAt"] = "2024-05-21T14:30:12.654321Z";
        foreach (var (name, value) in Parse(patch))
        {
            answer[name] = value?.DeepClone();
        }

        return answer;
    }
}
