using Npgsql;
using Stemma.Domain.Reconciliation;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Claims;
using Stemma.Infrastructure.Persistence;
using Stemma.Infrastructure.Sources;

namespace Stemma.Infrastructure.Reconciliation;

/// <summary>However many are asked for: three queries to load, one round trip to find.</summary>
internal sealed class Entities(NpgsqlDataSource database) : IEntities
{
    /// <summary>
    /// For one transaction: PostgreSQL, which knows nothing of the share of an array of keys, would read the whole table for a limit, and not the index.
    /// </summary>
    private const string Settings = "select set_config('enable_seqscan', 'off', true)";

    /// <summary>For each address a few of those that have it. The <c>offset</c> keeps other indexes away from what the index of addresses has found.</summary>
    private const string SourcesByUrl = """
        select a.no::int, f.id
        from unnest($1, $2) with ordinality a(key, kinds, no)
        cross join lateral (
            select s.id from (select id, kind, live from sources where url_keys @> array[a.key] offset 0) s
            where s.live and s.kind = any (string_to_array(a.kinds, ','))
            limit $3) f
        """;

    /// <inheritdoc cref="SourcesByUrl"/>
    private const string ClaimsByUrl = """
        select a.no::int, f.id
        from unnest($1) with ordinality a(key, no)
        cross join lateral (
            select c.id from (select id, live from claims where url_keys @> array[a.key] offset 0) c
            where c.live
            limit $2) f
        """;

    private const string ByExternalId = "select digest, resource_id from external_ids where resource_type = any ($1) and digest = any ($2)";

    private static readonly string[] Types = [StoredNames<ResourceType>.Of(ResourceType.Source), StoredNames<ResourceType>.Of(ResourceType.Claim)];

    public async Task<IReadOnlyDictionary<Guid, Entity>> Load(IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var sources = await SourceRows.Load(database, ids.Select(id => new SourceId(id)), cancel);
        var claims = await ClaimRows.Load(database, ids.Where(id => !sources.ContainsKey(new(id))).Select(id => new Domain.Claims.ClaimId(id)), cancel);
        var related = sources.Values.SelectMany(s => new[] { s.Content.ParentId, s.Content.OwnerId }).Concat(claims.Values.Select(c => c.Claim.Content.ClaimantId))
            .OfType<SourceId>().Where(id => !sources.ContainsKey(id));
        var others = await SourceRows.Load(database, related, cancel);

        var entities = new Dictionary<Guid, Entity>();
        foreach (var source in sources.Values)
        {
            entities.Add(source.Id.Value, new SourceEntity(new(source) { Parent = Find(source.Content.ParentId), Owner = Find(source.Content.OwnerId) }));
        }

        foreach (var claim in claims.Values)
        {
            entities.Add(claim.Claim.Id.Value, new ClaimEntity(claim with { Claimant = Find(claim.Claim.Content.ClaimantId) }));
        }

        return entities;

        Source? Find(SourceId? id) => id is { } wanted ? sources.GetValueOrDefault(wanted) ?? others.GetValueOrDefault(wanted) : null;
    }

    public async Task<IReadOnlyList<KeyedEntities>> FindByKeys(IReadOnlyList<EntityQuestion> rows, CancellationToken cancel)
    {
        var asked = rows.Select(Keys.Of).ToList();
        (Guid Url, string Kinds)[] sources = [.. asked.SelectMany(a => a.Sources).Distinct()];
        Guid[] claims = [.. asked.SelectMany(a => a.Claims).Distinct()];
        var digests = asked.SelectMany(a => a.ExternalIds).Distinct().ToDictionary(id => id, ExternalIdDigest.Of);
        if (sources.Length + claims.Length + digests.Count == 0)
        {
            return [.. rows.Select(_ => new KeyedEntities(new HashSet<Guid>(), AreAll: true))];
        }

        var limit = new NpgsqlParameter<int> { TypedValue = IEntities.MostOfAddress + 1 };
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(Settings));
        batch.BatchCommands.Add(new(SourcesByUrl)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid[]> { TypedValue = Array.ConvertAll(sources, s => s.Url) },
                new NpgsqlParameter<string[]> { TypedValue = Array.ConvertAll(sources, s => s.Kinds) },
                limit,
            },
        });
        batch.BatchCommands.Add(new(ClaimsByUrl) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = claims }, limit.Clone() } });
        batch.BatchCommands.Add(new(ByExternalId)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = Types }, new NpgsqlParameter<byte[][]> { TypedValue = [.. digests.Values] } },
        });

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var ofSources = await Found(reader, r => sources[r.GetInt32(0) - 1], cancel);
        await reader.NextResultAsync(cancel);
        var ofClaims = await Found(reader, r => claims[r.GetInt32(0) - 1], cancel);
        await reader.NextResultAsync(cancel);
        var ofIds = await Found(reader, r => Convert.ToHexString(r.GetFieldValue<byte[]>(0)), cancel);
        return asked.ConvertAll(row =>
        {
            List<List<Guid>> byUrl = [.. row.Sources.Select(s => ofSources.GetValueOrDefault(s, [])), .. row.Claims.Select(c => ofClaims.GetValueOrDefault(c, []))];
            var byId = row.ExternalIds.SelectMany(id => ofIds.GetValueOrDefault(Convert.ToHexString(digests[id]), []));
            return new KeyedEntities(
                byUrl.SelectMany(ids => ids.Take(IEntities.MostOfAddress)).Concat(byId).ToHashSet(), AreAll: byUrl.TrueForAll(ids => ids.Count <= IEntities.MostOfAddress));
        });
    }

    private static async Task<Dictionary<TKey, List<Guid>>> Found<TKey>(NpgsqlDataReader reader, Func<NpgsqlDataReader, TKey> keyOf, CancellationToken cancel)
        where TKey : notnull
    {
        var found = new Dictionary<TKey, List<Guid>>();
        while (await reader.ReadAsync(cancel))
        {
            var key = keyOf(reader);
            if (!found.TryGetValue(key, out var ids))
            {
                found.Add(key, ids = []);
            }

            ids.Add(reader.GetGuid(1));
        }

        return found;
    }

    /// <summary>The keys of a row, those of addresses with the kinds of sources that it may mean.</summary>
    private sealed record Keys(IReadOnlyList<(Guid Url, string Kinds)> Sources, IReadOnlyList<Guid> Claims, IReadOnlyList<ExternalId> ExternalIds)
    {
        public static Keys Of(EntityQuestion row)
        {
            var urls = SourceUrl.Keys(row.Urls);
            var kinds = string.Join(',', (row.Kinds is { Count: > 0 } some ? some : Enum.GetValues<SourceKind>()).Distinct().Order().Select(StoredNames<SourceKind>.Of));
            return new(row.WantsSources ? [.. urls.Select(u => (u, kinds))] : [], row.WantsClaims ? urls : [], [.. row.ExternalIds.Distinct()]);
        }
    }
}
