using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;

namespace Stemma.Api.Reviews;

/// <summary>`/reviews`: fact-checks of claims.</summary>
internal static class ReviewEndpoints
{
    private static readonly string[] Forms = ["application/json", ClaimReviewDocument.MediaType];

    public static void AddReviews(this IServiceCollection services) => services
        .AddFeatureJson(ReviewJson.Default)
        .AddExchanged(new Exchanged<ReviewInput, ReviewContent>(
            ResourceType.Review, ReviewInput.From, input => input.ToContent(), ("claimId", ResourceType.Claim), ("publisherId", ResourceType.Source)))
        .AddExportFilter<ReviewListQuery>(ResourceType.Review, (query, read) => query.ToFilter(read))
        .AddScoped<CreateReview>()
        .AddScoped<PutReview>()
        .AddScoped<ReviseReview>()
        .AddScoped<DeleteReview>()
        .AddScoped<RestoreReview>();

    public static void MapReviews(this IEndpointRouteBuilder api)
    {
        var reviews = api.MapResources(Routes.Reviews, "Reviews");
        reviews.MapGet("", List).WithName("listReviews").Answers(400);
        reviews.MapPost("", Post).WithName("createReview").Answers(400, 409, 413, 415);
        reviews.MapGet("{id:guid}", Get).WithName("getReview")
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ReviewResponse), Forms)).Answers(400, 404, 406);
        reviews.MapPut("{id:guid}", Put).WithName("putReview").Answers(400, 409, 412, 413, 415);
        reviews.MapPatch("{id:guid}", Patch).WithName("patchReview").Answers(400, 404, 409, 412, 413, 415);
        reviews.MapDelete("{id:guid}", Delete).WithName("deleteReview").Answers(400, 404, 412, 415);
        reviews.MapPost("{id:guid}/restore", Restore).WithName("restoreReview").Answers(400, 404, 409, 415);
    }

    /// <summary>List reviews</summary>
    /// <remarks>Filters narrow the list together; one given several times means any of its values. Newest first unless `sort` says otherwise.</remarks>
    private static async Task<Results<Ok<PageResponse<ReviewResponse>>, Problem>> List(
        [AsParameters] ReviewListQuery query, IReviewReader reviews, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        var (include, withTotal) = read.ListIncludes(query.Include, ReviewQuery.Names);
        var request = read.Result((Filter: query.ToFilter(read), Page: read.Page<ReviewSort>(query, withTotal, http.Request)));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var page = await reviews.List(request.Value.Filter, request.Value.Page, include, cancel);
        return TypedResults.Ok(page.ToResponse(http, ReviewResponse.Of));
    }

    /// <summary>Get a review</summary>
    /// <remarks>With `Accept: application/ld+json` it is a schema.org ClaimReview, with its claim, claimant and publisher; `include` adds nothing to that. With `If-None-Match` and the `ETag` of an earlier answer in the same form, 304 where nothing changed, what is embedded included.</remarks>
    private static async Task<IResult> Get(
        Guid id, [AsParameters] ReviewQuery query, IReviewReader reviews, ISourceReader sources, HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (http.Request.Best(Forms) is not { } form)
        {
            return new Refusal(StatusCodes.Status406NotAcceptable, $"It is to be had as {string.Join(", ", Forms)}; Accept allows none of these.");
        }

        var read = new QueryReader();
        var include = read.Result(read.Flags(query.Include, ReviewQuery.Names));
        if (include.Failed(out var error))
        {
            return new Problem(error);
        }

        var isLinked = form == ClaimReviewDocument.MediaType;
        return await reviews.Find(new ReviewId(id), isLinked ? ReviewIncludes.Claim | ReviewIncludes.Publisher : include.Value, cancel) is not { } view ? new Problem(new Error.NotFound())
            : isLinked ? await Linked(view, sources, cancel)
            : new Representation<ReviewResponse>(ReviewResponse.Of(view));
    }

    private static async Task<IResult> Linked(ReviewView view, ISourceReader sources, CancellationToken cancel)
    {
        // Each is read by itself: between two of them either may go.
        if (view is not { Claim.Claim: var claim, Publisher: { } publisher })
        {
            return new Problem(new Error.NotFound());
        }

        var claimant = claim.Content.ClaimantId is { } id ? await sources.Find(id, SourceIncludes.None, cancel) : null;
        return new LinkedData(new ClaimReviewDocument(view.Review, claim, publisher, claimant?.Source));
    }

    /// <summary>Create a review</summary>
    /// <remarks>The server gives it an id. To bring an id of your own, so that a script can be run again, use `PUT`. 409 where this publisher has a review of this claim at this address already (scheme, `www.`, tracking parameters and the like do not matter), or one without an address where none is given: `conflictsWith` names it.</remarks>
    private static async Task<Results<CreatedRepresentation<ReviewResponse>, Problem>> Post(
        Body<ReviewInput> body, CreateReview create, HttpContext http, CancellationToken cancel)
    {
        var created = await create.Execute(body.Value.ToContent(), http.Actor(), cancel);
        return created.Failed(out var error) ? new Problem(error) : new CreatedRepresentation<ReviewResponse>(ReviewResponse.Of(created.Value), Routes.Reviews);
    }

    /// <summary>Create or replace a review</summary>
    /// <remarks>201 where there was none (or only its tombstone), 200 where there was. What the body leaves out takes its default. A body that changes nothing writes nothing and keeps the version.</remarks>
    private static async Task<Results<Representation<ReviewResponse>, CreatedRepresentation<ReviewResponse>, Problem>> Put(
        Guid id, Body<ReviewInput> body, PutReview put, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation(body.Value.Version);
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var written = await put.Execute(new ReviewId(id), expected.Value, body.Value.ToContent(), http.Actor(), cancel);
        if (written.Failed(out error))
        {
            return new Problem(error);
        }

        var response = ReviewResponse.Of(written.Value.Value);
        return written.Value.Created ? new CreatedRepresentation<ReviewResponse>(response, Routes.Reviews) : new Representation<ReviewResponse>(response);
    }

    /// <summary>Change parts of a review</summary>
    /// <remarks>JSON Merge Patch (RFC 7396): what the body names is replaced, `null` puts a member back to its default, lists are replaced whole. Send `If-Match` with the `ETag` you have, so that nobody's change is overwritten unseen.</remarks>
    private static async Task<Results<Representation<ReviewResponse>, Problem>> Patch(
        Guid id, MergePatch<ReviewInput> patch, ReviseReview revise, Rules<ReviewInput> rules, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation(patch.Members!.Version);
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var revised = await revise.Execute(
            new ReviewId(id),
            expected.Value,
            content => rules.Validate(patch, ReviewInput.From(content), input => input.ToContent()),
            http.Actor(),
            cancel);
        return revised.Failed(out error)
            ? new Problem(await rules.WithMissing(error, patch.Applied, cancel))
            : new Representation<ReviewResponse>(ReviewResponse.Of(revised.Value));
    }

    /// <summary>Delete a review</summary>
    /// <remarks>It leaves a tombstone, which `POST /reviews/{id}/restore` brings back.</remarks>
    private static async Task<Results<NoContent, Problem>> Delete(Guid id, DeleteReview delete, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation();
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var deleted = await delete.Execute(new ReviewId(id), expected.Value, http.Actor(), cancel);
        return deleted.Failed(out error) ? new Problem(error) : TypedResults.NoContent();
    }

    /// <summary>Restore a deleted review</summary>
    /// <remarks>On a review that is not deleted it changes nothing. 409 where it would collide or point at what is deleted.</remarks>
    private static async Task<Results<Representation<ReviewResponse>, Problem>> Restore(
        Guid id, RestoreReview restore, HttpContext http, CancellationToken cancel)
    {
        var restored = await restore.Execute(new ReviewId(id), http.Actor(), cancel);
        return restored.Failed(out var error) ? new Problem(error) : new Representation<ReviewResponse>(ReviewResponse.Of(restored.Value));
    }
}
