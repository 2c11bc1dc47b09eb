using System.Globalization;
using Microsoft.Extensions.Primitives;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting;

/// <summary>
/// RFC 9110 preconditions. An entity tag is <c>"version-hash"</c>: <c>If-Match</c> compares the version alone, so <c>"3"</c> and <c>"3-…"</c> are
/// alike and a <c>W/</c> before them is ignored; <c>If-None-Match</c> on GET compares all of it.
/// </summary>
internal static class Preconditions
{
    public static Result<Expectation> ReadExpectation(this HttpRequest request, int? bodyVersion = null)
    {
        var ifMatch = Tags(request.Headers.IfMatch);
        var ifNoneMatch = Tags(request.Headers.IfNoneMatch);
        if (ifNoneMatch.Count > 0 && ifNoneMatch is not ["*"])
        {
            return new Error.Invalid("If-None-Match", "On a write it can only be *: nothing may be there.");
        }

        if ((request.Headers.ContainsKey("If-Match") && ifMatch.Count == 0) || (request.Headers.ContainsKey("If-None-Match") && ifNoneMatch.Count == 0))
        {
            return new Error.Invalid(ifMatch.Count == 0 && request.Headers.ContainsKey("If-Match") ? "If-Match" : "If-None-Match", "It is empty.");
        }

        List<int>? versions = null;
        if (ifMatch.Count > 0 && ifMatch is not ["*"])
        {
            versions = [];
            foreach (var tag in ifMatch)
            {
                if (VersionOf(tag) is not { } version)
                {
                    return new Error.Invalid("If-Match", "It must be *, or entity tags as answers give them: \"3\" or \"3-1f2e…\".");
                }

                versions.Add(version);
            }
        }

        return new Expectation(versions, ifMatch.Count > 0, ifNoneMatch.Count > 0, bodyVersion);
    }

    /// <summary>Whether a conditional GET is answered 304.</summary>
    public static bool MatchesAny(this StringValues ifNoneMatch, string etag) =>
        ifNoneMatch.Count > 0 && Tags(ifNoneMatch).Any(tag => tag == "*" || WithoutWeakness(tag) == etag);

    private static List<string> Tags(StringValues header) =>
        [.. header.SelectMany(line => (line ?? "").Split(',')).Select(tag => tag.Trim()).Where(tag => tag.Length > 0)];

    private static string WithoutWeakness(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;

    private static int? VersionOf(string tag)
    {
        tag = WithoutWeakness(tag);
        if (tag.Length < 3 || tag[0] != '"' || tag[^1] != '"')
        {
            return null;
        }

        var version = tag[1..^1].Split('-', 2)[0];
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
