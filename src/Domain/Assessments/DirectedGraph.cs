namespace Stemma.Domain.Assessments;

/// <summary>
/// A directed graph of places 0, 1, 2 … in two arrays, so that millions of edges fit: what components it has, and what the shortest cycles are.
/// </summary>
public sealed class DirectedGraph
{
    private readonly int[] _starts;
    private readonly int[] _targets;

    private DirectedGraph(int[] starts, int[] targets) => (_starts, _targets) = (starts, targets);

    /// <summary>How many places there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The edges from <paramref name="from"/> to <paramref name="to"/> at the same index; the same edge may stand there twice.</summary>
    /// <param name="count">How many places there are.</param>
    /// <param name="from">Where each edge begins.</param>
    /// <param name="to">Where it leads.</param>
    public static DirectedGraph Of(int count, IReadOnlyList<int> from, IReadOnlyList<int> to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var starts = new int[count + 1];
        for (var edge = 0; edge < from.Count; edge++)
        {
            starts[from[edge] + 1]++;
        }

        for (var place = 0; place < count; place++)
        {
            starts[place + 1] += starts[place];
        }

        var next = starts[..count];
        var targets = new int[from.Count];
        for (var edge = 0; edge < from.Count; edge++)
        {
            targets[next[from[edge]]++] = to[edge];
        }

        for (var place = 0; place < count; place++)
        {
            targets.AsSpan(starts[place]..starts[place + 1]).Sort();
        }

        return new(starts, targets);
    }

    /// <summary>Where the edges from a place lead, ascending.</summary>
    public ReadOnlySpan<int> From(int place) => _targets.AsSpan(_starts[place].._starts[place + 1]);

    /// <summary>The strongly connected components of two places or more, each ascending, in the order of their first members.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Circles()
    {
        var circles = Components();
        circles.ForEach(c => c.Sort());
        circles.Sort((one, other) => one[0].CompareTo(other[0]));
        return circles;
    }

    /// <summary>
    /// The shortest cycle through the first of these places, which a component of <see cref="Circles"/> is; the start is not repeated. Of several
    /// the one that a breadth-first search finds that visits neighbours in ascending order.
    /// </summary>
    /// <exception cref="InvalidOperationException">No cycle leads through it.</exception>
    public IReadOnlyList<int> ShortestCycle(IReadOnlyList<int> circle)
    {
        ArgumentNullException.ThrowIfNull(circle);
        var within = circle.ToHashSet();
        var start = circle[0];
        var cameFrom = new Dictionary<int, int>();
        var open = new Queue<int>([start]);
        while (open.TryDequeue(out var place))
        {
            foreach (var next in From(place))
            {
                if (next == start)
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

                if (within.Contains(next) && cameFrom.TryAdd(next, place))
                {
                    open.Enqueue(next);
                }
            }
        }

        throw new InvalidOperationException("A component of two places or more has a cycle through each of them.");
    }

    /// <summary>Tarjan's algorithm, with a stack of its own instead of recursion: a lineage may be as deep as it likes.</summary>
    private List<List<int>> Components()
    {
        const int unseen = -1;
        var components = new List<List<int>>();
        var order = new int[Count];
        Array.Fill(order, unseen);
        var lowest = new int[Count];
        var isOpen = new bool[Count];
        var open = new Stack<int>();
        var calls = new Stack<(int Place, int Next)>();
        var seen = 0;
        for (var start = 0; start < Count; start++)
        {
            if (order[start] != unseen)
            {
                continue;
            }

            calls.Push((start, 0));
            while (calls.TryPop(out var call))
            {
                var (place, next) = call;
                var targets = From(place);
                if (next == 0)
                {
                    order[place] = lowest[place] = seen++;
                    open.Push(place);
                    isOpen[place] = true;
                }
                else
                {
                    lowest[place] = Math.Min(lowest[place], lowest[targets[next - 1]]);
                }

                for (; next < targets.Length; next++)
                {
                    var target = targets[next];
                    if (order[target] == unseen)
                    {
                        break;
                    }

                    if (isOpen[target])
                    {
                        lowest[place] = Math.Min(lowest[place], order[target]);
                    }
                }

                if (next < targets.Length)
                {
                    calls.Push((place, next + 1));
                    calls.Push((targets[next], 0));
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

                    if (component.Count > 1)
                    {
                        components.Add(component);
                    }
                }
            }
        }

        return components;
    }
}
