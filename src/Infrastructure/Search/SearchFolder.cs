using Npgsql;
using NpgsqlTypes;

namespace Stemma.Infrastructure.Search;

/// <summary>
/// Gathers pending documents into segments, and small segments into larger ones. One instance at a time does so, under an advisory lock; each step is
/// one transaction that readers see all of or nothing of. It is the only one that removes rows from <c>search_pending</c> and <c>search_dead</c>,
/// so no writer ever waits for it.
/// </summary>
internal sealed class SearchFolder(NpgsqlDataSource database, SegmentCache cache)
{
    /// <summary>Documents folded in one step: what is held in memory at once.</summary>
    public const int MostAtOnce = 20_000;

    /// <summary>Where a level has so many segments, they become one of the next.</summary>
    private const int Fanout = 8;

    /// <summary>No segment is made larger than this: what a merge holds in memory at once.</summary>
    private const int LargestSegment = 400_000;

    private const string Lock = "select pg_try_advisory_xact_lock(7363, 2)";


    private const string Pending = $"select {PendingRows.Columns}, terms from search_pending order by document limit $1";

    private const string Segments = "select segment, dead, level, documents from search_segments order by segment";

    private const string InsertSegment = "insert into search_segments (level, documents, attributes) values ($1, $2, $3) returning segment";

    private const string CopyPostings = "copy search_postings (lexeme, segment, documents, postings, positions) from stdin (format binary)";

    private const string AddWords = """
        insert into search_words (word)
        select word from unnest($1) word where char_length(word) between 3 and 40 and word !~ '[0-9]' order by word
        on conflict do nothing
        """;

    /// <summary>One step, where at least so many documents are pending or dead.</summary>
    /// <returns>Whether anything was folded.</returns>
    public async Task<bool> Fold(int atLeast, CancellationToken cancel)
    {
        await using (var waiting = database.CreateCommand(
            "select (select count(*) from (select from search_pending limit $1) p) + (select count(*) from (select from search_dead limit $1) d) >= $1"))
        {
            waiting.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Math.Max(atLeast, 1) });
            if (await waiting.ExecuteScalarAsync(cancel) is not true)
            {
                return false;
            }
        }

        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        if (!await TryLock(connection, cancel))
        {
            return false;
        }

        var dead = await ReadDead(connection, cancel);
        var deadNumbers = dead.Select(d => d.Document).ToHashSet();
        var pending = await ReadPending(connection, cancel);
        var alive = pending.Where(d => !deadNumbers.Contains(d.Document)).ToList();
        if (alive.Count > 0)
        {
            var (segment, postings) = SegmentBuilder.Build(alive);
            var id = await Insert(connection, level: 0, segment, cancel);
            await Copy(connection, id, postings.Select(p => (p.Key, p.Value)), cancel);
            await Execute(connection, AddWords, new NpgsqlParameter<string[]> { TypedValue = [.. postings.Keys] }, cancel);
        }

        var folded = pending.Select(d => d.Document).ToHashSet();
        await Execute(connection, "delete from search_pending where document = any($1)", new NpgsqlParameter<int[]> { TypedValue = [.. folded] }, cancel);
        var buried = deadNumbers.Where(folded.Contains).ToList();
        buried.AddRange(await Bury(connection, dead.FindAll(d => !folded.Contains(d.Document)), cancel));
        await Execute(connection, "delete from search_dead where document = any($1)", new NpgsqlParameter<int[]> { TypedValue = [.. buried] }, cancel);
        await transaction.CommitAsync(cancel);
        return pending.Count + buried.Count > 0;
    }

    /// <summary>Makes one larger segment of several, or one without its dead, where there are enough of either.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> Merge(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        if (!await TryLock(connection, cancel))
        {
            return false;
        }

        var stored = await ReadSegments(connection, cancel);
        cache.Keep(stored.Select(s => s.Id).ToHashSet());
        var (chosen, level) = Choose(stored);
        if (chosen.Count == 0)
        {
            return false;
        }

        var parts = await cache.Load(connection, [.. chosen.Select(s => (s.Id, s.Dead))], cancel);
        var (merged, from) = Segment.Merge(parts);
        if (merged.Count > 0)
        {
            var to = parts.Select(p => new int[p.Count]).ToArray();
            to.ToList().ForEach(places => Array.Fill(places, -1));
            for (var local = 0; local < from.Count; local++)
            {
                to[from[local].Part][from[local].Local] = local;
            }

            var id = await Insert(connection, level, merged, cancel);
            await CopyMerged(connection, id, parts, to, cancel);
        }

        await Execute(
            connection, "delete from search_segments where segment = any($1)", new NpgsqlParameter<int[]> { TypedValue = [.. chosen.Select(s => s.Id)] }, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private static (List<StoredSegment> Chosen, int Level) Choose(List<StoredSegment> stored)
    {
        // What is half as large as can be has found its size.
        foreach (var level in stored.Where(s => s.Documents - s.Dead.Length <= LargestSegment / 2).GroupBy(s => s.Level).OrderBy(l => l.Key))
        {
            var together = 0;
            var chosen = level.Take(Fanout).TakeWhile(s => (together += s.Documents - s.Dead.Length) <= LargestSegment).ToList();
            if (level.Count() >= Fanout && chosen.Count > 1)
            {
                return (chosen, level.Key + 1);
            }
        }

        return stored.FirstOrDefault(s => s.Dead.Length * 4 > s.Documents) is { } worn ? ([worn], worn.Level) : ([], 0);
    }

    /// <summary>Tells stored segments of their dead.</summary>
    /// <returns>Those that some segment has.</returns>
    private async Task<List<int>> Bury(NpgsqlConnection connection, List<DeadDocument> dead, CancellationToken cancel)
    {
        var buried = new List<int>();
        if (dead.Count == 0)
        {
            return buried;
        }

        var stored = await ReadSegments(connection, cancel);
        foreach (var segment in await cache.Load(connection, [.. stored.Select(s => (s.Id, s.Dead))], cancel))
        {
            var here = dead.Select(d => (d.Document, Local: segment.Find(d.Type, d.Number, d.Document))).Where(d => d.Local >= 0).ToList();
            if (here.Count > 0)
            {
                buried.AddRange(here.Select(d => d.Document));
                await using var command = new NpgsqlCommand("update search_segments set dead = dead || $2 where segment = $1", connection);
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = segment.Id });
                command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. here.Select(d => d.Local)] });
                await command.ExecuteNonQueryAsync(cancel);
            }
        }

        return buried;
    }

    private async Task CopyMerged(NpgsqlConnection connection, int id, List<Segment> parts, int[][] to, CancellationToken cancel)
    {
        // Read beside the transaction that writes: what is read cannot change while this one has the lock.
        await using var reading = await database.OpenConnectionAsync(cancel);
        await using var transaction = await reading.BeginTransactionAsync(cancel);
        await using (var settings = new NpgsqlCommand("set local work_mem = '64MB'", reading))
        {
            await settings.ExecuteNonQueryAsync(cancel);
        }

        await using var command = new NpgsqlCommand(
            "select lexeme, segment, documents, postings, positions from search_postings where segment = any($1) order by lexeme", reading)
        {
            CommandTimeout = 0,
        };
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. parts.Select(p => p.Id)] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await using var importer = await connection.BeginBinaryImportAsync(CopyPostings, cancel);
        string? lexeme = null;
        var rows = new List<(int Local, int[] Places, byte Frequency)>();
        while (await reader.ReadAsync(cancel))
        {
            var next = reader.GetString(0);
            if (lexeme is not null && next != lexeme)
            {
                await Write(lexeme);
            }

            lexeme = next;
            var part = parts.FindIndex(p => p.Id == reader.GetInt32(1));
            var list = PostingList.Decode(reader.GetFieldValue<byte[]>(3), reader.GetInt32(2));
            var places = PlaceList.Decode(reader.GetFieldValue<byte[]>(4), list.Count);
            for (var i = 0; i < list.Count; i++)
            {
                if (to[part][list.Locals[i]] is >= 0 and var local)
                {
                    rows.Add((local, places.Of(i).ToArray(), list.Frequencies[i]));
                }
            }
        }

        if (lexeme is not null)
        {
            await Write(lexeme);
        }

        await importer.CompleteAsync(cancel);

        async Task Write(string word)
        {
            if (rows.Count > 0)
            {
                var writer = new PostingWriter();
                rows.Sort(static (a, b) => a.Local.CompareTo(b.Local));
                rows.ForEach(r => writer.Add(r.Local, r.Places, r.Frequency));
                rows.Clear();
                await WriteRow(importer, word, id, writer, cancel);
            }
        }
    }

    private static async Task Copy(
        NpgsqlConnection connection, int segment, IEnumerable<(string Lexeme, PostingWriter Postings)> postings, CancellationToken cancel)
    {
        await using var importer = await connection.BeginBinaryImportAsync(CopyPostings, cancel);
        foreach (var (lexeme, writer) in postings.OrderBy(p => p.Lexeme, StringComparer.Ordinal))
        {
            await WriteRow(importer, lexeme, segment, writer, cancel);
        }

        await importer.CompleteAsync(cancel);
    }

    private static async Task WriteRow(NpgsqlBinaryImporter importer, string lexeme, int segment, PostingWriter writer, CancellationToken cancel)
    {
        await importer.StartRowAsync(cancel);
        await importer.WriteAsync(lexeme, NpgsqlDbType.Text, cancel);
        await importer.WriteAsync(segment, NpgsqlDbType.Integer, cancel);
        await importer.WriteAsync(writer.Count, NpgsqlDbType.Integer, cancel);
        await importer.WriteAsync(writer.Postings, NpgsqlDbType.Bytea, cancel);
        await importer.WriteAsync(writer.Positions, NpgsqlDbType.Bytea, cancel);
    }

    private static async Task<int> Insert(NpgsqlConnection connection, int level, Segment segment, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(InsertSegment, connection);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)level });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = segment.Count });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = segment.Pack() });
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<List<IndexedDocument>> ReadPending(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Pending, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostAtOnce });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var documents = new List<IndexedDocument>();
        while (await reader.ReadAsync(cancel))
        {
            documents.Add(PendingRows.Read(reader, PendingRows.Terms(reader, PendingRows.TermsColumn)));
        }

        return documents;
    }

    private static async Task<List<StoredSegment>> ReadSegments(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Segments, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var segments = new List<StoredSegment>();
        while (await reader.ReadAsync(cancel))
        {
            segments.Add(new(reader.GetInt32(0), reader.GetFieldValue<int[]>(1), reader.GetInt16(2), reader.GetInt32(3)));
        }

        return segments;
    }

    private static async Task<bool> TryLock(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Lock, connection);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private static async Task<List<DeadDocument>> ReadDead(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(DeadDocument.Select, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await DeadDocument.ReadAll(reader, cancel);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, NpgsqlParameter parameter, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private sealed record StoredSegment(int Id, int[] Dead, int Level, int Documents);
}
