namespace Stemma.Infrastructure.Search;

/// <summary>A hit's place in the order: exact ones first, then the higher score, then claims before corroborations before sources before reviews, then the newer.</summary>
internal readonly record struct Ranked(bool IsApproximate, float Score, int Type, int StableKey) : IComparable<Ranked>
{
    public int CompareTo(Ranked other)
    {
        var order = IsApproximate.CompareTo(other.IsApproximate);
        order = order != 0 ? order : other.Score.CompareTo(Score);
        order = order != 0 ? order : Type.CompareTo(other.Type);
        return order != 0 ? order : other.StableKey.CompareTo(StableKey);
    }
}

/// <summary>Keeps the first of many, in their order.</summary>
internal sealed class FirstOf(int count)
{
    private readonly PriorityQueue<Ranked, Ranked> _kept = new(Comparer<Ranked>.Create((a, b) => b.CompareTo(a)));

    /// <summary>Whether this one would be kept; so that the rest of it need not be found out.</summary>
    public bool MayTake(bool isApproximate, float score) =>
        _kept.Count < count || (_kept.Peek() is var last && (last.IsApproximate == isApproximate ? score >= last.Score : last.IsApproximate));

    public void Offer(Ranked hit)
    {
        if (_kept.Count < count)
        {
            _kept.Enqueue(hit, hit);
        }
        else if (hit.CompareTo(_kept.Peek()) < 0)
        {
            _kept.DequeueEnqueue(hit, hit);
        }
    }

    public List<Ranked> ToList()
    {
        var all = _kept.UnorderedItems.Select(i => i.Element).ToList();
        all.Sort();
        return all;
    }
}
