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
            var bounds = await stage.Query(
                string.Create(CultureInfo.InvariantCulture, $"select line from (select line, row_number() over (order by line) as n from {table.Staged}) s where n % {Chunk} = 0"),
                row => row.GetInt32(0),
                cancel);
            var from = 0;
            foreach (var to in bounds.Append(int.MaxValue))
            {
                if (await Write(table, from, to, cancel) is not { } rows)
                {
                    return false;
                }

                progress.Wrote(created += rows.Created, changed += rows.Updated, total);
                from = to;
            }
        }

        await stage.Execute(Grades, cancel);
        return true;
    }

    public async Task<(long Created, long Updated)> Count(ImportTable table, CancellationToken cancel) => (await stage.Query(
        $"select count(*) filter (where is_created), count(*) filter (where not is_created) from {table.Staged}",
        row => (row.GetInt64(0), row.GetInt64(1)),
        cancel))[0];

    private async Task<(int Created, int Updated)?> Write(ImportTable table, int from, int to, CancellationToken cancel)
    {
        var changed = table.AllColumns.Where(c => c is not ("id" or "created_at" or "created_by")).ToList();
        var present = await stage.Scalar<long>(
            $"select count(*) from {table.Staged} where line > $1 and line <= $2 and not is_new", cancel, Line(from), Line(to));
        var updated = present == 0 ? 0 : await stage.Execute(
            $"""
            update {table.Name} t set ({string.Join(", ", changed)}) = row({string.Join(", ", changed.Select(c => "s." + c))})
            from {table.Staged} s where s.id = t.id and not s.is_new and s.line > $1 and s.line <= $2 and t.version = s.version - 1
            """,
            cancel,
            Line(from),
            Line(to));
        if (updated != present)
        {
            return null;
        }

        var created = await stage.Execute(
            $"""
            insert into {table.Name} ({table.Columns})
            select {table.Columns} from {table.Staged} where is_new and line > $1 and line <= $2 order by line
            """,
            cancel,
            Line(from),
            Line(to));
        return (created, updated);
    }

    private static NpgsqlParameter<int> Line(int line) => new() { TypedValue = line };
}
