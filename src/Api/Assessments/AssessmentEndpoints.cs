using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Assessments.Graphs;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Sources;

namespace Stemma.Api.Assessments;

/// <summary>`/claims/{id}/assessment`: how many sources that really is; and what else follows from links, derivations and relations.</summary>
internal static class AssessmentEndpoints
{
    public static void AddAssessments(this IServiceCollection services) => services
        .AddFeatureJson(AssessmentJson.Default)
        .AddFeatureJson(GraphJson.Default)
        .AddFeatureJson(ContradictionJson.Default)
        .AddFeatureJson(LineageJson.Default);

    public static void MapAssessments(this IEndpointRouteBuilder api)
    {
        var claims = api.MapResources(Routes.Claims, "Assessment");
        claims.MapGet("{id:guid}/assessment", Get).WithName("getAssessment").Answers(400, 404, 422);
        claims.MapGet("{id:guid}/timeline", Timeline).WithName("getClaimTimeline").Answers(400, 404, 422);
        claims.MapPut("{id:guid}/assessment/override", SetOverride).WithName("putAssessmentOverride").Answers(400, 404, 413, 415);
        claims.MapDelete("{id:guid}/assessment/override", RemoveOverride).WithName("deleteAssessmentOverride").Answers(400, 404, 415);
        claims.MapGraph();
        api.MapContradictions();
        api.MapLineage();
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

    /// <summary>Follow a claim through time</summary>
    /// <remarks>What was said, shown, denied and graded, in the order in which it happened: when the claim was asserted, when what it asserts begins and ends to hold, each link by the date of its publication (its own, else its source document's), claims that stand in a relation to it, and the analyst's grade. Sorted by the first instant that a date may mean, then by the last, so that of two that begin at once the more exact comes first; without a date, last. `orderCertain` says where it may have been otherwise. 422 where more than 10,000 links have no date of their own, or there are more than 10,000 relations.</remarks>
    private static async Task<Results<Ok<PageResponse<TimelineEntryResponse>>, Problem>> Timeline(
        Guid id, [AsParameters] TimelineQuery query, ITimelines timelines, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        var request = read.Result(query.ToRequest(read, http.Request));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var page = await timelines.Read(new ClaimId(id), request.Value.After, request.Value.Limit, cancel);
        if (page.Failed(out error))
        {
            return new Problem(error);
        }

        var next = TimelineQuery.ToCursor(page.Value.Next, http.Request);
        http.LinkNext(next);
        return TypedResults.Ok(new PageResponse<TimelineEntryResponse> { Items = [.. page.Value.Entries.Select(TimelineEntryResponse.Of)], NextCursor = next });
    }

    private static HashSet<SourceId> Named(Assessment assessment) =>
    [
        .. new[] { assessment.For, assessment.Against }.SelectMany(side => side.Groups.SelectMany(g => g.Origins.Concat(g.RelayedBy))
            .Concat(side.UnknownLineage).Concat(side.PartyOrigins).Concat(side.Cycles.SelectMany(c => c.Members))),
    ];
}
