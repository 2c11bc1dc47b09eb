using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Domain.Claims;

/// <summary>Reads claim relations.</summary>
public interface IClaimRelationReader
{
    /// <summary>The living claim relation of this id, else null.</summary>
    Task<ClaimRelationView?> Find(ClaimRelationId id, ClaimRelationIncludes include, CancellationToken cancel);

    /// <summary>One page of the living claim relations that the filter leaves.</summary>
    Task<Page<ClaimRelationView>> List(
        ClaimRelationFilter filter, PageRequest<ClaimRelationSort> page, ClaimRelationIncludes include, CancellationToken cancel);
}

/// <summary>A claim relation with what was asked to be embedded.</summary>
/// <param name="Relation">The relation itself.</param>
public sealed record ClaimRelationView(ClaimRelation Relation)
{
    /// <summary>The claim that the relation is said of; null unless asked for.</summary>
    public ClaimView? From { get; init; }

    /// <summary>The other claim; null unless asked for.</summary>
    public ClaimView? To { get; init; }
}

/// <summary>What to embed in claim relations.</summary>
[Flags]
public enum ClaimRelationIncludes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The claim that the relation is said of.</summary>
    From = 1,

    /// <summary>The other claim.</summary>
    To = 2,
}

/// <summary>What a list of claim relations is sorted by.</summary>
public enum ClaimRelationSort
{
    /// <summary>When it was created.</summary>
    CreatedAt,

    /// <summary>When it was last changed.</summary>
    UpdatedAt,
}

/// <summary>Which claim relations: every given part must hold; of several values in one part, any.</summary>
public sealed record ClaimRelationFilter : ResourceFilter
{
    /// <summary>The claim that the relation is said of.</summary>
    public IReadOnlyList<ClaimId> FromIds { get; init; } = [];

    /// <summary>The other claim.</summary>
    public IReadOnlyList<ClaimId> ToIds { get; init; } = [];

    /// <summary>At either end.</summary>
    public IReadOnlyList<ClaimId> ClaimIds { get; init; } = [];

    /// <summary>How the one stands to the other.</summary>
    public IReadOnlyList<ClaimRelationKind> Kinds { get; init; } = [];

    /// <summary>In what the two differ.</summary>
    public IReadOnlyList<ScopeDifference> ScopeDifferences { get; init; } = [];
}
