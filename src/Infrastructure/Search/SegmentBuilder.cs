namespace Stemma.Infrastructure.Search;

/// <summary>Inverts documents: from each document's words to each word's documents.</summary>
internal static class SegmentBuilder
{
    /// <param name="documents">In any order.</param>
    public static (Segment Segment, Dictionary<string, PostingWriter> Postings) Build(IEnumerable<IndexedDocument> documents)
    {
        var ordered = Segment.InOrder(documents);
        return (Segment.Of(0, ordered.Length, i => ordered[i]), Invert(local => ordered[local].Terms, ordered.Length, wanted: null));
    }

    /// <param name="termsOf">The words of the document at each place.</param>
    /// <param name="count">How many documents.</param>
    /// <param name="wanted">Which words; null for all.</param>
    public static Dictionary<string, PostingWriter> Invert(Func<int, IReadOnlyList<IndexedTerm>> termsOf, int count, IReadOnlySet<string>? wanted)
    {
        var postings = new Dictionary<string, PostingWriter>(StringComparer.Ordinal);
        for (var local = 0; local < count; local++)
        {
            foreach (var term in termsOf(local))
            {
                if (wanted is not null && !wanted.Contains(term.Lexeme))
                {
                    continue;
                }

                if (!postings.TryGetValue(term.Lexeme, out var writer))
                {
                    postings.Add(term.Lexeme, writer = new());
                }

                writer.Add(local, term.Places, PostingList.Frequency(term.Places));
            }
        }

        return postings;
    }
}
