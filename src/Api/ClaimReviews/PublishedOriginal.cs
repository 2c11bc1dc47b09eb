using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stemma.Api.Hosting;
using Stemma.Domain.Reviews;

namespace Stemma.Api.ClaimReviews;

/// <summary>A review as it came, by which it is known whether its page has changed since. What was read of it under a name that stands elsewhere is put in, once each.</summary>
/// <param name="review">It.</param>
/// <param name="followed">What the names that were followed stand for.</param>
/// <param name="shared">Knows the digests of what several reviews refer to.</param>
internal sealed class PublishedOriginal(JsonObject review, IReadOnlyDictionary<JsonObject, JsonObject> followed, SharedValues shared)
{
    private readonly List<JsonObject> _parts = [.. followed.Values.Prepend(review).Distinct()];
    private readonly HashSet<JsonObject> _put = new([review], ReferenceEqualityComparer.Instance);

    /// <summary>All of it; null where that is more than is kept.</summary>
    public JsonObject? Whole() => _parts.Sum(p => shared.Digest(p).Length) <= OriginalReview.MaxLength && CopyMembers(review) is var whole && IsStorable(whole, 1) ? whole : null;

    /// <summary>What stands for it where it cannot be kept: another for what is another.</summary>
    public JsonObject Digest()
    {
        var digests = _parts.Skip(1).Select(p => shared.Digest(p).Sha256).Order(StringComparer.Ordinal).Prepend(shared.Digest(review).Sha256);
        return new()
        {
            ["@type"] = "ClaimReview",
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', digests)))),
        };
    }

    private JsonNode? Copy(JsonNode? node) => node switch
    {
        JsonObject members => CopyMembers(followed.TryGetValue(members, out var full) && _put.Add(full) ? full : members),
        JsonArray items => new JsonArray([.. items.Select(Copy)]),
        _ => node?.DeepClone(),
    };

    private JsonObject CopyMembers(JsonObject members) => new(members.Select(m => KeyValuePair.Create(m.Key, Copy(m.Value))));

    private static bool IsStorable(JsonNode? node, int depth) => node switch
    {
        JsonObject members => depth <= ValidationRules.MaxStorableDepth && members.All(m => IsStorable(m.Value, depth + 1)),
        JsonArray items => depth <= ValidationRules.MaxStorableDepth && items.All(i => IsStorable(i, depth + 1)),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => ValidationRules.IsStorableNumber(value.ToJsonString()),
        _ => true,
    };
}
