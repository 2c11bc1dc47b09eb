using System.Globalization;
using System.Text;

namespace Stemma.Domain.Reconciliation;

/// <summary>Texts as they are compared.</summary>
public static class Wording
{
    /// <summary>
    /// A name without case, accents and punctuation, its words parted by single spaces: "U.S. – Côte d’Ivoire" is "us cote divoire". What stands inside
    /// a word goes, what stands between words parts them.
    /// </summary>
    public static string Name(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in Decomposed(text).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(letter))
            {
                folded.Append(Rune.ToLowerInvariant(letter).ToString());
            }
            else if (Rune.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
                || letter.Value is '.' or '\'' or '’' or '`' or '´')
            {
                continue;
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>
    /// A statement without case, with single spaces, without the quotation marks around it and the full stop behind it. All else may change what it says:
    /// a sign, a currency, a question mark.
    /// </summary>
    public static string Statement(string text)
    {
        var words = string.Join(' ', Composed(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Trim('"', '“', '”', '„', '«', '»', ' ').TrimEnd('.').TrimEnd('"', '”', '“', '»').ToLowerInvariant();
    }

    /// <summary>
    /// How alike two folded names are, from 0 to 1: of the runs of three characters in their words, how many both have as a share of all
    /// (PostgreSQL's <c>similarity</c>).
    /// </summary>
    public static double Likeness(string one, string other)
    {
        if (one == other)
        {
            return 1;
        }

        var (mine, its) = (Runs(one), Runs(other));
        var common = mine.Count(its.Contains);
        return mine.Count + its.Count - common is > 0 and var all ? (double)common / all : 0;
    }

    private static HashSet<string> Runs(string folded)
    {
        var runs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in folded.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var padded = $"  {word} ";
            for (var i = 0; i + 3 <= padded.Length; i++)
            {
                runs.Add(padded.Substring(i, 3));
            }
        }

        return runs;
    }

    /// <summary>What no normal form is defined of stays as it is.</summary>
    private static string Decomposed(string text) => text.IsNormalized(NormalizationForm.FormKD) ? text : text.Normalize(NormalizationForm.FormKD);

    private static string Composed(string text) => text.IsNormalized(NormalizationForm.FormKC) ? text : text.Normalize(NormalizationForm.FormKC);
}
