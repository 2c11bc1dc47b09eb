using System.Globalization;

namespace Stemma.Domain.Search.Matching;

/// <summary>A word as it stands in a text.</summary>
/// <param name="Surface">The word as written, without a possessive 's.</param>
/// <param name="Position">Its place among the text's words, from 0.</param>
/// <param name="StartsSentence">Whether it is the first word of a sentence or of a quotation, where a capital says nothing.</param>
public sealed record Word(string Surface, int Position, bool StartsSentence)
{
    /// <summary>The word in lower case, for comparison.</summary>
    public string Folded { get; } = Fold(Surface);

    /// <summary>Whether the word begins with a capital letter.</summary>
    public bool IsCapitalised => char.IsUpper(Surface[0]);

    /// <summary>The words of a text in their order: letters and digits, with the hyphens, apostrophes, dots (U.S.) and commas (1,000) inside them.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="limit">How many words to read at most.</param>
    public static IReadOnlyList<Word> In(string text, int limit = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<Word>();
        var startsSentence = true;
        var i = 0;
        while (i < text.Length && words.Count < limit)
        {
            if (!IsPart(text[i]))
            {
                startsSentence |= text[i] is '.' or '!' or '?' or ':' or '\n' or '…'
                    || (text[i] is '"' or '\'' or '‘' or '“' or '„' or '«' && i + 1 < text.Length && IsPart(text[i + 1]));
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && (IsPart(text[i]) || Joins(text, start, i)))
            {
                i++;
            }

            var end = i - start > 2 && text[i - 2] is '\'' or '’' && text[i - 1] is 's' or 'S' ? i - 2 : i;
            words.Add(new Word(text[start..end], words.Count, startsSentence));
            startsSentence = false;
        }

        return words;
    }

    /// <summary>Lower case, letter by letter, the same in every culture.</summary>
    internal static string Fold(string text) => string.Create(text.Length, text, static (folded, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            folded[i] = char.ToLowerInvariant(from[i]);
        }
    });

    private static bool IsPart(char letter) =>
        char.IsLetterOrDigit(letter)
        || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // A mark joins when it stands between two parts of a word: don't, e-mail, 1,000, 2.5; a dot between letters only after a single one: U.S.
    private static bool Joins(string text, int start, int at)
    {
        if (at == start || at + 1 >= text.Length || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(text[at + 1]))
        {
            return false;
        }

        var betweenDigits = char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]);
        return text[at] switch
        {
            '\'' or '’' or '-' => true,
            ',' => betweenDigits,
            '.' => betweenDigits || (char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]) && (at - 1 == start || text[at - 2] == '.')),
            _ => false,
        };
    }
}
