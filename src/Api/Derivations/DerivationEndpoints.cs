using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Derivations;

/// <summary>`/derivations`: which source repeats which.</summary>
internal static class DerivationEndpoints
{
    public static void AddDerivations(this IServiceCollection services) => services
        .AddFeatureJson(DerivationJson.Default)
        .AddExchanged(new Exchanged<DerivationInput, DerivationContent>(
            ResourceType.Derivation, DerivationInput.From, input => input.ToContent(), ("fromId", ResourceType.Source), ("toId", ResourceType.Source)))
        .AddExportFilter<DerivationListQuery>(ResourceType.Derivation, (query, read) => query.ToFilter(read))
        .AddScoped<CreateDerivation>()
        .AddScoped<PutDerivation>()
        .AddScoped<ReviseDerivation>()
        .AddScoped<DeleteDerivation>()
        .AddScoped<RestoreDerivation>();

    public static void MapDerivations(this IEndpointRouteBuilder api)
    {
        var derivations = api.MapResources(Routes.Derivations, "Derivations");
        derivations.MapGet("", List).WithName("listDerivations").Answers(400);
        derivations.MapPost("", Post).WithName("createDerivation").Answers(400, 409, 413, 415);
        derivations.MapGet("{id:guid}", Get).WithName("getDerivation").Answers(400, 404);
        derivations.MapPut("{id:guid}", Put).WithName("putDerivation").Answers(400, 409, 412, 413, 415);
        derivations.MapPatch("{id:guid}", Patch).WithName("patchDerivation").Answers(400, 404, 409, 412, 413, 415);
        derivations.MapDelete("{id:guid}", Delete).WithName("deleteDerivation").Answers(400, 404, 412, 415);
        derivations.MapPost("{id:guid}/restore", Restore).WithName("restoreDerivation").Answers(400, 404, 409, 415);
    }

    /// <summary>List derivations</summary>
    /// <remarks>Filters narrow the list together; one given several times means any of its values. Newest first unless `sort` says otherwise.</remarks>
    private static async Task<Results<Ok<PageResponse<DerivationResponse>>, Problem>> List(
        [AsParameters] DerivationListQuery query, IDerivationReader derivations, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        var (include, withTotal) = read.ListIncludes(query.Include, DerivationQuery.Names);
        var request = read.Result((Filter: query.ToFilter(read), Page: read.Page<DerivationSort>(query, withTotal, http.Request)));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var page = await derivations.List(request.Value.Filter, request.Value.Page, include, cancel);
        return TypedResults.Ok(page.ToResponse(http, DerivationResponse.Of));
    }

    /// <summary>Get a derivation</summary>
    /// <remarks>With `If-None-Match` and the `ETag` of an earlier answer, 304 where nothing changed, what is embedded included.</remarks>
    private static async Task<Results<Representation<DerivationResponse>, Problem>> Get(
        Guid id, [AsParameters] DerivationQuery query, IDerivationReader derivations, CancellationToken cancel)
    {
        var read = new QueryReader();
        var include = read.Result(read.Flags(query.Include, DerivationQuery.Names));
        if (include.Failed(out var error))
        {
            return new Problem(error);
        }

        return await derivations.Find(new DerivationId(id), include.Value, cancel) is { } view
            ? new Representation<DerivationResponse>(DerivationResponse.Of(view))
            : new Problem(new Error.NotFound());
    }

    /// <summary>Create a derivation</summary>
    /// <remarks>The server gives it an id. To bring an id of your own, so that a script can be run again, use `PUT`. 409 where these two sources have this relation already; `same-wire` is the same either way round.</remarks>
    private static async Task<Results<CreatedRepresentation<DerivationResponse>, Problem>> Post(
        Body<DerivationInput> body, CreateDerivation create, HttpContext http, CancellationToken cancel)
    {
        var created = await create.Execute(body.Value.ToContent(), http.Actor(), cancel);
        return created.Failed(out var error) ? new Problem(error) : new CreatedRepresentation<DerivationResponse>(DerivationResponse.Of(created.Value), Routes.Derivations);
    }

    /// <summary>Create or replace a derivation</summary>
    /// <remarks>201 where there was none (or only its tombstone), 200 where there was. What the body leaves out takes its default. A body that changes nothing writes nothing and keeps the version.</remarks>
    private static async Task<Results<Representation<DerivationResponse>, CreatedRepresentation<DerivationResponse>, Problem>> Put(
        Guid id, Body<DerivationInput> body, PutDerivation put, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation(body.Value.Version);
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var written = await put.Execute(new DerivationId(id), expected.Value, body.Value.ToContent(), http.Actor(), cancel);
        if (written.Failed(out error))
        {
            return new Problem(error);
        }

        var response = DerivationResponse.Of(written.Value.Value);
        return written.Value.Created ? new CreatedRepresentation<DerivationResponse>(response, Routes.Derivations) : new Representation<DerivationResponse>(response);
    }

    /// <summary>Change parts of a derivation</summary>
    /// <remarks>JSON Merge Patch (RFC 7396): what the body names is replaced, `null` puts a member back to its default, lists are replaced whole. Send `If-Match` with the `ETag` you have, so that nobody's change is overwritten unseen.</remarks>
    private static async Task<Results<Representation<DerivationResponse>, Problem>> Patch(
        Guid id, MergePatch<DerivationInput> patch, ReviseDerivation revise, Rules<DerivationInput> rules, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation(patch.Members!.Version);
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var revised = await revise.Execute(
            new DerivationId(id),
            expected.Value,
            content => rules.Validate(patch, DerivationInput.From(content), input => input.ToContent()),
            http.Actor(),
            cancel);
        return revised.Failed(out error)
            ? new Problem(await rules.WithMissing(error, patch.Applied, cancel))
            : new Representation<DerivationResponse>(DerivationResponse.Of(revised.Value));
    }

    /// <summary>Delete a derivation</summary>
    /// <remarks>It leaves a tombstone, which `POST /derivations/{id}/restore` brings back.</remarks>
    private static async Task<Results<NoContent, Problem>> Delete(Guid id, DeleteDerivation delete, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation();
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var deleted = await delete.Execute(new DerivationId(id), expected.Value, http.Actor(), cancel);
        return deleted.Failed(out error) ? new Problem(error) : TypedResults.NoContent();
    }

    /// <summary>Restore a deleted derivation</summary>
    /// <remarks>On a derivation that is not deleted it changes nothing. 409 where it would collide or point at what is deleted.</remarks>
    private static async Task<Results<Representation<DerivationResponse>, Problem>> Restore(
        Guid id, RestoreDerivation restore, HttpContext http, CancellationToken cancel)
    {
        var restored = await restore.Execute(new DerivationId(id), http.Actor(), cancel);
        return restored.Failed(out var error) ? new Problem(error) : new Representation<DerivationResponse>(DerivationResponse.Of(restored.Value));
    }
}
