using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Stemma.Domain.Sources;

/// <summary>An absolute <c>http</c> or <c>https</c> URL: kept as given, compared normalised.</summary>
public static class SourceUrl
{
    /// <summary>In Unicode code points.</summary>
    public const int MaxLength = 2_000;

    public static bool IsValid([NotNullWhen(true)] string? url) => TryUri(url, out _);

    /// <summary>
    /// The same for two URLs that are the same when normalised, else different: the first half of the SHA-256 of the normal form, which is
    /// the host in lower case and punycode, without regard to scheme, a leading <c>www.</c>, the default port,
    /// the fragment, a trailing slash, the order of the query's parameters, and the parameters by which links are tracked
    /// (<c>utm_…</c>, <c>fbclid</c>, <c>gclid</c>). Null for what is no URL.
    /// </summary>
    public static Guid? Key(string? url) =>
        Normalise(url) is { } normal ? new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(normal)).AsSpan(0, 16)) : null;

    /// <summary>The keys of those of <paramref name="urls"/> that are URLs, each once.</summary>
    public static Guid[] Keys(IEnumerable<string?> urls) => urls.Select(Key).OfType<Guid>().Distinct().ToArray();

    /// <summary>The host as it is compared: in lower case and punycode, without a leading <c>www.</c>. Null for what is no URL.</summary>
    public static string? Site(string? url) => TryUri(url, out var uri) ? SiteOf(uri) : null;

    private static string SiteOf(Uri uri)
    {
        var host = uri.IdnHost.ToLowerInvariant();
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    private static string? Normalise(string? url)
    {
        if (!TryUri(url, out var uri))
        {
            return null;
        }

        var text = new StringBuilder(SiteOf(uri));
        if (!uri.IsDefaultPort)
        {
            text.Append(':').Append(uri.Port);
        }

        text.Append(uri.AbsolutePath.TrimEnd('/'));
        var parameters = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p => !IsTracking(p)).Order(StringComparer.Ordinal);
        var separator = '?';
        foreach (var parameter in parameters)
        {
            text.Append(separator).Append(parameter);
            separator = '&';
        }

        return text.ToString();
    }

    private static bool IsTracking(string parameter) =>
        parameter.StartsWith("utm_", StringComparison.OrdinalIgnoreCase)
        || parameter.StartsWith("fbclid=", StringComparison.OrdinalIgnoreCase)
        || parameter.StartsWith("gclid=", StringComparison.OrdinalIgnoreCase);

    private static bool TryUri([NotNullWhen(true)] string? url, [NotNullWhen(true)] out Uri? uri)
    {
        uri = null;
        return url is not null
            && (url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            && !url.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            && Uri.TryCreate(url, UriKind.Absolute, out uri)
            && uri.Host.Length > 0
            && HasName(uri);
    }

    /// <summary>Whether the host's letters make a name by IDNA; letters of both directions in one label do not.</summary>
    private static bool HasName(Uri uri)
    {
        try
        {
            return uri.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }
}
