using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Reviews;

/// <summary>A review's id.</summary>
public readonly record struct ReviewId(Guid Value);

/// <summary>A fact-check of a claim by somebody who publishes such: schema.org <c>ClaimReview</c>.</summary>
public sealed class Review : Resource<ReviewContent>
{
    private Review()
    {
    }

    /// <summary>As it is stored.</summary>
    public Review(ReviewId id, Stamp stamp, ReviewContent content)
        : base(stamp, content) => Id = id;

    /// <summary>Its id.</summary>
    public ReviewId Id { get; private set; }

    /// <inheritdoc/>
    public override ResourceRef Ref => new(ResourceType.Review, Id.Value);

    /// <summary>A new one, of version 1.</summary>
    public static Review Create(ReviewId id, ReviewContent content, Actor by, DateTimeOffset now)
    {
        var review = new Review { Id = id };
        review.Create(content, by, now);
        return review;
    }
}

/// <summary>
/// What a client writes of a review. A publisher has one living review of a claim at one address, normalised, and one without an address.
/// </summary>
public sealed record ReviewContent : ResourceContent
{
    /// <summary>What is reviewed: schema.org <c>claimReviewed</c>.</summary>
    public required ClaimId ClaimId { get; init; }

    /// <summary>Whose review it is: schema.org <c>author</c>.</summary>
    public required SourceId PublisherId { get; init; }

    /// <summary>Where it stands.</summary>
    public string? Url { get; init; }

    /// <summary>Its headline.</summary>
    public string? Title { get; init; }

    /// <summary>When it was published: schema.org <c>datePublished</c>.</summary>
    public PartialDate? ReviewedAt { get; init; }

    /// <summary>BCP 47; null where it is not known.</summary>
    public string? Language { get; init; }

    /// <summary>The rating in the publisher's words: schema.org <c>alternateName</c> of the rating. It is trusted over the numbers.</summary>
    public required string TextualRating { get; init; }

    /// <summary>The rating on the publisher's own scale, as it says; it may lie outside of it.</summary>
    public decimal? RatingValue { get; init; }

    /// <summary>The best on that scale; some scales count down.</summary>
    public decimal? BestRating { get; init; }

    /// <summary>The worst on that scale.</summary>
    public decimal? WorstRating { get; init; }

    /// <summary>Why, in short: schema.org <c>ratingExplanation</c>.</summary>
    public string? RatingExplanation { get; init; }

    /// <summary>The rating on the one scale on which all publishers' are compared.</summary>
    public Verdict Verdict { get; init; } = Verdict.Other;

    /// <summary>The review as its publisher gave it, beside what was understood of it. Lists do without it.</summary>
    public OriginalReview? Original { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string?> Urls() => [Url];

    /// <inheritdoc/>
    public override IEnumerable<Reference> References() =>
    [
        new("claimId", ResourceType.Claim, ClaimId.Value),
        new("publisherId", ResourceType.Source, PublisherId.Value),
    ];
}

/// <summary>What a review finds, on one scale for all publishers.</summary>
public enum Verdict
{
    /// <summary>It is true.</summary>
    True,

    /// <summary>It is true but for details.</summary>
    MostlyTrue,

    /// <summary>It is true in part, or lacks what one must know.</summary>
    Mixed,

    /// <summary>Little of it is true.</summary>
    MostlyFalse,

    /// <summary>It is false.</summary>
    False,

    /// <summary>It cannot be told.</summary>
    Unproven,

    /// <summary>Nothing of these: satire, say, or a rating that nobody has placed yet.</summary>
    Other,
}
