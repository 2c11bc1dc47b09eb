using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Search;

namespace Stemma.Api.Search;

/// <summary>What to search for.</summary>
internal sealed record SearchListQuery
{
    /// <summary>Words that all must be there, in any order; `"words in a row"`; `-without`; `this or that`; `(groups)`; `begin*`; and the fields `source:`, `claimant:` (words of a name, or an id), `stance:`, `tag:`, `lang:`, `after:`, `before:`, `year:`, `kind:`, `status:`. Accents and case do not matter. Without it, everything, the newest first. 1,000 characters at most.</summary>
    public string? Q { get; init; }

    /// <summary>Which types of resources; all, where none is given.</summary>
    [Values(typeof(Searchable))]
    public string[]? Types { get; init; }

    /// <summary>`false` leaves `facets` out.</summary>
    [TextFormat(TextFormat.Boolean)]
    public string? Facets { get; init; }

    /// <summary>`total`, to count what matches.</summary>
    [Choices("total")]
    public string[]? Include { get; init; }

    /// <summary>Hits on the page, 1 to 500; 50 where none is given.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? Limit { get; init; }

    /// <summary>`nextCursor` of the page before.</summary>
    public string? Cursor { get; init; }

    public SearchRequest ToRequest(QueryReader read, HttpRequest request) => new()
    {
        Query = read.Query(Q),
        Types = read.Enums<Searchable>(Types is null ? null : [.. Types.SelectMany(t => t.Split(','))], nameof(Types)),
        WithFacets = Facets is null || read.Booleans([Facets], nameof(Facets)) is [true],
        WithTotal = read.ListIncludes(Include, new Dictionary<string, NoIncludes>()).WithTotal,
        Limit = read.Integer(Limit, 1, Page.MaxLimit) ?? Page.DefaultLimit,
        After = read.After(Cursor, request),
    };

    private enum NoIncludes
    {
        None,
    }
}

/// <summary>A page of hits, the best first.</summary>
internal sealed record SearchResponse
{
    /// <summary>The page's hits, the best first; those that were only found by words nearly so spelt come last.</summary>
    public required IReadOnlyList<SearchHitResponse> Items { get; init; }

    /// <summary>Where the next page starts: send it as `cursor`, with the same query. Null on the last page. It keeps the order of the first page, whatever is written meanwhile.</summary>
    public required string? NextCursor { get; init; }

    /// <summary>With `include=total` only; exact up to 10,000.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TotalResponse? Total { get; init; }

    /// <summary>Counts over all hits; left out with `facets=false`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchFacetsResponse? Facets { get; init; }

    /// <summary>How the query was understood where that is not plain, and why nothing was found.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Something that was found.</summary>
internal sealed record SearchHitResponse
{
    /// <summary>What it is.</summary>
    public required Searchable Type { get; init; }

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>How well it matches: BM25, comparable within one answer.</summary>
    public required float Score { get; init; }

    /// <summary>Whether it was only found by words nearly so spelt.</summary>
    public required bool Approximate { get; init; }

    /// <summary>By field (`text`, `context`, `quote`, `attribution`, `note`, `name`, `aliases`, `description`, `title`, `textualRating`, `ratingExplanation`), passages with what was found in `mark` elements. All else is escaped, so that a page may show them as they are.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Highlights { get; init; }

    /// <summary>The resource itself, as `GET` shows it.</summary>
    public required StoredResponse Resource { get; init; }

    public static SearchHitResponse From(SearchHit hit) => new()
    {
        Type = hit.Claim is not null ? Searchable.Claim
            : hit.Corroboration is not null ? Searchable.Corroboration
            : hit.Review is not null ? Searchable.Review
            : Searchable.Source,
        Id = hit.Resource.Id,
        Score = hit.Score,
        Approximate = hit.IsApproximate,
        Highlights = hit.Highlights,
        Resource = hit.Claim is { } claim ? ClaimResponse.From(claim)
            : hit.Corroboration is { } link ? CorroborationResponse.From(link)
            : hit.Review is { } review ? ReviewResponse.Of(review)
            : SourceResponse.From(hit.Source!),
    };
}

[JsonSerializable(typeof(SearchResponse))]
internal sealed partial class SearchJson : JsonSerializerContext;
