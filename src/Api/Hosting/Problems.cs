using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Search;

namespace Stemma.Api.Hosting;

/// <summary>A problem document (RFC 9457): what every failed request is answered with.</summary>
internal sealed record ProblemResponse
{
    /// <summary>A URI that names the kind of problem: where RFC 9110 defines the status.</summary>
    public required string Type { get; init; }

    /// <summary>The kind of problem in a few words, the same each time.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary>What went wrong this time.</summary>
    public required string Detail { get; init; }

    /// <summary>The path that was asked for.</summary>
    public required string Instance { get; init; }

    /// <summary>Names this request in the server's log.</summary>
    public required string TraceId { get; init; }

    /// <summary>With 400: every rule that was broken, under the JSON path or the query parameter at fault; under the empty name, the whole body.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>With 409: what is in the way, ten at most.</summary>
    public IReadOnlyList<ResourceRef>? ConflictsWith { get; init; }

    /// <summary>Of a file that was refused: what is wrong with its rows, the first 100 faults in the order of their lines.</summary>
    public IReadOnlyList<RowFaultResponse>? Faults { get; init; }

    /// <summary>Of a file that was refused: how many faults there are in all.</summary>
    public long? FaultCount { get; init; }
}

/// <summary>What is wrong with one row of a file.</summary>
internal sealed record RowFaultResponse
{
    /// <summary>The line on which the row begins, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>What the row is of, where that can be told.</summary>
    public required ResourceType? Type { get; init; }

    /// <summary>The JSON path at fault; empty for the whole row.</summary>
    public required string Path { get; init; }

    /// <summary>What is wrong there.</summary>
    public required string Message { get; init; }

    /// <summary>A row may have NUL in the names of its members; no other text has it anywhere, and PostgreSQL keeps none.</summary>
    public static RowFaultResponse From(RowFault fault) => new() { Line = fault.Line, Type = fault.Type, Path = Shown(fault.Path), Message = Shown(fault.Message) };

    private static string Shown(string text) => text.Replace('\0', '␀');

    public RowFault ToFault() => new(Line, Type, Path, Message);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemResponse))]
[JsonSerializable(typeof(RowFaultResponse))]
internal sealed partial class ProblemJson : JsonSerializerContext;

/// <summary>The one place where failures become HTTP.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>Seconds.</summary>
    public const string RetryAfter = "2";

    public static readonly ProblemJson Json = CreateJson();

    public static Task Write(HttpContext http, Error error) => error switch
    {
        Error.NotFound => Write(http, 404, "There is no such resource, or it is deleted."),
        Error.Invalid invalid => Write(http, 400, "The request breaks the rules listed in errors.", invalid.Faults),
        Error.Conflict conflict => Write(http, 409, conflict.Detail, with: conflict.With),
        Error.TooLarge large => Write(http, 422, large.Detail),
        Error.TooLong tooLong => Write(http, 413, tooLong.Detail),
        Error.Refused refused => Write(http, 400, refused.Detail, refused: refused),
        Error.Stale stale => Write(http, 412, stale.Detail),
        _ => throw new NotSupportedException(error.GetType().Name),
    };

    /// <summary>For whoever is told later: the status that it would have had, and all of it in words.</summary>
    public static (int Status, string Detail) Describe(Error error) => error switch
    {
        Error.NotFound => (404, "There is no such resource, or it is deleted."),
        Error.Invalid invalid => (400, string.Join(' ', invalid.Faults.Select(f => f.Path.Length == 0 ? f.Message : $"{f.Path}: {f.Message}"))),
        Error.Conflict conflict => (409, conflict.Detail),
        Error.TooLarge large => (422, large.Detail),
        Error.TooLong tooLong => (413, tooLong.Detail),
        Error.Refused refused => (400, refused.Detail),
        Error.Stale stale => (412, stale.Detail),
        _ => throw new NotSupportedException(error.GetType().Name),
    };

    public static Task Write(
        HttpContext http, int status, string detail, IReadOnlyList<Fault>? faults = null, IReadOnlyList<ResourceRef>? with = null,
        Error.Refused? refused = null)
    {
        if (status is 503)
        {
            http.Response.Headers.RetryAfter = RetryAfter;
        }

        if (GoogleErrors.AreFor(http))
        {
            return GoogleErrors.Write(http, status, detail, faults);
        }

        var problem = new ProblemResponse
        {
            Type = TypeOf(status),
            Title = status == 413 ? "Content Too Large" : ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail,
            Instance = http.Request.Path,
            TraceId = TraceIdOf(http),
            Errors = faults?.GroupBy(f => f.Path, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, IReadOnlyList<string> (g) => [.. g.Select(f => f.Message).Distinct(StringComparer.Ordinal)]),
            ConflictsWith = with,
            Faults = refused?.Faults.Select(RowFaultResponse.From).ToList(),
            FaultCount = refused?.Count,
        };
        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, Json.ProblemResponse);
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    /// <summary>W3C <c>traceparent</c>, where the request has an activity.</summary>
    public static string TraceIdOf(HttpContext http) => Activity.Current?.Id ?? http.TraceIdentifier;

    /// <summary>For answers that the framework gives without a body.</summary>
    public static Task WriteForStatus(HttpContext http) => Write(http, http.Response.StatusCode, http.Response.StatusCode switch
    {
        404 => "There is nothing at this address.",
        405 => $"{http.Request.Method} is not among the methods of this address; see Allow.",
        415 => "The body must be JSON, in UTF-8, with Content-Type application/json (or application/merge-patch+json for PATCH).",
        var status => $"The request is answered {status}: {ReasonPhrases.GetReasonPhrase(status)}.",
    });

    private static string TypeOf(int status) => status switch
    {
        400 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.1",
        401 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2",
        403 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4",
        404 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5",
        405 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6",
        406 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.7",
        409 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.10",
        412 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.13",
        413 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.14",
        415 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16",
        422 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.21",
        500 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.6.1",
        503 => "https://www.rfc-editor.org/rfc/rfc9110#section-15.6.4",
        _ => "about:blank",
    };

    private static ProblemJson CreateJson()
    {
        var options = new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        StrictJson.Configure(options);
        return new(options);
    }
}

/// <summary>A failure as an answer.</summary>
internal sealed class Problem(Error error) : IResult
{
    public Error Error { get; } = error;

    public Task ExecuteAsync(HttpContext httpContext) => Problems.Write(httpContext, Error);
}

/// <summary>A failure that is HTTP's alone: the representation asked for is not to be had, or not now.</summary>
internal sealed class Refusal(int status, string detail) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Problems.Write(httpContext, status, detail);
}

/// <summary>Catches what no handler answered: unreadable requests, a database that is away, and bugs.</summary>
internal sealed class Faults(RequestDelegate next, ILogger<Faults> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            if (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
            {
                return;
            }

            http.Response.Clear();
            await Answer(http, e);
        }
    }

    private Task Answer(HttpContext http, Exception e)
    {
        if (e is BadHttpRequestException bad)
        {
            return Problems.Write(http, bad.StatusCode, bad.StatusCode == 413
                ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The body is longer than {Limits.MaxBody} bytes.")
                : bad.Message);
        }

        if (e is SearchTimeoutException slow)
        {
            return Problems.Write(http, 503, slow.Message);
        }

        if (DatabaseFaults.IsAway(e))
        {
            log.LogWarning("The database is away: {Reason} (traceId {TraceId})", e.GetBaseException().Message, Problems.TraceIdOf(http));
            return Problems.Write(http, 503, "The database is away; try again shortly.");
        }

        log.LogError(e, "{Method} {Path} failed (traceId {TraceId})", http.Request.Method, http.Request.Path, Problems.TraceIdOf(http));
        return Problems.Write(http, 500, "Something failed here, not in your request; the log knows it by traceId.");
    }
}

internal static class Limits
{
    /// <summary>The longest body of a single resource, in bytes.</summary>
    public const int MaxBody = 1_048_576;
}
