using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Stemma.Api.Hosting;

/// <summary>A single resource in another form, 200, with an <c>ETag</c> of its own; 304 where a GET already has it.</summary>
/// <param name="value">All that decides the body, as the API's own JSON would show it.</param>
/// <param name="form">The media type.</param>
/// <param name="write">Writes the body.</param>
internal sealed class OtherForm(IRepresentation value, string form, Action<Utf8JsonWriter> write) : IResult
{
    /// <summary>How all other forms of JSON are written, too: UTF-8, letters as they are.</summary>
    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // The host stands in addresses, and so in the body.
        var etag = EntityTag.Of(value, $"{form} {httpContext.Request.Scheme}://{httpContext.Request.Host}{httpContext.Request.PathBase}");
        if (httpContext.Request.Headers.IfNoneMatch.MatchesAny(etag))
        {
            await new Unchanged(etag).ExecuteAsync(httpContext);
            return;
        }

        var body = new ArrayBufferWriter<byte>(4_096);
        await using (var json = new Utf8JsonWriter(body, Writing))
        {
            write(json);
        }

        httpContext.Response.Headers.ETag = etag;
        httpContext.Response.ContentType = form;
        httpContext.Response.ContentLength = body.WrittenCount;
        await httpContext.Response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted);
    }
}

/// <summary>GETs of single resources that are to be had in two forms.</summary>
internal static class OtherForms
{
    public const string Json = "application/json";

    /// <summary>
    /// Which of the two the client likes best, JSON where it has no preference, and null where it takes neither; the answer says that it varies.
    /// </summary>
    public static string? ChooseForm(this HttpContext http, string other)
    {
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        return http.Request.Best([Json, other]);
    }

    /// <summary>406.</summary>
    public static Refusal Refuse(string other) => new(
        StatusCodes.Status406NotAcceptable, $"It is to be had as {Json} and {other}; Accept allows none of these.");

    /// <summary>Documents both.</summary>
    public static RouteHandlerBuilder GivesAlso<T>(this RouteHandlerBuilder route, string other) =>
        route.WithMetadata(new ProducesResponseTypeMetadata(200, typeof(T), [Json, other]));

    /// <summary>Where the API is, as the client knows it.</summary>
    public static string Server(this HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";
}
