using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace Stemma.Api.Hosting;

/// <summary>What a feature needs to stand up. Policy sits on the group, so a new route has it without asking.</summary>
internal static class FeatureRoutes
{
    /// <summary>What a request is answered for its <c>Idempotency-Key</c>: it is none, its first request is unfinished, it was used for another.</summary>
    private static readonly int[] KeyFailures = [400, 409, 422];

    public static IServiceCollection AddFeatureJson(this IServiceCollection services, IJsonTypeInfoResolver contracts) =>
        services.Configure<JsonOptions>(options => options.SerializerOptions.TypeInfoResolverChain.Add(contracts));

    public static RouteGroupBuilder MapResources(this IEndpointRouteBuilder api, string path, string tag) =>
        api.MapGroup(path).WithTags(tag).RefuseUnknownQueryParameters().AddEndpointFilter<RouteGroupBuilder, ValidationFilter>()
            .AddEndpointFilter((context, next) =>
            {
                // No form and no plain text, not even where no body is read: a page of another site may send these unasked.
                if (context.HttpContext.Request.ContentType is not null && !HttpMethods.IsGet(context.HttpContext.Request.Method))
                {
                    BodyReading.RequireJson(context.HttpContext.Request, "application/merge-patch+json");
                }

                return next(context);
            })
            .KeepAnswers();

    /// <summary>Every POST of the group takes an <c>Idempotency-Key</c>, and says so, but those marked with <see cref="HandlesKeyItself"/>.</summary>
    private static RouteGroupBuilder KeepAnswers(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(route =>
        {
            if (route.Metadata.OfType<HttpMethodMetadata>().Any(m => m.HttpMethods.Contains(HttpMethods.Post)) && !route.Metadata.OfType<HandlesKeyItself>().Any())
            {
                route.Metadata.Add(KeepsAnswers.Marker);
                foreach (var status in KeyFailures.Except(route.Metadata.OfType<IProducesResponseTypeMetadata>().Select(m => m.StatusCode)))
                {
                    route.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemResponse), [Problems.ContentType]));
                }
            }
        });
        return group.AddEndpointFilter<RouteGroupBuilder, IdempotencyFilter>();
    }

    /// <summary>Documents the failures that the operation can answer with. Any can also be answered 403, 500 or 503.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses.Concat([403, 500, 503]))
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemResponse), [Problems.ContentType]));
        }

        return route;
    }

    /// <summary>What a list embeds, and whether it counts: <c>total</c> stands among the names of what is embedded.</summary>
    public static (TIncludes Include, bool WithTotal) ListIncludes<TIncludes>(
        this QueryReader read, string[]? include, IReadOnlyDictionary<string, TIncludes> names)
        where TIncludes : struct, Enum
    {
        const string total = "total";
        var withTotal = (include ?? []).SelectMany(i => i.Split(',')).Contains(total);
        return (read.Flags(include, names.Append(KeyValuePair.Create(total, default(TIncludes))).ToDictionary(StringComparer.Ordinal), nameof(include)), withTotal);
    }
}
