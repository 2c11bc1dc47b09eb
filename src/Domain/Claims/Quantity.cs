using Stemma.Domain.Kernel;

namespace Stemma.Domain.Claims;

/// <summary>A figure as data: "trade Russia–China, over 240 billion US dollars in 2023".</summary>
public sealed record Quantity
{
    public const int MaxUnit = 50;

    /// <summary>What is measured: "trade Russia–China".</summary>
    public string? Subject { get; init; }

    /// <summary>Which of its properties: "volume", "growth", "share".</summary>
    public required string Metric { get; init; }

    public required Comparator Comparator { get; init; }

    /// <summary>In <see cref="Unit"/>, unscaled: 240 billion is 240000000000. Null for <see cref="Comparator.Between"/> alone.</summary>
    public decimal? Value { get; init; }

    /// <summary>With <see cref="Comparator.Between"/>, not above <see cref="Upper"/>.</summary>
    public decimal? Lower { get; init; }

    public decimal? Upper { get; init; }

    /// <summary>UCUM (<c>%</c>, <c>t</c>, <c>km2</c>) or ISO 4217 (<c>USD</c>).</summary>
    public required string Unit { get; init; }

    /// <summary>What a change is from: "pre-war", "2022".</summary>
    public string? Baseline { get; init; }

    public PartialDate? PeriodFrom { get; init; }

    public PartialDate? PeriodTo { get; init; }
}

/// <summary>How a figure stands to the value that is named.</summary>
public enum Comparator
{
    Eq,
    Gt,
    Gte,
    Lt,
    Lte,
    Approx,
    Between,
}
