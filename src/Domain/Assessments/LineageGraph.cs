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
    public IReadOnlyList<LineageCycle> Cycles()
    {
        int[] from = [.. Predecessors.SelectMany((earlier, place) => Enumerable.Repeat(place, earlier.Length))];
        int[] to = [.. Predecessors.SelectMany(earlier => earlier)];
        var graph = DirectedGraph.Of(Ids.Length, from, to);
        return [.. graph.Circles().Select(c => new LineageCycle(Named(c), Named(graph.ShortestCycle(c))))];
    }

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
}
