using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Stemma.Infrastructure.Search;

/// <summary>A set of numbers from 0 to below a bound: a bit for each.</summary>
internal sealed class KeySet(int size)
{
    private readonly ulong[] _bits = new ulong[(size + 63) / 64];

    public ReadOnlySpan<ulong> Bits => _bits;

    /// <summary>The bound.</summary>
    public int Size => size;

    /// <summary>Of numbers that are not negative.</summary>
    public static KeySet Of(IReadOnlyCollection<int> numbers)
    {
        var set = new KeySet(numbers.DefaultIfEmpty(0).Max() + 1);
        foreach (var number in numbers)
        {
            set.Add(number);
        }

        return set;
    }

    public static KeySet Of(Matches matches, int size)
    {
        var set = new KeySet(size);
        foreach (var key in matches.Keys)
        {
            set.Add(key);
        }

        return set;
    }

    /// <summary>Of numbers that ascend.</summary>
    public static KeySet Of(ReadOnlySpan<int> ascending)
    {
        var set = new KeySet(ascending.IsEmpty ? 0 : ascending[^1] + 1);
        foreach (var key in ascending)
        {
            set.Add(key);
        }

        return set;
    }

    /// <summary>How many there are before each 64: what <see cref="RankOf"/> goes by.</summary>
    public int[] Ranks()
    {
        var ranks = new int[_bits.Length];
        for (var word = 1; word < ranks.Length; word++)
        {
            ranks[word] = ranks[word - 1] + BitOperations.PopCount(_bits[word - 1]);
        }

        return ranks;
    }

    /// <summary>How many there are below this one, which is here.</summary>
    public int RankOf(int key, int[] ranks) => ranks[key >> 6] + BitOperations.PopCount(_bits[key >> 6] & ((1UL << key) - 1));

    public void Add(int key) => _bits[key >> 6] |= 1UL << key;

    /// <summary>Also of what is beyond the bound.</summary>
    public bool Has(int key) => (uint)(key >> 6) < (uint)_bits.Length && (_bits[key >> 6] & (1UL << key)) != 0;

    public Matches ToMatches()
    {
        var keys = ToKeys();
        return new(keys, null, keys.Length);
    }

    /// <summary>Ascending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int[] ToKeys()
    {
        var keys = new int[_bits.Sum(BitOperations.PopCount)];
        var n = 0;
        for (var word = 0; word < _bits.Length; word++)
        {
            for (var bits = _bits[word]; bits != 0; bits &= bits - 1)
            {
                keys[n++] = (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return keys;
    }
}

/// <summary>The best score offered for each number from 0 to below a bound. Used once: <see cref="ToMatches"/> gives its memory back.</summary>
internal sealed class BestScores(int size)
{
    private readonly float[] _scores = Rent(size);
    private readonly KeySet _offered = new(size);

    public void Offer(int key, float score)
    {
        ref var best = ref _scores[key];
        if (score > best)
        {
            best = score;
            _offered.Add(key);
        }
    }

    /// <param name="times">What each score is multiplied by.</param>
    /// <param name="stops">Of the matches.</param>
    public Matches ToMatches(float times, ulong stops)
    {
        var keys = _offered.ToKeys();
        var scores = new float[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            scores[i] = times * _scores[keys[i]];
        }

        ArrayPool<float>.Shared.Return(_scores);
        return new(keys, scores, keys.Length, stops);
    }

    private static float[] Rent(int size)
    {
        var scores = ArrayPool<float>.Shared.Rent(size);
        Array.Clear(scores, 0, size);
        return scores;
    }
}
