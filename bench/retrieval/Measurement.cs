using Npgsql;

namespace Stemma.Bench.Retrieval;

/// <summary>Loads the claims into a running Stemma, sends it every post, and prints how well and how fast it answers.</summary>
internal sealed class Measurement(string folder, ApiClient api, NpgsqlConnection? database)
{
    private const int Connections = 8;
    private const int Limit = 50;

    // Plain BM25 over the same claims, every word of the post as it stands; nDCG was not measured.
    private static readonly Dictionary<string, string> Plain = new(StringComparer.Ordinal)
    {
        ["train"] = "0.8400 | 0.8460 | 0.8020 | 0.9190 |       - |",
        ["dev"] = "0.7960 | 0.8020 | 0.7460 | 0.8780 |       - |",
    };

    public async Task Run(bool isLoaded, bool withoutLanguage)
    {
        var claims = DataSet.Claims(folder);
        var sameness = new Sameness(claims);
        if (!isLoaded)
        {
            // Copies last: of equal scores the older claim comes first, and which of two connections is quicker must not decide.
            Console.Error.WriteLine($"Posting {claims.Count} claims …");
            var copies = sameness.Copies;
            var similar = await api.Load([.. claims.Where(claim => !copies.Contains(claim.Id))], Connections)
                + await api.Load([.. claims.Where(claim => copies.Contains(claim.Id))], Connections);
            Console.WriteLine($"{claims.Count} claims posted, {copies.Count} of them copies; {similar} answers had Link: rel=\"similar\".");
        }

        await WaitUntilGathered();
        var judged = new List<(double Score, bool IsRight)>();
        var times = new List<double>();
        Console.WriteLine();
        Console.WriteLine("| posts               |  MAP@5 |    MRR |    P@1 |   R@10 | nDCG@10 |");
        Console.WriteLine("| ------------------- | ------ | ------ | ------ | ------ | ------- |");
        foreach (var part in Plain.Keys)
        {
            var posts = DataSet.Posts(folder, part);
            var answers = new List<Answer>();
            foreach (var post in posts)
            {
                answers.Add(await api.Match(post.Text, withoutLanguage ? null : "en", Limit));
            }

            var measures = Measures.Of(posts, n => [.. answers[n].Matches.Select(match => match.Claim)]);
            Console.WriteLine(FormattableString.Invariant(
                $"| {part,-5} {posts.Count,3} Stemma    | {measures.Map5:F4} | {measures.Mrr:F4} | {measures.P1:F4} | {measures.R10:F4} | {measures.Ndcg10,7:F4} |"));
            Console.WriteLine($"| {part,-5} {posts.Count,3} plain BM25| {Plain[part]}");
            judged.AddRange(posts.SelectMany((post, n) => answers[n].Matches.Select(match => (match.Score, sameness.IsRight(post, match.Claim)))));
            times.AddRange(answers.Select(answer => answer.Milliseconds));
        }

        times.Sort();
        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant($"one post at a time: median {times[times.Count / 2]:F1} ms, p95 {times[times.Count * 95 / 100]:F1} ms"));
        Console.WriteLine();
        Calibration.Print(judged);
    }

    // Fewer than a thousand documents wait for more.
    private async Task WaitUntilGathered()
    {
        if (database is null)
        {
            return;
        }

        for (var second = 0; second < 120; second++)
        {
            await using var waiting = new NpgsqlCommand("select count(*) from search_pending", database);
            if ((long)(await waiting.ExecuteScalarAsync())! < 1000)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}
