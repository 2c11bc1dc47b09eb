using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Imports;

/// <summary>Reads newline-delimited JSON, however long it is, in the memory of one line. Empty lines are left out but counted.</summary>
internal sealed class NdjsonLines : IImportFormat, IRowReader
{
    /// <summary>What a whole export is.</summary>
    public const string Whole = "application/x-ndjson";

    public IReadOnlyList<string> MediaTypes { get; } = [Whole, "application/jsonl"];

    public IReadOnlyList<string> Parameters => [];

    public IRowReader Open(IReadOnlyDictionary<string, string> parameters, QueryReader read) => this;

    /// <summary>The longest line, in bytes: what a body of a single write may have, and its type.</summary>
    public const int MaxLine = 1_048_576 + 100;

    public async IAsyncEnumerable<ImportLine> Read(Stream file, RowWarnings warnings, [EnumeratorCancellation] CancellationToken cancel)
    {
        var pipe = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 65_536));
        var (line, isSkipping, isDone) = (1, false, false);
        while (!isDone)
        {
            var result = await pipe.ReadAsync(cancel);
            var buffer = result.Buffer;
            isDone = result.IsCompleted;
            while (TryCut(ref buffer, isDone, isSkipping, out var bytes))
            {
                if (Row(line, bytes, isSkipping) is { } row)
                {
                    yield return row;
                }

                (line, isSkipping) = (line + 1, false);
            }

            if (buffer.Length > MaxLine)
            {
                // The rest of the line is read past, and not kept.
                isSkipping = true;
                buffer = buffer.Slice(buffer.End);
            }

            pipe.AdvanceTo(buffer.Start, result.Buffer.End);
        }

        await pipe.CompleteAsync();
    }

    /// <summary>Cuts the first line off, or the last one, that no newline ends: of one that was read past there may be nothing left.</summary>
    private static bool TryCut(ref ReadOnlySequence<byte> buffer, bool isLast, bool isSkipping, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        line = buffer;
        buffer = isLast ? buffer.Slice(buffer.End) : buffer;
        return isLast && (isSkipping || !line.IsEmpty);
    }

    private static ImportLine? Row(int line, ReadOnlySequence<byte> bytes, bool isTooLong)
    {
        if (isTooLong || bytes.Length > MaxLine)
        {
            return new(line, default, new Fault("", string.Create(CultureInfo.InvariantCulture, $"The line is longer than {MaxLine} bytes.")));
        }

        var json = bytes.ToArray().AsMemory();
        if (line == 1 && json.Span.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        var text = json.Span.Trim(" \t\r"u8);
        if (text.IsEmpty)
        {
            return null;
        }

        if (text.SequenceEqual(ExportEnd.Line))
        {
            return new(line, default) { IsEnd = true };
        }

        return Utf8.IsValid(json.Span) ? new(line, json) : new(line, default, new Fault("", NotUtf8(json.Span)));
    }

    /// <summary>Names the first byte of the line, from 1, that is not UTF-8.</summary>
    public static string NotUtf8(ReadOnlySpan<byte> line)
    {
        var at = 0;
        while (at < line.Length && Rune.DecodeFromUtf8(line[at..], out _, out var length) == OperationStatus.Done)
        {
            at += length;
        }

        return string.Create(CultureInfo.InvariantCulture, $"It is not UTF-8: see byte {at + 1} of the line.");
    }
}
