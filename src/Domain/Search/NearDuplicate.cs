using Stemma.Domain.Search.Matching;

namespace Stemma.Domain.Search;

/// <summary>Whether two claims were probably entered twice: nearly the same words, whatever the figures.</summary>
public static class NearDuplicate
{
    /// <summary>The least share of words in common.</summary>
    public const double Least = 0.7;

    /// <summary>The most that are told of one claim.</summary>
    public const int Most = 3;

    /// <summary>Distinct words in common as a share of all distinct words (Jaccard), from 0 to 1; without regard to case, numbers left out.</summary>
    public static double Share(string one, string other)
    {
        var (a, b) = (WordsOf(one), WordsOf(other));
        var common = a.Count(b.Contains);
        return a.Count + b.Count == 0 ? 1 : (double)common / (a.Count + b.Count - common);
    }

    private static HashSet<string> WordsOf(string text) =>
        Word.In(text, PostText.MaxWords).Where(w => !w.Folded.Any(char.IsDigit)).Select(w => w.Folded).ToHashSet(StringComparer.Ordinal);
}
