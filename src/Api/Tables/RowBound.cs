namespace Stemma.Api.Tables;

/// <summary>A row is longer than rows may be.</summary>
internal sealed class RowTooLongException : IOException;

/// <summary>Text that was read already, and then the rest of it; where one row takes more of it than a row may have, it is refused.</summary>
internal sealed class RowBound(string first, TextReader rest, int most) : TextReader
{
    private const int Block = 8_192;

    private int _at;
    private long _taken;

    /// <summary>A row begins.</summary>
    public void Begin() => _taken = 0;

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) =>
        _at < first.Length ? Count(TakeFirst(buffer.Span)) : Count(await rest.ReadAsync(buffer[..Math.Min(buffer.Length, Block)], cancellationToken));

    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

    public override int Read(char[] buffer, int index, int count) =>
        _at < first.Length ? Count(TakeFirst(buffer.AsSpan(index, count))) : Count(rest.Read(buffer, index, Math.Min(count, Block)));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }

    private int TakeFirst(Span<char> buffer)
    {
        var taken = Math.Min(buffer.Length, first.Length - _at);
        first.AsSpan(_at, taken).CopyTo(buffer);
        _at += taken;
        return taken;
    }

    private int Count(int read) => (_taken += read) > most + Block ? throw new RowTooLongException() : read;
}

/// <summary>Bytes that were read already, and then the rest of them.</summary>
internal sealed class Rejoined(ReadOnlyMemory<byte> first, Stream rest) : Stream
{
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _at < first.Length ? TakeFirst(buffer.Span) : await rest.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        _at < first.Length ? TakeFirst(buffer.AsSpan(offset, count)) : rest.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int TakeFirst(Span<byte> buffer)
    {
        var taken = Math.Min(buffer.Length, first.Length - _at);
        first.Span.Slice(_at, taken).CopyTo(buffer);
        _at += taken;
        return taken;
    }
}
