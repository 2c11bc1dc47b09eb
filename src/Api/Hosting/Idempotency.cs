using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting;

/// <summary>Marks an operation whose answers are kept under <c>Idempotency-Key</c>: every POST of the groups that have the policy.</summary>
internal sealed class KeepsAnswers
{
    public static readonly KeepsAnswers Marker = new();
}

/// <summary>Put on a POST that sees to <c>Idempotency-Key</c> itself, for its body or its answer is too long to be kept.</summary>
internal sealed class HandlesKeyItself
{
    public static readonly HandlesKeyItself Marker = new();
}

/// <summary>SHA-256 of the body's bytes, left by whoever read them where the request has a key.</summary>
internal sealed record BodyHash(byte[] Hash);

/// <summary>
/// Answers a POST that has an <c>Idempotency-Key</c> once: the write and the answer are kept in one transaction, and whoever repeats the request
/// is given that answer. Failures are not kept. A request without the header passes through untouched.
/// </summary>
internal sealed class IdempotencyFilter : IEndpointFilter
{
    public const string Header = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";
    public const int MaxLength = 255;

    public const string OfAnother = "This Idempotency-Key was used for another request: its path or its body was not this one.";

    public static Error Malformed => new Error.Invalid(Header, $"It must be given once, as 1 to {MaxLength} visible ASCII characters.");

    public static bool IsKey(Microsoft.Extensions.Primitives.StringValues given, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? key)
    {
        key = given is [{ Length: >= 1 and <= MaxLength } one] && one.All(c => c is >= '!' and <= '~') ? one : null;
        return key is not null;
    }

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var http = context.HttpContext;
        return HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.ContainsKey(Header) && http.GetEndpoint()?.Metadata.GetMetadata<KeepsAnswers>() is not null
            ? AnswerOnce(context, next)
            : next(context);
    }

    private static async ValueTask<object?> AnswerOnce(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!IsKey(http.Request.Headers[Header], out var key))
        {
            return new Problem(Malformed);
        }

        var answers = http.RequestServices.GetRequiredService<IIdempotency>();
        try
        {
            return await answers.Begin(new(http.Actor(), key, await HashOf(http.Request)), http.RequestAborted) switch
            {
                Repetition.Of repeated => new KeptResult(repeated.Answer),
                Repetition.OfAnother => new Refusal(StatusCodes.Status422UnprocessableEntity, OfAnother),
                Repetition.Unfinished => Wait(http, StatusCodes.Status409Conflict, "The first request with this Idempotency-Key is still being answered; try again shortly."),
                Repetition.Crowded => Wait(http, StatusCodes.Status503ServiceUnavailable, "Too many requests with an Idempotency-Key are being answered; try again shortly."),
                _ => await Answer(context, next, answers),
            };
        }
        finally
        {
            await answers.Abandon();
        }
    }

    private static Refusal Wait(HttpContext http, int status, string detail)
    {
        http.Response.Headers.RetryAfter = Problems.RetryAfter;
        return new(status, detail);
    }

    /// <summary>Lets the handler write its answer into memory, so that it is sent only after it is kept.</summary>
    private static async Task<IResult> Answer(EndpointFilterInvocationContext context, EndpointFilterDelegate next, IIdempotency answers)
    {
        var http = context.HttpContext;
        using var body = new MemoryStream();
        var result = (IResult)(await next(context))!;
        var outward = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        try
        {
            await result.ExecuteAsync(http);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        finally
        {
            http.Features.Set(outward);
        }

        var response = http.Response;
        var headers = response.Headers;
        var answer = new KeptAnswer(
            response.StatusCode, response.ContentType, Text(headers.Location), Text(headers.ETag), Text(headers.Link), body.ToArray());
        if (answer.Status is >= 200 and < 300)
        {
            await answers.Keep(answer, http.RequestAborted);
        }

        return new KeptResult(answer, isRepeated: false);

        static string? Text(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0 ? null : header.ToString();
    }

    /// <summary>Method, address and body. Nobody reads a body that an operation does not take; here it counts all the same.</summary>
    private static async ValueTask<byte[]> HashOf(HttpRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.PathBase}{request.Path}{request.QueryString}\n"));
        hash.AppendData(request.HttpContext.Features.Get<BodyHash>()?.Hash ?? await SHA256.HashDataAsync(request.Body, request.HttpContext.RequestAborted));
        return hash.GetHashAndReset();
    }

    /// <summary>An answer as it is kept.</summary>
    private sealed class KeptResult(KeptAnswer answer, bool isRepeated = true) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.Status;
            if (isRepeated)
            {
                response.ContentType = answer.ContentType;
                response.Headers.Location = answer.Location;
                response.Headers.ETag = answer.ETag;
                response.Headers.Link = answer.Link;
                response.Headers[Replayed] = "true";
            }

            if (answer.Body.IsEmpty)
            {
                return Task.CompletedTask;
            }

            response.ContentLength = answer.Body.Length;
            return response.Body.WriteAsync(answer.Body, httpContext.RequestAborted).AsTask();
        }
    }
}
