using System.Globalization;
using System.Text;

namespace Stemma.Domain.Reconciliation;

/// <summary>
/// Texts as they are compared. The tables of Unicode that this takes are the database's (<see cref="IWordings"/>): it says what a text is without accents, and
/// what it is in the form NFC.
/// </summary>
/// <param name="unaccented">Of names that <see cref="IsPlain"/> does not hold of, what they are without accents.</param>
/// <param name="composed">Of texts that <see cref="IsComposed"/> does not hold of, their NFC.</param>
public sealed class Wording(IReadOnlyDictionary<string, string> unaccented, IReadOnlyDictionary<string, string> composed)
{
    /// <summary>Whether it surely has no accents: it is ASCII.</summary>
    public static bool IsPlain(string text) => Ascii.IsValid(text);

    /// <summary>Whether it surely is in the form NFC: nothing before U+0300 composes.</summary>
    public static bool IsComposed(string text) => text.AsSpan().IndexOfAnyExceptInRange('\0', '\u02FF') < 0;

    /// <summary>The text in the form NFC.</summary>
    public string Composed(string text) => composed.GetValueOrDefault(text, text);

    /// <summary>
    /// A name without case, accents and punctuation, its words parted by single spaces: "U.S. – Côte d’Ivoire" is "us cote divoire". What stands inside
    /// a word goes, what stands between words parts them.
    /// </summary>
    public string Name(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in unaccented.GetValueOrDefault(text, text).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(letter) || (IsMark(letter) && !IsAccent(letter)))
            {
                folded.Append(Rune.ToLowerInvariant(letter).ToString());
            }
            else if (IsMark(letter) || letter.Value is '.' or '\'' or '’' or '`' or '´')
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
    public string Statement(string text)
    {
        var words = string.Join(' ', Composed(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Trim('"', '“', '”', '„', '«', '»', ' ').TrimEnd('.').TrimEnd('"', '”', '“', '»').ToLowerInvariant();
    }

    /// <summary>The runs of three characters in the words of a folded name, by which <see cref="Likeness"/> compares.</summary>
    public static IReadOnlySet<string> Runs(string folded)
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

    /// <summary>How alike two names are by their runs, from 0 to 1: how many both have as a share of all (PostgreSQL's <c>similarity</c>).</summary>
    public static double Likeness(IReadOnlySet<string> one, IReadOnlySet<string> other)
    {
        var common = one.Count(other.Contains);
        return one.Count + other.Count - common is > 0 and var all ? (double)common / all : 0;
    }

    private static bool IsMark(Rune letter) =>
        Rune.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Accents, the vowel points of Arabic and Hebrew, and selectors of a glyph. The marks of other scripts are letters: कुमार is not कुमारी.</summary>
    private static bool IsAccent(Rune mark) => mark.Value is (>= 0x0300 and <= 0x036F) or (>= 0x0591 and <= 0x05C7) or (>= 0x064B and <= 0x0652) or (>= 0xFE00 and <= 0xFE0F);
}
