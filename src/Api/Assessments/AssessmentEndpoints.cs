using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Assessments.Graphs;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Sources;

namespace Stemma.Api.Assessments;

/// <summary>`/claims/{id}/assessment`: how many sources that really is; `/claims/{id}/graph`: which.</summary>
internal static class AssessmentEndpoints
{
    public static void AddAssessments(this IServiceCollection services) => services.AddFeatureJson(AssessmentJson.Default).AddFeatureJson(GraphJson.Default);

    public static void MapAssessments(this IEndpointRouteBuilder api)
    {
        var claims = api.MapResources(Routes.Claims, "Assessment");
        claims.MapGet("{id:guid}/assessment", Get).WithName("getAssessment").Answers(400, 404, 422);
        claims.MapPut("{id:guid}/assessment/override", SetOverride).WithName("putAssessmentOverride").Answers(400, 404, 413, 415);
        claims.MapDelete("{id:guid}/assessment/override", RemoveOverride).WithName("deleteAssessmentOverride").Answers(400, 404, 415);
        claims.MapGraph();
    }

    /// <summary>Assess a claim</summary>
    /// <remarks>How many sources is that really? Follows every link to where it begins, puts together what is one house, one text or one wire, counts independent origins for and against, and says by which rule they decide. What is not known never counts as independence. The same data gives the same answer, whatever the order of entry; 422 where the lineage has more than 50,000 sources.</remarks>
    private static async Task<Results<Ok<AssessmentResponse>, Problem>> Get(
        Guid id, [AsParameters] AssessmentQuery query, IAssessments assessments, CancellationToken cancel)
    {
        var read = new QueryReader();
        var include = read.Result(read.Flags(query.Include, AssessmentQuery.Names));
        if (include.Failed(out var error))
        {
            return new Problem(error);
        }

        var assessed = await assessments.Assess(new ClaimId(id), cancel);
        if (assessed.Failed(out error))
        {
            return new Problem(error);
        }

        var sources = include.Value == AssessmentIncludes.Sources ? await assessments.Sources(Named(assessed.Value.Assessment), cancel) : null;
        return TypedResults.Ok(AssessmentResponse.From(assessed.Value, sources));
    }

    /// <summary>Grade a claim by one's own judgement</summary>
    /// <remarks>The analyst's credibility stands before the derived one in the claim, in lists and in the assessment, where both stay visible. Setting what is set changes nothing.</remarks>
    private static async Task<Results<Ok<OverrideResponse>, Problem>> SetOverride(
        Guid id, Question<OverrideInput> body, IAssessments assessments, TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var set = await assessments.SetOverride(
            new ClaimId(id), body.Value.Credibility!.Value, body.Value.Reason!, http.Actor(), clock.GetUtcNow(), cancel);
        return set.Failed(out var error) ? new Problem(error) : TypedResults.Ok(OverrideResponse.From(set.Value)!);
    }

    /// <summary>Take an own grade back</summary>
    /// <remarks>From then on the derived credibility stands. 404 where there is no grade.</remarks>
    private static async Task<Results<NoContent, Problem>> RemoveOverride(Guid id, IAssessments assessments, CancellationToken cancel)
    {
        var removed = await assessments.RemoveOverride(new ClaimId(id), cancel);
        return removed.Failed(out var error) ? new Problem(error) : TypedResults.NoContent();
    }

    private static HashSet<SourceId> Named(Assessment assessment) =>
    [
        .. new[] { assessment.For, assessment.Against }.SelectMany(side => side.Groups.SelectMany(g => g.Origins.Concat(g.RelayedBy))
            .Concat(side.UnknownLineage).Concat(side.PartyOrigins).Concat(side.Cycles.SelectMany(c => c.Members))),
    ];
}
