using System.Globalization;
using System.Text;
using Npgsql;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Reviews;

/// <summary>A row of <c>reviews</c>, aliased <c>v</c>.</summary>
internal static class ReviewRows
{
    private static readonly string Content = "v.id, " + string.Format(CultureInfo.InvariantCulture, CompositeFormat.Parse(RowReader.StampColumns), "v") + """
        , v.external_ids, v.tags, v.claim_id, v.publisher_id, v.url, v.title, v.reviewed_at, v.language, v.textual_rating, v.rating_value,
        v.best_rating, v.worst_rating, v.rating_explanation, v.verdict
        """;

    public static readonly string Columns = Content + ", v.original";

    /// <summary>Without the original, which may be long: for lists, hits and what is embedded.</summary>
    public static readonly string ListColumns = Content + ", null::json";

    /// <summary>The newest reviews of each of <c>$1</c>, one more than is embedded, with one descent of the index for each.</summary>
    private static readonly string NewestByClaim = string.Create(CultureInfo.InvariantCulture, $"""
        select v.* from unnest($1) with ordinality o(id, place) cross join lateral (
            select {ListColumns} from reviews v where v.claim_id = o.id and v.live
            order by v.created_at desc, v.id desc limit {Page.EmbeddedLimit + 1}) v
        order by o.place, v.created_at desc, v.id desc
        """);

    /// <summary>What narrows reviews <c>v</c> of claims <c>c</c> to these: it begins with <c>and</c>, or is empty.</summary>
    public static string Matching(ReviewedAs which, List<NpgsqlParameter> parameters)
    {
        var sql = new StringBuilder();
        if (which.Language is { } language)
        {
            // Compared as it begins, without patterns: a tag's last part ends there, or another follows.
            sql.Append(CultureInfo.InvariantCulture, $" and starts_with(lower(coalesce(v.language, c.language)) || '-', {Parameter(language + "-")})");
        }

        if (which.Sites.Count > 0)
        {
            // Each way has an index of its own; no site is too long for that of its digest.
            var sites = Parameter(which.Sites.ToArray());
            sql.Append(CultureInfo.InvariantCulture, $"""
                 and v.id in (
                    select r.id from unnest({sites}) s(site) join reviews r on md5(r.site) = md5(s.site) and r.live and r.site is not null
                    union all
                    select r.id from unnest({sites}) s(site) join sources p on md5(url_site(p.url)) = md5(s.site) and p.live and p.url is not null
                    join reviews r on r.publisher_id = p.id and r.live and r.url is null)
                """);
        }

        if (which.Since is { } since)
        {
            var from = Parameter(DayOf(since));
            sql.Append(CultureInfo.InvariantCulture, $" and (v.reviewed_first >= {from} or c.claimed_first >= {from})");
        }

        return sql.ToString();

        string Parameter<T>(T value)
        {
            parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
            return "$" + parameters.Count.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The beginning of the day, in UTC: the index knows days alone.</summary>
    public static DateTimeOffset DayOf(DateTimeOffset instant) => new(instant.UtcDateTime.Date, TimeSpan.Zero);

    public static Review Read(NpgsqlDataReader reader)
    {
        var row = new RowReader(reader);
        return new(
            new ReviewId(row.Id()),
            row.Stamp(),
            new ReviewContent
            {
                ExternalIds = row.ExternalIds(),
                Tags = row.Texts(),
                ClaimId = new ClaimId(row.Id()),
                PublisherId = new SourceId(row.Id()),
                Url = row.OptionalText(),
                Title = row.OptionalText(),
                ReviewedAt = row.OptionalDate(),
                Language = row.OptionalText(),
                TextualRating = row.Text(),
                RatingValue = row.OptionalNumber(),
                BestRating = row.OptionalNumber(),
                WorstRating = row.OptionalNumber(),
                RatingExplanation = row.OptionalText(),
                Verdict = row.Enum<Verdict>(),
                Original = row.OptionalText() is { } original ? OriginalReview.Parse(original) : null,
            });
    }

    /// <summary>A page to embed, of at most one row more than its length.</summary>
    public static Page<ReviewView> Embedded(List<ReviewView> views)
    {
        if (views.Count <= Page.EmbeddedLimit)
        {
            return new(views, Next: null);
        }

        var items = views.GetRange(0, Page.EmbeddedLimit);
        var last = items[^1].Review;
        return new(items, new Position(last.CreatedAt, null, last.Id.Value));
    }

    public static async Task<ILookup<Guid, ReviewView>> LoadByClaims(NpgsqlDataSource database, Guid[] claims, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(NewestByClaim);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = claims });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var views = new List<ReviewView>();
        while (await reader.ReadAsync(cancel))
        {
            views.Add(new ReviewView(Read(reader)));
        }

        return views.ToLookup(view => view.Review.Content.ClaimId.Value);
    }
}
