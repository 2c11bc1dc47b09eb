using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Assessments;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;

namespace Stemma.Api.Assessments;

/// <summary>Who has it from whom: circular reporting at large, and each source's ancestry and offspring.</summary>
internal static class LineageEndpoints
{
    private const string Tag = "Lineage";

    public static void MapLineage(this IEndpointRouteBuilder api)
    {
        api.MapResources(Routes.Lineage, Tag).MapGet("cycles", ListCycles).WithName("listLineageCycles").Answers(400, 422);
        api.MapResources(Routes.Sources, Tag).MapGet("{id:guid}/lineage", Get).WithName("getSourceLineage").Answers(400, 404);
    }

    /// <summary>List circular reporting</summary>
    /// <remarks>Sources that have it from one another, over all claims: by derivations of any relation but `same-wire`, and by attributions of links that do more than mention. Each is a strongly connected component of two sources or more, in the order of the first members. 422 where there are more than 5,000,000 derivations and attributions.</remarks>
    private static async Task<Results<Ok<PageResponse<CircularReportingResponse>>, Problem>> ListCycles(
        [AsParameters] CycleListQuery query, ILineage lineage, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        var request = read.Result(query.ToRequest(read, http.Request));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var page = await lineage.Cycles(request.Value.After, request.Value.Limit, cancel);
        return page.Failed(out error) ? new Problem(error) : TypedResults.Ok(page.Value.ToResponse(http, CircularReportingResponse.From));
    }

    /// <summary>Follow a source's lineage</summary>
    /// <remarks>From whom it has what it says (`up`), or who has it from this source (`down`), step by step: by derivations of any relation but `same-wire`, and by attributions of links that do more than mention. Breadth first, in the order of ids; what leads back to a source that is there already is an edge, and no second node.</remarks>
    private static async Task<Results<Ok<SourceLineageResponse>, Problem>> Get(
        Guid id, [AsParameters] SourceLineageQuery query, ILineage lineage, CancellationToken cancel)
    {
        var read = new QueryReader();
        var request = read.Result(query.ToRequest(read));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        return await lineage.Trace(new SourceId(id), request.Value.Direction, request.Value.Depth, cancel) is { } traced
            ? TypedResults.Ok(SourceLineageResponse.From(traced))
            : new Problem(new Error.NotFound());
    }
}
