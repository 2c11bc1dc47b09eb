using Stemma.Domain.Assessments;
using Xunit;

namespace Stemma.Domain.Tests.Assessments;

/// <summary>The table of <see cref="AssessmentCases"/>, held against the assessor, and against the naive one that the random drawings trust.</summary>
public sealed class AssessmentCaseTests
{
    public static TheoryData<string> Cases => [.. AssessmentCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_assessor_says(string name)
    {
        var drawing = Drawing.Parse(AssessmentCases.All[name].Drawing);
        var result = Assessor.Assess(drawing.ToEvidence());

        Assert.False(result.Failed(out var error), error?.ToString());
        AssertSays(name, drawing, result.Value);
        Assert.NotEmpty(result.Value.Explanation);
        Assert.Equal(result.Value.Explanation, Assessor.Assess(drawing.ToEvidence()).Value.Explanation);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_naive_one_says(string name)
    {
        var drawing = Drawing.Parse(AssessmentCases.All[name].Drawing);

        AssertSays(name, drawing, NaiveAssessor.Assess(drawing));
    }

    [Fact]
    public void Every_rule_and_every_change_has_its_case()
    {
        var says = string.Join('\n', AssessmentCases.All.Values.Select(c => c.Says));

        Assert.All(Enum.GetValues<Rule>(), rule => Assert.Contains($"rule {Drawing.Word(rule)} ", says, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<ChangeKind>(), change => Assert.Contains($"change {Drawing.Word(change)} ", says, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<Tie>(), tie => Assert.Matches($"group .* by .*{Drawing.Word(tie)}", says));
    }

    /// <summary>Of the things that a case speaks of, the answer says just that; of others it may say anything.</summary>
    private static void AssertSays(string name, Drawing drawing, Assessment assessment)
    {
        var expected = AssessmentCases.All[name].Says.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var actual = drawing.Describe(assessment);
        foreach (var topic in expected.GroupBy(Topic))
        {
            Assert.Equal(topic, actual.Where(line => Topic(line) == topic.Key).Select(line => Cut(line, topic.First())));
        }

        static string Topic(string line) => line.Split(' ') switch
        {
            [var side, var what, ..] when what.Contains('=', StringComparison.Ordinal) => side,
            ["for" or "against", var what, ..] => line.Split(' ')[0] + " " + what,
            [var what, ..] => what,
            [] => "",
        };

        // Counts that the case leaves out, and whom a group is relayed by, where the case does not care.
        static string Cut(string line, string expected) =>
            line.Split(' ')[1].Contains('=', StringComparison.Ordinal)
                ? string.Join(' ', line.Split(' ').Where(word => !word.Contains('=', StringComparison.Ordinal) || expected.Contains(word.Split('=')[0] + "=", StringComparison.Ordinal)))
                : expected.Contains(" links ", StringComparison.Ordinal) ? line : line.Split(" relayed by ")[0].Split(" links ")[0];
    }
}
