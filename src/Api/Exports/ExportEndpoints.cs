using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Exports;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Exports;

/// <summary>`/exports`: files out.</summary>
internal static class ExportEndpoints
{
    public static void AddExports(this IServiceCollection services) => services.AddSingleton<IExportFormat, RowWriter>();

    public static void MapExports(this IEndpointRouteBuilder api) =>
        api.MapGroup(Routes.Exports).WithTags("Exports")
            .MapGet("", Export).WithName("exportFile")
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(string), TypesOf(api))).Answers(400, 412);

    private static string[] TypesOf(IEndpointRouteBuilder api) => [.. api.ServiceProvider.GetServices<IExportFormat>().Select(f => f.MediaType).Distinct(StringComparer.Ordinal)];

    /// <summary>Export a file</summary>
    /// <remarks>
    /// One JSON object a line, as `POST /imports` takes them: sources, claims, corroborations, reviews, derivations, claim relations, each kind by id, all as of one instant.
    /// The last line of a whole export is `{"type":"end"}`. With one `type`, every filter of its list narrows it (but `q`). A cut-off answer can be gone on with: `after`. With `mode=restore` an empty database takes
    /// it all back, ids, versions, times and authors; for tombstones ask with `tombstones=true`. `format` gives other forms, each of one `type`: see there.
    /// </remarks>
    private static async Task<Results<FileRows, Problem, Refusal, StatusCodeHttpResult>> Export(
        [AsParameters] ExportQuery query, IExporter exporter, IEnumerable<IExportFormat> formats, IEnumerable<IExportFilter> filters, HttpContext http, CancellationToken cancel)
    {
        var read = new QueryReader();
        var format = query.ToFormat(read, formats);
        var request = read.Result(query.ToRequest(read, http.Request.Query, filters) with { LookedUp = format.LookedUp });
        if (request.Failed(out var error))
        {
            return new Problem(error);
        }

        if (await exporter.Begin(request.Value, cancel) is not { } export)
        {
            return new Refusal(StatusCodes.Status503ServiceUnavailable, "As many exports are being read as there is room for; try again when one of them is done.");
        }

        var etag = TagOf(http.Request, export.State);
        var isKnown = http.Request.Headers.IfNoneMatch.MatchesAny(etag);
        if (!isKnown && (http.Request.Headers.IfMatch.Count == 0 || http.Request.Headers.IfMatch.MatchesAny(etag)))
        {
            return new FileRows(export, format, etag);
        }

        await export.DisposeAsync();
        http.Response.Headers.ETag = etag;
        return isKnown
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : new Problem(new Error.Stale("Something has changed since the export that If-Match is from; begin anew, without after."));
    }

    /// <summary>The same for the same rows: where one begins among them does not count.</summary>
    private static string TagOf(HttpRequest request, string state)
    {
        var asked = request.Query.Where(p => p.Key != "after").SelectMany(p => p.Value.Select(v => $"{p.Key}={v}")).Order(StringComparer.Ordinal);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', asked.Prepend(state))));
        return $"\"{Convert.ToHexStringLower(hash.AsSpan(0, 16))}\"";
    }
}

/// <summary>An export as it is read.</summary>
internal sealed class FileRows(IExport export, IExportFormat format, string etag) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using (export)
        {
            var response = httpContext.Response;
            response.ContentType = format.ContentType;
            response.Headers.ETag = etag;
            response.Headers.ContentDisposition = $"attachment; filename=\"stemma{format.Extension}\"";
            if (httpContext.Features.Get<HeadOnly>() is not null)
            {
                return;
            }

            await format.Write(export, response.BodyWriter, httpContext.RequestAborted);
        }
    }
}
