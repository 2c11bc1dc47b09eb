namespace Stemma.Domain.Tests.Assessments;

/// <summary>Unknown lineage.</summary>
internal static partial class AssessmentCases
{
    private static Dictionary<string, AssessmentCase> UnknownLineage => new()
    {
        // A?
        ["Who vouches without a word of where from is of unknown lineage"] = new(
            "for A supports",
            """
            rule no-origin 6
            for min=0 max=1 witnesses=0
            for unknown A
            change add-independent-support 3
            change add-independent-contradiction 4
            change resolve-unknown-lineage 3
            """),

        // × A?
        ["Who contradicts without a word of where from is of unknown lineage"] = new(
            "against A contradicts",
            """
            against min=0 max=1 witnesses=0
            against unknown A
            change add-independent-support 3
            change add-independent-contradiction 5
            change resolve-unknown-lineage 5
            """),

        // A, which only reports
        ["A report that leads nowhere counts nowhere"] = new(
            "for A reports",
            """
            rule no-origin 6
            for links=1 min=0 max=0
            for unknown none
            """),

        // A → B
        ["What is republished and leads no further is of unknown lineage"] = new(
            """
            for A reports
            A republishes B
            """,
            """
            for min=0 max=1 witnesses=0
            for unknown B
            """),

        // [A] = B?
        ["Unknown lineage that is tied to an origin adds nothing"] = new(
            """
            A: outlet owner=O
            B: outlet owner=O
            for A supports first-hand
            for B supports
            """,
            """
            for min=1 max=1
            for unknown B
            """),

        // A → P    A = B?
        ["Unknown lineage that is tied to who has it from an origin adds nothing"] = new(
            """
            A: document hash=h
            B: document hash=h
            P: person
            for A reports -> P
            for B supports in W
            """,
            """
            for min=1 max=1
            for unknown B
            """),

        // A → D → P    D = B?, where D speaks in no link
        ["Unknown lineage that is tied to any source of the way adds nothing"] = new(
            """
            P: person
            for A reports -> P
            for E reports
            E republishes D
            D republishes P
            B same-wire D
            for B supports
            """,
            """
            for min=1 max=1
            for unknown B
            """),

        // [A] = B? = C? (W)
        ["A group of unknown lineage with a member tied to an origin adds nothing"] = new(
            """
            A: document hash=h
            B: document hash=h owner=O
            C: document owner=O
            for A supports first-hand
            for B supports
            for C supports in W
            """,
            """
            for min=1 max=1
            for unknown B C
            """),

        // A → D    A = B?, and no origin in sight
        ["Unknown lineage that is tied to who has it from nobody known may count"] = new(
            """
            A: document hash=h
            B: document hash=h
            for A reports -> D
            for B supports in W
            """,
            """
            for min=0 max=2
            for unknown B D
            """),

        // [A] = B?, A a party
        ["Unknown lineage that is tied to a party's may count"] = new(
            """
            A: outlet owner=O
            B: outlet owner=O
            for A supports first-hand party
            for B supports
            """,
            """
            for min=0 max=1
            for party A
            for unknown B
            """),

        // B? = C?
        ["Unknown lineage that is tied counts once at most"] = new(
            """
            B: outlet owner=O
            C: outlet owner=O
            for B supports in V
            for C supports in W
            """,
            """
            for min=0 max=1
            for unknown B C
            """),

        // Acc1?  Acc2?
        ["Unknown lineage is not joined for being lone"] = new(
            """
            Acc1: account
            Acc2: account
            for Acc1 supports
            for Acc2 supports
            """,
            """
            for min=0 max=2
            for unknown Acc1 Acc2
            """),
    };
}
