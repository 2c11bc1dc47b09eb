using System.Globalization;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Assessments;

/// <summary>An assessment in sentences.</summary>
internal static class Explanation
{
    /// <summary>Groups, names or cycles told one by one; of more only the number is told.</summary>
    private const int MostTold = 10;

    public static IReadOnlyList<string> Of(Rule rule, Evidence evidence, SideAssessment support, SideAssessment contradiction)
    {
        var names = new Names(evidence.Lineage);
        return
        [
            .. Side(names, support, "for it"),
            .. Side(names, contradiction, "against it"),
            Decision(rule, support, contradiction),
            .. evidence.Override is { } grade ? [$"Graded {Number(grade.Credibility)} by {grade.By}: {grade.Reason}"] : (string[])[],
        ];
    }

    private static IEnumerable<string> Side(Names names, SideAssessment side, string which)
    {
        if (side.LinkCount == 0)
        {
            yield break;
        }

        if (side.Groups.Count == 0)
        {
            yield return $"{Count(side.LinkCount, "link")} {which}, and no origin behind {(side.LinkCount == 1 ? "it" : "them")}.";
        }
        else if (side.Groups.Count > 1 || side.LinkCount > 1)
        {
            yield return $"{Count(side.LinkCount, "link")} {which} {(side.LinkCount == 1 ? "leads" : "lead")} to {Count(side.Groups.Count, "origin")}; {Number(side.Min)} "
                + (side.Max > side.Min ? $"independent for certain, {Number(side.Max)} at most." : "independent.");
        }

        foreach (var group in side.Groups.Take(MostTold))
        {
            var relayed = group.RelayedBy.Count > 0 ? $", relayed by {Count(group.RelayedBy.Count, "source")}" : "";
            yield return group.Origins.Count == 1
                ? $"One origin {which}: {names.WithKind(group.Origins[0])}{relayed}."
                : $"One origin {which}, as nothing shows that they are independent ({string.Join(", ", group.MergedBy.Select(Reason))}): {names.List(group.Origins)}{relayed}.";
        }

        if (side.Groups.Count > MostTold)
        {
            yield return $"{Number(side.Groups.Count - MostTold)} more origins {which}.";
        }

        if (side.Min < side.Groups.Count && side.Witnesses < side.Groups.Count)
        {
            yield return $"The {Count(side.Groups.Count, "origin")} {which} are known through {Count(side.Witnesses, "independent reader")}: each vouches for one.";
        }
        else if (side.Min < side.Groups.Count)
        {
            yield return $"Not each of the {Count(side.Groups.Count, "origin")} {which} counts: there is not a reader of its own for each, or unnamed ones may be among the named.";
        }

        if (side.UnknownLineage.Count > 0)
        {
            yield return $"Where {names.List(side.UnknownLineage)} {(side.UnknownLineage.Count == 1 ? "has" : "have")} it from is not known: counted at most, never for certain.";
        }

        if (side.PartyOrigins.Count > 0)
        {
            yield return $"A party to the matter, told apart and counted nowhere: {names.List(side.PartyOrigins)}.";
        }

        foreach (var cycle in side.Cycles.Take(MostTold))
        {
            yield return $"Circular reporting {which}: {string.Join(" → ", cycle.Path.Take(MostTold).Append(cycle.Path[0]).Select(names.Of))}.";
        }
    }

    private static string Decision(Rule rule, SideAssessment support, SideAssessment contradiction) => rule switch
    {
        Rule.NotGradable => "An opinion or a prediction: its truth cannot be judged.",
        Rule.NoOrigin => "No origin on either side: its truth cannot be judged.",
        Rule.Refuted => $"{Count(contradiction.Min, "independent origin")} against it, {Number(support.Min)} for it: improbable.",
        Rule.Contested => $"{Count(contradiction.Min, "independent origin")} against it, {Number(support.Min)} for it: doubtful.",
        Rule.Implausible => "The analyst finds it illogical in itself: doubtful.",
        Rule.Confirmed => $"{Count(support.Min, "independent origin")} for it and nothing against it: confirmed.",
        Rule.Disputed => $"{Count(support.Min, "independent origin")} for it; what speaks against it is of unknown lineage: probably true.",
        Rule.Outweighed => $"{Count(support.Min, "independent origin")} for it, {Number(contradiction.Min)} against it: possibly true.",
        Rule.Consistent => "One independent origin, and a confirmed claim that agrees with it: probably true.",
        _ => "One independent origin: possibly true.",
    };

    private static string Reason(Tie tie) => tie switch
    {
        Tie.RootOrganization => "same organization at the top",
        Tie.ContentHash => "same bytes",
        Tie.SameWire => "same wire",
        _ => "unnamed or accounts of nobody known",
    };

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{Number(number)} {noun}s";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private sealed class Names(Lineage lineage)
    {
        public string Of(SourceId id) => $"\"{lineage.Sources[id].Name}\"";

        public string WithKind(SourceId id) => $"{Of(id)} ({lineage.Sources[id].Kind.ToString().ToLowerInvariant()})";

        public string List(IReadOnlyList<SourceId> ids) =>
            string.Join(", ", ids.Take(MostTold).Select(Of)) + (ids.Count > MostTold ? $" and {Number(ids.Count - MostTold)} more" : "");
    }
}
