using Npgsql;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Infrastructure.Claims;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.ClaimRelations;

internal sealed class ClaimRelationReader(NpgsqlDataSource database) : IClaimRelationReader
{
    private static readonly string ById = $"select {ClaimRelationRows.Columns} from claim_relations r where r.id = $1 and r.live";

    public async Task<ClaimRelationView?> Find(ClaimRelationId id, ClaimRelationIncludes include, CancellationToken cancel)
    {
        ClaimRelationView? view;
        await using (var command = database.CreateCommand(ById))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            view = await reader.ReadAsync(cancel) ? Read(reader) : null;
        }

        return view is null ? null : (await Embed([view], include, cancel))[0];
    }

    public async Task<Page<ClaimRelationView>> List(
        ClaimRelationFilter filter, PageRequest<ClaimRelationSort> page, ClaimRelationIncludes include, CancellationToken cancel)
    {
        var sql = new ListSql("claim_relations", "r", page.Descending);
        Where(sql, filter);
        var (views, total) = await database.ReadPage(sql, ClaimRelationRows.Columns, "claim_relations r", Key(page.Sort), page, Read, cancel);

        Position? next = null;
        if (views.Count > page.Limit)
        {
            views.RemoveAt(page.Limit);
            next = PositionOf(views[^1].Relation, page.Sort);
        }

        return new(await Embed(views, include, cancel), next, total);
    }

    public static void Where(ListSql sql, ClaimRelationFilter filter)
    {
        sql.AndAny("r.from_id", [.. filter.FromIds.Select(id => id.Value)]);
        sql.AndAny("r.to_id", [.. filter.ToIds.Select(id => id.Value)]);
        sql.AndEither("r.from_id", "r.to_id", [.. filter.ClaimIds.Select(id => id.Value)]);
        sql.AndAnyOf("r.kind", filter.Kinds);
        sql.AndAnyOf("r.scope_difference", filter.ScopeDifferences);
        sql.AndStored(filter.Stored, ResourceType.ClaimRelation);
    }

    private static SortKey Key(ClaimRelationSort sort) => sort switch
    {
        ClaimRelationSort.CreatedAt => new("created_at"),
        ClaimRelationSort.UpdatedAt => new("updated_at"),
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    private static Position PositionOf(ClaimRelation relation, ClaimRelationSort sort) =>
        new(sort == ClaimRelationSort.UpdatedAt ? relation.UpdatedAt : relation.CreatedAt, null, relation.Id.Value);

    private static ClaimRelationView Read(NpgsqlDataReader reader) => new ClaimRelationView(ClaimRelationRows.Read(reader));

    private async Task<List<ClaimRelationView>> Embed(List<ClaimRelationView> views, ClaimRelationIncludes include, CancellationToken cancel)
    {
        if (include == ClaimRelationIncludes.None || views.Count == 0)
        {
            return views;
        }

        var (withFrom, withTo) = (include.HasFlag(ClaimRelationIncludes.From), include.HasFlag(ClaimRelationIncludes.To));
        var contents = views.Select(v => v.Relation.Content).ToList();
        var claims = await ClaimRows.Load(
            database, [.. contents.Where(_ => withFrom).Select(c => c.FromId), .. contents.Where(_ => withTo).Select(c => c.ToId)], cancel);
        return views.ConvertAll(v => v with
        {
            From = withFrom ? claims.GetValueOrDefault(v.Relation.Content.FromId) : null,
            To = withTo ? claims.GetValueOrDefault(v.Relation.Content.ToId) : null,
        });
    }
}
