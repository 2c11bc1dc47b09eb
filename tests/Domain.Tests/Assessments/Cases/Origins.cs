namespace Stemma.Domain.Tests.Assessments;

/// <summary>Origins.</summary>
internal static partial class AssessmentCases
{
    private static Dictionary<string, AssessmentCase> Origins => new()
    {
        // [A]: an outlet, and no matter what it is
        ["Who was there is an origin"] = new(
            "for A reports first-hand",
            """
            for links=1 min=1 max=1 witnesses=1
            for group A links 1
            for unknown none
            """),

        // [A] → P
        ["Who was there is an origin though he names another"] = new(
            """
            P: person
            for A supports first-hand
            for A reports -> P
            """,
            """
            for links=2 min=1 max=1 witnesses=1
            for group A links 1 2
            for group P relayed by A links 1 2
            """),

        // A → Data, Gov, Org, Per, Who
        ["Who is named and names nobody is an origin"] = new(
            """
            Data: dataset
            Gov: government
            Org: organization
            Per: person
            Who: anonymous
            for A reports -> Who Data Gov Org Per
            """,
            """
            for min=1 max=1 witnesses=1
            for group Data relayed by A links 1
            for group Gov relayed by A links 1
            for group Org relayed by A links 1
            for group Per relayed by A links 1
            for group Who relayed by A links 1
            for unknown none
            """),

        // A → Acc, Doc, Out
        ["An outlet, a document or an account that is only named may have it from anywhere"] = new(
            """
            Acc: account
            Doc: document
            Out: outlet
            for A reports -> Out Doc Acc
            """,
            """
            rule no-origin 6
            for min=0 max=1
            for group none
            for unknown Acc Doc Out
            """),

        // A → P → Q ← B
        ["Who is named and has it from another is none"] = new(
            """
            P: person
            Q: person
            for A reports -> P
            for B reports -> Q
            P quotes Q
            """,
            """
            for min=1 witnesses=2
            for group Q relayed by A B links 1 2
            """),

        // P, who does not say where he has it from
        ["A person to whom no edge leads is no origin"] = new(
            """
            P: person
            for P supports
            """,
            """
            rule no-origin 6
            for min=0 max=1
            for group none
            for unknown P
            """),
    };
}
