using System.Diagnostics;
using Npgsql;
using Stemma.Domain.Search.Matching;

namespace Stemma.Bench.Retrieval;

/// <summary>The posts of one part with their candidates, as text and as features.</summary>
internal sealed record Part(
    IReadOnlyList<JudgedPost> Posts, AnalysedPost[] Analysed, int[][] Hits, ClaimCandidate[][] Candidates, Example[] Examples, double[][] Deductions);

/// <summary>Learns the weights of the claim matcher and measures each step.</summary>
internal sealed class Study
{
    private const int Depth = 100;
    private const int Folds = 10;
    private const double Penalty = 0.01;
    private static readonly Bm25 Chosen = new(1.2, 0.5, 1);
    private static readonly string[] Names = MatchFeatures.Names;

    private readonly string _folder;
    private readonly NpgsqlConnection _connection;
    private readonly IReadOnlyList<StoredClaim> _claims;
    private readonly ClaimIndex _index;
    private readonly string _configuration;
    private readonly WordRarity _rarity;
    private readonly Sameness _sameness;

    public Study(string folder, NpgsqlConnection connection)
    {
        _folder = folder;
        _connection = connection;
        _claims = DataSet.Claims(folder);
        _configuration = ConfigurationOf(connection);
        _index = ClaimIndex.Of(connection, _claims, _configuration);
        _rarity = new WordRarity(_claims.Count, _index.Idf);
        _sameness = new Sameness(_claims);
    }

    public void Run(bool withDev, bool withSteps)
    {
        var train = Load("train");
        Baselines("train", train);
        int[] all = [.. Enumerable.Range(0, Names.Length)];
        for (var count = withSteps ? 1 : all.Length; count <= all.Length; count++)
        {
            Print($"+ {Names[count - 1]}", Measure(train, CrossValidated(train, all[..count])));
        }

        foreach (var name in withSteps ? Names : [])
        {
            Print($"without {name}", Measure(train, CrossValidated(train, [.. all.Where(f => Names[f] != name)])));
        }

        foreach (var penalty in withSteps ? new[] { 0.001, 0.003, 0.03 } : [])
        {
            Print(FormattableString.Invariant($"penalty {penalty}"), Measure(train, CrossValidated(train, all, penalty)));
        }

        var scores = CrossValidated(train, all, withDeductions: true);
        Print("with deductions", Measure(train, scores));
        Reliability(train, scores);
        var final = Fit(train.Examples, all, Penalty);
        Print("train as shipped", Measure(train, Shipped(train)));
        for (var f = 0; f < all.Length; f++)
        {
            Console.WriteLine(FormattableString.Invariant($"        {final[f]:F3}, // {Names[f]}"));
        }

        Console.WriteLine(FormattableString.Invariant($"    constant {final[^1]:F3}"));
        Time(train);
        if (withDev)
        {
            var dev = Load("dev");
            Baselines("dev", dev);
            Print("dev learnt", Measure(dev, Apply(dev.Examples, dev.Deductions, final, all, false)));
            var given = Apply(dev.Examples, dev.Deductions, final, all, true);
            Print("dev with deductions", Measure(dev, given));
            Print("dev as shipped", Measure(dev, Shipped(dev)));
            Reliability(dev, given);
        }
    }

    // What Stemma analyses English with, where its schema is there.
    private static string ConfigurationOf(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            "select case when exists (select from pg_ts_config where cfgname = 'stemma_english' and pg_ts_config_is_visible(oid)) then 'stemma_english' else 'english' end",
            connection);
        return (string)command.ExecuteScalar()!;
    }

    private Part Load(string name)
    {
        var posts = DataSet.Posts(_folder, name);
        var texts = posts.Select(post => PostText.Of(post.Text)).ToArray();
        var lexemes = ClaimIndex.Analyse(_connection, [.. texts.SelectMany(text => text.Words.Concat(text.OtherWords))], _configuration)
            .ToDictionary(entry => entry.Key, entry => (IReadOnlyList<string>)[.. entry.Value.Select(lexeme => lexeme.Lexeme)]);
        var part = new Part(posts, new AnalysedPost[posts.Count], new int[posts.Count][], new ClaimCandidate[posts.Count][], new Example[posts.Count], new double[posts.Count][]);
        for (var n = 0; n < posts.Count; n++)
        {
            var hits = _index.Search(texts[n].Words.SelectMany(word => lexemes[word]).Distinct().Select(lexeme => (lexeme, 1.0)), Chosen, Depth);
            var post = part.Analysed[n] = AnalysedPost.Of(texts[n], lexemes, _rarity);
            var claims = part.Candidates[n] = [.. hits.Select(hit => Candidate(hit.Claim))];
            part.Hits[n] = [.. hits.Select(hit => hit.Claim)];
            part.Deductions[n] = new double[claims.Length];
            var rows = new double[claims.Length][];
            for (var c = 0; c < claims.Length; c++)
            {
                var figures = Figures.In(claims[c].Text);
                rows[c] = MatchFeatures.Of(post, claims[c], figures, out var cover);
                part.Deductions[n][c] = ClaimMatcher.Deduction(
                    FigureComparison.Of(post.Figures, figures, Figures.In(claims[c].Context ?? ""), cover),
                    post.Negations.Count > 0 != Negations.In(claims[c].Text).Count > 0);
            }

            part.Examples[n] = new Example(
                rows,
                [.. hits.Select(hit => posts[n].Relevant.Contains(_claims[hit.Claim].Id))],
                [.. hits.Select(hit => _sameness.IsRight(posts[n], _claims[hit.Claim].Id))]);
        }

        return part;
    }

    private ClaimCandidate Candidate(int claim) => new(_claims[claim].Text, _claims[claim].Context, Lexemes(_index.Text[claim]), Lexemes(_index.Context[claim]));

    private static LexemeAt[] Lexemes((string Lexeme, short[] Positions)[] lexemes) =>
        [.. lexemes.Select(lexeme => new LexemeAt(lexeme.Lexeme, [.. lexeme.Positions.Select(at => (int)at)]))];

    private void Baselines(string name, Part part)
    {
        var raw = ClaimIndex.Analyse(_connection, [.. part.Posts.Select(post => post.Text)], _configuration);
        Print($"{name} plain BM25", Measures.Of(part.Posts, n => Ids(_index.Search(raw[part.Posts[n].Text].Select(l => (l.Lexeme, 1.0)), new Bm25(1.2, 0.75, 1), 200))));
        foreach (var (label, bm25) in new[] { ("cleaned BM25", new Bm25(1.2, 0.75, 1)), ("cleaned, fields", Chosen) })
        {
            Print($"{name} {label}", Measures.Of(part.Posts, n => Ids(_index.Search(part.Analysed[n].Lexemes.Select(l => (l.Lexeme, 1.0)), bm25, 200))));
        }
    }

    private int[] Ids(IReadOnlyList<(int Claim, double Score)> hits) => [.. hits.Select(hit => _claims[hit.Claim].Id)];

    // Claims with the same score are ordered as in the data set: the older first.
    private Measures Measure(Part part, double[][] scores) => Measures.Of(part.Posts, n =>
        [.. Enumerable.Range(0, scores[n].Length).OrderByDescending(c => Math.Round(scores[n][c], 4)).ThenBy(c => part.Hits[n][c]).Select(c => _claims[part.Hits[n][c]].Id)]);

    private static double[][] CrossValidated(Part part, int[] features, double penalty = Penalty, bool withDeductions = false)
    {
        var scores = new double[part.Examples.Length][];
        for (var fold = 0; fold < Folds; fold++)
        {
            var weights = Fit([.. part.Examples.Where((_, n) => n % Folds != fold)], features, penalty);
            for (var n = fold; n < scores.Length; n += Folds)
            {
                scores[n] = Apply([part.Examples[n]], [part.Deductions[n]], weights, features, withDeductions)[0];
            }
        }

        return scores;
    }

    // The order first, then scale and constant; the constant is last.
    private static double[] Fit(IReadOnlyList<Example> examples, int[] features, double penalty)
    {
        var order = Learner.Rank(examples, features, penalty);
        var scale = Learner.Calibrate([.. examples.SelectMany(example => example.Rows.Select((row, c) =>
            (new[] { Learner.Score(order, features, row) }, example.IsRelevant[c] || example.SaysTheSame[c])))]);
        return [.. order.Select(weight => weight * scale[0]), scale[1]];
    }

    private static double[][] Apply(IReadOnlyList<Example> examples, double[][] deductions, double[] weights, int[] features, bool withDeductions) =>
        [.. examples.Select((example, n) => example.Rows.Select((row, c) =>
            Learner.Score(weights, features, row) + weights[^1] + (withDeductions ? deductions[n][c] : 0)).ToArray())];

    private static void Reliability(Part part, double[][] scores)
    {
        var points = part.Examples.SelectMany((example, n) => example.Rows.Select((_, c) =>
            (Learner.Sigmoid(scores[n][c]), example.SaysTheSame[c]))).ToArray();
        Calibration.Print(points);
    }

    // With the weights, deductions and caps that the matcher has now. On train that is no forecast: these weights were learnt there.
    private static double[][] Shipped(Part part) =>
        [.. part.Candidates.Select((list, n) => list.Select(claim => ClaimMatcher.Logit(part.Analysed[n], claim)).ToArray())];

    private static void Time(Part part)
    {
        for (var round = 0; round < 3; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var n = 0; n < part.Posts.Count; n++)
            {
                foreach (var claim in part.Candidates[n])
                {
                    ClaimMatcher.Score(part.Analysed[n], claim);
                }
            }

            var score = watch.Elapsed.TotalMilliseconds / part.Posts.Count;
            watch.Restart();
            for (var n = 0; n < part.Posts.Count; n++)
            {
                foreach (var claim in part.Candidates[n].Take(10))
                {
                    ClaimMatcher.Match(part.Analysed[n], claim);
                }
            }

            Console.WriteLine(FormattableString.Invariant($"{Depth} scores {score:F2} ms, 10 explained {watch.Elapsed.TotalMilliseconds / part.Posts.Count:F2} ms"));
        }
    }

    private static void Print(string name, Measures measures) => Console.WriteLine($"| {name,-24} | {measures} | {measures.Recall}");
}
