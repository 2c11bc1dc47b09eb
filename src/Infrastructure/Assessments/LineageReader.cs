using System.Data;
using System.Globalization;
using Npgsql;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Assessments;

/// <summary>Cycles are found in memory, over all edges of one snapshot; a source's lineage step by step in the database.</summary>
internal sealed class LineageReader(NpgsqlDataSource database) : ILineage, IDisposable
{
    // The same snapshot shows the same rows.
    private const string Snapshot = "select pg_current_snapshot()::text";

    // An edge is in a cycle only where another leads to its beginning and another from its end: most go here. The row without ends counts them all.
    private const string Edges = """
        with edges as materialized (
            select from_id, to_id, true as derived from derivations where live and relation <> 'same-wire'
            union all
            select k.source_id, a.source_id, false
            from corroboration_attributions a join corroborations k on k.id = a.corroboration_id
            where a.live and k.live and k.stance <> 'mentions'
            limit $1
        )
        select null, null, null, count(*)::int from edges
        union all
        select from_id, to_id, bool_or(derived), 0 from edges
        where from_id in (select to_id from edges) and to_id in (select from_id from edges)
        group by from_id, to_id
        """;

    private const string Claims = """
        select distinct claim_id, count(*) over () from (
            select k.claim_id from corroborations k
            where k.source_id = any($1) and k.live and k.stance <> 'mentions' and ($2 or k.attributed_to_ids && $1)
            limit $3) links
        order by claim_id
        """;

    private const string Names = "select s.id, s.kind, s.name from sources s where s.id = any($1)";

    private const string One = "select s.id, s.kind, s.name from sources s where s.id = $1 and s.live";

    private const string DerivationsUp = """
        select d.from_id, d.to_id, d.relation, d.id from derivations d
        where d.from_id = any($1) and d.live and d.relation <> 'same-wire' order by d.to_id, d.from_id, d.id limit $2
        """;

    private const string DerivationsDown = """
        select d.from_id, d.to_id, d.relation, d.id from derivations d
        where d.to_id = any($1) and d.live and d.relation <> 'same-wire' order by d.from_id, d.to_id, d.id limit $2
        """;

    // So many links are read, no more, however many a source has; those written first come first.
    private const string AttributionsUp = """
        with links as materialized (
            select k.source_id, k.attributed_to_ids, k.claim_id, k.stance
            from unnest($1) with ordinality n(id, place)
            cross join lateral (
                select source_id, attributed_to_ids, claim_id, stance from corroborations
                where source_id = n.id and live order by created_at, id limit $2) k
            limit $2
        )
        select source_id, earlier, count(distinct claim_id)::int, (array_agg(distinct claim_id order by claim_id))[:$3], (select count(*)::int from links)
        from links cross join lateral unnest(attributed_to_ids) earlier
        where stance <> 'mentions'
        group by source_id, earlier
        order by earlier, source_id
        """;

    private const string AttributionsDown = """
        with links as materialized (
            select a.source_id as earlier, a.corroboration_id
            from unnest($1) with ordinality n(id, place)
            cross join lateral (
                select source_id, corroboration_id from corroboration_attributions
                where source_id = n.id and live order by corroboration_id limit $2) a
            limit $2
        )
        select k.source_id, links.earlier, count(distinct k.claim_id)::int, (array_agg(distinct k.claim_id order by k.claim_id))[:$3], (select count(*)::int from links)
        from links join corroborations k on k.id = links.corroboration_id
        where k.live and k.stance <> 'mentions'
        group by k.source_id, links.earlier
        order by k.source_id, links.earlier
        """;

    private const string Planning = "select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true)";

    private readonly SemaphoreSlim _turn = new(1);
    private Found? _last;

    public async Task<Result<Page<CircularReporting>>> Cycles(SourceId? after, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var found = await Find(connection, transaction, cancel);
        if (found.Failed(out var error))
        {
            return error;
        }

        var cycles = found.Value.Cycles;
        var start = after is { } last ? FirstAfter(cycles, last.Value) : 0;
        var page = cycles.Skip(start).Take(limit).ToList();
        var named = await ReadNames(connection, transaction, [.. page.SelectMany(c => c.Path.Take(ILineage.NamedMembers)).Distinct()], cancel);
        var items = await ReadClaims(connection, transaction, page, named, cancel);
        await transaction.CommitAsync(cancel);
        return new Page<CircularReporting>(items, start + limit < cycles.Count ? new Position(null, null, page[^1].Members[0]) : null);
    }

    public async Task<SourceLineage?> Trace(SourceId id, LineageDirection direction, int depth, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await using (var planning = new NpgsqlCommand(Planning, connection, transaction))
        {
            await planning.ExecuteNonQueryAsync(cancel);
        }

        await using (var command = new NpgsqlCommand(One, connection, transaction))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
            if (await command.ExecuteScalarAsync(cancel) is null)
            {
                return null;
            }
        }

        var distances = new Dictionary<Guid, int> { [id.Value] = 0 };
        var order = new List<Guid> { id.Value };
        var edges = new List<LineageStep>();
        var isTruncated = false;
        Guid[] frontier = [id.Value];
        for (var distance = 1; distance <= depth && frontier.Length > 0; distance++)
        {
            var (step, wasCut) = await ReadStep(connection, transaction, frontier, direction, cancel);
            isTruncated |= wasCut;
            Guid[] next = [.. step.Select(Further).Where(s => !distances.ContainsKey(s)).Distinct().Order()];
            var room = ILineage.MaxNodes - order.Count;
            isTruncated |= next.Length > room;
            frontier = next.Length > room ? next[..room] : next;
            order.AddRange(frontier);
            Array.ForEach(frontier, s => distances.Add(s, distance));
            edges.AddRange(step.Where(e => distances.ContainsKey(e.From.Value) && distances.ContainsKey(e.To.Value)));
            if (edges.Count > ILineage.MaxTracedEdges)
            {
                isTruncated = true;
                edges.RemoveRange(ILineage.MaxTracedEdges, edges.Count - ILineage.MaxTracedEdges);
            }
        }

        var names = await ReadNames(connection, transaction, order, cancel);
        await transaction.CommitAsync(cancel);
        return new([.. order.Select(s => new LineageNode(names[s], distances[s]))], edges, isTruncated);

        Guid Further(LineageStep edge) => direction == LineageDirection.Up ? edge.To.Value : edge.From.Value;
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>All cycles of what the transaction sees; found once for each state of the database, and by one request at a time.</summary>
    private async Task<Result<Found>> Find(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Snapshot, connection, transaction);
        var snapshot = (string)(await command.ExecuteScalarAsync(cancel))!;
        if (_last is { } known && known.Snapshot == snapshot)
        {
            return known;
        }

        await _turn.WaitAsync(cancel);
        try
        {
            if (_last is { } found && found.Snapshot == snapshot)
            {
                return found;
            }

            var searched = await Search(connection, transaction, snapshot, cancel);
            if (searched.Failed(out var error))
            {
                return error;
            }

            return _last = searched.Value;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<Result<Found>> Search(NpgsqlConnection connection, NpgsqlTransaction transaction, string snapshot, CancellationToken cancel)
    {
        var edges = new List<(Guid From, Guid To, bool Derived)>();
        await using (var command = new NpgsqlCommand(Edges, connection, transaction))
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ILineage.MaxEdges + 1 });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                if (!reader.IsDBNull(0))
                {
                    edges.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetBoolean(2)));
                }
                else if (reader.GetInt32(3) > ILineage.MaxEdges)
                {
                    return new Error.TooLarge(string.Create(
                        CultureInfo.InvariantCulture, $"There are more than {ILineage.MaxEdges:N0} derivations and attributions: they are not searched for cycles."));
                }
            }
        }

        Guid[] ids = [.. edges.SelectMany(e => new[] { e.From, e.To }).Distinct().Order()];
        var places = new Dictionary<Guid, int>(ids.Length);
        for (var place = 0; place < ids.Length; place++)
        {
            places.Add(ids[place], place);
        }

        var graph = DirectedGraph.Of(ids.Length, edges.ConvertAll(e => places[e.From]), edges.ConvertAll(e => places[e.To]));
        var circles = graph.Circles();
        var circleOf = new Dictionary<Guid, int>();
        for (var circle = 0; circle < circles.Count; circle++)
        {
            foreach (var member in circles[circle])
            {
                circleOf.Add(ids[member], circle);
            }
        }

        var derived = edges.Where(e => e.Derived && circleOf.TryGetValue(e.From, out var from) && circleOf.TryGetValue(e.To, out var to) && from == to)
            .Select(e => circleOf[e.From]).ToHashSet();
        return new Found(
            snapshot,
            [.. circles.Select((c, at) => new Cycle([.. c.Select(p => ids[p])], [.. graph.ShortestCycle(c).Select(p => ids[p])], derived.Contains(at)))]);
    }

    private static int FirstAfter(IReadOnlyList<Cycle> cycles, Guid last)
    {
        var (low, high) = (0, cycles.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = cycles[middle].Members[0].CompareTo(last) > 0 ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static async Task<List<CircularReporting>> ReadClaims(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Cycle> page, Dictionary<Guid, SourceName> names, CancellationToken cancel)
    {
        var items = new List<CircularReporting>(page.Count);
        if (page.Count == 0)
        {
            return items;
        }

        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new(Planning));
        foreach (var cycle in page)
        {
            batch.BatchCommands.Add(new(Claims)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid[]> { TypedValue = cycle.Members },
                    new NpgsqlParameter<bool> { TypedValue = cycle.HasDerivation },
                    new NpgsqlParameter<int> { TypedValue = ILineage.CountedLinks + 1 },
                },
            });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var cycle in page)
        {
            await reader.NextResultAsync(cancel);
            var claims = new List<ClaimId>();
            long links = 0;
            while (await reader.ReadAsync(cancel))
            {
                claims.Add(new(reader.GetGuid(0)));
                links = reader.GetInt64(1);
            }

            items.Add(new()
            {
                Members = [.. cycle.Members.Take(ILineage.NamedMembers).Select(m => new SourceId(m))],
                MemberCount = cycle.Members.Length,
                Path = [.. cycle.Path.Take(ILineage.NamedMembers).Select(s => names[s])],
                PathLength = cycle.Path.Length,
                HasDerivation = cycle.HasDerivation,
                Claims = claims.Count > ILineage.NamedClaims ? claims.GetRange(0, ILineage.NamedClaims) : claims,
                ClaimCount = claims.Count,
                IsClaimCountExact = links <= ILineage.CountedLinks,
            });
        }

        return items;
    }

    private static async Task<Dictionary<Guid, SourceName>> ReadNames(
        NpgsqlConnection connection, NpgsqlTransaction transaction, List<Guid> ids, CancellationToken cancel)
    {
        var names = new Dictionary<Guid, SourceName>(ids.Count);
        if (ids.Count == 0)
        {
            return names;
        }

        await using var command = new NpgsqlCommand(Names, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var row = new RowReader(reader);
            var id = row.Id();
            names.Add(id, new(new(id), row.Enum<SourceKind>(), row.Text()));
        }

        return names;
    }

    /// <summary>All edges that lead away from these sources, and whether there are more than were looked at.</summary>
    private static async Task<(List<LineageStep> Edges, bool IsTruncated)> ReadStep(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] frontier, LineageDirection direction, CancellationToken cancel)
    {
        var isUp = direction == LineageDirection.Up;
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new(isUp ? DerivationsUp : DerivationsDown)
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = frontier }, new NpgsqlParameter<int> { TypedValue = ILineage.MaxTracedEdges + 1 } },
        });
        batch.BatchCommands.Add(new(isUp ? AttributionsUp : AttributionsDown)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid[]> { TypedValue = frontier },
                new NpgsqlParameter<int> { TypedValue = ILineage.MaxLinksPerStep + 1 },
                new NpgsqlParameter<int> { TypedValue = ILineage.NamedClaims },
            },
        });

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var edges = new List<LineageStep>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new RowReader(reader);
            edges.Add(new()
            {
                From = new(row.Id()),
                To = new(row.Id()),
                Via = LineageVia.Derivation,
                Relation = row.Enum<DerivationRelation>(),
                DerivationId = new(row.Id()),
            });
        }

        var isTruncated = edges.Count > ILineage.MaxTracedEdges;
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var row = new RowReader(reader);
            edges.Add(new()
            {
                From = new(row.Id()),
                To = new(row.Id()),
                Via = LineageVia.Attribution,
                ClaimCount = row.Int(),
                ClaimIds = [.. row.Ids().Select(id => new ClaimId(id))],
            });
            isTruncated |= row.Int() > ILineage.MaxLinksPerStep;
        }

        return (edges, isTruncated);
    }

    private sealed record Cycle(Guid[] Members, Guid[] Path, bool HasDerivation);

    private sealed record Found(string Snapshot, IReadOnlyList<Cycle> Cycles);
}
