namespace Stemma.Domain.Search;

/// <summary>How far a word as typed is from one that is known: Damerau–Levenshtein, restricted (no letter is changed twice).</summary>
public static class Spelling
{
    /// <summary>How many slips a word of this length may have and still mean another: none up to two letters, one up to five, else two.</summary>
    public static int Tolerance(int length) => length switch
    {
        <= 2 => 0,
        <= 5 => 1,
        _ => 2,
    };

    /// <summary>Letters left out, added, replaced or swapped with their neighbour to get from one to the other.</summary>
    /// <param name="typed">The word as typed.</param>
    /// <param name="known">The word that it may mean.</param>
    /// <param name="isPrefix">Whether typing has not ended: then what <paramref name="known"/> has beyond it costs nothing.</param>
    public static int Distance(ReadOnlySpan<char> typed, ReadOnlySpan<char> known, bool isPrefix = false)
    {
        // Three rows of the usual table: known runs down, typed runs across.
        var width = typed.Length + 1;
        Span<int> twoAbove = stackalloc int[width];
        Span<int> above = stackalloc int[width];
        Span<int> row = stackalloc int[width];
        for (var i = 0; i < width; i++)
        {
            row[i] = i;
        }

        var least = row[^1];
        for (var k = 1; k <= known.Length; k++)
        {
            var free = twoAbove;
            twoAbove = above;
            above = row;
            row = free;
            row[0] = k;
            for (var t = 1; t < width; t++)
            {
                var replaced = above[t - 1] + (known[k - 1] == typed[t - 1] ? 0 : 1);
                row[t] = Math.Min(replaced, 1 + Math.Min(above[t], row[t - 1]));
                if (k > 1 && t > 1 && known[k - 1] == typed[t - 2] && known[k - 2] == typed[t - 1])
                {
                    row[t] = Math.Min(row[t], twoAbove[t - 2] + 1);
                }
            }

            least = Math.Min(least, row[^1]);
        }

        return isPrefix ? least : row[^1];
    }
}
