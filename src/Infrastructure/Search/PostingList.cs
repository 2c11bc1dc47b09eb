using System.Runtime.CompilerServices;
namespace Stemma.Infrastructure.Search;

/// <summary>
/// The documents of one segment that have a word, in their order there, and how often. A frequency above <see cref="MostOften"/> counts as that:
/// by then it hardly adds to the score.
/// </summary>
internal sealed class PostingList(int[] locals, byte[] frequencies, int count)
{
    /// <summary>Two frequencies share a byte.</summary>
    public const int MostOften = 15;

    public static PostingList Empty { get; } = new([], [], 0);

    public int Count { get; } = count;

    /// <summary>Documents by their place in the segment, ascending.</summary>
    public ReadOnlySpan<int> Locals => locals.AsSpan(0, Count);

    /// <summary>The frequency in the main text in the high four bits, elsewhere in the low four.</summary>
    public ReadOnlySpan<byte> Frequencies => frequencies.AsSpan(0, Count);

    /// <summary>Which of the postings are of a section's documents, from and to before.</summary>
    public (int From, int To) Within(Section section)
    {
        var from = Locals.BinarySearch(section.First);
        var to = Locals.BinarySearch(section.First + section.Count);
        return (from < 0 ? ~from : from, to < 0 ? ~to : to);
    }

    public static byte Frequency(IReadOnlyList<int> places)
    {
        var (main, other) = (0, 0);
        for (var i = 0; i < places.Count; i++)
        {
            if ((places[i] & 1) == 0)
            {
                main++;
            }
            else
            {
                other++;
            }
        }

        return Frequency(main, other);
    }

    public static byte Frequency(int main, int other) => (byte)((Math.Min(main, MostOften) << 4) | Math.Min(other, MostOften));

    /// <summary>Documents that have either word; of two frequencies the higher counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static PostingList Union(PostingList a, PostingList b)
    {
        if (a.Count == 0 || b.Count == 0)
        {
            return a.Count == 0 ? b : a;
        }

        var locals = new int[a.Count + b.Count];
        var frequencies = new byte[locals.Length];
        var (i, j, n) = (0, 0, 0);
        while (i < a.Count || j < b.Count)
        {
            if (j == b.Count || (i < a.Count && a.Locals[i] < b.Locals[j]))
            {
                (locals[n], frequencies[n++]) = (a.Locals[i], a.Frequencies[i++]);
            }
            else if (i == a.Count || b.Locals[j] < a.Locals[i])
            {
                (locals[n], frequencies[n++]) = (b.Locals[j], b.Frequencies[j++]);
            }
            else
            {
                var (fa, fb) = (a.Frequencies[i++], b.Frequencies[j]);
                (locals[n], frequencies[n++]) = (b.Locals[j++], (byte)(Math.Max(fa & 0xF0, fb & 0xF0) | Math.Max(fa & 0x0F, fb & 0x0F)));
            }
        }

        return new(locals, frequencies, n);
    }

    /// <summary>Documents in which the words stand at these distances from the first, all in the main text or all elsewhere.</summary>
    public static PostingList Phrase(IReadOnlyList<PostingList> words, IReadOnlyList<PlaceList> places, IReadOnlyList<int> offsets)
    {
        var rarest = words.MinBy(w => w.Count)!;
        var locals = new List<int>();
        var frequencies = new List<byte>();
        var at = new int[words.Count];
        foreach (var local in rarest.Locals)
        {
            if (!Enumerable.Range(0, words.Count).All(w => words[w].Has(local, ref at[w])))
            {
                continue;
            }

            var (main, other) = (0, 0);
            foreach (var place in places[0].Of(at[0]))
            {
                var all = true;
                for (var w = 1; w < words.Count && all; w++)
                {
                    all = places[w].Of(at[w]).BinarySearch(place + (2 * offsets[w])) >= 0;
                }

                if (all)
                {
                    _ = (place & 1) == 0 ? main++ : other++;
                }
            }

            if (main + other > 0)
            {
                locals.Add(local);
                frequencies.Add(Frequency(main, other));
            }
        }

        return new([.. locals], [.. frequencies], locals.Count);
    }

    /// <summary>Whether a document is here; <paramref name="at"/> goes forward from call to call, as the documents asked for do.</summary>
    private bool Has(int local, ref int at)
    {
        var found = Locals[at..].BinarySearch(local);
        at += found >= 0 ? found : ~found;
        return found >= 0;
    }

    /// <summary>What <c>search_postings.postings</c> holds: for each document the distance from the one before, then the frequencies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static PostingList Decode(ReadOnlySpan<byte> packed, int count)
    {
        var locals = GC.AllocateUninitializedArray<int>(count);
        var frequencies = GC.AllocateUninitializedArray<byte>(count);
        var (at, local) = (0, -1);
        for (var i = 0; i < count; i++)
        {
            int b = packed[at++];
            var distance = b & 0x7F;
            for (var shift = 7; b >= 0x80; shift += 7)
            {
                b = packed[at++];
                distance |= (b & 0x7F) << shift;
            }

            local += distance;
            locals[i] = local;
            frequencies[i] = packed[at++];
        }

        return new(locals, frequencies, count);
    }
}

/// <summary>Where a word stands in each document of its posting list.</summary>
internal sealed class PlaceList(int[] starts, int[] places)
{
    public ReadOnlySpan<int> Of(int posting) => places.AsSpan(starts[posting], starts[posting + 1] - starts[posting]);

    /// <summary>What <c>search_postings.positions</c> holds: for each document how many, then the distances.</summary>
    public static PlaceList Decode(ReadOnlySpan<byte> packed, int count)
    {
        var starts = new int[count + 1];
        var places = new List<int>(count * 2);
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var place = 0;
            for (var left = Packed.Read(packed, ref at); left > 0; left--)
            {
                place += Packed.Read(packed, ref at);
                places.Add(place);
            }

            starts[i + 1] = places.Count;
        }

        return new(starts, [.. places]);
    }
}

/// <summary>Puts a posting list together, document after document.</summary>
internal sealed class PostingWriter
{
    private readonly List<byte> _postings = [];
    private readonly List<byte> _positions = [];
    private int _last = -1;

    public int Count { get; private set; }

    public byte[] Postings => [.. _postings];

    public byte[] Positions => [.. _positions];

    public void Add(int local, ReadOnlySpan<int> places, byte frequency)
    {
        Packed.Write(_postings, local - _last);
        _postings.Add(frequency);
        Packed.Write(_positions, places.Length);
        var before = 0;
        foreach (var place in places)
        {
            Packed.Write(_positions, place - before);
            before = place;
        }

        _last = local;
        Count++;
    }
}

/// <summary>Whole numbers in as many bytes as they need, seven bits in each, the low ones first.</summary>
internal static class Packed
{
    public static void Write(List<byte> into, int number)
    {
        var rest = (uint)number;
        while (rest >= 0x80)
        {
            into.Add((byte)(rest | 0x80));
            rest >>= 7;
        }

        into.Add((byte)rest);
    }

    public static int Read(ReadOnlySpan<byte> packed, ref int at)
    {
        int b = packed[at++];
        var number = b & 0x7F;
        for (var shift = 7; b >= 0x80; shift += 7)
        {
            b = packed[at++];
            number |= (b & 0x7F) << shift;
        }

        return number;
    }
}
