using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Imports;
using Stemma.Domain.Resources;

namespace Stemma.Api.ClaimReviews;

/// <summary>A row of what a review is made of.</summary>
/// <param name="Type">What it is of.</param>
/// <param name="Id">By what it is known.</param>
/// <param name="Members">What it says.</param>
/// <param name="Restraint">What it leaves as it is.</param>
internal sealed record PublishedRow(string Type, PublishedId Id, JsonObject Members, Restraint Restraint)
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc cref="ImportLine.Homes"/>
    public IReadOnlyList<string> Homes { get; init; } = [];

    public string Key => Type + ' ' + Id;

    public ImportLine ToLine(int line)
    {
        Members["type"] = Type;
        Members["externalIds"] = new JsonArray(new JsonObject { ["system"] = Id.System, ["id"] = Id.Id });
        return new(line, JsonSerializer.SerializeToUtf8Bytes(Members, Options)) { Restraint = Restraint, Homes = Homes };
    }
}

/// <summary>
/// An id that the same publisher, claimant, claim or review has each time: its site, or a digest of what makes it the one it is.
/// </summary>
internal readonly record struct PublishedId(string System, string Id)
{
    private static readonly SearchValues<char> QuotationMarks = SearchValues.Create("\"'`´‘’‚‛“”„‟«»‹›");

    public override string ToString() => $"{System}:{Id}";

    /// <summary>What <see cref="ToString"/> wrote; null for anything else.</summary>
    public static PublishedId? Read(string? text)
    {
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 && text![(colon + 1)..] is { Length: > 0 and <= ExternalId.MaxLength } id && ClaimReviewDocument.IsPublished(text[..colon]) ? new(text[..colon], id) : null;
    }

    /// <summary>Of a publisher: the host of its pages.</summary>
    public static PublishedId OfSite(string site) => new(ClaimReviewDocument.SiteIds, site);

    /// <summary>Of whoever is known by a name alone.</summary>
    public static PublishedId OfName(string name) => new(ClaimReviewDocument.Ids, Digest("source", Folded(name)));

    /// <summary>Of what is claimed, by whom and in which language.</summary>
    public static PublishedId OfClaim(string text, PublishedId? claimant, string? language) =>
        new(ClaimReviewDocument.Ids, Digest("claim", Folded(text), claimant?.ToString() ?? "", language?.Split('-')[0].ToLowerInvariant() ?? ""));

    /// <summary>Of a publisher's review of a claim at an address.</summary>
    public static PublishedId OfReview(PublishedId publisher, Guid? address, PublishedId claim) =>
        new(ClaimReviewDocument.Ids, Digest("review", publisher.ToString(), address?.ToString() ?? "", claim.Id));

    /// <summary>In lower case, without quotation marks, with single spaces between the words and no full stop at the end.</summary>
    public static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(r => !r.IsBmp || !QuotationMarks.Contains((char)r.Value)))
        {
            if (!Rune.IsWhiteSpace(rune))
            {
                folded.Append(Rune.ToLowerInvariant(rune));
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().Trim().TrimEnd('.', '…', ' ');
    }

    private static string Digest(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16));
}
