using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Claims;

/// <summary>Stores a claim under an id of the caller's: creates it, replaces it, or brings its tombstone back.</summary>
internal sealed class PutClaim(IClaimRepository claims, IUnitOfWork unit, IAssessments assessments, TimeProvider clock)
{
    public Task<Result<Written<ClaimView>>> Execute(ClaimId id, Expectation expected, ClaimContent content, Actor by, CancellationToken cancel) =>
        unit.Run<Written<ClaimView>>(
            async cancel =>
            {
                var view = await claims.FindForChange(id, cancel);
                if (expected.Check(view?.Claim) is { } stale)
                {
                    return stale;
                }

                if (view is null)
                {
                    var claim = Claim.Create(id, content, by, clock.GetUtcNow());
                    claims.Add(claim);
                    return new Written<ClaimView>(new ClaimView(claim, default), Created: true);
                }

                var created = view.Claim.IsDeleted;
                view.Claim.Revise(content, by, clock.GetUtcNow());
                return new Written<ClaimView>(view, created);
            },
            cancel).WithAssessment(assessments, cancel);
}
