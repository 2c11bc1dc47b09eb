using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Imports;

/// <summary>`/imports`: files in.</summary>
internal static class ImportEndpoints
{
    public const string Ndjson = "application/x-ndjson";

    public static void AddImports(this IServiceCollection services, IConfiguration configuration) => services
        .AddFeatureJson(ImportJson.Default)
        .AddSingleton(configuration.GetSection(ImportLimits.Section).Get<ImportLimits>() ?? new ImportLimits())
        .AddSingleton<IImportFormat, NdjsonLines>()
        .AddSingleton<IImportKinds, RowScanner>();

    public static void MapImports(this IEndpointRouteBuilder api) =>
        api.MapGroup(Routes.Imports).WithTags("Imports").RefuseUnknownQueryParameters()
            .MapPost("", Import).WithName("importFile").WithMetadata(new AcceptsMetadata(TypesOf(api), typeof(string)), HandlesKeyItself.Marker).Answers(400, 409, 413, 415, 422);

    private static string[] TypesOf(IEndpointRouteBuilder api) => [.. api.ServiceProvider.GetServices<IImportFormat>().SelectMany(f => f.MediaTypes)];

    /// <summary>Import a file</summary>
    /// <remarks>
    /// `application/x-ndjson`: one JSON object a line, each with a `type` (`source`, `claim`, `corroboration`, `derivation`, `claim-relation`, `review`) and the members that a
    /// POST of it takes. `text/csv`: one `type`, a header of members (`text`, `quote.exact`, `quantities[0].value`, `externalIds.my-sheet`; or `mapping`), comma, semicolon or
    /// tab, lists as `a|b`. References may be ids, `"system:id"` or `{"system": …, "id": …}`, to what is stored or to any row of the file. A row is of what its `id` or one of
    /// its `externalIds` names; what it does not mention, an empty cell included, stays as it is. Every row is checked by the rules of single writes, and every faulty one is reported.
    /// `Content-Encoding: gzip` is taken. One transaction: all that the answer reports, or nothing. There is no `Idempotency-Key` here: give rows ids or external ids,
    /// and a file can be sent again.
    /// </remarks>
    private static async Task<Results<Ok<ImportReportResponse>, FaultLines, Problem>> Import(
        [AsParameters] ImportQuery query, IEnumerable<IImportFormat> formats, IImporter importer, ImportLimits limits, HttpContext http, CancellationToken cancel)
    {
        var format = Upload.FormatOf(http.Request, formats);
        if (http.Request.Headers.ContainsKey(IdempotencyFilter.Header))
        {
            // Passed over in silence, it would promise what is not kept.
            return new Problem(new Error.Invalid(IdempotencyFilter.Header, "Imports take none: give rows ids or external ids, and a file can be sent again."));
        }

        var read = new QueryReader();
        var reader = query.Open(format, read);
        var options = read.Result(query.ToOptions(read, limits));
        if (options.Failed(out var error))
        {
            return new Problem(error);
        }

        var faults = FaultLines.AreAskedFor(http.Request) ? new FaultFile() : null;
        var warnings = new RowWarnings();
        try
        {
            await using var file = await Upload.Spool(http.Request, limits, cancel);
            await using var rows = Upload.Open(file, Upload.IsPacked(http.Request), limits);
            var report = await importer.Run(
                reader.Read(rows, warnings, cancel), options.Value, http.Actor(), faults is null ? new NoFaults() : faults, new NoProgress(), cancel);
            if (report.Failed(out error))
            {
                return new Problem(error);
            }

            var isRefused = report.Value.FaultCount > 0 && options.Value.OnError == FaultHandling.Abort;
            return faults is not null ? new FaultLines(faults, isRefused ? 400 : 200)
                : isRefused ? new Problem(new Error.Refused("Rows are faulty; nothing was written.", report.Value.Faults, report.Value.FaultCount))
                : TypedResults.Ok(ImportReportResponse.From(report.Value, warnings));
        }
        catch (TooLongException e)
        {
            return new Problem(new Error.TooLong(e.Message));
        }
        catch (InvalidDataException)
        {
            return new Problem(new Error.Invalid("", "The body is not gzip, as Content-Encoding says it is, or it is cut off."));
        }
    }
}

/// <summary>All faults, one a line.</summary>
internal sealed class FaultLines(FaultFile faults, int status) : IResult
{
    public static bool AreAskedFor(HttpRequest request) => request.Headers.Accept.ToString().Contains(ImportEndpoints.Ndjson, StringComparison.OrdinalIgnoreCase);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = ImportEndpoints.Ndjson;
        await using (faults)
        {
            await faults.CopyTo(httpContext.Response.Body, httpContext.RequestAborted);
        }
    }
}
