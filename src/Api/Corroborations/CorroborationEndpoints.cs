using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Corroborations.Annotations;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Corroborations;

/// <summary>`/corroborations`: what sources have to say on claims.</summary>
internal static class CorroborationEndpoints
{
    public static void AddCorroborations(this IServiceCollection services) => services
        .AddFeatureJson(CorroborationJson.Default)
        .AddExchanged(new Exchanged<CorroborationInput, CorroborationContent>(
            ResourceType.Corroboration, CorroborationInput.From, input => input.ToContent(), ("claimId", ResourceType.Claim), ("sourceId", ResourceType.Source), ("attributedToIds", ResourceType.Source), ("citedInId", ResourceType.Source)))
        .AddExportFilter<CorroborationListQuery>(ResourceType.Corroboration, (query, read) => query.ToFilter(read))
        .AddHttpContextAccessor()
        .AddSingleton<IExportFormat, AnnotationFormat>()
        .AddScoped<CreateCorroboration>()
        .AddScoped<PutCorroboration>()
        .AddScoped<ReviseCorroboration>()
        .AddScoped<DeleteCorroboration>()
        .AddScoped<RestoreCorroboration>();

    public static void MapCorroborations(this IEndpointRouteBuilder api)
    {
        var corroborations = api.MapResources(Routes.Corroborations, "Corroborations");
        corroborations.MapGet("", List).WithName("listCorroborations").Answers(400);
        corroborations.MapPost("", Post).WithName("createCorroboration").Answers(400, 409, 413, 415);
        corroborations.MapGet("{id:guid}", Get).WithName("getCorroboration").GivesAlso<CorroborationResponse>(Annotation.MediaType).Answers(400, 404, 406);
        corroborations.MapPut("{id:guid}", Put).WithName("putCorroboration").Answers(400, 409, 412, 413, 415);
        corroborations.MapPatch("{id:guid}", Patch).WithName("patchCorroboration").Answers(400, 404, 409, 412, 413, 415);
        corroborations.MapDelete("{id:guid}", Delete).WithName("deleteCorroboration").Answers(400, 404, 412, 415);
        corroborations.MapPost("{id:guid}/restore", Restore).WithName("restoreCorroboration").Answers(400, 404, 409, 415);
    }

    /// <summary>List corroborations</summary>
    /// <remarks>Filters narrow the list together; one given several times means any of its values. Newest first unless `sort` says otherwise.</remarks>
    private static async Task<Results<Ok<PageResponse<CorroborationResponse>>, Problem>> List(
        [AsParameters] CorroborationListQuery query, ICorroborationReader corroborations, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        var (include, withTotal) = read.ListIncludes(query.Include, CorroborationQuery.Names);
        var request = read.Result((Filter: query.ToFilter(read), Page: read.Page<CorroborationSort>(query, withTotal, http.Request)));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var page = await corroborations.List(request.Value.Filter, request.Value.Page, include, cancel);
        return TypedResults.Ok(page.ToResponse(http, CorroborationResponse.From));
    }

    /// <summary>Get a corroboration</summary>
    /// <remarks>With `If-None-Match` and the `ETag` of an earlier answer, 304 where nothing changed, the counts and what is embedded included. With `Accept: application/ld+json` a W3C Web Annotation: the quote on its page, the claim, and how it bears on it; it has an `ETag` of its own, and takes no `include`.</remarks>
    private static async Task<IResult> Get(
        Guid id, [AsParameters] CorroborationQuery query, ICorroborationReader corroborations, HttpContext http, CancellationToken cancel)
    {
        if (http.ChooseForm(Annotation.MediaType) is not { } form)
        {
            return OtherForms.Refuse(Annotation.MediaType);
        }

        var read = new QueryReader();
        var include = read.Result(form == Annotation.MediaType ? query.ForAnnotation(read) : read.Flags(query.Include, CorroborationQuery.Names));
        if (include.Failed(out var error))
        {
            return new Problem(error);
        }

        var view = await corroborations.Find(new CorroborationId(id), include.Value, cancel);
        return view is null ? new Problem(new Error.NotFound())
            : form == Annotation.MediaType ? new OtherForm(CorroborationResponse.From(view), Annotation.ContentType, json => Annotate(view, http).Write(json, isWhole: true))
            : new Representation<CorroborationResponse>(CorroborationResponse.From(view));
    }

    private static Annotation Annotate(CorroborationView view, HttpContext http) => new(view.Corroboration, view.Claim?.Claim, view.Source, http.Request.Server());

    /// <summary>Create a corroboration</summary>
    /// <remarks>The server gives it an id. To bring an id of your own, so that a script can be run again, use `PUT`.</remarks>
    private static async Task<Results<CreatedRepresentation<CorroborationResponse>, Problem>> Post(
        Body<CorroborationInput> body, CreateCorroboration create, HttpContext http, CancellationToken cancel)
    {
        var created = await create.Execute(body.Value.ToContent(), http.Actor(), cancel);
        return created.Failed(out var error) ? new Problem(error) : new CreatedRepresentation<CorroborationResponse>(CorroborationResponse.From(created.Value), Routes.Corroborations);
    }

    /// <summary>Create or replace a corroboration</summary>
    /// <remarks>201 where there was none (or only its tombstone), 200 where there was. What the body leaves out takes its default. A body that changes nothing writes nothing and keeps the version.</remarks>
    private static async Task<Results<Representation<CorroborationResponse>, CreatedRepresentation<CorroborationResponse>, Problem>> Put(
        Guid id, Body<CorroborationInput> body, PutCorroboration put, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation(body.Value.Version);
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var written = await put.Execute(new CorroborationId(id), expected.Value, body.Value.ToContent(), http.Actor(), cancel);
        if (written.Failed(out error))
        {
            return new Problem(error);
        }

        var response = CorroborationResponse.From(written.Value.Value);
        return written.Value.Created ? new CreatedRepresentation<CorroborationResponse>(response, Routes.Corroborations) : new Representation<CorroborationResponse>(response);
    }

    /// <summary>Change parts of a corroboration</summary>
    /// <remarks>JSON Merge Patch (RFC 7396): what the body names is replaced, `null` puts a member back to its default, lists are replaced whole. Send `If-Match` with the `ETag` you have, so that nobody's change is overwritten unseen.</remarks>
    private static async Task<Results<Representation<CorroborationResponse>, Problem>> Patch(
        Guid id, MergePatch<CorroborationInput> patch, ReviseCorroboration revise, Rules<CorroborationInput> rules, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation(patch.Members!.Version);
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var revised = await revise.Execute(
            new CorroborationId(id),
            expected.Value,
            content => rules.Validate(patch, CorroborationInput.From(content), input => input.ToContent()),
            http.Actor(),
            cancel);
        return revised.Failed(out error)
            ? new Problem(await rules.WithMissing(error, patch.Applied, cancel))
            : new Representation<CorroborationResponse>(CorroborationResponse.From(revised.Value));
    }

    /// <summary>Delete a corroboration</summary>
    /// <remarks>It leaves a tombstone, which `POST /corroborations/{id}/restore` brings back.</remarks>
    private static async Task<Results<NoContent, Problem>> Delete(Guid id, DeleteCorroboration delete, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation();
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var deleted = await delete.Execute(new CorroborationId(id), expected.Value, http.Actor(), cancel);
        return deleted.Failed(out error) ? new Problem(error) : TypedResults.NoContent();
    }

    /// <summary>Restore a deleted corroboration</summary>
    /// <remarks>On a corroboration that is not deleted it changes nothing. 409 where it would collide or point at what is deleted.</remarks>
    private static async Task<Results<Representation<CorroborationResponse>, Problem>> Restore(
        Guid id, RestoreCorroboration restore, HttpContext http, CancellationToken cancel)
    {
        var restored = await restore.Execute(new CorroborationId(id), http.Actor(), cancel);
        return restored.Failed(out var error) ? new Problem(error) : new Representation<CorroborationResponse>(CorroborationResponse.From(restored.Value));
    }
}
