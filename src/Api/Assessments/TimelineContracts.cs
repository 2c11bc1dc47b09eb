using System.Buffers.Binary;
using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Reviews;

namespace Stemma.Api.Assessments;

/// <summary>Which page of a timeline.</summary>
internal sealed record TimelineQuery
{
    private const int PlaceLength = 24 + 1 + 16;

    /// <summary>Entries on the page, 1 to 500; 50 where none is given.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? Limit { get; init; }

    /// <summary>`nextCursor` of the page before.</summary>
    public string? Cursor { get; init; }

    public (int Limit, TimelinePosition? After) ToRequest(QueryReader read, HttpRequest request) =>
        (read.Integer(Limit, 1, Page.MaxLimit) ?? Page.DefaultLimit, After(read, request));

    public static string? ToCursor(TimelinePosition? next, HttpRequest request)
    {
        if (next is null)
        {
            return null;
        }

        var place = new byte[PlaceLength];
        Write(0, next.LatestSoFar);
        Write(8, next.First);
        Write(16, next.Last);
        place[24] = (byte)next.Rank;
        next.Id.TryWriteBytes(place.AsSpan(25));
        return Hosting.Cursor.Write(place.AsSpan(), Listing.ScopeOf(request));

        void Write(int at, DateTimeOffset? instant) => BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(at), instant?.UtcTicks ?? -1);
    }

    private TimelinePosition? After(QueryReader read, HttpRequest request)
    {
        if (Cursor is null)
        {
            return null;
        }

        if (Hosting.Cursor.Read(Cursor, Listing.ScopeOf(request)) is not { Length: PlaceLength } place
            || !TryRead(0, out var latest) || !TryRead(8, out var first) || !TryRead(16, out var last) || place[24] > (byte)TimelineRank.EventEnds)
        {
            return read.Fault<TimelinePosition>(nameof(Cursor), "is not a cursor of this timeline");
        }

        return new(latest, first, last, (TimelineRank)place[24], new Guid(place.AsSpan(25)));

        bool TryRead(int at, out DateTimeOffset? instant)
        {
            var ticks = BinaryPrimitives.ReadInt64BigEndian(place.AsSpan(at));
            instant = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
            return ticks == -1 || instant is not null;
        }
    }
}

/// <summary>Something that happened around a claim.</summary>
internal sealed record TimelineEntryResponse
{
    /// <summary>What happened.</summary>
    public required TimelineKind Kind { get; init; }

    /// <summary>When, as far as it is known, as given; null where it is not.</summary>
    public required PartialDate? At { get; init; }

    /// <summary>The first instant of that; null without a date.</summary>
    public required DateTimeOffset? From { get; init; }

    /// <summary>The last instant of that, to the microsecond; null without a date.</summary>
    public required DateTimeOffset? To { get; init; }

    /// <summary>How exactly the date is known; null without one.</summary>
    public required DatePrecision? Precision { get; init; }

    /// <summary>Whether the entry's place among all others is certain. False where it shares an instant with another, so that it may have been before or after that, and without a date.</summary>
    public required bool OrderCertain { get; init; }

    /// <summary>Whose date it is; null without one.</summary>
    public required DateOrigin? DateOf { get; init; }

    /// <summary>Who: the source of a link, the publisher of a review, or the claimant.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceNameResponse? Source { get; init; }

    /// <summary>Of a link: what the source says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimelineLinkResponse? Link { get; init; }

    /// <summary>Of `related`: the other claim.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimelineRelationResponse? Related { get; init; }

    /// <summary>Of `reviewed`: the fact-check.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimelineReviewResponse? Review { get; init; }

    /// <summary>Of `graded`: the analyst's grade.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OverrideResponse? Grade { get; init; }

    public static TimelineEntryResponse Of(TimelineEntry entry) => new()
    {
        Kind = entry.Kind,
        At = entry.At,
        From = entry.At?.First,
        To = entry.At?.Last,
        Precision = entry.Precision,
        OrderCertain = entry.IsOrderCertain,
        DateOf = entry.DateOf,
        Source = SourceNameResponse.FromOptional(entry.Source),
        Link = entry.Link is { } link ? TimelineLinkResponse.From(link) : null,
        Related = entry.Related is { } related ? TimelineRelationResponse.From(related) : null,
        Review = entry.Review is { } review ? TimelineReviewResponse.From(review) : null,
        Grade = OverrideResponse.From(entry.Grade),
    };
}

/// <summary>What a source says, as a timeline tells it.</summary>
/// <param name="CorroborationId">The link.</param>
/// <param name="AttributedTo">Whom the source has it from.</param>
/// <param name="CitedIn">Where the recorder read it, if not in the source itself.</param>
/// <param name="Quote">In its words.</param>
internal sealed record TimelineLinkResponse(
    Guid CorroborationId, IReadOnlyList<SourceNameResponse> AttributedTo, SourceNameResponse? CitedIn, Quote? Quote)
{
    public static TimelineLinkResponse From(TimelineLink link) => new(
        link.Id.Value, [.. link.AttributedTo.Select(SourceNameResponse.From)], SourceNameResponse.FromOptional(link.CitedIn), link.Quote);
}

/// <summary>A fact-check, as a timeline tells it.</summary>
/// <param name="ReviewId">The review.</param>
/// <param name="Verdict">What it finds, on the scale of all.</param>
/// <param name="TextualRating">What it finds, in its publisher's words.</param>
/// <param name="Title">Its headline.</param>
/// <param name="Url">Where it stands.</param>
internal sealed record TimelineReviewResponse(Guid ReviewId, Verdict Verdict, string TextualRating, string? Title, string? Url)
{
    public static TimelineReviewResponse From(TimelineReview review) => new(review.Id.Value, review.Verdict, review.TextualRating, review.Title, review.Url);
}

/// <summary>Another claim, and how it stands to the one whose timeline it is.</summary>
/// <param name="RelationId">The claim relation.</param>
/// <param name="RelationKind">How the one stands to the other.</param>
/// <param name="ScopeDifference">In what they differ.</param>
/// <param name="IsFrom">Whether the relation is said of the other claim: that one refines, updates, entails this.</param>
/// <param name="ClaimId">The other claim.</param>
/// <param name="ClaimKind">What kind of claim that is: a `denial`, say.</param>
/// <param name="Text">What that says.</param>
internal sealed record TimelineRelationResponse(
    Guid RelationId, ClaimRelationKind RelationKind, ScopeDifference ScopeDifference, bool IsFrom, Guid ClaimId, ClaimKind ClaimKind, string Text)
{
    public static TimelineRelationResponse From(TimelineRelation related) => new(
        related.Id.Value, related.Kind, related.ScopeDifference, related.IsFrom, related.ClaimId.Value, related.ClaimKind, related.ClaimText);
}
