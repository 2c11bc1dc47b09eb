using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Search;

namespace Stemma.Api.Claims;

/// <summary>`/claims`: statements that someone makes.</summary>
internal static class ClaimEndpoints
{
    public static void AddClaims(this IServiceCollection services) => services
        .AddFeatureJson(ClaimJson.Default)
        .AddExchanged(new Exchanged<ClaimInput, ClaimContent>(
            ResourceType.Claim, ClaimInput.From, input => input.ToContent(), ("claimantId", ResourceType.Source)))
        .AddExportFilter<ClaimListQuery>(ResourceType.Claim, (query, read) => query.ToFilter(read))
        .AddScoped<CreateClaim>()
        .AddScoped<PutClaim>()
        .AddScoped<ReviseClaim>()
        .AddScoped<DeleteClaim>()
        .AddScoped<RestoreClaim>();

    public static void MapClaims(this IEndpointRouteBuilder api)
    {
        var claims = api.MapResources(Routes.Claims, "Claims");
        claims.MapGet("", List).WithName("listClaims").Answers(400);
        claims.MapPost("", Post).WithName("createClaim").Answers(400, 409, 413, 415);
        claims.MapPost("match", Match).WithName("matchClaims").Answers(400, 413, 415);
        claims.MapGet("{id:guid}/similar", Similar).WithName("similarClaims").Answers(400, 404);
        claims.MapGet("{id:guid}", Get).WithName("getClaim").Answers(400, 404);
        claims.MapPut("{id:guid}", Put).WithName("putClaim").Answers(400, 409, 412, 413, 415);
        claims.MapPatch("{id:guid}", Patch).WithName("patchClaim").Answers(400, 404, 409, 412, 413, 415);
        claims.MapDelete("{id:guid}", Delete).WithName("deleteClaim").Answers(400, 404, 409, 412, 415);
        claims.MapPost("{id:guid}/restore", Restore).WithName("restoreClaim").Answers(400, 404, 409, 415);
    }

    /// <summary>List claims</summary>
    /// <remarks>Filters narrow the list together; one given several times means any of its values. Newest first unless `sort` says otherwise; with `q`, best first.</remarks>
    private static async Task<Results<Ok<PageResponse<ClaimResponse>>, Problem>> List(
        [AsParameters] ClaimListQuery query, IClaimReader claims, ISearch search, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        if (query.IsSearch)
        {
            return await Find(read, query, search, http, cancel);
        }

        var (include, withTotal) = read.ListIncludes(query.Include, ClaimQuery.Names);
        var request = read.Result((Filter: query.ToFilter(read), Page: read.Page<ClaimSort>(query, withTotal, http.Request)));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var page = await claims.List(request.Value.Filter, request.Value.Page, include, cancel);
        return TypedResults.Ok(page.ToResponse(http, ClaimResponse.From));
    }

    private static async Task<Results<Ok<PageResponse<ClaimResponse>>, Problem>> Find(
        QueryReader read, ClaimListQuery query, ISearch search, HttpContext http, CancellationToken cancel)
    {
        if (query.Sort is not null)
        {
            var list = read.Result((Search: query.ToSearch(read, cursor: null, http.Request), Page: read.Page<ClaimSort>(query, withTotal: false, http.Request)));
            if (list.Failed(out var fault))
            {
                return new Problem(fault);
            }

            var (asked, sorted) = list.Value;
            var (listed, facets, notes) = await search.ListClaims(asked, sorted with { WithTotal = asked.WithTotal }, cancel);
            return TypedResults.Ok(listed.ToResponse(http, ClaimResponse.From) with { Facets = SearchFacetsResponse.From(facets), Notes = notes });
        }

        var request = read.Result(query.ToSearch(read, query.Cursor, http.Request));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var page = await search.FindClaims(request.Value, cancel);
        var next = page.Next.ToCursor(http.Request);
        http.LinkNext(next);
        return TypedResults.Ok(new PageResponse<ClaimResponse>
        {
            Items = [.. page.Claims.Select(ClaimResponse.From)],
            NextCursor = next,
            Total = TotalResponse.From(page.Total),
            Facets = SearchFacetsResponse.From(page.Facets),
            Notes = page.Notes,
        });
    }

    /// <summary>Get a claim</summary>
    /// <remarks>With `If-None-Match` and the `ETag` of an earlier answer, 304 where nothing changed, the counts and what is embedded included.</remarks>
    private static async Task<Results<Representation<ClaimResponse>, Unchanged, Problem>> Get(
        Guid id, [AsParameters] ClaimQuery query, IClaimReader claims, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        var include = read.Result(read.Flags(query.Include, ClaimQuery.Names));
        if (include.Failed(out var error))
        {
            return new Problem(error);
        }

        if (http.Request.Headers.IfNoneMatch.Count > 0 && include.Value is ClaimIncludes.None or ClaimIncludes.Corroborations
            && await claims.FindMarks(new ClaimId(id), include.Value is ClaimIncludes.Corroborations, cancel) is { } marks
            && EntityTag.Of(marks) is var etag && http.Request.Headers.IfNoneMatch.MatchesAny(etag))
        {
            return new Unchanged(etag);
        }

        return await claims.Find(new ClaimId(id), include.Value, cancel) is { } view
            ? new Representation<ClaimResponse>(ClaimResponse.From(view))
            : new Problem(new Error.NotFound());
    }

    /// <summary>Create a claim</summary>
    /// <remarks>The server gives it an id. To bring an id of your own, so that a script can be run again, use `PUT`. Where stored claims have nearly the same words, `Link` names up to three of them with `rel="similar"`: it may have been entered before, or with another figure.</remarks>
    private static async Task<Results<CreatedRepresentation<ClaimResponse>, Problem>> Post(
        Body<ClaimInput> body, CreateClaim create, IClaimMatching matching, HttpContext http, CancellationToken cancel)
    {
        var created = await create.Execute(body.Value.ToContent(), http.Actor(), cancel);
        if (created.Failed(out var error))
        {
            return new Problem(error);
        }

        var similar = await matching.NearDuplicates(created.Value.Claim.Id, created.Value.Claim.Content.Text, cancel);
        if (similar.Count > 0)
        {
            http.Response.Headers.Link = string.Join(", ", similar.Select(id => $"<{http.Request.PathBase}{Routes.Claims}/{id.Value}>; rel=\"similar\""));
        }

        return new CreatedRepresentation<ClaimResponse>(ClaimResponse.From(created.Value), Routes.Claims);
    }

    /// <summary>Match a text against claims</summary>
    /// <remarks>Has this been claimed before? The claims that a post, a headline or a paragraph may assert, each with a probability and an explanation: the words that matched and their weight, figures and names that agree or differ, and negation. Links are left out, hashtags and handles are read as words.</remarks>
    private static async Task<Results<Ok<MatchesResponse>, Problem>> Match(Question<MatchQuestion> body, IClaimMatching matching, CancellationToken cancel) =>
        TypedResults.Ok(MatchesResponse.From(await matching.Match(body.Value.ToRequest(), cancel)));

    /// <summary>Find claims similar to a claim</summary>
    /// <remarks>What `POST /claims/match` answers for the claim's text, without the claim itself.</remarks>
    private static async Task<Results<Ok<MatchesResponse>, Problem>> Similar(
        Guid id, [AsParameters] SimilarQuery query, IClaimMatching matching, CancellationToken cancel)
    {
        var read = new QueryReader();
        var request = read.Result((
            Limit: read.Integer(query.Limit, 1, MatchQuestion.MaxLimit) ?? MatchQuestion.DefaultLimit,
            MinScore: read.Share(query.MinScore) ?? SimilarQuery.DefaultMinScore));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        return await matching.Similar(new ClaimId(id), request.Value.Limit, request.Value.MinScore, cancel) is { } found
            ? TypedResults.Ok(MatchesResponse.From(found))
            : new Problem(new Error.NotFound());
    }

    /// <summary>Create or replace a claim</summary>
    /// <remarks>201 where there was none (or only its tombstone), 200 where there was. What the body leaves out takes its default. A body that changes nothing writes nothing and keeps the version.</remarks>
    private static async Task<Results<Representation<ClaimResponse>, CreatedRepresentation<ClaimResponse>, Problem>> Put(
        Guid id, Body<ClaimInput> body, PutClaim put, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation(body.Value.Version);
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var written = await put.Execute(new ClaimId(id), expected.Value, body.Value.ToContent(), http.Actor(), cancel);
        if (written.Failed(out error))
        {
            return new Problem(error);
        }

        var response = ClaimResponse.From(written.Value.Value);
        return written.Value.Created ? new CreatedRepresentation<ClaimResponse>(response, Routes.Claims) : new Representation<ClaimResponse>(response);
    }

    /// <summary>Change parts of a claim</summary>
    /// <remarks>JSON Merge Patch (RFC 7396): what the body names is replaced, `null` puts a member back to its default, lists are replaced whole. Send `If-Match` with the `ETag` you have, so that nobody's change is overwritten unseen.</remarks>
    private static async Task<Results<Representation<ClaimResponse>, Problem>> Patch(
        Guid id, MergePatch<ClaimInput> patch, ReviseClaim revise, Rules<ClaimInput> rules, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation(patch.Members!.Version);
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var revised = await revise.Execute(
            new ClaimId(id),
            expected.Value,
            content => rules.Validate(patch, ClaimInput.From(content), input => input.ToContent()),
            http.Actor(),
            cancel);
        return revised.Failed(out error)
            ? new Problem(await rules.WithMissing(error, patch.Applied, cancel))
            : new Representation<ClaimResponse>(ClaimResponse.From(revised.Value));
    }

    /// <summary>Delete a claim</summary>
    /// <remarks>It leaves a tombstone, which `POST /claims/{id}/restore` brings back. 409 while corroborations, claim relations or reviews still point to it.</remarks>
    private static async Task<Results<NoContent, Problem>> Delete(Guid id, DeleteClaim delete, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation();
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var deleted = await delete.Execute(new ClaimId(id), expected.Value, http.Actor(), cancel);
        return deleted.Failed(out error) ? new Problem(error) : TypedResults.NoContent();
    }

    /// <summary>Restore a deleted claim</summary>
    /// <remarks>On a claim that is not deleted it changes nothing. 409 where it would collide or point at what is deleted.</remarks>
    private static async Task<Results<Representation<ClaimResponse>, Problem>> Restore(
        Guid id, RestoreClaim restore, HttpContext http, CancellationToken cancel)
    {
        var restored = await restore.Execute(new ClaimId(id), http.Actor(), cancel);
        return restored.Failed(out var error) ? new Problem(error) : new Representation<ClaimResponse>(ClaimResponse.From(restored.Value));
    }
}
