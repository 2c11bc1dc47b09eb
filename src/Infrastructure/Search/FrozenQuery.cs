using System.Globalization;

namespace Stemma.Infrastructure.Search;

/// <summary>
/// What a query's order depends on besides the documents, as it was for the first page: later pages are ranked by the same numbers. It travels in
/// the cursor.
/// </summary>
internal sealed class FrozenQuery
{
    /// <summary>An index into <see cref="Lengths"/>.</summary>
    public const int Quotes = 4;

    /// <summary>An index into <see cref="Lengths"/>.</summary>
    public const int Titles = 5;

    /// <summary>The number of documents, and the lengths.</summary>
    private const int Numbers = 7;

    private const char Between = '\u001F';

    private readonly Dictionary<string, int> _having = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _similar = new(StringComparer.Ordinal);

    private FrozenQuery(int documents, float[] lengths)
    {
        Documents = documents;
        Lengths = lengths;
    }

    public int Documents { get; }

    /// <summary>Average lengths: of each <see cref="SearchedType"/> in turn, then of quotes and of titles.</summary>
    public float[] Lengths { get; }

    /// <summary>Whether words nearly so spelt were searched for.</summary>
    public bool HasSimilar => _similar.Count > 0;

    public int? Having(Term term) => _having.TryGetValue(NameOf(term), out var having) ? having : null;

    public string[] Similar(Term term) => _similar.GetValueOrDefault(NameOf(term)) ?? [];

    public static string Write(Totals totals, FrozenQuery? before, IEnumerable<Term> terms)
    {
        var lengths = before?.Lengths ?? LengthsOf(totals);
        var all = terms.SelectMany(t => t.SimilarTerm is { } similar ? [t, similar] : new[] { t }).DistinctBy(t => t.Typed).ToList();
        return string.Join(Between, [
            (before?.Documents ?? totals.Documents).ToString(CultureInfo.InvariantCulture),
            .. lengths.Select(l => l.ToString("R", CultureInfo.InvariantCulture)),
            .. all.SelectMany(t => new[]
            {
                NameOf(t),
                (before?.Having(t) ?? t.Having).ToString(CultureInfo.InvariantCulture),
                string.Join(' ', t.Similar),
            }),
        ]);
    }

    public static float[] LengthsOf(Totals totals) =>
    [
        totals.AverageLength(SearchedType.Claim), totals.AverageLength(SearchedType.Corroboration), totals.AverageLength(SearchedType.Source),
        totals.AverageLength(SearchedType.Review), totals.AverageQuote, totals.AverageTitle,
    ];

    /// <summary>Null for what <see cref="Write"/> did not write.</summary>
    public static FrozenQuery? Read(string text)
    {
        var parts = text.Split(Between);
        var numbers = new float[Numbers];
        if (parts.Length < Numbers || (parts.Length - Numbers) % 3 != 0)
        {
            return null;
        }

        for (var i = 0; i < Numbers; i++)
        {
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i]) || numbers[i] < 0)
            {
                return null;
            }
        }

        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var documents))
        {
            return null;
        }

        var frozen = new FrozenQuery(documents, [.. numbers[1..].Select(l => Math.Max(1, l))]);
        for (var i = Numbers; i < parts.Length; i += 3)
        {
            if (!int.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var having))
            {
                return null;
            }

            frozen._having[parts[i]] = having;
            if (parts[i + 2].Length > 0)
            {
                frozen._similar[parts[i]] = [.. parts[i + 2].Split(' ').Take(20)];
            }
        }

        return frozen;
    }

    private static string NameOf(Term term) => term.Typed.Replace(Between, ' ');
}
