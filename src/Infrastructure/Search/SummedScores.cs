using System.Buffers;
using System.Runtime.CompilerServices;

namespace Stemma.Infrastructure.Search;

/// <summary>Claims' scores by their own words, added up word by word. Used once: <see cref="Best"/> gives its memory back.</summary>
internal sealed class SummedScores(int size)
{
    private readonly float[] _scores = Rent(size);
    private readonly KeySet _found = new(size);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(Segment segment, PostingList postings, float rarity, float averageLength, float k1, float b)
    {
        var claims = segment[SearchedType.Claim];
        var anyDead = segment.DeadCount > 0;
        var locals = postings.Locals;
        var frequencies = postings.Frequencies;
        for (var i = 0; i < locals.Length && locals[i] < claims.Count; i++)
        {
            if (anyDead && !segment.IsLive(locals[i]))
            {
                continue;
            }

            ref var claim = ref claims.Extents[locals[i]];
            float frequency = (frequencies[i] >> 4) + (frequencies[i] & 0x0F);
            _scores[claim.Number] += rarity * frequency * (k1 + 1) / (frequency + (k1 * (1 - b + (b * (claim.Main + claim.Other) / averageLength))));
            _found.Add(claim.Number);
        }
    }

    /// <summary>Numbers of the claims with the highest scores; of equals the older.</summary>
    public List<int> Best(int count, int without)
    {
        var best = new PriorityQueue<int, (float Score, int Age)>();
        foreach (var number in _found.ToKeys())
        {
            if (number != without && (best.Count < count || _scores[number] > _scores[best.Peek()]))
            {
                best.Enqueue(number, (_scores[number], -number));
                if (best.Count > count)
                {
                    best.Dequeue();
                }
            }
        }

        ArrayPool<float>.Shared.Return(_scores);
        return [.. best.UnorderedItems.Select(i => i.Element)];
    }

    private static float[] Rent(int size)
    {
        var scores = ArrayPool<float>.Shared.Rent(size);
        Array.Clear(scores, 0, size);
        return scores;
    }
}
