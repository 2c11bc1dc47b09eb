using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Reviews;
using Stemma.Domain.Search;

namespace Stemma.Api.FactCheckTools;

/// <summary>`/v1alpha1/claims:search`: reviewed claims as Google's Fact Check Tools API has them, so that its clients work here.</summary>
internal static class FactCheckEndpoints
{
    public static void AddFactCheckTools(this IServiceCollection services) => services.AddFeatureJson(FactCheckJson.Default);

    public static void MapFactCheckTools(this IEndpointRouteBuilder api) =>
        api.MapGroup(GoogleErrors.Root).WithTags("Fact check tools")
            .MapGet("claims:search", Search).WithName("searchFactChecks").AnswersAsGoogle(400);

    /// <summary>Search fact-checks as Google's API does</summary>
    /// <remarks>The answers of Google's Fact Check Tools API, over the claims here that have a review. Clients of that API need only another address. Errors are Google's too: `{"error": {"code", "message", "status", "details"}}`.</remarks>
    private static async Task<Results<Ok<FactCheckResponse>, Problem>> Search(
        [AsParameters] FactCheckQuery query, ISearch search, IReviewReader reviews, TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        var skip = query.Skip(read);
        var request = read.Result(query.ToRequest(read, http.Request, clock.GetUtcNow()));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var page = await Page(request.Value, skip, search, cancel);
        var found = await reviews.OfClaims([.. page.Claims.Select(c => c.Claim.Id)], request.Value.Filter.ReviewedAs!, cancel);
        var claims = page.Claims.Where(c => found[c.Claim.Id].Any()).Select(c => FactCheckedClaim.From(c, found[c.Claim.Id])).ToList();
        return TypedResults.Ok(new FactCheckResponse
        {
            Claims = claims.Count == 0 ? null : claims,
            NextPageToken = page.Next.ToCursor(query.Scope(http.Request)),
        });
    }

    /// <summary>What is passed over is found and ranked, as one page before this.</summary>
    private static async Task<ClaimSearchPage> Page(ClaimSearchRequest request, int skip, ISearch search, CancellationToken cancel)
    {
        if (skip > 0)
        {
            var before = await search.FindClaims(request with { Limit = skip, Include = ClaimIncludes.None }, cancel);
            if (before.Next is null)
            {
                return before with { Claims = [] };
            }

            request = request with { After = before.Next };
        }

        return await search.FindClaims(request, cancel);
    }
}
