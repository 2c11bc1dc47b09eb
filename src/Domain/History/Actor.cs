namespace Stemma.Domain.History;

/// <summary>Who writes: PROV <c>Agent</c>.</summary>
public readonly record struct Actor(string Name)
{
    /// <summary>Whoever reaches an API that asks for no keys, which answers on loopback only.</summary>
    public static readonly Actor Local = new("local");
}
