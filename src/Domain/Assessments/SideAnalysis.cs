using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Assessments;

/// <summary>One side of one claim: its lineage, its origins, and how many of them are independent.</summary>
internal sealed class SideAnalysis
{
    /// <summary>A link and an origin that it leads to, all together: past this the answer would be longer than anyone reads, and is refused.</summary>
    public const int MaxRelays = 1_000_000;

    private readonly IReadOnlyList<LinkEvidence> _links;
    private readonly LineageGraph _graph;
    private readonly Ties _ties;
    private readonly int[] _witnesses;
    private readonly bool[] _isLone;
    private readonly SourceKind[] _kinds;

    /// <summary>Origins, tied ones together, and the links that lead to each lot.</summary>
    private readonly Lot[] _origins;

    /// <summary>Sources of unknown lineage, likewise.</summary>
    private readonly Lot[] _unknown;

    /// <summary>Lots of origins that count as one at most: all with a lone origin together, every other by itself.</summary>
    private readonly int[][] _groups;

    private readonly int[] _unknownLineage;
    private readonly int[] _partyOrigins;

    private SideAnalysis(SideEvidence side, Lineage lineage)
    {
        // In the order of ids whatever the order of entry.
        _links = [.. side.Links.OrderBy(l => l.Id.Value)];
        _graph = LineageGraph.Of(_links, lineage);

        // Witnesses stand behind the sources of the graph, where they are not among them.
        var ids = new List<SourceId>(_graph.Ids);
        var places = new Dictionary<SourceId, int>(_graph.Places);
        _witnesses = new int[_links.Count];
        for (var i = 0; i < _links.Count; i++)
        {
            if (!places.TryGetValue(_links[i].Witness, out _witnesses[i]))
            {
                _witnesses[i] = ids.Count;
                places.Add(_links[i].Witness, ids.Count);
                ids.Add(_links[i].Witness);
            }
        }

        _ties = new(ids, lineage);
        var count = _graph.Ids.Length;
        _kinds = new SourceKind[count];
        _isLone = new bool[count];
        for (var place = 0; place < count; place++)
        {
            var source = lineage.Sources[_graph.Ids[place]];
            (_kinds[place], _isLone[place]) = (source.Kind, source.IsLone);
        }

        var isParty = Parties(side);
        var isOrigin = Origins();
        var isUnknown = Unknown(isOrigin, isParty);
        var all = Enumerable.Range(0, count).ToArray();
        _partyOrigins = [.. all.Where(p => isOrigin[p] && isParty[p])];
        _unknownLineage = [.. all.Where(p => isUnknown[p])];
        _origins = Lots([.. all.Where(p => isOrigin[p] && !isParty[p])]);
        _unknown = Lots(_unknownLineage);

        var lone = Enumerable.Range(0, _origins.Length).Where(HasLone).ToArray();
        _groups = [.. Enumerable.Range(0, _origins.Length).Where(o => !HasLone(o)).Select(o => new[] { o }).Concat(lone.Length == 0 ? [] : [lone])
            .OrderBy(g => g.Min(o => _origins[o].Members[0]))];
        bool HasLone(int lot) => _origins[lot].Members.Any(m => _isLone[m]);
    }

    /// <summary>How many origins are independent, for certain and at most.</summary>
    public (int Min, int Max) Count { get; private set; }

    /// <summary>Groups of origins that reach further than an answer can.</summary>
    private bool IsTooLarge { get; set; }

    /// <summary>Null where the side is too large to be answered for.</summary>
    public static SideAnalysis? Of(SideEvidence side, Lineage lineage)
    {
        var analysis = new SideAnalysis(side, lineage);
        if (analysis.IsTooLarge)
        {
            return null;
        }

        analysis.Count = analysis.CountWithout(null);
        return analysis;
    }

    /// <summary>Its part of the answer.</summary>
    public SideAssessment ToAssessment() => new()
    {
        LinkCount = _links.Count,
        Min = Count.Min,
        Max = Count.Max,
        Witnesses = _ties.Join(WitnessesOf(_origins)).Count,
        Groups = [.. _groups.Select(ToGroup)],
        UnknownLineage = _graph.Named(_unknownLineage),
        PartyOrigins = _graph.Named(_partyOrigins),
        Cycles = _graph.Cycles(),
    };

    /// <summary>Of each group, in the answer's order: its origins, and the counts that would be left without it, as far as they matter.</summary>
    /// <param name="credibility">What follows from counts; where it is the same for all that could be left, the present counts stand for them.</param>
    /// <param name="turningPoint">The other side's count: what follows changes at it, at small numbers, and nowhere else.</param>
    public IEnumerable<(IReadOnlyList<SourceId> Origins, (int Min, int Max) Count)> WithoutEach(Func<(int Min, int Max), int> credibility, int turningPoint)
    {
        var matching = Match(_origins, out var ranks);
        var needed = matching.Needed();
        var splits = Splits();
        var keepsUnnamedOut = KeepingUnnamedOut();
        var isIndifferent = IsIndifferent(credibility, turningPoint);
        for (var g = 0; g < _groups.Length; g++)
        {
            // Without the group the others keep their witnesses, and these fall apart only where a witness of the group alone held two of them
            // together for different reasons. What is left is then known without counting anew, unless nothing is left.
            var isNeeded = ranks[g] is { } rank && needed[rank];
            var isSimple = !splits[g] && g != keepsUnnamedOut && (Count.Min > 1 || !isNeeded);
            var left = isSimple && Count.Min > 0 ? (Count.Min - (isNeeded ? 1 : 0), Count.Max)
                : isIndifferent ? Count
                : CountWithout(g);
            yield return (_graph.Named(_groups[g].SelectMany(o => _origins[o].Members).Order()), left);
        }
    }

    /// <summary>Whether nothing follows from one group less: without it all others that can be given a reader still can, so that one at most is lost.</summary>
    private bool IsIndifferent(Func<(int Min, int Max), int> credibility, int turningPoint)
    {
        var present = credibility(Count);
        int[] left = [.. new[] { Count.Min - 1, Count.Min, 0, 1, 2, turningPoint - 1, turningPoint, turningPoint + 1, _groups.Length }
            .Where(m => m >= Math.Max(0, Count.Min - 1) && m <= _groups.Length)];
        return left.All(m => credibility((m, Math.Max(m, 1))) == present && (m > 0 || credibility((0, 0)) == present));
    }

    private bool[] Parties(SideEvidence side)
    {
        var isParty = new bool[_graph.Ids.Length];
        foreach (var party in side.Parties())
        {
            if (_graph.Places.TryGetValue(party, out var place))
            {
                isParty[place] = true;
            }
        }

        return isParty;
    }

    private bool[] Origins()
    {
        var isOrigin = new bool[_graph.Ids.Length];
        foreach (var link in _links.Where(l => l.Directness == Directness.FirstHand || l.IsOwnDenial))
        {
            isOrigin[_graph.Places[link.SourceId]] = true;
        }

        for (var place = 0; place < isOrigin.Length; place++)
        {
            // An outlet, a document or an account that is only named may have it from anywhere.
            isOrigin[place] |= _graph.Successors[place].Length > 0 && _graph.Predecessors[place].Length == 0
                && _kinds[place] is SourceKind.Person or SourceKind.Organization or SourceKind.Government or SourceKind.Dataset or SourceKind.Anonymous;
        }

        return isOrigin;
    }

    private bool[] Unknown(bool[] isOrigin, bool[] isParty)
    {
        var vouches = new bool[_graph.Ids.Length];
        foreach (var link in _links.Where(l => l.Stance is Stance.Supports or Stance.Contradicts))
        {
            vouches[_graph.Places[link.SourceId]] = true;
        }

        var isUnknown = new bool[_graph.Ids.Length];
        for (var place = 0; place < isUnknown.Length; place++)
        {
            isUnknown[place] = !isOrigin[place] && !isParty[place] && _graph.Predecessors[place].Length == 0
                && (vouches[place] || _graph.Successors[place].Length > 0);
        }

        return isUnknown;
    }

    private Lot[] Lots(int[] sources)
    {
        var lots = new List<Lot>();
        var linksOf = new List<int>[_graph.Ids.Length];
        for (var i = 0; i < _links.Count; i++)
        {
            (linksOf[_graph.Places[_links[i].SourceId]] ??= []).Add(i);
        }

        var marks = new bool[_graph.Ids.Length];
        long relays = 0;
        foreach (var members in _ties.Join(sources))
        {
            var leading = _graph.LeadingTo(members, marks);
            int[] links = [.. leading.SelectMany(p => linksOf[p] ?? []).Order()];
            lots.Add(new([.. members], links, [.. links.Select(l => _witnesses[l]).Distinct().Order()]));
            foreach (var place in leading)
            {
                marks[place] = false;
            }

            if ((relays += leading.Count) > MaxRelays)
            {
                IsTooLarge = true;
                return [];
            }
        }

        return [.. lots];
    }

    private static int[] WitnessesOf(IEnumerable<Lot> lots) => [.. lots.SelectMany(l => l.Witnesses).Distinct().Order()];

    /// <summary>Counts as though the members of this group were no origins, and not of unknown lineage either.</summary>
    private (int Min, int Max) CountWithout(int? group)
    {
        var leftOut = group is { } left ? _groups[left].ToHashSet() : [];
        var origins = leftOut.Count == 0 ? _origins : [.. _origins.Where((_, o) => !leftOut.Contains(o))];
        var first = _ties.Join(WitnessesOf(origins));
        var firstOf = Index(first);
        var min = Match(group, first.Count, firstOf).Size;

        // Whom an origin can be reached from is bound to it, and so is whoever is tied to either.
        var marks = new bool[_graph.Ids.Length];
        var bound = new bool[_ties.Count];
        foreach (var key in _graph.LeadingTo(origins.SelectMany(o => o.Members), marks).SelectMany(_ties.Of))
        {
            bound[key] = true;
        }

        Lot[] free = [.. _unknown.Where(u => !u.Members.SelectMany(_ties.Of).Any(k => bound[k]))];
        if (free.Length == 0 && origins.Length == 0)
        {
            return (min, 0);
        }

        // A further witness who is tied to some of the first stands for their groups; sources that share a key are in one group.
        var groupOfKey = new Dictionary<int, int>();
        foreach (var (witness, at) in firstOf)
        {
            foreach (var key in _ties.Of(witness))
            {
                groupOfKey[key] = at;
            }
        }

        var further = _ties.Join([.. WitnessesOf(free).Where(w => !firstOf.ContainsKey(w))]);
        var ofTheirOwn = further.FindAll(f => !f.SelectMany(_ties.Of).Any(groupOfKey.ContainsKey));
        var furtherOf = Index(ofTheirOwn);
        var edges = origins.Select(o => Edges(o.Witnesses, firstOf))
            .Concat(free.Select(u => (IReadOnlyList<int>)[.. u.Witnesses.SelectMany(StandsFor).Distinct()]))
            .ToArray();
        return (min, new Matching(edges, first.Count + ofTheirOwn.Count).Size);

        IEnumerable<int> StandsFor(int witness) =>
            firstOf.TryGetValue(witness, out var its) ? [its]
            : furtherOf.TryGetValue(witness, out its) ? [first.Count + its]
            : _ties.Of(witness).Where(groupOfKey.ContainsKey).Select(k => groupOfKey[k]);
    }

    /// <summary>Groups that may each be given a reader of their own; <paramref name="ranks"/> says which groups take part, and where.</summary>
    private Matching Match(Lot[] origins, out int?[] ranks)
    {
        var groups = TakingPart(null);
        ranks = new int?[_groups.Length];
        for (var rank = 0; rank < groups.Count; rank++)
        {
            ranks[groups[rank]] = rank;
        }

        var first = _ties.Join(WitnessesOf(origins));
        return Match(null, first.Count, Index(first));
    }

    private Matching Match(int? without, int witnessGroups, Dictionary<int, int> groupOf) => new(
        [.. TakingPart(without).Select(g => Edges(_groups[g].SelectMany(o => _origins[o].Witnesses), groupOf))],
        witnessGroups);

    /// <summary>Unnamed speakers alone may be among those who are named.</summary>
    private List<int> TakingPart(int? without)
    {
        var groups = Enumerable.Range(0, _groups.Length).Where(g => g != without).ToList();
        groups.RemoveAll(g => IsLoneOnly(g) && groups.Exists(other => other != g && HoldsNamed(other)));
        return groups;
    }

    private bool IsLoneOnly(int group) => _groups[group].All(o => _origins[o].Members.All(m => _isLone[m]));

    private bool HoldsNamed(int group) => _groups[group].Any(o => _origins[o].Members.Any(
        m => _kinds[m] is SourceKind.Person or SourceKind.Organization or SourceKind.Government));

    /// <summary>The group without which the unnamed speakers would take part, if there is one such.</summary>
    private int? KeepingUnnamedOut()
    {
        int[] named = [.. Enumerable.Range(0, _groups.Length).Where(HoldsNamed)];
        return named.Length == 1 && Enumerable.Range(0, _groups.Length).Any(IsLoneOnly) ? named[0] : null;
    }

    /// <summary>Of each group, whether the readers of the others may fall apart without those that it alone has.</summary>
    private bool[] Splits()
    {
        const int shared = -1;
        var owner = new Dictionary<int, int>();
        for (var g = 0; g < _groups.Length; g++)
        {
            foreach (var witness in _groups[g].SelectMany(o => _origins[o].Witnesses))
            {
                owner[witness] = owner.TryGetValue(witness, out var other) && other != g ? shared : g;
            }
        }

        var holders = new int[_ties.Count];
        foreach (var key in owner.Keys.SelectMany(_ties.Of))
        {
            holders[key]++;
        }

        // Whoever is tied to others for one reason alone holds no two of them together that are not tied without it.
        int[] witnesses = [.. owner.Keys.Order()];
        int[][] keys = [.. witnesses.Select(w => _ties.Of(w).Where(k => holders[k] > 1).ToArray())];
        var holds = Connections.CutMembers(keys, _ties.Count);
        var bridges = new int[_groups.Length];
        var splits = new bool[_groups.Length];
        for (var i = 0; i < witnesses.Length; i++)
        {
            if (owner[witnesses[i]] is >= 0 and var group && keys[i].Length > 1)
            {
                // Of one, it is known whether the others hang together without it; of two at once it is not.
                splits[group] |= holds[i] || ++bridges[group] > 1;
            }
        }

        return splits;
    }

    private static Dictionary<int, int> Index(List<List<int>> groups)
    {
        var index = new Dictionary<int, int>();
        for (var group = 0; group < groups.Count; group++)
        {
            foreach (var member in groups[group])
            {
                index.Add(member, group);
            }
        }

        return index;
    }

    private static IReadOnlyList<int> Edges(IEnumerable<int> witnesses, Dictionary<int, int> groupOf) => [.. witnesses.Select(w => groupOf[w]).Distinct()];

    private OriginGroup ToGroup(int[] lots)
    {
        int[] members = [.. lots.SelectMany(o => _origins[o].Members).Order()];
        int[] links = [.. lots.SelectMany(o => _origins[o].Links).Distinct().Order()];
        var own = members.Select(m => _graph.Ids[m]).ToHashSet();
        return new(
            _graph.Named(members),
            [.. Enum.GetValues<Tie>().Where(Holds)],
            [.. links.Select(l => _links[l].SourceId).Where(s => !own.Contains(s)).Distinct().OrderBy(s => s.Value)],
            [.. links.Select(l => _links[l].Id)]);

        bool Holds(Tie tie)
        {
            if (tie == Tie.Lone)
            {
                return members.Count(m => _isLone[m]) > 1;
            }

            int[] keys = [.. members.Select(m => _ties.Of(m, tie)).OfType<int>()];
            return keys.Distinct().Count() < keys.Length;
        }
    }

    /// <summary>Sources that are tied, the links that lead to them, and through whom these are known.</summary>
    private sealed record Lot(int[] Members, int[] Links, int[] Witnesses);
}
