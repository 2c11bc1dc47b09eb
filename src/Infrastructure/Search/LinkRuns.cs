using System.Buffers;
using System.Runtime.CompilerServices;
using Stemma.Domain.Corroborations;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Search;

/// <summary>The links of a section, claim by claim: they stand together there, as they ascend by their claims' numbers.</summary>
internal sealed class LinkRuns
{
    /// <summary>Each has a bit of its own.</summary>
    public static readonly string[] AllStances = [.. Enum.GetValues<Stance>().Select(StoredNames<Stance>.Of)];

    private readonly int[] _starts;

    private LinkRuns(int[] claims, int[] starts, byte[] stances, byte[] stanceBits, int[] sources) =>
        (Claims, _starts, Stances, StanceBits, Sources) = (claims, starts, stances, stanceBits, sources);

    /// <summary>The numbers of the claims, ascending: one for each run.</summary>
    public int[] Claims { get; }

    /// <summary>Of each run, the stances of its links: a bit for each.</summary>
    public byte[] Stances { get; }

    /// <summary>Of each of the segment's labels, the bit of the stance that it is.</summary>
    public byte[] StanceBits { get; }

    /// <summary>Of each link the number of its source, but 0 where an earlier link of the run has the same source.</summary>
    public int[] Sources { get; }

    /// <summary>Where a run begins; where the one before it ends.</summary>
    public int StartOf(int run) => _starts[run];

    /// <param name="section">Of corroborations.</param>
    /// <param name="labels">The segment's.</param>
    public static LinkRuns Of(Section section, string[] labels)
    {
        var (numbers, own) = (section.Numbers, section.SourceNumbers);
        var bits = Array.ConvertAll(labels, l => (byte)(Array.IndexOf(AllStances, l) is >= 0 and var bit ? 1 << bit : 0));
        var (claims, starts, stances) = (new List<int>(), new List<int>(), new List<byte>());
        var last = new int[section.MostSource + 1];
        Array.Fill(last, -1);
        int[]? once = null;
        for (var i = 0; i < section.Count; i++)
        {
            if (i == 0 || numbers[i] != numbers[i - 1])
            {
                claims.Add(numbers[i]);
                starts.Add(i);
                stances.Add(0);
            }

            stances[^1] |= bits[section.Stances[i]];
            if (last[own[i]] == numbers[i])
            {
                (once ??= [.. own])[i] = 0;
            }

            last[own[i]] = numbers[i];
        }

        return new([.. claims], [.. starts, section.Count], [.. stances], bits, once ?? own);
    }

    /// <summary>The runs of these claims, ascending; in an array of the shared pool.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ArraySegment<int> Of(KeySet claims)
    {
        // Claims beyond the set are gone; dead links may still have them.
        var known = Claims.AsSpan(0, Find(claims.Size, 0));
        var bits = claims.Bits;
        var (found, n) = (ArrayPool<int>.Shared.Rent(known.Length + 1), 0);
        for (var run = 0; run < known.Length; run++)
        {
            found[n] = run;
            n += (int)(bits[known[run] >> 6] >> known[run]) & 1;
        }

        return new(found, 0, n);
    }

    /// <summary>The first run, not before <paramref name="start"/>, whose claim is not below this: cheap for near ones and for far ones.</summary>
    public int Find(int claim, int start)
    {
        var step = 1;
        while (start + step < Claims.Length && Claims[start + step] < claim)
        {
            start += step;
            step <<= 1;
        }

        var (low, high) = (start, Math.Min(start + step, Claims.Length));
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Claims[middle] < claim ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
