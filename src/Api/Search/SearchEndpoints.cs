using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Search;

namespace Stemma.Api.Search;

/// <summary>`/search`: one search over claims, corroborations, sources and reviews.</summary>
internal static class SearchEndpoints
{
    public static void AddSearch(this IServiceCollection services) => services.AddFeatureJson(SearchJson.Default);

    public static void MapSearch(this IEndpointRouteBuilder api)
    {
        var search = api.MapResources(Routes.Search, "Search");
        search.MapGet("", Find).WithName("search").Answers(400);
    }

    /// <summary>Search everything</summary>
    /// <remarks>Ranked by BM25. A claim is found by its text, its context, the quotes of its links and the titles of its reviews; a corroboration by its quote, attribution and note; a source by its names and description; a review by its title, its rating in words and its explanation. Each is analysed in its own language, and a query finds all languages. Where little is found, words nearly so spelt are tried: such hits come last and say `approximate`. No query is wrong: what makes no sense is read as what was meant, and `notes` says so.</remarks>
    private static async Task<Results<Ok<SearchResponse>, Problem>> Find(
        [AsParameters] SearchListQuery query, ISearch search, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        var request = read.Result(query.ToRequest(read, http.Request));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var page = await search.Find(request.Value, cancel);
        var next = page.Next.ToCursor(http.Request);
        http.LinkNext(next);
        return TypedResults.Ok(new SearchResponse
        {
            Items = [.. page.Hits.Select(SearchHitResponse.From)],
            NextCursor = next,
            Total = TotalResponse.From(page.Total),
            Facets = SearchFacetsResponse.From(page.Facets),
            Notes = page.Notes,
        });
    }
}
