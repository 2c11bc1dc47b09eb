namespace Stemma.Api.Hosting.OpenApi;

/// <summary>The graph of the sample claim in its four forms: whole as JSON, cut short in the others.</summary>
internal static class GraphExamples
{
    public const string Json =
        """
        {
          "nodes": [
            {"data": {"id": "018f7f5a-0000-7000-8000-000000000201", "label": "Of the microelectronics that Russia imported in 2023, 90% came from China.", "kind": "claim", "credibility": 3, "derivedCredibility": 3, "rule": "single", "for": {"linkCount": 10, "min": 1, "max": 1}, "against": {"linkCount": 0, "min": 0, "max": 0}}},
            {"data": {"id": "018f7f5a-0000-7000-8000-000000000111", "label": "Analysis of Putin's visit to China, May 2024 (MENA Research Center)", "kind": "source", "side": "for", "sourceKind": "document", "role": "relay", "isParty": false, "isWitness": true, "inCycle": false}},
            {"data": {"id": "018f7f5a-0000-7000-8000-000000000114", "label": "Report on a briefing by senior US officials about Chinese help for Russia, 2024 (Reuters)", "kind": "source", "side": "for", "sourceKind": "document", "role": "relay", "isParty": false, "isWitness": false, "inCycle": false}},
            {"data": {"id": "018f7f5a-0000-7000-8000-000000000118", "label": "senior US officials", "kind": "source", "side": "for", "sourceKind": "anonymous", "role": "origin", "isParty": false, "isWitness": false, "inCycle": false}},
            {"data": {"id": "018f7f5a-0000-7000-8000-000000000151", "label": "A broadcaster's report on the briefing", "kind": "source", "side": "for", "sourceKind": "document", "role": "relay", "isParty": false, "isWitness": false, "inCycle": false}},
            {"data": {"id": "018f7f5a-0000-7000-8000-000000000152", "label": "A daily's report on the briefing", "kind": "source", "side": "for", "sourceKind": "document", "role": "relay", "isParty": false, "isWitness": false, "inCycle": false}},
            {"data": {"id": "018f7f5a-0000-7000-8000-000000000153", "label": "A regional paper's reprint", "kind": "source", "side": "for", "sourceKind": "document", "role": "relay", "isParty": false, "isWitness": false, "inCycle": false}},
            {"data": {"id": "018f7f5a-0000-7000-8000-000000000154", "label": "A news site's translation", "kind": "source", "side": "for", "sourceKind": "document", "role": "relay", "isParty": false, "isWitness": false, "inCycle": false}},
            {"data": {"id": "018f7f5a-0000-7000-8000-000000000155", "label": "A blog's post", "kind": "source", "side": "for", "sourceKind": "document", "role": "relay", "isParty": false, "isWitness": false, "inCycle": false}},
            {"data": {"id": "018f7f5a-0000-7000-8000-000000000156", "label": "An account with many followers", "kind": "source", "side": "for", "sourceKind": "account", "role": "relay", "isParty": false, "isWitness": false, "inCycle": false}},
            {"data": {"id": "018f7f5a-0000-7000-8000-000000000157", "label": "A think tank's brief", "kind": "source", "side": "for", "sourceKind": "document", "role": "relay", "isParty": false, "isWitness": false, "inCycle": false}}
          ],
          "edges": [
            {"data": {"id": "link:for:018f7f5a-0000-7000-8000-000000000301", "source": "018f7f5a-0000-7000-8000-000000000111", "target": "018f7f5a-0000-7000-8000-000000000201", "label": "reports", "type": "link", "side": "for", "inCycle": false, "stance": "reports", "directness": "relayed", "corroborationId": "018f7f5a-0000-7000-8000-000000000301", "bearing": "claim"}},
            {"data": {"id": "link:for:018f7f5a-0000-7000-8000-000000000302", "source": "018f7f5a-0000-7000-8000-000000000114", "target": "018f7f5a-0000-7000-8000-000000000201", "label": "reports", "type": "link", "side": "for", "inCycle": false, "stance": "reports", "directness": "relayed", "corroborationId": "018f7f5a-0000-7000-8000-000000000302", "bearing": "claim"}},
            {"data": {"id": "link:for:018f7f5a-0000-7000-8000-000000000303", "source": "018f7f5a-0000-7000-8000-000000000118", "target": "018f7f5a-0000-7000-8000-000000000201", "label": "supports", "type": "link", "side": "for", "inCycle": false, "stance": "supports", "directness": "unknown", "corroborationId": "018f7f5a-0000-7000-8000-000000000303", "bearing": "claim"}},
            {"data": {"id": "link:for:018f7f5a-0000-7000-8000-000000000701", "source": "018f7f5a-0000-7000-8000-000000000151", "target": "018f7f5a-0000-7000-8000-000000000201", "label": "reports", "type": "link", "side": "for", "inCycle": false, "stance": "reports", "directness": "relayed", "corroborationId": "018f7f5a-0000-7000-8000-000000000701", "bearing": "claim"}},
            {"data": {"id": "link:for:018f7f5a-0000-7000-8000-000000000702", "source": "018f7f5a-0000-7000-8000-000000000152", "target": "018f7f5a-0000-7000-8000-000000000201", "label": "reports", "type": "link", "side": "for", "inCycle": false, "stance": "reports", "directness": "relayed", "corroborationId": "018f7f5a-0000-7000-8000-000000000702", "bearing": "claim"}},
            {"data": {"id": "link:for:018f7f5a-0000-7000-8000-000000000703", "source": "018f7f5a-0000-7000-8000-000000000153", "target": "018f7f5a-0000-7000-8000-000000000201", "label": "reports", "type": "link", "side": "for", "inCycle": false, "stance": "reports", "directness": "relayed", "corroborationId": "018f7f5a-0000-7000-8000-000000000703", "bearing": "claim"}},
            {"data": {"id": "link:for:018f7f5a-0000-7000-8000-000000000704", "source": "018f7f5a-0000-7000-8000-000000000154", "target": "018f7f5a-0000-7000-8000-000000000201", "label": "reports", "type": "link", "side": "for", "inCycle": false, "stance": "reports", "directness": "relayed", "corroborationId": "018f7f5a-0000-7000-8000-000000000704", "bearing": "claim"}},
            {"data": {"id": "link:for:018f7f5a-0000-7000-8000-000000000705", "source": "018f7f5a-0000-7000-8000-000000000155", "target": "018f7f5a-0000-7000-8000-000000000201", "label": "reports", "type": "link", "side": "for", "inCycle": false, "stance": "reports", "directness": "relayed", "corroborationId": "018f7f5a-0000-7000-8000-000000000705", "bearing": "claim"}},
            {"data": {"id": "link:for:018f7f5a-0000-7000-8000-000000000706", "source": "018f7f5a-0000-7000-8000-000000000156", "target": "018f7f5a-0000-7000-8000-000000000201", "label": "reports", "type": "link", "side": "for", "inCycle": false, "stance": "reports", "directness": "relayed", "corroborationId": "018f7f5a-0000-7000-8000-000000000706", "bearing": "claim"}},
            {"data": {"id": "link:for:018f7f5a-0000-7000-8000-000000000707", "source": "018f7f5a-0000-7000-8000-000000000157", "target": "018f7f5a-0000-7000-8000-000000000201", "label": "reports", "type": "link", "side": "for", "inCycle": false, "stance": "reports", "directness": "relayed", "corroborationId": "018f7f5a-0000-7000-8000-000000000707", "bearing": "claim"}},
            {"data": {"id": "attributed-to:018f7f5a-0000-7000-8000-000000000111:018f7f5a-0000-7000-8000-000000000114", "source": "018f7f5a-0000-7000-8000-000000000111", "target": "018f7f5a-0000-7000-8000-000000000114", "label": "attributed to", "type": "attribution", "side": "for", "inCycle": false, "corroborationIds": ["018f7f5a-0000-7000-8000-000000000301"]}},
            {"data": {"id": "cites:018f7f5a-0000-7000-8000-000000000111:018f7f5a-0000-7000-8000-000000000114", "source": "018f7f5a-0000-7000-8000-000000000111", "target": "018f7f5a-0000-7000-8000-000000000114", "label": "cites", "type": "derivation", "side": "for", "inCycle": false, "relation": "cites"}},
            {"data": {"id": "cited-in:018f7f5a-0000-7000-8000-000000000114:018f7f5a-0000-7000-8000-000000000111", "source": "018f7f5a-0000-7000-8000-000000000114", "target": "018f7f5a-0000-7000-8000-000000000111", "label": "as cited in", "type": "citation", "side": "for", "inCycle": false, "corroborationIds": ["018f7f5a-0000-7000-8000-000000000302"]}},
            {"data": {"id": "attributed-to:018f7f5a-0000-7000-8000-000000000114:018f7f5a-0000-7000-8000-000000000118", "source": "018f7f5a-0000-7000-8000-000000000114", "target": "018f7f5a-0000-7000-8000-000000000118", "label": "attributed to", "type": "attribution", "side": "for", "inCycle": false, "corroborationIds": ["018f7f5a-0000-7000-8000-000000000302"]}},
            {"data": {"id": "cited-in:018f7f5a-0000-7000-8000-000000000118:018f7f5a-0000-7000-8000-000000000111", "source": "018f7f5a-0000-7000-8000-000000000118", "target": "018f7f5a-0000-7000-8000-000000000111", "label": "as cited in", "type": "citation", "side": "for", "inCycle": false, "corroborationIds": ["018f7f5a-0000-7000-8000-000000000303"]}},
            {"data": {"id": "attributed-to:018f7f5a-0000-7000-8000-000000000151:018f7f5a-0000-7000-8000-000000000118", "source": "018f7f5a-0000-7000-8000-000000000151", "target": "018f7f5a-0000-7000-8000-000000000118", "label": "attributed to", "type": "attribution", "side": "for", "inCycle": false, "corroborationIds": ["018f7f5a-0000-7000-8000-000000000701"]}},
            {"data": {"id": "attributed-to:018f7f5a-0000-7000-8000-000000000152:018f7f5a-0000-7000-8000-000000000118", "source": "018f7f5a-0000-7000-8000-000000000152", "target": "018f7f5a-0000-7000-8000-000000000118", "label": "attributed to", "type": "attribution", "side": "for", "inCycle": false, "corroborationIds": ["018f7f5a-0000-7000-8000-000000000702"]}},
            {"data": {"id": "republishes:018f7f5a-0000-7000-8000-000000000153:018f7f5a-0000-7000-8000-000000000152", "source": "018f7f5a-0000-7000-8000-000000000153", "target": "018f7f5a-0000-7000-8000-000000000152", "label": "republishes", "type": "derivation", "side": "for", "inCycle": false, "relation": "republishes"}},
            {"data": {"id": "translates:018f7f5a-0000-7000-8000-000000000154:018f7f5a-0000-7000-8000-000000000153", "source": "018f7f5a-0000-7000-8000-000000000154", "target": "018f7f5a-0000-7000-8000-000000000153", "label": "translates", "type": "derivation", "side": "for", "inCycle": false, "relation": "translates"}},
            {"data": {"id": "attributed-to:018f7f5a-0000-7000-8000-000000000155:018f7f5a-0000-7000-8000-000000000154", "source": "018f7f5a-0000-7000-8000-000000000155", "target": "018f7f5a-0000-7000-8000-000000000154", "label": "attributed to", "type": "attribution", "side": "for", "inCycle": false, "corroborationIds": ["018f7f5a-0000-7000-8000-000000000705"]}},
            {"data": {"id": "attributed-to:018f7f5a-0000-7000-8000-000000000156:018f7f5a-0000-7000-8000-000000000155", "source": "018f7f5a-0000-7000-8000-000000000156", "target": "018f7f5a-0000-7000-8000-000000000155", "label": "attributed to", "type": "attribution", "side": "for", "inCycle": false, "corroborationIds": ["018f7f5a-0000-7000-8000-000000000706"]}},
            {"data": {"id": "attributed-to:018f7f5a-0000-7000-8000-000000000157:018f7f5a-0000-7000-8000-000000000114", "source": "018f7f5a-0000-7000-8000-000000000157", "target": "018f7f5a-0000-7000-8000-000000000114", "label": "attributed to", "type": "attribution", "side": "for", "inCycle": false, "corroborationIds": ["018f7f5a-0000-7000-8000-000000000707"]}}
          ]
        }
        """;

    public const string Mermaid =
        """
        flowchart TB
          claim["<b>CLAIM</b><br/>Of the microelectronics that Russia imported in 2023, 90#37; came from China."]
          s1("document<br/>Analysis of Putin#39;s visit to China")
          s2("document<br/>Report on a briefing")
          s3["<b>ORIGIN · anonymous</b><br/>senior US officials"]
          claim ---|"reports"| s1
          claim ---|"reports"| s2
          claim ===|"supports"| s3
          s1 -->|"cites"| s2
          s2 --> s3
        """;

    public const string Dot =
        """
        digraph claim {
          claim [label="CLAIM\nOf the microelectronics that Russia\nimported in 2023, 90% came from China.", shape=box];
          "018f7f5a-0000-7000-8000-000000000114" [label="document\nReport on a briefing", shape=box];
          "018f7f5a-0000-7000-8000-000000000118" [label="ORIGIN · anonymous\nsenior US officials", shape=box, style=filled];
          claim -> "018f7f5a-0000-7000-8000-000000000114" [dir=back, arrowtail=vee, label=" reports "];
          "018f7f5a-0000-7000-8000-000000000114" -> "018f7f5a-0000-7000-8000-000000000118" [arrowhead=normal];
        }
        """;

    public const string Svg =
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="260" height="120" viewBox="0 0 260 120" role="img">
          <title>Who says it, and from whom they have it</title>
          <path d="M130 42V76" stroke="#0b5394" fill="none"/>
          <polygon fill="#fff4cc" stroke="#1f2933" points="5,5 255,5 255,41 5,41"/>
          <polygon fill="#0b5394" stroke="#1f2933" stroke-width="3" points="40,77 220,77 220,113 40,113"/>
          <text x="130" y="28" text-anchor="middle" font-size="12">CLAIM 90% came from China</text>
          <text x="130" y="100" text-anchor="middle" font-size="12" fill="#ffffff">ORIGIN senior US officials</text>
        </svg>
        """;
}
