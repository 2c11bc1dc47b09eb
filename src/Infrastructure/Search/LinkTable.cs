using System.Runtime.CompilerServices;

namespace Stemma.Infrastructure.Search;

/// <summary>
/// The links of several stored segments together, claim by claim: of each claim its sources, each once, and its stances. Dead links are among them, as a
/// segment's columns never change: claims that have such are counted apart.
/// </summary>
internal sealed class LinkTable
{
    private readonly HashSet<int> _segments;
    private readonly int[] _starts;
    private readonly int[] _sources;
    private readonly byte[] _stances;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LinkTable(IReadOnlyList<Segment> segments)
    {
        _segments = [.. segments.Select(s => s.Id)];
        var all = segments.Select(s => (Section: s[SearchedType.Corroboration], Runs: s[SearchedType.Corroboration].Links!)).ToList();
        var size = all.Max(s => s.Section.Count == 0 ? 0 : s.Section.Numbers[s.Section.Count - 1]) + 1;
        LinkCount = all.Sum(s => (long)s.Section.Count);
        _starts = new int[size + 1];
        _stances = new byte[size];
        _sources = new int[LinkCount];

        // First how many each claim has, then where the last of them is to stand.
        foreach (var (section, runs) in all)
        {
            for (var run = 0; run < runs.Claims.Length; run++)
            {
                _starts[runs.Claims[run]] += runs.StartOf(run + 1) - runs.StartOf(run);
                _stances[runs.Claims[run]] |= runs.Stances[run];
            }
        }

        for (var claim = 1; claim <= size; claim++)
        {
            _starts[claim] += _starts[claim - 1];
        }

        foreach (var (section, _) in all)
        {
            for (var i = 0; i < section.Count; i++)
            {
                _sources[--_starts[section.Numbers[i]]] = section.SourceNumbers[i];
            }
        }

        KeepEachOnce();
    }

    /// <summary>How many links its segments have.</summary>
    public long LinkCount { get; }

    public bool Has(Segment segment) => segment.Id != 0 && _segments.Contains(segment.Id);

    /// <summary>Whether all its segments are among these.</summary>
    public bool IsWithin(IReadOnlyList<Segment> segments) => segments.Count(Has) == _segments.Count;

    /// <summary>Counts what the links of claims have, each source and each stance once for a claim.</summary>
    /// <param name="claims">Numbers, ascending.</param>
    /// <param name="apart">Those that are to be counted in another way.</param>
    /// <param name="sources">By number.</param>
    /// <param name="claimsOfStances">By sets of stances.</param>
    /// <returns>The claims that were left out for <paramref name="apart"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public List<int> Count(ReadOnlySpan<int> claims, KeySet apart, int[] sources, int[] claimsOfStances)
    {
        var left = new List<int>();
        foreach (var claim in claims)
        {
            if (apart.Has(claim))
            {
                left.Add(claim);
            }
            else if (claim < _stances.Length)
            {
                claimsOfStances[_stances[claim]]++;
                foreach (var source in _sources.AsSpan(_starts[claim], _starts[claim + 1] - _starts[claim]))
                {
                    sources[source]++;
                }
            }
        }

        return left;
    }

    /// <summary>A source's further links of a claim point to no source: 0.</summary>
    private void KeepEachOnce()
    {
        for (var claim = 0; claim < _stances.Length; claim++)
        {
            var its = _sources.AsSpan(_starts[claim], _starts[claim + 1] - _starts[claim]);
            if (its.Length > 1)
            {
                its.Sort();
                for (var i = its.Length - 1; i > 0; i--)
                {
                    its[i] = its[i] == its[i - 1] ? 0 : its[i];
                }
            }
        }
    }
}

/// <summary>
/// Keeps one table for all queries. It is made beside them, when a set of segments is asked for again, and serves as long as its segments are there; what is in
/// newer ones is counted apart.
/// </summary>
internal sealed class LinkTables
{
    /// <summary>When so small a part of the links is not in the table, it is made anew.</summary>
    private const int Part = 8;

    private readonly Lock _lock = new();
    private LinkTable? _table;
    private int[] _askedLast = [];
    private bool _isBeingMade;

    /// <summary>The table, where there is one for these segments.</summary>
    public LinkTable? For(IReadOnlyList<Segment> segments)
    {
        var stored = segments.Where(s => s.Id != 0 && s[SearchedType.Corroboration].Count > 0).ToList();
        lock (_lock)
        {
            var table = _table is { } kept && kept.IsWithin(stored) ? kept : null;
            var links = stored.Sum(s => (long)s[SearchedType.Corroboration].Count);
            if (!_isBeingMade && stored.Count > 0 && links - (table?.LinkCount ?? 0) > links / Part)
            {
                int[] asked = [.. stored.Select(s => s.Id)];
                if (asked.AsSpan().SequenceEqual(_askedLast))
                {
                    _isBeingMade = true;
                    _ = Task.Run(() => Make(stored));
                }

                _askedLast = asked;
            }

            return table;
        }
    }

    private void Make(IReadOnlyList<Segment> segments)
    {
        LinkTable? made = null;
        try
        {
            made = new(segments);
        }
        finally
        {
            lock (_lock)
            {
                (_table, _isBeingMade) = (made ?? _table, false);
            }
        }
    }
}
