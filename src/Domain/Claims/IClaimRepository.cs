namespace Stemma.Domain.Claims;

public interface IClaimRepository
{
    /// <summary>The claim, living or a tombstone, with its counts, locked against other writers until the unit of work ends.</summary>
    Task<ClaimView?> FindForChange(ClaimId id, CancellationToken cancel);

    void Add(Claim claim);
}
