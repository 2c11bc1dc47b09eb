using System.Runtime.CompilerServices;
namespace Stemma.Infrastructure.Search;

/// <summary>
/// What matches a part of a query: keys in ascending order, each with its score. In the languages of <see cref="Stops"/> the part is made of stop
/// words alone and asks for nothing.
/// </summary>
internal sealed class Matches(int[] keys, float[]? scores, int count, ulong stops = 0)
{
    public static Matches None { get; } = new([], null, 0);

    public int Count { get; } = count;

    /// <summary>One bit for each configuration.</summary>
    public ulong Stops { get; } = stops;

    public bool IsVacuous => Stops == ulong.MaxValue;

    public ReadOnlySpan<int> Keys => keys.AsSpan(0, Count);

    public float ScoreAt(int index) => scores is null ? 0 : scores[index];

    public Matches WithStops(ulong stops) => new(keys, scores, Count, stops);

    /// <summary>Whether a key is here; <paramref name="at"/> goes forward from call to call, as the keys asked for do.</summary>
    public bool Has(int key, ref int at)
    {
        if (at < Count && keys[at] < key)
        {
            // Gallop, then halve: cheap for near keys and for far ones.
            var step = 1;
            while (at + step < Count && keys[at + step] < key)
            {
                at += step;
                step <<= 1;
            }

            var (low, high) = (at + 1, Math.Min(at + step, Count));
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (keys[middle] < key)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            at = low;
        }

        return at < Count && keys[at] == key;
    }

    /// <summary>Keys of either; scores add up, or the higher counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Matches Union(Matches a, Matches b, bool highest = false)
    {
        if (a.Count == 0 || b.Count == 0)
        {
            return (a.Count == 0 ? b : a).WithStops(a.Stops & b.Stops);
        }

        var keys = GC.AllocateUninitializedArray<int>(a.Count + b.Count);
        var scores = GC.AllocateUninitializedArray<float>(keys.Length);
        var (i, j, n) = (0, 0, 0);
        var ka = a.Keys;
        var kb = b.Keys;
        while (i < ka.Length || j < kb.Length)
        {
            if (j == kb.Length || (i < ka.Length && ka[i] < kb[j]))
            {
                (keys[n], scores[n++]) = (ka[i], a.ScoreAt(i++));
            }
            else if (i == ka.Length || kb[j] < ka[i])
            {
                (keys[n], scores[n++]) = (kb[j], b.ScoreAt(j++));
            }
            else
            {
                var (sa, sb) = (a.ScoreAt(i++), b.ScoreAt(j));
                (keys[n], scores[n++]) = (kb[j++], highest ? Math.Max(sa, sb) : sa + sb);
            }
        }

        return new(keys, scores, n, a.Stops & b.Stops);
    }

    public Matches Except(Matches without)
    {
        var at = 0;
        return without.Count == 0 ? this : Where(key => !without.Has(key, ref at));
    }

    /// <summary>Asked of each key in ascending order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Matches Where(Predicate<int> keep)
    {
        var kept = GC.AllocateUninitializedArray<int>(Count);
        var keptScores = GC.AllocateUninitializedArray<float>(Count);
        var n = 0;
        for (var i = 0; i < Count; i++)
        {
            if (keep(keys[i]))
            {
                (kept[n], keptScores[n++]) = (keys[i], ScoreAt(i));
            }
        }

        return new(kept, keptScores, n, Stops);
    }

    /// <summary>
    /// Keys that all parts have, but for a part that asks for nothing in the language of a key; scores add up in the order of the parts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Matches All(IReadOnlyList<Matches> parts, Func<int, byte> configurationOf)
    {
        var asking = parts.Where(p => !p.IsVacuous).ToList();
        if (asking.Count == 0)
        {
            return None.WithStops(ulong.MaxValue);
        }

        var stops = asking.Aggregate(ulong.MaxValue, (all, p) => all & p.Stops);
        if (asking.Count == 1)
        {
            return asking[0];
        }

        // Starting from the fewest; where every part is lenient somewhere, from all.
        var start = asking.Where(p => p.Stops == 0).MinBy(p => p.Count)
            ?? asking.Aggregate((a, b) => Union(a, b));
        var keys = start.Keys.ToArray();
        var count = keys.Length;
        foreach (var part in asking.Where(p => p != start).OrderBy(p => p.Stops == 0 ? 0 : 1).ThenBy(p => p.Count))
        {
            var (kept, at) = (0, 0);
            for (var i = 0; i < count; i++)
            {
                if (part.Has(keys[i], ref at) || (part.Stops != 0 && (part.Stops >> configurationOf(keys[i]) & 1) != 0))
                {
                    keys[kept++] = keys[i];
                }
            }

            count = kept;
        }

        var scores = new float[count];
        foreach (var part in asking)
        {
            var at = 0;
            for (var i = 0; i < count; i++)
            {
                if (part.Has(keys[i], ref at))
                {
                    scores[i] += part.ScoreAt(at);
                }
            }
        }

        return new(keys, scores, count, stops);
    }
}
