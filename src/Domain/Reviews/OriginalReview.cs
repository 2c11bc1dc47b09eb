using System.Text.Json;

namespace Stemma.Domain.Reviews;

/// <summary>A review as its publisher gave it, one JSON object. Compared as JSON: the order of members and the spelling of numbers do not count.</summary>
/// <param name="item">The object.</param>
public sealed class OriginalReview(JsonElement item) : IEquatable<OriginalReview>
{
    /// <summary>The longest JSON text, in bytes of UTF-8.</summary>
    public const int MaxLength = 100_000;

    /// <summary>The object.</summary>
    public JsonElement Item { get; } = item;

    /// <summary>As it is stored.</summary>
    public static OriginalReview Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new(document.RootElement.Clone());
    }

    /// <summary>The JSON text.</summary>
    public override string ToString() => Item.GetRawText();

    /// <inheritdoc/>
    public bool Equals(OriginalReview? other) => other is not null && JsonElement.DeepEquals(Item, other.Item);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OriginalReview);

    /// <inheritdoc/>
    public override int GetHashCode() => Item.ValueKind == JsonValueKind.Object ? Item.EnumerateObject().Count() : 0;
}
