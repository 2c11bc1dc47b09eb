using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Stemma.Api.Assessments.Graphs;
using Stemma.Api.Tests.OpenApi;
using Xunit;

namespace Stemma.Api.Tests.Assessments;

/// <summary>A claim's sources and lineage as data, as diagram source and as a picture. Pictures need Graphviz on the <c>PATH</c>.</summary>
public sealed partial class GraphTests(StemmaApi api)
{
    private const string Json = "application/json";
    private const string Mermaid = "text/vnd.mermaid";
    private const string Graphviz = "text/vnd.graphviz";
    private const string Svg = "image/svg+xml";

    /// <summary>What breaks out of a string, a label, a comment or markup, where it can.</summary>
    private static readonly string[] Hostile =
    [
        "\"]; click s1 href \"javascript:alert(1)\"", "</TD></TR></TABLE>> <script>alert(1)</script>", "ends in a backslash \\", "\\N\\G\\L \\\" \\l", "&lt;b&gt; &#60; &amp; ]]> <![CDATA[ <!-- -->",
        "%%{init: {\"securityLevel\": \"loose\"}}%% %% end", "#quot; #35; ; | } { [ ] ( ) `md`", "one\r\ntwo\tthree\u2028four\u0001", "\u202eright to left\u2066 and on\u200f", "😀 👩‍🚀 e\u0301 \u0663 漢字かな交じり文がとても長いときには折り返します",
        string.Concat(Enumerable.Repeat("w", 400)), "a" + new string('\u0301', 400), "\" URL=\"https://example.org\" image=\"/etc/passwd\"",
    ];

    [Fact]
    public async Task Roles_groups_and_circles_are_told()
    {
        var claim = await api.NewClaim();
        var ministry = await api.NewSource(new() { ["kind"] = "government", ["name"] = "Ministry" });
        var (one, two) = (await Source("anonymous"), await Source("anonymous"));
        var (alpha, beta) = (await Source("outlet"), await Source("outlet"));
        var (paper, quiet, vouching, reader) = (await Source("outlet"), await Source("outlet"), await Source("outlet"), await Source("document"));
        var denial = await api.NewLink(claim, ministry, "denies");
        await api.NewLink(claim, paper, "reports", To(one, two));
        await api.NewLink(claim, alpha, "reports", To(beta));
        await api.NewLink(claim, beta, "supports", To(alpha));
        await api.NewLink(claim, quiet, "reports");
        await api.NewLink(claim, vouching, "supports", new() { ["citedInId"] = reader });

        var graph = await Graph(claim);

        var nodes = Data(graph, "nodes").ToDictionary(n => (string)n["id"]!);
        Assert.Equal("claim", (string)nodes[claim]["kind"]!);
        Assert.Equal(1, (int)nodes[claim]["for"]!["min"]!);
        Assert.Equal(5, (int)nodes[claim]["for"]!["linkCount"]!);
        Assert.Equal("origin", (string)nodes[one]["role"]!);
        Assert.Equal("relay", (string)nodes[paper]["role"]!);
        Assert.Equal("unsourced", (string)nodes[quiet]["role"]!);
        Assert.Equal("unknown-lineage", (string)nodes[vouching]["role"]!);
        Assert.Equal("witness", (string)nodes[reader]["role"]!);
        Assert.True((bool)nodes[reader]["isWitness"]!);
        Assert.True((bool)nodes[ministry]["isParty"]!);
        Assert.Equal("against", (string)nodes[ministry]["side"]!);
        Assert.True((bool)nodes[alpha]["inCycle"]!);
        Assert.False((bool)nodes[paper]["inCycle"]!);

        var group = nodes[(string)nodes[one]["parent"]!];
        Assert.Equal((string)group["id"]!, (string)nodes[two]["parent"]!);
        Assert.Equal("group", (string)group["kind"]!);
        Assert.Equal("lone", (string)group["mergedBy"]![0]!);

        var edges = Data(graph, "edges");
        var denies = edges.Single(e => (string?)e["corroborationId"] == denial);
        Assert.Equal(("denies", "link", "against"), ((string)denies["stance"]!, (string)denies["type"]!, (string)denies["side"]!));
        Assert.Equal(2, edges.Count(e => (bool)e["inCycle"]!));
        Assert.Single(edges, e => (string)e["type"]! == "citation" && (string)e["source"]! == vouching && (string)e["target"]! == reader);

        if (!HasGraphviz)
        {
            return;
        }

        var svg = XDocument.Parse(await Text(claim, Svg));
        foreach (var word in new[] { "CLAIM", "PARTY, counts nowhere", "circular", "Count as one", "? has it from unknown", "names no source", "as cited in", "1 independent origin for certain, 2 at most" })
        {
            Assert.Contains(svg.Descendants(), e => e.Name.LocalName == "text" && e.Value.Contains(word, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Derivations_wires_and_other_claims_are_told()
    {
        var (claim, contrary) = (await api.NewClaim(), await api.NewClaim());
        await api.Create(Kinds.ClaimRelations, new() { ["fromId"] = claim, ["toId"] = contrary, ["kind"] = "contradicts" });
        var (early, late, other) = (await Source("document"), await Source("document"), await Source("document"));
        await api.NewLink(claim, late, "reports");
        await api.NewLink(claim, other, "supports");
        await api.NewLink(contrary, other, "supports");
        await api.Create(Kinds.Derivations, new() { ["fromId"] = late, ["toId"] = early, ["relation"] = "republishes" });
        await api.Create(Kinds.Derivations, new() { ["fromId"] = late, ["toId"] = other, ["relation"] = "same-wire" });

        var graph = await Graph(claim);

        var edges = Data(graph, "edges");
        var republishes = edges.Single(e => (string?)e["relation"] == "republishes");
        Assert.Equal((late, early, "derivation"), ((string)republishes["source"]!, (string)republishes["target"]!, (string)republishes["type"]!));
        Assert.Equal("same-wire", (string)edges.Single(e => (string?)e["relation"] == "same-wire")["type"]!);
        var against = edges.Single(e => (string)e["side"]! == "against" && (string)e["type"]! == "link");
        Assert.Equal(("contradicting", contrary, claim), ((string)against["bearing"]!, (string)against["bearsOnId"]!, (string)against["target"]!));
        var both = Data(graph, "nodes").Single(n => (string)n["id"]! == other);
        Assert.Equal(("both", "unknown-lineage"), ((string)both["side"]!, (string)both["roleAgainst"]!));
        Assert.Contains("supports a contrary claim", await Text(claim, Mermaid), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_users_typed_stays_text()
    {
        var claim = await api.NewClaim(new() { ["text"] = string.Join(' ', Hostile[..9]) });
        string? last = null;
        foreach (var name in Hostile)
        {
            var source = await api.NewSource(new() { ["kind"] = "organization", ["name"] = name });
            await api.NewLink(claim, source, "reports", last is null ? [] : To(last));
            last = source;
        }

        var graph = await Graph(claim);
        Assert.Equal(Hostile.Order(StringComparer.Ordinal), Data(graph, "nodes").Where(n => (string)n["kind"]! == "source").Select(n => (string)n["label"]!).Order(StringComparer.Ordinal));

        // A label is letters, digits, entities, and the breaks that the writer puts there; a line is what the writer writes.
        foreach (var line in (await Text(claim, Mermaid)).TrimEnd().Split('\n').Skip(3))
        {
            Assert.Matches(MermaidLine(), line);
        }

        // Names are quoted, and in quotes nothing but escapes ends in a backslash; dot itself says whether it is DOT, by drawing it.
        var dot = await Text(claim, Graphviz);
        Assert.All(Unquoted(dot), attribute => Assert.DoesNotMatch("(?i)url|href|image|tooltip|target", attribute));

        RequireGraphviz();
        var picture = await api.Get(Path(claim), ("Accept", Svg));
        Assert.Contains("default-src 'none'", picture.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var text = await picture.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var svg = XDocument.Parse(text);
        Assert.DoesNotContain("<!", text, StringComparison.Ordinal);
        Assert.All(svg.Descendants(), e => Assert.Contains(e.Name.LocalName, new[] { "svg", "g", "title", "desc", "polygon", "polyline", "path", "ellipse", "text" }));
        Assert.All(svg.Descendants().Attributes(), a => Assert.False(a.Name.LocalName is "href" or "style" or "src" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal), a.ToString()));
        var shown = string.Concat(svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value));
        Assert.Contains("&lt;b&gt; &#60; &amp;", shown, StringComparison.Ordinal);
        Assert.Contains("\"]; click s1 href", shown, StringComparison.Ordinal);
        Assert.Contains("ends in a backslash \\", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(svg.Descendants().Where(e => !e.HasElements).SelectMany(e => e.Value), c => char.IsControl(c) || c is '\u202e' or '\u2066' or '\u200f');
    }

    [Theory]
    [InlineData("", Json)]
    [InlineData("*/*", Json)]
    [InlineData("application/*", Json)]
    [InlineData("text/*", Mermaid)]
    [InlineData("image/*", Svg)]
    [InlineData("text/vnd.graphviz", Graphviz)]
    [InlineData("TEXT/VND.MERMAID", Mermaid)]
    [InlineData("application/json;q=0.5, text/vnd.mermaid;q=0.8", Mermaid)]
    [InlineData("image/svg+xml, */*", Svg)]
    [InlineData("image/svg+xml;q=0, */*;q=0.1", Json)]
    [InlineData("application/json;q=0, text/vnd.graphviz;q=0.2, */*;q=0.1", Graphviz)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", Json)]
    [InlineData("image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", Svg)]
    [InlineData("text/html", null)]
    [InlineData("nonsense", null)]
    [InlineData("*/*;q=0", null)]
    public async Task Accept_chooses(string accept, string? type)
    {
        RequireGraphviz(type);
        var claim = await api.NewClaim();

        var answer = await api.Get(Path(claim), ("Accept", accept));

        Assert.Contains("Accept", answer.Headers.Vary);
        if (type is not null)
        {
            Assert.Equal((200, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            return;
        }

        var problem = await Task.FromResult(answer).Problem(406);
        Assert.All(new[] { Json, Mermaid, Graphviz, Svg }, t => Assert.Contains(t, (string)problem["detail"]!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("json", Json)]
    [InlineData("mermaid", Mermaid)]
    [InlineData("graphviz", Graphviz)]
    [InlineData("svg", Svg)]
    public async Task Format_stands_before_Accept(string format, string type)
    {
        RequireGraphviz(type);
        var answer = await api.Get($"{Path(await api.NewClaim())}?format={format}", ("Accept", "text/html"));

        Assert.Equal((200, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task What_is_not_there_is_refused()
    {
        var problem = await api.Get($"{Path(await api.NewClaim())}?format=png").Problem(400);
        Assert.Equal("It must be one of json, mermaid, graphviz, svg.", (string)problem["errors"]!["format"]![0]!);
        await api.Get(Path(Guid.NewGuid().ToString())).Problem(404);
        RequireGraphviz();
        await api.Get(Path(Guid.NewGuid().ToString()), ("Accept", Svg)).Problem(404);
    }

    [Fact]
    public async Task Without_Graphviz_the_other_forms_are_left()
    {
        await using var bare = await OwnApi.Start("--Graphs:Dot=/no/such/dot");
        using var client = new HttpClient { BaseAddress = new Uri(bare.Url) };
        var answer = await client.PostAsync("/api/v1/claims", new StringContent("""{"text": "x"}""", null, Json), TestContext.Current.CancellationToken);
        var claim = (await StemmaApi.Json(answer, 201)).Id();

        var problem = await client.GetAsync($"{Path(claim)}?format=svg", TestContext.Current.CancellationToken).Problem(406);
        Assert.Contains("apt-get install graphviz", (string)problem["detail"]!, StringComparison.Ordinal);
        problem = await Get(Svg).Problem(406);
        Assert.Contains(Graphviz, (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal(Json, (await Get("image/svg+xml, application/json;q=0.1")).Content.Headers.ContentType?.MediaType);
        Assert.Equal(Graphviz, (await Get(Graphviz)).Content.Headers.ContentType?.MediaType);

        Task<HttpResponseMessage> Get(string accept)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, Path(claim));
            request.Headers.TryAddWithoutValidation("Accept", accept);
            return client.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Two_hundred_repeaters_are_one_box_and_two_hundred_nodes()
    {
        var claim = await api.NewClaim();
        var origin = await api.NewSource(new() { ["kind"] = "person", ["name"] = "The only one" });
        for (var i = 0; i < 200; i++)
        {
            var paper = await api.NewSource(new() { ["kind"] = "outlet", ["name"] = string.Create(CultureInfo.InvariantCulture, $"Paper {i}") });
            await api.NewLink(claim, paper, "reports", To(origin));
        }

        var graph = await Graph(claim);
        Assert.Equal(202, graph["nodes"]!.AsArray().Count);
        Assert.Equal(400, graph["edges"]!.AsArray().Count);

        RequireGraphviz();
        var svg = XDocument.Parse(await Text(claim, Svg));
        Assert.Equal(4, svg.Descendants().Count(e => (string?)e.Attribute("class") == "node"));
        Assert.Contains(svg.Descendants(), e => e.Value == "200 outlets");
        Assert.Contains(svg.Descendants(), e => e.Value == "200 links for it, 1 independent origin");

        foreach (var type in new[] { Json, Mermaid, Graphviz, Svg })
        {
            Assert.Equal(await Text(claim, type), await Text(claim, type));
        }
    }

    [Fact]
    public async Task The_sample_is_as_the_documentation_shows_it()
    {
        var document = await OpenApiDocument.Get(api);
        await SampleRows.Load(api);
        var example = document["getClaimGraph"].Responses.Single(r => r.Status == "200").Response["content"]![Json]!["example"]!;

        var graph = await Graph(SampleRows.Claim);

        Assert.True(JsonNode.DeepEquals(example, graph), graph.ToJsonString());
    }

    [Theory]
    [InlineData("one two three", 24, 3, "one two three")]
    [InlineData("one two three", 7, 3, "one two|three")]
    [InlineData("one two three four", 5, 2, "one|two…")]
    [InlineData("abcdefghij k", 4, 3, "abcd|efgh|ij k")]
    [InlineData("漢字漢字", 4, 3, "漢字|漢字")]
    [InlineData(" \t ", 4, 3, "")]
    public void Labels_are_wrapped(string text, int width, int most, string lines) => Assert.Equal(lines, string.Join('|', Wording.Wrap(text, width, most)));

    /// <summary>Pictures are drawn where Graphviz is; where everything must hold it has to be.</summary>
    internal static bool HasGraphviz => Environment.GetEnvironmentVariable("CI") == "true"
        || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Any(folder => File.Exists(System.IO.Path.Combine(folder, "dot")));

    private static void RequireGraphviz(string? type = Svg) => Assert.SkipWhen(type == Svg && !HasGraphviz, "Graphviz is not on the PATH: no picture is drawn.");

    private static string Path(string claim) => $"/api/v1/claims/{claim}/graph";

    private static JsonObject To(params string[] sources) => new() { ["attributedToIds"] = new JsonArray([.. sources.Select(s => (JsonNode)s)]) };

    private static List<JsonNode> Data(JsonObject graph, string of) => [.. graph[of]!.AsArray().Select(e => e!["data"]!)];

    /// <summary>What stands outside of quotes and of the legend, which is the writer's own.</summary>
    private static IEnumerable<string> Unquoted(string dot) => Quoted().Replace(dot, "").Split('\n').Where(l => !l.Contains('<', StringComparison.Ordinal));

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex("""^[^"%`;]*$|^ *(claim|s\d+|g\d+|legend)?[^"%`;]*"([\w\p{L}\p{M}\p{S}\p{N}\p{Cs}\u200d ,.()…·:]|#\d+;|<br/>|</?b>)*"[^"%`;]*$""")]
    private static partial Regex MermaidLine();

    private async Task<string> Source(string kind) => await api.NewSource(new() { ["kind"] = kind, ["name"] = $"{kind} of a graph" });

    /// <summary>The graph, sound: ids are unique, and every edge and every parent leads to a node.</summary>
    private async Task<JsonObject> Graph(string claim)
    {
        var graph = await api.GetJson(Path(claim));
        var nodes = Data(graph, "nodes").Select(n => (string)n["id"]!).ToHashSet();
        var ids = Data(graph, "nodes").Concat(Data(graph, "edges")).Select(e => (string)e["id"]!).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(Data(graph, "edges"), e => Assert.True(nodes.Contains((string)e["source"]!) && nodes.Contains((string)e["target"]!), e.ToJsonString()));
        Assert.All(Data(graph, "nodes"), n => Assert.True(n["parent"] is null || nodes.Contains((string)n["parent"]!), n.ToJsonString()));
        return graph;
    }

    private async Task<string> Text(string claim, string type)
    {
        var answer = await api.Get(Path(claim), ("Accept", type));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode == 200, text);
        return text;
    }
}
