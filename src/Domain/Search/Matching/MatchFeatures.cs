using static Stemma.Domain.Search.Matching.FieldOverlap;

namespace Stemma.Domain.Search.Matching;

/// <summary>What a claim and a post have in common, as numbers from 0 to 1 that do not depend on the size of the corpus.</summary>
internal static class MatchFeatures
{
    /// <summary>The names of the features, in the order of <see cref="Of"/>.</summary>
    public static readonly string[] Names =
    [
        "strength", "question", "contextLetters", "letters", "cover", "synonyms", "rarest", "textRun", "contextRun", "postCover", "order",
        "figures", "postNames", "namesMissing",
    ];

    // BM25 as for the candidates, but with capped weights and a fixed usual length (text and context of a claim, without stop words).
    private const double K1 = 1.2;
    private const double B = 0.5;
    private const double UsualLength = 17;

    // What half the greatest value is: a strength of 30 is three or four rare words, a run of four words is a phrase.
    private const double HalfStrength = 30;
    private const double HalfLetters = 5;
    private const double HalfRun = 4;

    // Without a context nothing is known of its form: the share of questions among the contexts learnt from.
    private const double NoContext = 0.6;

    public static double[] Of(AnalysedPost post, ClaimCandidate claim, IReadOnlyList<Figure> figures, out double wordCover)
    {
        // A claim without a context is treated as if the context repeated its text.
        var hasContext = claim.ContextLexemes.Count > 0 && !string.IsNullOrWhiteSpace(claim.Context);
        var words = Word.In(claim.Text, PostText.MaxWords);
        var text = FieldOverlap.Of(post, claim.TextLexemes, words);
        var context = hasContext ? FieldOverlap.Of(post, claim.ContextLexemes, Word.In(claim.Context!, PostText.MaxWords)) : text;
        var (strength, letters, rarest, postCover, names) = Both(post, claim.TextLexemes, hasContext ? claim.ContextLexemes : claim.TextLexemes);
        var agreed = figures.Count(figure => post.Figures.Any(figure.Agrees));
        var missing = NameComparison.Missing(post, words);
        wordCover = Math.Max(text.WordCover, context.WordCover);
        return
        [
            Saturated(strength, HalfStrength),
            hasContext ? (claim.Context.AsSpan().TrimEnd().EndsWith("?") ? 1 : 0) : NoContext,
            context.Letters,
            Saturated(letters, HalfLetters),
            Math.Max(text.Cover, context.Cover),
            context.Synonyms,
            rarest / WordRarity.Most,
            Saturated(text.Run, HalfRun),
            Saturated(context.Run, HalfRun),
            postCover,
            text.Order,
            Saturated(agreed, 1),
            names,
            Saturated(missing, 2),
        ];
    }

    private static double Saturated(double amount, double half) => amount / (amount + half);

    // What needs text and context together.
    private static (double Strength, double Letters, double Rarest, double PostCover, double Names) Both(
        AnalysedPost post, IReadOnlyList<LexemeAt> text, IReadOnlyList<LexemeAt> context)
    {
        var counts = new Dictionary<string, int>(text.Count + context.Count, StringComparer.Ordinal);
        var length = Count(counts, text) + Count(counts, context);
        double strength = 0, letters = 0, rarest = 0, spoken = 0, names = 0;
        foreach (var (lexeme, count) in counts)
        {
            if (post.Find(lexeme) is not { } known)
            {
                var shared = post.LettersShared(lexeme);
                letters += shared > 0.3 ? shared * post.Rarity.WeightOf(lexeme) : 0;
                continue;
            }

            strength += known.Weight * count * (K1 + 1) / (count + (K1 * (1 - B + (B * length / UsualLength))));
            rarest = Math.Max(rarest, known.Weight);
            spoken += known.IsAuthor ? 0 : known.Weight;
            names += known.IsName ? known.Weight : 0;
        }

        return (strength, letters, rarest, Share(spoken, post.Mass), Share(names, post.NamesMass));
    }

    private static int Count(Dictionary<string, int> counts, IReadOnlyList<LexemeAt> lexemes)
    {
        var length = 0;
        foreach (var (lexeme, positions) in lexemes)
        {
            counts[lexeme] = counts.GetValueOrDefault(lexeme) + positions.Count;
            length += positions.Count;
        }

        return length;
    }
}
