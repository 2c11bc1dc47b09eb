using Stemma.Domain.History;

namespace Stemma.Api.Hosting;

/// <summary>Who calls. With no keys configured everybody is <see cref="Actor.Local"/>.</summary>
internal static class Caller
{
    public static Actor Actor(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return Domain.History.Actor.Local;
    }
}
