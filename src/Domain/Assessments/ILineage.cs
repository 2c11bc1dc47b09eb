using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Assessments;

/// <summary>Who has it from whom, over all that is stored: living derivations (but for <c>same-wire</c>) and attributions of living links (but for mentions).</summary>
public interface ILineage
{
    /// <summary>The most edges that are searched for cycles.</summary>
    const int MaxEdges = 5_000_000;

    /// <summary>The most members of a cycle that are named.</summary>
    const int NamedMembers = 100;

    /// <summary>The most claims of a cycle that are named.</summary>
    const int NamedClaims = 50;

    /// <summary>The most links of a cycle's members through which its claims are counted.</summary>
    const int CountedLinks = 1_000;

    /// <summary>The most sources that <see cref="Trace"/> gives.</summary>
    const int MaxNodes = 1_000;

    /// <summary>The most edges that <see cref="Trace"/> gives.</summary>
    const int MaxTracedEdges = 10_000;

    /// <summary>The most links that <see cref="Trace"/> looks at for each step away from its source.</summary>
    const int MaxLinksPerStep = 50_000;

    /// <summary>
    /// Circular reporting: the strongly connected components of two sources or more, in the order of their first members.
    /// <see cref="Error.TooLarge"/> where there are more than <see cref="MaxEdges"/> edges.
    /// </summary>
    /// <param name="after">The first member of the last cycle of the page before.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancel">Gives up.</param>
    Task<Result<Page<CircularReporting>>> Cycles(SourceId? after, int limit, CancellationToken cancel);

    /// <summary>Whom a source has it from, or who has it from it, breadth first; null where there is no living source of this id.</summary>
    Task<SourceLineage?> Trace(SourceId id, LineageDirection direction, int depth, CancellationToken cancel);
}

/// <summary>Sources that have it from one another.</summary>
public sealed record CircularReporting
{
    /// <summary>Ascending, the first <see cref="ILineage.NamedMembers"/>.</summary>
    public required IReadOnlyList<SourceId> Members { get; init; }

    /// <summary>How many there are.</summary>
    public required int MemberCount { get; init; }

    /// <summary>The shortest cycle through the first member, the start not repeated; its first <see cref="ILineage.NamedMembers"/>.</summary>
    public required IReadOnlyList<SourceName> Path { get; init; }

    /// <summary>How many sources are on that cycle.</summary>
    public required int PathLength { get; init; }

    /// <summary>Whether a derivation is among what holds the members together: then all that any of them says is touched.</summary>
    public required bool HasDerivation { get; init; }

    /// <summary>Claims that are touched, ascending, <see cref="ILineage.NamedClaims"/> at most.</summary>
    public required IReadOnlyList<ClaimId> Claims { get; init; }

    /// <summary>How many claims are touched, as far as they are counted.</summary>
    public required int ClaimCount { get; init; }

    /// <summary>Whether all were counted.</summary>
    public required bool IsClaimCountExact { get; init; }
}

/// <summary>Which way a lineage is followed.</summary>
public enum LineageDirection
{
    /// <summary>To those from whom a source has it.</summary>
    Up,

    /// <summary>To those who have it from a source.</summary>
    Down,
}

/// <summary>What makes one source have it from another.</summary>
public enum LineageVia
{
    /// <summary>A derivation: the one repeats the other as a whole.</summary>
    Derivation,

    /// <summary>An attribution: a link of the one names the other as where it has this from.</summary>
    Attribution,
}

/// <summary>A source's ancestry or offspring.</summary>
/// <param name="Nodes">In the order of distance, then of ids.</param>
/// <param name="Edges">Between nodes; those of the farthest nodes were not looked for.</param>
/// <param name="IsTruncated">Whether there is more than is given, depth apart.</param>
public sealed record SourceLineage(IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageStep> Edges, bool IsTruncated);

/// <summary>A source of a lineage.</summary>
/// <param name="Source">Which.</param>
/// <param name="Distance">How many steps it is away.</param>
public sealed record LineageNode(SourceName Source, int Distance);

/// <summary>A step of a lineage: the later source has it from the earlier.</summary>
public sealed record LineageStep
{
    /// <summary>The later source.</summary>
    public required SourceId From { get; init; }

    /// <summary>The earlier source.</summary>
    public required SourceId To { get; init; }

    /// <summary>What makes it one.</summary>
    public required LineageVia Via { get; init; }

    /// <summary>How the one repeats the other, of a derivation.</summary>
    public DerivationRelation? Relation { get; init; }

    /// <summary>Which derivation.</summary>
    public DerivationId? DerivationId { get; init; }

    /// <summary>Of an attribution: on how many claims.</summary>
    public int? ClaimCount { get; init; }

    /// <summary>Of an attribution: on which claims, ascending, <see cref="ILineage.NamedClaims"/> at most.</summary>
    public IReadOnlyList<ClaimId>? ClaimIds { get; init; }
}
