using System.Buffers;
using System.Collections.Frozen;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stemma.Api.Hosting.Exchange;
using Stemma.Domain.Exports;
using Stemma.Domain.Resources;

namespace Stemma.Api.Exports;

/// <summary>Writes resources, one JSON object a line, as fast as they are taken.</summary>
internal sealed class RowWriter(IEnumerable<IExchangedKind> kinds) : IExportFormat
{
    public const string Default = "ndjson";

    private const int Block = 65_536;

    private readonly FrozenDictionary<ResourceType, IExchangedKind> _kinds = kinds.ToFrozenDictionary(k => k.Type);

    public string Name => Default;

    public string MediaType => "application/x-ndjson";

    public string Extension => ".ndjson";

    public IReadOnlyList<ResourceType> Types => [];

    public async Task Write(IExport export, PipeWriter to, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        await foreach (var resource in export.Read(cancel))
        {
            json.Reset();
            _kinds[resource.Ref.Type].Write(json, resource);
            json.Flush();
            to.GetSpan(1)[0] = (byte)'\n';
            to.Advance(1);
            if (to.UnflushedBytes >= Block)
            {
                await to.FlushAsync(cancel);
            }
        }

        to.Write(ExportEnd.Line);
        to.Write("\n"u8);
        await to.FlushAsync(cancel);
    }
}
