using Npgsql;

namespace Stemma.Infrastructure.Search;

/// <summary>
/// The documents that are in no stored segment, as one segment made of them. A document's row never changes, so only those not seen before are
/// read: after a bulk load there are many, and they leave step by step.
/// </summary>
internal sealed class PendingCache
{
    /// <summary>What tells one set of documents from another: how many there are, their sum, and two mixtures of them.</summary>
    public const string Signature = """
        select count(*)::int, coalesce(sum(document), 0)::bigint, coalesce(bit_xor(hashint8extended(document, 7)), 0), coalesce(bit_xor(hashint8extended(document, 11)), 0)
        from search_pending
        """;

    /// <summary>So few are read whole, in one round trip.</summary>
    private const int Few = 2_000;

    private Kept _kept = new(default, [], Segment.Of(0, 0, _ => throw new InvalidOperationException()), new(0));

    public static PendingSignature ReadSignature(NpgsqlDataReader reader) => new(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));

    /// <summary>The documents of a snapshot, in the order of their segment, that segment, and how many of its claims have each word.</summary>
    public async Task<(IndexedDocument[] Documents, Segment Segment, PendingWords Words)> Load(NpgsqlConnection connection, PendingSignature signature, CancellationToken cancel)
    {
        var kept = _kept;
        if (kept.Signature != signature)
        {
            var documents = Segment.InOrder(signature.Count <= Few ? await Read(connection, null, cancel) : await Complete(connection, kept, cancel));
            _kept = kept = new(signature, documents, Segment.Of(0, documents.Length, i => documents[i]), new(documents.Length));
        }

        return (kept.Documents, kept.Segment, kept.Words);
    }

    private static async Task<List<IndexedDocument>> Complete(NpgsqlConnection connection, Kept kept, CancellationToken cancel)
    {
        var there = new HashSet<int>();
        await using (var command = new NpgsqlCommand("select document from search_pending", connection))
        {
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                there.Add(reader.GetInt32(0));
            }
        }

        var documents = kept.Documents.Where(d => there.Remove(d.Document)).ToList();
        documents.AddRange(await Read(connection, [.. there], cancel));
        return documents;
    }

    private static async Task<List<IndexedDocument>> Read(NpgsqlConnection connection, int[]? only, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"select {PendingRows.Columns} from search_pending" + (only is null ? "" : " where document = any($1)"), connection);
        if (only is not null)
        {
            command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = only });
        }

        var documents = new List<IndexedDocument>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            documents.Add(PendingRows.Read(reader, []));
        }

        return documents;
    }

    private sealed record Kept(PendingSignature Signature, IndexedDocument[] Documents, Segment Segment, PendingWords Words);
}

/// <summary>How many of the claims that are in no stored segment have each word: counted once for each set of them, when it is first asked for.</summary>
internal sealed class PendingWords(int documents)
{
    /// <summary>With more, counting takes too long, and there is enough in the segments to know a word's rarity by.</summary>
    private const int Most = 20_000;

    private Dictionary<string, int>? _words;

    public async Task<IReadOnlyDictionary<string, int>> Load(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (_words is not null)
        {
            return _words;
        }

        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        if (documents is > 0 and <= Most)
        {
            await using var command = new NpgsqlCommand("select word, ndoc from ts_stat('select terms from search_pending where type = 0')", connection);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                words.Add(reader.GetString(0), reader.GetInt32(1));
            }
        }

        return _words = words;
    }
}

/// <summary>See <see cref="PendingCache.Signature"/>.</summary>
internal readonly record struct PendingSignature(int Count, long Sum, long Mixture, long OtherMixture);
