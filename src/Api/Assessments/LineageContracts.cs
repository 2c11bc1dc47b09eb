using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Assessments;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;

namespace Stemma.Api.Assessments;

/// <summary>Which page of the cycles.</summary>
internal sealed record CycleListQuery
{
    /// <summary>Cycles on the page, 1 to 500; 50 where none is given.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? Limit { get; init; }

    /// <summary>`nextCursor` of the page before.</summary>
    public string? Cursor { get; init; }

    public (int Limit, SourceId? After) ToRequest(QueryReader read, HttpRequest request) =>
        (read.Integer(Limit, 1, Page.MaxLimit) ?? Page.DefaultLimit, After(read, request));

    private SourceId? After(QueryReader read, HttpRequest request) => Cursor is null ? null
        : Hosting.Cursor.Read(Cursor, Listing.ScopeOf(request), byName: false) is { } position ? new SourceId(position.Id)
        : read.Fault<SourceId?>(nameof(Cursor), "is not a cursor of this list");
}

/// <summary>Circular reporting: sources that have it from one another.</summary>
internal sealed record CircularReportingResponse
{
    /// <summary>All sources that can be reached from one another, ascending; the first 100.</summary>
    public required IReadOnlyList<Guid> Members { get; init; }

    /// <summary>How many they are.</summary>
    public required int MemberCount { get; init; }

    /// <summary>The shortest cycle through the first of them, each from the next; from the last it leads back to the first. Its first 100.</summary>
    public required IReadOnlyList<SourceNameResponse> Path { get; init; }

    /// <summary>How many are on that cycle.</summary>
    public required int PathLength { get; init; }

    /// <summary>Whether a derivation is among what holds the members together.</summary>
    public required bool HasDerivation { get; init; }

    /// <summary>Claims that it touches, ascending, 50 at most: those with a link by a member that is attributed to a member; with `hasDerivation`, those with any link by a member. Mentions do not count.</summary>
    public required IReadOnlyList<Guid> ClaimIds { get; init; }

    /// <summary>How many these are, counted over 1,000 links.</summary>
    public required int ClaimCount { get; init; }

    /// <summary>Whether those were all such links; else there may be more claims.</summary>
    public required bool ClaimCountExact { get; init; }

    public static CircularReportingResponse From(CircularReporting cycle) => new()
    {
        Members = [.. cycle.Members.Select(m => m.Value)],
        MemberCount = cycle.MemberCount,
        Path = [.. cycle.Path.Select(SourceNameResponse.From)],
        PathLength = cycle.PathLength,
        HasDerivation = cycle.HasDerivation,
        ClaimIds = [.. cycle.Claims.Select(c => c.Value)],
        ClaimCount = cycle.ClaimCount,
        ClaimCountExact = cycle.IsClaimCountExact,
    };
}

/// <summary>Which way a lineage is followed, and how far.</summary>
internal sealed record SourceLineageQuery
{
    public const int DefaultDepth = 10;

    public const int MaxDepth = 100;

    /// <summary>`up` to those from whom the source has it, `down` to those who have it from the source; `up` where none is given.</summary>
    [Values(typeof(LineageDirection), Default = "up")]
    public string? Direction { get; init; }

    /// <summary>How many steps at most, 1 to 100; 10 where none is given.</summary>
    [TextFormat(TextFormat.Integer)]
    [Limit(DefaultDepth, MaxDepth)]
    public string? Depth { get; init; }

    public (LineageDirection Direction, int Depth) ToRequest(QueryReader read) => (
        read.Enums<LineageDirection>(Direction is null ? null : [Direction], nameof(Direction)) is [var direction] ? direction : LineageDirection.Up,
        read.Integer(Depth, 1, MaxDepth) ?? DefaultDepth);
}

/// <summary>A source's ancestry or offspring.</summary>
internal sealed record SourceLineageResponse
{
    /// <summary>The source and those that were found, in the order of distance, then of ids; 1,000 at most.</summary>
    public required IReadOnlyList<LineageNodeResponse> Nodes { get; init; }

    /// <summary>Who has it from whom among the nodes, as far as the farthest were not followed on; 10,000 at most.</summary>
    public required IReadOnlyList<LineageEdgeResponse> Edges { get; init; }

    /// <summary>Whether there is more within the depth asked for: more nodes, more edges, or more than 50,000 links at one step.</summary>
    public required bool Truncated { get; init; }

    public static SourceLineageResponse From(SourceLineage lineage) => new()
    {
        Nodes = [.. lineage.Nodes.Select(n => new LineageNodeResponse(n.Source.Id.Value, n.Source.Kind, n.Source.Name, n.Distance))],
        Edges = [.. lineage.Edges.Select(LineageEdgeResponse.Of)],
        Truncated = lineage.IsTruncated,
    };
}

/// <summary>A source of a lineage.</summary>
/// <param name="Id">Which.</param>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Distance">How many steps it is away from the source that was asked for; 0 for that one.</param>
internal sealed record LineageNodeResponse(Guid Id, SourceKind Kind, string Name, int Distance);

/// <summary>One source has it from another.</summary>
internal sealed record LineageEdgeResponse
{
    /// <summary>The later source.</summary>
    public required Guid From { get; init; }

    /// <summary>The earlier source, from which it has it.</summary>
    public required Guid To { get; init; }

    /// <summary>What makes it so.</summary>
    public required LineageVia Via { get; init; }

    /// <summary>Of a derivation: how the one repeats the other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DerivationRelation? Relation { get; init; }

    /// <summary>Of a derivation: which.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? DerivationId { get; init; }

    /// <summary>Of an attribution: on how many claims, among the links that were looked at.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ClaimCount { get; init; }

    /// <summary>Of an attribution: on which claims, ascending; the first 50.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Guid>? ClaimIds { get; init; }

    public static LineageEdgeResponse Of(LineageStep edge) => new()
    {
        From = edge.From.Value,
        To = edge.To.Value,
        Via = edge.Via,
        Relation = edge.Relation,
        DerivationId = edge.DerivationId?.Value,
        ClaimCount = edge.ClaimCount,
        ClaimIds = edge.ClaimIds is { } claims ? [.. claims.Select(c => c.Value)] : null,
    };
}

[JsonSerializable(typeof(PageResponse<CircularReportingResponse>))]
[JsonSerializable(typeof(SourceLineageResponse))]
internal sealed partial class LineageJson : JsonSerializerContext;
