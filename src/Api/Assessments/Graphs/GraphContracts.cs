using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;

namespace Stemma.Api.Assessments.Graphs;

/// <summary>A claim's sources and lineage, as Cytoscape.js takes its `elements`.</summary>
internal sealed record GraphResponse
{
    /// <summary>The claim first, then the groups of origins that count as one, then the sources by their ids.</summary>
    public required IReadOnlyList<GraphNodeResponse> Nodes { get; init; }

    /// <summary>Links first, then what sources have from one another. Each reads as a sentence: `source`, `label`, `target`.</summary>
    public required IReadOnlyList<GraphEdgeResponse> Edges { get; init; }

    public static GraphResponse From(ClaimGraph graph) => new()
    {
        Nodes =
        [
            new(GraphNodeDataResponse.From(graph.Text, graph.Assessment)),
            .. graph.Groups.Select(g => new GraphNodeResponse(GraphNodeDataResponse.From(g))),
            .. graph.Sources.Select(s => new GraphNodeResponse(GraphNodeDataResponse.From(s))),
        ],
        Edges =
        [
            .. graph.Links.Select(l => new GraphEdgeResponse(GraphEdgeDataResponse.From(l, graph.Assessment.ClaimId))),
            .. graph.Lineage.Select(e => new GraphEdgeResponse(GraphEdgeDataResponse.From(e))),
        ],
    };
}

/// <summary>A node.</summary>
/// <param name="Data">What it is.</param>
internal sealed record GraphNodeResponse(GraphNodeDataResponse Data);

/// <summary>An edge.</summary>
/// <param name="Data">What it is.</param>
internal sealed record GraphEdgeResponse(GraphEdgeDataResponse Data);

/// <summary>A node: the claim, a source, or a group of origins that count as one. Members that its kind has not are left out.</summary>
internal sealed record GraphNodeDataResponse
{
    /// <summary>Its id in the graph: that of the claim or the source, and of a group `group:`, the side and its first origin.</summary>
    public required string Id { get; init; }

    /// <summary>The claim's text, the source's name, or why origins count as one.</summary>
    public required string Label { get; init; }

    /// <summary>What it stands for.</summary>
    public required GraphNodeKind Kind { get; init; }

    /// <summary>Of a source: the group that it belongs to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parent { get; init; }

    /// <summary>Of a source or a group: on which side it stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sides? Side { get; init; }

    /// <summary>Of a source: its kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceKind? SourceKind { get; init; }

    /// <summary>Of a source: what it is; where it stands on both sides, what weighs more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceRole? Role { get; init; }

    /// <summary>Of a source that stands on both sides: what it is for the claim.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceRole? RoleFor { get; init; }

    /// <summary>Of a source that stands on both sides: what it is against the claim.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceRole? RoleAgainst { get; init; }

    /// <summary>Of a source: whether it has a stake in the matter. As an origin it counts nowhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsParty { get; init; }

    /// <summary>Of a source: whether another was not read itself, but as cited in this one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsWitness { get; init; }

    /// <summary>Of a source: whether it has it from others who have it from it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? InCycle { get; init; }

    /// <summary>Of a group: every reason why two of its origins count as one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Tie>? MergedBy { get; init; }

    /// <summary>Of the claim: NATO Admiralty code 1 to 6, the analyst's where there is one, else the derived one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Credibility { get; init; }

    /// <summary>Of the claim: what follows from the evidence alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DerivedCredibility { get; init; }

    /// <summary>Of the claim: the rule that decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Rule? Rule { get; init; }

    /// <summary>Of the claim: links for it, and how many independent origins these are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GraphCountResponse? For { get; init; }

    /// <summary>Of the claim: links against it, and how many independent origins these are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GraphCountResponse? Against { get; init; }

    public static GraphNodeDataResponse From(string text, Assessment assessment) => new()
    {
        Id = assessment.ClaimId.Value.ToString(),
        Label = text,
        Kind = GraphNodeKind.Claim,
        Credibility = assessment.Credibility,
        DerivedCredibility = assessment.DerivedCredibility,
        Rule = assessment.Rule,
        For = GraphCountResponse.From(assessment.For),
        Against = GraphCountResponse.From(assessment.Against),
    };

    public static GraphNodeDataResponse From(GroupNode group) => new()
    {
        Id = IdOf(group),
        Label = string.Join(", ", group.MergedBy.Select(Wording.Reason)),
        Kind = GraphNodeKind.Group,
        Side = group.Side,
        MergedBy = group.MergedBy,
    };

    public static GraphNodeDataResponse From(SourceNode source) => new()
    {
        Id = source.Id.Value.ToString(),
        Label = source.Name,
        Kind = GraphNodeKind.Source,
        Parent = source.Parent is { } group ? IdOf(group) : null,
        Side = source.Sides,
        SourceKind = source.Kind,
        Role = source.Role,
        RoleFor = source.Sides == Sides.Both ? source.For : null,
        RoleAgainst = source.Sides == Sides.Both ? source.Against : null,
        IsParty = source.IsParty,
        IsWitness = source.IsWitness,
        InCycle = source.IsInCycle,
    };

    private static string IdOf(GroupNode group) => $"group:{EnumNames<Sides>.Of(group.Side)}:{group.Origins[0].Value}";
}

/// <summary>One side of a claim, counted.</summary>
/// <param name="LinkCount">Links of the side, whatever they lead to.</param>
/// <param name="Min">Independent origins that are certain.</param>
/// <param name="Max">Independent origins that there may be.</param>
internal sealed record GraphCountResponse(int LinkCount, int Min, int Max)
{
    public static GraphCountResponse From(SideAssessment side) => new(side.LinkCount, side.Min, side.Max);
}

/// <summary>An edge. Members that its type has not are left out.</summary>
internal sealed record GraphEdgeDataResponse
{
    /// <summary>Its id in the graph: made of its type, its side and what it stands for.</summary>
    public required string Id { get; init; }

    /// <summary>The node that says or has something.</summary>
    public required Guid Source { get; init; }

    /// <summary>The node on which it bears, or from which that is.</summary>
    public required Guid Target { get; init; }

    /// <summary>What stands between the two in a sentence: `reports`, `attributed to`, `republishes`.</summary>
    public required string Label { get; init; }

    /// <summary>What it stands for.</summary>
    public required GraphEdgeType Type { get; init; }

    /// <summary>On which side.</summary>
    public required Sides Side { get; init; }

    /// <summary>Whether it is part of a circle: circular reporting.</summary>
    public required bool InCycle { get; init; }

    /// <summary>Of a link: what the source does with the claim.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Stance? Stance { get; init; }

    /// <summary>Of a link: whether the source saw or did it itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Directness? Directness { get; init; }

    /// <summary>Of a link: the corroboration.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? CorroborationId { get; init; }

    /// <summary>Of a link: whether it bears on the claim itself, on one equivalent to it, or bears out one that contradicts it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Bearing? Bearing { get; init; }

    /// <summary>Of a link that bears on another claim: that claim.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? BearsOnId { get; init; }

    /// <summary>Of a derivation: how the one repeats the other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DerivationRelation? Relation { get; init; }

    /// <summary>Of an attribution or a citation: the corroborations that say so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Guid>? CorroborationIds { get; init; }

    /// <summary>Of `same-wire`: whether the two are on one wire only by way of sources that are not in the graph.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsIndirect { get; init; }

    public static GraphEdgeDataResponse From(LinkEdge edge, ClaimId claim) => new()
    {
        Id = $"link:{EnumNames<Sides>.Of(edge.Side)}:{edge.Link.Id.Value}",
        Source = edge.Link.SourceId.Value,
        Target = claim.Value,
        Label = Wording.Stance(edge.Link.Stance, edge.Bearing),
        Type = GraphEdgeType.Link,
        Side = edge.Side,
        InCycle = false,
        Stance = edge.Link.Stance,
        Directness = edge.Link.Directness,
        CorroborationId = edge.Link.Id.Value,
        Bearing = edge.Bearing,
        BearsOnId = edge.Bearing == Domain.Assessments.Bearing.Claim ? null : edge.Link.ClaimId?.Value,
    };

    public static GraphEdgeDataResponse From(LineageEdge edge)
    {
        var type = edge.Relation switch
        {
            LineageRelation.AttributedTo => GraphEdgeType.Attribution,
            LineageRelation.CitedIn => GraphEdgeType.Citation,
            LineageRelation.SameWire => GraphEdgeType.SameWire,
            _ => GraphEdgeType.Derivation,
        };
        return new()
        {
            Id = $"{EnumNames<LineageRelation>.Of(edge.Relation)}:{edge.From.Value}:{edge.To.Value}",
            Source = edge.From.Value,
            Target = edge.To.Value,
            Label = Wording.Relation(edge.Relation),
            Type = type,
            Side = edge.Sides,
            InCycle = edge.IsInCycle,
            Relation = type is GraphEdgeType.Derivation or GraphEdgeType.SameWire ? Enum.Parse<DerivationRelation>(edge.Relation.ToString()) : null,
            CorroborationIds = edge.Links.Count > 0 ? [.. edge.Links.Select(l => l.Value)] : null,
            IsIndirect = type == GraphEdgeType.SameWire ? edge.IsIndirect : null,
        };
    }
}

/// <summary>What a node of a graph stands for.</summary>
internal enum GraphNodeKind
{
    Claim,
    Source,
    Group,
}

/// <summary>What an edge of a graph stands for: what a source says on the claim, whom it names for it, what it repeats, with whom it shares a wire, where it was read.</summary>
internal enum GraphEdgeType
{
    Link,
    Attribution,
    Derivation,
    SameWire,
    Citation,
}

/// <summary>How to show a graph.</summary>
internal sealed record GraphQuery
{
    /// <summary>How to show it, whatever `Accept` says: for a browser's address bar, and for pages that show the picture.</summary>
    [Choices("json", "mermaid", "graphviz", "svg")]
    public string? Format { get; init; }
}

[JsonSerializable(typeof(GraphResponse))]
internal sealed partial class GraphJson : JsonSerializerContext;
