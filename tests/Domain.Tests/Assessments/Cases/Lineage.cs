namespace Stemma.Domain.Tests.Assessments;

/// <summary>Lineage.</summary>
internal static partial class AssessmentCases
{
    private static Dictionary<string, AssessmentCase> Lineage => new()
    {
        // A    P    Q    R
        ["A citation to somebody nobody names for this is no lineage"] = new(
            """
            P: person
            Q: person
            R: person
            for A reports
            A cites P
            A quotes Q
            A derived-from R
            """,
            """
            rule no-origin 6
            for min=0 max=0 witnesses=0
            for group none
            for unknown none
            """),

        // B → P
        //     ↑ cites
        //     A
        ["A citation to somebody whom another names is lineage"] = new(
            """
            P: person
            for A reports
            for B reports -> P
            A cites P
            """,
            """
            for min=1 max=1 witnesses=2
            for group P relayed by A B links 1 2
            """),

        // A → P
        ["A quotation of the source of a link is lineage"] = new(
            """
            P: person
            for A reports
            for P reports
            A quotes P
            """,
            """
            for min=1 max=1 witnesses=2
            for group P relayed by A links 1 2
            """),

        // A → B?
        ["What rests on the source of a link in another way has it from there"] = new(
            """
            for A supports
            for B supports
            A derived-from B
            """,
            """
            for min=0 max=1 witnesses=0
            for unknown B
            """),

        // A   × B → P
        ["Who is named on the other side is not named on this"] = new(
            """
            P: person
            for A reports
            against B reports -> P
            A cites P
            """,
            """
            for group none
            against group P relayed by B links 2
            """),

        // A → B → C → P
        ["A chain of republications leads to its end"] = new(
            """
            P: person
            for A reports
            A republishes B
            B translates C
            C republishes P
            """,
            """
            rule single 3
            for links=1 min=1 max=1 witnesses=1
            for group P relayed by A links 1
            for unknown none
            """),

        // A → B → P, whom D names
        ["A citation counts at the end of a republication too"] = new(
            """
            P: person
            for A reports
            for D reports -> P
            A republishes B
            B cites P
            """,
            """
            for group P relayed by A D links 1 2
            for unknown none
            """),

        // A → B    B cites P, whom nobody names
        ["A citation at the end of a republication does not count for itself"] = new(
            """
            P: person
            for A reports
            A republishes B
            B cites P
            """,
            """
            rule no-origin 6
            for min=0 max=1
            for unknown B
            """),

        // P ← B → D: what B has from P, D has not
        ["Lineage runs one way"] = new(
            """
            P: person
            for B reports -> P
            for D reports
            B republishes D
            """,
            """
            for min=1 max=2 witnesses=1
            for group P relayed by B links 1
            for unknown D
            """),

        // [A] → P    B cites P, whom nobody names
        ["What is only reached makes no lineage of citations of it"] = new(
            """
            P: dataset
            for B reports
            for A supports first-hand
            B cites P
            A republishes P
            """,
            """
            for min=1 max=1 witnesses=1
            for group A links 2
            for group P relayed by A links 2
            """),

        // [A] → P ← B    N → P    N = A: it adds no group and no witness of its own, and makes B one
        ["Who names an origin makes lineage of citations of it"] = new(
            """
            N: outlet owner=A
            P: dataset
            for B reports
            for A supports first-hand
            for N reports -> P
            B cites P
            A republishes P
            """,
            """
            for min=2 max=2 witnesses=2
            for group A links 2
            for group P relayed by A B N links 1 2 3
            """),

        // A → X, Y    A → B    A → P    X = B = Y    N → P: once P is named, B has it from P, and no longer holds X and Y together
        ["Who names an origin may part what was held together"] = new(
            """
            B: person hash=h owner=O
            P: person
            X: person hash=h
            Y: person owner=O
            for A reports -> X Y
            for N reports -> P
            A republishes B
            A republishes P
            B cites P
            """,
            """
            for min=2 max=2 witnesses=2
            for group P
            for group X
            for group Y
            """),
    };
}
