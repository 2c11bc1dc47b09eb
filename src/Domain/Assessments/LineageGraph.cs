using Stemma.Domain.Sources;

namespace Stemma.Domain.Assessments;

/// <summary>
/// Who has it from whom, on one side of one claim. Sources are known by their places in <see cref="Ids"/>, which ascend, so that what comes out in
/// the order of places comes out in the order of ids. An edge leads from the later to the earlier source.
/// </summary>
internal sealed class LineageGraph
{
    private LineageGraph(SourceId[] ids, Dictionary<SourceId, int> places, int[][] from, int[][] to, IReadOnlyList<DerivationEvidence> derivations)
    {
        (Ids, Places, Predecessors, Successors, Derivations) = (ids, places, from, to, derivations);
    }

    /// <summary>The sources, ascending.</summary>
    public SourceId[] Ids { get; }

    /// <summary>The place of each.</summary>
    public Dictionary<SourceId, int> Places { get; }

    /// <summary>From whom each has it: their places, ascending, each once.</summary>
    public int[][] Predecessors { get; }

    /// <summary>Who has it from each.</summary>
    public int[][] Successors { get; }

    /// <summary>The derivations among the edges, in no order; the other edges are attributions.</summary>
    public IReadOnlyList<DerivationEvidence> Derivations { get; }

    /// <summary>
    /// The links' attributions, and of each source in the graph the derivations: republished and translated texts always, quotations and citations
    /// only of sources that the links name.
    /// </summary>
    public static LineageGraph Of(IReadOnlyList<LinkEvidence> links, Lineage lineage)
    {
        var edges = new HashSet<(SourceId From, SourceId To)>();
        var named = new HashSet<SourceId>();
        var derivations = new List<DerivationEvidence>();
        foreach (var link in links)
        {
            named.Add(link.SourceId);
            foreach (var attributed in link.AttributedToIds)
            {
                named.Add(attributed);
                edges.Add((link.SourceId, attributed));
            }
        }

        var reached = new HashSet<SourceId>(named);
        var open = new Queue<SourceId>(named);
        while (open.TryDequeue(out var source))
        {
            foreach (var derivation in lineage.DerivationsOf(source))
            {
                var always = derivation.Relation is DerivationRelation.Republishes or DerivationRelation.Translates;
                if (always || named.Contains(derivation.ToId))
                {
                    edges.Add((source, derivation.ToId));
                    derivations.Add(derivation);
                    if (reached.Add(derivation.ToId))
                    {
                        open.Enqueue(derivation.ToId);
                    }
                }
            }
        }

        SourceId[] ids = [.. reached.OrderBy(id => id.Value)];
        var places = new Dictionary<SourceId, int>(ids.Length);
        for (var place = 0; place < ids.Length; place++)
        {
            places.Add(ids[place], place);
        }

        var pairs = edges.Select(e => (From: places[e.From], To: places[e.To])).ToArray();
        return new(ids, places, Lists(ids.Length, pairs), Lists(ids.Length, Array.ConvertAll(pairs, p => (p.To, p.From))), derivations);
    }

    /// <summary>All that lead to any of these, themselves included, along edges; marks them in <paramref name="marks"/>, which was clear there.</summary>
    public List<int> LeadingTo(IEnumerable<int> targets, bool[] marks)
    {
        var found = new List<int>();
        foreach (var target in targets.Where(t => !marks[t]))
        {
            marks[target] = true;
            found.Add(target);
        }

        for (var next = 0; next < found.Count; next++)
        {
            foreach (var later in Successors[found[next]])
            {
                if (!marks[later])
                {
                    marks[later] = true;
                    found.Add(later);
                }
            }
        }

        return found;
    }

    /// <summary>Strongly connected components of two sources or more, in the order of their first members: circular reporting.</summary>
    public IReadOnlyList<LineageCycle> Cycles() =>
    [
        .. Components().Where(c => c.Count > 1).Select(c =>
        {
            c.Sort();
            return c;
        }).OrderBy(c => c[0]).Select(c => new LineageCycle(Named(c), Named(ShortestCycle(c)))),
    ];

    /// <summary>The ids at these places, in their order.</summary>
    public SourceId[] Named(IEnumerable<int> places) => [.. places.Select(p => Ids[p])];

    private static int[][] Lists(int count, (int From, int To)[] pairs)
    {
        Array.Sort(pairs);
        var lists = new int[count][];
        Array.Fill(lists, []);
        for (int at = 0, end; at < pairs.Length; at = end)
        {
            var from = pairs[at].From;
            end = at;
            while (end < pairs.Length && pairs[end].From == from)
            {
                end++;
            }

            lists[from] = Array.ConvertAll(pairs[at..end], p => p.To);
        }

        return lists;
    }

    /// <summary>Tarjan's algorithm, with a stack of its own instead of recursion: a lineage may be as deep as it likes.</summary>
    private List<List<int>> Components()
    {
        const int unseen = -1;
        var components = new List<List<int>>();
        var order = new int[Ids.Length];
        Array.Fill(order, unseen);
        var lowest = new int[Ids.Length];
        var isOpen = new bool[Ids.Length];
        var open = new Stack<int>();
        var calls = new Stack<(int Place, int Next)>();
        var seen = 0;
        for (var start = 0; start < Ids.Length; start++)
        {
            if (order[start] != unseen)
            {
                continue;
            }

            calls.Push((start, 0));
            while (calls.TryPop(out var call))
            {
                var (place, next) = call;
                if (next == 0)
                {
                    order[place] = lowest[place] = seen++;
                    open.Push(place);
                    isOpen[place] = true;
                }
                else
                {
                    lowest[place] = Math.Min(lowest[place], lowest[Predecessors[place][next - 1]]);
                }

                for (; next < Predecessors[place].Length; next++)
                {
                    var earlier = Predecessors[place][next];
                    if (order[earlier] == unseen)
                    {
                        break;
                    }

                    if (isOpen[earlier])
                    {
                        lowest[place] = Math.Min(lowest[place], order[earlier]);
                    }
                }

                if (next < Predecessors[place].Length)
                {
                    calls.Push((place, next + 1));
                    calls.Push((Predecessors[place][next], 0));
                }
                else if (lowest[place] == order[place])
                {
                    var component = new List<int>();
                    int member;
                    do
                    {
                        member = open.Pop();
                        isOpen[member] = false;
                        component.Add(member);
                    }
                    while (member != place);
                    components.Add(component);
                }
            }
        }

        return components;
    }

    /// <summary>Breadth first from the first member; of several shortest cycles the one whose members come first.</summary>
    private List<int> ShortestCycle(List<int> members)
    {
        var within = members.ToHashSet();
        var start = members[0];
        var cameFrom = new Dictionary<int, int>();
        var open = new Queue<int>([start]);
        while (open.TryDequeue(out var place))
        {
            foreach (var earlier in Predecessors[place])
            {
                if (earlier == start)
                {
                    var path = new List<int>();
                    for (var at = place; at != start; at = cameFrom[at])
                    {
                        path.Add(at);
                    }

                    path.Add(start);
                    path.Reverse();
                    return path;
                }

                if (within.Contains(earlier) && cameFrom.TryAdd(earlier, place))
                {
                    open.Enqueue(earlier);
                }
            }
        }

        throw new InvalidOperationException("A component of two sources or more has a cycle through each of them.");
    }
}
