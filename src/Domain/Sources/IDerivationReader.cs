using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Domain.Sources;

/// <summary>Reads derivations.</summary>
public interface IDerivationReader
{
    /// <summary>The living derivation of this id, else null.</summary>
    Task<DerivationView?> Find(DerivationId id, DerivationIncludes include, CancellationToken cancel);

    /// <summary>One page of the living derivations that the filter leaves.</summary>
    Task<Page<DerivationView>> List(DerivationFilter filter, PageRequest<DerivationSort> page, DerivationIncludes include, CancellationToken cancel);
}

/// <summary>A derivation with what was asked to be embedded.</summary>
/// <param name="Derivation">The derivation itself.</param>
public sealed record DerivationView(Derivation Derivation)
{
    /// <summary>The later source; null unless asked for.</summary>
    public Source? From { get; init; }

    /// <summary>The earlier source; null unless asked for.</summary>
    public Source? To { get; init; }
}

/// <summary>What to embed in derivations.</summary>
[Flags]
public enum DerivationIncludes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The later source.</summary>
    From = 1,

    /// <summary>The earlier source.</summary>
    To = 2,
}

/// <summary>What a list of derivations is sorted by.</summary>
public enum DerivationSort
{
    /// <summary>When it was created.</summary>
    CreatedAt,

    /// <summary>When it was last changed.</summary>
    UpdatedAt,
}

/// <summary>Which derivations: every given part must hold; of several values in one part, any.</summary>
public sealed record DerivationFilter : ResourceFilter
{
    /// <summary>The later source.</summary>
    public IReadOnlyList<SourceId> FromIds { get; init; } = [];

    /// <summary>The earlier source.</summary>
    public IReadOnlyList<SourceId> ToIds { get; init; } = [];

    /// <summary>At either end.</summary>
    public IReadOnlyList<SourceId> SourceIds { get; init; } = [];

    /// <summary>How the one repeats the other.</summary>
    public IReadOnlyList<DerivationRelation> Relations { get; init; } = [];

    /// <summary>Declared or inferred.</summary>
    public IReadOnlyList<DerivationBasis> Bases { get; init; } = [];
}
