namespace Stemma.Domain.Sources;

/// <summary>Type-ahead over the names and aliases of living sources, without regard to accents, case and punctuation.</summary>
public interface ISourceSuggester
{
    /// <summary>
    /// The best <paramref name="limit"/>, best first; within one sort of match by the name that matched. Where too few begin as typed, names
    /// follow that hold the words in another order, or nearly so spelt: the fewest slips first, then the shortest name. Nothing typed finds
    /// the first by name.
    /// </summary>
    /// <param name="text">What is typed so far; its last word may be unfinished.</param>
    /// <param name="kinds">Only these kinds; none for all.</param>
    /// <param name="limit">The most to give.</param>
    /// <param name="cancel">Gives up.</param>
    Task<IReadOnlyList<SourceSuggestion>> Suggest(string text, IReadOnlyList<SourceKind> kinds, int limit, CancellationToken cancel);

    /// <summary>The same for many texts at once, in their order, by as many round trips as one takes.</summary>
    Task<IReadOnlyList<IReadOnlyList<SourceSuggestion>>> SuggestAll(IReadOnlyList<SuggestionRequest> requests, CancellationToken cancel);
}

/// <summary>One of many texts that are asked about.</summary>
/// <param name="Text">What is typed.</param>
/// <param name="Kinds">Only these kinds; none for all.</param>
/// <param name="Limit">The most to give.</param>
public sealed record SuggestionRequest(string Text, IReadOnlyList<SourceKind> Kinds, int Limit);

/// <summary>A source that may be meant: enough to pick it.</summary>
/// <param name="Id">The source's id.</param>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Matched">The name or alias that was found, as it is written there.</param>
/// <param name="Match">How it was found.</param>
public sealed record SourceSuggestion(SourceId Id, SourceKind Kind, string Name, string? Country, string Matched, SuggestionMatch Match);

/// <summary>How a suggestion was found, best first.</summary>
public enum SuggestionMatch
{
    /// <summary>It is the whole name or alias.</summary>
    Exact,

    /// <summary>A name or alias begins so.</summary>
    Prefix,

    /// <summary>Words of a name or alias begin so, in whatever order.</summary>
    Word,

    /// <summary>A name or alias has words that are nearly spelt so.</summary>
    Approximate,
}
