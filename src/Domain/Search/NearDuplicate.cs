using Stemma.Domain.Search.Matching;

namespace Stemma.Domain.Search;

/// <summary>Tells of other claims whether they are probably this one entered twice: nearly the same words, whatever the figures.</summary>
public sealed class NearDuplicate(string text)
{
    /// <summary>The least share of words in common.</summary>
    public const double Least = 0.7;

    /// <summary>The most that are told of one claim.</summary>
    public const int Most = 3;

    private readonly HashSet<string> _words = WordsOf(text);

    /// <summary>Distinct words in common as a share of all distinct words (Jaccard), from 0 to 1; without regard to case, numbers left out.</summary>
    public double Share(string other)
    {
        var its = WordsOf(other);
        var common = its.Count(_words.Contains);
        return _words.Count + its.Count == 0 ? 1 : (double)common / (_words.Count + its.Count - common);
    }

    private static HashSet<string> WordsOf(string text) =>
        Word.In(text, PostText.MaxWords).Where(w => !w.Folded.Any(char.IsDigit)).Select(w => w.Folded).ToHashSet(StringComparer.Ordinal);
}
