using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Stemma.Bench.Retrieval;

/// <summary>How BM25 is computed over two fields.</summary>
internal sealed record Bm25(double K1, double B, double Context);

/// <summary>An inverted index of the claims, as the API keeps it: lexemes from PostgreSQL, ranked by BM25 over text and context.</summary>
internal sealed class ClaimIndex
{
    private readonly Dictionary<string, List<(int Claim, int Text, int Context)>> _postings = new(StringComparer.Ordinal);
    private readonly int[] _textLengths;
    private readonly int[] _contextLengths;

    private ClaimIndex(IReadOnlyList<StoredClaim> claims, IReadOnlyList<(string, short[])[]> text, IReadOnlyList<(string, short[])[]> context)
    {
        Claims = claims;
        Text = text;
        Context = context;
        _textLengths = [.. text.Select(lexemes => lexemes.Sum(lexeme => lexeme.Item2.Length))];
        _contextLengths = [.. context.Select(lexemes => lexemes.Sum(lexeme => lexeme.Item2.Length))];
        for (var claim = 0; claim < claims.Count; claim++)
        {
            var inText = text[claim].ToDictionary(lexeme => lexeme.Item1, lexeme => lexeme.Item2.Length);
            var inContext = context[claim].ToDictionary(lexeme => lexeme.Item1, lexeme => lexeme.Item2.Length);
            foreach (var lexeme in inText.Keys.Union(inContext.Keys))
            {
                if (!_postings.TryGetValue(lexeme, out var list))
                {
                    _postings[lexeme] = list = [];
                }

                list.Add((claim, inText.GetValueOrDefault(lexeme), inContext.GetValueOrDefault(lexeme)));
            }
        }
    }

    public IReadOnlyList<StoredClaim> Claims { get; }

    public IReadOnlyList<(string Lexeme, short[] Positions)[]> Text { get; }

    public IReadOnlyList<(string Lexeme, short[] Positions)[]> Context { get; }

    public double Idf(string lexeme)
    {
        var df = _postings.TryGetValue(lexeme, out var list) ? list.Count : 0;
        return Math.Log(1 + ((Claims.Count - df + 0.5) / (df + 0.5)));
    }

    public static ClaimIndex Of(NpgsqlConnection connection, IReadOnlyList<StoredClaim> claims, string configuration)
    {
        using (var create = new NpgsqlCommand("create temp table claim (n int primary key, text text, context text)", connection))
        {
            create.ExecuteNonQuery();
        }

        using (var copy = connection.BeginBinaryImport("copy claim from stdin (format binary)"))
        {
            for (var n = 0; n < claims.Count; n++)
            {
                copy.StartRow();
                copy.Write(n, NpgsqlDbType.Integer);
                copy.Write(claims[n].Text, NpgsqlDbType.Text);
                copy.Write(claims[n].Context, NpgsqlDbType.Text);
            }

            copy.Complete();
        }

        return new ClaimIndex(claims, Lexemes(connection, claims.Count, "text", configuration), Lexemes(connection, claims.Count, "context", configuration));
    }

    private static (string, short[])[][] Lexemes(NpgsqlConnection connection, int count, string column, string configuration)
    {
        var found = new (string, short[])[count][];
        Array.Fill(found, []);
        using var command = new NpgsqlCommand(
            $"select n, array_agg(lexeme), array_agg(array_to_string(positions, ',')) from claim, unnest(to_tsvector('{configuration}', {column})) group by n", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var lexemes = reader.GetFieldValue<string[]>(1);
            var positions = reader.GetFieldValue<string[]>(2);
            found[reader.GetInt32(0)] = [.. lexemes.Zip(positions, (lexeme, at) => (lexeme, at.Split(',').Select(place => short.Parse(place, CultureInfo.InvariantCulture)).ToArray()))];
        }

        return found;
    }

    /// <summary>What PostgreSQL makes of each string: its distinct lexemes with their number.</summary>
    public static Dictionary<string, (string Lexeme, int Count)[]> Analyse(NpgsqlConnection connection, IReadOnlyCollection<string> strings, string configuration)
    {
        var lexemes = strings.Distinct(StringComparer.Ordinal).ToDictionary(word => word, _ => Array.Empty<(string, int)>(), StringComparer.Ordinal);
        using var command = new NpgsqlCommand(
            $"select w, array_agg(lexeme), array_agg(cardinality(positions)) from unnest($1) w, unnest(to_tsvector('{configuration}', w)) group by w", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = lexemes.Keys.ToArray() });
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            lexemes[reader.GetString(0)] = [.. reader.GetFieldValue<string[]>(1).Zip(reader.GetFieldValue<int[]>(2))];
        }

        return lexemes;
    }

    /// <summary>The claims that share a lexeme with the query, best first, at most <paramref name="depth"/>; the query's lexemes are distinct.</summary>
    public IReadOnlyList<(int Claim, double Score)> Search(IEnumerable<(string Lexeme, double Weight)> query, Bm25 bm25, int depth)
    {
        var average = Enumerable.Range(0, Claims.Count).Average(claim => Length(claim));
        var scores = new double[Claims.Count];
        foreach (var (lexeme, weight) in query)
        {
            if (!_postings.TryGetValue(lexeme, out var list))
            {
                continue;
            }

            var idf = Idf(lexeme);
            foreach (var (claim, text, context) in list)
            {
                var tf = text + (bm25.Context * context);
                scores[claim] += weight * idf * tf * (bm25.K1 + 1) / (tf + (bm25.K1 * (1 - bm25.B + (bm25.B * Length(claim) / average))));
            }
        }

        return [.. Enumerable.Range(0, scores.Length).Where(claim => scores[claim] > 0)
            .OrderByDescending(claim => scores[claim]).ThenBy(claim => claim).Take(depth).Select(claim => (claim, scores[claim]))];

        double Length(int claim) => _textLengths[claim] + (bm25.Context * _contextLengths[claim]);
    }
}
