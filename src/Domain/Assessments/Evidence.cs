using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Assessments;

/// <summary>All that is known at an instant and bears on one claim: what <see cref="Assessor"/> judges by. The order of its lists has no meaning.</summary>
public sealed record Evidence
{
    /// <summary>The claim that is judged.</summary>
    public required ClaimId ClaimId { get; init; }

    /// <summary>Opinions and predictions cannot be graded.</summary>
    public required ClaimKind Kind { get; init; }

    /// <summary>The analyst's word whether it is logical in itself.</summary>
    public bool? Plausible { get; init; }

    /// <summary>An analyst's own grade, which stands before the derived one.</summary>
    public CredibilityOverride? Override { get; init; }

    /// <summary>What bears it out.</summary>
    public SideEvidence For { get; init; } = SideEvidence.None;

    /// <summary>What speaks against it.</summary>
    public SideEvidence Against { get; init; } = SideEvidence.None;

    /// <summary>Whether a claim tied to this one, not to its pool, by <c>entails</c> or <c>refines</c>, either way, has the derived rule <see cref="Rule.Confirmed"/>.</summary>
    public bool IsBorneOutByConfirmed { get; init; }

    /// <summary>Who has what from whom, and who belongs to whom; it may hold more than concerns this claim.</summary>
    public required Lineage Lineage { get; init; }
}

/// <summary>One side's evidence.</summary>
/// <param name="Links">Links of the side: <c>mentions</c> is never among them.</param>
/// <param name="Deniers">The claimants of claims of kind <c>denial</c> among the claims from which the side's links are taken: parties to the matter.</param>
public sealed record SideEvidence(IReadOnlyList<LinkEvidence> Links, IReadOnlyList<SourceId> Deniers)
{
    /// <summary>Nothing.</summary>
    public static SideEvidence None { get; } = new([], []);

    /// <summary>Who has a stake in the matter: those whose interest it is, who deny it, or in whose name it is denied. Some may be no source of the side.</summary>
    public IReadOnlySet<SourceId> Parties() => Links.Where(l => l.Interest == Interest.Party || l.IsOwnDenial).Select(l => l.SourceId)
        .Concat(Links.Where(l => l.Stance == Stance.Denies).SelectMany(l => l.AttributedToIds))
        .Concat(Deniers)
        .ToHashSet();
}

/// <summary>What counts of one corroboration.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SourceId">Who says it.</param>
/// <param name="Stance">Whether it vouches, relays or denies.</param>
/// <param name="Directness">Whether it saw or did it itself.</param>
/// <param name="Interest">Its interest in the matter.</param>
/// <param name="AttributedToIds">Whom it names as where it has this from.</param>
/// <param name="CitedInId">Where the recorder read it, if not there.</param>
public sealed record LinkEvidence(
    CorroborationId Id,
    SourceId SourceId,
    Stance Stance,
    Directness Directness,
    Interest Interest,
    IReadOnlyList<SourceId> AttributedToIds,
    SourceId? CitedInId)
{
    /// <summary>The claim that it bears on: the one that is judged, or one of its pool, or one that contradicts it. Decides nothing; null where it is not told.</summary>
    public ClaimId? ClaimId { get; init; }

    /// <summary>Through whom the recorder knows of it.</summary>
    public SourceId Witness => CitedInId ?? SourceId;

    /// <summary>A denial attributed to nobody, which is first-hand by its nature.</summary>
    public bool IsOwnDenial => CorroborationContent.IsByParty(Stance, AttributedToIds.Count);
}

/// <summary>What counts of one source.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name, for the explanation.</param>
/// <param name="ParentId">Who publishes or employs it.</param>
/// <param name="OwnerId">Who owns it; stands before the parent.</param>
/// <param name="ContentHash">Of a document's bytes.</param>
public sealed record SourceEvidence(SourceId Id, SourceKind Kind, string Name, SourceId? ParentId = null, SourceId? OwnerId = null, string? ContentHash = null)
{
    /// <summary>An account or an unnamed speaker who belongs to nobody: of two of them nobody can tell that they are different people.</summary>
    public bool IsLone => Kind is SourceKind.Anonymous or SourceKind.Account && ParentId is null && OwnerId is null;
}

/// <summary>What counts of one derivation: <paramref name="FromId"/> has something from <paramref name="ToId"/>.</summary>
/// <param name="FromId">The later source.</param>
/// <param name="ToId">The earlier source.</param>
/// <param name="Relation">How the one repeats the other.</param>
public sealed record DerivationEvidence(SourceId FromId, SourceId ToId, DerivationRelation Relation);

/// <summary>An analyst's own grade.</summary>
/// <param name="Credibility">Admiralty code 1 to 6.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who set it.</param>
/// <param name="At">When it was set.</param>
public sealed record CredibilityOverride(int Credibility, string Reason, string By, DateTimeOffset At)
{
    /// <summary>Unicode code points of the reason.</summary>
    public const int MaxReasonLength = 10_000;
}
