using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Stemma.Api.ClaimReviews;

/// <summary>A piece of JSON-LD, and where it begins.</summary>
/// <param name="Line">The line of its first character, from 1.</param>
/// <param name="Json">Its text.</param>
internal readonly record struct JsonBlock(int Line, ReadOnlyMemory<byte> Json);

/// <summary>What of a file there is to read.</summary>
/// <param name="Blocks">Its pieces of JSON-LD, in their order.</param>
internal sealed record PublishedDocument(IReadOnlyList<JsonBlock> Blocks)
{
    /// <summary>Of a page: the language that it says it is in.</summary>
    public string? Language { get; init; }

    /// <summary>Of a page: the address that it says is its own.</summary>
    public string? Url { get; init; }

    /// <summary>Whether it is a page.</summary>
    public bool IsPage { get; init; }
}

/// <summary>
/// Finds the scripts of JSON-LD in a page. It goes from token to token and builds no tree: what is nested without end costs no more than other text.
/// </summary>
internal sealed class PageReader(string page)
{
    private readonly List<JsonBlock> _blocks = [];
    private string? _language;
    private string? _url;
    private int _drawings;

    public PublishedDocument Read()
    {
        using var source = new TextSource(page);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        for (var token = tokens.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokens.Get())
        {
            if (token is not HtmlTagToken tag || !IsOpened(tag))
            {
                continue;
            }

            tokens.State = ModeAfter(tag.Name);
            if (tag.Name == "script" && tag.GetAttribute("type").TrimStart().StartsWith(ClaimReviewFormat.JsonLd, StringComparison.OrdinalIgnoreCase))
            {
                if (tokens.Get() is { Type: HtmlTokenType.Character } script)
                {
                    _blocks.Add(new(script.Position.Line, Encoding.UTF8.GetBytes(script.Data)));
                }
            }
            else
            {
                Note(tag);
            }
        }

        return new(_blocks) { IsPage = true, Language = _language, Url = _url };
    }

    /// <summary>Whether it is the start of what goes on behind it. In drawings and formulas, and there alone, a tag may be its own end.</summary>
    private bool IsOpened(HtmlTagToken tag)
    {
        var isStart = tag.Type == HtmlTokenType.StartTag;
        if (tag.Name is "svg" or "math")
        {
            _drawings = isStart ? _drawings + (tag.IsSelfClosing ? 0 : 1) : Math.Max(0, _drawings - 1);
        }

        return isStart && !(tag.IsSelfClosing && _drawings > 0);
    }

    private void Note(HtmlTagToken tag)
    {
        switch (tag.Name)
        {
            case "html" when _language is null:
                _language = tag.GetAttribute("lang");
                break;
            case "link" when _url is null && tag.GetAttribute("rel").Equals("canonical", StringComparison.OrdinalIgnoreCase):
                _url = tag.GetAttribute("href").Trim();
                break;
        }
    }

    /// <summary>What follows the start of these is text to the end tag, whatever it looks like.</summary>
    private static HtmlParseMode ModeAfter(string tag) => tag switch
    {
        "script" => HtmlParseMode.Script,
        "title" or "textarea" => HtmlParseMode.RCData,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };
}
