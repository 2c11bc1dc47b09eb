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
    /// The few rows of the addresses are fetched first, by the index, and then counted off for each: PostgreSQL, which knows nothing of the share of an
    /// array of keys, would read the whole table for a limit.
    /// </summary>
    private const string ByUrl = """
        select id from (
            select f.id, row_number() over (partition by k.key order by f.id) as no
            from (select id, url_keys from {0} where id = any (array(select id from {0} where url_keys && $1)) and live) f
            cross join lateral unnest(f.url_keys) k(key)
            where k.key = any ($1)) numbered
        where no <= $2
        """;

    private const string ByExternalId = "select resource_id from external_ids where resource_type = any ($1) and digest = any ($2)";

    private static readonly string[] Tables = ["sources", "claims"];

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

    public async Task<IReadOnlySet<Guid>> FindByKeys(IReadOnlyCollection<string> urls, IReadOnlyCollection<ExternalId> externalIds, CancellationToken cancel)
    {
        var found = new HashSet<Guid>();
        var keys = SourceUrl.Keys(urls);
        if (keys.Length == 0 && externalIds.Count == 0)
        {
            return found;
        }

        await using var batch = database.CreateBatch();
        foreach (var table in keys.Length == 0 ? [] : Tables)
        {
            batch.BatchCommands.Add(new(ByUrl.Replace("{0}", table, StringComparison.Ordinal))
            {
                Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = keys }, new NpgsqlParameter<int> { TypedValue = IEntities.MostOfAddress } },
            });
        }

        if (externalIds.Count > 0)
        {
            batch.BatchCommands.Add(new(ByExternalId)
            {
                Parameters =
                {
                    new NpgsqlParameter<string[]> { TypedValue = Types },
                    new NpgsqlParameter<byte[][]> { TypedValue = [.. externalIds.Distinct().Select(ExternalIdDigest.Of)] },
                },
            });
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        do
        {
            while (await reader.ReadAsync(cancel))
            {
                found.Add(reader.GetGuid(0));
            }
        }
        while (await reader.NextResultAsync(cancel));

        return found;
    }
}
