namespace Stemma.Domain.Tests.Assessments;

/// <summary>Circular reporting.</summary>
internal static partial class AssessmentCases
{
    private static Dictionary<string, AssessmentCase> Circles => new()
    {
        // A ⇄ B
        ["Two that have it from each other are no origin"] = new(
            """
            for A supports -> B
            for B supports -> A
            """,
            """
            rule no-origin 6
            circular yes
            for min=0 max=0
            for group none
            for unknown none
            for cycle A B path A B
            """),

        // A ⇄ B → P
        ["A circle may have a way out"] = new(
            """
            P: person
            for A reports -> B
            for B reports -> A P
            """,
            """
            circular yes
            for cycle A B path A B
            for group P relayed by A B links 1 2
            for min=1 max=1 witnesses=2
            """),

        // [A] ⇄ B
        ["A circle may hold an origin"] = new(
            """
            for A supports first-hand
            for B reports -> A
            A republishes B
            """,
            """
            for cycle A B path A B
            for group A relayed by B links 1 2
            """),

        // A → B → C → A, A → C
        ["The path is the shortest through the first"] = new(
            """
            for A reports -> B C
            for B reports -> C
            for C reports -> A
            """,
            "for cycle A B C path A C"),

        // A → B → E → A
        // A → C → D → A
        ["Of paths as short the first that a search finds"] = new(
            """
            for A reports -> C B
            for B reports -> E
            for C reports -> D
            for D reports -> A
            for E reports -> A
            """,
            "for cycle A B C D E path A B E"),

        // A → C → B → A: ascending order is for the members, not for the path
        ["A path goes as the lineage does"] = new(
            """
            for A reports -> C
            C republishes B
            B translates A
            """,
            "for cycle A B C path A C B"),

        // B ⇄ C   A ⇄ D   × E ⇄ F
        ["Circles are in the order of their first members"] = new(
            """
            for B reports -> C
            for C reports -> B
            for A reports -> D
            for D reports -> A
            against E reports -> F
            against F reports -> E
            """,
            """
            for cycle A D path A D
            for cycle B C path B C
            against cycle E F path E F
            """),

        // A → B, × B → A: no circle on either side
        ["A circle is of one side"] = new(
            """
            for A reports -> B
            against B reports -> A
            """,
            """
            circular no
            for cycle none
            against cycle none
            """),
    };
}
