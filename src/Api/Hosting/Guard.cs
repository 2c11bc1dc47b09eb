using System.Net;

namespace Stemma.Api.Hosting;

/// <summary>Who may reach an API that asks for no keys.</summary>
internal sealed record AccessOptions
{
    public const string Section = "Access";

    /// <summary>Answer callers on other machines too. A container sets this, and publishes its port on loopback.</summary>
    public bool AllowRemote { get; init; }

    /// <summary>Host names that are answered besides <c>localhost</c>, <c>127.0.0.1</c> and <c>[::1]</c>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Origins (scheme and host) whose pages may call the API: CORS.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];
}

/// <summary>
/// Loopback only, unless set otherwise; known host names only, so that a page whose own name is made to point here (DNS rebinding) is refused;
/// no write from a page of a foreign origin (CSRF), for a POST without a body needs no leave from CORS.
/// </summary>
internal sealed class Guard(RequestDelegate next, AccessOptions access)
{
    private readonly HashSet<string> _hosts = new(["localhost", "127.0.0.1", "[::1]", .. access.Hosts], StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _origins = new(access.Origins, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext http)
    {
        if (!access.AllowRemote && http.Connection.RemoteIpAddress is { } caller && !IPAddress.IsLoopback(caller))
        {
            return Problems.Write(http, 403, "With no keys configured this API answers on loopback only; Access:AllowRemote lets others in.");
        }

        if (!_hosts.Contains(http.Request.Host.Host))
        {
            return Problems.Write(http, 400, $"This API does not answer to the host name '{http.Request.Host.Host}'; Access:Hosts adds names.");
        }

        return IsForeignWrite(http.Request)
            ? Problems.Write(http, 403, "A page of this origin may not write here; Access:Origins adds origins.")
            : next(http);
    }

    private bool IsForeignWrite(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method)
        && request.Headers.Origin is [{ } origin, ..]
        && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
        && !_origins.Contains(origin);
}
