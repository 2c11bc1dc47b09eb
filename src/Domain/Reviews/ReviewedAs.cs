namespace Stemma.Domain.Reviews;

/// <summary>A living review of which all of these hold.</summary>
public sealed record ReviewedAs
{
    /// <summary>BCP 47 in lower case: that, or what it begins; of a review that does not say its language, its claim's counts. Null for any.</summary>
    public string? Language { get; init; }

    /// <summary>Of one of these sites, as <see cref="Sources.SourceUrl.Site"/> has them: that of its address; where it has none, of its publisher's. None for any.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>It or its claim begins no earlier than the day of this instant.</summary>
    public DateTimeOffset? Since { get; init; }
}
