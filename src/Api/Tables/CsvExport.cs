using System.Collections.Frozen;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Domain.Exports;
using Stemma.Domain.Resources;

namespace Stemma.Api.Tables;

/// <summary>Tables go out: one kind of resource, a header, then a row each, as <see cref="CsvRows"/> reads them.</summary>
internal sealed class CsvExport(IEnumerable<IExchangedKind> kinds) : IExportFormat
{
    /// <summary>Without it spreadsheets take UTF-8 for something else.</summary>
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>What is split at semicolons or tabs by mistake stays one cell as far as it can.</summary>
    private static readonly CsvConfiguration Quoting = new(CultureInfo.InvariantCulture)
    {
        ShouldQuote = args => args.Field is { } field && (field.AsSpan().ContainsAny(';', '\t') || ConfigurationFunctions.ShouldQuote(args)),
    };

    private static readonly string[] Stamps = ["createdAt", "createdBy", "updatedAt", "updatedBy", "deletedAt"];

    private readonly FrozenDictionary<ResourceType, IExchangedKind> _kinds = kinds.ToFrozenDictionary(k => k.Type);

    public string Name => "csv";

    public string MediaType => "text/csv";

    public string Extension => ".csv";

    public IReadOnlyList<ResourceType> Types => ExportOrder.All;

    public async Task Write(IExport export, PipeWriter to, CancellationToken cancel)
    {
        var kind = _kinds[export.Types[0]];
        await using var text = new StreamWriter(to.AsStream(leaveOpen: true), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 65_536);
        await text.WriteAsync(ByteOrderMark);
        await using var csv = new CsvWriter(text, Quoting, leaveOpen: true);
        foreach (var name in NamesOf(kind))
        {
            csv.WriteField(name);
        }

        await csv.NextRecordAsync();
        await foreach (var resource in export.Read(cancel))
        {
            foreach (var cell in CellsOf(kind, resource))
            {
                csv.WriteField(cell);
            }

            await csv.NextRecordAsync();
        }
    }

    private static IEnumerable<string> NamesOf(IExchangedKind kind) =>
    [
        "id", "version",
        .. kind.Members.SelectMany(m => m.Shape == MemberShape.Object ? m.Parts.Select(p => $"{m.Name.Value}.{p.Name.Value}") : [m.Name.Value]),
        .. Stamps,
    ];

    private static IEnumerable<string?> CellsOf(IExchangedKind kind, Resource resource)
    {
        var input = kind.InputOf(resource);
        return
        [
            resource.Ref.Id.ToString(), resource.Version.ToString(CultureInfo.InvariantCulture),
            .. kind.Members.SelectMany(m => m.Shape == MemberShape.Object
                ? m.Parts.Select(p => m.Value(input) is { } value ? CellOf(p, value) : null)
                : [CellOf(m, input)]),
            Instant(resource.CreatedAt), Cell.Harmless(resource.CreatedBy), Instant(resource.UpdatedAt), Cell.Harmless(resource.UpdatedBy), Instant(resource.DeletedAt),
        ];
    }

    private static string? Instant(DateTimeOffset? at) => at.ToText();

    private static string? CellOf(ExchangedMember member, object input) => (member.Shape, member.Value(input)) switch
    {
        (_, null) => null,
        (MemberShape.Text, string text) => Cell.Harmless(text),
        (MemberShape.Texts, IEnumerable<string?> items) => Cell.Harmless(Cell.List(items.OfType<string>())),
        (MemberShape.ExternalIds, IEnumerable<ExternalIdContract?> ids) => Cell.Harmless(Cell.List(ids.Select(id => $"{id!.System}:{id.Id}"))),
        (MemberShape.Number or MemberShape.Boolean, var value) => JsonSerializer.Serialize(value, member.Contract),
        (_, var value) => Cell.Harmless(JsonSerializer.Serialize(value, member.Contract)),
    };
}
