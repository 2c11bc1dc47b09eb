using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;

namespace Stemma.Api.Reviews;

/// <summary>A review as a client writes it: somebody's published fact-check of a claim. What an answer carries besides is accepted and ignored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record ReviewInput : IResourceInput, IStoredInput
{
    /// <summary>Must agree with the path; not with POST.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string? Id { get; init; }

    /// <summary>The version that this was built on; 412 where it is not the current one.</summary>
    public int? Version { get; init; }

    /// <summary>The claim that is reviewed: schema.org `claimReviewed`.</summary>
    [Required]
    [TextFormat(TextFormat.Uuid)]
    public string? ClaimId { get; init; }

    /// <summary>The source whose review it is: schema.org `author`.</summary>
    [Required]
    [TextFormat(TextFormat.Uuid)]
    public string? PublisherId { get; init; }

    /// <summary>Where it stands. Stored as given; never fetched. A publisher has one review of a claim at one address.</summary>
    [TextFormat(TextFormat.Uri)]
    public string? Url { get; init; }

    /// <summary>Its headline.</summary>
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? Title { get; init; }

    /// <summary>When it was published: schema.org `datePublished`.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? ReviewedAt { get; init; }

    /// <summary>BCP 47.</summary>
    [TextFormat(TextFormat.Language)]
    public string? Language { get; init; }

    /// <summary>The rating in the publisher's words: schema.org `alternateName` of `reviewRating`. It is trusted over the numbers.</summary>
    [Required]
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? TextualRating { get; init; }

    /// <summary>The rating on the publisher's own scale, as it says. At most 28 digits.</summary>
    public decimal? RatingValue { get; init; }

    /// <summary>The best on that scale; some scales count down.</summary>
    public decimal? BestRating { get; init; }

    /// <summary>The worst on that scale.</summary>
    public decimal? WorstRating { get; init; }

    /// <summary>Why, in short: schema.org `ratingExplanation`.</summary>
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? RatingExplanation { get; init; }

    /// <summary>The rating on the one scale on which all publishers' are compared; `other` where nobody has placed it, or it is none of these.</summary>
    [Values(typeof(Verdict), Default = "other")]
    public string? Verdict { get; init; }

    /// <summary>The review as its publisher gave it, a JSON object: kept beside what was understood of it, and never read again. At most 100,000 bytes.</summary>
    public JsonElement? Original { get; init; }

    /// <summary>Its ids in other systems, each unique among reviews. At most 100.</summary>
    [MaxLength(ResourceContent.MaxItems)]
    public IReadOnlyList<ExternalIdContract?>? ExternalIds { get; init; }

    /// <summary>Free labels of at most 100 characters. At most 100.</summary>
    [MaxLength(ResourceContent.MaxTags)]
    public IReadOnlyList<string?>? Tags { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    public static IReadOnlySet<string> ReadOnly { get; } = new HashSet<string>([.. StoredContracts.ReadOnly, "claim", "publisher"], StringComparer.Ordinal);

    public IEnumerable<Reference> References() =>
    [
        .. ClaimId.AsReference("claimId", ResourceType.Claim),
        .. PublisherId.AsReference("publisherId", ResourceType.Source),
    ];

    /// <summary>What a validator has let through.</summary>
    public ReviewContent ToContent() => new()
    {
        ExternalIds = this.ToExternalIds(),
        Tags = this.ToTags(),
        ClaimId = new ClaimId(ClaimId.ToId()!.Value),
        PublisherId = new SourceId(PublisherId.ToId()!.Value),
        Url = Url,
        Title = Title,
        ReviewedAt = ReviewedAt.ToPartialDate(),
        Language = Language,
        TextualRating = TextualRating!,
        RatingValue = RatingValue,
        BestRating = BestRating,
        WorstRating = WorstRating,
        RatingExplanation = RatingExplanation,
        Verdict = EnumNames<Verdict>.Parse(Verdict) ?? Domain.Reviews.Verdict.Other,
        Original = Original is { ValueKind: JsonValueKind.Object } item ? new OriginalReview(item) : null,
    };

    /// <summary>What a merge patch is applied to.</summary>
    public static ReviewInput From(ReviewContent content) => new()
    {
        ExternalIds = content.ExternalIds.ToContract(),
        Tags = content.Tags,
        ClaimId = content.ClaimId.Value.ToString(),
        PublisherId = content.PublisherId.Value.ToString(),
        Url = content.Url,
        Title = content.Title,
        ReviewedAt = content.ReviewedAt?.ToString(),
        Language = content.Language,
        TextualRating = content.TextualRating,
        RatingValue = content.RatingValue,
        BestRating = content.BestRating,
        WorstRating = content.WorstRating,
        RatingExplanation = content.RatingExplanation,
        Verdict = EnumNames<Verdict>.Of(content.Verdict),
        Original = content.Original?.Item,
    };
}

/// <summary>Filters, order and page of the list of reviews.</summary>
internal sealed record ReviewListQuery : IListQuery
{
    /// <summary>The claim that is reviewed.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? ClaimId { get; init; }

    /// <summary>The source whose review it is.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? PublisherId { get; init; }

    /// <summary>What it finds.</summary>
    [Values(typeof(Verdict))]
    public string[]? Verdict { get; init; }

    /// <summary>BCP 47, whole, without regard to case.</summary>
    public string[]? Language { get; init; }

    /// <summary>Its address; compared without regard to scheme, `www.`, tracking parameters and the like.</summary>
    [TextFormat(TextFormat.Uri)]
    public string[]? Url { get; init; }

    /// <summary>Published no earlier: its first instant is not before that of this date.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? ReviewedFrom { get; init; }

    /// <summary>Published no later: its first instant is not after the last of this date.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? ReviewedTo { get; init; }

    /// <summary>A tag it has.</summary>
    public string[]? Tag { get; init; }

    /// <summary>`system:id`: its id in another system.</summary>
    public string[]? ExternalId { get; init; }

    /// <summary>Who created it.</summary>
    public string[]? CreatedBy { get; init; }

    /// <summary>Created no earlier than this date begins.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? CreatedFrom { get; init; }

    /// <summary>Created no later than this date ends.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? CreatedTo { get; init; }

    /// <summary>Changed after this date ends.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? UpdatedAfter { get; init; }

    /// <summary>Changed before this date begins.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? UpdatedBefore { get; init; }

    /// <summary>What to embed: `claim`, `publisher`; and `total`, to count what matches. Separated by commas.</summary>
    [Choices("claim", "publisher", "total")]
    public string[]? Include { get; init; }

    /// <summary>The order; missing values come last.</summary>
    [Choices("-createdAt", "createdAt", "-updatedAt", "updatedAt", "-reviewedAt", "reviewedAt")]
    public string? Sort { get; init; }

    /// <summary>Rows on the page, 1 to 500; 50 where none is given.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? Limit { get; init; }

    /// <summary>`nextCursor` of the page before.</summary>
    public string? Cursor { get; init; }

    public ReviewFilter ToFilter(QueryReader read) => new()
    {
        ClaimIds = [.. read.Ids(ClaimId).Select(id => new ClaimId(id))],
        PublisherIds = [.. read.Ids(PublisherId).Select(id => new SourceId(id))],
        Verdicts = read.Enums<Verdict>(Verdict),
        Languages = read.Texts(Language),
        Urls = read.Urls(Url),
        ReviewedFrom = read.Date(ReviewedFrom),
        ReviewedTo = read.Date(ReviewedTo),
        Stored = new StoredFilter
        {
            Tags = read.Texts(Tag, ResourceContent.MaxTagLength),
            ExternalIds = read.ExternalIds(ExternalId),
            CreatedBy = read.Texts(CreatedBy),
            CreatedFrom = read.First(CreatedFrom),
            CreatedTo = read.Last(CreatedTo),
            UpdatedAfter = read.Last(UpdatedAfter),
            UpdatedBefore = read.First(UpdatedBefore),
        },
    };
}

/// <summary>What to embed in one review.</summary>
internal sealed record ReviewQuery
{
    /// <summary>What to embed: `claim`, `publisher`. Separated by commas.</summary>
    [Choices("claim", "publisher")]
    public string[]? Include { get; init; }

    public static IReadOnlyDictionary<string, ReviewIncludes> Names { get; } = new Dictionary<string, ReviewIncludes>(StringComparer.Ordinal)
    {
        ["claim"] = ReviewIncludes.Claim,
        ["publisher"] = ReviewIncludes.Publisher,
    };
}

[JsonSerializable(typeof(ReviewInput))]
[JsonSerializable(typeof(ReviewResponse))]
[JsonSerializable(typeof(PageResponse<ReviewResponse>))]
internal sealed partial class ReviewJson : JsonSerializerContext;
