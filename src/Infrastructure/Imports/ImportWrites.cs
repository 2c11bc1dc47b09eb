using System.Globalization;
using Npgsql;
using Stemma.Domain.Imports;

namespace Stemma.Infrastructure.Imports;

/// <summary>Writes what is staged into the tables, kind by kind, some thousands of rows in a statement: their triggers run once for each.</summary>
internal sealed class ImportWrites(ImportStage stage, IImportProgress progress)
{
    /// <summary>Rows of one statement. What its triggers have to remember grows with them.</summary>
    private const int Chunk = 10_000;

    /// <summary>Claims that are derived in the transaction that touches them: see <c>touch_claims</c>.</summary>
    private const int Few = 50;

    /// <summary>
    /// Says whether most of the new claims are linked to, so that their assessments are written once, as stale. Of few claims it is not said: these are derived
    /// before the import ends.
    /// </summary>
    private static readonly string LinksFollow =
        $"""
        select set_config('stemma.links_follow', case when linked > {Few} and linked * 2 > added then 'on' else 'off' end, true)
        from (select count(*) as added from import_claims where is_new and deleted_at is null) c,
            (select count(distinct k.claim_id) as linked from import_corroborations k join import_claims c on c.id = k.claim_id and c.is_new
            where k.deleted_at is null and k.stance <> 'mentions') l
        """;

    /// <summary>Of claims that are good otherwise.</summary>
    private const string Grades =
        """
        insert into assessment_overrides (claim_id, credibility, reason, set_by, set_at)
        select g.claim_id, g.credibility, g.reason, g.set_by, g.set_at from import_grades g where exists (select from import_claims c where c.line = g.line)
        """;

    /// <returns>False where a row has changed since it was read.</returns>
    public async Task<bool> Run(CancellationToken cancel)
    {
        // Parents may come after what belongs to them.
        await stage.Execute("set constraints fk_sources_parent, fk_sources_owner deferred", cancel);
        await stage.Execute(LinksFollow, cancel);
        var total = 0L;
        foreach (var table in stage.Staged)
        {
            total += await stage.Scalar<long>($"select count(*) from {table.Staged}", cancel);
        }

        var (created, changed) = (0L, 0L);
        foreach (var table in stage.Staged)
        {
            var by = string.Join(", ", table.WrittenBy);
            var bounds = await stage.Query(
                string.Create(CultureInfo.InvariantCulture, $"select {by} from (select {by}, row_number() over (order by {by}) as n from {table.Staged}) s where n % {Chunk} = 0 order by n"),
                row => Enumerable.Range(0, row.FieldCount).Select(row.GetValue).ToArray(),
                cancel);
            object[] after = [];
            foreach (var to in bounds.Append([]))
            {
                if (await Write(table, new(table.WrittenBy, after, to), cancel) is not { } rows)
                {
                    return false;
                }

                progress.Wrote(created += rows.Created, changed += rows.Updated, total);
                after = to;
            }
        }

        await stage.Execute(Grades, cancel);
        return true;
    }

    public async Task<(long Created, long Updated)> Count(ImportTable table, CancellationToken cancel) => (await stage.Query(
        $"select count(*) filter (where is_created), count(*) filter (where not is_created) from {table.Staged}",
        row => (row.GetInt64(0), row.GetInt64(1)),
        cancel))[0];

    private async Task<(int Created, int Updated)?> Write(ImportTable table, Range range, CancellationToken cancel)
    {
        var changed = table.AllColumns.Where(c => c is not ("id" or "created_at" or "created_by")).ToList();
        var present = await stage.Scalar<long>($"select count(*) from {table.Staged} s where {range.Sql} and not s.is_new", cancel, range.Parameters);
        var updated = present == 0 ? 0 : await stage.Execute(
            $"""
            update {table.Name} t set ({string.Join(", ", changed)}) = row({string.Join(", ", changed.Select(c => "s." + c))})
            from {table.Staged} s where s.id = t.id and not s.is_new and {range.Sql} and t.version = s.version - 1
            """,
            cancel,
            range.Parameters);
        if (updated != present)
        {
            return null;
        }

        var created = await stage.Execute(
            $"""
            insert into {table.Name} ({table.Columns})
            select {table.Columns} from {table.Staged} s where s.is_new and {range.Sql} order by {string.Join(", ", table.WrittenBy)}
            """,
            cancel,
            range.Parameters);
        return (created, updated);
    }

    /// <summary>Staged rows that are written together: those behind one place in their order, up to another; from the beginning or to the end where none is given.</summary>
    private sealed record Range(IReadOnlyList<string> By, object[] After, object[] To)
    {
        public string Sql => $"{Compared(After, ">", 1)} and {Compared(To, "<=", 1 + After.Length)}";

        /// <summary>New ones for each command.</summary>
        public NpgsqlParameter[] Parameters => [.. After.Concat(To).Select(value => new NpgsqlParameter { Value = value })];

        private string Compared(object[] with, string how, int first) => with.Length == 0 ? "true"
            : $"({string.Join(", ", By.Select(column => "s." + column))}) {how} ({string.Join(", ", with.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"${first + i}")))})";
    }
}
