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
        var roots = new Dictionary<SourceId, int>();
        var hashes = new Dictionary<string, int>();
        var wires = new Dictionary<SourceId, int>();
        _keys = new int[sources.Count * Reasons];
        for (var place = 0; place < sources.Count; place++)
        {
            var source = sources[place];
            var at = place * Reasons;
            _keys[at + (int)Tie.RootOrganization] = Key(roots, lineage.RootOf(source));
            _keys[at + (int)Tie.ContentHash] = lineage.Sources.GetValueOrDefault(source)?.ContentHash is { } hash ? Key(hashes, hash) : None;
            _keys[at + (int)Tie.SameWire] = lineage.WireOf(source) is { } wire ? Key(wires, wire) : None;
        }

        int Key<T>(Dictionary<T, int> known, T value)
            where T : notnull
        {
            if (!known.TryGetValue(value, out var key))
            {
                known.Add(value, key = Count++);
            }

            return key;
        }
    }

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

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
            foreach (var key in _keys.AsSpan(set[i] * Reasons, Reasons))
            {
                if (key != None && !holders.TryAdd(key, i))
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
