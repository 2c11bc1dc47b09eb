using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Claims;

/// <summary>Stores a new claim under an id of the server's making.</summary>
internal sealed class CreateClaim(IClaimRepository claims, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<ClaimView>> Execute(ClaimContent content, Actor by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var id = new ClaimId(Guid.CreateVersion7(now));
        return unit.Run<ClaimView>(
            _ =>
            {
                var claim = Claim.Create(id, content, by, now);
                claims.Add(claim);
                return Task.FromResult<Result<ClaimView>>(new ClaimView(claim, default));
            },
            cancel);
    }
}
