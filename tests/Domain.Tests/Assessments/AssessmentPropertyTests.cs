using Stemma.Domain.Assessments;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;
using Xunit;

namespace Stemma.Domain.Tests.Assessments;

/// <summary>
/// Random drawings, always the same ones: each is made from its number, which a failure names, along with the least part of the drawing that
/// still fails. Put that into <see cref="AssessmentCases"/> to keep it.
/// </summary>
public sealed class AssessmentPropertyTests
{
    private const int DenseCount = 2_000;
    private const int SparseCount = 100;
    private const int ReadCount = 1_000;

    private static readonly (string Shape, int Seed, Drawing Drawing)[] All =
    [
        .. Enumerable.Range(1, DenseCount).Select(seed => (nameof(Drawings.Dense), seed, Drawings.Dense(seed))),
        .. Enumerable.Range(1, SparseCount).Select(seed => (nameof(Drawings.Sparse), seed, Drawings.Sparse(seed))),
        .. Enumerable.Range(1, ReadCount).Select(seed => (nameof(Drawings.Read), seed, Drawings.Read(seed))),
    ];

    [Fact]
    public void It_is_what_the_rules_say() => Holds((drawing, _) =>
    {
        var (expected, actual) = (NaiveAssessor.Assess(drawing), Assess(drawing));
        if (actual.DerivedCredibility != NaiveAssessor.CredibilityOf(expected.Rule))
        {
            return $"{actual.Rule} gives {actual.DerivedCredibility}.";
        }

        var (should, does) = (drawing.Describe(expected), drawing.Describe(actual));
        return should.SequenceEqual(does)
            ? null
            : $"expected:\n  {string.Join("\n  ", should.Except(does))}\nactual:\n  {string.Join("\n  ", does.Except(should))}\nall expected:\n  {string.Join("\n  ", should)}";
    });

    [Fact]
    public void The_order_of_entry_has_no_meaning() => Holds((drawing, random) =>
    {
        var (one, other) = (Said(drawing), Said(Drawings.Shuffle(drawing, random)));
        return one == other ? null : $"once:\n{one}\nanother time:\n{other}";

        static string Said(Drawing drawing) => Assess(drawing) is var answer ? string.Join('\n', [.. drawing.Describe(answer), .. answer.Explanation]) : "";
    });

    [Fact]
    public void What_is_certain_is_no_more_than_what_there_is() => Holds((drawing, _) =>
    {
        var answer = Assess(drawing);
        var isBounded = new[] { answer.For, answer.Against }.All(side =>
            side.Min <= side.Max
            && side.Min <= side.Groups.Count
            && side.Groups.Count <= side.Groups.Sum(g => g.Origins.Count)
            && side.Min <= side.Witnesses
            && side.Max <= side.Groups.Sum(g => g.Origins.Count) + side.UnknownLineage.Count
            && !side.Groups.SelectMany(g => g.Origins).Intersect(side.UnknownLineage.Concat(side.PartyOrigins)).Any());
        return isBounded ? null : string.Join('\n', drawing.Describe(answer));
    });

    /// <summary>Where the origin is only reached, naming it may make a lineage of what was a mere citation: a case of its own.</summary>
    [Fact]
    public void Who_relays_a_known_origin_adds_none() => Holds((drawing, random) =>
    {
        var before = Assess(drawing).For;
        if (NamedOrigin(drawing, before, random) is not { } origin)
        {
            return null;
        }

        var after = Assess(Relay(drawing, origin, owner: null, random)).For;
        var isSame = Origins(before) == Origins(after) && after.Min >= before.Min && after.Min <= before.Min + 1 && after.Witnesses == before.Witnesses + 1
            && before.UnknownLineage.SequenceEqual(after.UnknownLineage);
        return isSame ? null : $"{before} became {after}";
    });

    [Fact]
    public void Who_belongs_to_a_witness_of_an_origin_and_relays_it_adds_nothing() => Holds((drawing, random) =>
    {
        var before = Assess(drawing).For;
        if (NamedOrigin(drawing, before, random) is not { } origin)
        {
            return null;
        }

        // One of those through whom this very group is known: a newcomer tied to another's reader is one more who read this one.
        var group = before.Groups.First(g => g.Origins.Contains(origin));
        var id = group.Links[random.Next(group.Links.Count)];
        var link = drawing.For.Links.First(l => l.Id == id);
        var after = Assess(Relay(drawing, origin, owner: link.CitedInId ?? link.SourceId, random)).For;
        var isSame = Origins(before) == Origins(after) && after.Min == before.Min && after.Witnesses == before.Witnesses;
        return isSame ? null : $"{before} became {after}";
    });

    [Fact]
    public void A_drawing_can_be_read_back() => Holds((drawing, _) =>
    {
        var (one, other) = (drawing.Describe(Assess(drawing)), Drawing.Parse(drawing.ToString()) is var read ? read.Describe(Assess(read)) : []);
        return one.SequenceEqual(other) ? null : $"{string.Join('\n', one)}\nonce read:\n{string.Join('\n', other)}";
    });

    /// <summary>Or else the others would show little.</summary>
    [Fact]
    public void The_drawings_have_all_there_is()
    {
        var counts = new Dictionary<string, int>();
        foreach (var (_, _, drawing) in All)
        {
            var answer = NaiveAssessor.Assess(drawing);
            Count("rule " + answer.Rule);
            foreach (var change in answer.WhatWouldChangeIt)
            {
                Count($"change {change.Change} {change.Side}");
            }

            foreach (var side in new[] { answer.For, answer.Against })
            {
                foreach (var tie in side.Groups.SelectMany(g => g.MergedBy).Distinct())
                {
                    Count("merged by " + tie);
                }

                CountIf("several reasons", side.Groups.Any(g => g.MergedBy.Count > 1));
                CountIf("a cycle", side.Cycles.Count > 0);
                CountIf("two cycles", side.Cycles.Count > 1);
                CountIf("a cycle with a shorter one in it", side.Cycles.Any(c => c.Path.Count < c.Members.Count));
                CountIf("a cycle that takes three steps", side.Cycles.Any(c => c.Path.Count > 2));
                CountIf("party origins", side.PartyOrigins.Count > 0);
                CountIf("unknown lineage", side.UnknownLineage.Count > 0);
                CountIf("unknown lineage that may count", side.Max > side.Min && side.UnknownLineage.Count > 0);
                CountIf("unknown lineage that cannot count", side.Max == side.Min && side.UnknownLineage.Count > 0);
                CountIf("too few witnesses", side.Min == side.Witnesses && side.Min < side.Groups.Count);
                CountIf("witnesses that have to be shared out", side.Min < side.Witnesses && side.Min < side.Groups.Count);
                CountIf("three independent origins", side.Min >= 3);
                CountIf("a loss that is a gain", IsGain(answer));
            }
        }

        string[] all =
        [
            .. Enum.GetNames<Rule>().Select(r => "rule " + r),
            .. Enum.GetNames<Tie>().Select(t => "merged by " + t),
            .. Enum.GetNames<ChangeKind>().Where(c => c != nameof(ChangeKind.RemoveOrigin)).Select(c => $"change {c} "),
            $"change {ChangeKind.RemoveOrigin} {Side.For}",
            $"change {ChangeKind.RemoveOrigin} {Side.Against}",
            "several reasons",
            "a cycle",
            "two cycles",
            "a cycle with a shorter one in it",
            "a cycle that takes three steps",
            "party origins",
            "unknown lineage",
            "unknown lineage that may count",
            "unknown lineage that cannot count",
            "too few witnesses",
            "witnesses that have to be shared out",
            "three independent origins",
            "a loss that is a gain",
        ];
        var rare = all.Where(what => counts.GetValueOrDefault(what) < 20).Select(what => $"{what}: {counts.GetValueOrDefault(what)}");
        Assert.Empty(rare);

        // Without the origin its reader no longer joins others, or the unnamed are no longer left out.
        static bool IsGain(Assessment answer) =>
            answer.WhatWouldChangeIt.Any(c => c is { Change: ChangeKind.RemoveOrigin, Side: Side.For } && c.Credibility < answer.DerivedCredibility);

        void Count(string what) => counts[what] = counts.GetValueOrDefault(what) + 1;

        void CountIf(string what, bool holds)
        {
            if (holds)
            {
                Count(what);
            }
        }
    }

    /// <param name="property">What is wrong with the drawing; null where nothing is.</param>
    private static void Holds(Func<Drawing, Random, string?> property)
    {
        foreach (var (shape, seed, drawing) in All)
        {
            Check(shape, seed, drawing);
        }

        void Check(string shape, int seed, Drawing drawing)
        {
            if (Wrong(drawing) is null)
            {
                return;
            }

            var least = Drawings.Shrink(drawing, d => Wrong(d) is not null);
            Assert.Fail($"Drawings.{shape}({seed}), or of it no more than\n\n{least}\n{Wrong(least)}");

            // Not the numbers of which the drawing is made: they would give its ids again.
            string? Wrong(Drawing of) => property(of, new Random(~seed));
        }
    }

    private static Assessment Assess(Drawing drawing)
    {
        var result = Assessor.Assess(drawing.ToEvidence());
        return result.Failed(out var error) ? throw new InvalidOperationException(error.ToString()) : result.Value;
    }

    private static string Origins(SideAssessment side) => string.Join(" | ", side.Groups.Select(g => string.Join(' ', g.Origins.Select(o => o.Value))));

    /// <summary>An origin that a link of the side has as source or is attributed to.</summary>
    private static SourceId? NamedOrigin(Drawing drawing, SideAssessment side, Random random)
    {
        SourceId[] named =
        [
            .. side.Groups.SelectMany(g => g.Origins).Where(o => drawing.For.Links.Any(l => l.SourceId == o || l.AttributedToIds.Contains(o))),
        ];
        return named.Length == 0 ? null : named[random.Next(named.Length)];
    }

    private static Drawing Relay(Drawing drawing, SourceId origin, SourceId? owner, Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        var newcomer = new SourceEvidence(new(new Guid(bytes)), SourceKind.Outlet, "newcomer", OwnerId: owner);
        var link = new LinkEvidence(new(newcomer.Id.Value), newcomer.Id, Stance.Reports, Directness.Relayed, Interest.Unknown, [origin], null);
        return drawing with
        {
            Sources = [.. drawing.Sources, newcomer],
            For = drawing.For with { Links = [.. drawing.For.Links, link] },
        };
    }
}
