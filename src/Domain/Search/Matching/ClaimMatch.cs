namespace Stemma.Domain.Search.Matching;

/// <summary>How far a post asserts what a stored claim says.</summary>
/// <param name="Score">
/// From 0 to 1, the estimated probability that the claim is what the post asserts or disputes. It does not depend on the other
/// candidates. Claims that say the same in the same words get the same score: order those by age.
/// </param>
/// <param name="Explanation">What speaks for it and against it.</param>
public sealed record ClaimMatch(double Score, MatchExplanation Explanation);

/// <summary>What a post and a claim share, and where they differ.</summary>
/// <param name="Words">The words of the post that the claim or its context has, the weightiest first.</param>
/// <param name="Figures">Which figures agree and which do not.</param>
/// <param name="Names">Which names agree and which do not.</param>
/// <param name="Negation">Whether only one of the two negates.</param>
public sealed record MatchExplanation(IReadOnlyList<MatchedWord> Words, FigureComparison Figures, NameComparison Names, NegationComparison Negation);

/// <summary>A word of the post that the claim has too.</summary>
/// <param name="Surface">The word as the post writes it.</param>
/// <param name="Lexeme">The lexeme that both have.</param>
/// <param name="Weight">Its share of the weight of all words of the post, from 0 to 1.</param>
/// <param name="InText">Whether the claim's text has it.</param>
/// <param name="InContext">Whether the claim's context has it.</param>
public sealed record MatchedWord(string Surface, string Lexeme, double Weight, bool InText, bool InContext);

/// <summary>The negating words of a post and of a claim.</summary>
/// <param name="InPost">Those of the post, as written.</param>
/// <param name="InClaim">Those of the claim's text, as written.</param>
public sealed record NegationComparison(IReadOnlyList<string> InPost, IReadOnlyList<string> InClaim)
{
    /// <summary>Whether one of the two negates and the other does not.</summary>
    public bool IsOneSided => InPost.Count > 0 != InClaim.Count > 0;
}
