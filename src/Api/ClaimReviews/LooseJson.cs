using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stemma.Api.ClaimReviews;

/// <summary>JSON as publishers write it: what can be mended without guessing at what is meant is mended, and it is known where each object begins.</summary>
internal sealed partial class LooseJson
{
    /// <summary>The deepest that is read.</summary>
    private const int MaxDepth = 64;

    private readonly byte[] _json;
    private readonly List<int> _newlines;
    private readonly int _firstLine;
    private readonly Dictionary<JsonObject, int> _lines = new(ReferenceEqualityComparer.Instance);

    private LooseJson(byte[] json, List<int> newlines, int firstLine)
    {
        (_json, _newlines, _firstLine) = (json, newlines, firstLine);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        reader.Read();
        Root = Build(ref reader);
        if (reader.Read())
        {
            throw new JsonException("More follows the first value.");
        }
    }

    public JsonNode? Root { get; }

    /// <summary>What had to be mended; null for nothing.</summary>
    public string? Mended { get; private init; }

    /// <summary>Whether strings held what no text may: they are without it now.</summary>
    public bool IsCleaned { get; private set; }

    /// <summary>The line on which the object begins.</summary>
    public int LineOf(JsonObject of) => _lines.GetValueOrDefault(of, _firstLine);

    /// <returns>Null where it cannot be read; <paramref name="reason"/> says why.</returns>
    public static LooseJson? Read(JsonBlock block, out string reason)
    {
        var strict = JsonMending.Newlines(block.Json.Span);
        if (TryRead(block.Json.ToArray(), strict, block.Line, isStrict: true, null, out reason) is { } asItIs)
        {
            return asItIs;
        }

        var (json, newlines) = JsonMending.Mend(block.Json.Span);
        const string mended = "It is no JSON as it stands. What could be mended was: line breaks in strings, commas too many, comments, wrongly escaped characters.";
        if (TryRead(json, newlines, block.Line, isStrict: false, mended, out reason) is { } read)
        {
            return read;
        }

        var text = Encoding.UTF8.GetString(block.Json.Span);
        if (!QuotesAsEntities().IsMatch(text))
        {
            return null;
        }

        (json, newlines) = JsonMending.Mend(Encoding.UTF8.GetBytes(WebUtility.HtmlDecode(text)));
        return TryRead(json, newlines, block.Line, isStrict: false, "It is no JSON as it stands: its HTML entities were taken for the characters they stand for.", out _);
    }

    private static LooseJson? TryRead(byte[] json, List<int> newlines, int line, bool isStrict, string? mended, out string reason)
    {
        try
        {
            if (isStrict)
            {
                JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth }).Dispose();
            }

            reason = "";
            return new(json, newlines, line) { Mended = mended };
        }
        catch (JsonException e)
        {
            reason = e.Message.Contains("depth of", StringComparison.Ordinal)
                ? $"It is nested deeper than {MaxDepth} levels."
                : $"It is no JSON: see line {line + (e.LineNumber ?? 0)}, byte {(e.BytePositionInLine ?? 0) + 1}.";
            return null;
        }
        catch (InvalidOperationException)
        {
            reason = "It must be well-formed Unicode: half of a surrogate pair stands alone.";
            return null;
        }
    }

    private JsonNode? Build(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return BuildObject(ref reader);
            case JsonTokenType.StartArray:
                var items = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Build(ref reader));
                }

                return items;
            case JsonTokenType.String:
                return JsonValue.Create(Text(ref reader));
            case JsonTokenType.Null:
                return null;
            default:
                return JsonValue.Create(JsonElement.ParseValue(ref reader));
        }
    }

    /// <summary>Of a member given twice the last counts, as in JavaScript.</summary>
    private JsonObject BuildObject(ref Utf8JsonReader reader)
    {
        var members = new JsonObject();
        _lines.Add(members, LineAt((int)reader.TokenStartIndex));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader);
            reader.Read();
            members[name] = Build(ref reader);
        }

        return members;
    }

    private string Text(ref Utf8JsonReader reader)
    {
        var text = reader.GetString()!;
        if (!text.Contains('\0', StringComparison.Ordinal))
        {
            return text;
        }

        IsCleaned = true;
        return text.Replace("\0", "", StringComparison.Ordinal);
    }

    private int LineAt(int offset)
    {
        var before = _newlines.BinarySearch(offset);
        return _firstLine + (before < 0 ? ~before : before);
    }

    [GeneratedRegex("&(?:quot|#34|#x22);", RegexOptions.IgnoreCase)]
    private static partial Regex QuotesAsEntities();
}
