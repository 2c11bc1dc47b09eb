using System.Text.Json.Nodes;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;

namespace Stemma.Api.ClaimReviews;

/// <summary>A review and what it refers to, as rows.</summary>
internal sealed record ReviewRowSet(PublishedRow Review, IReadOnlyList<PublishedRow> Others);

/// <summary>Reads one ClaimReview.</summary>
/// <param name="review">It.</param>
/// <param name="document">Where it stands.</param>
/// <param name="shared">What it has in common with the others there.</param>
/// <param name="notes">Takes what had to be guessed.</param>
internal sealed class PublishedReview(Node review, PublishedDocument document, SharedValues shared, Notes notes)
{
    /// <summary>What of a stored review an import leaves as it is even where its page has changed: what it is of, and by what else it is known.</summary>
    private static readonly string[] Kept = ["claimId", "publisherId", "externalIds"];

    private readonly Fields _fields = new(shared, notes);

    public Result<ReviewRowSet> Read()
    {
        var text = _fields.Text(review["claimReviewed"]);
        var reviewed = _fields.First(review["itemReviewed"]);
        if (text is null && (text = _fields.Text(reviewed["text"]) ?? _fields.Text(reviewed["name"])) is not null)
        {
            notes.Add(review["claimReviewed"].Place, "There is none; the text of itemReviewed was taken.");
        }

        if (text is null)
        {
            return new Error.Invalid(review["claimReviewed"].Place.ToString(), "It is required: what is claimed.");
        }

        if (text.Length > ClaimContent.MaxText && (text.Length > 2 * ClaimContent.MaxText || text.EnumerateRunes().Count() > ClaimContent.MaxText))
        {
            return new Error.Invalid(review["claimReviewed"].Place.ToString(), $"It must have at most {ClaimContent.MaxText} characters.");
        }

        var url = _fields.Url(review["url"]) ?? _fields.Url(review["mainEntityOfPage"]) ?? PageUrl();
        if (new Publisher(review, _fields, notes).Read(url, Given(review["author"])) is not { } publisher)
        {
            return new Error.Invalid(review["author"].Place.ToString(), "It is required: whose review it is. Neither author nor publisher has a name, and there is no url.");
        }

        var rating = new PublishedRating(_fields.First(review["reviewRating"]), _fields, notes).Read();
        return rating.Failed(out var error) ? error : Rows(text, reviewed, url, publisher, rating.Value);
    }

    private ReviewRowSet Rows(string text, Node reviewed, string? url, PublishedRow publisher, Rating rating)
    {
        var said = _fields.Text(review["name"]) ?? _fields.Text(review["headline"]) ?? _fields.Text(review["title"]);
        var title = _fields.Shortened(said, ResourceContent.MaxFreeText, review["name"].Place);
        var language = LanguageOf(review, text, title, rating.Text);
        var claimant = Claimant(reviewed);
        var claim = Claim(text, reviewed, _fields.Language(reviewed["inLanguage"]) ?? language, claimant);
        var members = new JsonObject
        {
            ["claimId"] = claim.Id.ToString(),
            ["publisherId"] = publisher.Id.ToString(),
            ["url"] = url,
            ["title"] = title,
            ["reviewedAt"] = _fields.Date(review["datePublished"]),
            ["language"] = language,
            ["textualRating"] = rating.Text,
            ["ratingValue"] = rating.Value,
            ["bestRating"] = rating.Best,
            ["worstRating"] = rating.Worst,
            ["ratingExplanation"] = rating.Explanation,
            ["verdict"] = Hosting.EnumNames<Verdict>.Of(rating.Verdict),
            // What Stemma wrote is no original, and what it read a rating as is not read again.
            ["original"] = IsOurs ? null : Original(),
        };
        foreach (var name in new[] { "url", "title", "reviewedAt", "language", "original" })
        {
            // What it does not say of itself may have been found out otherwise.
            _ = members[name] is null && members.Remove(name);
        }

        var restraint = new Restraint { Unless = IsOurs ? null : "original", Members = IsOurs ? [.. Kept, "verdict"] : Kept };
        var row = new PublishedRow("review", Given(review) ?? PublishedId.OfReview(publisher.Id, SourceUrl.Key(url), claim.Id), members, restraint);
        return new(row, claimant is null ? [publisher, claim] : [publisher, claimant, claim]);
    }

    private PublishedRow Claim(string text, Node reviewed, string? language, PublishedRow? claimant)
    {
        var first = _fields.Url(reviewed["firstAppearance"]);
        var appearances = _fields.Urls(reviewed["appearance"]);
        if (!reviewed.Types().Contains("claim"))
        {
            // A thing that says it: its address is where the claim appears.
            appearances = [.. appearances.Union([.. _fields.Urls(reviewed["url"]), .. _fields.Urls(reviewed["sameAs"])], StringComparer.Ordinal)];
        }
        else if (first is null && appearances.Count == 0)
        {
            appearances = _fields.Urls(reviewed["sameAs"]);
        }

        var members = new JsonObject
        {
            ["text"] = text,
            ["language"] = language,
            ["claimantId"] = claimant?.Id.ToString(),
            ["claimedAt"] = _fields.Date(reviewed["datePublished"]),
            ["firstAppearanceUrl"] = first,
            ["appearanceUrls"] = appearances.Count == 0 ? null : new JsonArray([.. appearances.Take(ResourceContent.MaxItems).Select(u => JsonValue.Create(u))]),
        };
        return new("claim", Given(reviewed) ?? PublishedId.OfClaim(text, claimant?.Id, language), members, Restraint.Everything);
    }

    private PublishedRow? Claimant(Node reviewed)
    {
        var author = _fields.First(reviewed["author"]);
        if (_fields.NameOf(author) is not { } name)
        {
            return null;
        }

        var isPerson = author.Types().Contains("person");
        if (!isPerson && !author.Types().Any(t => t.EndsWith("organization", StringComparison.Ordinal)))
        {
            notes.Add(author.Place, "What sort of claimant it is is not said; it was taken for an organization.");
        }

        var members = new JsonObject { ["kind"] = isPerson ? "person" : "organization", ["name"] = name };
        return new("source", Given(author) ?? PublishedId.OfName(name), members, Restraint.Everything);
    }

    private string? LanguageOf(Node of, string text, string? title, string rating)
    {
        if ((_fields.Language(of["inLanguage"]) ?? Fields.Tag(document.Language)) is { } said)
        {
            return said;
        }

        if (LanguageGuess.Of(string.Join(' ', text, title, rating)) is not { } guess)
        {
            notes.Add(of["inLanguage"].Place, "In which language it is is not said, nor plain; its claim is kept as one in English.");
            return null;
        }

        notes.Add(of["inLanguage"].Place, $"In which language it is is not said; by its words it was taken for {guess}.");
        return guess;
    }

    private string? PageUrl()
    {
        if (SourceUrl.IsValid(document.Url) && document.Url.Length <= SourceUrl.MaxLength)
        {
            notes.Add(review["url"].Place, "There is none; the address that the page says is its own was taken.");
            return document.Url;
        }

        notes.Add(review["url"].Place, "There is none.");
        return null;
    }

    /// <summary>The id that Stemma wrote into what it gave out: that of a digest, of what may have been mended since.</summary>
    private PublishedId? Given(Node of) => IsOurs ? PublishedId.Read(of["identifier"].Text()) : null;

    private bool IsOurs => review["sdPublisher"]["name"].Text() == ClaimReviewDocument.Writer;

    /// <summary>The review as it came, or what stands for it.</summary>
    private JsonObject Original()
    {
        var original = new PublishedOriginal((JsonObject)review.Value!, _fields.Followed, shared);
        if (original.Whole() is { } whole)
        {
            return whole;
        }

        notes.Add(review.Place, $"The original is not kept, but a digest of it: it has more than {OriginalReview.MaxLength} bytes, or is nested too deep, or has numbers that are too great.");
        return original.Digest();
    }
}
