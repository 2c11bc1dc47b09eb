using System.Globalization;
using System.Net;
using System.Text;
using Stemma.Domain.Reconciliation;
using Stemma.Domain.Sources;

namespace Stemma.Api.Reconciliation;

/// <summary>Entities in a line, in a few lines of HTML, and as a small page. Whatever is stored is escaped: it is anybody's text.</summary>
internal static class EntityText
{
    private const int MaxLine = 200;
    private const int MaxText = 1_000;

    /// <summary>A page may show text and its own style, and open links: nothing runs, nothing is fetched, nothing is sent.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

    /// <summary>What tells it from its namesakes.</summary>
    public static string Describe(Entity entity) => entity switch
    {
        SourceEntity { Of: var of } source => Line(source.Types[0].Name, of.Country, source.View.Parent?.Content.Name, of.Url, of.Description),
        ClaimEntity { Of: var of } claim => Line("Claim", claim.View.Claimant?.Content.Name, of.ClaimedAt?.ToString(), of.Context),
        _ => "",
    };

    public static string Describe(EntityType type) =>
        type == EntityType.Claim ? "A statement that someone makes."
        : type == EntityType.Source ? "Whoever or whatever says or shows something."
        : $"Sources of the kind {type.Id}.";

    public static string Html(Entity entity)
    {
        var html = new StringBuilder();
        html.Append("<p style=\"margin:0 0 .4em;font-weight:bold\">").Append(Escape(entity.Name, MaxText)).Append("</p>");
        html.Append("<p style=\"margin:0 0 .4em\">").Append(Escape(Describe(entity), MaxText)).Append("</p>");
        return html.ToString();
    }

    public static string Html(SuggestedResponse described) =>
        $"<p style=\"margin:0 0 .4em;font-weight:bold\">{Escape(described.Name, MaxText)}</p><p style=\"margin:0\">{Escape(described.Description, MaxText)}</p>";

    /// <param name="entity">What it shows.</param>
    /// <param name="resource">The address of all that is known of it.</param>
    public static string Page(Entity entity, string resource)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(Escape(entity.Name, MaxLine))
            .Append("</title><style>body{font:14px/1.4 sans-serif;margin:8px;overflow-wrap:anywhere}dl{display:grid;grid-template-columns:auto 1fr;gap:2px 10px;margin:0}")
            .Append("dt{color:#555}dd{margin:0}</style></head><body>\n").Append(Html(entity)).Append("<dl>");
        foreach (var property in EntityProperties.All.Where(p => p.Id is not ("name" or "text" or "description" or "context" or "updatedAt")))
        {
            var values = property.Values(entity).Take(5).Select(Html).ToList();
            if (values.Count > 0)
            {
                page.Append("<dt>").Append(Escape(property.Name, MaxLine)).Append("</dt><dd>").AppendJoin("<br>", values).Append("</dd>\n");
            }
        }

        return page.Append("</dl><p>").Append(Link(resource, "All that is known of it")).Append("</p></body></html>\n").ToString();
    }

    private static string Html(EntityValue value) =>
        value.Source is { } source ? Escape(source.Content.Name, MaxLine)
        : value.Number is { } number ? number.ToString(CultureInfo.InvariantCulture)
        : value.Instant is { } instant ? instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : SourceUrl.IsValid(value.Text) ? Link(value.Text, value.Text)
        : Escape(value.Text!, MaxText);

    private static string Link(string url, string text) =>
        $"<a href=\"{WebUtility.HtmlEncode(url)}\" target=\"_blank\" rel=\"noopener noreferrer\">{Escape(text, MaxLine)}</a>";

    private static string Line(params string?[] parts) => Shorten(string.Join(" · ", parts.Where(p => !string.IsNullOrWhiteSpace(p))), MaxLine);

    private static string Escape(string text, int most) => WebUtility.HtmlEncode(Shorten(text, most));

    /// <summary>Never in the midst of a character.</summary>
    private static string Shorten(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";
}
