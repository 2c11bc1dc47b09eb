using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Claims;

/// <summary>Brings a tombstone back to life; on the living it changes nothing.</summary>
internal sealed class RestoreClaim(IClaimRepository claims, IUnitOfWork unit, IAssessments assessments, TimeProvider clock)
{
    public Task<Result<ClaimView>> Execute(ClaimId id, Actor by, CancellationToken cancel) =>
        unit.Run<ClaimView>(
            async cancel =>
            {
                var view = await claims.FindForChange(id, cancel);
                if (view is null)
                {
                    return new Error.NotFound();
                }

                view.Claim.Restore(by, clock.GetUtcNow());
                return view;
            },
            cancel).WithAssessment(assessments, cancel);
}
