namespace Stemma.Domain.Search.Matching;

/// <summary>The names in a post beside those in a claim. A name is a word with a capital inside a sentence, a handle or a signature.</summary>
/// <param name="Agreed">Names of the claim that the post has, as the claim writes them.</param>
/// <param name="InPostOnly">Names in the post that neither the claim nor its context has.</param>
/// <param name="InClaimOnly">Names in the claim's text that the post does not have.</param>
public sealed record NameComparison(IReadOnlyList<string> Agreed, IReadOnlyList<string> InPostOnly, IReadOnlyList<string> InClaimOnly)
{
    private const int Most = 20;

    internal static NameComparison Of(AnalysedPost post, IReadOnlyList<Word> text, IReadOnlyList<Word> context)
    {
        var agreed = new List<string>();
        var inClaim = new List<string>();
        foreach (var name in NamesIn(text))
        {
            (post.NumberOf(name.Folded) >= 0 ? agreed : inClaim).Add(name.Surface);
        }

        var known = text.Concat(context).Select(word => word.Folded).ToHashSet(StringComparer.Ordinal);
        var inPost = NamesIn(post.Text.Spoken).Where(name => !known.Contains(name.Folded)).Select(name => name.Surface);
        return new NameComparison(Bounded(agreed), Bounded(inPost), Bounded(inClaim));
    }

    /// <summary>How many names of a claim the post does not have.</summary>
    internal static int Missing(AnalysedPost post, IReadOnlyList<Word> text)
    {
        var missing = 0;
        foreach (var word in text)
        {
            missing += IsName(word) && post.NumberOf(word.Folded) < 0 ? 1 : 0;
        }

        return missing;
    }

    internal static bool IsName(Word word) => word.IsCapitalised && !word.StartsSentence && word.Surface.Length > 1;

    // A text that capitalises most words (a headline, shouting) does not tell its names.
    private static IEnumerable<Word> NamesIn(IReadOnlyList<Word> words) =>
        words.Count(word => word.IsCapitalised) * 10 > words.Count * 6 && words.Count > 3 ? [] : words.Where(IsName);

    private static IReadOnlyList<string> Bounded(IEnumerable<string> names) => [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)];
}
