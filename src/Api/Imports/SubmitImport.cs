using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
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

/// <summary>
/// Takes a file in for a job to import, and answers at once (RFC 7240, <c>Prefer: respond-async</c>), or when the job has ended: so it is with an import that is waited for
/// under an <c>Idempotency-Key</c>. Whoever sends it again meets the job, at work or at its end; a job goes on when nobody waits for it any more.
/// </summary>
internal sealed class SubmitImport(IImportJobs jobs, IOptions<JsonOptions> json, TimeProvider clock)
{
    public const string Preference = "respond-async";

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(500);

    public static bool IsAskedFor(HttpRequest request) => request.Headers["Prefer"]
        .SelectMany(value => (value ?? "").Split(','))
        .Any(preference => preference.Split(';', '=')[0].Trim().Equals(Preference, StringComparison.OrdinalIgnoreCase));

    public async Task<ImportAnswer> Submit(
        ImportQuery query, IImportFormat format, bool isPacked, FileStream file, bool isWaitedFor, HttpContext http, CancellationToken cancel)
    {
        ImportJobKey? key = null;
        if (http.Request.Headers.TryGetValue(IdempotencyFilter.Header, out var given))
        {
            if (!IdempotencyFilter.IsKey(given, out var text))
            {
                return new Problem(IdempotencyFilter.Malformed);
            }

            key = new(SHA256.HashData(Encoding.UTF8.GetBytes($"{http.Actor().Name}\0{text}")), await HashOf(http.Request, file, cancel), KeepsFailures: !isWaitedFor);
        }

        file.Position = 0;
        var asked = new ImportFile(format.MediaTypes[0], isPacked, query.Given, file.Length);
        var submission = await jobs.Submit(asked, file, key, http.Actor(), cancel);
        if (submission is Submission.Unfinished)
        {
            http.Response.Headers.RetryAfter = Problems.RetryAfter;
            return new Refusal(StatusCodes.Status409Conflict, "The first request with this Idempotency-Key is still being taken in; try again shortly.");
        }

        if (submission is not Submission.Taken(var job, var isNew))
        {
            return new Refusal(StatusCodes.Status422UnprocessableEntity, IdempotencyFilter.OfAnother);
        }

        if (!isNew)
        {
            http.Response.Headers[IdempotencyFilter.Replayed] = "true";
        }

        if (isWaitedFor)
        {
            return await End(job, http, cancel);
        }

        http.Response.Headers["Preference-Applied"] = Preference;
        return TypedResults.Accepted($"{Routes.Jobs}/{job.Id}", JobResponse.From(job, json.Value.SerializerOptions, clock.GetUtcNow()));
    }

    /// <summary>What the import would have answered had no job been made of it.</summary>
    private async Task<ImportAnswer> End(ImportJob job, HttpContext http, CancellationToken cancel)
    {
        ImportJob? found = job;
        for (var pause = Soon; found is { IsFinished: false }; pause = pause < Later ? pause * 1.5 : Later)
        {
            await Task.Delay(pause, clock, cancel);
            found = await jobs.Find(job.Id, cancel);
        }

        var end = found is null ? null : JobResponse.From(found, json.Value.SerializerOptions, clock.GetUtcNow());
        var isDone = end is { State: ImportJobState.Succeeded, Report: not null };
        return FaultLines.AreAskedFor(http.Request) && end?.Report is not null ? new FaultLines(jobs, job.Id, isDone ? 200 : 400)
            : isDone ? TypedResults.Ok(end!.Report)
            : end is { Report: { } report, Problem.Status: 400 } ? new Problem(new Error.Refused(ImportEndpoints.RowsAreFaulty, [.. report.Faults.Select(f => f.ToFault())], report.FaultCount))
            : end is { Problem: { Status: 400 } invalid } ? new Problem(new Error.Invalid("", invalid.Detail))
            : end is { Problem: { } problem } ? new Refusal(problem.Status, problem.Detail)
            : new Problem(new Error.Conflict("The import was called off; nothing of it was written.", []));
    }

    /// <summary>Address, form and file.</summary>
    private static async Task<byte[]> HashOf(HttpRequest request, FileStream file, CancellationToken cancel)
    {
        var content = await SHA256.HashDataAsync(file, cancel);
        return SHA256.HashData([.. Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n{request.ContentType}\n{request.Headers.ContentEncoding}\n"), .. content]);
    }
}
