namespace Stemma.Bench.Retrieval;

/// <summary>The usual measures of a ranking, averaged over posts.</summary>
internal sealed record Measures(double Map5, double Mrr, double P1, double R10, double Ndcg10, double R50, double R100, double R200)
{
    public static Measures Of(IReadOnlyList<JudgedPost> posts, Func<int, IReadOnlyList<int>> ranking)
    {
        double map = 0, mrr = 0, p1 = 0, r10 = 0, ndcg = 0, r50 = 0, r100 = 0, r200 = 0;
        for (var n = 0; n < posts.Count; n++)
        {
            var relevant = posts[n].Relevant;
            var ranked = ranking(n);
            var hits = 0;
            var precision = 0.0;
            var gain = 0.0;
            var ideal = Enumerable.Range(0, Math.Min(10, relevant.Count)).Sum(i => 1 / Math.Log2(i + 2));
            for (var rank = 0; rank < Math.Min(200, ranked.Count); rank++)
            {
                if (!relevant.Contains(ranked[rank]))
                {
                    continue;
                }

                hits++;
                mrr += hits == 1 ? 1.0 / (rank + 1) : 0;
                p1 += rank == 0 ? 1 : 0;
                precision += rank < 5 ? (double)hits / (rank + 1) : 0;
                r10 += rank < 10 ? 1.0 / relevant.Count : 0;
                gain += rank < 10 ? 1 / Math.Log2(rank + 2) : 0;
                r50 += rank < 50 ? 1.0 / relevant.Count : 0;
                r100 += rank < 100 ? 1.0 / relevant.Count : 0;
                r200 += 1.0 / relevant.Count;
            }

            map += precision / Math.Min(5, relevant.Count);
            ndcg += gain / ideal;
        }

        double N(double sum) => sum / posts.Count;
        return new Measures(N(map), N(mrr), N(p1), N(r10), N(ndcg), N(r50), N(r100), N(r200));
    }

    public override string ToString() =>
        FormattableString.Invariant($"MAP@5 {Map5:F4} | MRR {Mrr:F4} | P@1 {P1:F4} | R@10 {R10:F4} | nDCG@10 {Ndcg10:F4}");

    public string Recall => FormattableString.Invariant($"R@50 {R50:F4} R@100 {R100:F4} R@200 {R200:F4}");
}
