using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Search;

/// <summary>Full-text search, ranked: see <see cref="Ranking"/>. What is committed is found.</summary>
public interface ISearch
{
    /// <summary>Living resources that match, best first.</summary>
    /// <exception cref="SearchTimeoutException">It took longer than a search may.</exception>
    Task<SearchPage> Find(SearchRequest request, CancellationToken cancel);

    /// <summary>Claims that match, best first.</summary>
    /// <exception cref="SearchTimeoutException">It took longer than a search may.</exception>
    Task<ClaimSearchPage> FindClaims(ClaimSearchRequest request, CancellationToken cancel);

    /// <summary>Claims that match, in the order of a list: <paramref name="page"/> says where it starts and how long it is, not the request.</summary>
    /// <exception cref="SearchTimeoutException">It took longer than a search may.</exception>
    Task<(Page<ClaimView> Page, SearchFacets? Facets, IReadOnlyList<string> Notes)> ListClaims(
        ClaimSearchRequest request, PageRequest<ClaimSort> page, CancellationToken cancel);
}

/// <summary>The types of resources that are searched.</summary>
public enum Searchable
{
    /// <summary>Sources.</summary>
    Source,

    /// <summary>Claims.</summary>
    Claim,

    /// <summary>Corroborations.</summary>
    Corroboration,

    /// <summary>Reviews.</summary>
    Review,
}

/// <summary>What to search for in all types of resources that are searched.</summary>
public sealed record SearchRequest
{
    public required SearchQuery Query { get; init; }

    /// <summary>Which types; none for all.</summary>
    public IReadOnlyList<Searchable> Types { get; init; } = [];

    public int Limit { get; init; } = 20;

    /// <summary>Where the page before ended.</summary>
    public SearchPosition? After { get; init; }

    public bool WithTotal { get; init; }

    public bool WithFacets { get; init; }
}

/// <summary>What to search for among the claims that a list would show.</summary>
public sealed record ClaimSearchRequest
{
    public required SearchQuery Query { get; init; }

    public required ClaimFilter Filter { get; init; }

    public ClaimIncludes Include { get; init; }

    public int Limit { get; init; } = Page.DefaultLimit;

    /// <summary>Where the page before ended.</summary>
    public SearchPosition? After { get; init; }

    public bool WithTotal { get; init; }

    public bool WithFacets { get; init; }
}

/// <summary>
/// Where a page ended, and all that the order depends on besides the resources themselves: how the query was understood then and how rare its
/// words were. So whatever is written between two pages, what stays as it was comes exactly once.
/// </summary>
/// <param name="IsApproximate">Whether the last hit was only found by words nearly so spelt; these come after all others.</param>
/// <param name="Score">Of the last hit.</param>
/// <param name="Type">Of the last hit.</param>
/// <param name="Key">Of the last hit, among those of its type.</param>
/// <param name="Frozen">How the query was understood: opaque.</param>
public sealed record SearchPosition(bool IsApproximate, float Score, int Type, int Key, string Frozen);

/// <summary>A page of hits.</summary>
/// <param name="Hits">Best first.</param>
/// <param name="Next">Where more follow.</param>
/// <param name="Total">Where it was asked for.</param>
/// <param name="Facets">Where they were asked for.</param>
/// <param name="Notes">How the query was understood, where that is not plain.</param>
public sealed record SearchPage(
    IReadOnlyList<SearchHit> Hits, SearchPosition? Next, Total? Total, SearchFacets? Facets, IReadOnlyList<string> Notes);

/// <summary>A page of claims.</summary>
/// <param name="Claims">Best first.</param>
/// <param name="Next">Where more follow.</param>
/// <param name="Total">Where it was asked for.</param>
/// <param name="Facets">Where they were asked for.</param>
/// <param name="Notes">How the query was understood, where that is not plain.</param>
public sealed record ClaimSearchPage(
    IReadOnlyList<ClaimView> Claims, SearchPosition? Next, Total? Total, SearchFacets? Facets, IReadOnlyList<string> Notes);

/// <summary>Something found: one of these, and why.</summary>
public sealed record SearchHit
{
    public required ResourceRef Resource { get; init; }

    /// <summary>See <see cref="Ranking"/>: comparable within one answer, not between queries.</summary>
    public required float Score { get; init; }

    /// <summary>Whether it was only found by words nearly so spelt.</summary>
    public required bool IsApproximate { get; init; }

    /// <summary>By field, passages in which the words found stand in <c>&lt;mark&gt;</c>; all else is escaped for HTML.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Highlights { get; init; }

    public ClaimView? Claim { get; init; }

    public CorroborationView? Corroboration { get; init; }

    public SourceView? Source { get; init; }

    public ReviewView? Review { get; init; }
}

/// <summary>How many of all hits have each value, the most frequent first, at most <see cref="Most"/> each.</summary>
public sealed record SearchFacets
{
    /// <summary>Values of one facet that are told.</summary>
    public const int Most = 20;

    public required IReadOnlyList<FacetCount> Type { get; init; }

    public required IReadOnlyList<FacetCount> Kind { get; init; }

    public required IReadOnlyList<FacetCount> Status { get; init; }

    public required IReadOnlyList<FacetCount> Language { get; init; }

    public required IReadOnlyList<FacetCount> Tag { get; init; }

    /// <summary>Values are ids of sources.</summary>
    public required IReadOnlyList<FacetCount> Claimant { get; init; }

    /// <summary>Values are ids of sources.</summary>
    public required IReadOnlyList<FacetCount> Source { get; init; }

    public required IReadOnlyList<FacetCount> Stance { get; init; }

    public required IReadOnlyList<FacetCount> Year { get; init; }
}

/// <summary>A value and how many hits have it.</summary>
/// <param name="Value">As the API writes it; an id for sources.</param>
/// <param name="Label">The name, where the value is an id.</param>
/// <param name="Count">Hits, not links.</param>
public sealed record FacetCount(string Value, string? Label, int Count);

/// <summary>A search took longer than a search may.</summary>
public sealed class SearchTimeoutException(TimeSpan limit)
    : TimeoutException($"The search took longer than {limit.TotalSeconds:0.#} s; fewer or rarer words are faster.")
{
    public TimeSpan Limit { get; } = limit;
}
