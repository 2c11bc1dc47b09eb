using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Stemma.Domain.Search;

namespace Stemma.Infrastructure.Search;

/// <summary>
/// Counts the values that hits have, over all of them. Nothing is read from the database: it walks the columns of the segments. Claims, their links, and
/// documents may be counted at once, each by one.
/// </summary>
internal sealed class FacetCounter(SearchSession session)
{
    /// <summary>With fewer claims than one in so many documents they are looked for one by one; with more, all documents are walked.</summary>
    private const int Sparse = 64;

    private readonly Lock _lock = new();
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
    private List<(int Number, int Count)> _topClaimants = [];
    private List<(int Number, int Count)> _topSources = [];

    /// <summary>Numbers of the sources that <see cref="ToFacets"/> will name.</summary>
    public int[] NamedSources => [.. _topClaimants.Concat(_topSources).Select(s => s.Number).Distinct()];

    /// <summary>What the claims have themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Count(ClaimSpace space, Matches claims)
    {
        CountType("claim", claims.Count);
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
        CountType(space.Type switch { SearchedType.Source => "source", SearchedType.Review => "review", _ => "corroboration" }, documents.Count);
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

    /// <summary>Of claims, what their links have.</summary>
    public void CountLinks(Matches claims)
    {
        if (claims.Count == 0)
        {
            return;
        }

        if (session.Links.For(session.All) is not { } table)
        {
            Add(new LinkCounter(session, claims.Keys));
            return;
        }

        var (sources, stances) = (new int[_sources.Length], new int[1 << LinkRuns.AllStances.Length]);
        var left = table.Count(claims.Keys, NotIn(table, claims.Keys[^1] + 1), sources, stances);
        Add(sources, stances);
        if (left.Count > 0)
        {
            Add(new LinkCounter(session, CollectionsMarshal.AsSpan(left)));
        }
    }

    /// <summary>Claims below this number with links that are not in the table, or that are dead since.</summary>
    private KeySet NotIn(LinkTable table, int size)
    {
        var apart = new KeySet(size);
        foreach (var segment in session.All)
        {
            var section = segment[SearchedType.Corroboration];
            foreach (var claim in table.Has(segment) ? segment.DeadOf(SearchedType.Corroboration).Select(i => section.Numbers[i]) : section.Links!.Claims)
            {
                if (claim < size)
                {
                    apart.Add(claim);
                }
            }
        }

        return apart;
    }

    private void Add(LinkCounter links) => Add(links.Sources, links.ClaimsOfStances);

    private void Add(int[] sources, int[] claimsOfStances)
    {
        lock (_lock)
        {
            for (var number = 0; number < _sources.Length; number++)
            {
                _sourcesOfLinks[number] += sources[number];
            }

            for (var bit = 0; bit < LinkRuns.AllStances.Length; bit++)
            {
                Add(_stances, LinkRuns.AllStances[bit], claimsOfStances.Where((_, bits) => (bits & 1 << bit) != 0).Sum());
            }
        }
    }

    /// <summary>Says that nothing is counted any more.</summary>
    public void Complete()
    {
        for (var number = 0; number < _sources.Length; number++)
        {
            _sources[number] += _sourcesOfLinks[number];
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

    /// <summary>One more than the highest number of a source.</summary>
    public static int SourcesOf(SearchSession session) => 1 + session.All.Max(s => s.Sections.Max(section => section.MostSource));

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
        }

        lock (_lock)
        {
            for (var p = 0; p < tally.Length; p++)
            {
                _years[section.Profiles[p].Year] += tally[p];
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
    }

    private void CountType(string type, int count)
    {
        lock (_lock)
        {
            _types[type] = count;
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
