using Stemma.Domain.Kernel;

namespace Stemma.Domain.Resources;

/// <summary>The kinds of stored resource.</summary>
public enum ResourceType
{
    Source,
    Claim,
    Corroboration,
    Derivation,
    ClaimRelation,
    Review,
}

/// <summary>Names one resource.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Id">Its id.</param>
public readonly record struct ResourceRef(ResourceType Type, Guid Id);

/// <summary>A reference that content makes: where it stands in the JSON, and to what.</summary>
public readonly record struct Reference(string Path, ResourceType Type, Guid Id)
{
    /// <summary>The broken rule where it points at nothing.</summary>
    public Fault ToFault() => new(Path, $"There is no {Type.ToString().ToLowerInvariant()} {Id}, or it is deleted.");
}

/// <summary>Looks references up.</summary>
public interface IReferenceReader
{
    /// <summary>Those of <paramref name="references"/> that point at nothing, or at what is deleted; in their order.</summary>
    Task<IReadOnlyList<Reference>> Missing(IReadOnlyList<Reference> references, CancellationToken cancel);
}
