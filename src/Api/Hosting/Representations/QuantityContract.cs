using System.ComponentModel.DataAnnotations;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Domain.Claims;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting.Representations;

/// <summary>A figure as data: trade Russia–China, volume, over 240 billion US dollars, in 2023.</summary>
internal sealed record QuantityContract
{
    /// <summary>What is measured: "trade Russia–China".</summary>
    [MaxLength(ResourceContent.MaxName)]
    public string? Subject { get; init; }

    /// <summary>Which of its properties: "volume", "growth", "share of imports".</summary>
    [Required]
    [MaxLength(ResourceContent.MaxName)]
    public string? Metric { get; init; }

    /// <summary>How the figure stands to the value; with `between`, `lower` and `upper` take the value's place.</summary>
    [Required]
    [Values(typeof(Comparator))]
    public string? Comparator { get; init; }

    /// <summary>In `unit`, unscaled: 240 billion is 240000000000. Required but for `between`. At most 28 digits.</summary>
    public decimal? Value { get; init; }

    /// <summary>With `between`: not above `upper`.</summary>
    public decimal? Lower { get; init; }

    /// <summary>With `between`: not below `lower`.</summary>
    public decimal? Upper { get; init; }

    /// <summary>UCUM (`%`, `t`, `km2`) or ISO 4217 (`USD`).</summary>
    [Required]
    [MaxLength(Quantity.MaxUnit)]
    public string? Unit { get; init; }

    /// <summary>What a change is from: "pre-war", "2022".</summary>
    [MaxLength(ResourceContent.MaxName)]
    public string? Baseline { get; init; }

    /// <summary>Since when it holds.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? PeriodFrom { get; init; }

    /// <summary>Until when it holds.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? PeriodTo { get; init; }

    public static QuantityContract From(Quantity quantity) => new()
    {
        Subject = quantity.Subject,
        Metric = quantity.Metric,
        Comparator = EnumNames<Comparator>.Of(quantity.Comparator),
        Value = quantity.Value,
        Lower = quantity.Lower,
        Upper = quantity.Upper,
        Unit = quantity.Unit,
        Baseline = quantity.Baseline,
        PeriodFrom = quantity.PeriodFrom?.ToString(),
        PeriodTo = quantity.PeriodTo?.ToString(),
    };

    /// <summary>What a validator has let through.</summary>
    public Quantity ToQuantity() => new()
    {
        Subject = Subject,
        Metric = Metric!,
        Comparator = EnumNames<Comparator>.Parse(Comparator)!.Value,
        Value = Value,
        Lower = Lower,
        Upper = Upper,
        Unit = Unit!,
        Baseline = Baseline,
        PeriodFrom = PeriodFrom.ToPartialDate(),
        PeriodTo = PeriodTo.ToPartialDate(),
    };
}
