using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Claims;

/// <summary>Changes a living claim by what the caller makes of its present content, which stays locked meanwhile.</summary>
internal sealed class ReviseClaim(IClaimRepository claims, IUnitOfWork unit, IAssessments assessments, TimeProvider clock)
{
    public Task<Result<ClaimView>> Execute(
        ClaimId id, Expectation expected, Func<ClaimContent, Result<ClaimContent>> change, Actor by, CancellationToken cancel) =>
        unit.Run<ClaimView>(
            async cancel =>
            {
                var view = await claims.FindForChange(id, cancel);
                if (view is null or { Claim.IsDeleted: true })
                {
                    return new Error.NotFound();
                }

                if (expected.Check(view.Claim) is { } stale)
                {
                    return stale;
                }

                var content = change(view.Claim.Content);
                if (content.Failed(out var invalid))
                {
                    return invalid;
                }

                view.Claim.Revise(content.Value, by, clock.GetUtcNow());
                return view;
            },
            cancel).WithAssessment(assessments, cancel);
}
