using Stemma.Domain.History;
using Stemma.Domain.Resources;

namespace Stemma.Domain.Sources;

/// <summary>Names a derivation.</summary>
/// <param name="Value">The UUID, as the API shows it.</param>
public readonly record struct DerivationId(Guid Value);

/// <summary>
/// One source repeats another: PROV <c>wasDerivedFrom</c>. Derivations may run in a circle: that papers quote one another is what one looks for.
/// </summary>
public sealed class Derivation : Resource<DerivationContent>
{
    private Derivation()
    {
    }

    /// <summary>As it is stored.</summary>
    public Derivation(DerivationId id, Stamp stamp, DerivationContent content)
        : base(stamp, content) => Id = id;

    /// <summary>Its id, the same for life.</summary>
    public DerivationId Id { get; private set; }

    /// <inheritdoc/>
    public override ResourceRef Ref => new(ResourceType.Derivation, Id.Value);

    /// <summary>A new one, in version 1.</summary>
    public static Derivation Create(DerivationId id, DerivationContent content, Actor by, DateTimeOffset now)
    {
        var derivation = new Derivation { Id = id };
        derivation.Create(content, by, now);
        return derivation;
    }
}

/// <summary>What a client writes of a derivation. Of one relation there is one living derivation from a source to another.</summary>
public sealed record DerivationContent : ResourceContent
{
    /// <summary>The later source, which repeats.</summary>
    public required SourceId FromId { get; init; }

    /// <summary>The earlier source, which is repeated; never <see cref="FromId"/>.</summary>
    public required SourceId ToId { get; init; }

    /// <summary>How the one repeats the other.</summary>
    public required DerivationRelation Relation { get; init; }

    /// <summary>Whether the later source says so itself.</summary>
    public DerivationBasis Basis { get; init; } = DerivationBasis.Declared;

    /// <summary>The analyst's note.</summary>
    public string? Note { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Reference> References() =>
    [
        new("fromId", ResourceType.Source, FromId.Value),
        new("toId", ResourceType.Source, ToId.Value),
    ];
}

/// <summary>How a source repeats another. <see cref="SameWire"/>, both print one agency's text, is the same either way round.</summary>
public enum DerivationRelation
{
    /// <summary>In its words, marked as such.</summary>
    Quotes,

    /// <summary>Names it as where something is from.</summary>
    Cites,

    /// <summary>Brings its text again.</summary>
    Republishes,

    /// <summary>Brings its text in another language.</summary>
    Translates,

    /// <summary>Rests on it in another way: PROV <c>wasDerivedFrom</c>.</summary>
    DerivedFrom,

    /// <summary>Both bring the text of one news agency.</summary>
    SameWire,
}

/// <summary>Whether the later source declares that it repeats the earlier, or whether that is inferred, from like words say.</summary>
public enum DerivationBasis
{
    /// <summary>The later source says so.</summary>
    Declared,

    /// <summary>Somebody concluded it.</summary>
    Inferred,
}
