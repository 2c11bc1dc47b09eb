namespace Stemma.Domain.Sources;

/// <summary>Derivations, to be written.</summary>
public interface IDerivationRepository
{
    /// <summary>The derivation, living or a tombstone, locked against other writers until the unit of work ends.</summary>
    Task<Derivation?> FindForChange(DerivationId id, CancellationToken cancel);

    /// <summary>Stores it when the unit of work ends.</summary>
    void Add(Derivation derivation);
}
