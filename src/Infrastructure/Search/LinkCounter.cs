using System.Buffers;
using System.Runtime.CompilerServices;

namespace Stemma.Infrastructure.Search;

/// <summary>
/// Counts the sources and the stances of claims' links, each once for a claim: for some of the claims that match, so that several can count at once.
/// </summary>
internal sealed class LinkCounter
{
    /// <summary>With fewer claims than one in so many links they are looked for one by one; with more, all links are walked.</summary>
    private const int Sparse = 64;

    /// <summary>So many of a claim's sources are gone through; more are looked up.</summary>
    private const int Many = 32;

    private readonly KeySet _claims;
    private readonly int[] _ranks;
    private readonly PerClaim[] _perClaim;
    private readonly Dictionary<int, HashSet<int>> _sourcesOfLong = [];

    /// <summary>The sources counted: each with the place of the one before it of its claim. The first stands for none.</summary>
    private (int Source, int Before)[] _counted;
    private int _count = 1;

    /// <param name="session">Whose segments are walked.</param>
    /// <param name="claims">Numbers, ascending; one at least.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LinkCounter(SearchSession session, ReadOnlySpan<int> claims)
    {
        Sources = new int[FacetCounter.SourcesOf(session)];
        _claims = KeySet.Of(claims);
        _ranks = _claims.Ranks();
        _perClaim = new PerClaim[claims.Length];
        _counted = ArrayPool<(int Source, int Before)>.Shared.Rent((4 * claims.Length) + 1);
        foreach (var segment in session.All)
        {
            var runs = segment[SearchedType.Corroboration].Links!;
            if ((long)claims.Length * Sparse < segment[SearchedType.Corroboration].Count)
            {
                var run = 0;
                foreach (var claim in claims)
                {
                    run = runs.Find(claim, run);
                    if (run < runs.Claims.Length && runs.Claims[run] == claim)
                    {
                        Count(segment, runs, run);
                    }
                }
            }
            else
            {
                var wanted = runs.Of(_claims, claims[0]);
                foreach (var run in wanted.AsSpan())
                {
                    Count(segment, runs, run);
                }

                ArrayPool<int>.Shared.Return(wanted.Array!);
            }
        }

        foreach (var claim in _perClaim)
        {
            ClaimsOfStances[claim.Stances]++;
        }

        ArrayPool<(int Source, int Before)>.Shared.Return(_counted);
    }

    /// <summary>Of each source's number, how many of the claims have a link of it.</summary>
    public int[] Sources { get; }

    /// <summary>How many of the claims have links of just these stances, a bit for each.</summary>
    public int[] ClaimsOfStances { get; } = new int[1 << LinkRuns.AllStances.Length];

    /// <summary>
    /// A claim may have several links of a source, in one segment or in several. Each source has two bits of 64: where not both are set at the claim, it is new
    /// there; where they are, it may be, and is looked for among those counted.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(Segment segment, LinkRuns runs, int run)
    {
        // What is kept of a claim stands at its rank among the claims: so it is little, and near.
        var rank = _claims.RankOf(runs.Claims[run], _ranks);
        ref var claim = ref _perClaim[rank];
        var section = segment[SearchedType.Corroboration];
        var (from, to, sources) = (runs.StartOf(run), runs.StartOf(run + 1), section.SourceNumbers);
        claim.Stances |= segment.DeadCount == 0 ? runs.Stances[run] : LivingStances(segment, section, runs, from, to);
        for (var i = from; i < to; i++)
        {
            if (segment.DeadCount > 0 && !segment.IsLive(section.First + i))
            {
                continue;
            }

            var hash = (uint)sources[i] * 2_654_435_769;
            var bits = (1UL << (int)(hash >> 26)) | (1UL << (int)(hash >> 20));
            if ((claim.Seen & bits) == bits && IsCounted(rank, claim.Last, sources[i]))
            {
                continue;
            }

            Sources[sources[i]]++;
            if (_count == _counted.Length)
            {
                Grow();
            }

            _counted[_count] = (sources[i], claim.Last);
            claim.Seen |= bits;
            claim.Last = _count++;
        }
    }

    private static byte LivingStances(Segment segment, Section section, LinkRuns runs, int from, int to)
    {
        byte mask = 0;
        for (var i = from; i < to; i++)
        {
            mask |= segment.IsLive(section.First + i) ? runs.StanceBits[section.Stances[i]] : (byte)0;
        }

        return mask;
    }

    private bool IsCounted(int rank, int last, int source)
    {
        var at = last;
        for (var n = 0; n < Many; n++)
        {
            if (at == 0 || _counted[at].Source == source)
            {
                return at != 0;
            }

            at = _counted[at].Before;
        }

        if (!_sourcesOfLong.TryGetValue(rank, out var known))
        {
            _sourcesOfLong.Add(rank, known = []);
        }

        // The last ones before those that were taken up already.
        for (at = last; at != 0 && known.Add(_counted[at].Source); at = _counted[at].Before)
        {
        }

        return known.Contains(source);
    }

    private void Grow()
    {
        var longer = ArrayPool<(int Source, int Before)>.Shared.Rent(2 * _counted.Length);
        _counted.CopyTo(longer, 0);
        ArrayPool<(int Source, int Before)>.Shared.Return(_counted);
        _counted = longer;
    }

    /// <summary>What is kept of a claim: the bits of its sources, where the last of them is, its stances.</summary>
    private struct PerClaim
    {
        public ulong Seen;
        public int Last;
        public byte Stances;
    }
}
