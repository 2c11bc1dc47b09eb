using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stemma.Api.Hosting;
using Stemma.Domain.Resources;

namespace Stemma.Api.ClaimReviews;

/// <summary>Reads members as what they are meant to be, and notes what was guessed.</summary>
internal sealed partial class Fields(SharedValues shared, Notes notes)
{
    /// <summary>As much of a text as is looked at, in characters: HTML makes it longer than what is kept of it.</summary>
    private const int MaxText = 4 * ResourceContent.MaxFreeText;

    /// <summary>As much of what says a language.</summary>
    private const int MaxLanguage = 100;

    private readonly Dictionary<JsonObject, JsonObject> _followed = new(ReferenceEqualityComparer.Instance);

    /// <summary>The objects that are but names, as far as they were followed, and what they stand for.</summary>
    public IReadOnlyDictionary<JsonObject, JsonObject> Followed => _followed;

    /// <summary>What an object that is but a name stands for.</summary>
    public Node Resolved(Node node)
    {
        if (node.Value is not JsonObject members || !members.All(m => m.Key is "@id" or "@type") || node["@id"].Text() is not { } id || shared.Find(id) is not { } full)
        {
            return node;
        }

        _followed[members] = full;
        return node with { Value = full };
    }

    /// <summary>The first of a list, or itself; nothing where there is none.</summary>
    public Node First(Node node)
    {
        var items = node.Items().Take(2).ToList();
        if (items.Count > 1)
        {
            notes.Add(node.Place, "There are several; the first was taken.");
        }

        return items.Count == 0 ? node with { Value = null } : Resolved(items[0]);
    }

    /// <summary>Plain text: without white space around it, HTML tags and entities.</summary>
    public string? Text(Node node)
    {
        var first = First(node);
        if (first.Text() is not { } text)
        {
            return null;
        }

        var (plain, isChanged) = shared.Text(first.Value!, text, Plain);
        if (isChanged)
        {
            notes.Add(first.Place, "It has HTML in it; its text was taken.");
        }

        return plain;
    }

    private static (string? Plain, bool IsChanged) Plain(string text)
    {
        var start = text.Length <= MaxText ? text : text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)];
        var plain = WebUtility.HtmlDecode(Tags().Replace(start, " "));
        var isChanged = plain != start;
        if (isChanged)
        {
            // Some encode what their editor has encoded already.
            plain = WebUtility.HtmlDecode(plain).Replace("\0", "", StringComparison.Ordinal);
        }

        return (plain.Trim() is { Length: > 0 } trimmed ? trimmed : null, isChanged);
    }

    /// <summary>The name of somebody: a string, or the member of an object.</summary>
    public string? NameOf(Node node)
    {
        var name = Text(node) ?? Text(node["name"]) ?? Text(node["legalName"]);
        return Shortened(name, ResourceContent.MaxName, node.Place);
    }

    public string? Shortened(string? text, int most, Place place)
    {
        if (text is null || text.Length <= most || text.EnumerateRunes().Count() <= most)
        {
            return text;
        }

        notes.Add(place, $"It has more than {most} characters; the rest was cut off.");
        return string.Concat(text.EnumerateRunes().Take(most)).Trim();
    }

    /// <summary>An address: a string, or that of an object.</summary>
    public string? Url(Node node, bool isQuiet = false) => Urls(node, isQuiet) is [var first, ..] ? first : null;

    /// <summary>Addresses, each once; what is none is noted and left out.</summary>
    public IReadOnlyList<string> Urls(Node node, bool isQuiet = false)
    {
        List<string> urls = [];
        foreach (var item in node.Items())
        {
            var at = Resolved(item);
            var said = at.Text() is not null ? at : at["url"].Text() is not null ? at["url"] : at["@id"];
            if (said.Text() is not { } text)
            {
                continue;
            }

            if (shared.Address(said.Value!, text) is { } url)
            {
                urls.Add(url);
            }
            else if (!isQuiet)
            {
                notes.Add(item.Place, "It is no absolute URL with http or https, or too long; it is left out.");
            }
        }

        return [.. urls.Distinct(StringComparer.Ordinal)];
    }

    public string? Date(Node node)
    {
        var first = First(node);
        if (first.Text() is not { } text)
        {
            return null;
        }

        var date = PublishedDate.Read(text, out var guessed);
        if (guessed is not null)
        {
            notes.Add(first.Place, guessed);
        }

        return date;
    }

    /// <summary>A number, or the string of one.</summary>
    public JsonNode? Number(Node node)
    {
        if (node.IsNothing || node.Text() is not { } text)
        {
            return null;
        }

        if (PublishedRating.TryNumber(text, out var number))
        {
            return JsonValue.Create(number);
        }

        notes.Add(node.Place, "It is no number; it is left out.");
        return null;
    }

    public string? Language(Node node)
    {
        var first = First(node);
        var text = first.Text() ?? first["alternateName"].Text() ?? first["identifier"].Text() ?? first["name"].Text();
        var tag = Tag(text);
        if (tag is null && text is not null)
        {
            notes.Add(first.Place, "It is no BCP 47 language tag; it is left out.");
        }

        return tag;
    }

    /// <summary>The text as a language tag, where it is one but for an underscore, or the English name of a language.</summary>
    public static string? Tag(string? text)
    {
        var tag = text is { Length: <= MaxLanguage } ? text.Trim().Replace('_', '-') : "";
        return LanguageGuess.ByName(tag) ?? (Codes.IsLanguageTag(tag) ? tag : null);
    }

    [GeneratedRegex("</?(?:p|br|b|i|u|em|strong|span|a|div|h[1-6]|li|ul|ol|blockquote|q|sup|sub|font|figure|img)(?:\\s[^<>]{0,2000})?/?>", RegexOptions.IgnoreCase)]
    private static partial Regex Tags();
}
