using Npgsql;
using Stemma.Domain.Assessments;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Infrastructure.Imports;

/// <summary>
/// Finds, for all staged rows at once, what the database would refuse one by one: each such row is reported and taken off the stage, and so is
/// whatever refers to it.
/// </summary>
internal sealed class ImportChecks(ImportStage stage, ImportBatches batches, FaultLog faults)
{
    public async Task Run(CancellationToken cancel)
    {
        await stage.Execute(
            """
            create index on import_keys (type, key);
            create index on import_references (line);
            create index on import_references (type) where not is_sure;
            analyze import_keys;
            analyze import_references (line, type, target, digest, placeholder, is_sure);
            """,
            cancel);
        foreach (var table in ImportTables.All)
        {
            await RefuseTwice(table, cancel);
            await RefuseTaken(table, cancel);
        }

        await Resolve(cancel);
        await Index(cancel);
        await RefuseCycles(cancel);
        foreach (var table in stage.Staged)
        {
            await RefuseMissing(table, cancel);
        }

        foreach (var table in stage.Staged)
        {
            foreach (var rule in table.Rules)
            {
                await Refuse(table, $"select s.line, $1, $2 from {table.Staged} s where s.deleted_at is null and {rule.Condition}", cancel, Text(rule.Path), Text(rule.Message));
            }

            if (table.NaturalKey.Count > 0)
            {
                await RefuseSame(table, cancel);
            }
        }
    }

    /// <summary>Once no row is written anew. Only what is joined by is analysed: texts would take the time.</summary>
    private async Task Index(CancellationToken cancel)
    {
        foreach (var table in ImportTables.All)
        {
            var joined = string.Join(", ", table.References.Select(r => r.Column).Prepend("line").Prepend("id"));
            await stage.Execute($"create index on {table.Staged} (id); create index on {table.Staged} (line); {Order(table)} analyze {table.Staged} ({joined})", cancel);
        }
    }

    private static string Order(ImportTable table) => table.WrittenBy.Count > 1 ? $"create index on {table.Staged} ({string.Join(", ", table.WrittenBy)});" : "";

    /// <summary>Of rows of one resource the first counts.</summary>
    private Task<bool> RefuseTwice(ImportTable table, CancellationToken cancel) => Refuse(
        table,
        ", other",
        """
        select distinct on (line) line, case when length(key) = 16 then 'id' else 'externalIds' end, ' is of the same resource.', first
        from (select line, key, min(line) over (partition by key) as first from import_keys where type = $1) k
        where line <> first order by line, first
        """,
        cancel,
        Text(table.TypeName));

    private Task<bool> RefuseTaken(ImportTable table, CancellationToken cancel) => Refuse(
        table,
        """
        select distinct on (k.line) k.line, 'externalIds', 'Another ' || k.type || ' has one of them: ' || e.resource_id || '.'
        from import_keys k join external_ids e on e.resource_type = k.type and e.digest = k.key
        where k.type = $1 and e.resource_id <> k.id order by k.line
        """,
        cancel,
        Text(table.TypeName));

    /// <summary>Puts the ids of the file's rows in the place of what stood for them.</summary>
    private async Task Resolve(CancellationToken cancel)
    {
        await stage.Execute(
            """
            create temp table import_resolved on commit drop as
            select distinct r.placeholder, k.id from import_references r join import_keys k on k.type = r.target and k.key = r.digest where not r.is_sure;
            create index on import_resolved (placeholder);
            analyze import_resolved;
            """,
            cancel);
        foreach (var table in ImportTables.All)
        {
            await Refuse(
                table,
                """
                select r.line, r.path, 'There is no ' || r.target || ' ' || r.name || ', here or in the file.' from import_references r
                where r.type = $1 and not r.is_sure and not exists (select from import_resolved m where m.placeholder = r.placeholder)
                """,
                cancel,
                Text(table.TypeName));
            await stage.Execute(
                $"""
                update {table.Staged} s set {string.Join(", ", table.References.Select(Resolved))}
                where s.line in (select r.line from import_references r where r.type = $1 and not r.is_sure)
                """,
                cancel,
                Text(table.TypeName));
        }
    }

    private static string Resolved(ReferenceColumn reference) => reference.IsList
        ? $"""
          {reference.Column} = case when s.{reference.Column} = '{"{}"}' then s.{reference.Column} else array(
              select coalesce(m.id, r.id) from unnest(s.{reference.Column}) with ordinality r(id, place)
              left join import_resolved m on m.placeholder = r.id order by r.place) end
          """
        : $"{reference.Column} = coalesce((select m.id from import_resolved m where m.placeholder = s.{reference.Column}), s.{reference.Column})";

    /// <summary>What refers to what is not there, or to what was refused: each kind refers to those before it, and to itself.</summary>
    private async Task RefuseMissing(ImportTable table, CancellationToken cancel)
    {
        if (table.References.Any(r => r.To == table.Type))
        {
            await RefuseOrphans(table, cancel);
        }

        foreach (var reference in table.References)
        {
            var target = ImportTables.Of(reference.To);
            var (from, id, path) = reference.IsList
                ? ($", unnest(s.{reference.Column}) with ordinality e(id, place)", "e.id", $"'{reference.Path}[' || e.place - 1 || ']'")
                : ("", $"s.{reference.Column}", $"'{reference.Path}'");
            await Refuse(
                table,
                $"""
                select s.line, {path}, {Missing("s.line", path, target, id)} from {table.Staged} s{from}
                where s.deleted_at is null and {id} is not null
                    and not exists (select from {target.Name} t where t.id = {id} and t.live)
                    and not exists (select from {target.Staged} i where i.id = {id} and i.deleted_at is null)
                """,
                cancel);
        }

        // Whose resource is there, but not with the id by which it was referred to: the row that was to give it that was refused.
        await Refuse(
            table,
            """
            select r.line, r.path, 'There is no ' || r.target || ' ' || r.name || ', here or in the file.' from import_references r
            where r.type = $1 and not exists (select from import_keys k where k.type = r.target and k.key = r.digest)
            """,
            cancel,
            Text(table.TypeName));
    }

    /// <summary>Rows that hang by rows of their own kind, over however many steps, on what is not there: all at once.</summary>
    private async Task RefuseOrphans(ImportTable table, CancellationToken cancel)
    {
        var edges = string.Join("\nunion all\n", table.References.Where(r => r.To == table.Type).Select(r => $"""
            select s.id, s.line, '{r.Path}' as path, s.{r.Column} as target from {table.Staged} s
            where s.deleted_at is null and s.{r.Column} is not null
                and (not exists (select from {table.Name} t where t.id = s.{r.Column} and t.live)
                    or exists (select from import_references r where r.line = s.line and r.path = '{r.Path}'))
            """));
        await stage.Execute(
            $"""
            create temp table import_edges on commit drop as {edges};
            create index on import_edges (target);
            analyze import_edges;
            create temp table import_orphans on commit drop as
            with recursive orphans(id) as (
                select e.id from import_edges e where not exists (select from {table.Staged} i where i.id = e.target and i.deleted_at is null)
                union
                select e.id from orphans o cross join lateral (select id from import_edges where target = o.id offset 0) e)
            select id from orphans;
            create index on import_orphans (id);
            analyze import_orphans;
            """,
            cancel);
        await Refuse(
            table,
            $"""
            select e.line, e.path, {Missing("e.line", "e.path", table, "e.target")} from import_edges e
            where not exists (select from {table.Staged} i where i.id = e.target and i.deleted_at is null) or exists (select from import_orphans o where o.id = e.target)
            """,
            cancel);
    }

    /// <summary>The message, by the name that the row has for what is missing.</summary>
    private static string Missing(string line, string path, ImportTable target, string id) =>
        $"""
        coalesce(
            (select 'There is no ' || r.target || ' ' || r.name || ', here or in the file.' from import_references r where r.line = {line} and r.path = {path}),
            'There is no {target.TypeName} ' || {id} || ', or it is deleted.')
        """;

    private async Task RefuseSame(ImportTable table, CancellationToken cancel)
    {
        var key = string.Join(", ", table.NaturalKey.Select(part => part.Replace("{0}", "s", StringComparison.Ordinal)));
        await Refuse(
            table,
            ", other",
            $"""
            select line, '', ' says the same: of its like there is one.', first
            from (select s.line, min(s.line) over (partition by {key}) as first from {table.Staged} s where s.deleted_at is null) d where line <> first
            """,
            cancel);
        await Refuse(
            table,
            $"""
            select s.line, '', 'There is one of its like already: {table.TypeName} ' || t.id || '.' from {table.Staged} s
            join {table.Name} t on t.live and {ImportStage.Same(table, "t", "s")}
            where s.deleted_at is null and t.id <> s.id and not exists (select from {table.Staged} i where i.id = t.id)
            union all
            select s.line, '', 'What is to be like it still is {table.TypeName} ' || t.id || ', which this file changes too: import that change first.' from {table.Staged} s
            join {table.Name} t on t.live and {ImportStage.Same(table, "t", "s")}
            where s.deleted_at is null and t.id <> s.id and exists (select from {table.Staged} i where i.id = t.id)
            """,
            cancel);
    }

    /// <summary>Parents and owners of the staged sources, and of what is above them, taken together. By what is new and nobody's parent or owner no circle goes.</summary>
    private async Task RefuseCycles(CancellationToken cancel)
    {
        var edges = await stage.Query(
            """
            with recursive edges(id, above) as (
                select s.id, a from import_sources s, unnest(array[s.parent_id, s.owner_id]) a where a is not null and s.deleted_at is null
                    and (not s.is_new or s.id in (select parent_id from import_sources union all select owner_id from import_sources))
                union
                select s.id, a from edges e
                join sources s on s.id = e.above and s.live and not exists (select from import_sources i where i.id = s.id),
                unnest(array[s.parent_id, s.owner_id]) a where a is not null)
            select id, above from edges
            """,
            row => (From: row.GetGuid(0), To: row.GetGuid(1)),
            cancel);
        if (edges.Count == 0)
        {
            return;
        }

        var places = new Dictionary<Guid, int>();
        var ids = new List<Guid>();
        var from = edges.ConvertAll(e => PlaceOf(e.From));
        var to = edges.ConvertAll(e => PlaceOf(e.To));
        var graph = DirectedGraph.Of(ids.Count, from, to);
        foreach (var circle in graph.Circles())
        {
            var path = string.Join(" → ", graph.ShortestCycle(circle).Take(Error.Conflict.MaxNamed).Select(at => ids[at]));
            await RefuseCycle([.. circle.Select(at => ids[at])], path, cancel);
        }

        var own = edges.Where(e => e.From == e.To).Select(e => e.From).ToArray();
        if (own.Length > 0)
        {
            await RefuseCycle(own, "to itself", cancel);
        }

        int PlaceOf(Guid id)
        {
            if (!places.TryGetValue(id, out var place))
            {
                places.Add(id, place = ids.Count);
                ids.Add(id);
            }

            return place;
        }
    }

    private Task<bool> RefuseCycle(Guid[] sources, string path, CancellationToken cancel) => Refuse(
        ImportTables.Of(ResourceType.Source),
        "select s.line, case when s.parent_id is null then 'ownerId' else 'parentId' end, $2 from import_sources s where s.id = any($1)",
        cancel,
        new NpgsqlParameter<Guid[]> { TypedValue = sources },
        Text($"parentId and ownerId would close a cycle: {path}."));

    private Task<bool> Refuse(ImportTable table, string sql, CancellationToken cancel, params NpgsqlParameter[] parameters) => Refuse(table, "", sql, cancel, parameters);

    /// <summary>However many there are: they are read some at a time.</summary>
    /// <param name="table">Of which the rows are.</param>
    /// <param name="other">Where a message goes on from the naming of another row: the column of that row's number.</param>
    /// <param name="sql">The rows' numbers, paths and messages.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="parameters">Of the SQL.</param>
    /// <returns>Whether there were any.</returns>
    private async Task<bool> Refuse(ImportTable table, string other, string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        if (await stage.Execute($"insert into import_found (line, path, message{other}) {sql}", cancel, parameters) == 0)
        {
            return false;
        }

        await stage.Execute("declare import_faults no scroll cursor for select line, path, message, other from import_found", cancel);
        while (await stage.Query("fetch 1000 from import_faults", row => new RowFault(row.GetInt32(0), table.Type, row.GetString(1), MessageIn(row)), cancel) is { Count: > 0 } found)
        {
            foreach (var fault in found)
            {
                await faults.Add(fault.Line, fault.Type, [new(fault.Path, fault.Message)], cancel);
            }
        }

        await stage.Execute("close import_faults", cancel);
        var lines = await stage.Scalar<long>("select count(distinct line) from import_found", cancel);
        var removed = await stage.Execute($"delete from {table.Staged} where line in (select line from import_found)", cancel);
        batches.TakeBack(table.Type, lines - removed);
        await stage.Execute(
            """
            delete from import_keys where line in (select line from import_found);
            delete from import_references where line in (select line from import_found);
            truncate import_found;
            """,
            cancel);
        return true;
    }

    private string MessageIn(NpgsqlDataReader row) =>
        row.IsDBNull(3) ? row.GetString(2) : $"Line {faults.LineOf(row.GetInt32(3))}{row.GetString(2)}";

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };
}
