namespace Stemma.Domain.Tests.Assessments;

/// <summary>Ties.</summary>
internal static partial class AssessmentCases
{
    private static Dictionary<string, AssessmentCase> Ties => new()
    {
        // [A] ↑ N ↑ M    [B] ↑ K ↑ M
        ["One organization at the top is one origin"] = new(
            """
            A: outlet owner=N
            N: organization parent=M
            B: outlet parent=K
            K: organization owner=M
            for A supports first-hand
            for B supports first-hand
            """,
            """
            rule single 3
            for min=1 max=1 witnesses=1
            for group A B by root-organization links 1 2
            """),

        // [A] ↑ O    [B] ↑ M
        ["The owner stands before the parent"] = new(
            """
            A: outlet parent=M owner=O
            B: outlet parent=M
            for A supports first-hand
            for B supports first-hand
            """,
            """
            for min=2 max=2
            for group A
            for group B
            """),

        // [A] ↑ [B], which is the organization
        ["The one at the top is tied to those below"] = new(
            """
            A: outlet owner=B
            for A supports first-hand
            for B supports first-hand
            """,
            "for group A B by root-organization"),

        // [A] = [B]
        ["The same bytes are one origin"] = new(
            """
            A: document hash=h
            B: document hash=h
            C: document hash=g
            for A supports first-hand
            for B supports first-hand
            for C supports first-hand
            """,
            """
            for min=2 max=2 witnesses=2
            for group A B by content-hash
            for group C
            """),

        // [A] = [B]
        ["The same wire is one origin"] = new(
            """
            for A supports first-hand
            for B supports first-hand
            B same-wire A
            """,
            """
            for min=1 max=1 witnesses=1
            for group A B by same-wire
            """),

        // [A] = X = Y = [B]
        ["The same wire ties through others"] = new(
            """
            for A supports first-hand
            for B supports first-hand
            A same-wire X
            Y same-wire X
            Y same-wire B
            """,
            """
            for min=1 max=1 witnesses=1
            for group A B by same-wire
            """),

        // A = P
        ["The same wire is no lineage"] = new(
            """
            P: person
            for A reports
            A same-wire P
            """,
            """
            rule no-origin 6
            for min=0 max=0
            for unknown none
            """),

        // [A] = [B] = [C]
        ["Ties join from one to the next"] = new(
            """
            A: document hash=h
            B: document hash=h owner=O
            C: document owner=O
            for A supports first-hand
            for B supports first-hand
            for C supports first-hand
            """,
            """
            for min=1 max=1 witnesses=1
            for group A B C by root-organization content-hash
            """),

        // [A] = X = [B], where X is no origin
        ["Bytes and organizations do not join through others"] = new(
            """
            A: document hash=h
            X: document hash=h owner=O
            B: document owner=O
            for A supports first-hand
            for B supports first-hand
            """,
            """
            for min=2 max=2 witnesses=2
            for group A
            for group B
            """),

        // [A] = [B], twice
        ["A group names every tie"] = new(
            """
            A: document hash=h owner=O
            B: document hash=h owner=O
            for A supports first-hand
            for B supports first-hand
            A same-wire B
            """,
            "for group A B by root-organization content-hash same-wire"),

        // [A] = P, A → P
        ["Who is of the group does not relay it"] = new(
            """
            A: outlet owner=O
            P: person owner=O
            for A supports first-hand
            for A reports -> P
            """,
            "for group A P by root-organization links 1 2"),
    };
}
