using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Reconciliation;

namespace Stemma.Api.Reconciliation;

/// <summary>`/reconcile`: the Reconciliation Service API 0.2 of the W3C community group, as OpenRefine and others speak it.</summary>
internal static class ReconciliationEndpoints
{
    private const string Path = "/reconcile";
    private const string Html = "text/html";

    public static void AddReconciliation(this IServiceCollection services) => services
        .AddFeatureJson(ReconciliationJson.Default)
        .AddScoped<Reconciler>()
        .AddScoped<Suggestions>();

    public static void MapReconciliation(this IEndpointRouteBuilder app)
    {
        var strict = app.MapGroup(Path).WithTags("Reconciliation").RefuseUnknownQueryParameters();
        strict.MapGet("", Ask).WithName("reconcileByGet").WithMetadata(Answers200(typeof(ServiceManifestResponse))).Answers(400);
        strict.MapPost("", AskByForm).WithName("reconcile").WithMetadata(Answers200(typeof(ServiceManifestResponse))).Answers(400, 413, 415);
        strict.MapGet("preview", Preview).WithName("previewEntity").WithMetadata(new ProducesResponseTypeMetadata(200, typeof(string), [Html])).Answers(400, 404);
        strict.MapGet("flyout/entity", EntityFlyout).WithName("entityFlyout").Answers(400, 404);
        strict.MapGet("flyout/type", TypeFlyout).WithName("typeFlyout").Answers(400, 404);
        strict.MapGet("flyout/property", PropertyFlyout).WithName("propertyFlyout").Answers(400, 404);
        strict.MapGet("extend/properties", Propose).WithName("proposeProperties").Answers(400);

        // What completes is asked by a script that sends parameters of a service long gone: they are passed over, but for the one that would make the answer a script.
        var lenient = app.MapGroup(Path + "/suggest").WithTags("Reconciliation").AddEndpointFilter(RefuseCallback);
        lenient.MapGet("entity", SuggestEntities).WithName("suggestEntities").Answers(400);
        lenient.MapGet("type", SuggestTypes).WithName("suggestTypes").Answers(400);
        lenient.MapGet("property", SuggestProperties).WithName("suggestProperties").Answers(400);
    }

    private static ValueTask<object?> RefuseCallback(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Query.ContainsKey("callback")
            ? ValueTask.FromResult<object?>(new Problem(new Error.Invalid("callback", "There is no JSONP: CORS lets pages read answers.")))
            : next(context);

    private static ProducesResponseTypeMetadata Answers200(Type type) => new(200, type, ["application/json"]);

    /// <summary>Describe the service, or ask it</summary>
    /// <remarks>Without parameters, the service's manifest. With `queries`, which sources or claims each of the rows means; with `extend`, what is known of them. What is long is sent by `POST`. There is no JSONP: pages that may call are named by the setting `Access:Origins`.</remarks>
    private static Task<IResult> Ask([AsParameters] ServiceQuery query, Reconciler reconciler, IEntities entities, HttpContext http, CancellationToken cancel) =>
        query is { Queries: null, Extend: null }
            ? Task.FromResult<IResult>(TypedResults.Ok(ServiceManifest.Of(http.Request)))
            : Answer(query, reconciler, entities, cancel);

    /// <summary>Reconcile rows of a table</summary>
    /// <remarks>A form with `queries`, a batch of at most 50 rows: which sources or claims does each mean? Or with `extend`: what is known of these entities? Nothing is written.</remarks>
    private static async Task<IResult> AskByForm(ServiceForm form, Reconciler reconciler, IEntities entities, CancellationToken cancel) =>
        form.Query.Failed(out var error) ? new Problem(error) : await Answer(form.Query.Value, reconciler, entities, cancel);

    private static async Task<IResult> Answer(ServiceQuery query, Reconciler reconciler, IEntities entities, CancellationToken cancel) => query switch
    {
        { Queries: { } queries, Extend: null } => await Reconcile(queries, reconciler, cancel),
        { Queries: null, Extend: { } extend } => await Extend(extend, entities, cancel),
        _ => new Problem(new Error.Invalid("", "Either queries or extend must be given.")),
    };

    private static async Task<IResult> Reconcile(string json, Reconciler reconciler, CancellationToken cancel)
    {
        var read = QuestionReader.Queries(json);
        if (read.Failed(out var error))
        {
            return new Problem(error);
        }

        var answers = await reconciler.Answer([.. read.Value.Select(q => q.Question)], cancel);
        IReadOnlyDictionary<string, CandidatesResponse> batch = read.Value.Zip(answers)
            .ToDictionary(a => a.First.Key, a => CandidatesResponse.From(a.Second), StringComparer.Ordinal);
        return TypedResults.Ok(batch);
    }

    private static async Task<IResult> Extend(string json, IEntities entities, CancellationToken cancel)
    {
        var read = QuestionReader.Extension(json);
        if (read.Failed(out var error))
        {
            return new Problem(error);
        }

        var (ids, properties) = read.Value;
        var found = await entities.Load([.. ids.Select(IdOf).OfType<Guid>().Distinct()], cancel);
        return TypedResults.Ok(new ExtensionResponse
        {
            Meta = [.. properties.Select(ColumnOf)],
            Rows = ids.ToDictionary(id => id, IReadOnlyDictionary<string, IReadOnlyList<ExtensionValueResponse>> (id) => RowOf(IdOf(id) is { } known ? found.GetValueOrDefault(known) : null, properties), StringComparer.Ordinal),
        });
    }

    private static Dictionary<string, IReadOnlyList<ExtensionValueResponse>> RowOf(Entity? entity, IReadOnlyList<EntityProperty> properties) =>
        properties.ToDictionary(p => p.Id, IReadOnlyList<ExtensionValueResponse> (p) => entity is null ? [] : [.. p.Values(entity).Select(ExtensionValueResponse.From)], StringComparer.Ordinal);

    private static ExtensionColumnResponse ColumnOf(EntityProperty property) => new()
    {
        Id = property.Id,
        Name = property.Name,
        Type = property.Id is "parent" or "owner" or "claimant" ? EntityTypeResponse.From(EntityType.Source) : null,
    };

    private static Guid? IdOf(string id) => Guid.TryParseExact(id, "D", out var parsed) ? parsed : null;

    /// <summary>Preview an entity</summary>
    /// <remarks>A small page to be shown in a frame. No script runs in it, and nothing is fetched.</remarks>
    private static async Task<IResult> Preview([AsParameters] ShownQuery query, IEntities entities, HttpContext http, CancellationToken cancel)
    {
        if (await Find(query, entities, cancel) is not { } entity)
        {
            return new Problem(new Error.NotFound());
        }

        var list = entity is SourceEntity ? Routes.Sources : Routes.Claims;
        http.Response.Headers.ContentSecurityPolicy = EntityText.ContentSecurityPolicy;
        return TypedResults.Text(EntityText.Page(entity, $"{http.Request.PathBase}{list}/{entity.Id}"), Html + "; charset=utf-8");
    }

    /// <summary>Show a few lines on an entity</summary>
    /// <remarks>HTML to be shown beside a suggestion. All that is stored is escaped in it.</remarks>
    private static async Task<Results<Ok<FlyoutResponse>, Problem>> EntityFlyout([AsParameters] ShownQuery query, IEntities entities, CancellationToken cancel) =>
        await Find(query, entities, cancel) is { } entity
            ? TypedResults.Ok(new FlyoutResponse { Id = query.Id!, Html = EntityText.Html(entity) })
            : new Problem(new Error.NotFound());

    /// <summary>Show a few lines on a type</summary>
    /// <remarks>HTML to be shown beside a suggestion.</remarks>
    private static Results<Ok<FlyoutResponse>, Problem> TypeFlyout([AsParameters] ShownQuery query) =>
        Flyout(QuestionReader.Type(query.Id ?? "") is { } type ? SuggestedResponse.From(type) : null);

    /// <summary>Show a few lines on a property</summary>
    /// <remarks>HTML to be shown beside a suggestion.</remarks>
    private static Results<Ok<FlyoutResponse>, Problem> PropertyFlyout([AsParameters] ShownQuery query) =>
        Flyout(EntityProperties.Find(query.Id ?? "") is { } property ? SuggestedResponse.From(property) : null);

    private static Results<Ok<FlyoutResponse>, Problem> Flyout(SuggestedResponse? described) =>
        described is null ? new Problem(new Error.NotFound()) : TypedResults.Ok(new FlyoutResponse { Id = described.Id, Html = EntityText.Html(described) });

    private static async Task<Entity?> Find(ShownQuery query, IEntities entities, CancellationToken cancel) =>
        IdOf(query.Id ?? "") is { } id ? (await entities.Load([id], cancel)).GetValueOrDefault(id) : null;

    /// <summary>Propose properties</summary>
    /// <remarks>What columns of a type can be filled with.</remarks>
    private static Results<Ok<ProposedPropertiesResponse>, Problem> Propose([AsParameters] ProposalQuery query)
    {
        var read = new QueryReader();
        var limit = read.Integer(query.Limit, 1, ProposalQuery.MaxLimit);
        var type = string.IsNullOrEmpty(query.Type) ? null : QuestionReader.Type(query.Type) ?? read.Fault<EntityType>(nameof(query.Type), $"must be one of {string.Join(", ", EntityType.All.Select(t => t.Id))}");
        var asked = read.Result(EntityProperties.All.Where(p => type is null || p.IsOf(type)).Take(limit ?? ProposalQuery.MaxLimit).Select(ColumnOf).ToList());
        return asked.Failed(out var error)
            ? new Problem(error)
            : TypedResults.Ok(new ProposedPropertiesResponse { Properties = asked.Value, Type = type?.Id, Limit = limit });
    }

    /// <summary>Suggest entities</summary>
    /// <remarks>Sources by the beginnings of their names, and claims by their words, ten at a time and 60 at most. Parameters that are not listed here are passed over, all but `callback`, for clients send some that are left from another service.</remarks>
    private static async Task<Results<Ok<SuggestedItemsResponse>, Problem>> SuggestEntities([AsParameters] SuggestedQuery query, Suggestions suggestions, CancellationToken cancel)
    {
        var read = Suggestions.Read(query);
        return read.Failed(out var error)
            ? new Problem(error)
            : TypedResults.Ok(new SuggestedItemsResponse { Result = await suggestions.Find(read.Value.Prefix, read.Value.Skip, cancel) });
    }

    /// <summary>Suggest types</summary>
    /// <remarks>By the beginnings of their ids and names. Parameters that are not listed here are passed over, all but `callback`.</remarks>
    private static Results<Ok<SuggestedItemsResponse>, Problem> SuggestTypes([AsParameters] SuggestedQuery query) =>
        Suggest(query, EntityType.All.Select(SuggestedResponse.From));

    /// <summary>Suggest properties</summary>
    /// <remarks>By the beginnings of their ids and names. Parameters that are not listed here are passed over, all but `callback`.</remarks>
    private static Results<Ok<SuggestedItemsResponse>, Problem> SuggestProperties([AsParameters] SuggestedQuery query) =>
        Suggest(query, EntityProperties.All.Select(SuggestedResponse.From));

    private static Results<Ok<SuggestedItemsResponse>, Problem> Suggest(SuggestedQuery query, IEnumerable<SuggestedResponse> all)
    {
        var read = Suggestions.Read(query);
        return read.Failed(out var error)
            ? new Problem(error)
            : TypedResults.Ok(new SuggestedItemsResponse
            {
                Result =
                [
                    .. all.Where(s => s.Id.StartsWith(read.Value.Prefix, StringComparison.OrdinalIgnoreCase)
                        || s.Name.Split(' ').Any(word => word.StartsWith(read.Value.Prefix, StringComparison.OrdinalIgnoreCase))).Skip(read.Value.Skip),
                ],
            });
    }
}
