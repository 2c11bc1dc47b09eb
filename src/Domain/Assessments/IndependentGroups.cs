using Stemma.Domain.Sources;

namespace Stemma.Domain.Assessments;

/// <summary>Which sources are tied to which, as keys that tied ones share.</summary>
internal sealed class Ties
{
    /// <summary>The root organization, the bytes, the wire.</summary>
    public const int Reasons = 3;

    private const int None = -1;

    private readonly int[] _keys;

    /// <param name="sources">Sources by place.</param>
    /// <param name="lineage">What is known of them.</param>
    public Ties(IReadOnlyList<SourceId> sources, Lineage lineage)
    {
        var known = new Dictionary<(int Reason, object Value), int>();
        _keys = new int[sources.Count * Reasons];
        for (var place = 0; place < sources.Count; place++)
        {
            var source = sources[place];
            Set(place, Tie.RootOrganization, lineage.RootOf(source));
            Set(place, Tie.ContentHash, lineage.Sources.GetValueOrDefault(source)?.ContentHash);
            Set(place, Tie.SameWire, lineage.WireOf(source));
        }

        Count = known.Count;

        void Set(int place, Tie reason, object? value)
        {
            ref var key = ref _keys[(place * Reasons) + (int)reason];
            if (value is null)
            {
                key = None;
            }
            else if (!known.TryGetValue(((int)reason, value), out key))
            {
                key = known.Count;
                known.Add(((int)reason, value), key);
            }
        }
    }

    /// <summary>How many keys there are.</summary>
    public int Count { get; }

    /// <summary>The keys of a source, one for each reason that it has; two sources that share one are tied.</summary>
    public IEnumerable<int> Of(int place)
    {
        for (var reason = 0; reason < Reasons; reason++)
        {
            if (Of(place, (Tie)reason) is { } key)
            {
                yield return key;
            }
        }
    }

    /// <summary>The key of a source for one reason, null where it has none.</summary>
    public int? Of(int place, Tie reason) => _keys[(place * Reasons) + (int)reason] is var key && key == None ? null : key;

    /// <summary>Puts tied members together, transitively, within the set. Groups and their members are in the set's order.</summary>
    public List<List<int>> Join(IReadOnlyList<int> set)
    {
        var union = new UnionFind(set.Count);
        var holders = new Dictionary<int, int>();
        for (var i = 0; i < set.Count; i++)
        {
            foreach (var key in Of(set[i]))
            {
                if (!holders.TryAdd(key, i))
                {
                    union.Join(holders[key], i);
                }
            }
        }

        return [.. union.Groups().Select(g => g.ConvertAll(i => set[i]))];
    }
}

/// <summary>Disjoint sets of the numbers from 0 on.</summary>
internal sealed class UnionFind
{
    private readonly int[] _parents;

    public UnionFind(int count)
    {
        _parents = new int[count];
        for (var i = 0; i < count; i++)
        {
            _parents[i] = i;
        }
    }

    /// <summary>Makes the sets of two members one; the smaller number leads.</summary>
    public void Join(int one, int other)
    {
        (one, other) = (Find(one), Find(other));
        if (one != other)
        {
            _parents[Math.Max(one, other)] = Math.Min(one, other);
        }
    }

    /// <summary>The member that leads the set of this one.</summary>
    public int Find(int member)
    {
        while (_parents[member] != member)
        {
            member = _parents[member] = _parents[_parents[member]];
        }

        return member;
    }

    /// <summary>The sets, in the order of their first members; members ascend.</summary>
    public IEnumerable<List<int>> Groups()
    {
        var groups = new Dictionary<int, List<int>>();
        for (var i = 0; i < _parents.Length; i++)
        {
            var leader = Find(i);
            if (!groups.TryGetValue(leader, out var group))
            {
                groups.Add(leader, group = []);
            }

            group.Add(i);
        }

        return groups.Values;
    }
}
