namespace Stemma.Domain.Search.Matching;

/// <summary>
/// Judges whether a stored claim is what a post asserts: a logistic regression on what the two have in common
/// (<see cref="MatchFeatures"/>), and deductions for a figure or a negation that differs.
/// </summary>
public static class ClaimMatcher
{
    // Learnt by bench/retrieval --learn from the 800 train posts of the claim-retrieval data set and the best 100 claims for each:
    // the order by listwise softmax (L2), the scale and the constant by logistic regression over all candidates.
    private static readonly double[] Weights =
    [
        16.063, // strength
        1.270, // question
        6.677, // contextLetters
        1.437, // letters
        2.982, // cover
        7.019, // synonyms
        3.566, // rarest
        2.520, // textRun
        2.764, // contextRun
        4.119, // postCover
        1.570, // order
        1.487, // figures
        0.819, // postNames
        -0.133, // namesMissing
    ];

    private const double Constant = -17.233;

    // Set by hand: near-identical texts with another figure are the dangerous case, and posts have too few of them to learn from. However much
    // else the two share, with another figure it is as likely as not another claim, and with another sign still doubtful.
    private const double FigureDiffers = -1.5;
    private const double NegationDiffers = -0.5;
    private const double MostWithAnotherFigure = 0;
    private const double MostWithAnotherSign = 2;

    // Below this the score is a matter of rounding, and equal claims must be equal.
    private const int Digits = 4;

    /// <summary>The most words that an explanation lists.</summary>
    public const int MaxWords = 30;

    /// <summary>The score alone, for ranking many candidates: see <see cref="ClaimMatch.Score"/>.</summary>
    /// <param name="post">The post.</param>
    /// <param name="claim">The claim, one of the candidates for the post.</param>
    public static double Score(AnalysedPost post, ClaimCandidate claim) => Probability(Logit(post, claim));

    /// <summary>The score with what speaks for it and against it.</summary>
    /// <param name="post">The post.</param>
    /// <param name="claim">The claim, one of the candidates for the post.</param>
    public static ClaimMatch Match(AnalysedPost post, ClaimCandidate claim)
    {
        var logit = Logit(post, claim, out var figures);
        var text = Word.In(claim.Text, PostText.MaxWords);
        var context = Word.In(claim.Context ?? "", PostText.MaxWords);
        var negation = new NegationComparison(post.Negations, Negations.In(text));
        return new ClaimMatch(Probability(logit), new MatchExplanation(Shared(post, claim), figures, NameComparison.Of(post, text, context), negation));
    }

    /// <summary>The log odds of the score.</summary>
    internal static double Logit(AnalysedPost post, ClaimCandidate claim) => Logit(post, claim, out _);

    private static double Logit(AnalysedPost post, ClaimCandidate claim, out FigureComparison figures)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(claim);
        var inText = Figures.In(claim.Text);
        var features = MatchFeatures.Of(post, claim, inText, out var wordCover);
        var logit = Constant;
        for (var i = 0; i < features.Length; i++)
        {
            logit += Weights[i] * features[i];
        }

        figures = FigureComparison.Of(post.Figures, inText, Figures.In(claim.Context ?? ""), wordCover);
        var isOneSided = post.Negations.Count > 0 != Negations.In(claim.Text).Count > 0;
        var isSameMatter = wordCover >= FigureComparison.SameMatter;
        return Math.Min(
            logit + Deduction(figures, isOneSided),
            isSameMatter && figures.Differing.Count > 0 ? MostWithAnotherFigure : isSameMatter && isOneSided ? MostWithAnotherSign : double.PositiveInfinity);
    }

    /// <summary>What is taken off the log odds.</summary>
    internal static double Deduction(FigureComparison figures, bool isOneSided) =>
        (figures.Differing.Count > 0 ? FigureDiffers : 0) + (isOneSided ? NegationDiffers : 0);

    private static double Probability(double logit) => 1 / (1 + Math.Exp(-Math.Round(logit, Digits)));

    private static IReadOnlyList<MatchedWord> Shared(AnalysedPost post, ClaimCandidate claim)
    {
        var text = claim.TextLexemes.Select(lexeme => lexeme.Lexeme).ToHashSet(StringComparer.Ordinal);
        var context = claim.ContextLexemes.Select(lexeme => lexeme.Lexeme).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. post.Lexemes.Where(lexeme => text.Contains(lexeme.Lexeme) || context.Contains(lexeme.Lexeme))
                .OrderByDescending(lexeme => lexeme.Weight).ThenBy(lexeme => lexeme.Number).Take(MaxWords)
                .Select(lexeme => new MatchedWord(
                    lexeme.Surface, lexeme.Lexeme, FieldOverlap.Share(lexeme.Weight, post.TotalMass), text.Contains(lexeme.Lexeme), context.Contains(lexeme.Lexeme))),
        ];
    }
}
