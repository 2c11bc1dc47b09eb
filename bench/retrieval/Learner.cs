namespace Stemma.Bench.Retrieval;

/// <summary>The candidates of one post as rows of features, with which of them are judged right and which say the same as one that is.</summary>
/// <remarks>The data set stores many claims twice, once with double and once with single quotes, and judges only one of the two.</remarks>
internal sealed record Example(double[][] Rows, bool[] IsRelevant, bool[] SaysTheSame);

/// <summary>Learns a linear score: first the order within each post (softmax over its candidates), then the scale (logistic).</summary>
internal static class Learner
{
    /// <summary>Weights that put the relevant candidates first: listwise softmax with an L2 penalty on standardised features, by Newton's method.</summary>
    public static double[] Rank(IReadOnlyList<Example> examples, int[] features, double penalty)
    {
        var width = features.Length;
        var (mean, deviation) = Spread(examples, features);
        var usable = examples.Where(example => example.IsRelevant.Any(isRelevant => isRelevant))
            .Select(example => Enumerable.Range(0, example.Rows.Length).Where(r => example.IsRelevant[r] || !example.SaysTheSame[r]).ToArray() is var kept
                ? (Rows: kept.Select(r => Scaled(example.Rows[r])).ToArray(), IsRelevant: kept.Select(r => example.IsRelevant[r]).ToArray()) : default).ToArray();
        var weights = new double[width];
        var loss = Loss(weights);
        for (var step = 0; step < 25; step++)
        {
            var system = new double[width, width + 1];
            foreach (var (rows, isRelevant) in usable)
            {
                AddCurvature(system, rows, isRelevant, weights, 1.0 / usable.Length);
            }

            for (var j = 0; j < width; j++)
            {
                system[j, width] += penalty * weights[j];
                system[j, j] += penalty + 1e-9;
                for (var k = 0; k < j; k++)
                {
                    system[j, k] = system[k, j];
                }
            }

            var change = Solve(system, width);
            var rate = 1.0;
            double next;
            double[] moved;
            do
            {
                moved = [.. weights.Select((weight, j) => weight - (rate * change[j]))];
                next = Loss(moved);
                rate /= 2;
            }
            while (next > loss && rate > 1e-4);

            var gain = loss - next;
            (weights, loss) = gain > 0 ? (moved, next) : (weights, loss);
            if (gain < 1e-7)
            {
                break;
            }
        }

        return [.. weights.Select((weight, j) => weight / deviation[j])];

        double[] Scaled(double[] row) => [.. features.Select((feature, j) => (row[feature] - mean[j]) / deviation[j])];

        double Loss(double[] w)
        {
            var sum = w.Sum(weight => weight * weight) * penalty / 2;
            foreach (var (rows, isRelevant) in usable)
            {
                var scores = rows.Select(row => Dot(w, row)).ToArray();
                var top = scores.Max();
                var right = scores.Where((_, r) => isRelevant[r]).Average();
                sum += (top + Math.Log(scores.Sum(score => Math.Exp(score - top))) - right) / usable.Length;
            }

            return sum;
        }
    }

    // Adds the gradient (last column) and the upper half of the second derivative of one post's loss.
    private static void AddCurvature(double[,] system, double[][] rows, bool[] isRelevant, double[] weights, double scale)
    {
        var width = weights.Length;
        var scores = rows.Select(row => Dot(weights, row)).ToArray();
        var top = scores.Max();
        var total = scores.Sum(score => Math.Exp(score - top));
        var share = 1.0 / isRelevant.Count(right => right);
        var mean = new double[width];
        for (var r = 0; r < rows.Length; r++)
        {
            var p = Math.Exp(scores[r] - top) / total;
            var error = p - (isRelevant[r] ? share : 0);
            if (Math.Abs(error) < 1e-6 && p < 1e-6)
            {
                continue;
            }

            var row = rows[r];
            for (var j = 0; j < width; j++)
            {
                mean[j] += p * row[j];
                system[j, width] += scale * error * row[j];
                var factor = scale * p * row[j];
                for (var k = j; k < width; k++)
                {
                    system[j, k] += factor * row[k];
                }
            }
        }

        for (var j = 0; j < width; j++)
        {
            for (var k = j; k < width; k++)
            {
                system[j, k] -= scale * mean[j] * mean[k];
            }
        }
    }

    /// <summary>Logistic regression of relevance on a few numbers by Newton's method; the last weight is the constant.</summary>
    public static double[] Calibrate(IReadOnlyList<(double[] X, bool Y)> points, double penalty = 1e-3)
    {
        var width = points[0].X.Length + 1;
        var weights = new double[width];
        for (var step = 0; step < 40; step++)
        {
            var gradient = new double[width];
            var hessian = new double[width, width + 1];
            foreach (var (x, y) in points)
            {
                var p = Sigmoid(Enumerable.Range(0, width).Sum(j => weights[j] * At(x, j)));
                for (var j = 0; j < width; j++)
                {
                    gradient[j] += (p - (y ? 1 : 0)) * At(x, j);
                    for (var k = 0; k < width; k++)
                    {
                        hessian[j, k] += p * (1 - p) * At(x, j) * At(x, k);
                    }
                }
            }

            for (var j = 0; j < width; j++)
            {
                gradient[j] += penalty * weights[j];
                hessian[j, j] += penalty + 1e-9;
                hessian[j, width] = gradient[j];
            }

            var change = Solve(hessian, width);
            for (var j = 0; j < width; j++)
            {
                weights[j] -= Math.Clamp(change[j], -3, 3);
            }
        }

        return weights;

        static double At(double[] x, int j) => j < x.Length ? x[j] : 1;
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            sum += a[j] * b[j];
        }

        return sum;
    }

    public static double Score(double[] weights, int[] features, double[] row)
    {
        var sum = 0.0;
        for (var j = 0; j < features.Length; j++)
        {
            sum += weights[j] * row[features[j]];
        }

        return sum;
    }

    private static (double[] Mean, double[] Deviation) Spread(IReadOnlyList<Example> examples, int[] features)
    {
        var rows = examples.SelectMany(example => example.Rows).ToArray();
        var mean = features.Select(feature => rows.Average(row => row[feature])).ToArray();
        var deviation = features.Select((feature, j) => Math.Sqrt(rows.Average(row => Math.Pow(row[feature] - mean[j], 2))) + 1e-6).ToArray();
        return (mean, deviation);
    }

    private static double[] Solve(double[,] a, int n)
    {
        for (var i = 0; i < n; i++)
        {
            for (var r = i + 1; r < n; r++)
            {
                var factor = a[r, i] / a[i, i];
                for (var c = i; c <= n; c++)
                {
                    a[r, c] -= factor * a[i, c];
                }
            }
        }

        var x = new double[n];
        for (var i = n - 1; i >= 0; i--)
        {
            x[i] = (a[i, n] - Enumerable.Range(i + 1, n - i - 1).Sum(c => a[i, c] * x[c])) / a[i, i];
        }

        return x;
    }
}
