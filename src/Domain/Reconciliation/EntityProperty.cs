using Stemma.Domain.Sources;

namespace Stemma.Domain.Reconciliation;

/// <summary>A value that an entity has of a property: text, a number, an instant, or another entity.</summary>
public readonly record struct EntityValue
{
    /// <summary>What it says.</summary>
    public string? Text { get; private init; }

    /// <summary>How many.</summary>
    public int? Number { get; private init; }

    /// <summary>When.</summary>
    public DateTimeOffset? Instant { get; private init; }

    /// <summary>The source that it names.</summary>
    public Source? Source { get; private init; }

    /// <summary>Text.</summary>
    public static EntityValue Of(string text) => new() { Text = text };

    /// <summary>A number.</summary>
    public static EntityValue Of(int number) => new() { Number = number };

    /// <summary>An instant.</summary>
    public static EntityValue Of(DateTimeOffset instant) => new() { Instant = instant };

    /// <summary>A source.</summary>
    public static EntityValue Of(Source source) => new() { Source = source };
}

/// <summary>Whether an entity has a value that it is said to have.</summary>
public enum Agreement
{
    /// <summary>It has.</summary>
    Agrees,

    /// <summary>Nothing is known of it there, or the two cannot be compared.</summary>
    Unknown,

    /// <summary>It has another.</summary>
    Disagrees,
}

/// <summary>Something that is known of entities: tables are refined by it, and filled with it.</summary>
/// <param name="Id">How clients name it.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">What it is, and how it is compared.</param>
/// <param name="OfSources">Whether sources have it.</param>
/// <param name="OfClaims">Whether claims have it.</param>
/// <param name="Values">Its values of one entity.</param>
/// <param name="Comparison">How its values are compared with what is asked.</param>
public sealed record EntityProperty(
    string Id, string Name, string Description, bool OfSources, bool OfClaims, Func<Entity, IEnumerable<EntityValue>> Values, Comparison Comparison)
{
    /// <summary>Whether entities of a type have it.</summary>
    public bool IsOf(EntityType type) => type.HasSources ? OfSources : OfClaims;
}

/// <summary>All properties there are.</summary>
public static class EntityProperties
{
    /// <summary>Addresses: they find an entity.</summary>
    public const string Url = "url";

    /// <summary>Ids in other systems: they find an entity.</summary>
    public const string ExternalId = "externalId";

    /// <summary>The name of a source, or another that it goes by.</summary>
    public static readonly EntityProperty Name =
        OfSource("name", "name", "The name, or another that it goes by.", s => Texts(s.Of.Aliases.Prepend(s.Of.Name)), Comparison.Name);

    /// <summary>In the order in which they are proposed.</summary>
    public static readonly IReadOnlyList<EntityProperty> All =
    [
        Both(Url, "address", "Addresses on the web, archived ones included. Finds by itself, whatever the name; compared without scheme, www. and tracking parameters.", UrlsOf, Comparison.Url),
        Both(ExternalId, "id in another system", "system:id, such as wikidata:Q130879. Finds by itself, whatever the name.", e => Texts(e.Content.ExternalIds.Select(x => x.ToString())), Comparison.ExternalId),
        Name,
        OfClaim("text", "text", "What is claimed.", c => [EntityValue.Of(c.Of.Text)], Comparison.Statement),
        Both("kind", "kind", "What sort of source, or of claim.", e => [EntityValue.Of(e is SourceEntity s ? s.Types[0].Id : NameOf(((ClaimEntity)e).Of.Kind))], Comparison.Text),
        OfSource("country", "country", "ISO 3166-1 alpha-2.", s => Text(s.Of.Country), Comparison.Text),
        Both("language", "language", "BCP 47; de and de-AT agree.", e => Text(e is SourceEntity s ? s.Of.Language : ((ClaimEntity)e).Of.Language), Comparison.Language),
        OfSource("parent", "parent", "Published by, part of, employed by: its id, or its name.", s => Source(s.View.Parent), Comparison.Source),
        OfSource("owner", "owner", "Who owns it: its id, or its name.", s => Source(s.View.Owner), Comparison.Source),
        OfClaim("claimant", "claimant", "Who claims it: its id, or its name.", c => Source(c.View.Claimant), Comparison.Source),
        OfSource("publishedAt", "published", "A year, a month, a day or an instant; dates agree where they overlap.", s => Text(s.Of.PublishedAt?.ToString()), Comparison.Time),
        OfClaim("claimedAt", "claimed", "A year, a month, a day or an instant; dates agree where they overlap.", c => Text(c.Of.ClaimedAt?.ToString()), Comparison.Time),
        OfClaim("status", "status", "How far the claim has been worked on.", c => [EntityValue.Of(NameOf(c.Of.Status))], Comparison.Text),
        OfClaim("place", "place", "Where it is said to hold.", c => Text(c.Of.Place), Comparison.Name),
        OfClaim("context", "context", "What a reader must know.", c => Text(c.Of.Context), Comparison.Statement),
        OfSource("description", "description", "What one should know of it.", s => Text(s.Of.Description), Comparison.Statement),
        OfSource("reliability", "reliability", "NATO Admiralty code, A to F.", s => [EntityValue.Of(s.Of.Reliability.ToString())], Comparison.Text),
        OfClaim("credibility", "credibility", "NATO Admiralty code, 1 to 6, as assessed.", c => [EntityValue.Of(c.View.Assessment.Credibility)], Comparison.Number),
        OfClaim("supports", "supporting links", "How many corroborations support it.", c => [EntityValue.Of(c.View.Counts.Supports)], Comparison.Number),
        OfClaim("contradicts", "contradicting links", "How many corroborations contradict it.", c => [EntityValue.Of(c.View.Counts.Contradicts)], Comparison.Number),
        Both("tag", "tag", "Labels.", e => Texts(e.Content.Tags), Comparison.Text),
        Both("updatedAt", "updated", "When it was last changed.", e => [EntityValue.Of(e is SourceEntity s ? s.View.Source.UpdatedAt : ((ClaimEntity)e).View.Claim.UpdatedAt)], Comparison.Time),
    ];

    private static readonly Dictionary<string, EntityProperty> ById = All.ToDictionary(p => p.Id, StringComparer.Ordinal);

    /// <summary>The property of this id, else null.</summary>
    public static EntityProperty? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>An address as a table may have it: without its scheme.</summary>
    public static string AsUrl(string text) => text.Contains("://", StringComparison.Ordinal) ? text.Trim() : "https://" + text.Trim();

    private static EntityProperty Both(
        string id, string name, string description, Func<Entity, IEnumerable<EntityValue>> values, Comparison comparison) =>
        new(id, name, description, OfSources: true, OfClaims: true, values, comparison);

    private static EntityProperty OfSource(
        string id, string name, string description, Func<SourceEntity, IEnumerable<EntityValue>> values, Comparison comparison) =>
        new(id, name, description, OfSources: true, OfClaims: false, e => e is SourceEntity source ? values(source) : [], comparison);

    private static EntityProperty OfClaim(
        string id, string name, string description, Func<ClaimEntity, IEnumerable<EntityValue>> values, Comparison comparison) =>
        new(id, name, description, OfSources: false, OfClaims: true, e => e is ClaimEntity claim ? values(claim) : [], comparison);

    private static IEnumerable<EntityValue> UrlsOf(Entity entity) => Texts(entity.Content.Urls().OfType<string>().Distinct(StringComparer.Ordinal));

    private static IEnumerable<EntityValue> Texts(IEnumerable<string> texts) => texts.Select(EntityValue.Of);

    private static IEnumerable<EntityValue> Text(string? text) => text is null ? [] : [EntityValue.Of(text)];

    private static IEnumerable<EntityValue> Source(Source? source) => source is null ? [] : [EntityValue.Of(source)];

    private static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}
