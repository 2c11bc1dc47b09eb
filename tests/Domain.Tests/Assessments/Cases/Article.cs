namespace Stemma.Domain.Tests.Assessments;

/// <summary>Worked on the article.</summary>
internal static partial class AssessmentCases
{
    private static Dictionary<string, AssessmentCase> Article => new()
    {
        // Analysis → Reuters (Analysis) → Officials
        ["The analysis says that Reuters was told by officials"] = new(
            """
            Analysis: document
            Reuters: document
            Officials: anonymous
            WSJ: document
            for Analysis reports -> Reuters
            for Reuters reports -> Officials in Analysis
            Analysis cites WSJ
            """,
            """
            rule single 3
            circular no
            for links=2 min=1 max=1 witnesses=1
            for group Officials relayed by Analysis Reuters links 1 2
            for unknown none
            for party none
            """),

        // Analysis → Reuters → Officials ← Paper
        ["Reading a second paper with the same officials adds a witness"] = new(
            """
            Analysis: document
            Reuters: document
            Officials: anonymous
            for Analysis reports -> Reuters
            for Reuters reports -> Officials in Analysis
            for Paper reports -> Officials
            """,
            """
            rule single 3
            for links=3 min=1 max=1 witnesses=2
            for group Officials relayed by Analysis Paper Reuters links 1 2 3
            """),

        // Analysis → Reuters → Officials ← Paper    Third → Customs    × Beijing denies
        ["Customs records confirm it, and a denial is told apart"] = new(
            """
            Analysis: document
            Reuters: document
            Officials: anonymous
            Customs: dataset
            Beijing: government
            for Analysis reports -> Reuters
            for Reuters reports -> Officials in Analysis
            for Paper reports -> Officials
            for Third reports -> Customs
            against Beijing denies
            """,
            """
            rule confirmed 1
            for links=4 min=2 max=2 witnesses=3
            for group Customs relayed by Third links 4
            for group Officials relayed by Analysis Paper Reuters links 1 2 3
            against links=1 min=0 max=0 witnesses=0
            against party Beijing
            change remove-origin for Customs 3
            change remove-origin for Officials 3
            change add-independent-contradiction 3
            """),
    };
}
