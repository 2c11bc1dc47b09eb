namespace Stemma.Domain.Assessments;

/// <summary>Members that hang together by keys that they share.</summary>
internal static class Connections
{
    private const int Unseen = -1;

    /// <summary>
    /// Of each member, whether others that hang together with it would not without it: the articulation points of the graph of members and keys
    /// (Hopcroft and Tarjan 1973), in linear time and without recursion.
    /// </summary>
    /// <param name="keys">Of each member, the keys that it shares with others.</param>
    /// <param name="keyCount">How many keys there are.</param>
    public static bool[] CutMembers(int[][] keys, int keyCount)
    {
        var holders = new List<int>[keyCount];
        for (var member = 0; member < keys.Length; member++)
        {
            foreach (var key in keys[member])
            {
                (holders[key] ??= []).Add(member);
            }
        }

        // Members first, keys behind them.
        var count = keys.Length + keyCount;
        var order = new int[count];
        Array.Fill(order, Unseen);
        var lowest = new int[count];
        var cuts = new bool[keys.Length];
        var calls = new Stack<(int Vertex, int Parent, int Next)>();
        var seen = 0;
        for (var start = 0; start < keys.Length; start++)
        {
            if (order[start] != Unseen)
            {
                continue;
            }

            var branches = 0;
            order[start] = lowest[start] = seen++;
            calls.Push((start, Unseen, 0));
            while (calls.TryPop(out var call))
            {
                var (vertex, parent, next) = call;
                if (next < Degree(vertex))
                {
                    calls.Push((vertex, parent, next + 1));
                    var neighbour = Neighbour(vertex, next);
                    if (order[neighbour] == Unseen)
                    {
                        order[neighbour] = lowest[neighbour] = seen++;
                        calls.Push((neighbour, vertex, 0));
                    }
                    else if (neighbour != parent)
                    {
                        lowest[vertex] = Math.Min(lowest[vertex], order[neighbour]);
                    }
                }
                else if (parent != Unseen)
                {
                    lowest[parent] = Math.Min(lowest[parent], lowest[vertex]);
                    if (parent == start)
                    {
                        branches++;
                    }
                    else if (parent < keys.Length && lowest[vertex] >= order[parent])
                    {
                        cuts[parent] = true;
                    }
                }
            }

            cuts[start] = branches > 1;
        }

        return cuts;

        int Degree(int vertex) => vertex < keys.Length ? keys[vertex].Length : holders[vertex - keys.Length].Count;

        int Neighbour(int vertex, int at) => vertex < keys.Length ? keys.Length + keys[vertex][at] : holders[vertex - keys.Length][at];
    }
}
