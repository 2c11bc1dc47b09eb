namespace Stemma.Domain.Assessments;

/// <summary>A largest matching of a bipartite graph, by the algorithm of Hopcroft and Karp (1973): in time that grows as edges times the root of the vertices.</summary>
internal sealed class Matching
{
    private const int None = -1;

    private readonly IReadOnlyList<int>[] _edges;
    private readonly int[] _partnerOfLeft;
    private readonly int[] _partnerOfRight;

    /// <param name="edges">Of each vertex on the left, its neighbours on the right.</param>
    /// <param name="rightCount">How many there are on the right.</param>
    public Matching(IReadOnlyList<int>[] edges, int rightCount)
    {
        _edges = edges;
        _partnerOfLeft = new int[edges.Length];
        _partnerOfRight = new int[rightCount];
        Array.Fill(_partnerOfLeft, None);
        Array.Fill(_partnerOfRight, None);
        var layers = new int[edges.Length];
        while (FindLayers(layers))
        {
            var at = new int[edges.Length];
            for (var left = 0; left < edges.Length; left++)
            {
                if (_partnerOfLeft[left] == None && Augment(left, layers, at))
                {
                    Size++;
                }
            }
        }
    }

    /// <summary>How many pairs it has.</summary>
    public int Size { get; }

    /// <summary>Of each vertex on the left, whether every largest matching needs it: whether without it the size would be one less.</summary>
    public bool[] Needed()
    {
        // What alternating paths from those left out reach can be left out in their stead.
        var needed = new bool[_edges.Length];
        Array.Fill(needed, true);
        var open = new Queue<int>(Enumerable.Range(0, _edges.Length).Where(l => _partnerOfLeft[l] == None));
        foreach (var left in open)
        {
            needed[left] = false;
        }

        while (open.TryDequeue(out var left))
        {
            foreach (var right in _edges[left])
            {
                var other = _partnerOfRight[right];
                if (needed[other])
                {
                    needed[other] = false;
                    open.Enqueue(other);
                }
            }
        }

        return needed;
    }

    private bool FindLayers(int[] layers)
    {
        Array.Fill(layers, None);
        var open = new Queue<int>();
        for (var left = 0; left < layers.Length; left++)
        {
            if (_partnerOfLeft[left] == None)
            {
                layers[left] = 0;
                open.Enqueue(left);
            }
        }

        var reachesFree = false;
        while (open.TryDequeue(out var left))
        {
            foreach (var right in _edges[left])
            {
                var next = _partnerOfRight[right];
                if (next == None)
                {
                    reachesFree = true;
                }
                else if (layers[next] == None && !reachesFree)
                {
                    layers[next] = layers[left] + 1;
                    open.Enqueue(next);
                }
            }
        }

        return reachesFree;
    }

    /// <summary>Depth first along the layers, with a stack of its own.</summary>
    private bool Augment(int start, int[] layers, int[] at)
    {
        var path = new Stack<(int Left, int Right)>();
        var left = start;
        while (true)
        {
            if (at[left] < _edges[left].Count)
            {
                var right = _edges[left][at[left]++];
                var next = _partnerOfRight[right];
                if (next == None)
                {
                    path.Push((left, right));
                    foreach (var (l, r) in path)
                    {
                        (_partnerOfLeft[l], _partnerOfRight[r]) = (r, l);
                    }

                    return true;
                }

                if (layers[next] == layers[left] + 1)
                {
                    path.Push((left, right));
                    left = next;
                }
            }
            else
            {
                layers[left] = None;
                if (!path.TryPop(out var back))
                {
                    return false;
                }

                left = back.Left;
            }
        }
    }
}
