using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Stemma.Domain.Search;

namespace Stemma.Infrastructure.Search;

/// <summary>Counts the values that hits have, over all of them. Nothing is read from the database: it walks the columns of the segments.</summary>
internal sealed class FacetCounter(SearchSession session)
{
    /// <summary>With fewer claims than one in so many documents they are looked for one by one; with more, all documents are walked.</summary>
    private const int Sparse = 64;

    private readonly Dictionary<string, int> _types = [];
    private readonly Dictionary<string, int> _kinds = [];
    private readonly Dictionary<string, int> _statuses = [];
    private readonly Dictionary<string, int> _languages = [];
    private readonly Dictionary<string, int> _tags = [];
    private readonly Dictionary<string, int> _stances = [];
    private readonly int[] _years = new int[DateTime.MaxValue.Year + 1];
    private readonly int[] _claimants = new int[SourcesOf(session)];
    private readonly int[] _sources = new int[SourcesOf(session)];
    private readonly int[] _sourcesOfLinks = new int[SourcesOf(session)];
    private readonly int[] _claimsOfStances = new int[1 << LinkRuns.AllStances.Length];
    private List<(int Number, int Count)> _topClaimants = [];
    private List<(int Number, int Count)> _topSources = [];

    /// <summary>Numbers of the sources that <see cref="ToFacets"/> will name.</summary>
    public int[] NamedSources => [.. _topClaimants.Concat(_topSources).Select(s => s.Number).Distinct()];

    /// <summary>What the claims have themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Count(ClaimSpace space, Matches claims)
    {
        _types["claim"] = claims.Count;
        var set = KeySet.Of(claims, space.Size);
        foreach (var segment in session.All)
        {
            var section = segment[SearchedType.Claim];
            var living = Living(segment, section, claims, set, (long)claims.Count * Sparse < section.Count);
            var sources = section.SourceNumbers;
            var profiles = section.ProfileOf;
            var tally = new int[section.Profiles.Length];
            foreach (var i in living.AsSpan())
            {
                tally[profiles[i]]++;
                _claimants[sources[i]]++;
            }

            var tags = new int[section.HasTags ? segment.Labels.Length : 0];
            for (var at = 0; section.HasTags && at < living.Count; at++)
            {
                Count(section.TagsOf(living[at]), tags);
            }

            ArrayPool<int>.Shared.Return(living.Array!);
            Collect(segment, section, tally, tags);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Count(DocumentSpace space, Matches documents)
    {
        _types[space.Type switch { SearchedType.Source => "source", SearchedType.Review => "review", _ => "corroboration" }] = documents.Count;
        var at = 0;
        for (var s = 0; s < session.All.Count; s++)
        {
            var section = session.All[s][space.Type];
            var (first, from) = (space.FirstOf(s), at);
            var numbers = space.Type == SearchedType.Source ? section.Numbers : section.SourceNumbers;
            var keys = documents.Keys;
            var profiles = section.ProfileOf;
            var tally = new int[section.Profiles.Length];
            for (; at < keys.Length && keys[at] < first + section.Count; at++)
            {
                var i = keys[at] - first;
                tally[profiles[i]]++;
                _sources[numbers[i]]++;
            }

            var tags = new int[section.HasTags ? session.All[s].Labels.Length : 0];
            for (; section.HasTags && from < at; from++)
            {
                Count(section.TagsOf(keys[from] - first), tags);
            }

            Collect(session.All[s], section, tally, tags);
        }
    }

    /// <summary>
    /// What the claims' links have, a claim once for each source and each stance. It touches nothing that the other counting does, so that both can go
    /// on at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CountLinks(ClaimSpace space, Matches claims)
    {
        var (stances, seen) = (ArrayPool<byte>.Shared.Rent(space.Size), ArrayPool<ulong>.Shared.Rent(space.Size));
        foreach (var claim in claims.Keys)
        {
            (stances[claim], seen[claim]) = (0, 0);
        }

        var (set, doubtful) = (KeySet.Of(claims, space.Size), new KeySet(space.Size));
        foreach (var segment in session.All)
        {
            var runs = segment[SearchedType.Corroboration].Links!;
            if ((long)claims.Count * Sparse < segment[SearchedType.Corroboration].Count)
            {
                var run = 0;
                foreach (var claim in claims.Keys)
                {
                    run = runs.Find(claim, run);
                    if (run < runs.Claims.Length && runs.Claims[run] == claim)
                    {
                        CountRun(segment, runs, run, stances, seen, doubtful);
                    }
                }
            }
            else
            {
                var wanted = runs.Of(set);
                foreach (var run in wanted.AsSpan())
                {
                    CountRun(segment, runs, run, stances, seen, doubtful);
                }

                ArrayPool<int>.Shared.Return(wanted.Array!);
            }
        }

        foreach (var claim in claims.Keys)
        {
            _claimsOfStances[stances[claim]]++;
        }

        ArrayPool<byte>.Shared.Return(stances);
        ArrayPool<ulong>.Shared.Return(seen);
        CountOnce(doubtful.ToKeys());
    }

    /// <summary>
    /// A claim may have links in several segments, and a source some in each. Each source has two bits of 64: where not both were seen at its claim in an
    /// earlier run, the source was not; where they were, it may have been, and the claim is looked at again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountRun(Segment segment, LinkRuns runs, int run, byte[] stances, ulong[] seen, KeySet doubtful)
    {
        var (from, to, claim) = (runs.StartOf(run), runs.StartOf(run + 1), runs.Claims[run]);
        if (segment.DeadCount > 0 && HasDead(segment, from, to))
        {
            stances[claim] |= CountLiving(segment, runs, from, to);
            doubtful.Add(claim);
            return;
        }

        var before = seen[claim];
        var (after, isDoubtful) = (before, false);
        foreach (var source in runs.Sources.AsSpan(from, to - from))
        {
            _sourcesOfLinks[source]++;
            var hash = (uint)source * 2_654_435_769;
            var bits = (1UL << (int)(hash >> 26)) | (1UL << (int)(hash >> 20));
            isDoubtful |= (before & bits) == bits;
            after |= bits;
        }

        if (isDoubtful)
        {
            doubtful.Add(claim);
        }

        seen[claim] = after;
        stances[claim] |= runs.Stances[run];
    }

    private static bool HasDead(Segment segment, int from, int to)
    {
        var first = segment[SearchedType.Corroboration].First;
        for (var i = from; i < to; i++)
        {
            if (!segment.IsLive(first + i))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Of a run some of whose links are dead. The stances of the others.</summary>
    private byte CountLiving(Segment segment, LinkRuns runs, int from, int to)
    {
        var section = segment[SearchedType.Corroboration];
        var seen = new HashSet<int>();
        byte mask = 0;
        for (var i = from; i < to; i++)
        {
            if (segment.IsLive(section.First + i))
            {
                mask |= runs.StanceBits[section.Stances[i]];
                _sourcesOfLinks[section.SourceNumbers[i]] += seen.Add(section.SourceNumbers[i]) ? 1 : 0;
            }
        }

        return mask;
    }

    /// <summary>Takes off what was counted of a source of these claims in more than one segment.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountOnce(int[] claims)
    {
        // Of each source, the claim for which it was met last, and the run.
        var (at, atClaim, atRun) = (new int[session.All.Count], new int[_sources.Length], new int[_sources.Length]);
        var run = 0;
        for (var c = 0; c < claims.Length; c++)
        {
            for (var s = 0; s < at.Length; s++)
            {
                var section = session.All[s][SearchedType.Corroboration];
                var runs = section.Links!;
                at[s] = runs.Find(claims[c], at[s]);
                if (at[s] == runs.Claims.Length || runs.Claims[at[s]] != claims[c])
                {
                    continue;
                }

                run++;
                for (var i = runs.StartOf(at[s]); i < runs.StartOf(at[s] + 1); i++)
                {
                    var source = section.SourceNumbers[i];
                    if (atRun[source] != run && session.All[s].IsLive(section.First + i))
                    {
                        _sourcesOfLinks[source] -= atClaim[source] == c + 1 ? 1 : 0;
                        (atRun[source], atClaim[source]) = (run, c + 1);
                    }
                }
            }
        }
    }

    /// <summary>Puts together what was counted apart; nothing is counted afterwards.</summary>
    public void Complete()
    {
        for (var number = 0; number < _sources.Length; number++)
        {
            _sources[number] += _sourcesOfLinks[number];
        }

        for (var bit = 0; bit < LinkRuns.AllStances.Length; bit++)
        {
            Add(_stances, LinkRuns.AllStances[bit], _claimsOfStances.Where((_, bits) => (bits & 1 << bit) != 0).Sum());
        }

        (_topClaimants, _topSources) = ([.. Top(_claimants)], [.. Top(_sources)]);
    }

    /// <param name="sources">Id and name of each of <see cref="NamedSources"/>.</param>
    public SearchFacets ToFacets(IReadOnlyDictionary<int, (Guid Id, string Name)> sources) => new()
    {
        Type = Of(_types),
        Kind = Of(_kinds),
        Status = Of(_statuses),
        Language = Of(_languages),
        Tag = Of(_tags),
        Claimant = Of(_topClaimants, sources),
        Source = Of(_topSources, sources),
        Stance = Of(_stances),
        Year = [.. Top(_years).Select(y => new FacetCount(y.Number.ToString("0000", CultureInfo.InvariantCulture), null, y.Count))],
    };

    private static int SourcesOf(SearchSession session) => 1 + session.All.Max(s => s.Sections.Max(section => section.MostSource));

    /// <summary>Where in a section, whose numbers ascend, the living documents of the wanted numbers are; in an array of the shared pool.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ArraySegment<int> Living(Segment segment, Section section, Matches wanted, KeySet set, bool isSparse)
    {
        // Numbers beyond the set are those of claims that are gone; dead links may still have them.
        var numbers = section.Numbers.AsSpan(0, section.LowerBound(set.Size, 0));
        var found = ArrayPool<int>.Shared.Rent(section.Count + 1);
        var n = 0;
        if (isSparse)
        {
            var at = 0;
            foreach (var number in wanted.Keys)
            {
                for (at = section.LowerBound(number, at); at < numbers.Length && numbers[at] == number; at++)
                {
                    found[n++] = at;
                }
            }
        }
        else
        {
            var bits = set.Bits;
            for (var i = 0; i < numbers.Length; i++)
            {
                found[n] = i;
                n += (int)(bits[numbers[i] >> 6] >> numbers[i]) & 1;
            }
        }

        if (segment.DeadCount > 0)
        {
            var living = 0;
            foreach (var i in found.AsSpan(0, n))
            {
                found[living] = i;
                living += segment.IsLive(section.First + i) ? 1 : 0;
            }

            n = living;
        }

        return new(found, 0, n);
    }

    private static void Count(ReadOnlySpan<int> labels, int[] tally)
    {
        foreach (var label in labels)
        {
            tally[label]++;
        }
    }

    /// <summary>What so many documents of each profile have, and so many with each tag.</summary>
    private void Collect(Segment segment, Section section, int[] tally, int[] tags)
    {
        var (kinds, statuses) = (new int[segment.Labels.Length], new int[segment.Labels.Length]);
        var (languages, stances) = (new int[segment.Labels.Length], new int[segment.Labels.Length]);
        for (var p = 0; p < tally.Length; p++)
        {
            var profile = section.Profiles[p];
            kinds[profile.Kind] += tally[p];
            statuses[profile.Status] += tally[p];
            languages[profile.Language] += tally[p];
            stances[profile.Stance] += tally[p];
            _years[profile.Year] += tally[p];
        }

        foreach (var (all, here) in new[] { (_kinds, kinds), (_statuses, statuses), (_languages, languages), (_stances, stances), (_tags, tags) })
        {
            // The first label stands for none.
            for (var label = 1; label < here.Length; label++)
            {
                Add(all, segment.Labels[label], here[label]);
            }
        }
    }

    private static void Add(Dictionary<string, int> counts, string value, int times = 1)
    {
        if (times > 0)
        {
            counts[value] = counts.GetValueOrDefault(value) + times;
        }
    }

    /// <summary>Number 0 stands for no source.</summary>
    private static IEnumerable<(int Number, int Count)> Top(int[] counts, int most = SearchFacets.Most)
    {
        var top = new PriorityQueue<int, (int Count, int Order)>();
        for (var number = 1; number < counts.Length; number++)
        {
            if (counts[number] > 0 && (top.Count < most || counts[number] > counts[top.Peek()]))
            {
                top.Enqueue(number, (counts[number], -number));
                if (top.Count > most)
                {
                    top.Dequeue();
                }
            }
        }

        return top.UnorderedItems.Select(i => (i.Element, i.Priority.Count)).OrderByDescending(c => c.Count).ThenBy(c => c.Element);
    }

    private static List<FacetCount> Of(Dictionary<string, int> counts) =>
    [
        .. counts.Where(c => c.Value > 0).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(SearchFacets.Most)
            .Select(c => new FacetCount(c.Key, null, c.Value)),
    ];

    private static List<FacetCount> Of(List<(int Number, int Count)> top, IReadOnlyDictionary<int, (Guid Id, string Name)> sources) =>
        [.. top.Where(c => sources.ContainsKey(c.Number)).Select(c => new FacetCount(sources[c.Number].Id.ToString(), sources[c.Number].Name, c.Count))];
}
