using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Infrastructure.Imports;

/// <summary>Counts faults and faulty rows, keeps the first few, and hands all on.</summary>
internal sealed class FaultLog(IFaultSink sink, RowNumbers numbers)
{
    private const int Block = 500;

    private readonly List<RowFault> _first = [];
    private readonly List<RowFault> _waiting = [];
    private readonly Dictionary<ResourceType, long> _failed = [];

    /// <summary>A bit for each row: five million of them take 625 kB.</summary>
    private ulong[] _faulty = new ulong[1024];

    /// <summary>How many faults there are.</summary>
    public long Count { get; private set; }

    /// <summary>How many rows have any.</summary>
    public long Rows { get; private set; }

    public long RowsOf(ResourceType type) => _failed.GetValueOrDefault(type);

    /// <summary>The first of them, in the order of their lines.</summary>
    public IReadOnlyList<RowFault> First()
    {
        Trim();
        return [.. _first];
    }

    /// <summary>The line of the row with this number.</summary>
    public int LineOf(int row) => numbers.LineOf(row);

    public async Task Add(int row, ResourceType? type, IReadOnlyList<Fault> faults, CancellationToken cancel)
    {
        Mark(row, type);
        foreach (var fault in faults)
        {
            var named = new RowFault(LineOf(row), type, fault.Path, fault.Message);
            Count++;
            _first.Add(named);
            _waiting.Add(named);
        }

        if (_first.Count > Block)
        {
            Trim();
        }

        if (_waiting.Count >= Block)
        {
            await Flush(cancel);
        }
    }

    public async Task Flush(CancellationToken cancel)
    {
        if (_waiting.Count > 0)
        {
            await sink.Add([.. _waiting], cancel);
            _waiting.Clear();
        }
    }

    private void Mark(int row, ResourceType? type)
    {
        var (word, bit) = (row / 64, 1UL << (row % 64));
        if (word >= _faulty.Length)
        {
            Array.Resize(ref _faulty, Math.Max(word + 1, _faulty.Length * 2));
        }

        if ((_faulty[word] & bit) == 0)
        {
            _faulty[word] |= bit;
            Rows++;
            if (type is { } known)
            {
                _failed[known] = _failed.GetValueOrDefault(known) + 1;
            }
        }
    }

    private void Trim()
    {
        var kept = _first.OrderBy(f => f.Line).Take(ImportReport.MaxFaults).ToList();
        _first.Clear();
        _first.AddRange(kept);
    }
}
