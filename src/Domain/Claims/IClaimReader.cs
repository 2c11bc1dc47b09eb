using Stemma.Domain.Assessments;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Claims;

public interface IClaimReader
{
    /// <summary>The living claim of this id, else null.</summary>
    Task<ClaimView?> Find(ClaimId id, ClaimIncludes include, CancellationToken cancel);

    /// <summary>
    /// What decides <see cref="Find"/>'s answer, without its contents: enough to tell whether it is still the one a client has.
    /// Null as there. Claimants and links' sources are not looked at.
    /// </summary>
    Task<ClaimMarks?> FindMarks(ClaimId id, bool withCorroborations, CancellationToken cancel);

    Task<Page<ClaimView>> List(ClaimFilter filter, PageRequest<ClaimSort> page, ClaimIncludes include, CancellationToken cancel);
}

/// <summary>A claim with its counts and with what was asked to be embedded.</summary>
public sealed record ClaimView(Claim Claim, CorroborationCounts Counts)
{
    /// <summary>How well it is corroborated, as far as it is kept.</summary>
    public AssessmentSummary Assessment { get; init; } = AssessmentSummary.Unassessed;

    public Source? Claimant { get; init; }

    /// <summary>Newest first, at most <see cref="Page.EmbeddedLimit"/>; null unless asked for.</summary>
    public Page<CorroborationView>? Corroborations { get; init; }

    /// <summary>Newest first, at most <see cref="Page.EmbeddedLimit"/>; null unless asked for.</summary>
    public Page<ReviewView>? Reviews { get; init; }
}

/// <summary>The marks of a claim and of the links that would be embedded, in their order.</summary>
/// <param name="Claim">The claim's own.</param>
/// <param name="Counts">They move without the claim's version.</param>
/// <param name="Assessment">It moves without the claim's version.</param>
/// <param name="Corroborations">Newest first, at most <see cref="Page.EmbeddedLimit"/>; null unless asked for.</param>
/// <param name="HasMore">Whether there are more links than are embedded.</param>
public sealed record ClaimMarks(Mark Claim, CorroborationCounts Counts, AssessmentSummary Assessment, IReadOnlyList<Mark>? Corroborations, bool HasMore);

/// <summary>How many living corroborations of each stance a claim has. Links, not independent sources.</summary>
/// <param name="Supports">Links that support it.</param>
/// <param name="Contradicts">Links that contradict it.</param>
/// <param name="Reports">Links that relay it without vouching.</param>
/// <param name="Denies">Denials by a party to the matter.</param>
/// <param name="Mentions">Links that mention it and take no side.</param>
public readonly record struct CorroborationCounts(int Supports, int Contradicts, int Reports, int Denies, int Mentions);

[Flags]
public enum ClaimIncludes
{
    None = 0,
    Claimant = 1,
    Corroborations = 2,
    CorroborationSources = 4,
    Reviews = 8,
    ReviewPublishers = 16,
}

public enum ClaimSort
{
    CreatedAt,
    UpdatedAt,
    ClaimedAt,

    /// <summary>Admiralty code 1 to 6.</summary>
    Credibility,

    /// <summary>Independent origins for it that are certain.</summary>
    IndependentSupport,

    /// <summary>Whether sources have it from one another in a circle; those that do not come first when ascending.</summary>
    Circular,

    /// <summary>Whether the rule <c>contested</c> decided; those of which it did not come first when ascending.</summary>
    Contested,
}

/// <summary>Which claims: every given part must hold; of several values in one part, any.</summary>
public sealed record ClaimFilter : ResourceFilter
{
    public IReadOnlyList<ClaimStatus> Statuses { get; init; } = [];

    public IReadOnlyList<ClaimKind> Kinds { get; init; } = [];

    public IReadOnlyList<string> Languages { get; init; } = [];

    public IReadOnlyList<SourceId> ClaimantIds { get; init; } = [];

    /// <summary>With a living corroboration by one of these sources, of one of <see cref="Stances"/> where these are given.</summary>
    public IReadOnlyList<SourceId> SourceIds { get; init; } = [];

    public IReadOnlyList<Stance> Stances { get; init; } = [];

    /// <summary>Whether it has a living review.</summary>
    public IReadOnlyList<bool> Reviewed { get; init; } = [];

    /// <summary>With such a review.</summary>
    public ReviewedAs? ReviewedAs { get; init; }

    /// <summary>With a living review that finds one of these.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    /// <summary>Its first instant is not before this date's first.</summary>
    public PartialDate? ClaimedFrom { get; init; }

    /// <summary>Its first instant is not after this date's last.</summary>
    public PartialDate? ClaimedTo { get; init; }

    /// <summary>What it asserts holds at this time or later: the event's span ends no earlier than this date begins.</summary>
    public PartialDate? EventFrom { get; init; }

    /// <summary>What it asserts holds at this time or earlier: the event's span begins no later than this date ends.</summary>
    public PartialDate? EventTo { get; init; }

    /// <summary>Whole, without regard to case.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>Compared with the first and every other appearance, normalised.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>With a quantity of one of these metrics, as written.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    public IReadOnlyList<bool> Plausible { get; init; } = [];

    /// <summary>Least number of links of each stance; 0 where any number will do.</summary>
    public CorroborationCounts Least { get; init; }

    /// <summary>Admiralty codes, 1 to 6; the analyst's, where there is one.</summary>
    public IReadOnlyList<int> Credibilities { get; init; } = [];

    /// <summary>Numbers of independent origins that are certain.</summary>
    public IReadOnlyList<int> IndependentSupport { get; init; } = [];

    /// <summary>Least number of independent origins that are certain.</summary>
    public int LeastIndependentSupport { get; init; }

    /// <summary>Whether sources have it from one another in a circle.</summary>
    public IReadOnlyList<bool> Circular { get; init; } = [];

    /// <summary>Whether the rule <c>contested</c> decided.</summary>
    public IReadOnlyList<bool> Contested { get; init; } = [];
}
