namespace Stemma.Api.Hosting;

/// <summary>A feature of requests that asked by HEAD, for those whose body is too long to be written for nobody.</summary>
internal sealed class HeadOnly
{
    public static readonly HeadOnly Marker = new();
}
