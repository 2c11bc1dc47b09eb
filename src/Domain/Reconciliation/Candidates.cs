using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Reconciliation;

/// <summary>A row of a table: which entity does it mean?</summary>
public sealed record EntityQuestion
{
    /// <summary>What stands in its cell; null where it is only described.</summary>
    public string? Text { get; init; }

    /// <summary>Only entities of one of these types; none for all.</summary>
    public IReadOnlyList<EntityType> Types { get; init; } = [];

    /// <summary>What else is said of it.</summary>
    public IReadOnlyList<AskedProperty> Properties { get; init; } = [];

    /// <summary>The most candidates.</summary>
    public required int Limit { get; init; }

    /// <summary>The id that the text is.</summary>
    public Guid? Id =>
        Text?.Trim() is { } text && Guid.TryParseExact(text.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) ? text[9..] : text, "D", out var id) ? id : null;

    /// <summary>The addresses by which it can be found.</summary>
    public IEnumerable<string> Urls =>
        Asked(EntityProperties.Url).Select(EntityProperties.AsUrl).Concat(Text?.Trim() is { } text && SourceUrl.IsValid(text) ? [text] : []);

    /// <summary>The ids in other systems by which it can be found.</summary>
    public IEnumerable<ExternalId> ExternalIds =>
        from value in Asked(EntityProperties.ExternalId)
        let colon = value.IndexOf(':', StringComparison.Ordinal)
        where colon > 0 && colon < value.Length - 1
        select new ExternalId(value[..colon], value[(colon + 1)..]);

    /// <summary>Whether it may mean a source.</summary>
    public bool WantsSources => Types.Count == 0 || Types.Any(t => t.HasSources);

    /// <summary>Whether it may mean a claim.</summary>
    public bool WantsClaims => Types.Count == 0 || Types.Contains(EntityType.Claim);

    /// <summary>The kinds of sources that it may mean; none for all.</summary>
    public IReadOnlyList<SourceKind> Kinds => Types.Contains(EntityType.Source) ? [] : [.. Types.Select(t => t.Kind).OfType<SourceKind>()];

    /// <summary>Whether it may mean this entity.</summary>
    public bool Wants(Entity entity) => Types.Count == 0 || entity.Types.Any(Types.Contains);

    private IEnumerable<string> Asked(string property) => Properties.Where(p => p.Property.Id == property).SelectMany(p => p.Values);
}

/// <summary>What is said of an entity besides its name: one of these values is its.</summary>
public sealed record AskedProperty(EntityProperty Property, IReadOnlyList<string> Values);

/// <summary>How alike a text and an entity are.</summary>
/// <param name="Value">From 0 to 1.</param>
/// <param name="IsNamesake">Whether the text is its name, an alias, or what is claimed, but for how it is written.</param>
public readonly record struct Likeness(double Value, bool IsNamesake);

/// <summary>An entity that may be meant.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Score">From 0 to 100.</param>
/// <param name="IsMatch">Whether it is meant beyond reasonable doubt.</param>
/// <param name="Features">What the score is made of, numbers from 0 to 100 and booleans.</param>
public sealed record Candidate(Entity Entity, double Score, bool IsMatch, IReadOnlyList<(string Id, double? Number, bool? Flag)> Features);

/// <summary>Judges which of the entities found a row means. A pure function.</summary>
public static class Candidates
{
    /// <summary>From here on a name does not contradict an address.</summary>
    private const double AlikeEnough = 0.5;

    /// <summary>
    /// The best of what was found, best first. One is a match where it alone of all that there is has the id, an id in another system or (sources alone, for one page
    /// has many claims) the address that is asked for, and nothing else that is asked contradicts that; or where it is the only one of this name (for
    /// claims: of this text) that has every value asked for. An address does not decide against a name that is not alike: it may be of something else in the row.
    /// A name that is an address itself is alike where the entity has that address.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="found">What may be meant; all that has an id that the row names is among it.</param>
    /// <param name="likeness">How alike they are to the text.</param>
    /// <param name="hasAllKeyed">Whether all that have an address that the row names are among it.</param>
    /// <param name="hasAllNamesakes">Whether all namesakes of this one are among it.</param>
    /// <param name="cancel">Ends it between one entity and the next.</param>
    public static IReadOnlyList<Candidate> Judge(
        SoughtEntity row, IReadOnlyList<KnownEntity> found, Func<KnownEntity, Likeness> likeness, bool hasAllKeyed, Func<Entity, bool> hasAllNamesakes, CancellationToken cancel)
    {
        var judged = new List<Judgement>(found.Count);
        foreach (var known in found.Where(k => row.Question.Wants(k.Entity)))
        {
            cancel.ThrowIfCancellationRequested();
            judged.Add(Judgement.Of(row, known, likeness(known)));
        }

        var keyed = judged.FindAll(j => j.HasKey);
        var fitting = judged.FindAll(j => j.IsNamesake && j.FitsWholly);
        var match = keyed.Count > 0
            ? keyed is [{ Decides: true } only] && hasAllKeyed ? only : null
            : fitting is [var one] && hasAllNamesakes(one.Entity) ? one : null;
        return
        [
            .. judged.OrderByDescending(j => j == match).ThenByDescending(j => j.Score).ThenBy(j => j.Entity.Name.Length).ThenBy(j => j.Entity.Id)
                .Take(row.Question.Limit).Select(j => new Candidate(j.Entity, j.Score, j == match, j.Features)),
        ];
    }

    private sealed record Judgement(Entity Entity, double Score, bool HasKey, bool IsNamesake, bool FitsWholly, bool Decides)
    {
        public required IReadOnlyList<(string Id, double? Number, bool? Flag)> Features { get; init; }

        public static Judgement Of(SoughtEntity row, KnownEntity known, Likeness likeness)
        {
            var agreements = row.Properties.Select(p => (p.Property.Id, With: known.With(p.Property, p.Marks))).ToList();
            var hasId = row.Id == known.Entity.Id || known.Entity.Content.ExternalIds.Any(row.ExternalIds.Contains);
            var hasUrl = known.UrlKeys.Overlaps(row.UrlKeys);
            var hasKey = hasId || (hasUrl && known.Entity is SourceEntity);
            var alike = hasKey || likeness.IsNamesake ? 1 : Math.Max(Math.Min(likeness.Value, 0.99), hasUrl ? 0.5 : 0);
            var fit = agreements.Count == 0 ? 1 : agreements.Average(a => a.With switch { Agreement.Agrees => 1.0, Agreement.Unknown => 0.5, _ => 0 });
            var isAlike = row.TextUrl is { } url ? known.UrlKeys.Contains(url) : row.Question.Text is null || likeness.IsNamesake || likeness.Value >= AlikeEnough;
            return new(
                known.Entity,
                Math.Round(100 * alike * (1 + fit) / 2, 1),
                hasKey,
                likeness.IsNamesake,
                FitsWholly: agreements.TrueForAll(a => a.With == Agreement.Agrees),
                Decides: !agreements.Exists(a => a.With == Agreement.Disagrees) && (hasId || isAlike))
            {
                Features = FeaturesOf(row.Question, likeness, hasId, hasUrl, agreements),
            };
        }

        private static List<(string Id, double? Number, bool? Flag)> FeaturesOf(
            EntityQuestion question, Likeness likeness, bool hasId, bool hasUrl, List<(string Id, Agreement With)> agreements)
        {
            List<(string, double?, bool?)> features = [("sameId", null, hasId), ("sameAddress", null, hasUrl)];
            if (question.Text is not null)
            {
                features.Add(("likeness", Math.Round(100 * likeness.Value, 1), null));
                features.Add(("sameName", null, likeness.IsNamesake));
            }

            features.AddRange(agreements.Where(a => a.With != Agreement.Unknown).GroupBy(a => a.Id)
                .Select(a => (a.Key, (double?)null, (bool?)a.All(x => x.With == Agreement.Agrees))));
            return features;
        }
    }
}
