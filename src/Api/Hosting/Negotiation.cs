using Microsoft.Net.Http.Headers;

namespace Stemma.Api.Hosting;

/// <summary>RFC 9110, section 12.5.1: which of the media types that an operation offers a client likes best.</summary>
internal static class Negotiation
{
    /// <summary>
    /// Of the offered types the one of the highest quality; of several, the one that is named more exactly, then the first. Null where none is
    /// acceptable. Without <c>Accept</c>, all are.
    /// </summary>
    public static string? Best(this HttpRequest request, IReadOnlyList<string> offered)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || accept.All(string.IsNullOrWhiteSpace))
        {
            return offered.Count > 0 ? offered[0] : null;
        }

        // What cannot be read as a media range asks for nothing that there is.
        var ranges = MediaTypeHeaderValue.TryParseList(accept, out var parsed) ? parsed : [];
        return offered
            .Select(type => (Type: type, Range: MostExact(type, ranges)))
            .Where(o => o.Range is not null && (o.Range.Quality ?? 1) > 0)
            .OrderByDescending(o => o.Range!.Quality ?? 1).ThenByDescending(o => Exactness(o.Range!))
            .Select(o => o.Type)
            .FirstOrDefault();
    }

    private static MediaTypeHeaderValue? MostExact(string type, IList<MediaTypeHeaderValue> ranges)
    {
        var offered = new MediaTypeHeaderValue(type);
        return ranges
            .Where(r => r.MatchesAllTypes || (r.MatchesAllSubTypes ? r.Type == offered.Type : r.MediaType.Equals(offered.MediaType, StringComparison.OrdinalIgnoreCase)))
            .MaxBy(Exactness);
    }

    private static int Exactness(MediaTypeHeaderValue range) => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
}
