namespace Stemma.Domain.Tests.Assessments;

/// <summary>Witnesses.</summary>
internal static partial class AssessmentCases
{
    private static Dictionary<string, AssessmentCase> Witnesses => new()
    {
        // A → P, Q, R
        ["One reader of one paper vouches for one origin"] = new(
            """
            P: person
            Q: person
            R: dataset
            for A reports -> P Q R
            """,
            """
            rule single 3
            for min=1 max=1 witnesses=1
            for group P
            for group Q
            for group R
            """),

        // [A] (W)    [B] (W)
        ["What was read in one paper has one witness"] = new(
            """
            for A supports first-hand in W
            for B supports first-hand in W
            """,
            """
            for min=1 max=1 witnesses=1
            for group A links 1
            for group B links 2
            """),

        // [A] (V)    [B] (W)    V = W
        ["Papers that are tied are one witness"] = new(
            """
            V: outlet owner=O
            W: outlet owner=O
            for A supports first-hand in V
            for B supports first-hand in W
            """,
            "for min=1 max=1 witnesses=1"),

        // P ← A → Q    P ← B
        ["Witnesses are shared out as best can be"] = new(
            """
            P: person
            Q: person
            for A reports -> P Q
            for B reports -> P
            """,
            "for min=2 max=2 witnesses=2"),

        // A → P, Q, S    B → Q, R    C → R, P
        ["No more origins than witnesses"] = new(
            """
            P: person
            Q: person
            R: person
            S: person
            for A reports -> P Q S
            for B reports -> Q R
            for C reports -> R P
            """,
            "for min=3 max=3 witnesses=3"),

        // A → P, Q    B → R    C → R
        ["A witness too many for one does not help another"] = new(
            """
            P: person
            Q: person
            R: person
            for A reports -> P Q
            for B reports -> R
            for C reports -> R
            """,
            "for min=2 max=2 witnesses=3"),

        // [A] → P    T → Q    U → Q    N → A    N = T: A has a reader in N, and Q one in U
        ["Who belongs to another's reader is one more who read this"] = new(
            """
            N: outlet owner=T
            P: person
            Q: person
            for A reports first-hand
            for A supports -> P
            for T supports -> Q
            for U supports -> Q
            for N reports -> A
            """,
            "for min=3 max=3 witnesses=3"),
    };
}
