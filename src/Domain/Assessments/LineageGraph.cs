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
        // Sources are numbered as they are met, and anew in the order of their ids at the end.
        var met = new List<SourceId>();
        var numbers = new Dictionary<SourceId, int>();
        var edges = new List<(int From, int To)>();
        foreach (var link in links)
        {
            var from = Number(link.SourceId);
            foreach (var attributed in link.AttributedToIds)
            {
                edges.Add((from, Number(attributed)));
            }
        }

        var named = met.Count;
        var derivations = new List<DerivationEvidence>();
        for (var from = 0; from < met.Count; from++)
        {
            foreach (var derivation in lineage.DerivationsOf(met[from]))
            {
                if (derivation.Relation is DerivationRelation.Republishes or DerivationRelation.Translates)
                {
                    edges.Add((from, Number(derivation.ToId)));
                    derivations.Add(derivation);
                }
                else if (numbers.TryGetValue(derivation.ToId, out var to) && to < named)
                {
                    edges.Add((from, to));
                    derivations.Add(derivation);
                }
            }
        }

        SourceId[] ids = [.. met];
        var order = Enumerable.Range(0, ids.Length).ToArray();
        Array.Sort(Array.ConvertAll(ids, id => id.Value), order);
        var places = new int[ids.Length];
        for (var place = 0; place < ids.Length; place++)
        {
            ids[place] = met[order[place]];
            places[order[place]] = place;
            numbers[ids[place]] = place;
        }

        var pairs = edges.ConvertAll(e => (places[e.From], places[e.To]));
        return new(ids, numbers, Lists(ids.Length, pairs), Lists(ids.Length, pairs.ConvertAll(p => (p.Item2, p.Item1))), derivations);

        int Number(SourceId source)
        {
            if (!numbers.TryGetValue(source, out var number))
            {
                numbers.Add(source, number = met.Count);
                met.Add(source);
            }

            return number;
        }
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

    /// <summary>Where edges lead from each place, ascending, each once.</summary>
    private static int[][] Lists(int count, List<(int From, int To)> pairs)
    {
        var lengths = new int[count];
        foreach (var (from, _) in pairs)
        {
            lengths[from]++;
        }

        var lists = Array.ConvertAll(lengths, length => length == 0 ? [] : new int[length]);
        foreach (var (from, to) in pairs)
        {
            lists[from][--lengths[from]] = to;
        }

        for (var place = 0; place < count; place++)
        {
            if (lists[place].Length > 1)
            {
                Array.Sort(lists[place]);
                lists[place] = [.. lists[place].Distinct()];
            }
        }

        return lists;
    }
}
