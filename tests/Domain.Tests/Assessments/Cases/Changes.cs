namespace Stemma.Domain.Tests.Assessments;

/// <summary>What would change it.</summary>
internal static partial class AssessmentCases
{
    private static Dictionary<string, AssessmentCase> Changes => new()
    {
        // [A] = B?    × [C]
        ["Without its origin what was tied to it may count"] = new(
            """
            A: outlet owner=O
            B: outlet owner=O
            for A supports first-hand
            for B supports
            against C contradicts first-hand
            """,
            """
            rule contested 4
            for min=1 max=1
            change remove-origin against C 3
            change add-independent-support 3
            change add-independent-contradiction 5
            """),

        // A → P    × [C]
        ["What is taken away is not of unknown lineage instead"] = new(
            """
            P: person
            for A reports -> P
            against C contradicts first-hand
            """,
            """
            rule contested 4
            change remove-origin for P 5
            change remove-origin against C 3
            change add-independent-support 3
            change add-independent-contradiction 5
            """),

        // [A]  × [A]
        ["What is taken away on one side stays on the other"] = new(
            """
            for A reports first-hand
            against A contradicts first-hand
            """,
            """
            rule contested 4
            change remove-origin for A 5
            change remove-origin against A 3
            change add-independent-support 3
            change add-independent-contradiction 5
            """),

        // A → P, Q    B → R
        ["One of two origins of one witness may go"] = new(
            """
            P: person
            Q: person
            R: person
            for A reports -> P Q
            for B reports -> R
            """,
            """
            rule confirmed 1
            change remove-origin for R 3
            change add-independent-contradiction 3
            """),

        // V1 → P    W → X    V2 → Q    V1 = W = V2
        ["Without its origin a reader no longer joins others"] = new(
            """
            P: person
            Q: person
            V1: outlet owner=O
            V2: outlet hash=h
            W: outlet owner=O hash=h
            X: person
            for V1 reports -> P
            for V2 reports -> Q
            for W reports -> X
            """,
            """
            rule single 3
            for min=1 max=1 witnesses=1
            change remove-origin for X 1
            change add-independent-support 1
            change add-independent-contradiction 4
            """),

        // A → D    B → P    C → X
        ["Without the only named one the unnamed count"] = new(
            """
            D: dataset
            P: person
            X: anonymous
            for A reports -> D
            for B reports -> P
            for C reports -> X
            """,
            """
            rule confirmed 1
            for min=2 max=3 witnesses=3
            change remove-origin for D 3
            change add-independent-contradiction 3
            """),
    };
}
