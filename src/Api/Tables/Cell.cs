using System.Text;

namespace Stemma.Api.Tables;

/// <summary>What stands in a cell of a table, and how it is kept from being taken for something else.</summary>
internal static class Cell
{
    /// <summary>Between the items of a list; <c>\|</c> is one of an item's own, <c>\\</c> a backslash.</summary>
    private const char Separator = '|';

    /// <summary>
    /// Spreadsheets take text that begins so for a formula and run it. An apostrophe before it tells them that it is text; it is put before text that begins with
    /// apostrophes and then so too, and one is taken away again in reading, so that nothing is lost.
    /// </summary>
    private const string OfFormulas = "=+-@\t\r";

    public static string Harmless(string text) => IsLikeFormula(text.AsSpan().TrimStart('\'')) ? "'" + text : text;

    public static string Plain(string cell) => cell.StartsWith('\'') && IsLikeFormula(cell.AsSpan().TrimStart('\'')) ? cell[1..] : cell;

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

    private static bool IsLikeFormula(ReadOnlySpan<char> text) => text.Length > 0 && OfFormulas.Contains(text[0], StringComparison.Ordinal);
}
