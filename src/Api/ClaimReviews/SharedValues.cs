using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stemma.Domain.Sources;

namespace Stemma.Api.ClaimReviews;

/// <summary>
/// What all reviews of a document have in common: the objects that have a name, and what is known of values already. A long value that a thousand reviews refer to is
/// read once.
/// </summary>
internal sealed class SharedValues
{
    /// <summary>The longest name by which an object is known.</summary>
    private const int MaxName = 2_000;

    /// <summary>Shorter texts are read anew faster than they are found.</summary>
    private const int MinKept = 200;

    private readonly Dictionary<string, JsonObject> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<JsonNode, (string? Plain, bool IsChanged)> _texts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<JsonNode, string?> _addresses = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<JsonObject, (long Length, string Sha256)> _digests = new(ReferenceEqualityComparer.Instance);

    /// <summary>Of several objects of one name the fullest counts.</summary>
    public void Remember(string name, JsonObject members)
    {
        if (name.Length <= MaxName && (!_named.TryGetValue(name, out var known) || known.Count < members.Count))
        {
            _named[name] = members;
        }
    }

    public JsonObject? Find(string name) => name.Length <= MaxName ? _named.GetValueOrDefault(name) : null;

    /// <summary>What <paramref name="read"/> makes of the text of a value.</summary>
    public (string? Plain, bool IsChanged) Text(JsonNode value, string text, Func<string, (string?, bool)> read)
    {
        if (text.Length < MinKept)
        {
            return read(text);
        }

        if (!_texts.TryGetValue(value, out var known))
        {
            _texts[value] = known = read(text);
        }

        return known;
    }

    /// <summary>The text of a value as an address; null where it is none.</summary>
    public string? Address(JsonNode value, string text)
    {
        if (!_addresses.TryGetValue(value, out var known))
        {
            var url = text.Length <= 2 * SourceUrl.MaxLength ? text.Trim() : null;
            _addresses[value] = known = SourceUrl.IsValid(url) && url.Length <= SourceUrl.MaxLength ? url : null;
        }

        return known;
    }

    /// <summary>A digest of all that is in it, and how many bytes that is. The order of members does not count.</summary>
    public (long Length, string Sha256) Digest(JsonObject of)
    {
        if (!_digests.TryGetValue(of, out var known))
        {
            using var hashed = new MemoryStream();
            using (var json = new Utf8JsonWriter(hashed, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
            {
                WriteSorted(json, of);
            }

            _digests[of] = known = (hashed.Length, Convert.ToHexStringLower(SHA256.HashData(hashed.GetBuffer().AsSpan(0, (int)hashed.Length))));
        }

        return known;
    }

    private static void WriteSorted(Utf8JsonWriter json, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                json.WriteStartObject();
                foreach (var (name, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    json.WritePropertyName(name);
                    WriteSorted(json, value);
                }

                json.WriteEndObject();
                break;
            case JsonArray items:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    WriteSorted(json, item);
                }

                json.WriteEndArray();
                break;
            case null:
                json.WriteNullValue();
                break;
            default:
                node.WriteTo(json);
                break;
        }
    }
}
