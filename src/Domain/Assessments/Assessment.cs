using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Assessments;

/// <summary>How well a claim is corroborated, and why. All lists of ids ascend.</summary>
public sealed record Assessment
{
    /// <summary>The rules by which it was made; another set would have another name.</summary>
    public const string RuleSet = "stemma-1";

    /// <summary>The claim.</summary>
    public required ClaimId ClaimId { get; init; }

    /// <summary>Admiralty code 1 (confirmed by other independent sources) to 6 (truth cannot be judged): the analyst's, where there is one, else the derived one.</summary>
    public int Credibility => Override?.Credibility ?? DerivedCredibility;

    /// <summary>What follows from the evidence alone.</summary>
    public int DerivedCredibility => Rule.Credibility();

    /// <summary>The rule that decided.</summary>
    public required Rule Rule { get; init; }

    /// <summary>The analyst's own grade.</summary>
    public CredibilityOverride? Override { get; init; }

    /// <summary>What bears it out.</summary>
    public required SideAssessment For { get; init; }

    /// <summary>What speaks against it.</summary>
    public required SideAssessment Against { get; init; }

    /// <summary>Whether sources of either side have it from one another in a circle.</summary>
    public bool IsCircular => For.Cycles.Count + Against.Cycles.Count > 0;

    /// <summary>What decided, in sentences.</summary>
    public required IReadOnlyList<string> Explanation { get; init; }

    /// <summary>What single change would give another credibility than <see cref="DerivedCredibility"/>.</summary>
    public required IReadOnlyList<CredibilityChange> WhatWouldChangeIt { get; init; }
}

/// <summary>One side, counted.</summary>
public sealed record SideAssessment
{
    /// <summary>Its links, whatever they lead to.</summary>
    public required int LinkCount { get; init; }

    /// <summary>So many origins are independent for certain.</summary>
    public required int Min { get; init; }

    /// <summary>So many might be, if all that is not known turned out to be independent.</summary>
    public required int Max { get; init; }

    /// <summary>Independent readers through whom the origins are known.</summary>
    public required int Witnesses { get; init; }

    /// <summary>Origins, those that are tied put together; in the order of their first member.</summary>
    public required IReadOnlyList<OriginGroup> Groups { get; init; }

    /// <summary>Sources that vouch, or are named, without a word of where they have it from.</summary>
    public required IReadOnlyList<SourceId> UnknownLineage { get; init; }

    /// <summary>Origins that are a party to the matter: counted nowhere.</summary>
    public required IReadOnlyList<SourceId> PartyOrigins { get; init; }

    /// <summary>Circular reporting, in the order of the cycles' first members.</summary>
    public required IReadOnlyList<LineageCycle> Cycles { get; init; }
}

/// <summary>Origins that count as one at most.</summary>
/// <param name="Origins">The origins.</param>
/// <param name="MergedBy">Every reason that holds between two of them.</param>
/// <param name="RelayedBy">Sources of the side's links that lead to one of them, themselves left out.</param>
/// <param name="Links">The links that lead to one of them.</param>
public sealed record OriginGroup(
    IReadOnlyList<SourceId> Origins, IReadOnlyList<Tie> MergedBy, IReadOnlyList<SourceId> RelayedBy, IReadOnlyList<CorroborationId> Links);

/// <summary>Sources that have it from one another.</summary>
/// <param name="Members">A strongly connected component of the lineage, of two sources or more.</param>
/// <param name="Path">The shortest cycle through the first member, from that one on, which is not repeated at the end.</param>
public sealed record LineageCycle(IReadOnlyList<SourceId> Members, IReadOnlyList<SourceId> Path);

/// <summary>One thing changed, and the credibility that would follow.</summary>
/// <param name="Change">What is changed.</param>
/// <param name="Credibility">Admiralty code 1 to 6.</param>
/// <param name="Side">On which side; null where that is no question.</param>
/// <param name="Origins">The group left out; null where none is.</param>
public sealed record CredibilityChange(ChangeKind Change, int Credibility, Side? Side = null, IReadOnlyList<SourceId>? Origins = null);

/// <summary>Why two origins count as one.</summary>
public enum Tie
{
    /// <summary>They belong to the same organization at the top.</summary>
    RootOrganization,

    /// <summary>Their documents are the same, byte for byte.</summary>
    ContentHash,

    /// <summary>They print the same agency's text.</summary>
    SameWire,

    /// <summary>Nobody can tell that two unnamed speakers or accounts are different people.</summary>
    Lone,
}

/// <summary>For a claim or against it.</summary>
public enum Side
{
    /// <summary>Bears it out.</summary>
    For,

    /// <summary>Speaks against it.</summary>
    Against,
}

/// <summary>What could be otherwise.</summary>
public enum ChangeKind
{
    /// <summary>One group of origins falls away.</summary>
    RemoveOrigin,

    /// <summary>One more independent origin bears it out.</summary>
    AddIndependentSupport,

    /// <summary>One more independent origin speaks against it.</summary>
    AddIndependentContradiction,

    /// <summary>All whose lineage is unknown turn out to be independent.</summary>
    ResolveUnknownLineage,
}
