using Npgsql;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Claims;
using Stemma.Infrastructure.Persistence;
using Stemma.Infrastructure.Sources;

namespace Stemma.Infrastructure.Corroborations;

internal sealed class CorroborationReader(NpgsqlDataSource database) : ICorroborationReader
{
    private static readonly string ById = $"select {CorroborationRows.Columns} from corroborations k where k.id = $1 and k.live";

    public async Task<CorroborationView?> Find(CorroborationId id, CorroborationIncludes include, CancellationToken cancel)
    {
        CorroborationView? view;
        await using (var command = database.CreateCommand(ById))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            view = await reader.ReadAsync(cancel) ? Read(reader) : null;
        }

        return view is null ? null : (await Embed([view], include, cancel))[0];
    }

    public async Task<Page<CorroborationView>> List(
        CorroborationFilter filter, PageRequest<CorroborationSort> page, CorroborationIncludes include, CancellationToken cancel)
    {
        var sql = new ListSql("corroborations", "k", page.Descending);
        Where(sql, filter);
        var (views, total) = await database.ReadPage(sql, CorroborationRows.Columns, "corroborations k", Key(page.Sort), page, Read, cancel);

        Position? next = null;
        if (views.Count > page.Limit)
        {
            views.RemoveAt(page.Limit);
            next = PositionOf(views[^1].Corroboration, page.Sort);
        }

        return new(await Embed(views, include, cancel), next, total);
    }

    public static void Where(ListSql sql, CorroborationFilter filter)
    {
        sql.AndAny("k.claim_id", [.. filter.ClaimIds.Select(id => id.Value)]);
        sql.AndAny("k.source_id", [.. filter.SourceIds.Select(id => id.Value)]);
        sql.AndAnyOf("k.stance", filter.Stances);
        sql.AndAnyOf("k.directness", filter.Directness);
        sql.AndAnyOf("k.interest", filter.Interests);
        sql.AndAny("k.credibility", filter.Credibilities);
        if (filter.AttributedToIds.Count > 0)
        {
            sql.And("k.id in (select a.corroboration_id from corroboration_attributions a where a.live and a.source_id = any("
                + $"{sql.Parameter(filter.AttributedToIds.Select(id => id.Value).ToArray())}))");
        }

        sql.AndAny("k.cited_in_id", [.. filter.CitedInIds.Select(id => id.Value)]);
        sql.AndUrls(filter.Urls);
        sql.AndBetween(Key(CorroborationSort.PublishedAt), filter.PublishedFrom, filter.PublishedTo);
        sql.AndStored(filter.Stored, ResourceType.Corroboration);
    }

    private static SortKey Key(CorroborationSort sort) => sort switch
    {
        CorroborationSort.CreatedAt => new("created_at"),
        CorroborationSort.UpdatedAt => new("updated_at"),
        CorroborationSort.PublishedAt => new("published_first", SortKind.OptionalInstant),
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    private static Position PositionOf(Corroboration link, CorroborationSort sort) => new(
        sort switch
        {
            CorroborationSort.UpdatedAt => link.UpdatedAt,
            CorroborationSort.PublishedAt => link.Content.PublishedAt?.First,
            _ => link.CreatedAt,
        },
        null,
        link.Id.Value);

    private static CorroborationView Read(NpgsqlDataReader reader) => new CorroborationView(CorroborationRows.Read(reader));

    private async Task<List<CorroborationView>> Embed(List<CorroborationView> views, CorroborationIncludes include, CancellationToken cancel)
    {
        if (include == CorroborationIncludes.None || views.Count == 0)
        {
            return views;
        }

        if (include.HasFlag(CorroborationIncludes.Claim))
        {
            var claims = await ClaimRows.Load(database, views.Select(v => v.Corroboration.Content.ClaimId), cancel);
            views = views.ConvertAll(v => v with { Claim = claims.GetValueOrDefault(v.Corroboration.Content.ClaimId) });
        }

        var wanted = views.SelectMany(v => Sources(v.Corroboration.Content)).ToHashSet();
        if (wanted.Count == 0)
        {
            return views;
        }

        var sources = await SourceRows.Load(database, wanted, cancel);
        return views.ConvertAll(v =>
        {
            var content = v.Corroboration.Content;
            return v with
            {
                Source = include.HasFlag(CorroborationIncludes.Source) ? sources.GetValueOrDefault(content.SourceId) : null,
                CitedIn = include.HasFlag(CorroborationIncludes.CitedIn) && content.CitedInId is { } id ? sources.GetValueOrDefault(id) : null,
                AttributedTo = include.HasFlag(CorroborationIncludes.AttributedTo)
                    ? [.. content.AttributedToIds.Take(Page.EmbeddedLimit).Select(a => sources.GetValueOrDefault(a)).OfType<Source>()]
                    : null,
            };
        });

        IEnumerable<SourceId> Sources(CorroborationContent content)
        {
            if (include.HasFlag(CorroborationIncludes.Source))
            {
                yield return content.SourceId;
            }

            if (include.HasFlag(CorroborationIncludes.CitedIn) && content.CitedInId is { } citedIn)
            {
                yield return citedIn;
            }

            if (include.HasFlag(CorroborationIncludes.AttributedTo))
            {
                foreach (var id in content.AttributedToIds.Take(Page.EmbeddedLimit))
                {
                    yield return id;
                }
            }
        }
    }
}
