using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Stemma.Api.Hosting.Exchange;

namespace Stemma.Api.Imports;

/// <summary>How much a file may bring.</summary>
internal sealed record ImportLimits
{
    public const string Section = "Imports";

    /// <summary>The most rows of one file.</summary>
    public int MaxRows { get; init; } = Domain.Imports.ImportOptions.DefaultMaxRows;

    /// <summary>The longest file, in bytes, as it is sent and when it is unpacked.</summary>
    public long MaxBytes { get; init; } = 8L * 1024 * 1024 * 1024;

    /// <summary>How many times longer than its packed form a file may be.</summary>
    public int MaxRatio { get; init; } = 200;
}

/// <summary>A file is taken in whole, to a temporary file, before the database is asked for anything: a slow sender holds nobody up.</summary>
internal static class Upload
{
    /// <summary>The form in which the body comes.</summary>
    /// <exception cref="BadHttpRequestException">415: it is nothing that can be imported.</exception>
    public static IImportFormat FormatOf(HttpRequest request, IEnumerable<IImportFormat> formats)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var given) ? given : null;
        var format = formats.FirstOrDefault(f => f.MediaTypes.Contains(type?.MediaType.Value, StringComparer.OrdinalIgnoreCase));
        if (format is null)
        {
            throw new BadHttpRequestException($"Content-Type must say what the file is: {string.Join(", ", formats.SelectMany(f => f.MediaTypes))}.", 415);
        }

        if (type!.Charset.HasValue && !type.Charset.ToString().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadHttpRequestException("The body must be UTF-8.", 415);
        }

        if (request.Headers.ContentEncoding is { Count: > 0 } codings && codings.ToString() is not ("gzip" or "identity" or ""))
        {
            throw new BadHttpRequestException("The body may be packed with gzip alone: Content-Encoding: gzip.", 415);
        }

        return format;
    }

    public static bool IsPacked(HttpRequest request) => request.Headers.ContentEncoding.ToString() == "gzip";

    /// <summary>The body as a file that is gone when it is closed.</summary>
    /// <exception cref="TooLongException">It is longer than a file may be.</exception>
    public static async Task<FileStream> Spool(HttpRequest request, ImportLimits limits, CancellationToken cancel)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        var file = TemporaryFile.Create();
        try
        {
            await using var bounded = new BoundedStream(request.Body, limits.MaxBytes);
            await bounded.CopyToAsync(file, cancel);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>What is in it. Unpacking stops where more comes out than went in can hold.</summary>
    public static Stream Open(Stream file, bool isPacked, ImportLimits limits) => isPacked
        ? new BoundedStream(new GZipStream(file, CompressionMode.Decompress), Math.Min(limits.MaxBytes, Math.Max(64 * 1024 * 1024, file.Length * limits.MaxRatio)))
        : file;
}

/// <summary>Reads another stream, so far and no further.</summary>
internal sealed class BoundedStream(Stream inner, long most) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read) => (_read += read) > most ? throw new TooLongException(most) : read;
}
