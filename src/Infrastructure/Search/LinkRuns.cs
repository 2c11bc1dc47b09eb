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

    private LinkRuns(int[] claims, int[] starts, byte[] stances, byte[] stanceBits) => (Claims, _starts, Stances, StanceBits) = (claims, starts, stances, stanceBits);

    /// <summary>The numbers of the claims, ascending: one for each run.</summary>
    public int[] Claims { get; }

    /// <summary>Of each run, the stances of its links: a bit for each.</summary>
    public byte[] Stances { get; }

    /// <summary>Of each of the segment's labels, the bit of the stance that it is.</summary>
    public byte[] StanceBits { get; }

    /// <summary>Where a run begins; where the one before it ends.</summary>
    public int StartOf(int run) => _starts[run];

    /// <param name="section">Of corroborations.</param>
    /// <param name="labels">The segment's.</param>
    public static LinkRuns Of(Section section, string[] labels)
    {
        var numbers = section.Numbers;
        var bits = Array.ConvertAll(labels, l => (byte)(Array.IndexOf(AllStances, l) is >= 0 and var bit ? 1 << bit : 0));
        var (claims, starts, stances) = (new List<int>(), new List<int>(), new List<byte>());
        for (var i = 0; i < section.Count; i++)
        {
            if (i == 0 || numbers[i] != numbers[i - 1])
            {
                claims.Add(numbers[i]);
                starts.Add(i);
                stances.Add(0);
            }

            stances[^1] |= bits[section.Stances[i]];
        }

        return new([.. claims], [.. starts, section.Count], [.. stances], bits);
    }

    /// <summary>The runs of these claims, of which <paramref name="first"/> is the lowest, ascending; in an array of the shared pool.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ArraySegment<int> Of(KeySet claims, int first)
    {
        var from = Find(first, 0);
        var among = Claims.AsSpan(0, Find(claims.Size, from));
        var bits = claims.Bits;
        var (found, n) = (ArrayPool<int>.Shared.Rent(among.Length - from + 1), 0);
        for (var run = from; run < among.Length; run++)
        {
            found[n] = run;
            n += (int)(bits[among[run] >> 6] >> among[run]) & 1;
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
