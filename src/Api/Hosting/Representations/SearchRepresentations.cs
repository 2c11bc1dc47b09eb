using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Serialization;
using Stemma.Domain.Search;

namespace Stemma.Api.Hosting.Representations;

/// <summary>How many of all hits, not only of this page, have each value: the most frequent 20 of each, the most frequent first.</summary>
internal sealed record SearchFacetsResponse
{
    /// <summary>`claim`, `corroboration`, `source`, `review`.</summary>
    public required IReadOnlyList<FacetCountResponse> Type { get; init; }

    /// <summary>The kind of a claim or a source.</summary>
    public required IReadOnlyList<FacetCountResponse> Kind { get; init; }

    /// <summary>The status of a claim.</summary>
    public required IReadOnlyList<FacetCountResponse> Status { get; init; }

    /// <summary>BCP 47, in lower case; of a corroboration, its claim's; of a review, its own, else its claim's.</summary>
    public required IReadOnlyList<FacetCountResponse> Language { get; init; }

    /// <summary>As written.</summary>
    public required IReadOnlyList<FacetCountResponse> Tag { get; init; }

    /// <summary>Who asserts it, by id.</summary>
    public required IReadOnlyList<FacetCountResponse> Claimant { get; init; }

    /// <summary>Who bears on it, by id: claims that have a link by the source, links and reviews by it, and the source itself.</summary>
    public required IReadOnlyList<FacetCountResponse> Source { get; init; }

    /// <summary>Claims that have a link of this stance, and such links.</summary>
    public required IReadOnlyList<FacetCountResponse> Stance { get; init; }

    /// <summary>The year in which a claim was asserted, or a document, link or review published.</summary>
    public required IReadOnlyList<FacetCountResponse> Year { get; init; }

    public static SearchFacetsResponse? From(SearchFacets? facets) => facets is null ? null : new()
    {
        Type = Of(facets.Type),
        Kind = Of(facets.Kind),
        Status = Of(facets.Status),
        Language = Of(facets.Language),
        Tag = Of(facets.Tag),
        Claimant = Of(facets.Claimant),
        Source = Of(facets.Source),
        Stance = Of(facets.Stance),
        Year = Of(facets.Year),
    };

    private static List<FacetCountResponse> Of(IReadOnlyList<FacetCount> counts) =>
        [.. counts.Select(c => new FacetCountResponse { Value = c.Value, Label = c.Label, Count = c.Count })];
}

/// <summary>A value, and how many hits have it.</summary>
internal sealed record FacetCountResponse
{
    /// <summary>As the query language takes it: `kind:factual`, `source:` and an id.</summary>
    public required string Value { get; init; }

    /// <summary>The name of a source, whose value is an id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Label { get; init; }

    /// <summary>Hits that have it.</summary>
    public required int Count { get; init; }
}

/// <summary>From a query parameter to a query, and between cursors and places in a ranking.</summary>
internal static class SearchParameters
{
    public static SearchQuery Query(this QueryReader read, string? q) => SearchQuery.Parse(read.Text(q, SearchQuery.MaxLength, nameof(q)) ?? "");

    public static SearchPosition? After(this QueryReader read, string? cursor, HttpRequest request) => read.After(cursor, Listing.ScopeOf(request), nameof(cursor));

    /// <param name="read">Gathers what is wrong.</param>
    /// <param name="cursor">As the page before gave it.</param>
    /// <param name="scope">To what it must belong.</param>
    /// <param name="name">The parameter's name.</param>
    public static SearchPosition? After(this QueryReader read, string? cursor, string scope, string name)
    {
        if (cursor is null)
        {
            return null;
        }

        var place = Cursor.Read(cursor, scope);
        return place is { Length: > 10 } && place[1] <= (int)Searchable.Review
            ? new(
                place[0] != 0,
                BinaryPrimitives.ReadSingleBigEndian(place.AsSpan(2)),
                place[1],
                BinaryPrimitives.ReadInt32BigEndian(place.AsSpan(6)),
                Encoding.UTF8.GetString(place.AsSpan(10)))
            : read.Fault<SearchPosition>(name, "is not a cursor of this search: the query and the filters must be those it was given with");
    }

    public static string? ToCursor(this SearchPosition? next, HttpRequest request) => next.ToCursor(Listing.ScopeOf(request));

    public static string? ToCursor(this SearchPosition? next, string scope)
    {
        if (next is null)
        {
            return null;
        }

        var place = new byte[10];
        place[0] = next.IsApproximate ? (byte)1 : (byte)0;
        place[1] = (byte)next.Type;
        BinaryPrimitives.WriteSingleBigEndian(place.AsSpan(2), next.Score);
        BinaryPrimitives.WriteInt32BigEndian(place.AsSpan(6), next.Key);
        return Cursor.Write([.. place, .. Encoding.UTF8.GetBytes(next.Frozen)], scope);
    }
}
