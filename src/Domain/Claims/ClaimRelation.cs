using Stemma.Domain.History;
using Stemma.Domain.Resources;

namespace Stemma.Domain.Claims;

/// <summary>Names a claim relation.</summary>
/// <param name="Value">The UUID, as the API shows it.</param>
public readonly record struct ClaimRelationId(Guid Value);

/// <summary>How two claims stand to each other.</summary>
public sealed class ClaimRelation : Resource<ClaimRelationContent>
{
    private ClaimRelation()
    {
    }

    /// <summary>As it is stored.</summary>
    public ClaimRelation(ClaimRelationId id, Stamp stamp, ClaimRelationContent content)
        : base(stamp, content) => Id = id;

    /// <summary>Its id, the same for life.</summary>
    public ClaimRelationId Id { get; private set; }

    /// <inheritdoc/>
    public override ResourceRef Ref => new(ResourceType.ClaimRelation, Id.Value);

    /// <summary>A new one, in version 1.</summary>
    public static ClaimRelation Create(ClaimRelationId id, ClaimRelationContent content, Actor by, DateTimeOffset now)
    {
        var relation = new ClaimRelation { Id = id };
        relation.Create(content, by, now);
        return relation;
    }
}

/// <summary>What a client writes of a claim relation. Of one kind there is one living relation from a claim to another.</summary>
public sealed record ClaimRelationContent : ResourceContent
{
    /// <summary>The claim that the relation is said of: it refines, updates, entails the other.</summary>
    public required ClaimId FromId { get; init; }

    /// <summary>The other claim; never <see cref="FromId"/>.</summary>
    public required ClaimId ToId { get; init; }

    /// <summary>How the one stands to the other.</summary>
    public required ClaimRelationKind Kind { get; init; }

    /// <summary>In what the two differ, so that the relation holds only with that in mind.</summary>
    public ScopeDifference ScopeDifference { get; init; } = ScopeDifference.None;

    /// <summary>The analyst's note.</summary>
    public string? Note { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Reference> References() =>
    [
        new("fromId", ResourceType.Claim, FromId.Value),
        new("toId", ResourceType.Claim, ToId.Value),
    ];
}

/// <summary>How a claim stands to another. <see cref="Contradicts"/> and <see cref="Equivalent"/> are the same either way round.</summary>
public enum ClaimRelationKind
{
    /// <summary>Both cannot be true.</summary>
    Contradicts,

    /// <summary>They say the same.</summary>
    Equivalent,

    /// <summary>If it is true, so is the other.</summary>
    Entails,

    /// <summary>It says the same more exactly.</summary>
    Refines,

    /// <summary>It says the same of a later time.</summary>
    Updates,

    /// <summary>It takes the other's place, which is no longer upheld.</summary>
    Supersedes,
}

/// <summary>In what the scopes of two claims differ: two figures that seem to contradict each other may be of two years.</summary>
public enum ScopeDifference
{
    /// <summary>In nothing.</summary>
    None,

    /// <summary>The time that they speak of.</summary>
    Date,

    /// <summary>What is measured.</summary>
    Metric,

    /// <summary>The place that they speak of.</summary>
    Geography,

    /// <summary>What a word means.</summary>
    Definition,
}
