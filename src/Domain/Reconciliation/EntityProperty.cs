using System.Globalization;
using Stemma.Domain.Kernel;
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
/// <param name="Compare">Whether a value stands for what is asked, by itself; null where this cannot be said.</param>
public sealed record EntityProperty(
    string Id, string Name, string Description, bool OfSources, bool OfClaims, Func<Entity, IEnumerable<EntityValue>> Values, Func<EntityValue, string, bool?> Compare)
{
    /// <summary>Whether entities of a type have it.</summary>
    public bool IsOf(EntityType type) => type.HasSources ? OfSources : OfClaims;

    /// <summary>Whether what the entity has is one of the values that were asked for.</summary>
    public Agreement With(Entity entity, IReadOnlyList<string> asked)
    {
        var known = (from value in Values(entity) from text in asked select Compare(value, text)).OfType<bool>().ToList();
        return known.Count == 0 ? Agreement.Unknown : known.Contains(true) ? Agreement.Agrees : Agreement.Disagrees;
    }
}

/// <summary>All properties there are.</summary>
public static class EntityProperties
{
    /// <summary>Addresses: they find an entity.</summary>
    public const string Url = "url";

    /// <summary>Ids in other systems: they find an entity.</summary>
    public const string ExternalId = "externalId";

    /// <summary>In the order in which they are proposed.</summary>
    public static readonly IReadOnlyList<EntityProperty> All =
    [
        Both(Url, "address", "Addresses on the web, archived ones included. Finds by itself, whatever the name; compared without scheme, www. and tracking parameters.", UrlsOf, SameUrl),
        Both(ExternalId, "id in another system", "system:id, such as wikidata:Q130879. Finds by itself, whatever the name.", e => Texts(e.Content.ExternalIds.Select(x => x.ToString())), SameExternalId),
        OfSource("name", "name", "The name, or another that it goes by.", s => Texts(s.Of.Aliases.Prepend(s.Of.Name)), SameName),
        OfClaim("text", "text", "What is claimed.", c => [EntityValue.Of(c.Of.Text)], SameStatement),
        Both("kind", "kind", "What sort of source, or of claim.", e => [EntityValue.Of(e is SourceEntity s ? s.Types[0].Id : NameOf(((ClaimEntity)e).Of.Kind))], SameText),
        OfSource("country", "country", "ISO 3166-1 alpha-2.", s => Text(s.Of.Country), SameText),
        Both("language", "language", "BCP 47; de and de-AT agree.", e => Text(e is SourceEntity s ? s.Of.Language : ((ClaimEntity)e).Of.Language), SameLanguage),
        OfSource("parent", "parent", "Published by, part of, employed by: its id, or its name.", s => Source(s.View.Parent), SameSource),
        OfSource("owner", "owner", "Who owns it: its id, or its name.", s => Source(s.View.Owner), SameSource),
        OfClaim("claimant", "claimant", "Who claims it: its id, or its name.", c => Source(c.View.Claimant), SameSource),
        OfSource("publishedAt", "published", "A year, a month, a day or an instant; dates agree where they overlap.", s => Text(s.Of.PublishedAt?.ToString()), SameTime),
        OfClaim("claimedAt", "claimed", "A year, a month, a day or an instant; dates agree where they overlap.", c => Text(c.Of.ClaimedAt?.ToString()), SameTime),
        OfClaim("status", "status", "How far the claim has been worked on.", c => [EntityValue.Of(NameOf(c.Of.Status))], SameText),
        OfClaim("place", "place", "Where it is said to hold.", c => Text(c.Of.Place), SameName),
        OfClaim("context", "context", "What a reader must know.", c => Text(c.Of.Context), SameStatement),
        OfSource("description", "description", "What one should know of it.", s => Text(s.Of.Description), SameStatement),
        OfSource("reliability", "reliability", "NATO Admiralty code, A to F.", s => [EntityValue.Of(s.Of.Reliability.ToString())], SameText),
        OfClaim("credibility", "credibility", "NATO Admiralty code, 1 to 6, as assessed.", c => [EntityValue.Of(c.View.Assessment.Credibility)], SameNumber),
        OfClaim("supports", "supporting links", "How many corroborations support it.", c => [EntityValue.Of(c.View.Counts.Supports)], SameNumber),
        OfClaim("contradicts", "contradicting links", "How many corroborations contradict it.", c => [EntityValue.Of(c.View.Counts.Contradicts)], SameNumber),
        Both("tag", "tag", "Labels.", e => Texts(e.Content.Tags), SameText),
        Both("updatedAt", "updated", "When it was last changed.", e => [EntityValue.Of(e is SourceEntity s ? s.View.Source.UpdatedAt : ((ClaimEntity)e).View.Claim.UpdatedAt)], SameTime),
    ];

    private static readonly Dictionary<string, EntityProperty> ById = All.ToDictionary(p => p.Id, StringComparer.Ordinal);

    /// <summary>The property of this id, else null.</summary>
    public static EntityProperty? Find(string id) => ById.GetValueOrDefault(id);

    private static EntityProperty Both(
        string id, string name, string description, Func<Entity, IEnumerable<EntityValue>> values, Func<EntityValue, string, bool?> compare) =>
        new(id, name, description, OfSources: true, OfClaims: true, values, compare);

    private static EntityProperty OfSource(
        string id, string name, string description, Func<SourceEntity, IEnumerable<EntityValue>> values, Func<EntityValue, string, bool?> compare) =>
        new(id, name, description, OfSources: true, OfClaims: false, e => e is SourceEntity source ? values(source) : [], compare);

    private static EntityProperty OfClaim(
        string id, string name, string description, Func<ClaimEntity, IEnumerable<EntityValue>> values, Func<EntityValue, string, bool?> compare) =>
        new(id, name, description, OfSources: false, OfClaims: true, e => e is ClaimEntity claim ? values(claim) : [], compare);

    private static IEnumerable<EntityValue> UrlsOf(Entity entity) => Texts(entity.Content.Urls().OfType<string>().Distinct(StringComparer.Ordinal));

    private static IEnumerable<EntityValue> Texts(IEnumerable<string> texts) => texts.Select(EntityValue.Of);

    private static IEnumerable<EntityValue> Text(string? text) => text is null ? [] : [EntityValue.Of(text)];

    private static IEnumerable<EntityValue> Source(Source? source) => source is null ? [] : [EntityValue.Of(source)];

    private static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    private static bool? SameText(EntityValue value, string asked) => value.Text!.Equals(asked.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool? SameName(EntityValue value, string asked) => Wording.Name(value.Text!) == Wording.Name(asked);

    private static bool? SameStatement(EntityValue value, string asked) => Wording.Statement(value.Text!) == Wording.Statement(asked);

    private static bool? SameNumber(EntityValue value, string asked) =>
        int.TryParse(asked, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? value.Number == number : null;

    private static bool? SameUrl(EntityValue value, string asked) => SourceUrl.Key(AsUrl(asked)) is { } key ? SourceUrl.Key(value.Text) == key : null;

    /// <summary>An address as a table may have it: without its scheme.</summary>
    public static string AsUrl(string text) => text.Contains("://", StringComparison.Ordinal) ? text.Trim() : "https://" + text.Trim();

    /// <summary>Another id in the same system is another thing's; nothing follows from one in another system.</summary>
    private static bool? SameExternalId(EntityValue value, string asked)
    {
        var colon = asked.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && value.Text!.StartsWith(asked[..(colon + 1)], StringComparison.Ordinal) ? value.Text == asked : null;
    }

    private static bool? SameLanguage(EntityValue value, string asked)
    {
        var (one, other) = (value.Text! + "-", asked.Trim() + "-");
        return one.StartsWith(other, StringComparison.OrdinalIgnoreCase) || other.StartsWith(one, StringComparison.OrdinalIgnoreCase);
    }

    private static bool? SameSource(EntityValue value, string asked) =>
        Guid.TryParseExact(asked, "D", out var id) ? value.Source!.Id.Value == id
        : value.Source!.Content.Aliases.Prepend(value.Source.Content.Name).Any(name => Wording.Name(name) == Wording.Name(asked));

    private static bool? SameTime(EntityValue value, string asked)
    {
        if (!PartialDate.TryParse(asked, out var other))
        {
            return null;
        }

        if (value.Instant is { } instant)
        {
            return instant >= other.First && instant <= other.Last;
        }

        var mine = PartialDate.Parse(value.Text!);
        return mine.First <= other.Last && other.First <= mine.Last;
    }
}
