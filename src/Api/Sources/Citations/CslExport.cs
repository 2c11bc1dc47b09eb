using System.IO.Pipelines;
using System.Text.Json;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Domain.Exports;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Sources.Citations;

/// <summary>Documents as an array of CSL-JSON items, as citation managers take them. Sources of other kinds, and what is deleted, are not among them.</summary>
internal sealed class CslExport : IExportFormat
{
    private const int Block = 65_536;

    public string Name => "csl";

    public string MediaType => CslItem.MediaType;

    public string Extension => ".json";

    public IReadOnlyList<ResourceType> Types { get; } = [ResourceType.Source];

    public async Task Write(IExport export, PipeWriter to, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(to, OtherForm.Writing);
        json.WriteStartArray();
        await foreach (var resource in export.Read(cancel))
        {
            if (resource is Source { DeletedAt: null, Content.Kind: SourceKind.Document } source)
            {
                CslItem.Write(json, source);
                if (json.BytesPending + to.UnflushedBytes >= Block)
                {
                    json.Flush();
                    await to.FlushAsync(cancel);
                }
            }
        }

        json.WriteEndArray();
        json.Flush();
        await to.FlushAsync(cancel);
    }
}
