using Microsoft.AspNetCore.Http.Metadata;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;

using ImportAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<Stemma.Api.Imports.ImportReportResponse>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<Stemma.Api.Imports.JobResponse>,
    Stemma.Api.Imports.FaultLines,
    Stemma.Api.Hosting.Problem,
    Stemma.Api.Hosting.Refusal>;

namespace Stemma.Api.Imports;

/// <summary>`/imports`: files in.</summary>
internal static class ImportEndpoints
{
    public const string Ndjson = "application/x-ndjson";

    public const string RowsAreFaulty = "Rows are faulty; nothing was written.";

    public static void AddImports(this IServiceCollection services, IConfiguration configuration) => services
        .AddFeatureJson(ImportJson.Default)
        .AddSingleton(configuration.GetSection(ImportLimits.Section).Get<ImportLimits>() ?? new ImportLimits())
        .AddSingleton<IImportFormat, NdjsonLines>()
        .AddSingleton<IImportKinds, RowScanner>()
        .AddSingleton<RunImport>()
        .AddSingleton<SubmitImport>()
        .AddHostedService<ImportRunner>();

    public static void MapImports(this IEndpointRouteBuilder api) =>
        api.MapGroup(Routes.Imports).WithTags("Imports").RefuseUnknownQueryParameters()
            .MapPost("", Import).WithName("importFile").WithMetadata(new AcceptsMetadata(TypesOf(api), typeof(string)), HandlesKeyItself.Marker).Answers(400, 409, 413, 415, 422);

    /// <summary>What takes everything first: clients offer the first one.</summary>
    private static string[] TypesOf(IEndpointRouteBuilder api) =>
        [.. api.ServiceProvider.GetServices<IImportFormat>().OrderBy(f => f is not NdjsonLines).SelectMany(f => f.MediaTypes)];

    /// <summary>Import a file</summary>
    /// <remarks>
    /// `application/x-ndjson`: one JSON object a line, each with a `type` (`source`, `claim`, `corroboration`, `derivation`, `claim-relation`, `review`) and the members that a
    /// POST of it takes. `text/csv`: one `type`, a header of members (`text`, `quote.exact`, `quantities[0].value`, `externalIds.my-sheet`; or `mapping`), comma, semicolon or
    /// tab, lists as `a|b`. References may be ids, `"system:id"` or `{"system": …, "id": …}`, to what is stored or to any row of the file. A row is of what its `id` or one of
    /// its `externalIds` names; what it does not mention, an empty cell included, stays as it is. Every row is checked by the rules of single writes, and every faulty one is reported.
    /// Pages (`text/html`) and JSON-LD with schema.org's ClaimReviews make a publisher, a claimant, a claim and a review of each; `warnings` tells what was guessed.
    /// `Content-Encoding: gzip` is taken. One transaction: all that the answer reports, or nothing. Rows with ids or external ids make a file harmless to send again; for others
    /// there is `Idempotency-Key`. With `Prefer: respond-async` the answer is 202 and a job at `/jobs/{id}`, as soon as the file is here whole.
    /// </remarks>
    private static async Task<ImportAnswer> Import(
        [AsParameters] ImportQuery query, IEnumerable<IImportFormat> formats, RunImport imports, SubmitImport jobs, ImportLimits limits, HttpContext http, CancellationToken cancel)
    {
        var (format, isPacked, isLater) = (Upload.FormatOf(http.Request, formats), Upload.IsPacked(http.Request), SubmitImport.IsAskedFor(http.Request));
        var understood = Imports.Import.From(query, format, isPacked, limits);
        if (understood.Failed(out var error))
        {
            return new Problem(error);
        }

        try
        {
            await using var file = await Upload.Spool(http.Request, limits, cancel);
            return isLater || http.Request.Headers.ContainsKey(IdempotencyFilter.Header)
                ? await jobs.Submit(query, format, isPacked, file, isWaitedFor: !isLater, http, cancel)
                : await Now(understood.Value, file, imports, http, cancel);
        }
        catch (TooLongException e)
        {
            return new Problem(new Error.TooLong(e.Message));
        }
    }

    private static async Task<ImportAnswer> Now(Import import, FileStream file, RunImport imports, HttpContext http, CancellationToken cancel)
    {
        var faults = FaultLines.AreAskedFor(http.Request) ? new FaultFile() : null;
        var report = await imports.Run(import, file, http.Actor(), faults is null ? new NoFaults() : faults, new NoProgress(), run: null, cancel);
        if (report.Failed(out var error))
        {
            return new Problem(error);
        }

        var isRefused = report.Value.FaultCount > 0 && import.Options.OnError == FaultHandling.Abort;
        return faults is not null ? new FaultLines(faults, isRefused ? 400 : 200)
            : isRefused ? new Problem(new Error.Refused(RowsAreFaulty, report.Value.Faults, report.Value.FaultCount))
            : TypedResults.Ok(ImportReportResponse.From(report.Value, import.Warnings));
    }
}

/// <summary>All faults, one a line.</summary>
internal sealed class FaultLines(Func<Stream, CancellationToken, Task> copyTo, IAsyncDisposable? from, int status) : IResult
{
    public FaultLines(FaultFile faults, int status)
        : this(faults.CopyTo, faults, status)
    {
    }

    public FaultLines(IImportJobs jobs, Guid job, int status)
        : this((to, cancel) => JobFaultLines.CopyTo(to, jobs, job, cancel), null, status)
    {
    }

    public static bool AreAskedFor(HttpRequest request) => request.Headers.Accept.ToString().Contains(ImportEndpoints.Ndjson, StringComparison.OrdinalIgnoreCase);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = ImportEndpoints.Ndjson;
        await using (from)
        {
            await copyTo(httpContext.Response.Body, httpContext.RequestAborted);
        }
    }
}
