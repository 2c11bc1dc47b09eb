using Npgsql;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Claims;
using Stemma.Infrastructure.Corroborations;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Sources;

internal sealed class SourceReader(NpgsqlDataSource database) : ISourceReader
{
    private static readonly string ById = $"select {SourceRows.Columns} from sources s where s.id = $1 and s.live";

    public async Task<SourceView?> Find(SourceId id, SourceIncludes include, CancellationToken cancel)
    {
        SourceView? view;
        await using (var command = database.CreateCommand(ById))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            view = await reader.ReadAsync(cancel) ? Read(reader) : null;
        }

        return view is null ? null : (await Embed([view], include, cancel))[0];
    }

    public async Task<Page<SourceView>> List(SourceFilter filter, PageRequest<SourceSort> page, SourceIncludes include, CancellationToken cancel)
    {
        var sql = new ListSql("sources", "s", page.Descending);
        Where(sql, filter);
        var (views, total) = await database.ReadPage(sql, SourceRows.Columns, "sources s", Key(page.Sort), page, Read, cancel);

        Position? next = null;
        if (views.Count > page.Limit)
        {
            views.RemoveAt(page.Limit);
            next = PositionOf(views[^1].Source, page.Sort);
        }

        return new(await Embed(views, include, cancel), next, total);
    }

    public static void Where(ListSql sql, SourceFilter filter)
    {
        sql.AndAnyOf("s.kind", filter.Kinds);
        if (filter.Names.Count > 0)
        {
            sql.And($"lower_all(s.aliases || s.name) && lower_all({sql.Parameter(filter.Names.ToArray())})");
        }

        sql.AndAny("s.country", filter.Countries);
        sql.AndAnyIgnoringCase("s.language", filter.Languages);
        sql.AndAny("s.parent_id", [.. filter.ParentIds.Select(id => id.Value)]);
        sql.AndAny("s.owner_id", [.. filter.OwnerIds.Select(id => id.Value)]);
        sql.AndAnyOf("s.reliability", filter.Reliabilities);
        sql.AndUrls(filter.Urls);
        sql.AndAny("s.content_hash", filter.ContentHashes);
        sql.AndBetween(Key(SourceSort.PublishedAt), filter.PublishedFrom, filter.PublishedTo);
        sql.AndStored(filter.Stored, ResourceType.Source);
    }

    private static SortKey Key(SourceSort sort) => sort switch
    {
        SourceSort.CreatedAt => new("created_at"),
        SourceSort.UpdatedAt => new("updated_at"),
        SourceSort.Name => new("name", SortKind.Name),
        SourceSort.PublishedAt => new("published_first", SortKind.OptionalInstant),
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    private static Position PositionOf(Source source, SourceSort sort) => sort switch
    {
        SourceSort.Name => new(null, source.Content.Name, source.Id.Value),
        SourceSort.UpdatedAt => new(source.UpdatedAt, null, source.Id.Value),
        SourceSort.PublishedAt => new(source.Content.PublishedAt?.First, null, source.Id.Value),
        _ => new(source.CreatedAt, null, source.Id.Value),
    };

    private static SourceView Read(NpgsqlDataReader reader) => new SourceView(SourceRows.Read(reader));

    private async Task<List<SourceView>> Embed(List<SourceView> views, SourceIncludes include, CancellationToken cancel)
    {
        if (include == SourceIncludes.None || views.Count == 0)
        {
            return views;
        }

        if (include.HasFlag(SourceIncludes.Parent) || include.HasFlag(SourceIncludes.Owner))
        {
            var ids = views.SelectMany(v => new[]
            {
                include.HasFlag(SourceIncludes.Parent) ? v.Source.Content.ParentId : null,
                include.HasFlag(SourceIncludes.Owner) ? v.Source.Content.OwnerId : null,
            });
            var sources = await SourceRows.Load(database, ids.OfType<SourceId>(), cancel);
            views = views.ConvertAll(v => v with
            {
                Parent = include.HasFlag(SourceIncludes.Parent) && v.Source.Content.ParentId is { } parent ? sources.GetValueOrDefault(parent) : null,
                Owner = include.HasFlag(SourceIncludes.Owner) && v.Source.Content.OwnerId is { } owner ? sources.GetValueOrDefault(owner) : null,
            });
        }

        if (include.HasFlag(SourceIncludes.Corroborations))
        {
            var links = await CorroborationRows.LoadBySources(database, [.. views.Select(v => v.Source.Id.Value)], cancel);
            views = views.ConvertAll(v => v with { Corroborations = CorroborationRows.Embedded([.. links[v.Source.Id.Value]]) });
        }

        if (include.HasFlag(SourceIncludes.CorroborationClaims))
        {
            var ids = views.SelectMany(v => v.Corroborations?.Items ?? []).Select(k => k.Corroboration.Content.ClaimId);
            var claims = await ClaimRows.Load(database, ids, cancel);
            views = views.ConvertAll(v => v.Corroborations is not { } page ? v : v with
            {
                Corroborations = page with
                {
                    Items = [.. page.Items.Select(k => k with { Claim = claims.GetValueOrDefault(k.Corroboration.Content.ClaimId) })],
                },
            });
        }

        return views;
    }
}
