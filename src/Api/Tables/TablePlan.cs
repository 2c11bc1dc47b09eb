using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Tables;

/// <summary>How the rows of one table become JSON objects.</summary>
internal sealed class TablePlan
{
    private readonly IExchangedKind _kind;
    private readonly bool _emptyIsNull;
    private readonly List<List<Column>> _members;
    private readonly int _width;
    private readonly Column? _type;

    /// <summary>Lists of which columns are items, one by one.</summary>
    private readonly IReadOnlyList<string> _itemwise;

    private TablePlan(IExchangedKind kind, bool emptyIsNull, List<Column> columns, int width)
    {
        (_kind, _emptyIsNull, _width) = (kind, emptyIsNull, width);
        _type = columns.FirstOrDefault(c => c.Member == "type");
        _members = [.. columns.Where(c => c.Member is not ("" or "type")).GroupBy(c => c.Member, (_, same) => same.ToList())];
        _itemwise = [.. _members.Where(same => same[0].Index is not null).Select(same => same[0].Member)];
    }

    /// <param name="kind">What the rows are of.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="mapping">What those columns are that have names of their own.</param>
    /// <param name="emptyIsNull">Whether a cell without text puts what it stands for back to its default.</param>
    /// <param name="warn">Hears of columns that are left out.</param>
    public static Result<TablePlan> Of(
        IExchangedKind kind, IReadOnlyList<string> header, Dictionary<string, string> mapping, bool emptyIsNull, Action<string, string> warn)
    {
        var faults = new List<Fault>();
        var columns = new List<Column>();
        for (var i = 0; i < header.Count; i++)
        {
            var name = Cell.Plain(header[i]).Trim();
            var path = mapping.GetValueOrDefault(name, name);
            if (name.Length == 0)
            {
                warn("", $"Column {i + 1} has no header; it is left out.");
            }
            else if (path.Length > 0 && Columns.Find(kind, path, i) is { } column)
            {
                columns.Add(column);
            }
            else if (path.Length > 0)
            {
                faults.Add(new(name, path == name
                    ? $"No member of a {kind.Name} is called so. Say what the column is in mapping ({name}:member), or leave it out ({name}:)."
                    : $"mapping: no member of a {kind.Name} is called '{path}'."));
            }
        }

        faults.AddRange(mapping.Keys.Except(header.Select(h => Cell.Plain(h).Trim())).Select(name => new Fault(name, "mapping: there is no such column.")));
        foreach (var same in columns.Where(c => c.Member.Length > 0).GroupBy(c => c.Member))
        {
            if (same.GroupBy(c => (c.Index, c.Part, c.System)).Any(g => g.Count() > 1) || (same.Count() > 1 && !GoTogether([.. same])))
            {
                faults.Add(new(same.Key, "Columns contradict each other: several are this member."));
            }
        }

        return faults.Count == 0 ? new TablePlan(kind, emptyIsNull, columns, header.Count) : new Error.Invalid(faults);
    }

    /// <summary>The row that these cells are; null where all of them are empty.</summary>
    public ImportLine? Row(int line, string[] cells)
    {
        if (Array.TrueForAll(cells, c => c.Length == 0))
        {
            return null;
        }

        if (cells.Length != _width)
        {
            return Faulty(line, [new("", $"It has {cells.Length} cells where the header has {_width}.")]);
        }

        if (_type is not null && cells[_type.Place].Trim() is { Length: > 0 } type && type != _kind.Name)
        {
            return Faulty(line, [new("type", $"The file is said to be of type {_kind.Name}.")]);
        }

        var faults = new List<Fault>();
        var bytes = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, _kind.Name);
            foreach (var columns in _members)
            {
                Write(json, columns, cells, faults);
            }

            json.WriteEndObject();
        }

        return faults.Count == 0 ? new ImportLine(line, bytes.WrittenMemory) { Itemwise = _itemwise } : Faulty(line, faults);
    }

    public ImportLine Faulty(int line, IReadOnlyList<Fault> faults) => new(line, default, faults[0]) { More = [.. faults.Skip(1)], Type = _kind.Type };

    /// <summary>Whether columns of one member are parts of it.</summary>
    private static bool GoTogether(List<Column> columns) => columns.TrueForAll(c => c.Part is not null || c.Member == "externalIds");

    private void Write(Utf8JsonWriter json, List<Column> columns, string[] cells, List<Fault> faults)
    {
        var filled = columns.FindAll(c => !string.IsNullOrWhiteSpace(cells[c.Place]));
        var (first, name) = (columns[0], columns[0].Member);
        if (first.Index is not null)
        {
            WriteItems(json, columns, _emptyIsNull ? columns : filled, cells, faults);
        }
        else if (filled.Count == 0)
        {
            if (_emptyIsNull && first.Member is not ("id" or "version" or "deletedAt") && !(first.Member == "externalIds" && columns.TrueForAll(c => c.System is not null)))
            {
                json.WriteNull(name);
            }
        }
        else if (first.Member == "externalIds")
        {
            json.WriteStartArray(name);
            WriteIds(json, filled, cells, faults);
            json.WriteEndArray();
        }
        else if (first.Part is not null)
        {
            json.WriteStartObject(name);
            WriteParts(json, columns, cells, faults);
            json.WriteEndObject();
        }
        else
        {
            json.WritePropertyName(name);
            WriteCell(json, first, cells[first.Place], faults);
        }
    }

    /// <summary>The items to the last of which something is said, each in its place: one of which nothing is said is an object without members.</summary>
    private void WriteItems(Utf8JsonWriter json, List<Column> columns, List<Column> said, string[] cells, List<Fault> faults)
    {
        if (said.Count == 0)
        {
            return;
        }

        json.WriteStartArray(columns[0].Member);
        for (var i = 0; i <= said.Max(c => c.Index); i++)
        {
            json.WriteStartObject();
            WriteParts(json, columns.Where(c => c.Index == i), cells, faults);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteParts(Utf8JsonWriter json, IEnumerable<Column> parts, string[] cells, List<Fault> faults)
    {
        foreach (var part in parts)
        {
            if (!string.IsNullOrWhiteSpace(cells[part.Place]))
            {
                json.WritePropertyName(part.Part!);
                WriteCell(json, part, cells[part.Place], faults);
            }
            else if (_emptyIsNull)
            {
                json.WriteNull(part.Part!);
            }
        }
    }

    private static void WriteIds(Utf8JsonWriter json, List<Column> columns, string[] cells, List<Fault> faults)
    {
        foreach (var column in columns)
        {
            foreach (var item in column.System is null ? Cell.Items(Cell.Plain(cells[column.Place])) : [Cell.Plain(cells[column.Place]).Trim()])
            {
                var colon = item.IndexOf(':', StringComparison.Ordinal);
                if (column.System is null && colon < 1)
                {
                    faults.Add(new(column.Path, "Each must be system:id; several stand with | between them."));
                    continue;
                }

                json.WriteStartObject();
                json.WriteString("system"u8, column.System ?? item[..colon]);
                json.WriteString("id"u8, column.System is null ? item[(colon + 1)..] : item);
                json.WriteEndObject();
            }
        }
    }

    /// <summary>Writes a value in any case, so that what stands around it stays well-formed.</summary>
    private static void WriteCell(Utf8JsonWriter json, Column column, string cell, List<Fault> faults)
    {
        var text = Cell.Plain(cell);
        switch (column.Shape)
        {
            case MemberShape.Text:
                json.WriteStringValue(column.System is not null ? $"{column.System}:{text.Trim()}" : column.Part is null && column.Member == "id" ? text.Trim() : text);
                return;
            case MemberShape.Texts:
                json.WriteStartArray();
                foreach (var item in Cell.Items(text))
                {
                    json.WriteStringValue(column.System is null ? item : $"{column.System}:{item}");
                }

                json.WriteEndArray();
                return;
            case MemberShape.Boolean when bool.TryParse(text.Trim(), out var value):
                json.WriteBooleanValue(value);
                return;
            case MemberShape.Boolean:
                faults.Add(new(column.Path, "It must be true or false."));
                break;
            default:
                if (IsJson(text.Trim(), column.Shape == MemberShape.Number))
                {
                    // As it stands: whoever reads the row sees to what is wrong with it besides, such as half of a surrogate pair.
                    json.WriteRawValue(text.Trim(), skipInputValidation: true);
                    return;
                }

                faults.Add(new(column.Path, column.Shape == MemberShape.Number ? "It must be a number, with a point before its decimals: 1234.5." : "It must be JSON."));
                break;
        }

        json.WriteNullValue();
    }

    private static bool IsJson(string text, bool isNumber)
    {
        try
        {
            using var read = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth });
            return !isNumber || read.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
