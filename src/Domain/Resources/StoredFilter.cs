namespace Stemma.Domain.Resources;

/// <summary>The part of a filter that all resources share.</summary>
public sealed record StoredFilter
{
    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<ExternalId> ExternalIds { get; init; } = [];

    public IReadOnlyList<string> CreatedBy { get; init; } = [];

    /// <summary>Created at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Created at this instant or earlier.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>Updated later than this instant.</summary>
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>Updated earlier than this instant.</summary>
    public DateTimeOffset? UpdatedBefore { get; init; }
}

/// <summary>Which resources of one kind: every given part must hold; of several values in one part, any.</summary>
public abstract record ResourceFilter
{
    /// <summary>What all resources share.</summary>
    public StoredFilter Stored { get; init; } = new();
}
