namespace Stemma.Domain.Tests.Assessments;

/// <param name="Drawing">See <see cref="Assessments.Drawing"/>.</param>
/// <param name="Says">Lines of <see cref="Drawing.Describe"/>: all of them that begin alike, or none.</param>
internal sealed record AssessmentCase(string Drawing, string Says);

/// <summary>
/// The rules of assessment as a table of small cases, worked out by hand. In the drawings, <c>A → P</c>: A has it from P; <c>[A]</c>: A was
/// there; <c>A?</c>: A vouches and does not say where it has it from; <c>(W)</c>: read in W; <c>A = B</c>: they are tied; <c>A ↑ O</c>: A belongs
/// to O; <c>×</c> stands before those against.
/// </summary>
internal static partial class AssessmentCases
{
    /// <summary>The cases of all parts of the rules, each in a file of its own under <c>Cases</c>.</summary>
    public static IReadOnlyDictionary<string, AssessmentCase> All { get; } = Together(
        Rules, Lineage, Circles, Origins, Parties, UnknownLineage, Ties, LoneSources, Witnesses, WitnessesOfUnknownLineage, Changes, Article);

    private static Dictionary<string, AssessmentCase> Together(params Dictionary<string, AssessmentCase>[] parts) =>
        parts.SelectMany(part => part).ToDictionary(c => c.Key, c => c.Value);
}
