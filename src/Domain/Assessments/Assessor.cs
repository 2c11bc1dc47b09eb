using Stemma.Domain.Kernel;

namespace Stemma.Domain.Assessments;

/// <summary>
/// Judges how well a claim is corroborated: by independent origins, never by the number of those who repeat them. What is not known never counts as
/// independence. A pure function: the same evidence gives the same assessment, whatever the order of its lists.
/// </summary>
/// <remarks>
/// For each side: the graph of who has it from whom (<see cref="LineageGraph"/>); its origins; origins that are tied, put together
/// (<see cref="Ties"/>); the readers through whom they are known; and the largest number of groups of origins that can each be given a group of
/// readers of its own (<see cref="Matching"/>). That is the least number of independent origins; the most counts those of unknown lineage too.
/// Both numbers of both sides decide by a table (<see cref="Rules"/>).
/// </remarks>
public static class Assessor
{
    /// <summary>Sources that one claim's lineage may have; past this it is not assessed.</summary>
    public const int MaxSources = 50_000;

    /// <summary>The assessment; a failure where the claim's lineage is larger than can be answered for.</summary>
    public static Result<Assessment> Assess(Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        if (SideAnalysis.Of(evidence.For, evidence.Lineage) is not { } support || SideAnalysis.Of(evidence.Against, evidence.Lineage) is not { } contradiction)
        {
            return new Error.TooLarge($"The claim's links lead to more than {SideAnalysis.MaxRelays:N0} origins, counted link by link: too many to be assessed.");
        }

        var rule = Decide(evidence, support.Count, contradiction.Count);
        var (pro, con) = (support.ToAssessment(), contradiction.ToAssessment());
        return new Assessment
        {
            ClaimId = evidence.ClaimId,
            Rule = rule,
            Override = evidence.Override,
            For = pro,
            Against = con,
            Explanation = Explanation.Of(rule, evidence, pro, con),
            WhatWouldChangeIt = [.. Changes(evidence, support, contradiction).Where(c => c.Credibility != rule.Credibility())],
        };
    }

    private static IEnumerable<CredibilityChange> Changes(Evidence evidence, SideAnalysis support, SideAnalysis contradiction)
    {
        var (s, c) = (support.Count, contradiction.Count);
        foreach (var (origins, left) in support.WithoutEach(left => Decide(evidence, left, c).Credibility(), c.Min))
        {
            yield return new(ChangeKind.RemoveOrigin, Decide(evidence, left, c).Credibility(), Side.For, origins);
        }

        foreach (var (origins, left) in contradiction.WithoutEach(left => Decide(evidence, s, left).Credibility(), s.Min))
        {
            yield return new(ChangeKind.RemoveOrigin, Decide(evidence, s, left).Credibility(), Side.Against, origins);
        }

        yield return new(ChangeKind.AddIndependentSupport, Decide(evidence, (s.Min + 1, s.Max + 1), c).Credibility());
        yield return new(ChangeKind.AddIndependentContradiction, Decide(evidence, s, (c.Min + 1, c.Max + 1)).Credibility());
        yield return new(ChangeKind.ResolveUnknownLineage, Decide(evidence, (s.Max, s.Max), (c.Max, c.Max)).Credibility());
    }

    private static Rule Decide(Evidence evidence, (int Min, int Max) support, (int Min, int Max) contradiction) =>
        Rules.Decide(evidence.Kind, evidence.Plausible, support, contradiction, evidence.IsBorneOutByConfirmed);
}
