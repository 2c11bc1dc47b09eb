using System.Globalization;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Tests.Assessments;

/// <summary>Drawings at random, and the way back from a large one to a small one.</summary>
internal static class Drawings
{
    private static readonly SourceKind[] Kinds =
    [
        SourceKind.Outlet, SourceKind.Outlet, SourceKind.Document, SourceKind.Person, SourceKind.Person, SourceKind.Organization,
        SourceKind.Government, SourceKind.Dataset, SourceKind.Account, SourceKind.Anonymous, SourceKind.Anonymous,
    ];

    private static readonly DerivationRelation[] Relations =
    [
        DerivationRelation.Quotes, DerivationRelation.Cites, DerivationRelation.DerivedFrom, DerivationRelation.Republishes,
        DerivationRelation.Republishes, DerivationRelation.Translates, DerivationRelation.SameWire,
    ];

    /// <summary>Three to twelve sources, much entangled.</summary>
    public static Drawing Dense(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(3, 13);
        return Any(random, count, links: random.Next(1, (2 * count) + 2), derivations: random.Next(count + 3));
    }

    /// <summary>More sources than that, of which most have nothing to do with one another.</summary>
    public static Drawing Sparse(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(20, 41);
        return Any(random, count, links: random.Next(10, 19), derivations: random.Next(15));
    }

    /// <summary>Named origins and vouchers, each known through a few readers, who are much tied to one another: what a matching is made of.</summary>
    public static Drawing Read(int seed)
    {
        var random = new Random(seed);
        var origins = random.Next(2, 7);
        var readers = random.Next(2, 8);
        var ids = AnyIds(random, origins + readers + 2);
        SourceId[] roles = [.. ids];
        random.Shuffle(roles);
        var (top, told, read) = (roles[..2], roles[2..(2 + origins)], roles[(2 + origins)..]);
        var side = () => new SideEvidence([.. told.SelectMany(o => Enumerable.Range(0, random.Next(1, 4)).Select(_ => Link(o, read[random.Next(readers)])))], []);
        return new()
        {
            IsBorneOut = random.Next(3) == 0,
            Sources =
            [
                .. ids.Select((id, i) => new SourceEvidence(
                    id,
                    told.Contains(id) ? Kinds[random.Next(Kinds.Length)] : SourceKind.Outlet,
                    Name(i),
                    OwnerId: !top.Contains(id) && random.Next(read.Contains(id) ? 2 : 8) == 0 ? top[random.Next(2)] : null,
                    ContentHash: random.Next(read.Contains(id) ? 2 : 8) == 0 ? "h" + random.Next(3) : null)),
            ],
            Derivations =
            [
                .. Enumerable.Range(0, random.Next(3)).Select(_ => new DerivationEvidence(read[random.Next(readers)], ids[random.Next(ids.Count)], DerivationRelation.SameWire))
                    .Where(d => d.FromId != d.ToId),
            ],
            For = side(),
            Against = random.Next(2) == 0 ? side() : SideEvidence.None,
        };

        LinkEvidence Link(SourceId origin, SourceId reader)
        {
            var id = new CorroborationId(AnyGuid(random));
            return random.Next(3) switch
            {
                0 => new(id, origin, Stance.Supports, random.Next(2) == 0 ? Directness.FirstHand : Directness.Unknown, Interest.Unknown, [], reader),
                _ => new(id, reader, Stance.Reports, Directness.Unknown, Interest.Unknown, [origin], null),
            };
        }
    }

    /// <summary>The same, entered in another order.</summary>
    public static Drawing Shuffle(Drawing drawing, Random random)
    {
        return drawing with
        {
            Sources = Shuffled(drawing.Sources),
            Derivations = Shuffled([.. drawing.Derivations.Select(d => d.Relation == DerivationRelation.SameWire && random.Next(2) == 0 ? new(d.ToId, d.FromId, d.Relation) : d)]),
            For = Side(drawing.For),
            Against = Side(drawing.Against),
        };

        SideEvidence Side(SideEvidence side) =>
            new(Shuffled([.. side.Links.Select(l => l with { AttributedToIds = Shuffled(l.AttributedToIds) })]), Shuffled(side.Deniers));

        T[] Shuffled<T>(IReadOnlyList<T> items)
        {
            T[] shuffled = [.. items];
            random.Shuffle(shuffled);
            return shuffled;
        }
    }

    /// <summary>Takes away one thing after the other, as long as it still fails.</summary>
    public static Drawing Shrink(Drawing drawing, Func<Drawing, bool> fails)
    {
        while (Smaller(drawing).FirstOrDefault(fails) is { } smaller)
        {
            drawing = smaller;
        }

        return drawing;
    }

    private static IEnumerable<Drawing> Smaller(Drawing drawing)
    {
        foreach (var side in Sides(drawing.For))
        {
            yield return drawing with { For = side };
        }

        foreach (var side in Sides(drawing.Against))
        {
            yield return drawing with { Against = side };
        }

        for (var i = 0; i < drawing.Derivations.Count; i++)
        {
            yield return drawing with { Derivations = Without(drawing.Derivations, i) };
        }

        for (var i = 0; i < drawing.Sources.Count; i++)
        {
            var source = drawing.Sources[i];
            if (!IsNamed(drawing, source.Id))
            {
                yield return drawing with { Sources = Without(drawing.Sources, i) };
            }

            SourceEvidence[] plainer =
            [
                source with { OwnerId = null }, source with { ParentId = null }, source with { ContentHash = null }, source with { Kind = SourceKind.Outlet },
            ];
            foreach (var other in plainer.Where(s => s != source))
            {
                yield return drawing with { Sources = With(drawing.Sources, i, other) };
            }
        }

        Drawing[] bare =
        [
            drawing with { Kind = ClaimKind.Factual }, drawing with { Plausible = null }, drawing with { IsBorneOut = false }, drawing with { Override = null },
        ];
        foreach (var other in bare.Where(d => d != drawing))
        {
            yield return other;
        }
    }

    private static IEnumerable<SideEvidence> Sides(SideEvidence side)
    {
        for (var i = 0; i < side.Links.Count; i++)
        {
            var link = side.Links[i];
            yield return side with { Links = Without(side.Links, i) };
            for (var j = 0; j < link.AttributedToIds.Count; j++)
            {
                yield return side with { Links = With(side.Links, i, link with { AttributedToIds = Without(link.AttributedToIds, j) }) };
            }

            LinkEvidence[] plainer = [link with { CitedInId = null }, link with { Interest = Interest.Unknown }, link with { Directness = Directness.Unknown }];
            foreach (var other in plainer.Where(l => l != link))
            {
                yield return side with { Links = With(side.Links, i, other) };
            }
        }

        for (var i = 0; i < side.Deniers.Count; i++)
        {
            yield return side with { Deniers = Without(side.Deniers, i) };
        }
    }

    private static bool IsNamed(Drawing drawing, SourceId id) =>
        drawing.For.Links.Concat(drawing.Against.Links).Any(l => l.SourceId == id || l.CitedInId == id || l.AttributedToIds.Contains(id))
        || drawing.For.Deniers.Concat(drawing.Against.Deniers).Contains(id)
        || drawing.Derivations.Any(d => d.FromId == id || d.ToId == id)
        || drawing.Sources.Any(s => s.OwnerId == id || s.ParentId == id);

    private static List<T> Without<T>(IReadOnlyList<T> items, int index) => [.. items.Where((_, i) => i != index)];

    private static List<T> With<T>(IReadOnlyList<T> items, int index, T item) => [.. items.Select((old, i) => i == index ? item : old)];

    private static Drawing Any(Random random, int count, int links, int derivations)
    {
        // Who is above whom has nothing to do with the order of ids.
        var ids = AnyIds(random, count);
        int[] ranks = [.. Enumerable.Range(0, count)];
        random.Shuffle(ranks);
        var entangled = random.NextDouble() * 0.5;
        var one = () => ids[random.Next(count)];
        return new()
        {
            Kind = random.Next(12) switch { 0 => ClaimKind.Opinion, 1 => ClaimKind.Prediction, 2 => ClaimKind.Denial, 3 => ClaimKind.Quantitative, _ => ClaimKind.Factual },
            Plausible = random.Next(8) switch { 0 => false, 1 => true, _ => null },
            IsBorneOut = random.Next(3) == 0,
            Override = random.Next(6) == 0 ? random.Next(1, 7) : null,
            Sources =
            [
                .. ids.Select((id, i) => new SourceEvidence(
                    id,
                    Kinds[random.Next(Kinds.Length)],
                    Name(i),
                    ParentId: Happens(entangled / 2) ? Above(i) : null,
                    OwnerId: Happens(entangled / 2) ? Above(i) : null,
                    ContentHash: Happens(entangled / 2) ? "h" + random.Next(3) : null)),
            ],
            Derivations =
            [
                .. Enumerable.Range(0, derivations).Select(_ => new DerivationEvidence(one(), one(), Relations[random.Next(Relations.Length)]))
                    .Where(d => d.FromId != d.ToId).Distinct(),
            ],
            For = new(
                [.. Enumerable.Range(0, random.Next(4) == 0 ? 0 : links * 2 / 3).Select(_ => Link(random.Next(2) == 0 ? Stance.Supports : Stance.Reports))],
                Deniers()),
            Against = new(
                [
                    .. Enumerable.Range(0, random.Next(3) == 0 ? 0 : random.Next((links / 2) + 1))
                        .Select(_ => Link((Stance[])[Stance.Supports, Stance.Reports, Stance.Contradicts, Stance.Denies] is var all ? all[random.Next(4)] : default)),
                ],
                Deniers()),
        };

        bool Happens(double chance) => random.NextDouble() < chance;

        SourceId? Above(int i) => Enumerable.Range(0, count).Where(j => ranks[j] < ranks[i]).Select(j => (SourceId?)ids[j]).OrderBy(_ => random.Next()).FirstOrDefault();

        SourceId[] Deniers() => random.Next(6) == 0 ? [one()] : [];

        LinkEvidence Link(Stance stance)
        {
            var source = one();
            SourceId[] from = [.. Enumerable.Range(0, random.Next(4) switch { 0 or 1 => 0, 2 => 1, _ => random.Next(1, 4) }).Select(_ => one()).Where(s => s != source).Distinct()];
            return new(
                new(AnyGuid(random)),
                source,
                stance,
                from.Length > 0 ? Directness.Relayed : random.Next(2) == 0 ? Directness.FirstHand : Directness.Unknown,
                random.Next(12) switch { 0 => Interest.Party, 1 => Interest.Adverse, 2 => Interest.Neutral, _ => Interest.Unknown },
                from,
                random.Next(3) == 0 && one() is var read && read != source ? read : null);
        }
    }

    /// <summary>Names ascend as ids do.</summary>
    private static List<SourceId> AnyIds(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new SourceId(AnyGuid(random))).OrderBy(id => id.Value.ToString(), StringComparer.Ordinal)];

    private static string Name(int place) => string.Create(CultureInfo.InvariantCulture, $"s{place:D2}");

    private static Guid AnyGuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }
}
