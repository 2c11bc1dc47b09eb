using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting.Exchange;

/// <summary>
/// Finds in a row, without reading it as its contract: what it is of, by what its resource is known, and to what it refers. What is not as it
/// should be is left for the contract to name.
/// </summary>
internal sealed class RowScanner : IImportKinds
{
    /// <summary>Members of rows that bodies do not have.</summary>
    public static readonly string[] MembersOfRows = ["type", "deletedAt", RowStamp.Grade];

    private static readonly JsonReaderOptions Options = new() { MaxDepth = StrictJson.MaxDepth };

    private readonly FrozenDictionary<string, IExchangedKind> _kinds;
    private readonly string _expected;

    public RowScanner(IEnumerable<IExchangedKind> kinds)
    {
        var all = kinds.OrderBy(k => k.Type).ToList();
        _kinds = all.ToFrozenDictionary(k => k.Name, StringComparer.Ordinal);
        _expected = $"It must be one of {string.Join(", ", all.Select(k => k.Name))}.";
    }

    public IReadOnlyList<Fault> Scan(ImportLine line, out ImportRow? row, out ResourceType? type)
    {
        (row, type) = (null, null);
        if (line.Fault is { } fault)
        {
            type = line.Type;
            return [fault, .. line.More ?? []];
        }

        try
        {
            if (!IsObject(line.Json.Span, out var name))
            {
                return [new("", "The row must be a JSON object.")];
            }

            if (name is null)
            {
                return [new("type", "It is required, and a string.")];
            }

            if (!_kinds.TryGetValue(name, out var kind))
            {
                return [new("type", _expected)];
            }

            type = kind.Type;
            row = Scan(kind, line);
            return [];
        }
        catch (JsonException e)
        {
            return [new("", e.Message.Contains("depth of", StringComparison.Ordinal)
                ? $"The row is nested deeper than {StrictJson.MaxDepth} levels."
                : string.Create(CultureInfo.InvariantCulture, $"The row is not JSON: see byte {e.BytePositionInLine + 1}."))];
        }
        catch (InvalidOperationException)
        {
            return [new("", "The row must be well-formed Unicode: half of a surrogate pair stands alone.")];
        }
    }

    private static bool IsObject(ReadOnlySpan<byte> json, out string? type)
    {
        type = null;
        var reader = new Utf8JsonReader(json, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                type = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                return true;
            }

            reader.Skip();
        }

        return true;
    }

    private static JsonRow Scan(IExchangedKind kind, ImportLine line)
    {
        Guid? id = null;
        int? version = null;
        var deleted = false;
        List<ExternalId> keys = [];
        List<RowReference> references = [];
        List<Range?> places = [];
        var reader = new Utf8JsonReader(line.Json.Span, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "id":
                    id = reader.TokenType == JsonTokenType.String && Guid.TryParseExact(reader.GetString(), "D", out var given) ? given : null;
                    break;
                case "version":
                    version = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : null;
                    break;
                case "deletedAt":
                    deleted = reader.TokenType != JsonTokenType.Null;
                    break;
                case "externalIds" when reader.TokenType == JsonTokenType.StartArray:
                    ReadKeys(ref reader, keys);
                    break;
                case var _ when kind.References.TryGetValue(name, out var to):
                    ReadReferences(ref reader, name, to, references, places);
                    break;
            }

            reader.Skip();
        }

        // To its end, for there may be more behind the object.
        reader.Read();
        return new(kind, line.Line, line.Json)
        {
            Id = id,
            Version = version,
            IsDeleted = deleted,
            Keys = keys,
            References = references,
            Places = places,
            Restraint = line.Restraint,
            Itemwise = line.Itemwise ?? [],
            Homes = line.Homes ?? [],
        };
    }

    private static void ReadKeys(ref Utf8JsonReader reader, List<ExternalId> keys)
    {
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
            }
            else if (ReadKey(ref reader) is { } key)
            {
                keys.Add(key);
            }
        }
    }

    private static void ReadReferences(ref Utf8JsonReader reader, string name, ResourceType to, List<RowReference> references, List<Range?> places)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            ReadReference(ref reader, name, to, references, places);
            return;
        }

        var (depth, at) = (reader.CurrentDepth, 0);
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            ReadReference(ref reader, string.Create(CultureInfo.InvariantCulture, $"{name}[{at++}]"), to, references, places);
            reader.Skip();
        }
    }

    private static void ReadReference(ref Utf8JsonReader reader, string path, ResourceType to, List<RowReference> references, List<Range?> places)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType == JsonTokenType.String)
        {
            var text = reader.GetString()!;
            if (Guid.TryParseExact(text, "D", out var id))
            {
                references.Add(new(path, to, id, null));
                places.Add(null);
            }
            else if (text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon < text.Length - 1 && text.Length <= 1 + (2 * ExternalId.MaxLength) && !text.Contains('\0', StringComparison.Ordinal))
            {
                references.Add(new(path, to, null, new ExternalId(text[..colon], text[(colon + 1)..])));
                places.Add(new Range(start, (int)reader.BytesConsumed));
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject && ReadKey(ref reader) is { } key)
        {
            references.Add(new(path, to, null, key));
            places.Add(new Range(start, (int)reader.BytesConsumed));
        }
    }

    /// <summary>From the start of <c>{"system": …, "id": …}</c> to its end; null for what is no such thing.</summary>
    private static ExternalId? ReadKey(ref Utf8JsonReader reader)
    {
        string? system = null;
        string? id = null;
        var members = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            members++;
            var name = reader.GetString();
            reader.Read();
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            (system, id) = (name == "system" ? text : system, name == "id" ? text : id);
            reader.Skip();
        }

        return members == 2 && !string.IsNullOrWhiteSpace(system) && !string.IsNullOrWhiteSpace(id) && !system.Contains(':', StringComparison.Ordinal)
            && !system.Contains('\0', StringComparison.Ordinal) && !id.Contains('\0', StringComparison.Ordinal)
            ? new(system, id)
            : null;
    }
}
