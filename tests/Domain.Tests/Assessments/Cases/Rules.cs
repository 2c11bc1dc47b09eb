namespace Stemma.Domain.Tests.Assessments;

/// <summary>The table of rules.</summary>
internal static partial class AssessmentCases
{
    private static Dictionary<string, AssessmentCase> Rules => new()
    {
        // [A]  [B]
        ["An opinion cannot be graded"] = new(
            """
            claim opinion
            for A supports first-hand
            for B supports first-hand
            """,
            """
            rule not-gradable 6
            for min=2 max=2
            change nothing
            """),

        // × [A]
        ["A prediction cannot be graded"] = new(
            """
            claim prediction implausible borne-out
            against A contradicts first-hand
            """,
            """
            rule not-gradable 6
            change nothing
            """),

        ["Of nothing nothing follows"] = new(
            "",
            """
            rule no-origin 6
            credibility 6
            circular no
            for links=0 min=0 max=0 witnesses=0
            for group none
            for unknown none
            for party none
            for cycle none
            against links=0 min=0 max=0 witnesses=0
            change add-independent-support 3
            change add-independent-contradiction 5
            """),

        // A?  × B?
        ["Unknown lineage on both sides is no origin"] = new(
            """
            for A supports
            against B contradicts
            """,
            """
            rule no-origin 6
            for min=0 max=1
            against min=0 max=1
            change add-independent-support 3
            change add-independent-contradiction 4
            change resolve-unknown-lineage 4
            """),

        // × [B]
        ["One against and nothing for it refutes"] = new(
            "against B contradicts first-hand",
            """
            rule refuted 5
            change remove-origin against B 6
            change add-independent-support 4
            """),

        // [A]  [B]  × [C]  [D]
        ["Two against two refute"] = new(
            """
            for A supports first-hand
            for B supports first-hand
            against C contradicts first-hand
            against D contradicts first-hand
            """,
            """
            rule refuted 5
            change remove-origin against C 3
            change remove-origin against D 3
            change add-independent-support 3
            """),

        // A?  × [B]
        ["One against what may be is contested"] = new(
            """
            for A supports
            against B contradicts first-hand
            """,
            """
            rule contested 4
            for min=0 max=1
            change remove-origin against B 6
            change add-independent-contradiction 5
            """),

        // [A]  × [B]
        ["One against one is contested"] = new(
            """
            for A supports first-hand
            against B contradicts first-hand
            """,
            """
            rule contested 4
            change remove-origin for A 5
            change remove-origin against B 3
            change add-independent-support 3
            change add-independent-contradiction 5
            """),

        // [A]  × [B], illogical in itself
        ["Contested stands before implausible"] = new(
            """
            claim implausible
            for A supports first-hand
            against B contradicts first-hand
            """,
            """
            rule contested 4
            change remove-origin for A 5
            change add-independent-contradiction 5
            """),

        // [A]  [B], illogical in itself
        ["Implausible stands before confirmed"] = new(
            """
            claim implausible
            for A supports first-hand
            for B supports first-hand
            """,
            """
            rule implausible 4
            change nothing
            """),

        // [A]  [B]
        ["Two confirm"] = new(
            """
            claim plausible borne-out
            for A supports first-hand
            for B supports first-hand
            """,
            """
            rule confirmed 1
            credibility 1
            for links=2 min=2 max=2 witnesses=2
            for group A links 1
            for group B links 2
            change remove-origin for A 2
            change remove-origin for B 2
            change add-independent-contradiction 3
            """),

        // [A]  [B]  × C?
        ["What may be against two disputes them"] = new(
            """
            for A supports first-hand
            for B supports first-hand
            against C contradicts
            """,
            """
            rule disputed 2
            against min=0 max=1
            against unknown C
            change remove-origin for A 3
            change remove-origin for B 3
            change add-independent-contradiction 3
            change resolve-unknown-lineage 3
            """),

        // [A]  [B]  × [C]
        ["Two outweigh one"] = new(
            """
            for A supports first-hand
            for B supports first-hand
            against C contradicts first-hand
            """,
            """
            rule outweighed 3
            change remove-origin for A 4
            change remove-origin for B 4
            change remove-origin against C 1
            change add-independent-contradiction 5
            """),

        // [A]  [B]  [D]  × [C]  [E]
        ["Three outweigh two"] = new(
            """
            for A supports first-hand
            for B supports first-hand
            for D supports first-hand
            against C contradicts first-hand
            against E contradicts first-hand
            """,
            """
            rule outweighed 3
            change remove-origin for A 5
            change remove-origin for B 5
            change remove-origin for D 5
            change add-independent-contradiction 5
            """),

        // [A], and another claim bears it out
        ["One that another claim bears out is consistent"] = new(
            """
            claim borne-out
            for A supports first-hand
            """,
            """
            rule consistent 2
            change remove-origin for A 6
            change add-independent-support 1
            change add-independent-contradiction 4
            """),

        // [A]  × B?, and another claim bears it out
        ["What may be against it leaves it consistent"] = new(
            """
            claim borne-out
            for A supports first-hand
            against B contradicts
            """,
            """
            rule consistent 2
            change remove-origin for A 6
            change add-independent-contradiction 4
            change resolve-unknown-lineage 4
            """),

        // [A]
        ["One is single"] = new(
            "for A supports first-hand",
            """
            rule single 3
            change remove-origin for A 6
            change add-independent-support 1
            change add-independent-contradiction 4
            """),

        // [A]  [B], and the analyst says 5
        ["An override leaves what is derived beside it"] = new(
            """
            claim override=5
            for A supports first-hand
            for B supports first-hand
            """,
            """
            rule confirmed 1
            credibility 5
            change remove-origin for A 3
            change remove-origin for B 3
            change add-independent-contradiction 3
            """),
    };
}
