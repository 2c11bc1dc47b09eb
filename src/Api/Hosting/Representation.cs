using System.Buffers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Stemma.Api.Hosting;

/// <summary>What every single resource's answer has.</summary>
internal interface IRepresentation
{
    Guid Id { get; }

    int Version { get; }

    /// <summary>Adds all that decides the body: two bodies of one resource differ only where this does.</summary>
    void AddTo(EntityTag tag);
}

/// <summary>A single resource, 200, with its <c>ETag</c>; 304 where a GET already has it.</summary>
internal sealed class Representation<T>(T value) : IResult, IEndpointMetadataProvider
    where T : IRepresentation
{
    public T Value { get; } = value;

    public Task ExecuteAsync(HttpContext httpContext) => Tagged.Write(httpContext, Value, StatusCodes.Status200OK);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
}

/// <summary>A resource just created, 201, with its <c>Location</c> and <c>ETag</c>.</summary>
internal sealed class CreatedRepresentation<T>(T value, string list) : IResult, IEndpointMetadataProvider
    where T : IRepresentation
{
    public T Value { get; } = value;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Location = $"{httpContext.Request.PathBase}{list}/{Value.Id}";
        return Tagged.Write(httpContext, Value, StatusCodes.Status201Created);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), ["application/json"]));
}

/// <summary>304: the client has it already, which was found out without reading it.</summary>
internal sealed class Unchanged(string etag) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ETag = etag;

        // What the 200 would say.
        httpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }
}

internal static class Tagged
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Writes the body under its entity tag.</summary>
    public static Task Write<T>(HttpContext http, T value, int status)
        where T : IRepresentation
    {
        var etag = EntityTag.Of(value);
        if (status == StatusCodes.Status200OK && HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.IfNoneMatch.MatchesAny(etag))
        {
            return new Unchanged(etag).ExecuteAsync(http);
        }

        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(8_192);
        buffer.ResetWrittenCount();
        var writer = _writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = options.Encoder, SkipValidation = true });
        writer.Reset(buffer);
        JsonSerializer.Serialize(writer, value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        writer.Flush();

        var response = http.Response;
        response.Headers.ETag = etag;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = buffer.WrittenCount;
        response.BodyWriter.Write(buffer.WrittenSpan);
        return response.BodyWriter.FlushAsync(http.RequestAborted).AsTask();
    }
}
