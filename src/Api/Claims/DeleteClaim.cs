using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Claims;

/// <summary>Leaves a tombstone where nothing refers to the claim any more.</summary>
internal sealed class DeleteClaim(IClaimRepository claims, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<ClaimId>> Execute(ClaimId id, Expectation expected, Actor by, CancellationToken cancel) =>
        unit.Run<ClaimId>(
            async cancel =>
            {
                var claim = (await claims.FindForChange(id, cancel))?.Claim;
                if (claim is null or { IsDeleted: true })
                {
                    return new Error.NotFound();
                }

                if (expected.Check(claim) is { } stale)
                {
                    return stale;
                }

                claim.Delete(by, clock.GetUtcNow());
                return id;
            },
            cancel);
}
