using System.Globalization;
using System.Text;
using Npgsql;

namespace Stemma.Infrastructure.Search;

/// <summary>The index as it stands at one instant, for one query: one read-only transaction on one snapshot.</summary>
internal sealed class SearchSession : IAsyncDisposable
{
    private const string Segments = "select segment, dead from search_segments order by segment";

    private const string Postings = """
        select lexeme, segment, documents, postings, case when lexeme = any($2) then positions else '' end
        from search_postings where lexeme = any($1)
        """;

    private const string PendingTerms = "select document, terms from search_pending where terms @@ $1::tsquery";

    private readonly NpgsqlTransaction _transaction;
    private readonly IndexedDocument[] _pending;
    private readonly PendingWords _pendingWords;
    private readonly Dictionary<(int Segment, string Lexeme), (PostingList Postings, byte[] Positions)> _loaded = [];
    private readonly Dictionary<(int Segment, string Lexeme), PlaceList> _places = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private SearchSession(NpgsqlTransaction transaction, List<Segment> all, LinkTables links, IndexedDocument[] pending, PendingWords pendingWords)
    {
        _transaction = transaction;
        Links = links;
        _pending = pending;
        _pendingWords = pendingWords;
        All = all;
        foreach (var segment in All)
        {
            Totals.Add(segment.Totals);
        }

        Configurations = [.. All.SelectMany(s => s.Configurations).Append((byte)0).Distinct().Order()];
    }

    public NpgsqlConnection Connection => _transaction.Connection!;

    /// <summary>The stored segments, and last the documents that are in none.</summary>
    public IReadOnlyList<Segment> All { get; }

    /// <summary>The links of stored segments together.</summary>
    public LinkTables Links { get; }

    public Totals Totals { get; } = new();

    /// <summary>Those that some document was analysed by.</summary>
    public IReadOnlyList<byte> Configurations { get; }

    public static async Task<SearchSession> Begin(NpgsqlConnection connection, SegmentCache cache, PendingCache pendingCache, CancellationToken cancel)
    {
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var stored = new List<(int Id, int[] Dead)>();
        List<DeadDocument> dead;
        PendingSignature signature;
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(new("select set_config('plan_cache_mode', 'force_generic_plan', true)"));
            batch.BatchCommands.Add(new(Segments));
            batch.BatchCommands.Add(new(DeadDocument.Select));
            batch.BatchCommands.Add(new(PendingCache.Signature));
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                stored.Add((reader.GetInt32(0), reader.GetFieldValue<int[]>(1)));
            }

            await reader.NextResultAsync(cancel);
            dead = await DeadDocument.ReadAll(reader, cancel);
            await reader.NextResultAsync(cancel);
            await reader.ReadAsync(cancel);
            signature = PendingCache.ReadSignature(reader);
        }

        var segments = await cache.Load(connection, stored, cancel);
        var (pending, fresh, words) = await pendingCache.Load(connection, signature, cancel);
        segments.Add(fresh);
        if (dead.Count > 0)
        {
            segments = segments.ConvertAll(s => s.Without([.. dead.Select(d => s.Find(d.Type, d.Number, d.Document)).Where(local => local >= 0)]));
        }

        return new(transaction, segments, cache.Links, pending, words);
    }

    /// <summary>How many documents have each lexeme, near enough to plan by: those of the stored segments, dead ones included.</summary>
    public async Task<Dictionary<string, long>> Frequencies(IReadOnlyCollection<string> lexemes, CancellationToken cancel)
    {
        var frequencies = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(
            "select lexeme, sum(documents) from search_postings where lexeme = any($1) group by lexeme", Connection, _transaction);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. lexemes] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            frequencies.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return frequencies;
    }

    /// <summary>Adds how many claims in no stored segment have each of these lexemes.</summary>
    public async Task AddPendingFrequencies(IReadOnlySet<string> lexemes, Dictionary<string, int> frequencies, CancellationToken cancel)
    {
        foreach (var (lexeme, frequency) in await _pendingWords.Load(Connection, cancel))
        {
            if (lexemes.Contains(lexeme))
            {
                frequencies[lexeme] = frequencies.GetValueOrDefault(lexeme) + frequency;
            }
        }
    }

    /// <summary>Reads the postings of these lexemes, in one round trip, where they are not there yet.</summary>
    /// <param name="lexemes">Whose documents.</param>
    /// <param name="placed">Of which the places within documents too.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task Load(IReadOnlyCollection<string> lexemes, IReadOnlyCollection<string> placed, CancellationToken cancel)
    {
        var wanted = lexemes.Where(_asked.Add).ToArray();
        if (wanted.Length == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(Connection, _transaction);
        batch.BatchCommands.Add(new(Postings)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = wanted }, new NpgsqlParameter<string[]> { TypedValue = [.. placed] } },
        });
        if (_pending.Length > 0)
        {
            batch.BatchCommands.Add(new(PendingTerms) { Parameters = { new NpgsqlParameter<string> { TypedValue = AnyOf(wanted) } } });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var list = PostingList.Decode(reader.GetFieldValue<byte[]>(3), reader.GetInt32(2));
            _loaded[(reader.GetInt32(1), reader.GetString(0))] = (list, reader.GetFieldValue<byte[]>(4));
        }

        if (_pending.Length > 0)
        {
            await reader.NextResultAsync(cancel);
            var terms = new Dictionary<int, IReadOnlyList<IndexedTerm>>();
            while (await reader.ReadAsync(cancel))
            {
                terms[reader.GetInt32(0)] = PendingRows.Terms(reader, 1);
            }

            var postings = SegmentBuilder.Invert(
                local => terms.GetValueOrDefault(_pending[local].Document) ?? [], _pending.Length, wanted.ToHashSet(StringComparer.Ordinal));
            foreach (var (lexeme, writer) in postings)
            {
                _loaded[(0, lexeme)] = (PostingList.Decode(writer.Postings, writer.Count), writer.Positions);
            }
        }
    }

    public PostingList Find(Segment segment, string lexeme) => _loaded.TryGetValue((segment.Id, lexeme), out var found) ? found.Postings : PostingList.Empty;

    public PlaceList Places(Segment segment, string lexeme)
    {
        if (!_places.TryGetValue((segment.Id, lexeme), out var places))
        {
            var (postings, positions) = _loaded[(segment.Id, lexeme)];
            _places.Add((segment.Id, lexeme), places = PlaceList.Decode(positions, postings.Count));
        }

        return places;
    }

    /// <summary>Lexemes that begin so, the most frequent first.</summary>
    public async Task<List<string>> BeginningWith(string prefix, int most, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(Connection, _transaction);
        batch.BatchCommands.Add(new(
            """
            select lexeme from (
                select lexeme, documents from search_postings where lexeme >= $1 and lexeme < $2 order by lexeme limit 20000) found
            group by lexeme order by sum(documents) desc, lexeme limit $3
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = prefix },
                new NpgsqlParameter<string> { TypedValue = prefix + char.ConvertFromUtf32(0x10FFFF) },
                new NpgsqlParameter<int> { TypedValue = most },
            },
        });
        if (_pending.Length > 0)
        {
            batch.BatchCommands.Add(new(
                """
                select distinct t.lexeme from (select terms from search_pending where terms @@ $1::tsquery limit 5000) found, unnest(found.terms) t
                where starts_with(t.lexeme, $2)
                """)
            {
                Parameters = { new NpgsqlParameter<string> { TypedValue = BeginningOf(prefix) }, new NpgsqlParameter<string> { TypedValue = prefix } },
            });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var found = new List<string>();
        do
        {
            while (await reader.ReadAsync(cancel))
            {
                found.Add(reader.GetString(0));
            }
        }
        while (await reader.NextResultAsync(cancel));
        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Words of the index that look like these, a few for each.</summary>
    public async Task<List<string>> LookingLike(IReadOnlyCollection<string> words, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(Connection, _transaction);
        batch.BatchCommands.Add(new("select set_config('pg_trgm.similarity_threshold', '0.25', true)"));
        batch.BatchCommands.Add(new(
            """
            select v.word from unnest($1) w(word) cross join lateral (
                select v.word from search_words v where v.word % w.word order by similarity(v.word, w.word) desc, v.word limit 30) v
            """)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. words] } },
        });
        if (_pending.Length > 0)
        {
            batch.BatchCommands.Add(new(
                """
                select distinct t.lexeme from (select terms from search_pending order by document desc limit 5000) p, unnest(p.terms) t, unnest($1) w(word)
                where t.lexeme % w.word limit 200
                """)
            {
                Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. words] } },
            });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var found = new List<string>();
        while (await reader.NextResultAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                found.Add(reader.GetString(0));
            }
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A tsquery of lexemes, any of which will do.</summary>
    public static string AnyOf(IEnumerable<string> lexemes) => string.Join(" | ", lexemes.Select(Quoted));

    /// <summary>A tsquery of all lexemes that begin so.</summary>
    public static string BeginningOf(string prefix) => Quoted(prefix) + ":*";

    public NpgsqlCommand Command(string sql) => new(sql, Connection, _transaction);

    public NpgsqlBatch Batch() => new(Connection, _transaction);

    public async ValueTask DisposeAsync() => await _transaction.DisposeAsync();

    private static string Quoted(string lexeme)
    {
        var quoted = new StringBuilder("'");
        foreach (var c in lexeme)
        {
            quoted.Append(c is '\'' or '\\' ? string.Create(CultureInfo.InvariantCulture, $"{c}{c}") : c.ToString());
        }

        return quoted.Append('\'').ToString();
    }
}
