using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.ClaimRelations;

/// <summary>`/claim-relations`: how claims stand to each other.</summary>
internal static class ClaimRelationEndpoints
{
    public static void AddClaimRelations(this IServiceCollection services) => services
        .AddFeatureJson(ClaimRelationJson.Default)
        .AddExchanged(new Exchanged<ClaimRelationInput, ClaimRelationContent>(
            ResourceType.ClaimRelation, ClaimRelationInput.From, input => input.ToContent(), ("fromId", ResourceType.Claim), ("toId", ResourceType.Claim)))
        .AddExportFilter<ClaimRelationListQuery>(ResourceType.ClaimRelation, (query, read) => query.ToFilter(read))
        .AddScoped<CreateClaimRelation>()
        .AddScoped<PutClaimRelation>()
        .AddScoped<ReviseClaimRelation>()
        .AddScoped<DeleteClaimRelation>()
        .AddScoped<RestoreClaimRelation>();

    public static void MapClaimRelations(this IEndpointRouteBuilder api)
    {
        var relations = api.MapResources(Routes.ClaimRelations, "Claim relations");
        relations.MapGet("", List).WithName("listClaimRelations").Answers(400);
        relations.MapPost("", Post).WithName("createClaimRelation").Answers(400, 409, 413, 415);
        relations.MapGet("{id:guid}", Get).WithName("getClaimRelation").Answers(400, 404);
        relations.MapPut("{id:guid}", Put).WithName("putClaimRelation").Answers(400, 409, 412, 413, 415);
        relations.MapPatch("{id:guid}", Patch).WithName("patchClaimRelation").Answers(400, 404, 409, 412, 413, 415);
        relations.MapDelete("{id:guid}", Delete).WithName("deleteClaimRelation").Answers(400, 404, 412, 415);
        relations.MapPost("{id:guid}/restore", Restore).WithName("restoreClaimRelation").Answers(400, 404, 409, 415);
    }

    /// <summary>List claim relations</summary>
    /// <remarks>Filters narrow the list together; one given several times means any of its values. Newest first unless `sort` says otherwise.</remarks>
    private static async Task<Results<Ok<PageResponse<ClaimRelationResponse>>, Problem>> List(
        [AsParameters] ClaimRelationListQuery query, IClaimRelationReader relations, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        var (include, withTotal) = read.ListIncludes(query.Include, ClaimRelationQuery.Names);
        var request = read.Result((Filter: query.ToFilter(read), Page: read.Page<ClaimRelationSort>(query, withTotal, http.Request)));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var page = await relations.List(request.Value.Filter, request.Value.Page, include, cancel);
        return TypedResults.Ok(page.ToResponse(http, ClaimRelationResponse.Of));
    }

    /// <summary>Get a claim relation</summary>
    /// <remarks>With `If-None-Match` and the `ETag` of an earlier answer, 304 where nothing changed, what is embedded included.</remarks>
    private static async Task<Results<Representation<ClaimRelationResponse>, Problem>> Get(
        Guid id, [AsParameters] ClaimRelationQuery query, IClaimRelationReader relations, CancellationToken cancel)
    {
        var read = new QueryReader();
        var include = read.Result(read.Flags(query.Include, ClaimRelationQuery.Names));
        if (include.Failed(out var error))
        {
            return new Problem(error);
        }

        return await relations.Find(new ClaimRelationId(id), include.Value, cancel) is { } view
            ? new Representation<ClaimRelationResponse>(ClaimRelationResponse.Of(view))
            : new Problem(new Error.NotFound());
    }

    /// <summary>Create a claim relation</summary>
    /// <remarks>The server gives it an id. To bring an id of your own, so that a script can be run again, use `PUT`. 409 where these two claims have this relation already; `contradicts` and `equivalent` are the same either way round.</remarks>
    private static async Task<Results<CreatedRepresentation<ClaimRelationResponse>, Problem>> Post(
        Body<ClaimRelationInput> body, CreateClaimRelation create, HttpContext http, CancellationToken cancel)
    {
        var created = await create.Execute(body.Value.ToContent(), http.Actor(), cancel);
        return created.Failed(out var error) ? new Problem(error) : new CreatedRepresentation<ClaimRelationResponse>(ClaimRelationResponse.Of(created.Value), Routes.ClaimRelations);
    }

    /// <summary>Create or replace a claim relation</summary>
    /// <remarks>201 where there was none (or only its tombstone), 200 where there was. What the body leaves out takes its default. A body that changes nothing writes nothing and keeps the version.</remarks>
    private static async Task<Results<Representation<ClaimRelationResponse>, CreatedRepresentation<ClaimRelationResponse>, Problem>> Put(
        Guid id, Body<ClaimRelationInput> body, PutClaimRelation put, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation(body.Value.Version);
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var written = await put.Execute(new ClaimRelationId(id), expected.Value, body.Value.ToContent(), http.Actor(), cancel);
        if (written.Failed(out error))
        {
            return new Problem(error);
        }

        var response = ClaimRelationResponse.Of(written.Value.Value);
        return written.Value.Created ? new CreatedRepresentation<ClaimRelationResponse>(response, Routes.ClaimRelations) : new Representation<ClaimRelationResponse>(response);
    }

    /// <summary>Change parts of a claim relation</summary>
    /// <remarks>JSON Merge Patch (RFC 7396): what the body names is replaced, `null` puts a member back to its default, lists are replaced whole. Send `If-Match` with the `ETag` you have, so that nobody's change is overwritten unseen.</remarks>
    private static async Task<Results<Representation<ClaimRelationResponse>, Problem>> Patch(
        Guid id, MergePatch<ClaimRelationInput> patch, ReviseClaimRelation revise, Rules<ClaimRelationInput> rules, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation(patch.Members!.Version);
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var revised = await revise.Execute(
            new ClaimRelationId(id),
            expected.Value,
            content => rules.Validate(patch, ClaimRelationInput.From(content), input => input.ToContent()),
            http.Actor(),
            cancel);
        return revised.Failed(out error)
            ? new Problem(await rules.WithMissing(error, patch.Applied, cancel))
            : new Representation<ClaimRelationResponse>(ClaimRelationResponse.Of(revised.Value));
    }

    /// <summary>Delete a claim relation</summary>
    /// <remarks>It leaves a tombstone, which `POST /claim-relations/{id}/restore` brings back.</remarks>
    private static async Task<Results<NoContent, Problem>> Delete(Guid id, DeleteClaimRelation delete, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation();
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var deleted = await delete.Execute(new ClaimRelationId(id), expected.Value, http.Actor(), cancel);
        return deleted.Failed(out error) ? new Problem(error) : TypedResults.NoContent();
    }

    /// <summary>Restore a deleted claim relation</summary>
    /// <remarks>On a claim relation that is not deleted it changes nothing. 409 where it would collide or point at what is deleted.</remarks>
    private static async Task<Results<Representation<ClaimRelationResponse>, Problem>> Restore(
        Guid id, RestoreClaimRelation restore, HttpContext http, CancellationToken cancel)
    {
        var restored = await restore.Execute(new ClaimRelationId(id), http.Actor(), cancel);
        return restored.Failed(out var error) ? new Problem(error) : new Representation<ClaimRelationResponse>(ClaimRelationResponse.Of(restored.Value));
    }
}
