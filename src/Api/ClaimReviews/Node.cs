using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stemma.Domain.Resources;

namespace Stemma.Api.ClaimReviews;

/// <summary>How one comes to a value of a document; written out only where it is told.</summary>
internal sealed record Place(Place? Above, string? Name, int Index)
{
    public static readonly Place Root = new(null, null, 0);

    public Place Member(string name) => new(this, name, 0);

    public Place Item(int index) => new(this, null, index);

    public override string ToString()
    {
        List<string> steps = [];
        for (var at = this; at.Above is not null; at = at.Above)
        {
            steps.Add(at.Name is { } name ? (at.Above.Above is null ? name : "." + name) : string.Create(CultureInfo.InvariantCulture, $"[{at.Index}]"));
        }

        steps.Reverse();
        return string.Concat(steps);
    }
}

/// <summary>A value and its place.</summary>
internal readonly record struct Node(JsonNode? Value, Place Place)
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal) { ["@type"] = "type", ["@id"] = "id" };

    /// <summary>As much of a text as is looked at to see whether there is anything in it.</summary>
    private const int MaxBlank = 1_000;

    /// <summary>The longest name of a type.</summary>
    private const int MaxType = 200;

    public bool IsObject => Value is JsonObject;

    /// <summary>A list that has nothing in it, a text of white space only and null are as good as nothing.</summary>
    public bool IsNothing => Value switch
    {
        null => true,
        JsonArray { Count: 0 } or JsonObject { Count: 0 } => true,
        JsonValue value when value.TryGetValue<string>(out var text) => IsBlank(text),
        _ => false,
    };

    /// <summary>A member by its name, with or without the prefix of schema.org; nothing where there is none.</summary>
    public Node this[string name] => Value is JsonObject members
        ? Member(members, name) ?? Member(members, "schema:" + name) ?? Member(members, "https://schema.org/" + name) ?? Member(members, "http://schema.org/" + name)
            ?? (Aliases.TryGetValue(name, out var alias) ? Member(members, alias) : null) ?? new(null, Place.Member(name))
        : new(null, Place.Member(name));

    /// <summary>The items of a list, of its first hundred, those that are nothing left out; of what is no list, itself.</summary>
    public IEnumerable<Node> Items()
    {
        if (Value is not JsonArray items)
        {
            return IsNothing ? [] : [this];
        }

        var place = Place;
        return items.Take(ResourceContent.MaxItems).Select((item, i) => new Node(item, place.Item(i))).Where(item => !item.IsNothing);
    }

    /// <summary>The text of a string, a number, a truth value, or a JSON-LD value object.</summary>
    public string? Text() => Value switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => IsBlank(text) ? null : text,
        JsonValue value when value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        JsonObject value when value.ContainsKey("@value") => this["@value"].Value is JsonValue ? this["@value"].Text() : null,
        _ => null,
    };

    /// <summary>The types of an object: the last parts of their names, in lower case.</summary>
    public IEnumerable<string> Types() =>
        this["@type"].Items().Select(t => t.Text()).OfType<string>().Where(t => t.Length <= MaxType).Select(t => t.Trim()[(t.Trim().LastIndexOfAny(['/', '#', ':']) + 1)..].ToLowerInvariant());

    private static bool IsBlank(string text) => text.AsSpan(0, Math.Min(text.Length, MaxBlank)).IsWhiteSpace();

    private Node? Member(JsonObject members, string name) => members.TryGetPropertyValue(name, out var value) ? new Node(value, Place.Member(name)) : null;
}
