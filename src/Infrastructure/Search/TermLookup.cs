using Stemma.Domain.Search;

namespace Stemma.Infrastructure.Search;

/// <summary>Where a query's terms occur, and how rare they are.</summary>
internal static class TermLookup
{
    /// <summary>
    /// Postings that one query reads. Where it would take more, its most frequent terms ask for nothing: whoever names thirty words that a million
    /// documents have is answered by the others.
    /// </summary>
    private const long Budget = 8_000_000;

    /// <summary>What a list costs by itself, however short: as much as so many postings.</summary>
    private const long List = 150;

    /// <param name="session">The index.</param>
    /// <param name="terms">What to look up.</param>
    /// <param name="frozen">How rare they were for the first page; null for the first.</param>
    /// <param name="notes">What was left out is told here.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task Look(SearchSession session, IReadOnlyList<Term> terms, FrozenQuery? frozen, List<string> notes, CancellationToken cancel)
    {
        var frequencies = await session.Frequencies([.. terms.SelectMany(LexemesOf).Distinct(StringComparer.Ordinal)], cancel);
        long spent = 0;
        var read = new List<Term>();
        foreach (var term in terms.OrderBy(Cost))
        {
            spent += Cost(term);
            if (spent > Budget && read.Count > 0)
            {
                term.IsLeftOut = true;
                notes.Add($"'{term.Typed}' was left out: it is in too many documents to be searched for together with so many other words.");
            }
            else
            {
                read.Add(term);
            }
        }

        await session.Load(
            [.. read.SelectMany(LexemesOf).Distinct(StringComparer.Ordinal)],
            [.. read.SelectMany(t => t.Alternatives).Where(a => a.Lexemes.Length > 1).SelectMany(a => a.Lexemes).Distinct(StringComparer.Ordinal)],
            cancel);
        foreach (var term in read)
        {
            cancel.ThrowIfCancellationRequested();
            term.Hits = [.. session.All.Select(segment => Hits(session, segment, term))];
            term.Having = session.All.Zip(term.Hits).Sum(h => Living(h.First, h.Second));
        }

        foreach (var term in terms)
        {
            term.Rarity = Ranking.Rarity(frozen?.Documents ?? session.Totals.Documents, frozen?.Having(term) ?? term.Having);
        }

        long Cost(Term term) => LexemesOf(term).Sum(l => frequencies.GetValueOrDefault(l) + (frequencies.ContainsKey(l) ? List * session.All.Count : 0));
    }

    private static IEnumerable<string> LexemesOf(Term term) => term.Alternatives.SelectMany(a => a.Lexemes);

    private static PostingList Hits(SearchSession session, Segment segment, Term term)
    {
        var lists = term.Alternatives.Select(a => Hits(session, segment, a)).Where(l => l.Count > 0).ToList();

        // Two by two, so that a prefix of five hundred words is not merged five hundred times over.
        while (lists.Count > 1)
        {
            lists = [.. lists.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : PostingList.Union(pair[0], pair[1]))];
        }

        return lists.Count == 0 ? PostingList.Empty : lists[0];
    }

    private static PostingList Hits(SearchSession session, Segment segment, LexemeSequence sequence)
    {
        var lists = sequence.Lexemes.Select(l => session.Find(segment, l)).ToList();
        return lists.Count == 1 ? lists[0]
            : lists.Any(l => l.Count == 0) ? PostingList.Empty
            : PostingList.Phrase(lists, [.. sequence.Lexemes.Select(l => session.Places(segment, l))], sequence.Offsets);
    }

    private static int Living(Segment segment, PostingList hits)
    {
        if (segment.DeadCount == 0)
        {
            return hits.Count;
        }

        var living = 0;
        foreach (var local in hits.Locals)
        {
            living += segment.IsLive(local) ? 1 : 0;
        }

        return living;
    }
}
