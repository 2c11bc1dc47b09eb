using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Imports;
using ImportAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<Stemma.Api.Imports.ImportReportResponse>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<Stemma.Api.Imports.JobResponse>,
    Stemma.Api.Imports.FaultLines,
    Stemma.Api.Hosting.Problem,
    Stemma.Api.Hosting.Refusal>;

namespace Stemma.Api.Imports;

/// <summary>Takes a file in and answers at once: a job imports it (RFC 7240, <c>Prefer: respond-async</c>).</summary>
internal sealed class SubmitImport(IImportJobs jobs, IOptions<JsonOptions> json, TimeProvider clock)
{
    public const string Preference = "respond-async";

    public static bool IsAskedFor(HttpRequest request) => request.Headers["Prefer"]
        .SelectMany(value => (value ?? "").Split(','))
        .Any(preference => preference.Split(';', '=')[0].Trim().Equals(Preference, StringComparison.OrdinalIgnoreCase));

    public async Task<ImportAnswer> Submit(ImportQuery query, IImportFormat format, bool isPacked, FileStream file, HttpContext http, CancellationToken cancel)
    {
        ImportJobKey? key = null;
        if (http.Request.Headers.TryGetValue(IdempotencyFilter.Header, out var given))
        {
            if (!IdempotencyFilter.IsKey(given, out var text))
            {
                return new Problem(IdempotencyFilter.Malformed);
            }

            key = new(SHA256.HashData(Encoding.UTF8.GetBytes($"{http.Actor().Name}\0{text}")), await HashOf(http.Request, file, cancel));
        }

        file.Position = 0;
        var asked = new ImportFile(format.MediaTypes[0], isPacked, query.Given, file.Length);
        if (await jobs.Submit(asked, file, key, http.Actor(), cancel) is not var (job, isNew))
        {
            return new Refusal(StatusCodes.Status422UnprocessableEntity, IdempotencyFilter.OfAnother);
        }

        http.Response.Headers["Preference-Applied"] = Preference;
        if (!isNew)
        {
            http.Response.Headers[IdempotencyFilter.Replayed] = "true";
        }

        return TypedResults.Accepted($"{Routes.Jobs}/{job.Id}", JobResponse.From(job, json.Value.SerializerOptions, clock.GetUtcNow()));
    }

    /// <summary>Address, form and file.</summary>
    private static async Task<byte[]> HashOf(HttpRequest request, FileStream file, CancellationToken cancel)
    {
        var content = await SHA256.HashDataAsync(file, cancel);
        return SHA256.HashData([.. Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n{request.ContentType}\n{request.Headers.ContentEncoding}\n"), .. content]);
    }
}
