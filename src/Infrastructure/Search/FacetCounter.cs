using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Stemma.Domain.Search;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Search;

/// <summary>Counts the values that hits have, over all of them. Nothing is read from the database: it walks the columns of the segments.</summary>
internal sealed class FacetCounter(SearchSession session)
{
    /// <summary>With fewer claims than one in so many documents their links are looked for; with more, all links are walked.</summary>
    private const int Sparse = 64;

    /// <summary>So many sources that lead by links are counted by claims.</summary>
    private const int Leading = 64;

    private static readonly string[] Stances = [.. Enum.GetValues<Domain.Corroborations.Stance>().Select(StoredNames<Domain.Corroborations.Stance>.Of)];

    /// <summary>Days since 0001-01-01 on which each year begins.</summary>
    private static readonly int[] FirstDays = [.. Enumerable.Range(0, DateTime.MaxValue.Year + 3).Select(y => y is 0 ? -366 : y <= DateTime.MaxValue.Year ? new DateOnly(y, 1, 1).DayNumber : int.MaxValue)];

    private readonly Dictionary<string, int> _types = [];
    private readonly Dictionary<string, int> _kinds = [];
    private readonly Dictionary<string, int> _statuses = [];
    private readonly Dictionary<string, int> _languages = [];
    private readonly Dictionary<string, int> _tags = [];
    private readonly Dictionary<string, int> _stances = [];
    private readonly int[] _years = new int[DateTime.MaxValue.Year + 1];
    private readonly int[] _claimants = new int[SourcesOf(session)];
    private readonly int[] _sources = new int[SourcesOf(session)];

    /// <summary>Numbers of the sources that <see cref="ToFacets"/> will name.</summary>
    public int[] NamedSources => [.. Top(_claimants).Concat(Top(_sources)).Select(s => s.Number).Distinct()];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Count(ClaimSpace space, Matches claims)
    {
        _types["claim"] = claims.Count;
        var (set, isSparse) = (KeySet.Of(claims, space.Size), IsSparse(claims));
        foreach (var segment in session.All)
        {
            var section = segment[SearchedType.Claim];
            var tally = new Tally(segment.Labels.Length);
            var (sources, living) = (section.SourceNumbers, Living(segment, section, claims, set, isSparse));
            foreach (var i in living.AsSpan())
            {
                tally.Count(section, i, _years);
                _claimants[sources[i]]++;
            }

            ArrayPool<int>.Shared.Return(living.Array!);
            Collect(segment, tally);
        }
    }

    /// <summary>Adds what another has counted.</summary>
    public void Add(FacetCounter other)
    {
        foreach (var (mine, its) in new[] { (_types, other._types), (_kinds, other._kinds), (_statuses, other._statuses), (_languages, other._languages), (_tags, other._tags), (_stances, other._stances) })
        {
            foreach (var (value, count) in its)
            {
                Add(mine, value, count);
            }
        }

        foreach (var (mine, its) in new[] { (_years, other._years), (_claimants, other._claimants), (_sources, other._sources) })
        {
            for (var i = 0; i < mine.Length; i++)
            {
                mine[i] += its[i];
            }
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
            var first = space.FirstOf(s);
            var tally = new Tally(session.All[s].Labels.Length);
            var numbers = space.Type == SearchedType.Source ? section.Numbers : section.SourceNumbers;
            for (; at < documents.Count && documents.Keys[at] < first + section.Count; at++)
            {
                var i = documents.Keys[at] - first;
                tally.Count(section, i, _years);
                _sources[numbers[i]]++;
            }

            Collect(session.All[s], tally);
        }
    }

    /// <param name="sources">Id and name of each of <see cref="NamedSources"/>.</param>
    public SearchFacets ToFacets(IReadOnlyDictionary<int, (Guid Id, string Name)> sources) => new()
    {
        Type = Of(_types),
        Kind = Of(_kinds),
        Status = Of(_statuses),
        Language = Of(_languages),
        Tag = Of(_tags),
        Claimant = Of(_claimants, sources),
        Source = Of(_sources, sources),
        Stance = Of(_stances),
        Year = [.. Top(_years).Select(y => new FacetCount(y.Number.ToString("0000", CultureInfo.InvariantCulture), null, y.Count))],
    };

    private static int SourcesOf(SearchSession session) => 1 + session.All.Max(s => s.Sections.Max(section => section.MostSource));

    /// <summary>Of claims, what their links have: apart from <see cref="Count(ClaimSpace, Matches)"/>, so that both can go on at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CountLinks(ClaimSpace space, Matches claims)
    {
        var (set, isSparse) = (KeySet.Of(claims, space.Size), IsSparse(claims));
        var byLinks = new int[_sources.Length];
        var last = new int[_sources.Length];
        var stances = new byte[space.Size];
        var isSpread = false;
        var places = session.All.Select(s => Living(s, s[SearchedType.Corroboration], claims, set, isSparse)).ToArray();
        for (var s = 0; s < places.Length; s++)
        {
            var segment = session.All[s];
            var links = segment[SearchedType.Corroboration];
            var bits = segment.Labels.Select(l => (byte)(Array.IndexOf(Stances, l) is >= 0 and var bit ? 1 << bit : 0)).ToArray();
            isSpread |= CountLinks(places[s], links.Numbers, links.SourceNumbers, links.Stances, bits, stances, last, byLinks);
        }

        var counts = new int[1 << Stances.Length];
        foreach (var claim in claims.Keys)
        {
            counts[stances[claim]]++;
        }

        for (var bit = 0; bit < Stances.Length; bit++)
        {
            Add(_stances, Stances[bit], counts.Where((_, bits) => (bits & 1 << bit) != 0).Sum());
        }

        if (isSpread)
        {
            CountLeading(byLinks, space, places);
        }
        else
        {
            byLinks.CopyTo(_sources, 0);
        }

        foreach (var rented in places)
        {
            ArrayPool<int>.Shared.Return(rented.Array!);
        }
    }

    /// <summary>A claim's links stand together within a segment.</summary>
    /// <returns>Whether a claim had links in an earlier segment too.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool CountLinks(
        ReadOnlySpan<int> places, int[] numbers, int[] sources, Labels stanceOf, byte[] bits, byte[] stances, int[] last, int[] byLinks)
    {
        var isSpread = false;
        for (var at = 0; at < places.Length;)
        {
            var claim = numbers[places[at]];
            byte mask = 0;
            do
            {
                var i = places[at++];
                mask |= bits[stanceOf[i]];
                var source = sources[i];
                if (last[source] != claim)
                {
                    last[source] = claim;
                    byLinks[source]++;
                }
            }
            while (at < places.Length && numbers[places[at]] == claim);
            isSpread |= stances[claim] != 0;
            stances[claim] |= mask;
        }

        return isSpread;
    }

    /// <summary>Where a claim has links in several segments, a source may have some in each: those that lead are counted again, claim by claim.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountLeading(int[] byLinks, ClaimSpace space, ArraySegment<int>[] places)
    {
        const byte none = byte.MaxValue;
        var leading = Top(byLinks, Leading).ToList();
        var ranks = new byte[byLinks.Length];
        Array.Fill(ranks, none);
        for (var rank = 0; rank < leading.Count; rank++)
        {
            ranks[leading[rank].Number] = (byte)rank;
        }

        var seen = ArrayPool<ulong>.Shared.Rent(space.Size);
        Array.Clear(seen, 0, space.Size);
        for (var s = 0; s < places.Length; s++)
        {
            var links = session.All[s][SearchedType.Corroboration];
            var (numbers, sources) = (links.Numbers, links.SourceNumbers);
            foreach (var i in places[s].AsSpan())
            {
                var rank = ranks[sources[i]];
                if (rank != none && (seen[numbers[i]] & (1UL << rank)) == 0)
                {
                    seen[numbers[i]] |= 1UL << rank;
                    _sources[sources[i]]++;
                }
            }
        }

        ArrayPool<ulong>.Shared.Return(seen);
    }

    private bool IsSparse(Matches claims) => (long)claims.Count * Sparse < session.All.Sum(s => (long)s.Count);

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

    private void Collect(Segment segment, Tally tally)
    {
        for (var label = 1; label < segment.Labels.Length; label++)
        {
            Add(_kinds, segment.Labels[label], tally.Kinds[label]);
            Add(_statuses, segment.Labels[label], tally.Statuses[label]);
            Add(_languages, segment.Labels[label], tally.Languages[label]);
            Add(_stances, segment.Labels[label], tally.Stances[label]);
            Add(_tags, segment.Labels[label], tally.Tags[label]);
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

    private static List<FacetCount> Of(int[] counts, IReadOnlyDictionary<int, (Guid Id, string Name)> sources) =>
        [.. Top(counts).Where(c => sources.ContainsKey(c.Number)).Select(c => new FacetCount(sources[c.Number].Id.ToString(), sources[c.Number].Name, c.Count))];

    /// <summary>Counts within one segment, by the places of its labels.</summary>
    private sealed class Tally(int labels)
    {
        public int[] Kinds { get; } = new int[labels];

        public int[] Statuses { get; } = new int[labels];

        public int[] Languages { get; } = new int[labels];

        public int[] Stances { get; } = new int[labels];

        public int[] Tags { get; } = new int[labels];

        public void Count(Section section, int i, int[] years)
        {
            Kinds[section.Kinds[i]]++;
            Statuses[section.Statuses[i]]++;
            Languages[section.LanguageOf(i)]++;
            Stances[section.Stances[i]]++;
            foreach (var tag in section.TagsOf(i))
            {
                Tags[tag]++;
            }

            if (section.Days[i] != IndexedDocument.NoDay)
            {
                years[YearOf(section.Days[i])]++;
            }
        }

        private static int YearOf(int day)
        {
            // A mean year first, which is wrong by one at most, at its ends.
            var year = (int)((day * 400L / 146_097) + 1);
            return day < FirstDays[year] ? year - 1 : day >= FirstDays[year + 1] ? year + 1 : year;
        }
    }
}
