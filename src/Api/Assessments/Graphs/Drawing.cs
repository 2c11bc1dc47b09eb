using Stemma.Domain.Assessments;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;

namespace Stemma.Api.Assessments.Graphs;

/// <summary>
/// What a picture of a claim's graph shows, whoever draws it: boxes with their words, and the lines between them. Sources that stand to all others
/// alike are drawn as one where there are more than <see cref="MostAlike"/>; what two sources have from each other in several ways is one line.
/// </summary>
internal sealed record Drawing
{
    /// <summary>So many sources that stand alike are drawn one by one.</summary>
    public const int MostAlike = 12;

    private const int Width = 24;
    private const int MostLines = 3;
    private const int MostNamed = 3;
    private const int ClaimWidth = 40;
    private const int MostClaimLines = 5;

    /// <summary>About what a box and its lines take, in points: to see which way the picture is narrower.</summary>
    private const int ColumnAcross = 300;
    private const int ColumnDown = 190;

    /// <summary>What is said above the picture: the counts of either side, and the credibility.</summary>
    public required IReadOnlyList<string> Title { get; init; }

    /// <summary>The same at length.</summary>
    public required IReadOnlyList<string> Explanation { get; init; }

    /// <summary>The claim's lines.</summary>
    public required IReadOnlyList<string> Claim { get; init; }

    /// <summary>The claim's text, whole.</summary>
    public required string ClaimText { get; init; }

    public required IReadOnlyList<Box> Boxes { get; init; }

    public required IReadOnlyList<Frame> Frames { get; init; }

    public required IReadOnlyList<Line> Lines { get; init; }

    /// <summary>Whether it is drawn from left to right: that is narrower than from top to bottom.</summary>
    public required bool IsAcross { get; init; }

    public static Drawing Of(ClaimGraph graph)
    {
        var drawnAs = Fold(graph);
        var boxes = graph.Sources.GroupBy(s => drawnAs[s.Id]).OrderBy(g => g.Key.Value).Select(ToBox).ToList();
        List<Line> lines = [.. ClaimLines(graph, drawnAs), .. LineageLines(graph, drawnAs)];
        return new()
        {
            Title = [Wording.Side(graph.Assessment.For, "for"), Wording.Side(graph.Assessment.Against, "against"), Wording.Credibility(graph.Assessment)],
            Explanation = [.. graph.Assessment.Explanation.Select(Wording.OneLine)],
            Claim = Wording.Wrap(graph.Text, ClaimWidth, MostClaimLines),
            ClaimText = Wording.OneLine(graph.Text),
            Boxes = boxes,
            Frames = [.. graph.Groups.Select(g => ToFrame(g, boxes)).Where(f => f.Boxes.Count > 0)],
            Lines = lines,
            IsAcross = IsNarrowerAcross(boxes, lines),
        };
    }

    /// <summary>By source: the one whose box stands for it.</summary>
    private static Dictionary<SourceId, SourceId> Fold(ClaimGraph graph)
    {
        // A source's neighbours, each with how the two stand to each other.
        var standing = graph.Sources.ToDictionary(s => s.Id, _ => new List<string>());
        foreach (var link in graph.Links)
        {
            standing[link.Link.SourceId].Add($"{link.Side} {link.Bearing} {link.Link.Stance} {link.Link.Directness}");
        }

        foreach (var edge in graph.Lineage)
        {
            standing[edge.From].Add($"> {edge.Relation} {edge.To.Value}");
            standing[edge.To].Add($"< {edge.Relation} {edge.From.Value}");
        }

        var drawnAs = new Dictionary<SourceId, SourceId>();
        foreach (var alike in graph.Sources.GroupBy(s => s.IsInCycle
            ? s.Id.Value.ToString()
            : $"{s.For} {s.Against} {s.IsParty} {s.Parent?.Side} {s.Parent?.Origins[0].Value} {string.Join(", ", standing[s.Id].Order(StringComparer.Ordinal))}"))
        {
            SourceNode[] sources = [.. alike];
            foreach (var source in sources)
            {
                drawnAs.Add(source.Id, sources.Length > MostAlike ? sources[0].Id : source.Id);
            }
        }

        return drawnAs;
    }

    private static Box ToBox(IGrouping<SourceId, SourceNode> drawn)
    {
        SourceNode[] sources = [.. drawn];
        var source = sources[0];
        var kinds = sources.Select(s => s.Kind).Distinct().ToArray();
        var names = sources.Select(s => Wording.OneLine(s.Name)).ToArray();
        return new(source.Id, Heading(source, sources.Length, kinds.Length == 1 ? kinds[0] : null), source.Role, source.Sides)
        {
            Label = sources.Length == 1
                ? Wording.Wrap(names[0], Width, MostLines)
                : [.. names.Take(MostNamed).Select(n => Wording.Wrap(n, Width, 1)[0]), $"and {Wording.Count(sources.Length - MostNamed, "other")}"],
            Names = names,
            IsParty = source.IsParty,
            IsInCycle = source.IsInCycle,
            Parent = source.Parent,
        };
    }

    private static string Heading(SourceNode source, int count, SourceKind? kind)
    {
        var what = (source.Role, source.IsParty) switch
        {
            (SourceRole.Origin, true) => "PARTY, counts nowhere",
            (SourceRole.Origin, false) => count == 1 ? "ORIGIN" : "ORIGINS",
            (SourceRole.UnknownLineage, _) => "? has it from unknown",
            (SourceRole.Unsourced, false) => "names no source",
            (SourceRole.Witness, _) => "was read instead",
            (_, true) => "party",
            _ => null,
        };
        var who = kind switch
        {
            { } one when count == 1 => Wording.Words(one),
            null or SourceKind.Anonymous => Wording.Count(count, kind is null ? "source" : "anonymous source"),
            { } all => Wording.Count(count, Wording.Words(all)),
        };
        return string.Join(" · ", new[] { what, who, source.IsInCycle ? "circular" : null }.Where(part => part is not null));
    }

    private static Frame ToFrame(GroupNode group, List<Box> boxes) => new(
        $"Count as one: {string.Join(", ", group.MergedBy.Select(Wording.Reason))}",
        group.Side,
        [.. boxes.Where(b => b.Parent == group).Select(b => b.Id)]);

    private static IEnumerable<Line> ClaimLines(ClaimGraph graph, Dictionary<SourceId, SourceId> drawnAs) =>
        graph.Links
            .GroupBy(l => (From: drawnAs[l.Link.SourceId].Value, l.Side, l.Bearing, l.Link.Stance, IsFirstHand: l.Link.Directness == Directness.FirstHand))
            .OrderBy(g => g.Key)
            .Select(g => new Line(new(g.Key.From), null, Kind(g.Key.Stance, g.Key.Bearing), g.Key.Side == Sides.For ? Side.For : Side.Against)
            {
                Label = Wording.Stance(g.Key.Stance, g.Key.Bearing) + (g.Key.IsFirstHand ? ", first-hand" : ""),
            });

    /// <summary>What supports the contrary speaks against the claim as a contradiction does.</summary>
    private static LineKind Kind(Stance stance, Bearing bearing) => (stance, bearing) switch
    {
        (_, Bearing.Contradicting) or (Stance.Contradicts, _) => LineKind.Contradicts,
        (Stance.Denies, _) => LineKind.Denies,
        (Stance.Supports, _) => LineKind.Supports,
        _ => LineKind.Reports,
    };

    private static IEnumerable<Line> LineageLines(ClaimGraph graph, Dictionary<SourceId, SourceId> drawnAs) =>
        graph.Lineage
            .GroupBy(e => (From: drawnAs[e.From].Value, To: drawnAs[e.To].Value, Kind: Kind(e)))
            .OrderBy(g => g.Key)
            .Select(g => new Line(new(g.Key.From), new(g.Key.To), g.Key.Kind, null)
            {
                Label = string.Join(", ", g.Select(e => e.Relation).Distinct().Order().Select(Words).Append(g.Key.Kind == LineKind.Circular ? "circular" : "").Where(w => w.Length > 0)),
            });

    private static LineKind Kind(LineageEdge edge) => edge switch
    {
        { IsInCycle: true } => LineKind.Circular,
        { Relation: LineageRelation.SameWire } => LineKind.SameWire,
        { Relation: LineageRelation.CitedIn } => LineKind.CitedIn,
        _ => LineKind.HasItFrom,
    };

    /// <summary>That it names the other is what every plain arrow says.</summary>
    private static string Words(LineageRelation relation) => relation == LineageRelation.AttributedTo ? "" : Wording.Relation(relation);

    /// <summary>Boxes stand as far from the claim as the longest way to them that goes round no circle.</summary>
    private static bool IsNarrowerAcross(List<Box> boxes, List<Line> lines)
    {
        var ahead = lines.Where(l => l is { Kind: LineKind.HasItFrom, To: not null }).ToLookup(l => l.From, l => l.To!.Value);
        var waiting = boxes.ToDictionary(b => b.Id, _ => 0);
        foreach (var to in ahead.SelectMany(to => to))
        {
            waiting[to]++;
        }

        var ranks = boxes.ToDictionary(b => b.Id, _ => 1);
        var open = new Queue<SourceId>(boxes.Where(b => waiting[b.Id] == 0).Select(b => b.Id));
        while (open.TryDequeue(out var from))
        {
            foreach (var to in ahead[from])
            {
                ranks[to] = Math.Max(ranks[to], ranks[from] + 1);
                if (--waiting[to] == 0)
                {
                    open.Enqueue(to);
                }
            }
        }

        var layers = ranks.Values.CountBy(r => r).ToList();
        return layers.Count > 0 && layers.Max(l => l.Key) * ColumnAcross <= layers.Max(l => l.Value) * ColumnDown;
    }
}

/// <summary>A source, or several that stand alike.</summary>
internal sealed record Box(SourceId Id, string Heading, SourceRole Role, Sides Sides)
{
    /// <summary>Its lines.</summary>
    public required IReadOnlyList<string> Label { get; init; }

    /// <summary>Whom it stands for.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    public required bool IsParty { get; init; }

    public required bool IsInCycle { get; init; }

    public required GroupNode? Parent { get; init; }

    /// <summary>One of those that are counted.</summary>
    public bool IsCounted => Role == SourceRole.Origin && !IsParty;
}

/// <summary>Around origins that count as one.</summary>
internal sealed record Frame(string Label, Sides Side, IReadOnlyList<SourceId> Boxes);

/// <summary>From a source to another, or to the claim.</summary>
/// <param name="From">From which box.</param>
/// <param name="To">To which; null: to the claim.</param>
/// <param name="Kind">What it says, and so how it is drawn.</param>
/// <param name="Side">To the claim: for it or against it.</param>
internal sealed record Line(SourceId From, SourceId? To, LineKind Kind, Side? Side)
{
    /// <summary>Empty where its kind says all.</summary>
    public required string Label { get; init; }
}

/// <summary>How a line is drawn.</summary>
internal enum LineKind
{
    Supports,
    Reports,
    Contradicts,
    Denies,
    HasItFrom,
    Circular,
    SameWire,
    CitedIn,
}
