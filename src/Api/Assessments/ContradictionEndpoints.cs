using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Assessments;

namespace Stemma.Api.Assessments;

/// <summary>`/contradictions`: claims that cannot both be true.</summary>
internal static class ContradictionEndpoints
{
    public static void MapContradictions(this IEndpointRouteBuilder api)
    {
        var contradictions = api.MapResources(Routes.Contradictions, "Contradictions");
        contradictions.MapGet("", List).WithName("listContradictions").Answers(400);
    }

    /// <summary>List contradictions</summary>
    /// <remarks>Pairs of claims that are in conflict, with the evidence on both sides. First those that a claim relation declares, in the order of the relations' ids, then those of which two figures have no value in common. Figures are compared where metric and unit are the same, subject and baseline are the same or both not given (all without regard to case), and their periods share an instant, a bound that is not given being open. `eq` and `between` are the values that they name, `gt`, `gte`, `lt` and `lte` all beyond, `approx` the value with 5% more or less: "5" and "more than 5" exclude each other, "at least 5" and "at most 5" do not. A page may be shorter than its limit and still have a `nextCursor`.</remarks>
    private static async Task<Results<Ok<PageResponse<ContradictionResponse>>, Problem>> List(
        [AsParameters] ContradictionListQuery query, IContradictions contradictions, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        var request = read.Result((Filter: query.ToFilter(read), WithClaims: query.WithClaims(read), Page: query.ToPage(read, http.Request)));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var (filter, withClaims, page) = request.Value;
        var found = await contradictions.List(filter, page.After, page.Limit, cancel);
        var next = ContradictionListQuery.ToCursor(found.Next, http.Request);
        http.LinkNext(next);
        return TypedResults.Ok(new PageResponse<ContradictionResponse>
        {
            Items = [.. found.Items.Select(c => ContradictionResponse.From(c, withClaims))],
            NextCursor = next,
        });
    }
}
