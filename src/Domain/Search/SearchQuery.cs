using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;

namespace Stemma.Domain.Search;

/// <summary>
/// What someone typed into a search box, understood: words that all must be there, <c>"phrases"</c>, <c>-without</c>, <c>this or that</c>,
/// <c>(groups)</c>, <c>prefix*</c> and fields: <c>source:</c>, <c>claimant:</c>, <c>stance:</c>, <c>tag:</c>, <c>lang:</c>, <c>after:</c>,
/// <c>before:</c>, <c>kind:</c>, <c>status:</c>, <c>year:</c>. Any text is a query: what makes no sense is read as what was probably meant, and <see cref="Notes"/> says so.
/// </summary>
/// <param name="Root">Null where nothing is asked for.</param>
/// <param name="Notes">What was read otherwise than written, in plain words.</param>
public sealed record SearchQuery(SearchNode? Root, IReadOnlyList<string> Notes)
{
    /// <summary>Code points of a query; what is longer is refused before it comes here.</summary>
    public const int MaxLength = 1_000;

    /// <summary>Words, phrases, prefixes and fields in one query; more are left out, with a note.</summary>
    public const int MaxParts = 32;

    public static SearchQuery Parse(string text) => new SearchQueryParser(text).Parse();
}

/// <summary>A part of a query.</summary>
public abstract record SearchNode
{
    private protected SearchNode()
    {
    }

    /// <summary>All of them.</summary>
    public sealed record And(IReadOnlyList<SearchNode> Parts) : SearchNode;

    /// <summary>Any of them.</summary>
    public sealed record Or(IReadOnlyList<SearchNode> Parts) : SearchNode;

    /// <summary>What does not match the part.</summary>
    public sealed record Not(SearchNode Part) : SearchNode;

    /// <summary>A word, or several in this order next to each other; as typed, before any analysis.</summary>
    public sealed record Words(string Text, bool IsPhrase) : SearchNode;

    /// <summary>Words that begin so.</summary>
    public sealed record Prefix(string Text) : SearchNode;

    /// <summary>Said, shown or published by a source whose name or alias has these words, or whose id this is; <c>source:</c>.</summary>
    public sealed record BySource(string Name) : SearchNode;

    /// <summary>Asserted by a source whose name or alias has these words, or whose id this is; <c>claimant:</c>.</summary>
    public sealed record ByClaimant(string Name) : SearchNode;

    /// <summary>With a link of this stance; <c>stance:</c>. Beside a <see cref="BySource"/> in one <see cref="And"/>, that source's link.</summary>
    public sealed record OfStance(Stance Stance) : SearchNode;

    /// <summary>With this tag, as written but for case; <c>tag:</c>.</summary>
    public sealed record Tagged(string Tag) : SearchNode;

    /// <summary>In this language, or one of its varieties: <c>pt</c> finds <c>pt-BR</c>; <c>lang:</c>.</summary>
    public sealed record InLanguage(string Language) : SearchNode;

    /// <summary>A claim or a source of this kind; <c>kind:</c>.</summary>
    public sealed record OfKind(string Kind) : SearchNode;

    /// <summary>A claim of this status; <c>status:</c>.</summary>
    public sealed record OfStatus(string Status) : SearchNode;

    /// <summary>Asserted or published on the first day of this date or later; <c>after:</c>.</summary>
    public sealed record After(PartialDate Date) : SearchNode;

    /// <summary>Asserted or published before the first day of this date; <c>before:</c>.</summary>
    public sealed record Before(PartialDate Date) : SearchNode;
}
