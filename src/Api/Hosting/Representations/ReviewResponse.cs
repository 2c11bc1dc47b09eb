using System.Text.Json;
using System.Text.Json.Serialization;
using Stemma.Domain.Kernel;
using Stemma.Domain.Reviews;

namespace Stemma.Api.Hosting.Representations;

/// <summary>A fact-check of a claim: schema.org `ClaimReview`.</summary>
internal sealed record ReviewResponse : StoredResponse
{
    /// <summary>The claim that is reviewed.</summary>
    public required Guid ClaimId { get; init; }

    /// <summary>The source whose review it is.</summary>
    public required Guid PublisherId { get; init; }

    /// <summary>Where it stands.</summary>
    public required string? Url { get; init; }

    /// <summary>Its headline.</summary>
    public required string? Title { get; init; }

    /// <summary>When it was published.</summary>
    public required PartialDate? ReviewedAt { get; init; }

    /// <summary>BCP 47.</summary>
    public required string? Language { get; init; }

    /// <summary>The rating in the publisher's words.</summary>
    public required string TextualRating { get; init; }

    /// <summary>The rating on the publisher's own scale.</summary>
    public required decimal? RatingValue { get; init; }

    /// <summary>The best on that scale.</summary>
    public required decimal? BestRating { get; init; }

    /// <summary>The worst on that scale.</summary>
    public required decimal? WorstRating { get; init; }

    /// <summary>Why, in short.</summary>
    public required string? RatingExplanation { get; init; }

    /// <summary>The rating on the one scale on which all publishers' are compared.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The review as its publisher gave it. Absent where there is none, and in lists, hits and what is embedded, for it may be long.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Original { get; init; }

    /// <summary>With `include=claim`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClaimResponse? Claim { get; init; }

    /// <summary>With `include=publisher`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceResponse? Publisher { get; init; }

    public override void AddTo(EntityTag tag)
    {
        base.AddTo(tag);
        tag.Add(Claim);
        tag.Add(Publisher);
    }

    public static ReviewResponse Of(ReviewView view)
    {
        var review = view.Review;
        var content = review.Content;
        return new()
        {
            Id = review.Id.Value,
            Version = review.Version,
            CreatedAt = review.CreatedAt,
            CreatedBy = review.CreatedBy,
            UpdatedAt = review.UpdatedAt,
            UpdatedBy = review.UpdatedBy,
            ExternalIds = content.ExternalIds,
            Tags = content.Tags,
            ClaimId = content.ClaimId.Value,
            PublisherId = content.PublisherId.Value,
            Url = content.Url,
            Title = content.Title,
            ReviewedAt = content.ReviewedAt,
            Language = content.Language,
            TextualRating = content.TextualRating,
            RatingValue = content.RatingValue,
            BestRating = content.BestRating,
            WorstRating = content.WorstRating,
            RatingExplanation = content.RatingExplanation,
            Verdict = content.Verdict,
            Original = content.Original?.Item,
            Claim = ClaimResponse.FromOptional(view.Claim),
            Publisher = SourceResponse.FromOptional(view.Publisher),
        };
    }
}
