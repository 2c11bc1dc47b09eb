namespace Stemma.Api.Tests.Search;

/// <summary>
/// What a search is to find, written as plainly as can be: every document is looked at for every query, and every sum is added up anew. For texts of
/// plain words in a language without a stemmer.
/// </summary>
internal sealed class NaiveSearch
{
    private const double K1 = 1.2, B = 0.75, Other = 0.5, Quote = 0.75;

    public List<Doc> Docs { get; } = [];

    /// <param name="Type">claim, corroboration, source or review.</param>
    /// <param name="Id">Of the resource.</param>
    /// <param name="ClaimId">Of a corroboration's or review's claim.</param>
    /// <param name="SourceId">Of a corroboration's source, a review's publisher or a claim's claimant.</param>
    /// <param name="Main">Text, name, quote, title.</param>
    /// <param name="Rest">Context, description, attribution and note, rating and explanation.</param>
    internal sealed record Doc(string Type, string Id, string? ClaimId, string? SourceId, string Main, string Rest)
    {
        public string Kind { get; init; } = "";

        public string Status { get; init; } = "";

        public string Stance { get; init; } = "";

        public string Date { get; init; } = "";

        public string[] Tags { get; init; } = [];

        public string[] MainWords => Words(Main);

        public string[] RestWords => Words(Rest);
    }

    internal abstract record Query
    {
        public sealed record Word(string Text) : Query;

        public sealed record Phrase(string First, string Second) : Query;

        public sealed record Prefix(string Text) : Query;

        public sealed record And(Query[] Parts) : Query;

        public sealed record Or(Query[] Parts) : Query;

        public sealed record Not(Query Part) : Query;

        public sealed record Field(string Name, string Value) : Query;

        /// <summary>As someone would type it.</summary>
        public string Written => this switch
        {
            Word w => w.Text,
            Phrase p => $"\"{p.First} {p.Second}\"",
            Prefix p => p.Text + "*",
            And a => "(" + string.Join(' ', a.Parts.Select(p => p.Written)) + ")",
            Or o => "(" + string.Join(" or ", o.Parts.Select(p => p.Written)) + ")",
            Not n => "-" + n.Part.Written,
            Field f => $"{f.Name}:{f.Value}",
            _ => throw new NotSupportedException(),
        };
    }

    /// <summary>Ids of what matches, each with its score.</summary>
    public Dictionary<string, double> Find(Query query, string type) =>
        Docs.Where(d => d.Type == type && Matches(query, d)).ToDictionary(d => d.Id, d => Score(query, d));

    private bool Matches(Query query, Doc doc) => query switch
    {
        Query.And and => and.Parts.All(p => Matches(p, doc)) && Together(and, doc),
        Query.Or or => or.Parts.Any(p => Matches(p, doc)),
        Query.Not not => !Matches(not.Part, doc),
        Query.Field field => Has(field, doc),
        _ => Passages(doc).Any(p => Frequency(query, p.Main) + (p.IsOwn ? Frequency(query, p.Rest) : 0) > 0),
    };

    /// <summary>A source and a stance side by side are those of one link.</summary>
    private bool Together(Query.And and, Doc doc)
    {
        var sources = and.Parts.OfType<Query.Field>().Where(f => f.Name == "source").ToList();
        var stances = and.Parts.OfType<Query.Field>().Where(f => f.Name == "stance").ToList();
        return sources.All(source => stances.All(stance => doc.Type == "claim"
            ? Docs.Any(l => l.ClaimId == doc.Id && l.SourceId == source.Value && l.Stance == stance.Value)
            : doc.SourceId == source.Value && doc.Stance == stance.Value));
    }

    private bool Has(Query.Field field, Doc doc) => field.Name switch
    {
        "source" when doc.Type == "claim" => Docs.Any(l => l.Type == "corroboration" && l.ClaimId == doc.Id && l.SourceId == field.Value),
        "source" => (doc.Type == "source" ? doc.Id : doc.SourceId) == field.Value,
        "stance" when doc.Type == "claim" => Docs.Any(l => l.ClaimId == doc.Id && l.Stance == field.Value),
        "stance" => doc.Stance == field.Value,
        "claimant" when doc.Type == "claim" => doc.SourceId == field.Value,
        "claimant" => doc.ClaimId is not null && Docs.Single(c => c.Id == doc.ClaimId).SourceId == field.Value,
        "tag" => doc.Tags.Contains(field.Value),
        "kind" => doc.Kind == field.Value,
        "status" => doc.Status == field.Value,
        "after" => doc.Date.Length > 0 && string.CompareOrdinal(First(doc.Date), First(field.Value)) >= 0,
        "before" => doc.Date.Length > 0 && string.CompareOrdinal(First(doc.Date), First(field.Value)) < 0,
        _ => throw new NotSupportedException(field.Name),
    };

    private double Score(Query query, Doc doc) => query switch
    {
        Query.And and => and.Parts.Sum(p => Score(p, doc)),
        Query.Or or => or.Parts.Where(p => Matches(p, doc)).Sum(p => Score(p, doc)),
        Query.Not or Query.Field => 0,
        _ => Rarity(query) * Passages(doc).Max(p => Saturation(query, p)),
    };

    private double Saturation(Query term, Passage p)
    {
        var frequency = Math.Min(15, Frequency(term, p.Main)) + (p.IsOwn ? Other * Math.Min(15, Frequency(term, p.Rest)) : 0);
        var length = p.Main.Length + (p.IsOwn ? Other * p.Rest.Length : 0);
        var average = p.IsOwn
            ? Docs.Where(d => d.Type == p.Type).Average(d => d.MainWords.Length + (Other * d.RestWords.Length))
            : Docs.Where(d => d.Type == p.Type && d.MainWords.Length > 0).Select(d => (double)d.MainWords.Length).DefaultIfEmpty(1).Average();
        return (p.IsOwn ? 1 : Quote) * frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * length / Math.Max(1, average)))));
    }

    private double Rarity(Query term)
    {
        var having = Docs.Count(d => Frequency(term, d.MainWords) + Frequency(term, d.RestWords) > 0);
        return Math.Log(1 + ((Docs.Count - having + 0.5) / (having + 0.5)));
    }

    private IEnumerable<Passage> Passages(Doc doc)
    {
        yield return new(doc.Type, IsOwn: true, doc.MainWords, doc.RestWords);
        foreach (var link in Docs.Where(l => doc.Type == "claim" && l.ClaimId == doc.Id))
        {
            yield return new(link.Type, IsOwn: false, link.MainWords, []);
        }
    }

    private static int Frequency(Query term, string[] words) => term switch
    {
        Query.Word w => words.Count(x => x == w.Text),
        Query.Phrase p => words.Zip(words.Skip(1)).Count(x => x == (p.First, p.Second)),

        // Of the words that begin so the most frequent counts.
        Query.Prefix p => words.Where(x => x.StartsWith(p.Text, StringComparison.Ordinal)).GroupBy(x => x).Select(g => g.Count()).DefaultIfEmpty(0).Max(),
        _ => throw new NotSupportedException(),
    };

    private static string First(string date) => date + "0001-01-01"[date.Length..];

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private sealed record Passage(string Type, bool IsOwn, string[] Main, string[] Rest);
}
