using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Assessments;

/// <summary>Tells what happened around a claim, in order.</summary>
public interface ITimelines
{
    /// <summary>The most links without a date of their own, the most relations and the most reviews without a date, that a claim with a timeline has.</summary>
    const int MostUnordered = 10_000;

    /// <summary>
    /// One page of a claim's timeline. <see cref="Error.NotFound"/> where there is no living claim of this id, <see cref="Error.TooLarge"/> where
    /// more than <see cref="MostUnordered"/> of its entries are in no order that an index gives.
    /// </summary>
    Task<Result<TimelinePage>> Read(ClaimId id, TimelinePosition? after, int limit, CancellationToken cancel);
}

/// <summary>One page of a timeline.</summary>
/// <param name="Entries">In order: by first instant, then by last instant, then by <see cref="TimelineRank"/> and id; those without a date last.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineEntry> Entries, TimelinePosition? Next);

/// <summary>An entry's place in a timeline, and the last instant that any entry up to it may be of.</summary>
/// <param name="LatestSoFar">Null where none up to it has a date.</param>
/// <param name="First">The entry's first instant; null where it has no date.</param>
/// <param name="Last">The entry's last instant; null where it has no date.</param>
/// <param name="Rank">What it is, which decides among entries of one span.</param>
/// <param name="Id">The id that decides among those.</param>
public sealed record TimelinePosition(DateTimeOffset? LatestSoFar, DateTimeOffset? First, DateTimeOffset? Last, TimelineRank Rank, Guid Id);

/// <summary>The order of entries that are of one span.</summary>
public enum TimelineRank
{
    /// <summary>What the claim asserts begins to hold.</summary>
    EventBegins,

    /// <summary>The claim is asserted.</summary>
    Claimed,

    /// <summary>A source bears on it.</summary>
    Link,

    /// <summary>Another claim is asserted.</summary>
    Related,

    /// <summary>Somebody publishes a fact-check of it.</summary>
    Review,

    /// <summary>An analyst grades it.</summary>
    Graded,

    /// <summary>What the claim asserts ceases to hold.</summary>
    EventEnds,
}

/// <summary>What happened.</summary>
public enum TimelineKind
{
    /// <summary>What the claim asserts begins to hold.</summary>
    EventBegins,

    /// <summary>What the claim asserts ceases to hold.</summary>
    EventEnds,

    /// <summary>The claim is asserted.</summary>
    Claimed,

    /// <summary>A source supports it.</summary>
    Supported,

    /// <summary>A source contradicts it.</summary>
    Contradicted,

    /// <summary>A source relays it without vouching.</summary>
    Reported,

    /// <summary>A party to the matter denies it.</summary>
    Denied,

    /// <summary>A source mentions it and takes no side.</summary>
    Mentioned,

    /// <summary>A claim that stands in a relation to it is asserted: one that contradicts it, say, or a denial.</summary>
    Related,

    /// <summary>Somebody publishes a fact-check of it.</summary>
    Reviewed,

    /// <summary>An analyst grades it by their own judgement.</summary>
    Graded,
}

/// <summary>How exactly a date is known.</summary>
public enum DatePrecision
{
    /// <summary>To the year.</summary>
    Year,

    /// <summary>To the month.</summary>
    Month,

    /// <summary>To the day.</summary>
    Day,

    /// <summary>To the instant.</summary>
    Instant,
}

/// <summary>Whose date an entry has.</summary>
public enum DateOrigin
{
    /// <summary>Its own.</summary>
    Own,

    /// <summary>That of the source document, for the link says none.</summary>
    Source,
}

/// <summary>Something that happened around a claim.</summary>
public sealed record TimelineEntry
{
    /// <summary>What happened.</summary>
    public required TimelineKind Kind { get; init; }

    /// <summary>When, as far as it is known; null where it is not.</summary>
    public required PartialDate? At { get; init; }

    /// <summary>Whether no other entry may be of the same instant; never of one without a date.</summary>
    public required bool IsOrderCertain { get; init; }

    /// <summary>Whose date it is; null where there is none.</summary>
    public DateOrigin? DateOf { get; init; }

    /// <summary>Who: the source of a link, the publisher of a review, or the claimant.</summary>
    public SourceName? Source { get; init; }

    /// <summary>Of a link.</summary>
    public TimelineLink? Link { get; init; }

    /// <summary>Of another claim.</summary>
    public TimelineRelation? Related { get; init; }

    /// <summary>Of a review.</summary>
    public TimelineReview? Review { get; init; }

    /// <summary>Of a grade.</summary>
    public CredibilityOverride? Grade { get; init; }

    /// <summary>How exactly <see cref="At"/> is known.</summary>
    public DatePrecision? Precision => At?.ToString().Length switch
    {
        null => null,
        4 => DatePrecision.Year,
        7 => DatePrecision.Month,
        10 => DatePrecision.Day,
        _ => DatePrecision.Instant,
    };
}

/// <summary>A source, as far as one has to know which it is.</summary>
/// <param name="Id">Which.</param>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="Name">Its name.</param>
public sealed record SourceName(SourceId Id, SourceKind Kind, string Name);

/// <summary>A link, as a timeline tells it.</summary>
/// <param name="Id">Which.</param>
/// <param name="AttributedTo">Whom the source has it from.</param>
/// <param name="CitedIn">Where the recorder read it, if not in the source.</param>
/// <param name="Quote">In its words.</param>
public sealed record TimelineLink(CorroborationId Id, IReadOnlyList<SourceName> AttributedTo, SourceName? CitedIn, Quote? Quote);

/// <summary>A review, as a timeline tells it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Verdict">What it finds, on the scale of all.</param>
/// <param name="TextualRating">What it finds, in its publisher's words.</param>
/// <param name="Title">Its headline.</param>
/// <param name="Url">Where it stands.</param>
public sealed record TimelineReview(ReviewId Id, Verdict Verdict, string TextualRating, string? Title, string? Url);

/// <summary>Another claim, and how it stands to the one whose timeline it is.</summary>
/// <param name="Id">The relation.</param>
/// <param name="Kind">How the one stands to the other.</param>
/// <param name="ScopeDifference">In what they differ.</param>
/// <param name="IsFrom">Whether the relation is said of the other claim: it refines, updates, entails this one.</param>
/// <param name="ClaimId">The other claim.</param>
/// <param name="ClaimKind">What kind of claim that is.</param>
/// <param name="ClaimText">What that says.</param>
public sealed record TimelineRelation(
    ClaimRelationId Id, ClaimRelationKind Kind, ScopeDifference ScopeDifference, bool IsFrom, ClaimId ClaimId, ClaimKind ClaimKind, string ClaimText);
