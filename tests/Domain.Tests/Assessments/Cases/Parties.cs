namespace Stemma.Domain.Tests.Assessments;

/// <summary>Parties.</summary>
internal static partial class AssessmentCases
{
    private static Dictionary<string, AssessmentCase> Parties => new()
    {
        // × A denies
        ["Who denies for himself is a party and an origin, counted nowhere"] = new(
            "against A denies",
            """
            rule no-origin 6
            against links=1 min=0 max=0 witnesses=0
            against party A
            against group none
            against unknown none
            """),

        // × A → P, who denies; A only says so
        ["Whose denial is told is a party"] = new(
            """
            P: person
            against A denies -> P
            """,
            """
            rule no-origin 6
            against min=0 max=0
            against party P
            against group none
            """),

        // × A → Doc, which denies
        ["A party that is no origin is not of unknown lineage"] = new(
            """
            Doc: document
            against A denies -> Doc
            """,
            """
            against min=0 max=0
            against party none
            against unknown none
            """),

        // [A], a party
        ["Who has an interest in it is a party"] = new(
            "for A supports first-hand party",
            """
            rule no-origin 6
            for min=0 max=0 witnesses=0
            for party A
            """),

        // [A]; elsewhere it says that it has an interest
        ["A party in one link is one in all"] = new(
            """
            for A supports first-hand
            for A reports party
            for B supports first-hand adverse
            """,
            """
            for links=3 min=1 max=1 witnesses=1
            for party A
            for group B links 3
            """),

        // A?, a party
        ["A party that vouches is not of unknown lineage"] = new(
            "for A supports party",
            """
            for min=0 max=0
            for party none
            for unknown none
            """),

        // × [C], which denied it elsewhere
        ["Who is the claimant of a denial is a party"] = new(
            """
            denier against C
            against C contradicts first-hand
            """,
            """
            rule no-origin 6
            against min=0 max=0
            against party C
            """),

        // [A], a party against it
        ["A party on one side is none on the other"] = new(
            """
            denier against A
            for A supports first-hand
            against A denies
            """,
            """
            rule single 3
            for min=1 max=1
            for party none
            against party A
            """),

        // A → P, a party; B → P
        ["What is had from a party counts nowhere"] = new(
            """
            P: government
            denier for P
            for A reports -> P
            for B supports -> P
            """,
            """
            rule no-origin 6
            for min=0 max=0 witnesses=0
            for party P
            for unknown none
            """),

        // P, a party → Q
        ["A party may relay an origin"] = new(
            """
            Q: dataset
            for P supports party -> Q
            """,
            """
            for min=1 max=1 witnesses=1
            for group Q relayed by P links 1
            for party none
            """),
    };
}
