namespace Stemma.Domain.Tests.Assessments;

/// <param name="Drawing">See <see cref="Assessments.Drawing"/>.</param>
/// <param name="Says">Lines of <see cref="Drawing.Describe"/>: all of them that begin alike, or none.</param>
internal sealed record AssessmentCase(string Drawing, string Says);

/// <summary>
/// The rules of assessment as a table of small cases, worked out by hand. In the drawings, <c>A → P</c>: A has it from P; <c>[A]</c>: A was
/// there; <c>A?</c>: A vouches and does not say where it has it from; <c>(W)</c>: read in W; <c>A = B</c>: they are tied; <c>A ↑ O</c>: A belongs
/// to O; <c>×</c> stands before those against.
/// </summary>
internal static class AssessmentCases
{
    public static IReadOnlyDictionary<string, AssessmentCase> All { get; } = new Dictionary<string, AssessmentCase>
    {
        // ---- The table of rules ----

        // [A]  [B]
        ["An opinion cannot be graded"] = new(
            """
            claim opinion
            for A supports first-hand
            for B supports first-hand
            """,
            """
            rule not-gradable 6
            for min=2 max=2
            change nothing
            """),

        // × [A]
        ["A prediction cannot be graded"] = new(
            """
            claim prediction implausible borne-out
            against A contradicts first-hand
            """,
            """
            rule not-gradable 6
            change nothing
            """),

        ["Of nothing nothing follows"] = new(
            "",
            """
            rule no-origin 6
            credibility 6
            circular no
            for links=0 min=0 max=0 witnesses=0
            for group none
            for unknown none
            for party none
            for cycle none
            against links=0 min=0 max=0 witnesses=0
            change add-independent-support 3
            change add-independent-contradiction 5
            """),

        // A?  × B?
        ["Unknown lineage on both sides is no origin"] = new(
            """
            for A supports
            against B contradicts
            """,
            """
            rule no-origin 6
            for min=0 max=1
            against min=0 max=1
            change add-independent-support 3
            change add-independent-contradiction 4
            change resolve-unknown-lineage 4
            """),

        // × [B]
        ["One against and nothing for it refutes"] = new(
            "against B contradicts first-hand",
            """
            rule refuted 5
            change remove-origin against B 6
            change add-independent-support 4
            """),

        // [A]  [B]  × [C]  [D]
        ["Two against two refute"] = new(
            """
            for A supports first-hand
            for B supports first-hand
            against C contradicts first-hand
            against D contradicts first-hand
            """,
            """
            rule refuted 5
            change remove-origin against C 3
            change remove-origin against D 3
            change add-independent-support 3
            """),

        // A?  × [B]
        ["One against what may be is contested"] = new(
            """
            for A supports
            against B contradicts first-hand
            """,
            """
            rule contested 4
            for min=0 max=1
            change remove-origin against B 6
            change add-independent-contradiction 5
            """),

        // [A]  × [B]
        ["One against one is contested"] = new(
            """
            for A supports first-hand
            against B contradicts first-hand
            """,
            """
            rule contested 4
            change remove-origin for A 5
            change remove-origin against B 3
            change add-independent-support 3
            change add-independent-contradiction 5
            """),

        // [A]  × [B], illogical in itself
        ["Contested stands before implausible"] = new(
            """
            claim implausible
            for A supports first-hand
            against B contradicts first-hand
            """,
            """
            rule contested 4
            change remove-origin for A 5
            change add-independent-contradiction 5
            """),

        // [A]  [B], illogical in itself
        ["Implausible stands before confirmed"] = new(
            """
            claim implausible
            for A supports first-hand
            for B supports first-hand
            """,
            """
            rule implausible 4
            change nothing
            """),

        // [A]  [B]
        ["Two confirm"] = new(
            """
            claim plausible borne-out
            for A supports first-hand
            for B supports first-hand
            """,
            """
            rule confirmed 1
            credibility 1
            for links=2 min=2 max=2 witnesses=2
            for group A links 1
            for group B links 2
            change remove-origin for A 2
            change remove-origin for B 2
            change add-independent-contradiction 3
            """),

        // [A]  [B]  × C?
        ["What may be against two disputes them"] = new(
            """
            for A supports first-hand
            for B supports first-hand
            against C contradicts
            """,
            """
            rule disputed 2
            against min=0 max=1
            against unknown C
            change remove-origin for A 3
            change remove-origin for B 3
            change add-independent-contradiction 3
            change resolve-unknown-lineage 3
            """),

        // [A]  [B]  × [C]
        ["Two outweigh one"] = new(
            """
            for A supports first-hand
            for B supports first-hand
            against C contradicts first-hand
            """,
            """
            rule outweighed 3
            change remove-origin for A 4
            change remove-origin for B 4
            change remove-origin against C 1
            change add-independent-contradiction 5
            """),

        // [A]  [B]  [D]  × [C]  [E]
        ["Three outweigh two"] = new(
            """
            for A supports first-hand
            for B supports first-hand
            for D supports first-hand
            against C contradicts first-hand
            against E contradicts first-hand
            """,
            """
            rule outweighed 3
            change remove-origin for A 5
            change remove-origin for B 5
            change remove-origin for D 5
            change add-independent-contradiction 5
            """),

        // [A], and another claim bears it out
        ["One that another claim bears out is consistent"] = new(
            """
            claim borne-out
            for A supports first-hand
            """,
            """
            rule consistent 2
            change remove-origin for A 6
            change add-independent-support 1
            change add-independent-contradiction 4
            """),

        // [A]  × B?, and another claim bears it out
        ["What may be against it leaves it consistent"] = new(
            """
            claim borne-out
            for A supports first-hand
            against B contradicts
            """,
            """
            rule consistent 2
            change remove-origin for A 6
            change add-independent-contradiction 4
            change resolve-unknown-lineage 4
            """),

        // [A]
        ["One is single"] = new(
            "for A supports first-hand",
            """
            rule single 3
            change remove-origin for A 6
            change add-independent-support 1
            change add-independent-contradiction 4
            """),

        // [A]  [B], and the analyst says 5
        ["An override leaves what is derived beside it"] = new(
            """
            claim override=5
            for A supports first-hand
            for B supports first-hand
            """,
            """
            rule confirmed 1
            credibility 5
            change remove-origin for A 3
            change remove-origin for B 3
            change add-independent-contradiction 3
            """),

        // ---- Lineage ----

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

        // ---- Circular reporting ----

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

        // ---- Origins ----

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

        // ---- Parties ----

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

        // ---- Unknown lineage ----

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

        // ---- Ties ----

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

        // ---- Lone sources ----

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

        // ---- Witnesses ----

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

        // ---- Witnesses of what is of unknown lineage ----

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

        // ---- What would change it ----

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

        // ---- Worked on the article ----

        // Analysis → Reuters (Analysis) → Officials
        ["The analysis says that Reuters was told by officials"] = new(
            """
            Analysis: document
            Reuters: document
            Officials: anonymous
            WSJ: document
            for Analysis reports -> Reuters
            for Reuters reports -> Officials in Analysis
            Analysis cites WSJ
            """,
            """
            rule single 3
            circular no
            for links=2 min=1 max=1 witnesses=1
            for group Officials relayed by Analysis Reuters links 1 2
            for unknown none
            for party none
            """),

        // Analysis → Reuters → Officials ← Paper
        ["Reading a second paper with the same officials adds a witness"] = new(
            """
            Analysis: document
            Reuters: document
            Officials: anonymous
            for Analysis reports -> Reuters
            for Reuters reports -> Officials in Analysis
            for Paper reports -> Officials
            """,
            """
            rule single 3
            for links=3 min=1 max=1 witnesses=2
            for group Officials relayed by Analysis Paper Reuters links 1 2 3
            """),

        // Analysis → Reuters → Officials ← Paper    Third → Customs    × Beijing denies
        ["Customs records confirm it, and a denial is told apart"] = new(
            """
            Analysis: document
            Reuters: document
            Officials: anonymous
            Customs: dataset
            Beijing: government
            for Analysis reports -> Reuters
            for Reuters reports -> Officials in Analysis
            for Paper reports -> Officials
            for Third reports -> Customs
            against Beijing denies
            """,
            """
            rule confirmed 1
            for links=4 min=2 max=2 witnesses=3
            for group Customs relayed by Third links 4
            for group Officials relayed by Analysis Paper Reuters links 1 2 3
            against links=1 min=0 max=0 witnesses=0
            against party Beijing
            change remove-origin for Customs 3
            change remove-origin for Officials 3
            change add-independent-contradiction 3
            """),
    };
}
