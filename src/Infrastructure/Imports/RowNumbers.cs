using Stemma.Domain.Imports;

namespace Stemma.Infrastructure.Imports;

/// <summary>
/// Rows are told apart by a number that only rises. It is their line where each has one of its own; where several stand on one it runs ahead of the lines,
/// and by how much is kept.
/// </summary>
internal sealed class RowNumbers
{
    private readonly Lock _turn = new();
    private readonly List<(int From, int Ahead)> _runs = [(0, 0)];
    private int _last;

    /// <summary>The row with its number in the place of its line.</summary>
    public ImportLine Number(ImportLine row)
    {
        lock (_turn)
        {
            _last = Math.Max(row.Line, _last + 1);
            if (_last - row.Line is var ahead && ahead != _runs[^1].Ahead)
            {
                _runs.Add((_last, ahead));
            }

            return row with { Line = _last };
        }
    }

    /// <summary>The line of the row with this number.</summary>
    public int LineOf(int number)
    {
        lock (_turn)
        {
            var (low, high) = (0, _runs.Count - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = _runs[middle].From <= number ? (middle, high) : (low, middle - 1);
            }

            return number - _runs[low].Ahead;
        }
    }
}
