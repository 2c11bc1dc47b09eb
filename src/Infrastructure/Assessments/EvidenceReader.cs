using Npgsql;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Assessments;

/// <summary>
/// Fetches the evidence of any number of claims in four round trips, however many links they have and however deep their lineage is. What it reads
/// must not change meanwhile: it needs a snapshot, or the locks of whoever writes (see Assessments.sql).
/// </summary>
internal sealed class EvidenceReader(NpgsqlConnection connection, NpgsqlTransaction transaction)
{
    /// <summary>So many are looked at, one more than there may be.</summary>
    private const int MostSources = Assessor.MaxSources + 1;

    private const string Planning = "select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true)";

    // "offset 0" keeps each lateral query as it is: from what is at hand by an index to what belongs to it. Where the planner may choose it joins a
    // table of a few thousand rows as a whole, for each claim and in each round of a recursion.

    /// <summary>The claims of each claim's pool, and those that contradict one of it.</summary>
    private const string Pools = """
        with recursive pool(root, id) as (
            select i, i from unnest($1) i
            union
            select pool.root, t.b
            from pool cross join lateral (select b from claim_ties where a = pool.id and kind = 'equivalent' and scope_difference = 'none' offset 0) t
        )
        select root, id, false from pool
        union
        select pool.root, t.b, true
        from pool cross join lateral (select b from claim_ties where a = pool.id and kind = 'contradicts' and scope_difference = 'none' offset 0) t
        """;

    private const string Overrides = "select claim_id, credibility, reason, set_by, set_at from assessment_overrides where claim_id = any($1)";

    /// <summary>Claims that may bear these out, and what is known of them.</summary>
    private const string Neighbours = """
        select i.id, t.b, n.stale, n.rule = 'confirmed'
        from unnest($1) i(id) cross join lateral (select b from claim_ties where a = i.id and kind in ('entails', 'refines') offset 0) t
        join claim_assessments n on n.claim_id = t.b
        """;

    private const string Claims = "select id, kind, plausible, claimant_id from claims where id = any($1) and live";

    private const string Links = """
        select k.claim_id, k.id, k.source_id, k.stance, k.directness, k.interest, k.attributed_to_ids, k.cited_in_id
        from corroborations k where k.claim_id = any($1) and k.live and k.stance <> 'mentions'
        """;

    /// <summary>Texts that are republished or translated, from the links' sources on.</summary>
    private const string Reached = """
        with recursive reached(id) as (
            select unnest($1)
            union
            select d.to_id
            from reached cross join lateral (
                select to_id from derivations where from_id = reached.id and live and relation in ('republishes', 'translates') offset 0) d
        )
        select id from reached limit $2
        """;

    private const string Derivations = """
        select d.from_id, d.to_id, d.relation from derivations d
        where d.from_id = any($1) and d.live and d.relation <> 'same-wire' and (d.relation in ('republishes', 'translates') or d.to_id = any($2))
        """;

    private const string Wires = """
        with recursive wired(id) as (
            select unnest($1)
            union
            select t.b
            from wired cross join lateral (
                select to_id as b from derivations where from_id = wired.id and live and relation = 'same-wire'
                union all
                select from_id from derivations where to_id = wired.id and live and relation = 'same-wire' offset 0) t
        )
        select wired.id, d.to_id
        from wired cross join lateral (select to_id from derivations where from_id = wired.id and live and relation = 'same-wire' offset 0) d
        limit $2
        """;

    /// <summary>Sources, and whom they belong to; who is both comes twice.</summary>
    private const string Kin = """
        with recursive known as materialized (
            select id, kind, name, parent_id, owner_id, content_hash from sources where id = any($1)
        ), above(id) as (
            select coalesce(owner_id, parent_id) from known where coalesce(owner_id, parent_id) is not null
            union
            select s.id
            from above cross join lateral (
                select coalesce(owner_id, parent_id) as id from sources where id = above.id and coalesce(owner_id, parent_id) is not null offset 0) s
        )
        select id, kind, name, parent_id, owner_id, content_hash from known
        union all
        select s.* from above cross join lateral (select id, kind, name, parent_id, owner_id, content_hash from sources where id = above.id offset 0) s
        """;

    /// <summary>
    /// The evidence of each living claim of these; null where the lineage of all of them together is larger than that of one may be. Whether
    /// neighbours of a claim are confirmed is read where it is known, and else derived.
    /// </summary>
    public Task<IReadOnlyList<Evidence>?> Read(IReadOnlyCollection<Guid> ids, CancellationToken cancel) => Read(ids, withNeighbours: true, cancel);

    private async Task<IReadOnlyList<Evidence>?> Read(IReadOnlyCollection<Guid> ids, bool withNeighbours, CancellationToken cancel)
    {
        var roots = ids.Distinct().ToArray();
        var pools = roots.ToDictionary(id => id, _ => (Own: new HashSet<Guid>(), Contradicting: new HashSet<Guid>()));
        var overrides = new Dictionary<Guid, CredibilityOverride>();
        var borneOut = new HashSet<Guid>();
        var toDerive = new List<(Guid Claim, Guid Neighbour)>();
        await using (var batch = Batch())
        {
            batch.BatchCommands.Add(new(Planning));
            batch.BatchCommands.Add(With(Pools, roots));
            batch.BatchCommands.Add(With(Overrides, roots));
            if (withNeighbours)
            {
                batch.BatchCommands.Add(With(Neighbours, roots));
            }

            await using var reader = await batch.ExecuteReaderAsync(cancel);
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var (own, contradicting) = pools[reader.GetGuid(0)];
                (reader.GetBoolean(2) ? contradicting : own).Add(reader.GetGuid(1));
            }

            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var row = new RowReader(reader, at: 2);
                overrides.Add(reader.GetGuid(0), new(reader.GetInt16(1), row.Text(), row.Text(), row.Instant()));
            }

            if (withNeighbours)
            {
                await reader.NextResultAsync(cancel);
                while (await reader.ReadAsync(cancel))
                {
                    if (reader.GetBoolean(2))
                    {
                        toDerive.Add((reader.GetGuid(0), reader.GetGuid(1)));
                    }
                    else if (reader.GetBoolean(3))
                    {
                        borneOut.Add(reader.GetGuid(0));
                    }
                }
            }
        }

        var claims = new Dictionary<Guid, (ClaimKind Kind, bool? Plausible, Guid? Claimant)>();
        var links = new Dictionary<Guid, List<LinkEvidence>>();
        Guid[] involved = [.. pools.Values.SelectMany(p => p.Own.Concat(p.Contradicting)).Distinct()];
        await using (var batch = Batch())
        {
            batch.BatchCommands.Add(With(Claims, involved));
            batch.BatchCommands.Add(With(Links, involved));
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var row = new RowReader(reader);
                claims.Add(row.Id(), (row.Enum<ClaimKind>(), row.OptionalBool(), row.OptionalId()));
            }

            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var row = new RowReader(reader);
                var claim = row.Id();
                (links.TryGetValue(claim, out var list) ? list : links[claim] = []).Add(new(
                    new(row.Id()), new(row.Id()), row.Enum<Stance>(), row.Enum<Directness>(), row.Enum<Interest>(), [.. row.Ids().Select(id => new SourceId(id))],
                    row.OptionalId() is { } citedIn ? new SourceId(citedIn) : null)
                {
                    ClaimId = new(claim),
                });
            }
        }

        var lineage = await ReadLineage([.. links.Values.SelectMany(l => l)], cancel);
        if (lineage is null)
        {
            return null;
        }

        toDerive.RemoveAll(d => borneOut.Contains(d.Claim));
        var confirmed = await Confirmed([.. toDerive.Select(d => d.Neighbour).Distinct()], cancel);
        borneOut.UnionWith(toDerive.Where(d => confirmed.Contains(d.Neighbour)).Select(d => d.Claim));

        return
        [
            .. roots.Where(claims.ContainsKey).Select(root =>
            {
                var (own, contradicting) = pools[root];
                var (kind, plausible, _) = claims[root];
                return new Evidence
                {
                    ClaimId = new(root),
                    Kind = kind,
                    Plausible = plausible,
                    Override = overrides.GetValueOrDefault(root),
                    For = new([.. LinksOf(own, Supporting)], [.. Deniers(own)]),
                    Against = new([.. LinksOf(own, Opposing), .. LinksOf(contradicting, Supporting)], [.. Deniers(own.Concat(contradicting))]),
                    IsBorneOutByConfirmed = borneOut.Contains(root),
                    Lineage = lineage,
                };
            }),
        ];

        IEnumerable<LinkEvidence> LinksOf(IEnumerable<Guid> of, Func<Stance, bool> which) =>
            of.SelectMany(id => links.GetValueOrDefault(id) ?? []).Where(l => which(l.Stance));

        IEnumerable<SourceId> Deniers(IEnumerable<Guid> of) =>
            of.Where(claims.ContainsKey).Select(id => claims[id]).Where(c => c is { Kind: ClaimKind.Denial, Claimant: not null }).Select(c => new SourceId(c.Claimant!.Value)).Distinct();

        static bool Supporting(Stance stance) => stance is Stance.Supports or Stance.Reports;
        static bool Opposing(Stance stance) => stance is Stance.Contradicts or Stance.Denies;
    }

    /// <summary>Which of these are confirmed; one that is too large to be assessed is not.</summary>
    private async Task<HashSet<Guid>> Confirmed(Guid[] ids, CancellationToken cancel)
    {
        if (ids.Length == 0)
        {
            return [];
        }

        if (await Read(ids, withNeighbours: false, cancel) is { } evidence)
        {
            return [.. evidence.Select(Assessor.Assess).Where(a => !a.Failed(out _) && a.Value.Rule == Rule.Confirmed).Select(a => a.Value.ClaimId.Value)];
        }

        // Together they are too large; by themselves they may not be.
        var confirmed = new HashSet<Guid>();
        foreach (var half in ids.Length == 1 ? [] : ids.Chunk((ids.Length + 1) / 2))
        {
            confirmed.UnionWith(await Confirmed(half, cancel));
        }

        return confirmed;
    }

    private async Task<Lineage?> ReadLineage(IReadOnlyList<LinkEvidence> links, CancellationToken cancel)
    {
        var named = links.SelectMany(l => l.AttributedToIds.Append(l.SourceId)).Select(s => s.Value).ToHashSet();
        var reached = new HashSet<Guid>();
        await using (var command = new NpgsqlCommand(Reached, connection, transaction))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. named] });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MostSources });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                reached.Add(reader.GetGuid(0));
            }
        }

        Guid[] concerned = [.. reached.Union(links.Select(l => l.Witness.Value))];
        if (concerned.Length >= MostSources)
        {
            return null;
        }

        var derivations = new List<DerivationEvidence>();
        var sources = new Dictionary<SourceId, SourceEvidence>();
        await using (var batch = Batch())
        {
            var derived = With(Derivations, [.. reached]);
            derived.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. named] });
            batch.BatchCommands.Add(derived);
            batch.BatchCommands.Add(With(Wires, concerned, MostSources));
            batch.BatchCommands.Add(With(Kin, concerned));
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var row = new RowReader(reader);
                derivations.Add(new(new(row.Id()), new(row.Id()), row.Enum<DerivationRelation>()));
            }

            await reader.NextResultAsync(cancel);
            var wires = 0;
            while (await reader.ReadAsync(cancel))
            {
                wires++;
                derivations.Add(new(new(reader.GetGuid(0)), new(reader.GetGuid(1)), DerivationRelation.SameWire));
            }

            if (wires >= MostSources)
            {
                return null;
            }

            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var row = new RowReader(reader);
                var id = new SourceId(row.Id());
                sources[id] = new(
                    id, row.Enum<SourceKind>(), row.Text(), row.OptionalId() is { } parent ? new SourceId(parent) : null,
                    row.OptionalId() is { } owner ? new SourceId(owner) : null, row.OptionalText());
            }
        }

        return new(sources.Values, derivations);
    }

    private NpgsqlBatch Batch() => new(connection, transaction);

    private static NpgsqlBatchCommand With(string sql, Guid[] ids, int? limit = null)
    {
        var command = new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = ids } } };
        if (limit is { } most)
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        }

        return command;
    }
}
