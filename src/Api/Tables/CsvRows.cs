using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Tables;

/// <summary>Tables come in: one kind of resource in a file, a header, then a row each (RFC 4180).</summary>
/// <param name="kinds">What rows may be of.</param>
/// <param name="mediaType">By which it is known.</param>
/// <param name="delimiter">What stands between cells; null where the file shows it.</param>
internal sealed class CsvRows(IEnumerable<IExchangedKind> kinds, string mediaType, char? delimiter) : IImportFormat
{
    private readonly FrozenDictionary<string, IExchangedKind> _kinds = kinds.ToFrozenDictionary(k => k.Name, StringComparer.Ordinal);

    public IReadOnlyList<string> MediaTypes { get; } = [mediaType];

    public IReadOnlyList<string> Parameters { get; } = ["type", "mapping", "empty"];

    public IRowReader Open(IReadOnlyDictionary<string, string> parameters, QueryReader read)
    {
        var kind = _kinds.GetValueOrDefault(parameters.GetValueOrDefault("type", ""));
        if (kind is null)
        {
            read.Fault<string>("type", $"must say what the rows are: {string.Join(", ", _kinds.Values.OrderBy(k => k.Type).Select(k => k.Name))}");
        }

        var empty = parameters.GetValueOrDefault("empty", "keep");
        if (empty is not ("keep" or "null"))
        {
            read.Fault<string>("empty", "must be keep or null");
        }

        var mapping = Mapping.Read(parameters.GetValueOrDefault("mapping"), read);
        return new CsvReading(kind ?? _kinds.Values.First(), mapping, empty == "null", delimiter);
    }
}

/// <summary>One table as it is read.</summary>
internal sealed class CsvReading(IExchangedKind kind, Dictionary<string, string> mapping, bool emptyIsNull, char? delimiter) : IRowReader
{
    public async IAsyncEnumerable<ImportLine> Read(Stream file, RowWarnings warnings, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var table = new CsvTable(file, delimiter);
        var header = await table.Header(cancel);
        if (header.Failed(out var unreadable))
        {
            yield return Faulty(1, unreadable);
            yield break;
        }

        var made = TablePlan.Of(kind, header.Value, mapping, emptyIsNull, (path, message) => warnings.Add(table.Line, path, message));
        if (made.Failed(out unreadable))
        {
            yield return Faulty(table.Line, unreadable);
            yield break;
        }

        while (await table.Next(cancel) is { } cells)
        {
            if (table.Fault is { } fault)
            {
                yield return made.Value.Faulty(table.Line, [fault]);
            }
            else if (made.Value.Row(table.Line, cells) is { } row)
            {
                yield return row;
            }
        }
    }

    private ImportLine Faulty(int line, Error error)
    {
        var faults = ((Error.Invalid)error).Faults;
        return new(line, default, faults[0]) { More = [.. faults.Skip(1)], Type = kind.Type };
    }
}
