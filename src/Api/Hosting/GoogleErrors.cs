using System.Text.Json;
using System.Text.Json.Serialization;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Hosting;

/// <summary>Failures under the path of Google's API, in Google's form.</summary>
internal static class GoogleErrors
{
    public const string Root = "/v1alpha1";

    private static readonly GoogleErrorJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static bool AreFor(HttpContext http) => http.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    public static Task Write(HttpContext http, int status, string detail, IReadOnlyList<Fault>? faults)
    {
        var violations = faults?.Select(f => new GoogleFieldViolation { Field = f.Path, Description = f.Message }).ToList();
        List<GoogleErrorDetail> details = [new() { Type = "type.googleapis.com/google.rpc.RequestInfo", RequestId = Problems.TraceIdOf(http) }];
        if (violations is { Count: > 0 })
        {
            details.Insert(0, new() { Type = "type.googleapis.com/google.rpc.BadRequest", FieldViolations = violations });
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(
            new GoogleErrorResponse
            {
                Error = new()
                {
                    Code = status,
                    Message = violations is { Count: > 0 } ? string.Join(' ', violations.Select(v => $"{v.Field}: {v.Description}")) : detail,
                    Status = NameOf(status),
                    Details = details,
                },
            },
            Json.GoogleErrorResponse);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    /// <summary>The code of gRPC that Google maps to this status.</summary>
    public static string NameOf(int status) => status switch
    {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        405 or 501 => "UNIMPLEMENTED",
        409 => "ABORTED",
        429 => "RESOURCE_EXHAUSTED",
        503 => "UNAVAILABLE",
        504 => "DEADLINE_EXCEEDED",
        >= 500 => "INTERNAL",
        _ => "INVALID_ARGUMENT",
    };

    /// <summary>Documents the failures that the operation can answer with, in this form. Any can also be answered 403, 500 or 503.</summary>
    public static RouteHandlerBuilder AnswersAsGoogle(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses.Concat([403, 500, 503]))
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(GoogleErrorResponse), ["application/json"]));
        }

        return route;
    }
}

/// <summary>A failure as Google's APIs tell it.</summary>
internal sealed record GoogleErrorResponse
{
    /// <summary>What went wrong.</summary>
    public required GoogleStatus Error { get; init; }
}

/// <summary>What went wrong: google.rpc.Status.</summary>
internal sealed record GoogleStatus
{
    /// <summary>The HTTP status code.</summary>
    public required int Code { get; init; }

    /// <summary>What went wrong this time.</summary>
    public required string Message { get; init; }

    /// <summary>The kind of failure: `INVALID_ARGUMENT`, `NOT_FOUND`, ….</summary>
    public required string Status { get; init; }

    /// <summary>More about it, each of the type that `@type` names.</summary>
    public required IReadOnlyList<GoogleErrorDetail> Details { get; init; }
}

/// <summary>More about a failure.</summary>
internal sealed record GoogleErrorDetail
{
    /// <summary>`type.googleapis.com/google.rpc.BadRequest` or `type.googleapis.com/google.rpc.RequestInfo`.</summary>
    [JsonPropertyName("@type")]
    public required string Type { get; init; }

    /// <summary>Of a BadRequest: every rule that was broken.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GoogleFieldViolation>? FieldViolations { get; init; }

    /// <summary>Of a RequestInfo: names this request in the server's log.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestId { get; init; }
}

/// <summary>A rule that was broken.</summary>
internal sealed record GoogleFieldViolation
{
    /// <summary>The parameter at fault.</summary>
    public required string Field { get; init; }

    /// <summary>What is wrong with it.</summary>
    public required string Description { get; init; }
}

[JsonSerializable(typeof(GoogleErrorResponse))]
internal sealed partial class GoogleErrorJson : JsonSerializerContext;
