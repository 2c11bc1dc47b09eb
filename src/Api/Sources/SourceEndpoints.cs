using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Api.Sources.Citations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Sources;

/// <summary>`/sources`: whoever or whatever says or shows something.</summary>
internal static class SourceEndpoints
{
    public static void AddSources(this IServiceCollection services) => services
        .AddFeatureJson(SourceJson.Default)
        .AddExchanged(new Exchanged<SourceInput, SourceContent>(
            ResourceType.Source, SourceInput.From, input => input.ToContent(), ("parentId", ResourceType.Source), ("ownerId", ResourceType.Source)))
        .AddExportFilter<SourceListQuery>(ResourceType.Source, (query, read) => query.ToFilter(read))
        .AddSingleton<IImportFormat, CslFormat>()
        .AddSingleton<IExportFormat, CslExport>()
        .AddScoped<CreateSource>()
        .AddScoped<PutSource>()
        .AddScoped<ReviseSource>()
        .AddScoped<DeleteSource>()
        .AddScoped<RestoreSource>();

    public static void MapSources(this IEndpointRouteBuilder api)
    {
        var sources = api.MapResources(Routes.Sources, "Sources");
        sources.MapGet("", List).WithName("listSources").Answers(400);
        sources.MapGet("suggest", Suggest).WithName("suggestSources").Answers(400);
        sources.MapPost("", Post).WithName("createSource").Answers(400, 409, 413, 415);
        sources.MapGet("{id:guid}", Get).WithName("getSource").GivesAlso<SourceResponse>(CslItem.MediaType).Answers(400, 404, 406);
        sources.MapPut("{id:guid}", Put).WithName("putSource").Answers(400, 409, 412, 413, 415);
        sources.MapPatch("{id:guid}", Patch).WithName("patchSource").Answers(400, 404, 409, 412, 413, 415);
        sources.MapDelete("{id:guid}", Delete).WithName("deleteSource").Answers(400, 404, 409, 412, 415);
        sources.MapPost("{id:guid}/restore", Restore).WithName("restoreSource").Answers(400, 404, 409, 415);
    }

    /// <summary>List sources</summary>
    /// <remarks>Filters narrow the list together; one given several times means any of its values. Newest first unless `sort` says otherwise.</remarks>
    private static async Task<Results<Ok<PageResponse<SourceResponse>>, Problem>> List(
        [AsParameters] SourceListQuery query, ISourceReader sources, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        var (include, withTotal) = read.ListIncludes(query.Include, SourceQuery.Names);
        var request = read.Result((Filter: query.ToFilter(read), Page: read.Page<SourceSort>(query, withTotal, http.Request)));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var page = await sources.List(request.Value.Filter, request.Value.Page, include, cancel);
        return TypedResults.Ok(page.ToResponse(http, SourceResponse.From));
    }

    /// <summary>Suggest sources</summary>
    /// <remarks>Type-ahead for a picker: what is named so, what begins so, what has words that begin so, and, where that is not enough, what has words nearly spelt so. Accents, case and punctuation do not matter. Send `q` as it is typed.</remarks>
    private static async Task<Results<Ok<SourceSuggestions>, Problem>> Suggest(
        [AsParameters] SuggestQuery query, ISourceSuggester sources, CancellationToken cancel)
    {
        var read = new QueryReader();
        var request = read.Result((
            Text: read.Text(query.Q) ?? "",
            Kinds: read.Enums<SourceKind>(query.Kind),
            Limit: read.Integer(query.Limit, 1, SuggestQuery.MaxLimit) ?? SuggestQuery.DefaultLimit));
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        var found = await sources.Suggest(request.Value.Text, request.Value.Kinds, request.Value.Limit, cancel);
        return TypedResults.Ok(new SourceSuggestions { Items = [.. found.Select(SourceSuggestionResponse.From)] });
    }

    /// <summary>Get a source</summary>
    /// <remarks>With `If-None-Match` and the `ETag` of an earlier answer, 304 where nothing changed, the counts and what is embedded included. A document is to be had as a CSL-JSON item too, with `Accept: application/vnd.citationstyles.csl+json`; it has an `ETag` of its own.</remarks>
    private static async Task<IResult> Get(
        Guid id, [AsParameters] SourceQuery query, ISourceReader sources, HttpContext http, CancellationToken cancel)
    {
        if (http.ChooseForm(CslItem.MediaType) is not { } form)
        {
            return OtherForms.Refuse(CslItem.MediaType);
        }

        var read = new QueryReader();
        var include = read.Result(read.Flags(query.Include, SourceQuery.Names));
        if (include.Failed(out var error))
        {
            return new Problem(error);
        }

        return await sources.Find(new SourceId(id), include.Value, cancel) is { } view ? InForm(form, view, http.Request) : new Problem(new Error.NotFound());
    }

    private static IResult InForm(string form, SourceView view, HttpRequest request)
    {
        if (form == CslItem.MediaType && view.Source.Content.Kind == SourceKind.Document)
        {
            return new OtherForm(SourceResponse.From(new SourceView(view.Source)), CslItem.MediaType, json => CslItem.Write(json, view.Source));
        }

        return form == OtherForms.Json || request.Best([OtherForms.Json]) is not null
            ? new Representation<SourceResponse>(SourceResponse.From(view))
            : new Refusal(StatusCodes.Status406NotAcceptable, $"Only documents are to be had as {CslItem.MediaType}; this source is none.");
    }

    /// <summary>Create a source</summary>
    /// <remarks>The server gives it an id. To bring an id of your own, so that a script can be run again, use `PUT`.</remarks>
    private static async Task<Results<CreatedRepresentation<SourceResponse>, Problem>> Post(
        Body<SourceInput> body, CreateSource create, HttpContext http, CancellationToken cancel)
    {
        var created = await create.Execute(body.Value.ToContent(), http.Actor(), cancel);
        return created.Failed(out var error) ? new Problem(error) : new CreatedRepresentation<SourceResponse>(SourceResponse.From(created.Value), Routes.Sources);
    }

    /// <summary>Create or replace a source</summary>
    /// <remarks>201 where there was none (or only its tombstone), 200 where there was. What the body leaves out takes its default. A body that changes nothing writes nothing and keeps the version.</remarks>
    private static async Task<Results<Representation<SourceResponse>, CreatedRepresentation<SourceResponse>, Problem>> Put(
        Guid id, Body<SourceInput> body, PutSource put, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation(body.Value.Version);
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var written = await put.Execute(new SourceId(id), expected.Value, body.Value.ToContent(), http.Actor(), cancel);
        if (written.Failed(out error))
        {
            return new Problem(error);
        }

        var response = SourceResponse.From(written.Value.Value);
        return written.Value.Created ? new CreatedRepresentation<SourceResponse>(response, Routes.Sources) : new Representation<SourceResponse>(response);
    }

    /// <summary>Change parts of a source</summary>
    /// <remarks>JSON Merge Patch (RFC 7396): what the body names is replaced, `null` puts a member back to its default, lists are replaced whole. Send `If-Match` with the `ETag` you have, so that nobody's change is overwritten unseen.</remarks>
    private static async Task<Results<Representation<SourceResponse>, Problem>> Patch(
        Guid id, MergePatch<SourceInput> patch, ReviseSource revise, Rules<SourceInput> rules, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation(patch.Members!.Version);
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var revised = await revise.Execute(
            new SourceId(id),
            expected.Value,
            content => rules.Validate(patch, SourceInput.From(content), input => input.ToContent()),
            http.Actor(),
            cancel);
        return revised.Failed(out error)
            ? new Problem(await rules.WithMissing(error, patch.Applied, cancel))
            : new Representation<SourceResponse>(SourceResponse.From(revised.Value));
    }

    /// <summary>Delete a source</summary>
    /// <remarks>It leaves a tombstone, which `POST /sources/{id}/restore` brings back. 409 while claims, corroborations, derivations, reviews or other sources still point to it.</remarks>
    private static async Task<Results<NoContent, Problem>> Delete(Guid id, DeleteSource delete, HttpContext http, CancellationToken cancel)
    {
        var expected = http.Request.ReadExpectation();
        if (expected.Failed(out var error))
        {
            return new Problem(error);
        }

        var deleted = await delete.Execute(new SourceId(id), expected.Value, http.Actor(), cancel);
        return deleted.Failed(out error) ? new Problem(error) : TypedResults.NoContent();
    }

    /// <summary>Restore a deleted source</summary>
    /// <remarks>On a source that is not deleted it changes nothing. 409 where it would collide or point at what is deleted.</remarks>
    private static async Task<Results<Representation<SourceResponse>, Problem>> Restore(
        Guid id, RestoreSource restore, HttpContext http, CancellationToken cancel)
    {
        var restored = await restore.Execute(new SourceId(id), http.Actor(), cancel);
        return restored.Failed(out var error) ? new Problem(error) : new Representation<SourceResponse>(SourceResponse.From(restored.Value));
    }
}
