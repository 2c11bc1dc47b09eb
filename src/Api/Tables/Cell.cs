using System.Text;
using System.Text.RegularExpressions;

namespace Stemma.Api.Tables;

/// <summary>What stands in a cell of a table, and how it is kept from being taken for something else.</summary>
internal static partial class Cell
{
    /// <summary>Between the items of a list; <c>\|</c> is one of an item's own, <c>\\</c> a backslash.</summary>
    private const char Separator = '|';

    /// <summary>Where spreadsheets see a cell begin: at the beginning, and, where they split at something else than commas, behind these.</summary>
    private const string Begins = @"(?<=\A|[;\t\r\n])";

    /// <summary>What they take for the beginning of a formula, and run; apostrophes and quotes may stand before it. White space at the beginning of all they leave out.</summary>
    private const string LikeFormula = @"(?:(?=['""]*[=+\-@＝＋－＠])|(?<=\A'?)(?=['""]*[\t\r\n]))";

    /// <summary>
    /// With an apostrophe before all that a spreadsheet would take for a formula: it tells that it is text. What has one there already gets another, and one is taken
    /// away again in reading, so that nothing is lost.
    /// </summary>
    public static string Harmless(string text) => BeforeFormulas().Replace(text, "'");

    public static string Plain(string cell) => OfHarmless().Replace(cell, "");

    public static string List(IEnumerable<string> items) => string.Join(Separator, items.Select(Escape));

    /// <summary>The items of a list, without white space around them; none is empty.</summary>
    public static List<string> Items(string cell)
    {
        var items = new List<string>();
        var item = new StringBuilder();
        var (from, to) = (-1, 0);
        for (var i = 0; i < cell.Length; i++)
        {
            var isEscaped = cell[i] == '\\' && i + 1 < cell.Length && (cell[i + 1] is '\\' or Separator || char.IsWhiteSpace(cell[i + 1]));
            if (cell[i] == Separator)
            {
                Take();
                continue;
            }

            i += isEscaped ? 1 : 0;
            item.Append(cell[i]);
            if (isEscaped || !char.IsWhiteSpace(cell[i]))
            {
                (from, to) = (from < 0 ? item.Length - 1 : from, item.Length);
            }
        }

        Take();
        return items;

        void Take()
        {
            if (from >= 0)
            {
                items.Add(item.ToString(from, to - from));
            }

            item.Clear();
            (from, to) = (-1, 0);
        }
    }

    /// <summary>White space at either end of an item is its own where a backslash stands before it.</summary>
    private static string Escape(string item)
    {
        var escaped = new StringBuilder(item.Length);
        var (first, last) = (item.Length - item.AsSpan().TrimStart().Length, item.AsSpan().TrimEnd().Length);
        for (var i = 0; i < item.Length; i++)
        {
            if (item[i] is '\\' or Separator || i < first || i >= last)
            {
                escaped.Append('\\');
            }

            escaped.Append(item[i]);
        }

        return escaped.ToString();
    }

    [GeneratedRegex(Begins + LikeFormula, RegexOptions.CultureInvariant)]
    private static partial Regex BeforeFormulas();

    [GeneratedRegex(Begins + "'" + LikeFormula, RegexOptions.CultureInvariant)]
    private static partial Regex OfHarmless();
}
