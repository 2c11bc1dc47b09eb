using System.Text;
using Npgsql;
using NpgsqlTypes;
using Stemma.Domain.Imports;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Imports;

/// <summary>
/// A reference by an id in another system that no stored row has: a row of the file may. Until it is known for sure which, the id that was put in its place stands for it.
/// </summary>
internal readonly record struct PendingReference(int Line, ResourceType Type, RowReference Reference, byte[] Digest, Guid Placeholder, bool IsSure);

/// <summary>By what a row is known: an id in another system, or the id, of a resource that it changes.</summary>
internal readonly record struct RowKey(int Line, ResourceType Type, byte[] Key, Guid Id);

/// <summary>The temporary tables of one import, and what it asks the stored ones about a batch of rows.</summary>
internal sealed class ImportStage(NpgsqlConnection connection, NpgsqlTransaction transaction)
{
    private readonly HashSet<ImportTable> _filled = [];

    /// <summary>Kinds of which rows were staged.</summary>
    public IEnumerable<ImportTable> Staged => ImportTables.All.Where(_filled.Contains);

    public async Task<int> Execute(string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<T> Scalar<T>(string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        return (T)(await command.ExecuteScalarAsync(cancel))!;
    }

    public async Task<List<T>> Query<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public async Task Create(CancellationToken cancel)
    {
        var sql = new StringBuilder("""
            create temp table import_keys (line int not null, type text not null, key bytea not null, id uuid not null) on commit drop;
            create temp table import_references (line int not null, type text not null, path text not null, target text not null, digest bytea not null,
                placeholder uuid not null, is_sure boolean not null, name text not null) on commit drop;
            create temp table import_grades (line int not null, claim_id uuid not null, credibility smallint not null, reason text not null, set_by text not null,
                set_at timestamptz not null) on commit drop;
            create temp table import_found (line int not null, path text not null, message text not null, other int) on commit drop;
            set local jit = off;
            set local work_mem = '64MB';

            """);
        foreach (var table in ImportTables.All)
        {
            sql.Append(
                $"create temp table {table.Staged} on commit drop as select 0 as line, true as is_new, true as is_created, {table.Columns} from {table.Name} with no data;\n");
        }

        await Execute(sql.ToString(), cancel);
    }

    /// <summary>The resources that have these ids in other systems.</summary>
    public async Task<Dictionary<(ResourceType, ExternalId), Guid>> FindKeys(
        IReadOnlyCollection<(ResourceType Type, ExternalId Key)> keys, Func<ExternalId, byte[]> digest, CancellationToken cancel)
    {
        var found = new Dictionary<(ResourceType, ExternalId), Guid>();
        var asked = keys.Distinct().ToArray();
        if (asked.Length == 0)
        {
            return found;
        }

        const string sql = """
            select k.place::int, e.resource_id from unnest($1, $2) with ordinality k(type, digest, place)
            join external_ids e on e.resource_type = k.type and e.digest = k.digest
            """;
        var rows = await Query(
            sql,
            row => (row.GetInt32(0), row.GetGuid(1)),
            cancel,
            new NpgsqlParameter<string[]> { TypedValue = Array.ConvertAll(asked, k => StoredNames<ResourceType>.Of(k.Type)) },
            new NpgsqlParameter<byte[][]> { TypedValue = Array.ConvertAll(asked, k => digest(k.Key)) });
        foreach (var (place, id) in rows)
        {
            found[asked[place - 1]] = id;
        }

        return found;
    }

    /// <summary>Of each of these lists of home pages, by its place: the outlet or organization that has the first of them that one has; of several, the oldest.</summary>
    public async Task<List<(int Place, Guid Id)>> FindHomes(IReadOnlyList<IReadOnlyList<string>> homes, CancellationToken cancel)
    {
        var asked = homes.SelectMany((urls, place) => urls.Select((url, rank) => (Place: place, Rank: rank, Key: SourceUrl.Key(url)))).Where(h => h.Key is not null).ToArray();
        if (asked.Length == 0)
        {
            return [];
        }

        const string sql = """
            select distinct on (h.place) h.place, s.id from unnest($1, $2, $3) h(place, rank, key)
            cross join lateral (
                select s.id, s.created_at from sources s
                where s.url_keys @> array[h.key] and s.live and s.kind in ('outlet', 'organization', 'government') offset 0) s
            order by h.place, h.rank, s.created_at, s.id
            """;
        return await Query(
            sql,
            row => (row.GetInt32(0), row.GetGuid(1)),
            cancel,
            new NpgsqlParameter<int[]> { TypedValue = Array.ConvertAll(asked, h => h.Place) },
            new NpgsqlParameter<int[]> { TypedValue = Array.ConvertAll(asked, h => h.Rank) },
            new NpgsqlParameter<Guid[]> { TypedValue = Array.ConvertAll(asked, h => h.Key!.Value) });
    }

    /// <summary>The resources with these ids, tombstones included.</summary>
    public async Task<Dictionary<(ResourceType, Guid), Resource>> Load(IEnumerable<(ResourceType Type, Guid Id)> wanted, CancellationToken cancel)
    {
        var found = new Dictionary<(ResourceType, Guid), Resource>();
        foreach (var ids in wanted.Distinct().GroupBy(w => w.Type, w => w.Id))
        {
            var table = ImportTables.Of(ids.Key);
            foreach (var resource in await Query(table.ByIds, table.Read, cancel, new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] }))
            {
                found.Add((ids.Key, resource.Ref.Id), resource);
            }
        }

        return found;
    }

    /// <summary>The stored rows that are the same as these staged ones but for their ids.</summary>
    public Task<List<(int Line, Guid Id)>> FindSame(ImportTable table, int[] lines, CancellationToken cancel) => Query(
        $"""
        select s.line, t.id from {table.Staged} s join {table.Name} t on t.live and {Same(table, "t", "s")} where s.line = any($1)
        """,
        row => (row.GetInt32(0), row.GetGuid(1)),
        cancel,
        new NpgsqlParameter<int[]> { TypedValue = lines });

    public Task<int> Remove(ImportTable table, int[] lines, CancellationToken cancel) =>
        Execute($"delete from {table.Staged} where line = any($1)", cancel, new NpgsqlParameter<int[]> { TypedValue = lines });

    public static string Same(ImportTable table, string one, string other) =>
        string.Join(" and ", table.NaturalKey.Select(part => $"{part.Replace("{0}", one, StringComparison.Ordinal)} = {part.Replace("{0}", other, StringComparison.Ordinal)}"));

    public async Task Copy(ImportTable table, IReadOnlyList<StagedRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
        {
            return;
        }

        _filled.Add(table);
        await using var writer = await connection.BeginBinaryImportAsync($"copy {table.Staged} (line, is_new, is_created, {table.Columns}) from stdin (format binary)", cancel);
        foreach (var row in rows)
        {
            table.Write(writer, row);
        }

        await writer.CompleteAsync(cancel);
    }

    /// <summary>What analysts graded these claims.</summary>
    public async Task CopyGrades(IReadOnlyList<StagedRow> claims, CancellationToken cancel)
    {
        if (claims.Count == 0)
        {
            return;
        }

        await using var writer = await connection.BeginBinaryImportAsync("copy import_grades (line, claim_id, credibility, reason, set_by, set_at) from stdin (format binary)", cancel);
        foreach (var claim in claims)
        {
            var grade = claim.Grade!;
            writer.StartRow();
            writer.Write(claim.Line, NpgsqlDbType.Integer);
            writer.Write(claim.Id, NpgsqlDbType.Uuid);
            writer.Write((short)grade.Credibility, NpgsqlDbType.Smallint);
            writer.Write(grade.Reason, NpgsqlDbType.Text);
            writer.Write(grade.By, NpgsqlDbType.Text);
            writer.Write(grade.At, NpgsqlDbType.TimestampTz);
        }

        await writer.CompleteAsync(cancel);
    }

    public async Task Copy(IReadOnlyList<RowKey> keys, CancellationToken cancel)
    {
        if (keys.Count == 0)
        {
            return;
        }

        await using var writer = await connection.BeginBinaryImportAsync("copy import_keys (line, type, key, id) from stdin (format binary)", cancel);
        foreach (var key in keys)
        {
            writer.StartRow();
            writer.Write(key.Line, NpgsqlDbType.Integer);
            writer.Write(StoredNames<ResourceType>.Of(key.Type), NpgsqlDbType.Text);
            writer.Write(key.Key, NpgsqlDbType.Bytea);
            writer.Write(key.Id, NpgsqlDbType.Uuid);
        }

        await writer.CompleteAsync(cancel);
    }

    public async Task Copy(IReadOnlyList<PendingReference> references, CancellationToken cancel)
    {
        if (references.Count == 0)
        {
            return;
        }

        await using var writer = await connection.BeginBinaryImportAsync(
            "copy import_references (line, type, path, target, digest, placeholder, is_sure, name) from stdin (format binary)", cancel);
        foreach (var pending in references)
        {
            writer.StartRow();
            writer.Write(pending.Line, NpgsqlDbType.Integer);
            writer.Write(StoredNames<ResourceType>.Of(pending.Type), NpgsqlDbType.Text);
            writer.Write(pending.Reference.Path, NpgsqlDbType.Text);
            writer.Write(StoredNames<ResourceType>.Of(pending.Reference.Type), NpgsqlDbType.Text);
            writer.Write(pending.Digest, NpgsqlDbType.Bytea);
            writer.Write(pending.Placeholder, NpgsqlDbType.Uuid);
            writer.Write(pending.IsSure, NpgsqlDbType.Boolean);
            writer.Write(pending.Reference.Key!.ToString(), NpgsqlDbType.Text);
        }

        await writer.CompleteAsync(cancel);
    }

    private NpgsqlCommand Command(string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        return command;
    }
}
