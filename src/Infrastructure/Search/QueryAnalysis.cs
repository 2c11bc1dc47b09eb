using Npgsql;

namespace Stemma.Infrastructure.Search;

/// <summary>From what was typed to what the index has.</summary>
internal static class QueryAnalysis
{
    /// <summary>Lexemes that one prefix stands for.</summary>
    private const int MostBeginnings = 500;

    private const string Analyse = """
        select t.no::int, c.id, l.lexeme, l.position, l.variant
        from search_configurations c
        cross join unnest($1) with ordinality t(typed, no)
        left join lateral (
            select v.lexeme, p.position, 0 as variant from unnest(to_tsvector(c.configuration, t.typed)) v, unnest(v.positions) p(position)
            union all
            select unaccent(v.lexeme), p.position, 1 from unnest(to_tsvector(c.plain, t.typed)) v, unnest(v.positions) p(position)
            where unaccent(t.typed) <> t.typed) l on octet_length(l.lexeme) between 1 and 2000
        where c.id = any($2)
        order by t.no, c.id, l.variant, l.position
        """;

    private const string Fold = "select lower(unaccent(p)) from unnest($1) with ordinality t(p, no) order by no";

    /// <summary>The terms of these words and phrases, in their order.</summary>
    public static async Task<List<Term>> Terms(SearchSession session, IReadOnlyList<string> typed, IReadOnlyList<byte> configurations, CancellationToken cancel)
    {
        var rows = await Rows(session, typed, configurations, cancel);
        var terms = new List<Term>(typed.Count);
        for (var no = 0; no < typed.Count; no++)
        {
            var alternatives = new List<LexemeSequence>();
            ulong stops = 0;
            foreach (var configuration in configurations)
            {
                if (rows.TryGetValue((no, configuration), out var lexemes))
                {
                    alternatives.AddRange(lexemes.GroupBy(l => l.Variant).Select(variant => Sequence([.. variant])));
                }
                else
                {
                    stops |= 1UL << configuration;
                }
            }

            terms.Add(new(typed[no], [.. alternatives.Distinct()], alternatives.Count == 0 ? ulong.MaxValue : stops));
        }

        return terms;
    }

    /// <summary>The terms of these prefixes: all words that begin as typed, or as the stem of what was typed.</summary>
    public static async Task<List<Term>> Prefixes(SearchSession session, IReadOnlyList<string> typed, CancellationToken cancel)
    {
        if (typed.Count == 0)
        {
            return [];
        }

        var folded = new List<string>();
        await using (var command = session.Command(Fold))
        {
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. typed] });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                folded.Add(reader.GetString(0));
            }
        }

        var stems = await Rows(session, typed, session.Configurations, cancel);
        var terms = new List<Term>();
        for (var no = 0; no < typed.Count; no++)
        {
            var beginnings = stems.Where(s => s.Key.No == no && s.Value.All(l => l.Position == s.Value[0].Position)).SelectMany(s => s.Value).Select(l => l.Lexeme)
                .Where(stem => folded[no].StartsWith(stem, StringComparison.Ordinal)).Append(folded[no]).ToList();

            // What begins with the shortest of them has all that begin with a longer one.
            var shortest = beginnings.MinBy(b => b.Length)!;
            var words = shortest.Length == 0 ? [] : await session.BeginningWith(shortest, MostBeginnings, cancel);
            terms.Add(new(typed[no] + "*", [.. words.Select(LexemeSequence.Of)], 0) { Beginning = shortest });
        }

        return terms;
    }

    /// <summary>For each word its lexemes in one language: the one in which most of the words are stop words, which tell a language better than any other.</summary>
    /// <param name="session">The index.</param>
    /// <param name="words">Distinct.</param>
    /// <param name="configurations">The languages that it may be; of equals the first.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<Dictionary<string, IReadOnlyList<string>>> Lexemes(
        SearchSession session, string[] words, IReadOnlyList<byte> configurations, CancellationToken cancel)
    {
        var rows = await Rows(session, words, configurations, cancel);
        var language = configurations.MinBy(c => Enumerable.Range(0, words.Length).Count(no => rows.ContainsKey((no, c))));
        return words.Select((word, no) => (word, no)).ToDictionary(
            w => w.word,
            IReadOnlyList<string> (w) => [.. (rows.GetValueOrDefault((w.no, language)) ?? []).Where(l => l.Variant == 0).Select(l => l.Lexeme).Distinct(StringComparer.Ordinal)],
            StringComparer.Ordinal);
    }

    private static async Task<Dictionary<(int No, byte Configuration), List<(string Lexeme, int Position, int Variant)>>> Rows(
        SearchSession session, IReadOnlyList<string> typed, IReadOnlyList<byte> configurations, CancellationToken cancel)
    {
        var rows = new Dictionary<(int No, byte Configuration), List<(string Lexeme, int Position, int Variant)>>();
        if (typed.Count == 0)
        {
            return rows;
        }

        await using var command = session.Command(Analyse);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. typed] });
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. configurations.Select(c => (short)c)] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            if (!reader.IsDBNull(2))
            {
                var key = (reader.GetInt32(0) - 1, (byte)reader.GetInt16(1));
                (rows.TryGetValue(key, out var lexemes) ? lexemes : rows[key] = []).Add((reader.GetString(2), reader.GetInt16(3), reader.GetInt32(4)));
            }
        }

        return rows;
    }

    /// <summary>
    /// Without what only joins the parts that follow it: the parser gives "long-term" as itself, "long" and "term", and a text that writes it as
    /// two words has but the parts.
    /// </summary>
    private static LexemeSequence Sequence(List<(string Lexeme, int Position, int Variant)> lexemes)
    {
        var parts = lexemes.Where((l, i) => i == lexemes.Count - 1 || !l.Lexeme.Contains('-', StringComparison.Ordinal)).ToList();
        return new([.. parts.Select(p => p.Lexeme)], [.. parts.Select(p => p.Position - parts[0].Position)]);
    }
}
