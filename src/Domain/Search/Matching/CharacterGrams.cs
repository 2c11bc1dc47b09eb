namespace Stemma.Domain.Search.Matching;

/// <summary>Four letters in a row, hashed: they find a word inside a hashtag or compound and in another inflection.</summary>
internal static class CharacterGrams
{
    private const int Length = 4;

    public static void AddTo(HashSet<int> grams, string word)
    {
        for (var i = 0; i + Length <= word.Length; i++)
        {
            grams.Add(string.GetHashCode(word.AsSpan(i, Length), StringComparison.Ordinal));
        }
    }

    /// <summary>The share of a word's four-letter sequences among those given; nothing for a word of fewer than five letters.</summary>
    public static double Share(HashSet<int> grams, string word)
    {
        if (word.Length <= Length)
        {
            return 0;
        }

        var shared = 0;
        for (var i = 0; i + Length <= word.Length; i++)
        {
            shared += grams.Contains(string.GetHashCode(word.AsSpan(i, Length), StringComparison.Ordinal)) ? 1 : 0;
        }

        return (double)shared / (word.Length - Length + 1);
    }
}
