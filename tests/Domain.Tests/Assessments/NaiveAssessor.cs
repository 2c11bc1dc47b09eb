using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Tests.Assessments;

/// <summary>
/// The rules of assessment as they are stated, sentence by sentence and in their order: slow on purpose, and without a thing from
/// <see cref="Assessor"/>, <see cref="Lineage"/> and <see cref="Rules"/>. What it explains is left out.
/// </summary>
internal static class NaiveAssessor
{
    public static Assessment Assess(Drawing drawing)
    {
        var ties = new NaiveTies(drawing);
        var support = new NaiveSide(drawing.For, drawing, ties);
        var contradiction = new NaiveSide(drawing.Against, drawing, ties);
        var rule = Decide(drawing, (support.Min, support.Max), (contradiction.Min, contradiction.Max));

        // Each side, as though the group's members were no origins and not of unknown lineage.
        var changes = new List<CredibilityChange>();
        foreach (var group in support.Groups)
        {
            var without = new NaiveSide(drawing.For, drawing, ties, [.. group]);
            changes.Add(new(ChangeKind.RemoveOrigin, Grade((without.Min, without.Max), (contradiction.Min, contradiction.Max)), Side.For, group));
        }

        foreach (var group in contradiction.Groups)
        {
            var without = new NaiveSide(drawing.Against, drawing, ties, [.. group]);
            changes.Add(new(ChangeKind.RemoveOrigin, Grade((support.Min, support.Max), (without.Min, without.Max)), Side.Against, group));
        }

        changes.Add(new(ChangeKind.AddIndependentSupport, Grade((support.Min + 1, support.Max + 1), (contradiction.Min, contradiction.Max))));
        changes.Add(new(ChangeKind.AddIndependentContradiction, Grade((support.Min, support.Max), (contradiction.Min + 1, contradiction.Max + 1))));
        changes.Add(new(ChangeKind.ResolveUnknownLineage, Grade((support.Max, support.Max), (contradiction.Max, contradiction.Max))));

        var evidence = drawing.ToEvidence();
        return new()
        {
            ClaimId = evidence.ClaimId,
            Rule = rule,
            Override = evidence.Override,
            For = support.Describe(),
            Against = contradiction.Describe(),
            Explanation = [],
            WhatWouldChangeIt = [.. changes.Where(c => c.Credibility != CredibilityOf(rule))],
        };

        int Grade((int Min, int Max) s, (int Min, int Max) c) => CredibilityOf(Decide(drawing, s, c));
    }

    public static int CredibilityOf(Rule rule) => rule switch
    {
        Rule.NotGradable => 6,
        Rule.NoOrigin => 6,
        Rule.Refuted => 5,
        Rule.Contested => 4,
        Rule.Implausible => 4,
        Rule.Confirmed => 1,
        Rule.Disputed => 2,
        Rule.Outweighed => 3,
        Rule.Consistent => 2,
        Rule.Single => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    private static Rule Decide(Drawing drawing, (int Min, int Max) support, (int Min, int Max) contradiction)
    {
        var (s, maxS) = support;
        var (c, maxC) = contradiction;
        var table = new (Rule Rule, bool Fits)[]
        {
            (Rule.NotGradable, drawing.Kind is ClaimKind.Opinion or ClaimKind.Prediction),
            (Rule.NoOrigin, s == 0 && c == 0),
            (Rule.Refuted, (c >= 1 && maxS == 0) || (c >= 2 && c >= s)),
            (Rule.Contested, c >= 1 && c >= s),
            (Rule.Implausible, drawing.Plausible == false),
            (Rule.Confirmed, s >= 2 && maxC == 0),
            (Rule.Disputed, s >= 2 && c == 0),
            (Rule.Outweighed, s > c && c >= 1),
            (Rule.Consistent, s == 1 && drawing.IsBorneOut),
            (Rule.Single, s == 1),
        };
        return table.First(row => row.Fits).Rule;
    }
}

/// <summary>One side: its lineage, its origins, their independence.</summary>
internal sealed class NaiveSide
{
    private readonly NaiveTies _ties;
    private readonly IReadOnlyList<LinkEvidence> _links;
    private readonly Dictionary<SourceId, SourceEvidence> _all;

    /// <summary>The sources of the graph, and "u has it from v".</summary>
    private readonly HashSet<SourceId> _sources;
    private readonly HashSet<(SourceId From, SourceId To)> _edges;
    private readonly Dictionary<SourceId, HashSet<SourceId>> _reached = [];

    private readonly List<SourceId> _origins;
    private readonly List<SourceId> _partyOrigins;
    private readonly List<SourceId> _unknown;

    /// <param name="side">Its links and deniers.</param>
    /// <param name="drawing">All sources and derivations.</param>
    /// <param name="ties">What ties one source to another.</param>
    /// <param name="removed">Sources that are taken to be no origins and not of unknown lineage.</param>
    public NaiveSide(SideEvidence side, Drawing drawing, NaiveTies ties, params IReadOnlyCollection<SourceId> removed)
    {
        _ties = ties;
        _links = side.Links;
        _all = drawing.Sources.ToDictionary(s => s.Id);

        // Lineage: "for each link of the side, from its source to each of its attributedToIds".
        HashSet<SourceId> named = [.. _links.Select(l => l.SourceId), .. _links.SelectMany(l => l.AttributedToIds)];
        _sources = [.. named];
        _edges = [.. _links.SelectMany(l => l.AttributedToIds.Select(to => (l.SourceId, to)))];

        // "For each source u in the graph and each of its derivations u → v, and so on from v."
        int before;
        do
        {
            before = _edges.Count;
            foreach (var derivation in drawing.Derivations.Where(d => _sources.Contains(d.FromId)))
            {
                var counts = derivation.Relation switch
                {
                    DerivationRelation.Republishes or DerivationRelation.Translates => true,
                    DerivationRelation.Quotes or DerivationRelation.Cites or DerivationRelation.DerivedFrom => named.Contains(derivation.ToId),
                    _ => false,
                };
                if (counts)
                {
                    _sources.Add(derivation.ToId);
                    _edges.Add((derivation.FromId, derivation.ToId));
                }
            }
        }
        while (_edges.Count > before);

        // Origins.
        HashSet<SourceId> origins =
        [
            .. _links.Where(l => l.Directness == Directness.FirstHand || IsOwnDenial(l)).Select(l => l.SourceId),
            .. _sources.Where(s => IsLedTo(s) && !IsLedFrom(s) && _all[s].Kind
                is SourceKind.Person or SourceKind.Organization or SourceKind.Government or SourceKind.Dataset or SourceKind.Anonymous),
        ];

        // Party.
        HashSet<SourceId> parties =
        [
            .. _links.Where(l => l.Interest == Interest.Party || IsOwnDenial(l)).Select(l => l.SourceId),
            .. _links.Where(l => l.Stance == Stance.Denies).SelectMany(l => l.AttributedToIds),
            .. side.Deniers,
        ];

        // Unknown lineage.
        var unknown = _sources.Where(s => !origins.Contains(s) && !parties.Contains(s) && !IsLedFrom(s)
            && (_links.Any(l => l.SourceId == s && l.Stance is Stance.Supports or Stance.Contradicts) || IsLedTo(s)));

        _partyOrigins = Ascending(origins.Where(parties.Contains));
        _origins = Ascending(origins.Where(s => !parties.Contains(s) && !removed.Contains(s)));
        _unknown = Ascending(unknown.Where(s => !removed.Contains(s)));

        // Independence.
        var apart = _ties.Join(_origins);
        Groups = ByFirst([.. apart.Where(g => !g.Any(IsLone)), .. new[] { apart.Where(g => g.Any(IsLone)).SelectMany(g => g).ToList() }.Where(g => g.Count > 0)]);
        var witnesses = Groups.SelectMany(WitnessesOf).Distinct().ToList();
        var witnessGroups = _ties.Join(witnesses);
        Witnesses = witnessGroups.Count;

        var certain = Groups.Where(g => !(g.All(IsLone) && Groups.Any(other => other != g && other.Any(IsSomebody)))).ToList();
        Min = Largest(certain.Select(g => WitnessesOf(g).SelectMany(w => Holding(witnessGroups, w))));

        var eligible = _ties.Join(_unknown).Where(g => !g.Any(IsTiedToLineage)).ToList();
        var further = eligible.SelectMany(WitnessesOf).Distinct().Where(w => !witnesses.Contains(w)).ToList();
        var furtherGroups = _ties.Join(further).Where(g => !g.Any(f => witnesses.Any(w => _ties.Tied(f, w)))).ToList();
        List<List<SourceId>> right = [.. witnessGroups, .. furtherGroups];
        Max = Largest(apart.Concat(eligible).Select(g => WitnessesOf(g).SelectMany(w => Holding(right, w).Concat(StandsFor(w)))));

        IEnumerable<int> StandsFor(SourceId witness) =>
            further.Contains(witness) ? Enumerable.Range(0, witnessGroups.Count).Where(i => witnessGroups[i].Any(w => _ties.Tied(witness, w))) : [];
    }

    public IReadOnlyList<List<SourceId>> Groups { get; }

    public int Min { get; }

    public int Max { get; }

    public int Witnesses { get; }

    public SideAssessment Describe() => new()
    {
        LinkCount = _links.Count,
        Min = Min,
        Max = Max,
        Witnesses = Witnesses,
        Groups =
        [
            .. Groups.Select(g => new OriginGroup(
                g,
                [.. Enum.GetValues<Tie>().Where(tie => g.Any(a => g.Any(b => a != b && (tie == Tie.Lone ? IsLone(a) && IsLone(b) : _ties.Tied(a, b, tie)))))],
                Ascending(_links.Where(l => LeadsTo(l, g)).Select(l => l.SourceId).Where(s => !g.Contains(s))),
                [.. _links.Where(l => LeadsTo(l, g)).Select(l => l.Id).OrderBy(id => id.Value.ToString(), StringComparer.Ordinal)])),
        ],
        UnknownLineage = _unknown,
        PartyOrigins = _partyOrigins,
        Cycles = [.. Cycles()],
    };

    private static bool IsOwnDenial(LinkEvidence link) => link.Stance == Stance.Denies && link.AttributedToIds.Count == 0;

    private static List<SourceId> Ascending(IEnumerable<SourceId> ids) => [.. ids.Distinct().OrderBy(id => id.Value.ToString(), StringComparer.Ordinal)];

    private static List<List<SourceId>> ByFirst(IEnumerable<List<SourceId>> groups) =>
        [.. groups.Select(Ascending).OrderBy(g => g[0].Value.ToString(), StringComparer.Ordinal)];

    private static IEnumerable<int> Holding(List<List<SourceId>> groups, SourceId source) => Enumerable.Range(0, groups.Count).Where(i => groups[i].Contains(source));

    /// <summary>
    /// How many can each be given one of its own: the number of them, less the most by which any set of them outnumbers what they have between
    /// them (König, Ore). So no search for a matching can be wrong here in the way in which another is.
    /// </summary>
    private static int Largest(IEnumerable<IEnumerable<int>> choices)
    {
        ulong[] masks = [.. choices.Select(choice => choice.Aggregate(0UL, (mask, i) => mask | (1UL << i)))];
        return masks.Length - Excess(0, 0, 0);

        int Excess(int from, int taken, ulong between) => from == masks.Length
            ? taken - System.Numerics.BitOperations.PopCount(between)
            : Math.Max(Excess(from + 1, taken, between), Excess(from + 1, taken + 1, between | masks[from]));
    }

    private bool IsLedTo(SourceId source) => _edges.Any(e => e.To == source);

    private bool IsLedFrom(SourceId source) => _edges.Any(e => e.From == source);

    /// <summary>What can be reached from it, by one edge or more.</summary>
    private HashSet<SourceId> Reached(SourceId source)
    {
        if (!_reached.TryGetValue(source, out var reached))
        {
            _reached[source] = reached = [];
            while (_edges.Any(e => (e.From == source || reached.Contains(e.From)) && reached.Add(e.To)))
            {
            }
        }

        return reached;
    }

    private bool LeadsTo(LinkEvidence link, IEnumerable<SourceId> sources) => sources.Any(s => link.SourceId == s || Reached(link.SourceId).Contains(s));

    private IEnumerable<SourceId> WitnessesOf(IEnumerable<SourceId> group) => _links.Where(l => LeadsTo(l, group)).Select(l => l.CitedInId ?? l.SourceId);

    private bool IsLone(SourceId source) => _all[source] is { Kind: SourceKind.Anonymous or SourceKind.Account, ParentId: null, OwnerId: null };

    private bool IsSomebody(SourceId source) => _all[source].Kind is SourceKind.Person or SourceKind.Organization or SourceKind.Government;

    private bool IsTiedToLineage(SourceId source) =>
        _sources.Any(other => _ties.Tied(source, other) && (_origins.Contains(other) || Reached(other).Overlaps(_origins)));

    private IEnumerable<LineageCycle> Cycles()
    {
        foreach (var source in Ascending(_sources))
        {
            var members = Ascending(_sources.Where(other => other == source || (Reached(source).Contains(other) && Reached(other).Contains(source))));
            if (members.Count > 1 && members[0] == source)
            {
                yield return new(members, ShortestCycle(source));
            }
        }
    }

    private List<SourceId> ShortestCycle(SourceId start)
    {
        var seen = new HashSet<SourceId> { start };
        var paths = new Queue<List<SourceId>>([[start]]);
        while (true)
        {
            var path = paths.Dequeue();
            if (_edges.Contains((path[^1], start)))
            {
                return path;
            }

            foreach (var next in Ascending(_edges.Where(e => e.From == path[^1]).Select(e => e.To)).Where(seen.Add))
            {
                paths.Enqueue([.. path, next]);
            }
        }
    }
}

/// <summary>Which sources are tied, and by what.</summary>
internal sealed class NaiveTies
{
    private readonly HashSet<(SourceId, SourceId, Tie)> _tied = [];

    public NaiveTies(Drawing drawing)
    {
        var sources = drawing.Sources.ToDictionary(s => s.Id);
        foreach (var a in drawing.Sources)
        {
            // Connected by same-wire derivations, read as undirected, through any sources.
            HashSet<SourceId> wire = [a.Id];
            while (drawing.Derivations.Any(d => d.Relation == DerivationRelation.SameWire
                && ((wire.Contains(d.FromId) && wire.Add(d.ToId)) || (wire.Contains(d.ToId) && wire.Add(d.FromId)))))
            {
            }

            foreach (var b in drawing.Sources)
            {
                if (Root(a) == Root(b))
                {
                    _tied.Add((a.Id, b.Id, Tie.RootOrganization));
                }

                if (a.ContentHash is not null && a.ContentHash == b.ContentHash)
                {
                    _tied.Add((a.Id, b.Id, Tie.ContentHash));
                }

                if (wire.Contains(b.Id))
                {
                    _tied.Add((a.Id, b.Id, Tie.SameWire));
                }
            }
        }

        SourceId Root(SourceEvidence source) => (source.OwnerId ?? source.ParentId) is { } above ? Root(sources[above]) : source.Id;
    }

    public bool Tied(SourceId one, SourceId other, Tie by) => _tied.Contains((one, other, by));

    public bool Tied(SourceId one, SourceId other) => Tied(one, other, Tie.RootOrganization) || Tied(one, other, Tie.ContentHash) || Tied(one, other, Tie.SameWire);

    /// <summary>Tied members together, transitively, within the set.</summary>
    public List<List<SourceId>> Join(IEnumerable<SourceId> set)
    {
        var groups = new List<List<SourceId>>();
        foreach (var source in set)
        {
            var tied = groups.Where(g => g.Any(member => Tied(member, source))).ToList();
            groups.RemoveAll(tied.Contains);
            groups.Add([source, .. tied.SelectMany(g => g)]);
        }

        return groups;
    }
}
