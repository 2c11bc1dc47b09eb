using System.Buffers.Text;
using System.Globalization;
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

    /// <summary>The most values that are read of one document.</summary>
    public const int MaxValues = 500_000;

    private readonly List<int> _newlines;
    private readonly int _firstLine;
    private readonly Dictionary<JsonObject, int> _lines = new(ReferenceEqualityComparer.Instance);

    private readonly int _most;

    private LooseJson(byte[] json, List<int> newlines, int firstLine, int most)
    {
        (_newlines, _firstLine, _most) = (newlines, firstLine, most);
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

    /// <summary>How many values it has.</summary>
    public int Count { get; private set; }

    /// <summary>The line on which the object begins.</summary>
    public int LineOf(JsonObject of) => _lines.GetValueOrDefault(of, _firstLine);

    /// <param name="block">What is to be read.</param>
    /// <param name="most">The most values that it may have.</param>
    /// <param name="reason">Why it cannot be read.</param>
    /// <returns>Null where it cannot be read.</returns>
    public static LooseJson? Read(JsonBlock block, int most, out string reason)
    {
        var strict = JsonMending.Newlines(block.Json.Span);
        if (TryRead(block.Json.ToArray(), strict, block.Line, most, isStrict: true, null, out reason) is { } asItIs)
        {
            return asItIs;
        }

        if (reason == TooMany)
        {
            return null;
        }

        var (json, newlines) = JsonMending.Mend(block.Json.Span);
        const string mended = "It is no JSON as it stands. What could be mended was: line breaks in strings, commas too many, comments, wrongly escaped characters.";
        if (TryRead(json, newlines, block.Line, most, isStrict: false, mended, out reason) is { } read)
        {
            return read;
        }

        var text = Encoding.UTF8.GetString(block.Json.Span);
        if (reason == TooMany || !QuotesAsEntities().IsMatch(text))
        {
            return null;
        }

        (json, newlines) = JsonMending.Mend(Encoding.UTF8.GetBytes(WebUtility.HtmlDecode(text)));
        return TryRead(json, newlines, block.Line, most, isStrict: false, "It is no JSON as it stands: its HTML entities were taken for the characters they stand for.", out _);
    }

    private static LooseJson? TryRead(byte[] json, List<int> newlines, int line, int most, bool isStrict, string? mended, out string reason)
    {
        try
        {
            if (isStrict)
            {
                JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth }).Dispose();
            }

            reason = "";
            return new(json, newlines, line, most) { Mended = mended };
        }
        catch (JsonException e)
        {
            reason = e.Message == TooMany ? TooMany
                : e.Message.Contains("depth of", StringComparison.Ordinal) ? $"It is nested deeper than {MaxDepth} levels."
                : NoJson(json, newlines, line, e);
            return null;
        }
        catch (InvalidOperationException)
        {
            reason = "It must be well-formed Unicode: half of a surrogate pair stands alone.";
            return null;
        }
    }

    /// <summary>Says where, in the lines of the text as it came: one that ended in a string ends there no more.</summary>
    private static string NoJson(ReadOnlySpan<byte> json, List<int> newlines, int firstLine, JsonException e)
    {
        var at = 0;
        for (var left = e.LineNumber ?? 0; left > 0 && json[at..].IndexOf((byte)'\n') is >= 0 and var end; left--)
        {
            at += end + 1;
        }

        at += (int)(e.BytePositionInLine ?? 0);
        var before = newlines.BinarySearch(at) is var found && found < 0 ? ~found : found;
        var start = before == 0 ? 0 : newlines[before - 1] + (json[newlines[before - 1]] == '\n' ? 1 : JsonMending.EscapeLength);
        return $"It is no JSON: see line {firstLine + before}, byte {Math.Max(at - start, 0) + 1}.";
    }

    private JsonNode? Build(ref Utf8JsonReader reader)
    {
        if (++Count > _most)
        {
            throw new JsonException(TooMany);
        }

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
            case JsonTokenType.Number:
                return Number(ref reader);
            default:
                return JsonValue.Create(reader.GetBoolean());
        }
    }

    /// <summary>A number, in a form that is written as it came; a document of its own, which is a hundred times as long, only where it must be.</summary>
    private static JsonValue Number(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan;
        if (!text.StartsWith("-0"u8) && text.IndexOfAny((byte)'e', (byte)'E') < 0)
        {
            if (reader.TryGetInt64(out var integer))
            {
                return JsonValue.Create(integer);
            }

            Span<byte> again = stackalloc byte[32];
            if (reader.TryGetDecimal(out var number) && Utf8Formatter.TryFormat(number, again, out var length) && again[..length].SequenceEqual(text))
            {
                return JsonValue.Create(number);
            }
        }

        return JsonValue.Create(JsonElement.ParseValue(ref reader))!;
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

    private static readonly string TooMany = string.Create(CultureInfo.InvariantCulture, $"The document has more than {MaxValues} values.");

    [GeneratedRegex("&(?:quot|#34|#x22);", RegexOptions.IgnoreCase)]
    private static partial Regex QuotesAsEntities();
}
