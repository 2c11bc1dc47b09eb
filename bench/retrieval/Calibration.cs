namespace Stemma.Bench.Retrieval;

/// <summary>Whether scores are probabilities: of what is scored 0.7, seven in ten should be right.</summary>
internal static class Calibration
{
    public static void Print(IReadOnlyCollection<(double Score, bool IsRight)> judged)
    {
        Console.WriteLine("| score      | matches | mean score | right |");
        Console.WriteLine("| ---------- | ------- | ---------- | ----- |");
        foreach (var bin in judged.GroupBy(match => Math.Min(9, (int)(match.Score * 10))).OrderBy(bin => bin.Key))
        {
            Console.WriteLine(FormattableString.Invariant(
                $"| {bin.Key / 10.0:F1} to {(bin.Key + 1) / 10.0:F1} | {bin.Count(),7} | {bin.Average(match => match.Score),10:F3} | {bin.Average(match => match.IsRight ? 1.0 : 0),5:F3} |"));
        }

        var brier = judged.Average(match => Math.Pow(match.Score - (match.IsRight ? 1 : 0), 2));
        Console.WriteLine(FormattableString.Invariant($"Brier {brier:F5}, share right {judged.Average(match => match.IsRight ? 1.0 : 0):F5}"));
    }
}
