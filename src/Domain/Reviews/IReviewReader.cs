using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Reviews;

/// <summary>Reviews, to be read.</summary>
public interface IReviewReader
{
    /// <summary>The living review of this id, else null.</summary>
    Task<ReviewView?> Find(ReviewId id, ReviewIncludes include, CancellationToken cancel);

    /// <summary>One page of those that a filter leaves.</summary>
    Task<Page<ReviewView>> List(ReviewFilter filter, PageRequest<ReviewSort> page, ReviewIncludes include, CancellationToken cancel);

    /// <summary>Of each of these claims such reviews with their publishers, the newest <see cref="Page.EmbeddedLimit"/>, newest first.</summary>
    Task<ILookup<ClaimId, ReviewView>> OfClaims(IReadOnlyCollection<ClaimId> claims, ReviewedAs which, CancellationToken cancel);
}

/// <summary>A review with what was asked to be embedded.</summary>
/// <param name="Review">The review itself.</param>
public sealed record ReviewView(Review Review)
{
    /// <summary>What is reviewed.</summary>
    public ClaimView? Claim { get; init; }

    /// <summary>Whose review it is.</summary>
    public Source? Publisher { get; init; }
}

/// <summary>What to embed in a review.</summary>
[Flags]
public enum ReviewIncludes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><see cref="ReviewView.Claim"/>.</summary>
    Claim = 1,

    /// <summary><see cref="ReviewView.Publisher"/>.</summary>
    Publisher = 2,
}

/// <summary>What reviews are sorted by.</summary>
public enum ReviewSort
{
    /// <summary>When it was created.</summary>
    CreatedAt,

    /// <summary>When it was last changed.</summary>
    UpdatedAt,

    /// <summary>When it was published; those without a date last.</summary>
    ReviewedAt,
}

/// <summary>Which reviews: every given part must hold; of several values in one part, any.</summary>
public sealed record ReviewFilter : ResourceFilter
{
    /// <summary>What is reviewed.</summary>
    public IReadOnlyList<ClaimId> ClaimIds { get; init; } = [];

    /// <summary>Whose review it is.</summary>
    public IReadOnlyList<SourceId> PublisherIds { get; init; } = [];

    /// <summary>What it finds.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    /// <summary>Whole, without regard to case.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Compared normalised.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>Its first instant is not before this date's first.</summary>
    public PartialDate? ReviewedFrom { get; init; }

    /// <summary>Its first instant is not after this date's last.</summary>
    public PartialDate? ReviewedTo { get; init; }
}
