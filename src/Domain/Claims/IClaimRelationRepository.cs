namespace Stemma.Domain.Claims;

/// <summary>Claim relations, to be written.</summary>
public interface IClaimRelationRepository
{
    /// <summary>The claim relation, living or a tombstone, locked against other writers until the unit of work ends.</summary>
    Task<ClaimRelation?> FindForChange(ClaimRelationId id, CancellationToken cancel);

    /// <summary>Stores it when the unit of work ends.</summary>
    void Add(ClaimRelation relation);
}
