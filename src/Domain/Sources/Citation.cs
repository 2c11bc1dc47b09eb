using System.Text.Json;

namespace Stemma.Domain.Sources;

/// <summary>A bibliographic record, one CSL-JSON item. Compared as JSON: the order of members and the spelling of numbers do not count.</summary>
public sealed class Citation(JsonElement item) : IEquatable<Citation>
{
    /// <summary>The longest JSON text of an item, in characters.</summary>
    public const int MaxLength = 50_000;

    public JsonElement Item { get; } = item;

    public static Citation Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new(document.RootElement.Clone());
    }

    public override string ToString() => Item.GetRawText();

    public bool Equals(Citation? other) => other is not null && JsonElement.DeepEquals(Item, other.Item);

    public override bool Equals(object? obj) => Equals(obj as Citation);

    public override int GetHashCode() => Item.ValueKind == JsonValueKind.Object ? Item.EnumerateObject().Count() : 0;
}
