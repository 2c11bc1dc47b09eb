using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Assessments;

/// <summary>
/// A claim's assessment as a graph: the claim, the sources of both sides, what they say on it and from whom they have it. Each edge reads as a
/// sentence, from its start to its end: "A reports the claim", "A is attributed to B". The same evidence gives the same graph, in the same order.
/// </summary>
public sealed record ClaimGraph
{
    private ClaimGraph(string text, Assessment assessment)
    {
        (Text, Assessment) = (text, assessment);
    }

    /// <summary>The claim's text.</summary>
    public string Text { get; }

    /// <summary>How well the claim is corroborated.</summary>
    public Assessment Assessment { get; }

    /// <summary>Sources of either side's lineage, and those in which they were read, by their ids.</summary>
    public required IReadOnlyList<SourceNode> Sources { get; init; }

    /// <summary>Origins that count as one at most: those groups of the assessment that have two members or more, of the one side and then of the other.</summary>
    public required IReadOnlyList<GroupNode> Groups { get; init; }

    /// <summary>What sources say on the claim, by the corroborations' ids.</summary>
    public required IReadOnlyList<LinkEdge> Links { get; init; }

    /// <summary>What sources have from one another, by the ids of both ends.</summary>
    public required IReadOnlyList<LineageEdge> Lineage { get; init; }

    /// <summary>The graph of an assessment.</summary>
    /// <param name="text">The claim's text.</param>
    /// <param name="assessed">Its assessment, with the evidence.</param>
    public static ClaimGraph Of(string text, Assessed assessed)
    {
        ArgumentNullException.ThrowIfNull(assessed);
        var (assessment, evidence) = (assessed.Assessment, assessed.Evidence);
        var support = new GraphSide(Sides.For, evidence.For, assessment.For, evidence.Lineage);
        var contradiction = new GraphSide(Sides.Against, evidence.Against, assessment.Against, evidence.Lineage);
        GroupNode[] groups = [.. support.Groups(), .. contradiction.Groups()];
        var parents = new Dictionary<SourceId, GroupNode>();
        foreach (var group in groups)
        {
            foreach (var origin in group.Origins)
            {
                parents.TryAdd(origin, group);
            }
        }

        SourceId[] ids = [.. support.Sources.Union(contradiction.Sources).OrderBy(id => id.Value)];
        return new(text, assessment)
        {
            Groups = groups,
            Sources = [.. ids.Select(id => ToNode(evidence.Lineage.Sources[id], support, contradiction, parents.GetValueOrDefault(id)))],
            Links = [.. support.LinkEdges(assessment.ClaimId), .. contradiction.LinkEdges(assessment.ClaimId)],
            Lineage =
            [
                .. support.LineageEdges().Concat(contradiction.LineageEdges()).Concat(SameWire(ids, evidence.Lineage, support, contradiction))
                    .GroupBy(e => (From: e.From.Value, To: e.To.Value, e.Relation))
                    .OrderBy(g => g.Key)
                    .Select(LineageEdge.Merge),
            ],
        };
    }

    private static SourceNode ToNode(SourceEvidence source, GraphSide support, GraphSide contradiction, GroupNode? parent) =>
        new(source.Id, source.Kind, source.Name)
        {
            For = support.RoleOf(source.Id),
            Against = contradiction.RoleOf(source.Id),
            IsParty = support.IsParty(source.Id) || contradiction.IsParty(source.Id),
            IsWitness = support.IsCitedIn(source.Id) || contradiction.IsCitedIn(source.Id),
            IsInCycle = support.IsInCycle(source.Id) || contradiction.IsInCycle(source.Id),
            Parent = parent,
        };

    /// <summary>The derivations between two sources of the graph, and where a wire passes through sources that are none, an edge that says so.</summary>
    private static IEnumerable<LineageEdge> SameWire(SourceId[] ids, Lineage lineage, GraphSide support, GraphSide contradiction)
    {
        var places = ids.Index().ToDictionary(i => i.Item, i => i.Index);
        var union = new UnionFind(ids.Length);
        foreach (var derivation in lineage.SameWire)
        {
            if (places.TryGetValue(derivation.FromId, out var from) && places.TryGetValue(derivation.ToId, out var to))
            {
                union.Join(from, to);
                yield return new(derivation.FromId, derivation.ToId, LineageRelation.SameWire, SidesOf(derivation.FromId) | SidesOf(derivation.ToId));
            }
        }

        foreach (var wire in ids.GroupBy(lineage.WireOf).Where(w => w.Key is not null))
        {
            SourceId[] apart = [.. wire.Where(id => union.Find(places[id]) == places[id])];
            foreach (var (first, other) in apart.Skip(1).Select(other => (apart[0], other)))
            {
                yield return new(first, other, LineageRelation.SameWire, SidesOf(first) | SidesOf(other)) { IsIndirect = true };
            }
        }

        Sides SidesOf(SourceId id) => (support.RoleOf(id) is null ? default : Sides.For) | (contradiction.RoleOf(id) is null ? default : Sides.Against);
    }
}

/// <summary>A source of the graph.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
public sealed record SourceNode(SourceId Id, SourceKind Kind, string Name)
{
    /// <summary>What it is on the side that bears the claim out; null where it is not on it.</summary>
    public required SourceRole? For { get; init; }

    /// <summary>What it is on the side that speaks against the claim; null where it is not on it.</summary>
    public required SourceRole? Against { get; init; }

    /// <summary>What it is on either side; where it is on both, what weighs more.</summary>
    public SourceRole Role => For is { } role && (Against is not { } other || role <= other) ? role : Against!.Value;

    /// <summary>Where it stands.</summary>
    public Sides Sides => (For is null ? default : Sides.For) | (Against is null ? default : Sides.Against);

    /// <summary>Whether it has a stake in the matter: as an origin it is counted nowhere.</summary>
    public required bool IsParty { get; init; }

    /// <summary>Whether another source was read in it: "as cited in".</summary>
    public required bool IsWitness { get; init; }

    /// <summary>Whether it has it from others who have it from it.</summary>
    public required bool IsInCycle { get; init; }

    /// <summary>The origins with which it counts as one; null where there are none. One of both sides belongs to that of the side that bears the claim out.</summary>
    public required GroupNode? Parent { get; init; }
}

/// <summary>Origins that count as one at most.</summary>
/// <param name="Side">On which side.</param>
/// <param name="Origins">Two at least.</param>
/// <param name="MergedBy">Every reason that holds between two of them.</param>
public sealed record GroupNode(Sides Side, IReadOnlyList<SourceId> Origins, IReadOnlyList<Tie> MergedBy);

/// <summary>A source bears on the claim: one corroboration.</summary>
/// <param name="Link">The corroboration.</param>
/// <param name="Side">On which side.</param>
/// <param name="Bearing">On which claim.</param>
public sealed record LinkEdge(LinkEvidence Link, Sides Side, Bearing Bearing);

/// <summary>A source has it from another, or is tied to it.</summary>
/// <param name="From">The later source; with <see cref="LineageRelation.CitedIn"/>, the one that was not read itself.</param>
/// <param name="To">The earlier source; with <see cref="LineageRelation.CitedIn"/>, the one that was read.</param>
/// <param name="Relation">How.</param>
/// <param name="Sides">On which sides.</param>
public sealed record LineageEdge(SourceId From, SourceId To, LineageRelation Relation, Sides Sides)
{
    /// <summary>The corroborations that say so, ascending; none for derivations.</summary>
    public IReadOnlyList<CorroborationId> Links { get; init; } = [];

    /// <summary>Whether it is part of a circle.</summary>
    public bool IsInCycle { get; init; }

    /// <summary>Whether the two are on one wire by way of sources that are not in the graph.</summary>
    public bool IsIndirect { get; init; }

    /// <summary>Several that say the same as one.</summary>
    internal static LineageEdge Merge(IEnumerable<LineageEdge> same)
    {
        LineageEdge[] all = [.. same];
        return all[0] with
        {
            Sides = all.Aggregate(default(Sides), (sides, e) => sides | e.Sides),
            Links = [.. all.SelectMany(e => e.Links).Distinct().OrderBy(l => l.Value)],
            IsInCycle = all.Any(e => e.IsInCycle),
        };
    }
}

/// <summary>For the claim, against it, or both.</summary>
[Flags]
public enum Sides
{
    /// <summary>Bears it out.</summary>
    For = 1,

    /// <summary>Speaks against it.</summary>
    Against = 2,

    /// <summary>Each by some of its links.</summary>
    Both = For | Against,
}

/// <summary>What a source is on one side; what weighs more comes first.</summary>
public enum SourceRole
{
    /// <summary>It begins there.</summary>
    Origin,

    /// <summary>It vouches, or is named, without a word of where it has it from.</summary>
    UnknownLineage,

    /// <summary>It has it from others.</summary>
    Relay,

    /// <summary>It reports, or a party names it, without a word of where it has it from: it counts nowhere.</summary>
    Unsourced,

    /// <summary>Others were read in it, and that is all.</summary>
    Witness,
}

/// <summary>How one source stands to another, from the later to the earlier.</summary>
public enum LineageRelation
{
    /// <summary>It names the other as where it has this from.</summary>
    AttributedTo,

    /// <summary>It prints the other's text.</summary>
    Republishes,

    /// <summary>It translates the other's text.</summary>
    Translates,

    /// <summary>It quotes the other.</summary>
    Quotes,

    /// <summary>It cites the other.</summary>
    Cites,

    /// <summary>It was made from the other.</summary>
    DerivedFrom,

    /// <summary>Both print one agency's text, either way round.</summary>
    SameWire,

    /// <summary>It was read in the other, not itself.</summary>
    CitedIn,
}

/// <summary>On which claim a corroboration bears.</summary>
public enum Bearing
{
    /// <summary>On the claim itself.</summary>
    Claim,

    /// <summary>On one equivalent to it.</summary>
    Equivalent,

    /// <summary>It bears out one that contradicts it.</summary>
    Contradicting,
}

/// <summary>What one side adds to the graph.</summary>
internal sealed class GraphSide
{
    private readonly Sides _side;
    private readonly LinkEvidence[] _links;
    private readonly SideAssessment _assessment;
    private readonly LineageGraph _graph;
    private readonly HashSet<SourceId> _origins;
    private readonly HashSet<SourceId> _unknown;
    private readonly HashSet<SourceId> _citedIn;
    private readonly IReadOnlySet<SourceId> _parties;
    private readonly Dictionary<SourceId, int> _cycles = [];

    public GraphSide(Sides side, SideEvidence evidence, SideAssessment assessment, Lineage lineage)
    {
        _side = side;
        _assessment = assessment;
        _links = [.. evidence.Links.OrderBy(l => l.Id.Value)];
        _graph = LineageGraph.Of(_links, lineage);
        _origins = [.. assessment.Groups.SelectMany(g => g.Origins), .. assessment.PartyOrigins];
        _unknown = [.. assessment.UnknownLineage];
        _parties = evidence.Parties();
        _citedIn = [.. _links.Select(l => l.CitedInId).OfType<SourceId>()];
        foreach (var (index, cycle) in assessment.Cycles.Index())
        {
            foreach (var member in cycle.Members)
            {
                _cycles[member] = index;
            }
        }
    }

    /// <summary>Those of the lineage, and those in which they were read.</summary>
    public IEnumerable<SourceId> Sources => _graph.Ids.Union(_citedIn);

    public SourceRole? RoleOf(SourceId id) =>
        _origins.Contains(id) ? SourceRole.Origin
        : _unknown.Contains(id) ? SourceRole.UnknownLineage
        : _graph.Places.TryGetValue(id, out var place) ? _graph.Predecessors[place].Length > 0 ? SourceRole.Relay : SourceRole.Unsourced
        : _citedIn.Contains(id) ? SourceRole.Witness
        : null;

    public bool IsParty(SourceId id) => _parties.Contains(id) && _graph.Places.ContainsKey(id);

    public bool IsCitedIn(SourceId id) => _citedIn.Contains(id);

    public bool IsInCycle(SourceId id) => _cycles.ContainsKey(id);

    public IEnumerable<GroupNode> Groups() => _assessment.Groups.Where(g => g.Origins.Count > 1).Select(g => new GroupNode(_side, g.Origins, g.MergedBy));

    public IEnumerable<LinkEdge> LinkEdges(ClaimId claim) => _links.Select(l => new LinkEdge(l, _side, BearingOf(l, claim)));

    public IEnumerable<LineageEdge> LineageEdges()
    {
        foreach (var link in _links)
        {
            foreach (var attributed in link.AttributedToIds)
            {
                yield return Edge(link.SourceId, attributed, LineageRelation.AttributedTo) with { Links = [link.Id] };
            }

            if (link.CitedInId is { } citedIn && citedIn != link.SourceId)
            {
                yield return new LineageEdge(link.SourceId, citedIn, LineageRelation.CitedIn, _side) { Links = [link.Id] };
            }
        }

        foreach (var derivation in _graph.Derivations)
        {
            yield return Edge(derivation.FromId, derivation.ToId, derivation.Relation switch
            {
                DerivationRelation.Republishes => LineageRelation.Republishes,
                DerivationRelation.Translates => LineageRelation.Translates,
                DerivationRelation.Quotes => LineageRelation.Quotes,
                DerivationRelation.Cites => LineageRelation.Cites,
                _ => LineageRelation.DerivedFrom,
            });
        }
    }

    private LineageEdge Edge(SourceId from, SourceId to, LineageRelation relation) =>
        new(from, to, relation, _side) { IsInCycle = _cycles.TryGetValue(from, out var one) && _cycles.TryGetValue(to, out var other) && one == other };

    private Bearing BearingOf(LinkEvidence link, ClaimId claim) =>
        link.ClaimId is not { } on || on == claim ? Bearing.Claim
        : _side == Sides.Against && link.Stance is Stance.Supports or Stance.Reports ? Bearing.Contradicting
        : Bearing.Equivalent;
}
