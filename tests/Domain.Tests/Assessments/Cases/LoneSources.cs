namespace Stemma.Domain.Tests.Assessments;

/// <summary>Lone sources.</summary>
internal static partial class AssessmentCases
{
    private static Dictionary<string, AssessmentCase> LoneSources => new()
    {
        // A → X    B → Y
        ["Two unnamed may be one"] = new(
            """
            X: anonymous
            Y: anonymous
            for A reports -> X
            for B reports -> Y
            """,
            """
            rule single 3
            for min=1 max=2 witnesses=2
            for group X Y by lone relayed by A B links 1 2
            change remove-origin for X Y 6
            change add-independent-support 1
            change add-independent-contradiction 4
            change resolve-unknown-lineage 1
            """),

        // [Acc]    A → X
        ["An account and an unnamed may be one"] = new(
            """
            Acc: account
            X: anonymous
            for Acc supports first-hand
            for A reports -> X
            """,
            """
            for min=1 max=2
            for group Acc X by lone
            """),

        // A → X ↑ G    B → Y
        ["Who belongs to somebody is not lone"] = new(
            """
            X: anonymous owner=G
            Y: anonymous
            for A reports -> X
            for B reports -> Y
            """,
            """
            for min=2 max=2
            for group X
            for group Y
            """),

        // A → X = P    B → Y
        ["Groups that hold a lone one are made one"] = new(
            """
            P: person hash=h
            X: anonymous hash=h
            Y: anonymous
            for A reports -> X
            for B reports -> Y
            for C reports -> P
            """,
            """
            for min=1 max=2
            for group P X Y by content-hash lone relayed by A B C links 1 2 3
            """),

        // A → X    B → P
        ["The unnamed may be among the named"] = new(
            """
            P: person
            X: anonymous
            for A reports -> X
            for B reports -> P
            """,
            """
            rule single 3
            for min=1 max=2 witnesses=2
            for group P relayed by B links 2
            for group X relayed by A links 1
            change add-independent-support 1
            change add-independent-contradiction 4
            change resolve-unknown-lineage 1
            """),

        // A → X    B → O
        ["The unnamed may be of a named organization"] = new(
            """
            O: organization
            X: anonymous
            for A reports -> X
            for B reports -> O
            """,
            "for min=1 max=2"),

        // [Acc]    B → G
        ["An account may be of a named government"] = new(
            """
            Acc: account
            G: government
            for Acc supports first-hand
            for B reports -> G
            """,
            "for min=1 max=2"),

        // A → X    B → D
        ["The unnamed are no dataset"] = new(
            """
            D: dataset
            X: anonymous
            for A reports -> X
            for B reports -> D
            """,
            """
            rule confirmed 1
            for min=2 max=2
            """),

        // A → X    [B]
        ["The unnamed are no outlet"] = new(
            """
            X: anonymous
            for A reports -> X
            for B supports first-hand
            """,
            "for min=2 max=2"),

        // A → X = P    B → Q, and P is no origin
        ["Who is tied to somebody named that is no origin is left out all the same"] = new(
            """
            P: person hash=h
            Q: person
            X: anonymous hash=h
            for A reports -> X
            for B reports -> Q
            """,
            """
            for min=1 max=2
            for group Q
            for group X
            """),

        // A → X = P    B → Q    C → P
        ["A group that holds a lone one and somebody named is not left out"] = new(
            """
            P: person hash=h
            Q: person
            X: anonymous hash=h
            for A reports -> X
            for B reports -> Q
            for C reports -> P
            """,
            """
            for min=2 max=2
            for group P X by content-hash
            for group Q
            """),

        // Acc1 → P    Acc2 → Q
        ["That two readers are lone ties them not"] = new(
            """
            Acc1: account
            Acc2: account
            P: person
            Q: person
            for Acc1 reports -> P
            for Acc2 reports -> Q
            """,
            "for min=2 max=2 witnesses=2"),
    };
}
