namespace Stemma.Domain.Tests.Assessments;

/// <summary>Witnesses of what is of unknown lineage.</summary>
internal static partial class AssessmentCases
{
    private static Dictionary<string, AssessmentCase> WitnessesOfUnknownLineage => new()
    {
        // [A]    U?
        ["A further witness counts for itself"] = new(
            """
            for A supports first-hand
            for U supports
            """,
            "for min=1 max=2 witnesses=1"),

        // [A] (V)    U? (W)    V = W
        ["A further witness that is tied stands for the one it is tied to"] = new(
            """
            V: outlet owner=O
            W: outlet owner=O
            for A supports first-hand in V
            for U supports in W
            """,
            "for min=1 max=1 witnesses=1"),

        // A → P ← B    U? (W)    A = W
        ["A further witness may stand for one that is free"] = new(
            """
            A: outlet owner=O
            W: outlet owner=O
            P: person
            for A reports -> P
            for B reports -> P
            for U supports in W
            """,
            "for min=1 max=2 witnesses=2"),

        // A → P (V1)    B → Q (V2)    C → Q    U? (W)    V1 = W = V2
        ["A further witness may stand for several"] = new(
            """
            V1: outlet owner=O
            V2: outlet hash=h
            W: outlet owner=O hash=h
            P: person
            Q: person
            for A reports -> P in V1
            for B reports -> Q in V2
            for C reports -> Q
            for U supports in W
            """,
            "for min=2 max=3 witnesses=3"),

        // [A]    U1? (W1)    U2? (W2)    A = W1 = W2
        ["Who is tied to a further witness that is tied stands for none"] = new(
            """
            A: document hash=h
            W1: document hash=h owner=O
            W2: document owner=O
            for A supports first-hand
            for U1 supports in W1
            for U2 supports in W2
            """,
            """
            for min=1 max=1 witnesses=1
            for unknown U1 U2
            """),

        // A → P, D
        ["A witness of both counts for one"] = new(
            """
            P: person
            for A reports -> P D
            """,
            """
            for min=1 max=1 witnesses=1
            for unknown D
            """),

        // A → P, D    B → P
        ["A witness of an origin that has another may count for the unknown"] = new(
            """
            P: person
            for A reports -> P D
            for B reports -> P
            """,
            "for min=1 max=2 witnesses=2"),

        // U1? (W1)    U2? (W2)    W1 = W2
        ["Further witnesses that are tied count once"] = new(
            """
            W1: outlet owner=O
            W2: outlet owner=O
            for U1 supports in W1
            for U2 supports in W2
            """,
            "for min=0 max=1 witnesses=0"),

        // [A] = U1? (W1)    U2? (W2)    A = W1 = W2
        ["Witnesses of what adds nothing tie nobody"] = new(
            """
            A: document hash=h
            U1: document hash=h
            W1: outlet owner=O
            W2: outlet owner=O
            for A supports first-hand
            for U1 supports in W1
            for U2 supports in W2
            A same-wire W1
            """,
            """
            for min=1 max=2 witnesses=1
            for unknown U1 U2
            """),
    };
}
