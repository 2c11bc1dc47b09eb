using Stemma.Domain.Claims;

namespace Stemma.Domain.Assessments;

/// <summary>Finds pairs of claims that cannot both be true.</summary>
public interface IContradictions
{
    /// <summary>So many figures are tried for one page; where few of them conflict with anything, the page is short and another follows.</summary>
    const int FiguresPerPage = 2_000;

    /// <summary>Those that are declared, in the order of their relations' ids, then those that figures show, in the order of claims' ids.</summary>
    Task<ContradictionPage> List(ContradictionFilter filter, ContradictionPosition? after, int limit, CancellationToken cancel);
}

/// <summary>Which contradictions: every given part must hold; of several values in one part, any.</summary>
public sealed record ContradictionFilter
{
    /// <summary>Of which claims, on either side.</summary>
    public IReadOnlyList<ClaimId> ClaimIds { get; init; } = [];

    /// <summary>Of what metrics, without regard to case: only figures have one.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>How they are known.</summary>
    public IReadOnlyList<ContradictionReason> Reasons { get; init; } = [];

    /// <summary>In what the two differ: only of declared ones one knows.</summary>
    public IReadOnlyList<ScopeDifference> ScopeDifferences { get; init; } = [];
}

/// <summary>How a contradiction is known.</summary>
public enum ContradictionReason
{
    /// <summary>A claim relation `contradicts` says so.</summary>
    Declared,

    /// <summary>Two figures of the same thing have no value in common.</summary>
    Quantities,
}

/// <summary>One page of contradictions.</summary>
/// <param name="Items">In order; there may be fewer than were asked for.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record ContradictionPage(IReadOnlyList<Contradiction> Items, ContradictionPosition? Next);

/// <summary>A place in the list of contradictions.</summary>
/// <param name="Reason">Declared ones come first.</param>
/// <param name="Id">The relation, or the claim by whose figure a pair is found.</param>
/// <param name="Place">That figure's.</param>
/// <param name="OtherId">The other claim.</param>
/// <param name="OtherPlace">The other figure's.</param>
public sealed record ContradictionPosition(ContradictionReason Reason, Guid Id, short Place, Guid OtherId, short OtherPlace);

/// <summary>Two claims that cannot both be true.</summary>
/// <param name="One">The claim of the lesser id.</param>
/// <param name="Other">The other.</param>
public sealed record Contradiction(ContradictionSide One, ContradictionSide Other)
{
    /// <summary>The relation that declares it; null where figures show it.</summary>
    public ClaimRelation? Relation { get; init; }

    /// <summary>How it is known.</summary>
    public ContradictionReason Reason => Relation is null ? ContradictionReason.Quantities : ContradictionReason.Declared;

    /// <summary>Why, in a sentence.</summary>
    public string Explanation => Relation is { } relation ? Declared(relation.Content.ScopeDifference) : FigureText.Compare(One.Quantity!, Other.Quantity!);

    private static string Declared(ScopeDifference difference) => difference switch
    {
        ScopeDifference.None => "A relation declares that the two contradict each other.",
        ScopeDifference.Date => "A relation declares that the two contradict each other, but they speak of different times.",
        ScopeDifference.Metric => "A relation declares that the two contradict each other, but they measure different things.",
        ScopeDifference.Geography => "A relation declares that the two contradict each other, but they speak of different places.",
        _ => "A relation declares that the two contradict each other, but they mean different things by a word.",
    };
}

/// <summary>A claim of a pair that is in conflict.</summary>
/// <param name="Claim">The claim, with its counts and its assessment.</param>
/// <param name="Place">The place of the figure in question among its quantities, from 0; null where it is no matter of figures.</param>
public sealed record ContradictionSide(ClaimView Claim, int? Place)
{
    /// <summary>The figure in question.</summary>
    public Quantity? Quantity => Place is { } place ? Claim.Claim.Content.Quantities[place] : null;
}
