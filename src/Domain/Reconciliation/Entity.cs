using Stemma.Domain.Claims;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Reconciliation;

/// <summary>What rows of other people's tables may mean: a source or a claim.</summary>
public abstract record Entity
{
    private protected Entity()
    {
    }

    /// <summary>A UUID, and so no other entity's, whatever its kind.</summary>
    public abstract Guid Id { get; }

    /// <summary>The source's name, the claim's text.</summary>
    public abstract string Name { get; }

    /// <summary>What the entity is, the most exact first.</summary>
    public abstract IReadOnlyList<EntityType> Types { get; }

    /// <summary>Its content.</summary>
    public abstract ResourceContent Content { get; }
}

/// <summary>A source, with its parent and its owner.</summary>
public sealed record SourceEntity(SourceView View) : Entity
{
    /// <inheritdoc/>
    public override Guid Id => View.Source.Id.Value;

    /// <inheritdoc/>
    public override string Name => Of.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<EntityType> Types => [EntityType.Of(Of.Kind), EntityType.Source];

    /// <inheritdoc/>
    public override ResourceContent Content => Of;

    /// <summary>The source's own content.</summary>
    public SourceContent Of => View.Source.Content;
}

/// <summary>A claim, with its claimant.</summary>
public sealed record ClaimEntity(ClaimView View) : Entity
{
    /// <inheritdoc/>
    public override Guid Id => View.Claim.Id.Value;

    /// <inheritdoc/>
    public override string Name => Of.Text;

    /// <inheritdoc/>
    public override IReadOnlyList<EntityType> Types => [EntityType.Claim];

    /// <inheritdoc/>
    public override ResourceContent Content => Of;

    /// <summary>The claim's own content.</summary>
    public ClaimContent Of => View.Claim.Content;
}

/// <summary>What sort of entity: any source, sources of one kind, or claims.</summary>
/// <param name="Id">How clients name it.</param>
/// <param name="Name">For people.</param>
/// <param name="Kind">The one kind of sources; null for all of them, and for claims.</param>
public sealed record EntityType(string Id, string Name, SourceKind? Kind)
{
    /// <summary>Sources of every kind.</summary>
    public static readonly EntityType Source = new("source", "Source", null);

    /// <summary>Claims.</summary>
    public static readonly EntityType Claim = new("claim", "Claim", null);

    /// <summary>Sources, each of their kinds, and claims.</summary>
    public static readonly IReadOnlyList<EntityType> All = [Source, .. Enum.GetValues<SourceKind>().Select(Of), Claim];

    /// <summary>What it is a part of.</summary>
    public EntityType? Broader => Kind is null ? null : Source;

    /// <summary>Whether sources are of it.</summary>
    public bool HasSources => this != Claim;

    /// <summary>Sources of one kind.</summary>
    public static EntityType Of(SourceKind kind) => new(kind.ToString().ToLowerInvariant(), kind.ToString(), kind);
}
