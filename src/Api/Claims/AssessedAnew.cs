using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Claims;

/// <summary>A write may move the claim's assessment: what is answered is how it stands afterwards.</summary>
internal static class AssessedAnew
{
    public static async Task<Result<ClaimView>> WithAssessment(this Task<Result<ClaimView>> written, IAssessments assessments, CancellationToken cancel)
    {
        var result = await written;
        return result.Failed(out var error) ? error : await result.Value.WithAssessment(assessments, cancel);
    }

    public static async Task<Result<Written<ClaimView>>> WithAssessment(
        this Task<Result<Written<ClaimView>>> written, IAssessments assessments, CancellationToken cancel)
    {
        var result = await written;
        return result.Failed(out var error) ? error : result.Value with { Value = await result.Value.Value.WithAssessment(assessments, cancel) };
    }

    private static async Task<ClaimView> WithAssessment(this ClaimView view, IAssessments assessments, CancellationToken cancel) =>
        view with { Assessment = await assessments.Summarize(view.Claim.Id, cancel) ?? view.Assessment };
}
