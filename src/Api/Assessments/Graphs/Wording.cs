using System.Globalization;
using System.Text;
using Stemma.Api.Hosting;
using Stemma.Domain.Assessments;
using Stemma.Domain.Corroborations;

namespace Stemma.Api.Assessments.Graphs;

/// <summary>Words of a drawn graph: what users typed, made fit for one line, and what the graph itself says.</summary>
internal static class Wording
{
    private const string More = "…";

    /// <summary>UTF-16 units of one letter with all its accents: more than any script needs.</summary>
    private const int LongestElement = 16;

    private const char ZeroWidthNonJoiner = '\u200c';
    private const char ZeroWidthJoiner = '\u200d';

    /// <summary>
    /// The text as one line: white space and control characters as single blanks, and nothing that is not seen: marks that turn the direction of what
    /// follows, soft hyphens, halves of surrogate pairs, and what XML does not know.
    /// </summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else if (IsSeen(rune))
            {
                line.Append(rune);
            }
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>Breaks it between words, or within those that are too long; what does not fit ends in an ellipsis.</summary>
    /// <param name="text">What a user typed.</param>
    /// <param name="width">Letters of a line.</param>
    /// <param name="most">Lines.</param>
    public static IReadOnlyList<string> Wrap(string text, int width, int most)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in OneLine(text).Split(' '))
        {
            foreach (var (index, piece) in Pieces(word, width).Index())
            {
                // Pieces of one word follow each other without a blank, and each but the last fills its line.
                var (part, length) = piece;
                var blank = used > 0 && index == 0 ? 1 : 0;
                if (used > 0 && used + blank + length > width)
                {
                    if (lines.Count == most - 1)
                    {
                        lines.Add(line + More);
                        return lines;
                    }

                    lines.Add(line.ToString());
                    line.Clear();
                    (used, blank) = (0, 0);
                }

                line.Append(' ', blank).Append(part);
                used += blank + length;
            }
        }

        lines.Add(line.ToString());
        return lines;
    }

    /// <summary>A kebab-case name as words.</summary>
    public static string Words<TEnum>(TEnum value)
        where TEnum : struct, Enum => EnumNames<TEnum>.Of(value).Replace('-', ' ');

    /// <summary>What a source does with the claim, or with another that stands for it.</summary>
    public static string Stance(Stance stance, Bearing bearing) => Words(stance) + bearing switch
    {
        Bearing.Equivalent => " an equivalent claim",
        Bearing.Contradicting => " a contrary claim",
        _ => "",
    };

    public static string Relation(LineageRelation relation) => relation switch
    {
        LineageRelation.CitedIn => "as cited in",
        LineageRelation.SameWire => "on one wire with",
        _ => Words(relation),
    };

    public static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? "" : "s")}");

    public static string Reason(Tie tie) => tie switch
    {
        Tie.RootOrganization => "one organization at the top",
        Tie.ContentHash => "the same bytes",
        Tie.SameWire => "one wire",
        _ => "nobody can tell these unnamed apart",
    };

    /// <summary>What the Admiralty code says.</summary>
    public static string Grade(int credibility) => credibility switch
    {
        1 => "confirmed by other independent sources",
        2 => "probably true",
        3 => "possibly true",
        4 => "doubtful",
        5 => "improbable",
        _ => "truth cannot be judged",
    };

    /// <summary>How many links it has on a side, and how many origins that is.</summary>
    public static string Side(SideAssessment side, string which) =>
        side.LinkCount == 0 ? $"Nothing {which} it"
        : $"{Count(side.LinkCount, "link")} {which} it, {Origins(side)}";

    /// <summary>The credibility, and where it is from.</summary>
    public static string Credibility(Assessment assessment)
    {
        var grade = string.Create(CultureInfo.InvariantCulture, $"Credibility {assessment.Credibility}: {Grade(assessment.Credibility)}");
        var rule = EnumNames<Rule>.Of(assessment.Rule);
        return assessment.Override is null
            ? $"{grade} (rule {rule})"
            : string.Create(CultureInfo.InvariantCulture, $"{grade} (an analyst's grade; derived {assessment.DerivedCredibility}, rule {rule})");
    }

    private static string Origins(SideAssessment side)
    {
        var certain = side.Min == 0 ? "no independent origin" : Count(side.Min, "independent origin");
        return side.Max > side.Min ? string.Create(CultureInfo.InvariantCulture, $"{certain} for certain, {side.Max:N0} at most") : certain;
    }

    private static IEnumerable<(string Part, int Length)> Pieces(string word, int width)
    {
        var piece = new StringBuilder();
        var length = 0;
        for (var rest = word.AsMemory(); rest.Length > 0;)
        {
            var taken = StringInfo.GetNextTextElementLength(rest.Span);
            var element = rest[..Math.Min(taken, LongestElement)];
            rest = rest[taken..];
            if (char.IsHighSurrogate(element.Span[^1]))
            {
                element = element[..^1];
            }

            var wide = IsWide(element.Span) ? 2 : 1;
            if (length + wide > width)
            {
                yield return (piece.ToString(), length);
                piece.Clear();
                length = 0;
            }

            piece.Append(element);
            length += wide;
        }

        yield return (piece.ToString(), length);
    }

    private static bool IsSeen(Rune rune) => rune.Value is not (0xFFFD or ZeroWidthNonJoiner or ZeroWidthJoiner)
        ? Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
        : rune.Value != 0xFFFD;

    /// <summary>Han, kana, Hangul and emoji take the room of two letters.</summary>
    private static bool IsWide(ReadOnlySpan<char> element) => Rune.DecodeFromUtf16(element, out var rune, out _) == System.Buffers.OperationStatus.Done
        && rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
