namespace Stemma.Domain.Kernel;

/// <summary>One page of a list. <see cref="Next"/> is the position of its last row where more follow, else null.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, Position? Next, Total? Total = null);

/// <summary>How many rows match: exact up to <see cref="CountedTo"/>; beyond, that many or more.</summary>
public readonly record struct Total(int Value, bool IsExact)
{
    public const int CountedTo = 10_000;
}

/// <summary>
/// A row's place in a sorted list: its sort value (an instant, a name, a number, or none where the row has none; those come last) and its id,
/// which breaks ties in the direction of the sort.
/// </summary>
public readonly record struct Position(DateTimeOffset? Instant, string? Name, Guid Id, int? Number = null);

/// <summary>Which page: by what it is sorted, after which row it starts, how long it is.</summary>
public sealed record PageRequest<TSort>(TSort Sort, bool Descending, int Limit, Position? After = null, bool WithTotal = false)
    where TSort : struct, Enum;

/// <summary>Bounds that all lists share.</summary>
public static class Page
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;

    /// <summary>The longest list that is embedded in another resource.</summary>
    public const int EmbeddedLimit = 50;
}
