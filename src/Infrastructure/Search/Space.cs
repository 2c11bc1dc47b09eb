using System.Runtime.CompilerServices;
using Stemma.Domain.Reviews;
using Stemma.Domain.Search;

namespace Stemma.Infrastructure.Search;

/// <summary>The resources of one type as a query sees them: each has a key, and each part of a query finds some of them.</summary>
internal abstract class Space(SearchSession session, float[] lengths)
{
    protected SearchSession Session { get; } = session;

    /// <summary>Average lengths: see <see cref="FrozenQuery.Lengths"/>.</summary>
    protected float[] Lengths { get; } = lengths;

    public abstract SearchedType Type { get; }

    public abstract Matches Everything();

    /// <summary>What has a term, each with its score.</summary>
    public abstract Matches Having(Term term);

    /// <summary>What was said by one of these sources (all, where null) with one of these stances (any, where null).</summary>
    public abstract Matches Linked(KeySet? sources, string? stance);

    public abstract Matches AssertedBy(KeySet sources);

    /// <summary>What meets a condition on a document's own attributes.</summary>
    public abstract Matches Where(Func<Segment, Section, int, bool> condition);

    public abstract byte ConfigurationOf(int key);

    /// <summary>What orders resources of equal score, newest first, and finds them again.</summary>
    public abstract int StableKeyOf(int key);

    protected static float OwnScore(Extent extent, byte frequency, float averageLength) => Ranking.Saturation(
        (frequency >> 4) + (Ranking.OtherWeight * (frequency & 0x0F)),
        extent.Main + (Ranking.OtherWeight * extent.Other),
        averageLength);
}

/// <summary>Claims, by their numbers. A claim is found by its own words, by the quotes of its links and by the titles of its reviews.</summary>
internal sealed class ClaimSpace : Space
{
    private readonly int _size;
    private byte[]? _configurations;

    public ClaimSpace(SearchSession session, float[] lengths)
        : base(session, lengths) =>
        _size = 1 + Session.All.Max(s => s[SearchedType.Claim] is { Count: > 0 } claims ? claims.Numbers[claims.Count - 1] : 0);

    public override SearchedType Type => SearchedType.Claim;

    public int Size => _size;

    public override int StableKeyOf(int key) => key;

    public override byte ConfigurationOf(int key)
    {
        if (_configurations is null)
        {
            _configurations = new byte[_size];
            Each((segment, claims, i) => _configurations[claims.Numbers[i]] = claims.Configurations[i]);
        }

        return _configurations[key];
    }

    public override Matches Everything() => Where((_, _, _) => true);

    public override Matches Where(Func<Segment, Section, int, bool> condition)
    {
        var found = new KeySet(_size);
        Each((segment, claims, i) =>
        {
            if (condition(segment, claims, i))
            {
                found.Add(claims.Numbers[i]);
            }
        });
        return found.ToMatches();
    }

    public override Matches AssertedBy(KeySet sources) => Where((_, claims, i) => sources.Has(claims.SourceNumbers[i]));

    public override Matches Linked(KeySet? sources, string? stance)
    {
        var found = new KeySet(_size);
        foreach (var segment in Session.All)
        {
            var links = segment[SearchedType.Corroboration];
            var label = stance is null ? -1 : segment.LabelOf(stance);
            if (stance is not null && label < 0)
            {
                continue;
            }

            for (var i = 0; i < links.Count; i++)
            {
                if ((label < 0 || links.Stances[i] == label) && (sources is null || sources.Has(links.SourceNumbers[i])) && segment.IsLive(links.First + i))
                {
                    found.Add(links.Numbers[i]);
                }
            }
        }

        return found.ToMatches();
    }

    /// <summary>What has such a review; of sites the index knows nothing.</summary>
    public Matches Reviewed(ReviewedAs which)
    {
        var since = which.Since is { } instant ? DateOnly.FromDateTime(instant.UtcDateTime).DayNumber : IndexedDocument.NoDay;
        var recent = which.Since is null ? null : KeySet.Of(Where((_, claims, i) => claims.Days[i] >= since), _size);
        var found = new KeySet(_size);
        foreach (var segment in Session.All)
        {
            var reviews = segment[SearchedType.Review];
            var languages = Array.ConvertAll(segment.Labels, l => which.Language is not { } language || (l + '-').StartsWith(language + '-', StringComparison.Ordinal));
            for (var i = 0; i < reviews.Count; i++)
            {
                var number = reviews.Numbers[i];
                if (languages[reviews.LanguageOf(i)] && (recent is null || reviews.Days[i] >= since || recent.Has(number)) && segment.IsLive(reviews.First + i))
                {
                    found.Add(number);
                }
            }
        }

        return found.ToMatches();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override Matches Having(Term term)
    {
        var best = new BestScores(_size);
        for (var s = 0; s < Session.All.Count && term.Hits.Length > 0; s++)
        {
            var segment = Session.All[s];
            Offer(best, segment, SearchedType.Claim, term.Hits[s]);
            Offer(best, segment, SearchedType.Corroboration, term.Hits[s]);
            Offer(best, segment, SearchedType.Review, term.Hits[s]);
        }

        return best.ToMatches(term.Rarity, term.Stops);
    }

    /// <summary>
    /// Offers what a segment's documents of one type score. They lie far apart in memory: all of a block are fetched before the first is looked at,
    /// so that the processor waits for them together.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Offer(BestScores best, Segment segment, SearchedType type, PostingList hits)
    {
        const int block = 128;
        Span<Extent> extents = stackalloc Extent[block];
        var section = segment[type];
        var (from, to) = hits.Within(section);
        var locals = hits.Locals[..to];
        var frequencies = hits.Frequencies;
        var all = section.Extents;
        var anyDead = segment.DeadCount > 0;
        var averageLength = Lengths[type switch { SearchedType.Claim => 0, SearchedType.Corroboration => FrozenQuery.Quotes, _ => FrozenQuery.Titles }];
        for (var start = from; start < to; start += block)
        {
            var count = Math.Min(block, to - start);
            for (var i = 0; i < count; i++)
            {
                extents[i] = all[locals[start + i] - section.First];
            }

            for (var i = 0; i < count; i++)
            {
                var frequency = frequencies[start + i];
                if (anyDead && !segment.IsLive(locals[start + i]))
                {
                    continue;
                }

                if (type == SearchedType.Claim)
                {
                    best.Offer(extents[i].Number, OwnScore(extents[i], frequency, averageLength));
                }
                else if (frequency >> 4 > 0)
                {
                    best.Offer(extents[i].Number, Ranking.QuoteWeight * Ranking.Saturation(frequency >> 4, extents[i].Main, averageLength));
                }
            }
        }
    }

    private void Each(Action<Segment, Section, int> action)
    {
        foreach (var segment in Session.All)
        {
            var claims = segment[SearchedType.Claim];
            for (var i = 0; i < claims.Count; i++)
            {
                if (segment.IsLive(i))
                {
                    action(segment, claims, i);
                }
            }
        }
    }
}

/// <summary>Corroborations, sources or reviews: each is one document, keyed by its place among those of its type, segment after segment.</summary>
internal sealed class DocumentSpace : Space
{
    private readonly int[] _bases;

    public DocumentSpace(SearchSession session, float[] lengths, SearchedType type)
        : base(session, lengths)
    {
        Type = type;
        _bases = new int[session.All.Count];
        for (var s = 1; s < _bases.Length; s++)
        {
            _bases[s] = _bases[s - 1] + session.All[s - 1][type].Count;
        }
    }

    public override SearchedType Type { get; }

    /// <summary>The key of a segment's first.</summary>
    public int FirstOf(int segment) => _bases[segment];

    /// <summary>Which segment, by its place among them, and where in it.</summary>
    public (int Segment, Section Section, int Index) At(int key)
    {
        var s = Array.BinarySearch(_bases, key);
        s = s < 0 ? ~s - 1 : s;

        // Of segments that have none of this type the last one with this base is meant.
        while (s + 1 < _bases.Length && _bases[s + 1] == _bases[s])
        {
            s++;
        }

        return (s, Session.All[s][Type], key - _bases[s]);
    }

    /// <summary>Sources have a number for life; a corroboration's or a review's document changes only with what is searched of it.</summary>
    public override int StableKeyOf(int key)
    {
        var (_, section, index) = At(key);
        return Type == SearchedType.Source ? section.Numbers[index] : section.Documents[index];
    }

    public override byte ConfigurationOf(int key)
    {
        var (_, section, index) = At(key);
        return section.Configurations[index];
    }

    public override Matches Everything() => Where((_, _, _) => true);

    public override Matches Where(Func<Segment, Section, int, bool> condition)
    {
        var keys = new List<int>();
        for (var s = 0; s < _bases.Length; s++)
        {
            var segment = Session.All[s];
            var section = segment[Type];
            for (var i = 0; i < section.Count; i++)
            {
                if (segment.IsLive(section.First + i) && condition(segment, section, i))
                {
                    keys.Add(_bases[s] + i);
                }
            }
        }

        return new([.. keys], null, keys.Count);
    }

    public override Matches AssertedBy(KeySet sources)
    {
        if (Type == SearchedType.Source)
        {
            return Matches.None;
        }

        var claims = new ClaimSpace(Session, Lengths);
        var asserted = KeySet.Of(claims.AssertedBy(sources), claims.Size);
        return Where((_, section, i) => asserted.Has(section.Numbers[i]));
    }

    public override Matches Linked(KeySet? sources, string? stance) => Where((segment, section, i) =>
        Type == SearchedType.Source
            ? stance is null && sources is not null && sources.Has(section.Numbers[i])
            : (stance is null || segment.Labels[section.Stances[i]] == stance) && (sources is null || sources.Has(section.SourceNumbers[i])));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override Matches Having(Term term)
    {
        var ranges = term.Hits.Select((h, s) => h.Within(Session.All[s][Type])).ToArray();
        var most = ranges.Sum(r => r.To - r.From);
        var keys = GC.AllocateUninitializedArray<int>(most);
        var scores = GC.AllocateUninitializedArray<float>(most);
        var n = 0;
        for (var s = 0; s < ranges.Length; s++)
        {
            var segment = Session.All[s];
            var section = segment[Type];
            var locals = term.Hits[s].Locals;
            var frequencies = term.Hits[s].Frequencies;
            var anyDead = segment.DeadCount > 0;
            for (var i = ranges[s].From; i < ranges[s].To; i++)
            {
                if (!anyDead || segment.IsLive(locals[i]))
                {
                    var index = locals[i] - section.First;
                    keys[n] = _bases[s] + index;
                    scores[n++] = term.Rarity * OwnScore(section.Extents[index], frequencies[i], Lengths[(int)Type]);
                }
            }
        }

        return new(keys, scores, n, term.Stops);
    }
}
