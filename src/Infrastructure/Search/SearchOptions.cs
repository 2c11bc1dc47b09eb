namespace Stemma.Infrastructure.Search;

/// <summary>What a search may take.</summary>
internal sealed record SearchOptions(TimeSpan Timeout);
