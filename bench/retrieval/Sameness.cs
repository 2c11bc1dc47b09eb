using Stemma.Domain.Search.Matching;

namespace Stemma.Bench.Retrieval;

/// <summary>
/// The data set has many claims twice, once with double and once with single quotes, and judges only one of the two. Where it is asked whether a
/// score is right, the other is as right.
/// </summary>
internal sealed class Sameness(IReadOnlyList<StoredClaim> claims)
{
    private readonly Dictionary<int, string> _said = claims.ToDictionary(
        claim => claim.Id, claim => string.Join(' ', Word.In(claim.Text + " | " + claim.Context).Select(word => word.Folded)));

    /// <summary>The claims that say the same as one before them.</summary>
    public IReadOnlySet<int> Copies => _said.GroupBy(claim => claim.Value, claim => claim.Key).SelectMany(same => same.Order().Skip(1)).ToHashSet();

    public bool IsRight(JudgedPost post, int claim) => post.Relevant.Contains(claim) || post.Relevant.Any(id => _said[id] == _said[claim]);
}
