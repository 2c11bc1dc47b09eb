using Npgsql;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;
using Stemma.Infrastructure.Sources;

namespace Stemma.Infrastructure.Derivations;

internal sealed class DerivationReader(NpgsqlDataSource database) : IDerivationReader
{
    private static readonly string ById = $"select {DerivationRows.Columns} from derivations d where d.id = $1 and d.live";

    public async Task<DerivationView?> Find(DerivationId id, DerivationIncludes include, CancellationToken cancel)
    {
        DerivationView? view;
        await using (var command = database.CreateCommand(ById))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            view = await reader.ReadAsync(cancel) ? Read(reader) : null;
        }

        return view is null ? null : (await Embed([view], include, cancel))[0];
    }

    public async Task<Page<DerivationView>> List(
        DerivationFilter filter, PageRequest<DerivationSort> page, DerivationIncludes include, CancellationToken cancel)
    {
        var sql = new ListSql("derivations", "d", page.Descending);
        Where(sql, filter);
        var (views, total) = await database.ReadPage(sql, DerivationRows.Columns, "derivations d", Key(page.Sort), page, Read, cancel);

        Position? next = null;
        if (views.Count > page.Limit)
        {
            views.RemoveAt(page.Limit);
            next = PositionOf(views[^1].Derivation, page.Sort);
        }

        return new(await Embed(views, include, cancel), next, total);
    }

    public static void Where(ListSql sql, DerivationFilter filter)
    {
        sql.AndAny("d.from_id", [.. filter.FromIds.Select(id => id.Value)]);
        sql.AndAny("d.to_id", [.. filter.ToIds.Select(id => id.Value)]);
        sql.AndEither("d.from_id", "d.to_id", [.. filter.SourceIds.Select(id => id.Value)]);
        sql.AndAnyOf("d.relation", filter.Relations);
        sql.AndAnyOf("d.basis", filter.Bases);
        sql.AndStored(filter.Stored, ResourceType.Derivation);
    }

    private static SortKey Key(DerivationSort sort) => sort switch
    {
        DerivationSort.CreatedAt => new("created_at"),
        DerivationSort.UpdatedAt => new("updated_at"),
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    private static Position PositionOf(Derivation derivation, DerivationSort sort) =>
        new(sort == DerivationSort.UpdatedAt ? derivation.UpdatedAt : derivation.CreatedAt, null, derivation.Id.Value);

    private static DerivationView Read(NpgsqlDataReader reader) => new DerivationView(DerivationRows.Read(reader));

    private async Task<List<DerivationView>> Embed(List<DerivationView> views, DerivationIncludes include, CancellationToken cancel)
    {
        if (include == DerivationIncludes.None || views.Count == 0)
        {
            return views;
        }

        var (withFrom, withTo) = (include.HasFlag(DerivationIncludes.From), include.HasFlag(DerivationIncludes.To));
        var contents = views.Select(v => v.Derivation.Content).ToList();
        var sources = await SourceRows.Load(
            database, [.. contents.Where(_ => withFrom).Select(c => c.FromId), .. contents.Where(_ => withTo).Select(c => c.ToId)], cancel);
        return views.ConvertAll(v => v with
        {
            From = withFrom ? sources.GetValueOrDefault(v.Derivation.Content.FromId) : null,
            To = withTo ? sources.GetValueOrDefault(v.Derivation.Content.ToId) : null,
        });
    }
}
