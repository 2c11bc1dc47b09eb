using Npgsql;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Infrastructure.Claims;
using Stemma.Infrastructure.Persistence;
using Stemma.Infrastructure.Sources;

namespace Stemma.Infrastructure.Reviews;

internal sealed class ReviewReader(NpgsqlDataSource database) : IReviewReader
{
    private static readonly string ById = $"select {ReviewRows.Columns} from reviews v where v.id = $1 and v.live";

    public async Task<ReviewView?> Find(ReviewId id, ReviewIncludes include, CancellationToken cancel)
    {
        ReviewView? view;
        await using (var command = database.CreateCommand(ById))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            view = await reader.ReadAsync(cancel) ? Read(reader) : null;
        }

        return view is null ? null : (await Embed([view], include, cancel))[0];
    }

    public async Task<Page<ReviewView>> List(ReviewFilter filter, PageRequest<ReviewSort> page, ReviewIncludes include, CancellationToken cancel)
    {
        var sql = new ListSql("reviews", "v", page.Descending);
        Where(sql, filter);
        var (views, total) = await database.ReadPage(sql, ReviewRows.ListColumns, "reviews v", Key(page.Sort), page, Read, cancel);

        Position? next = null;
        if (views.Count > page.Limit)
        {
            views.RemoveAt(page.Limit);
            next = PositionOf(views[^1].Review, page.Sort);
        }

        return new(await Embed(views, include, cancel), next, total);
    }

    public async Task<ILookup<ClaimId, ReviewView>> OfClaims(IReadOnlyCollection<ClaimId> claims, ReviewedAs which, CancellationToken cancel)
    {
        var views = new List<ReviewView>();
        if (claims.Count > 0)
        {
            List<NpgsqlParameter> parameters = [new NpgsqlParameter<Guid[]> { TypedValue = [.. claims.Select(c => c.Value)] }];
            await using var command = database.CreateCommand(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
                select v.* from unnest($1) with ordinality o(id, place) join claims c on c.id = o.id cross join lateral (
                    select {ReviewRows.ListColumns} from reviews v where v.claim_id = c.id and v.live{ReviewRows.Matching(which, parameters)}
                    order by v.created_at desc, v.id desc limit {Page.EmbeddedLimit}) v
                order by o.place, v.created_at desc, v.id desc
                """));
            command.Parameters.AddRange(parameters.ToArray());
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                views.Add(Read(reader));
            }
        }

        return (await Embed(views, ReviewIncludes.Publisher, cancel)).ToLookup(v => v.Review.Content.ClaimId);
    }

    public static void Where(ListSql sql, ReviewFilter filter)
    {
        sql.AndAny("v.claim_id", [.. filter.ClaimIds.Select(id => id.Value)]);
        sql.AndAny("v.publisher_id", [.. filter.PublisherIds.Select(id => id.Value)]);
        sql.AndAnyOf("v.verdict", filter.Verdicts);
        sql.AndAnyIgnoringCase("v.language", filter.Languages);
        sql.AndUrls(filter.Urls);
        sql.AndBetween(Key(ReviewSort.ReviewedAt), filter.ReviewedFrom, filter.ReviewedTo);
        sql.AndStored(filter.Stored, ResourceType.Review);
    }

    private static SortKey Key(ReviewSort sort) => sort switch
    {
        ReviewSort.CreatedAt => new("created_at"),
        ReviewSort.UpdatedAt => new("updated_at"),
        ReviewSort.ReviewedAt => new("reviewed_first", SortKind.OptionalInstant),
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    private static Position PositionOf(Review review, ReviewSort sort) => new(
        sort switch
        {
            ReviewSort.UpdatedAt => review.UpdatedAt,
            ReviewSort.ReviewedAt => review.Content.ReviewedAt?.First,
            _ => review.CreatedAt,
        },
        null,
        review.Id.Value);

    private static ReviewView Read(NpgsqlDataReader reader) => new ReviewView(ReviewRows.Read(reader));

    private async Task<List<ReviewView>> Embed(List<ReviewView> views, ReviewIncludes include, CancellationToken cancel)
    {
        if (include.HasFlag(ReviewIncludes.Claim))
        {
            var claims = await ClaimRows.Load(database, views.Select(v => v.Review.Content.ClaimId), cancel);
            views = views.ConvertAll(v => v with { Claim = claims.GetValueOrDefault(v.Review.Content.ClaimId) });
        }

        if (include.HasFlag(ReviewIncludes.Publisher))
        {
            var sources = await SourceRows.Load(database, views.Select(v => v.Review.Content.PublisherId), cancel);
            views = views.ConvertAll(v => v with { Publisher = sources.GetValueOrDefault(v.Review.Content.PublisherId) });
        }

        return views;
    }
}
