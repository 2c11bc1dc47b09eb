namespace Stemma.Domain.Search.Matching;

/// <summary>What a post shares with one field of a claim. Shares are by weight, from 0 to 1.</summary>
/// <param name="Cover">The share of the field's words that the post has.</param>
/// <param name="WordCover">The same without words that have digits.</param>
/// <param name="Letters">The share that the post has only in part: inside a hashtag or compound, or in another inflection.</param>
/// <param name="Synonyms">The share for which the post has another word of the same meaning.</param>
/// <param name="Order">The share that the post has in the same order.</param>
/// <param name="Run">How many words in a row, stop words included, both have.</param>
internal readonly record struct FieldOverlap(double Cover, double WordCover, double Letters, double Synonyms, double Order, int Run)
{
    // Bounds the work on long fields.
    private const int MaxWords = 100;

    public static FieldOverlap Of(AnalysedPost post, IReadOnlyList<LexemeAt> lexemes, IReadOnlyList<Word> words)
    {
        double all = 0, matched = 0, allWords = 0, matchedWords = 0, letters = 0, synonyms = 0;
        var sequence = new List<(int At, PostLexeme Lexeme)>();
        foreach (var (lexeme, positions) in lexemes)
        {
            var known = post.Find(lexeme);
            var weight = known?.Weight ?? post.Rarity.WeightOf(lexeme);
            var isWord = !char.IsAsciiDigit(lexeme[^1]);
            all += weight;
            allWords += isWord ? weight : 0;
            if (known is null)
            {
                letters += weight * post.LettersShared(lexeme);
                synonyms += post.MayMean(lexeme) ? weight : 0;
                continue;
            }

            matched += weight;
            matchedWords += isWord ? weight : 0;
            foreach (var at in positions)
            {
                sequence.Add((at, known));
            }
        }

        return new FieldOverlap(
            Share(matched, all), Share(matchedWords, allWords), Share(letters, all), Share(synonyms, all), Share(Rising(sequence), all), LongestRun(post, words));
    }

    internal static double Share(double part, double whole) => whole > 0 ? Math.Min(1, part / whole) : 0;

    // The weightiest common subsequence: the field's words in order, their places in the post rising.
    private static double Rising(List<(int At, PostLexeme Lexeme)> sequence)
    {
        sequence.Sort((a, b) => a.At.CompareTo(b.At));
        var best = new List<(int At, double Sum)>();
        var most = 0.0;
        foreach (var (_, lexeme) in sequence.Take(MaxWords))
        {
            // From the last place to the first, so that a word does not follow itself; more than eight places say nothing new.
            for (var p = Math.Min(lexeme.Positions.Count, 8) - 1; p >= 0; p--)
            {
                var (at, before) = (lexeme.Positions[p], 0.0);
                foreach (var (place, sum) in best)
                {
                    before = place < at && sum > before ? sum : before;
                }

                best.Add((at, before + lexeme.Weight));
                most = Math.Max(most, before + lexeme.Weight);
            }
        }

        return most;
    }

    private static int LongestRun(AnalysedPost post, IReadOnlyList<Word> words)
    {
        var (run, best) = (post.Run, 0);
        Span<int> row = stackalloc int[run.Length + 1];
        row.Clear();
        for (var w = 0; w < Math.Min(words.Count, MaxWords); w++)
        {
            var number = post.NumberOf(words[w].Folded);
            if (number < 0)
            {
                row.Clear();
                continue;
            }

            for (var p = run.Length; p > 0; p--)
            {
                row[p] = run[p - 1] == number ? row[p - 1] + 1 : 0;
                best = Math.Max(best, row[p]);
            }
        }

        return best;
    }
}
