namespace Stemma.Domain.Search.Matching;

/// <summary>A lexeme and where a text has it.</summary>
/// <param name="Lexeme">The lexeme that the text search configuration made of a word.</param>
/// <param name="Positions">Its places in the text in rising order, as a <c>tsvector</c> has them.</param>
public sealed record LexemeAt(string Lexeme, IReadOnlyList<int> Positions);

/// <summary>A stored claim that may be what a post asserts.</summary>
/// <param name="Text">The claim.</param>
/// <param name="Context">What is stored beside it, such as a headline; or null.</param>
/// <param name="TextLexemes">The lexemes of the claim.</param>
/// <param name="ContextLexemes">The lexemes of the context; empty without one.</param>
public sealed record ClaimCandidate(string Text, string? Context, IReadOnlyList<LexemeAt> TextLexemes, IReadOnlyList<LexemeAt> ContextLexemes);

/// <summary>How rare words are among the stored claims.</summary>
/// <param name="Claims">How many claims are stored.</param>
/// <param name="Idf">ln(1 + (N - df + 0.5) / (df + 0.5)) of a lexeme, where df is the number of claims that have it in text or context.</param>
public sealed record WordRarity(long Claims, Func<string, double> Idf)
{
    // From some 4,000 claims on the rarest words weigh no more than this, so that weights mean the same in a corpus of any size.
    internal const double Most = 9;

    /// <summary>The weight of a lexeme, from 0 to 9: its idf, stretched in a small corpus and capped in a large one.</summary>
    /// <param name="lexeme">A lexeme.</param>
    public double WeightOf(string lexeme)
    {
        var greatest = Math.Log(1 + (Claims + 0.5) / 0.5);
        return Math.Clamp(Idf(lexeme) * Most / Math.Min(Most, greatest), 0, Most);
    }
}
