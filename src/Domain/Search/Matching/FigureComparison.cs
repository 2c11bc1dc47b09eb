namespace Stemma.Domain.Search.Matching;

/// <summary>The figures of a post beside those of a claim.</summary>
/// <param name="Agreed">Figures of the post that the claim or its context has too.</param>
/// <param name="Differing">Pairs that count the same with another result: 26% and 62%, 15 people and 50 people.</param>
/// <param name="InPostOnly">Figures that only the post has, those that differ included.</param>
/// <param name="InClaimOnly">Figures that only the claim's text has, those that differ included.</param>
public sealed record FigureComparison(
    IReadOnlyList<Figure> Agreed, IReadOnlyList<FigurePair> Differing, IReadOnlyList<Figure> InPostOnly, IReadOnlyList<Figure> InClaimOnly)
{
    /// <summary>From this share of the claim's other words in the post on, the two are about the same, and any other figure of the same kind differs.</summary>
    internal const double SameMatter = 0.6;

    /// <param name="post">The figures of the post.</param>
    /// <param name="text">The figures of the claim's text.</param>
    /// <param name="context">The figures of its context: they can agree, but are not missed.</param>
    /// <param name="cover">The weighted share of the claim's words without digits that the post has.</param>
    internal static FigureComparison Of(IReadOnlyList<Figure> post, IReadOnlyList<Figure> text, IReadOnlyList<Figure> context, double cover)
    {
        var agreed = post.Where(figure => text.Any(figure.Agrees) || context.Any(figure.Agrees)).ToArray();
        var inPost = post.Except(agreed).ToArray();
        var inClaim = text.Where(figure => !post.Any(figure.Agrees)).ToArray();
        var differing = new List<FigurePair>();
        foreach (var claimed in inClaim)
        {
            // The figure with the same unit rather than any.
            var other = inPost.Where(figure => AreComparable(figure, claimed, cover)).MinBy(figure => figure.Unit == claimed.Unit ? 0 : 1);
            if (other is not null)
            {
                differing.Add(new FigurePair(other, claimed));
            }
        }

        return new FigureComparison(agreed, differing, inPost, inClaim);
    }

    private static bool AreComparable(Figure a, Figure b, double cover) =>
        a.Kind == b.Kind && (cover >= SameMatter || (a.Kind != FigureKind.Year && a.Unit.Length > 2 && a.Unit == b.Unit));
}

/// <summary>Two figures for what seems to be the same.</summary>
/// <param name="InPost">The figure in the post.</param>
/// <param name="InClaim">The figure in the claim.</param>
public sealed record FigurePair(Figure InPost, Figure InClaim);
