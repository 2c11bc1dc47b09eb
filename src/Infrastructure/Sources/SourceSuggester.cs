using Npgsql;
using Stemma.Domain.Search;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Sources;

/// <summary>
/// Looks up <c>source_names</c>: first what begins as typed, by a few ranges of one index; only where that is not enough, what the words may have
/// meant, from <c>source_words</c> by trigrams, and then the names that have such words. Each step reads a bounded number of rows, and is one round trip
/// for however many texts are asked about.
/// </summary>
internal sealed class SourceSuggester(NpgsqlDataSource database) : ISourceSuggester
{
    private const int MaxWords = 8;
    private const int MaxMeanings = 5;

    /// <summary>
    /// For one transaction: plans are kept, for no plan here depends on a value, and planning would cost more than reading; and below a quarter
    /// of trigrams in common a word is no candidate, which is what two letters swapped in a word of five leave.
    /// </summary>
    private const string Settings = "select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('pg_trgm.similarity_threshold', '0.25', true)";

    /// <summary>Keys of names are no longer than this: a longer text is looked up by its beginning.</summary>
    private const string Fold = "select left(fold_name($1), 200)";

    /// <summary>Ends the range of all that begins so: no character sorts behind it.</summary>
    private static readonly string Last = char.ConvertFromUtf32(0x10FFFF);

    private static readonly string[] AllKinds = [.. Enum.GetValues<SourceKind>().Select(StoredNames<SourceKind>.Of)];

    private const string ByPrefix = """
        with typed as materialized (select left(fold_name($1), 200) as key)
        select s.id, s.kind, s.name, s.country, case when found.name_no = 0 then s.name else s.aliases[found.name_no] end, found.match
        from (
            select distinct on (m.source_id) m.*
            from typed
            cross join unnest($2) k(kind)
            cross join (values (true), (false)) w(is_start)
            cross join lateral (
                select n.source_id, n.name_no, n.key,
                    case when w.is_start and n.key = typed.key then 0 when w.is_start then 1 else 2 end as match
                from source_names n
                where n.kind = k.kind and n.is_start = w.is_start and n.key >= typed.key and n.key < typed.key || $4
                order by n.key, n.source_id
                limit 2 * $3) m
            order by m.source_id, m.match, m.name_no) found
        join sources s on s.id = found.source_id and s.live
        order by found.match, found.key, found.source_id
        limit $3
        """;

    /// <summary>Words that look like those typed; with <c>$2</c>, only like those that no name has.</summary>
    private const string Meanings = """
        select w.no::int, v.word
        from unnest($1) with ordinality w(word, no)
        cross join lateral (
            select v.word from source_words v where v.word % w.word order by similarity(v.word, w.word) desc, v.word limit 40) v
        where not $2 or not exists (
            select from source_words k
            where k.word >= w.word and k.word < w.word || case when w.no = cardinality($1) then $3 else '!' end)
        """;

    /// <summary>
    /// Sources whose names have, for each word typed (<c>no</c>), a word in one of its ranges. It starts from the word that fewest names have, and
    /// looks at 200 sources that have it. Each range is read in the order of the index, so that its limit ends the reading.
    /// </summary>
    private const string ByWords = """
        with meant as materialized (select * from unnest($1, $2, $3, $4) m(no, low, high, slips)),
        ranges as materialized (
            select k.kind, w.is_start, m.* from meant m cross join unnest($5) k(kind) cross join (values (true), (false)) w(is_start)),
        scarcest as materialized (
            select r.no
            from ranges r cross join lateral (
                select from source_names n
                where n.kind = r.kind and n.is_start = r.is_start and n.key >= r.low and n.key < r.high
                order by n.key, n.source_id limit 60) n
            group by r.no order by count(*), r.no limit 1),
        candidates as materialized (
            select n.source_id
            from ranges r cross join lateral (
                select n.source_id from source_names n
                where n.kind = r.kind and n.is_start = r.is_start and n.key >= r.low and n.key < r.high
                order by n.key, n.source_id limit 100) n
            where r.no = (select no from scarcest)
            group by n.source_id order by min(r.slips), n.source_id limit 200),
        words as (
            select n.source_id, m.no, min(m.slips) as slips, min(n.name_no) as name_no
            from candidates c join source_names n on n.source_id = c.source_id join meant m on n.key >= m.low and n.key < m.high
            group by n.source_id, m.no)
        select s.id, s.kind, s.name, s.country, case when w.name_no = 0 then s.name else s.aliases[w.name_no] end, w.slips
        from (
            select source_id, sum(slips)::int as slips, min(name_no) as name_no from words
            group by source_id having count(*) = (select count(distinct no) from meant)) w
        join sources s on s.id = w.source_id and s.live
        where s.id <> all ($6)
        order by w.slips, char_length(s.name), lower(s.name) collate "C", s.id
        limit $7
        """;

    public async Task<IReadOnlyList<SourceSuggestion>> Suggest(string text, IReadOnlyList<SourceKind> kinds, int limit, CancellationToken cancel) =>
        (await SuggestAll([new(text, kinds, limit)], cancel))[0];

    public async Task<IReadOnlyList<IReadOnlyList<SourceSuggestion>>> SuggestAll(IReadOnlyList<SuggestionRequest> requests, CancellationToken cancel)
    {
        var open = await FindByPrefix(requests, cancel);
        var found = open.ConvertAll(IReadOnlyList<SourceSuggestion> (o) => o.Found);

        // A word that some name has is taken as meant, unless that finds nothing.
        foreach (var unknownOnly in new[] { true, false })
        {
            open = open.FindAll(o => o.MayHaveMore && (unknownOnly || o.Found.Count == 0));
            if (open.Count > 0)
            {
                await FindByWords(open, await Meant(open, unknownOnly, cancel), cancel);
            }
        }

        return found;
    }

    private async Task<List<Typed>> FindByPrefix(IReadOnlyList<SuggestionRequest> requests, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(Settings));
        foreach (var request in requests)
        {
            batch.BatchCommands.Add(new(Fold) { Parameters = { new NpgsqlParameter<string> { TypedValue = request.Text } } });
            batch.BatchCommands.Add(new(ByPrefix)
            {
                Parameters =
                {
                    new NpgsqlParameter<string> { TypedValue = request.Text },
                    new NpgsqlParameter<string[]> { TypedValue = KindsOf(request) },
                    new NpgsqlParameter<int> { TypedValue = request.Limit },
                    new NpgsqlParameter<string> { TypedValue = Last },
                },
            });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var typed = new List<Typed>();
        foreach (var request in requests)
        {
            await reader.NextResultAsync(cancel);
            await reader.ReadAsync(cancel);
            var key = reader.GetString(0);
            await reader.NextResultAsync(cancel);
            typed.Add(new(request, key, key.Split(' ', StringSplitOptions.RemoveEmptyEntries), await Read(reader, match => (SuggestionMatch)match, cancel)));
        }

        return typed;
    }

    private static string[] KindsOf(SuggestionRequest request) =>
        request.Kinds.Count == 0 ? AllKinds : [.. request.Kinds.Distinct().Select(StoredNames<SourceKind>.Of)];

    /// <summary>For each word typed, the ranges of keys that begin with a word which it may mean.</summary>
    private async Task<List<List<Meaning>>> Meant(List<Typed> open, bool unknownOnly, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(Settings));
        foreach (var typed in open)
        {
            batch.BatchCommands.Add(new(Meanings)
            {
                Parameters =
                {
                    new NpgsqlParameter<string[]> { TypedValue = typed.Words },
                    new NpgsqlParameter<bool> { TypedValue = unknownOnly },
                    new NpgsqlParameter<string> { TypedValue = Last },
                },
            });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var meant = new List<List<Meaning>>();
        foreach (var typed in open)
        {
            var known = typed.Words.Select(_ => new List<string>()).ToArray();
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                known[reader.GetInt32(0) - 1].Add(reader.GetString(1));
            }

            meant.Add(MeaningsOf(typed.Words, known));
        }

        return meant;
    }

    private static List<Meaning> MeaningsOf(string[] words, List<string>[] known)
    {
        var meant = new List<Meaning>();
        for (var no = 0; no < words.Length; no++)
        {
            var (typed, isLast) = (words[no], no == words.Length - 1);

            // As typed: the last word may go on, the others are whole. A space ends a word; '!' is the character behind it.
            meant.Add(new(no, typed, typed + (isLast ? Last : "!"), 0));
            if (!typed.All(char.IsAsciiDigit))
            {
                meant.AddRange(known[no]
                    .Select(word => new Meaning(no, word, word + "!", Spelling.Distance(typed, word, isLast)))
                    .Where(m => m.Slips > 0 && m.Slips <= Spelling.Tolerance(typed.Length))
                    .OrderBy(m => m.Slips)
                    .Take(MaxMeanings));
            }
        }

        return meant;
    }

    private async Task FindByWords(List<Typed> open, List<List<Meaning>> meanings, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(Settings));
        foreach (var (typed, meant) in open.Zip(meanings))
        {
            batch.BatchCommands.Add(new(ByWords)
            {
                Parameters =
                {
                    new NpgsqlParameter<int[]> { TypedValue = [.. meant.Select(m => m.No)] },
                    new NpgsqlParameter<string[]> { TypedValue = [.. meant.Select(m => m.Low)] },
                    new NpgsqlParameter<string[]> { TypedValue = [.. meant.Select(m => m.High)] },
                    new NpgsqlParameter<int[]> { TypedValue = [.. meant.Select(m => m.Slips)] },
                    new NpgsqlParameter<string[]> { TypedValue = KindsOf(typed.Request) },
                    new NpgsqlParameter<Guid[]> { TypedValue = [.. typed.Found.Select(s => s.Id.Value)] },
                    new NpgsqlParameter<int> { TypedValue = typed.Request.Limit - typed.Found.Count },
                },
            });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var typed in open)
        {
            await reader.NextResultAsync(cancel);
            typed.Found.AddRange(await Read(reader, slips => slips == 0 ? SuggestionMatch.Word : SuggestionMatch.Approximate, cancel));
        }
    }

    private static async Task<List<SourceSuggestion>> Read(NpgsqlDataReader reader, Func<int, SuggestionMatch> match, CancellationToken cancel)
    {
        var found = new List<SourceSuggestion>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new RowReader(reader);
            found.Add(new(new SourceId(row.Id()), row.Enum<SourceKind>(), row.Text(), row.OptionalText(), row.Text(), match(row.Int())));
        }

        return found;
    }

    /// <summary>What was asked, as names are kept, and what it has found so far.</summary>
    private sealed record Typed(SuggestionRequest Request, string Key, string[] Words, List<SourceSuggestion> Found)
    {
        public bool MayHaveMore => Found.Count < Request.Limit && Words.Length is > 0 and <= MaxWords && Key.Length > 2;
    }

    /// <summary>Keys from <paramref name="Low"/> to before <paramref name="High"/>.</summary>
    private readonly record struct Meaning(int No, string Low, string High, int Slips);
}
