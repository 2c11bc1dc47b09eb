using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Hosting;

/// <summary>What every list takes besides its filters.</summary>
internal interface IListQuery
{
    string? Limit { get; }

    string? Cursor { get; }

    string? Sort { get; }
}

/// <summary>How many match.</summary>
internal sealed record TotalResponse
{
    /// <summary>The number; above 10,000 nobody counts.</summary>
    public required int Value { get; init; }

    /// <summary>`eq`: exactly that many; `gte`: that many or more.</summary>
    public required string Relation { get; init; }

    public static TotalResponse? From(Total? total) => total is { } counted ? new() { Value = counted.Value, Relation = counted.IsExact ? "eq" : "gte" } : null;
}

/// <summary>One page of a list.</summary>
internal sealed record PageResponse<T>
{
    /// <summary>The page's rows, in the order asked for.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Where the next page starts: send it as `cursor`, with the same filters and sort. Null on the last page.</summary>
    public required string? NextCursor { get; init; }

    /// <summary>With `include=total` only; exact up to 10,000.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public TotalResponse? Total { get; init; }

    /// <summary>With `include=facets` only, of a list that is searched: counts over all that matches.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public SearchFacetsResponse? Facets { get; init; }

    /// <summary>With `q` only: how the query was understood where that is not plain, and why nothing was found.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Notes { get; init; }
}

/// <summary>From a query to a page request, and from a page to the answer.</summary>
internal static class Listing
{
    /// <summary>Parameters that choose the page or its form, not which rows there are.</summary>
    private static readonly HashSet<string> NotFilters = new(StringComparer.Ordinal) { "limit", "cursor", "include", "facets" };

    public static PageRequest<TSort> Page<TSort>(this QueryReader read, IListQuery query, bool withTotal, HttpRequest request)
        where TSort : struct, Enum
    {
        var limit = read.Integer(query.Limit, 1, Domain.Kernel.Page.MaxLimit) ?? Domain.Kernel.Page.DefaultLimit;
        var descending = query.Sort is null || query.Sort.StartsWith('-');
        var sort = default(TSort);
        if (query.Sort is { } given && !SortNames<TSort>.TryParse(descending ? given[1..] : given, out sort))
        {
            read.Fault<TSort>(nameof(query.Sort), $"must be one of {string.Join(", ", SortNames<TSort>.All)}, with - before it for descending order");
        }

        Position? after = null;
        if (query.Cursor is { } cursor && (after = Cursor.Read(cursor, ScopeOf(request), SortNames<TSort>.IsName(sort))) is null)
        {
            read.Fault<Position>(nameof(query.Cursor), "is not a cursor of this list: the filters and the sort must be those it was given with");
        }

        return new(sort, descending, limit, after, withTotal);
    }

    /// <summary>The answer, with the address of the next page in <c>Link</c> (RFC 8288) too.</summary>
    public static PageResponse<TOut> ToResponse<TIn, TOut>(this Page<TIn> page, HttpContext http, Func<TIn, TOut> map)
    {
        var next = page.Next is { } position ? Cursor.Write(position, ScopeOf(http.Request)) : null;
        http.LinkNext(next);

        return new()
        {
            Items = [.. page.Items.Select(map)],
            NextCursor = next,
            Total = TotalResponse.From(page.Total),
        };
    }

    /// <summary>Tells where the next page is in <c>Link</c>, where there is one.</summary>
    public static void LinkNext(this HttpContext http, string? cursor)
    {
        if (cursor is not null)
        {
            var query = QueryString.Create(http.Request.Query.Where(p => p.Key != "cursor").SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v))))
                .Add("cursor", cursor);
            http.Response.Headers.Link = $"<{http.Request.PathBase}{http.Request.Path}{query}>; rel=\"next\"";
        }
    }

    /// <summary>What a cursor belongs to: the list's path, its sort and its filters, in whatever order they were given.</summary>
    public static string ScopeOf(HttpRequest request) => Scope(
        request.Path.Value ?? "",
        request.Query.Where(p => !NotFilters.Contains(p.Key)).SelectMany(p => p.Value.Select(v => (p.Key, v ?? ""))));

    /// <inheritdoc cref="ScopeOf"/>
    public static string Scope(string path, IEnumerable<(string Name, string Value)> filters)
    {
        var text = new StringBuilder(path);
        foreach (var (name, value) in filters.Where(f => f != ("sort", "-createdAt")).Order())
        {
            text.Append('\n').Append(name).Append('=').Append(value);
        }

        return text.ToString();
    }
}

/// <summary>Names of sort fields: the members of the enum in camelCase.</summary>
internal static class SortNames<TSort>
    where TSort : struct, Enum
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetNames<TSort>().Select(n => char.ToLowerInvariant(n[0]) + n[1..])];

    public static bool TryParse(string name, out TSort sort)
    {
        var index = All.ToList().IndexOf(name);
        sort = index < 0 ? default : Enum.GetValues<TSort>()[index];
        return index >= 0;
    }

    public static bool IsName(TSort sort) => sort.ToString() == "Name";
}

/// <summary>
/// A position as text that clients hand back unread. It carries a digest of itself and of the list it belongs to, so that it is refused
/// elsewhere and where it was cut short; it gives access to nothing, so it is not signed.
/// </summary>
internal static class Cursor
{
    private const int DigestLength = 8;

    /// <summary>The place in a list that is not sorted by what its rows hold.</summary>
    public static string Write(ReadOnlySpan<byte> place, string scope) => Base64Url.EncodeToString([.. Digest(scope, place), .. place]);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string)"/>
    /// <returns>Null for what was not written for this scope.</returns>
    public static byte[]? Read(string cursor, string scope)
    {
        if (cursor.Length > 8_000 || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(cursor);
        return bytes.Length > DigestLength && bytes.AsSpan(0, DigestLength).SequenceEqual(Digest(scope, bytes.AsSpan(DigestLength)))
            ? bytes[DigestLength..]
            : null;
    }

    public static string Write(Position position, string scope)
    {
        var key = position.Name is { } name ? "n" + name
            : position.Number is { } number ? "#" + number.ToString(CultureInfo.InvariantCulture)
            : position.Instant is { } instant ? "i" + instant.UtcTicks.ToString(CultureInfo.InvariantCulture)
            : "-";
        byte[] place = [.. position.Id.ToByteArray(), .. Encoding.UTF8.GetBytes(key)];
        return Write(place.AsSpan(), scope);
    }

    /// <returns>Null for what was not written for this scope.</returns>
    public static Position? Read(string cursor, string scope, bool byName)
    {
        if (Read(cursor, scope) is not { Length: > 16 } place)
        {
            return null;
        }

        var id = new Guid(place.AsSpan(0, 16));
        var key = Encoding.UTF8.GetString(place.AsSpan(16));
        return key[0] switch
        {
            'n' when byName && !key.Contains('\0', StringComparison.Ordinal) => new(null, key[1..], id),
            'i' when !byName && long.TryParse(key.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                && ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks => new(new DateTimeOffset(ticks, TimeSpan.Zero), null, id),
            '#' when !byName && int.TryParse(key.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => new(null, null, id, number),
            '-' when !byName && key.Length == 1 => new(null, null, id),
            _ => null,
        };
    }

    private static ReadOnlySpan<byte> Digest(string scope, ReadOnlySpan<byte> place) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(scope), .. place]).AsSpan(0, DigestLength);
}
