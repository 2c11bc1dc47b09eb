using Npgsql;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Corroborations;
using Stemma.Infrastructure.Persistence;
using Stemma.Infrastructure.Reviews;
using Stemma.Infrastructure.Search;
using Stemma.Infrastructure.Sources;

namespace Stemma.Infrastructure.Claims;

internal sealed class ClaimReader(NpgsqlDataSource database) : IClaimReader
{
    private static readonly string ById = $"select {ClaimRows.Columns} from {ClaimRows.From} where c.id = $1 and c.live";

    private const string MarksById = $"select c.id, c.version, c.updated_at, {ClaimRows.Derived} from {ClaimRows.From} where c.id = $1 and c.live";

    public async Task<ClaimView?> Find(ClaimId id, ClaimIncludes include, CancellationToken cancel)
    {
        var withLinks = include.HasFlag(ClaimIncludes.Corroborations);
        ClaimView? view;
        await using (var batch = database.CreateBatch())
        {
            batch.BatchCommands.Add(Command(ById, id));
            if (withLinks)
            {
                batch.BatchCommands.Add(Command(CorroborationRows.NewestOfOne, id));
            }

            await using var reader = await batch.ExecuteReaderAsync(cancel);
            view = await reader.ReadAsync(cancel) ? Read(reader) : null;
            if (view is not null && withLinks)
            {
                await reader.NextResultAsync(cancel);
                view = view with { Corroborations = CorroborationRows.Embedded(await CorroborationRows.ReadAll(reader, cancel)) };
            }
        }

        return view is null ? null : (await EmbedSources(await EmbedReviews([view], include, cancel), include, cancel))[0];
    }

    public async Task<ClaimMarks?> FindMarks(ClaimId id, bool withCorroborations, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(MarksById, id));
        if (withCorroborations)
        {
            batch.BatchCommands.Add(Command(CorroborationRows.MarksOfNewest, id));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
        {
            return null;
        }

        var row = new RowReader(reader);
        var claim = row.Mark();
        var (counts, assessment) = ClaimRows.ReadDerived(ref row);
        if (!withCorroborations)
        {
            return new(claim, counts, assessment, null, HasMore: false);
        }

        await reader.NextResultAsync(cancel);
        var links = new List<Mark>();
        while (await reader.ReadAsync(cancel))
        {
            links.Add(new RowReader(reader).Mark());
        }

        var hasMore = links.Count > Page.EmbeddedLimit;
        return new(claim, counts, assessment, hasMore ? links.GetRange(0, Page.EmbeddedLimit) : links, hasMore);
    }

    public Task<Page<ClaimView>> List(ClaimFilter filter, PageRequest<ClaimSort> page, ClaimIncludes include, CancellationToken cancel) =>
        List(filter, page, include, among: null, cancel);

    /// <param name="filter">Which claims.</param>
    /// <param name="page">Which of them.</param>
    /// <param name="include">What to embed.</param>
    /// <param name="among">Their numbers in the index, where a search has chosen them.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Page<ClaimView>> List(
        ClaimFilter filter, PageRequest<ClaimSort> page, ClaimIncludes include, int[]? among, CancellationToken cancel)
    {
        var sql = new ListSql("claims", "c", page.Descending);
        if (among is not null)
        {
            sql.And($"c.id = any(array(select resource_id from search_documents where type = 0 and number = any({sql.Parameter(among)})))");
        }

        Where(sql, filter);
        var (views, total) = await database.ReadPage(sql, ClaimRows.Columns, FromOf(filter, page.Sort), Key(page.Sort), page, Read, cancel);

        Position? next = null;
        if (views.Count > page.Limit)
        {
            views.RemoveAt(page.Limit);
            next = PositionOf(views[^1], page.Sort);
        }

        return new(await Embed(views, include, cancel), next, total);
    }

    public async Task<List<ClaimView>> Embed(List<ClaimView> views, ClaimIncludes include, CancellationToken cancel)
    {
        if (include.HasFlag(ClaimIncludes.Corroborations) && views.Count > 0)
        {
            var links = await CorroborationRows.LoadByClaims(database, [.. views.Select(v => v.Claim.Id.Value)], cancel);
            views = views.ConvertAll(v => v with { Corroborations = CorroborationRows.Embedded([.. links[v.Claim.Id.Value]]) });
        }

        return await EmbedSources(await EmbedReviews(views, include, cancel), include, cancel);
    }

    /// <summary>Whether a filter leaves anything out.</summary>
    public static bool Narrows(ClaimFilter filter)
    {
        var sql = new ListSql("claims", "c", descending: true);
        Where(sql, filter);
        return sql.Narrows;
    }

    /// <summary>The numbers in the index of all claims that a filter leaves.</summary>
    public static async Task<Matches> NumbersOf(SearchSession session, ClaimFilter filter, CancellationToken cancel)
    {
        var sql = new ListSql("claims", "c", descending: true);
        Where(sql, filter);
        await using var batch = session.Batch();
        batch.BatchCommands.Add(new("select set_config('plan_cache_mode', 'force_custom_plan', true)"));
        batch.BatchCommands.Add(sql.All("d.number", $"{ClaimRows.From} join search_documents d on d.resource_id = c.id"));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var numbers = new List<int>();
        while (await reader.ReadAsync(cancel))
        {
            numbers.Add(reader.GetInt32(0));
        }

        numbers.Sort();
        return new([.. numbers], null, numbers.Count);
    }

    public static void Where(ListSql sql, ClaimFilter filter)
    {
        sql.AndAnyOf("c.status", filter.Statuses);
        sql.AndAnyOf("c.kind", filter.Kinds);
        sql.AndAnyIgnoringCase("c.language", filter.Languages);
        sql.AndAny("c.claimant_id", [.. filter.ClaimantIds.Select(id => id.Value)]);
        sql.AndBetween(Key(ClaimSort.ClaimedAt), filter.ClaimedFrom, filter.ClaimedTo);
        sql.AndAnyIgnoringCase("c.place", filter.Places);
        sql.AndUrls(filter.Urls);
        if (filter.EventFrom is { } from && filter.EventTo is { } to && from.First > to.Last)
        {
            // No range runs backwards; what holds at both ends, and between, is still found.
            AndEvent(from, null);
            AndEvent(null, to);
        }
        else if (filter.EventFrom is not null || filter.EventTo is not null)
        {
            AndEvent(filter.EventFrom, filter.EventTo);
        }

        if (filter.SourceIds.Count > 0)
        {
            var stance = filter.Stances.Count == 0 ? "" : $" and k.stance = any({sql.Parameter(filter.Stances.Select(StoredNames<Stance>.Of).ToArray())})";
            sql.And($"exists (select from corroborations k where k.claim_id = c.id and k.live"
                + $" and k.source_id = any({sql.Parameter(filter.SourceIds.Select(id => id.Value).ToArray())}){stance})");
        }
        else if (filter.Stances.Count > 0)
        {
            sql.And("(" + string.Join(" or ", filter.Stances.Distinct().Select(s => $"n.{StoredNames<Stance>.Of(s)} > 0")) + ")");
        }

        if (filter.Reviewed.Distinct().Count() == 1)
        {
            sql.And($"{(filter.Reviewed[0] ? "" : "not ")}exists (select from reviews v where v.claim_id = c.id and v.live)");
        }

        if (filter.ReviewedAs is { } reviewed)
        {
            // From the reviews on, which sites find by their index: what is compared with the claim as well would else be looked for in every claim.
            sql.And($"c.id in (select v.claim_id from reviews v join claims c on c.id = v.claim_id where v.live{ReviewRows.Matching(reviewed, sql.Parameters)})");
        }

        if (filter.Verdicts.Count > 0)
        {
            sql.And("exists (select from reviews v where v.claim_id = c.id and v.live"
                + $" and v.verdict = any({sql.Parameter(filter.Verdicts.Select(StoredNames<Verdict>.Of).ToArray())}))");
        }

        if (filter.Metrics.Count > 0)
        {
            sql.And("(" + string.Join(" or ", filter.Metrics.Select(m => $"c.quantities @> jsonb_build_array(jsonb_build_object('metric', {sql.Parameter(m)}))")) + ")");
        }

        sql.AndAny("c.plausible", filter.Plausible);
        AndLeast("supports", filter.Least.Supports);
        AndLeast("contradicts", filter.Least.Contradicts);
        AndLeast("reports", filter.Least.Reports);
        AndLeast("denies", filter.Least.Denies);
        AndLeast("mentions", filter.Least.Mentions);
        sql.AndAny("a.credibility", [.. filter.Credibilities.Select(c => (short)c)]);
        sql.AndAny("a.support_min", filter.IndependentSupport);
        if (filter.LeastIndependentSupport > 0)
        {
            sql.And($"a.support_min >= {sql.Parameter(filter.LeastIndependentSupport)}");
        }

        AndWhether("circular", filter.Circular);
        AndWhether("contested", filter.Contested);
        sql.AndStored(filter.Stored, ResourceType.Claim);

        void AndWhether(string column, IReadOnlyList<bool> values)
        {
            if (values.Distinct().Count() == 1)
            {
                sql.And(values[0] ? $"a.{column}" : $"not a.{column}");
            }
        }

        void AndEvent(PartialDate? from, PartialDate? to)
        {
            var first = from is { } start ? sql.Parameter(start.First) : "null";
            var last = to is { } end ? sql.Parameter(end.Last) : "null";
            sql.And($"c.event_span && tstzrange({first}, {last}, '[]')");
        }

        void AndLeast(string stance, int least)
        {
            if (least > 0)
            {
                sql.And($"n.{stance} > 0 and n.{stance} >= {sql.Parameter(least)}");
            }
        }
    }

    /// <summary>Where assessments choose or order the claims, the search may begin with them: each living claim has one.</summary>
    private static string FromOf(ClaimFilter filter, ClaimSort sort) =>
        sort is ClaimSort.Credibility or ClaimSort.IndependentSupport or ClaimSort.Circular or ClaimSort.Contested
        || filter.Credibilities.Count + filter.IndependentSupport.Count + filter.Circular.Count + filter.Contested.Count + filter.LeastIndependentSupport > 0
            ? ClaimRows.FromAssessed
            : ClaimRows.From;

    private static SortKey Key(ClaimSort sort) => sort switch
    {
        ClaimSort.CreatedAt => new("created_at"),
        ClaimSort.UpdatedAt => new("updated_at"),
        ClaimSort.ClaimedAt => new("claimed_first", SortKind.OptionalInstant),
        ClaimSort.Credibility => new("credibility", SortKind.Number, "a", "a.claim_id"),
        ClaimSort.IndependentSupport => new("support_min", SortKind.Number, "a", "a.claim_id"),
        ClaimSort.Circular => new("circular", SortKind.Flag, "a", "a.claim_id"),
        ClaimSort.Contested => new("contested", SortKind.Flag, "a", "a.claim_id"),
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    private static Position PositionOf(ClaimView view, ClaimSort sort) => new(
        sort switch
        {
            ClaimSort.UpdatedAt => view.Claim.UpdatedAt,
            ClaimSort.ClaimedAt => view.Claim.Content.ClaimedAt?.First,
            _ => view.Claim.CreatedAt,
        },
        null,
        view.Claim.Id.Value,
        sort switch
        {
            ClaimSort.Credibility => view.Assessment.Credibility,
            ClaimSort.IndependentSupport => view.Assessment.Min,
            ClaimSort.Circular => view.Assessment.Circular ? 1 : 0,
            ClaimSort.Contested => view.Assessment.Contested ? 1 : 0,
            _ => null,
        });

    private static ClaimView Read(NpgsqlDataReader reader) => ClaimRows.Read(reader);

    private static NpgsqlBatchCommand Command(string sql, ClaimId id) =>
        new(sql) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = id.Value } } };

    private async Task<List<ClaimView>> EmbedReviews(List<ClaimView> views, ClaimIncludes include, CancellationToken cancel)
    {
        if (!include.HasFlag(ClaimIncludes.Reviews) || views.Count == 0)
        {
            return views;
        }

        var reviews = await ReviewRows.LoadByClaims(database, [.. views.Select(v => v.Claim.Id.Value)], cancel);
        return views.ConvertAll(v => v with { Reviews = ReviewRows.Embedded([.. reviews[v.Claim.Id.Value]]) });
    }

    /// <summary>All sources that the claims, their links and their reviews are to show, in one query.</summary>
    private async Task<List<ClaimView>> EmbedSources(List<ClaimView> views, ClaimIncludes include, CancellationToken cancel)
    {
        var ids = new HashSet<SourceId>();
        if (include.HasFlag(ClaimIncludes.Claimant))
        {
            ids.UnionWith(views.Select(v => v.Claim.Content.ClaimantId).OfType<SourceId>());
        }

        if (include.HasFlag(ClaimIncludes.CorroborationSources))
        {
            ids.UnionWith(views.SelectMany(v => v.Corroborations?.Items ?? []).Select(k => k.Corroboration.Content.SourceId));
        }

        if (include.HasFlag(ClaimIncludes.ReviewPublishers))
        {
            ids.UnionWith(views.SelectMany(v => v.Reviews?.Items ?? []).Select(r => r.Review.Content.PublisherId));
        }

        if (ids.Count == 0)
        {
            return views;
        }

        var sources = await SourceRows.Load(database, ids, cancel);
        return views.ConvertAll(view => view with
        {
            Claimant = include.HasFlag(ClaimIncludes.Claimant) && view.Claim.Content.ClaimantId is { } id ? sources.GetValueOrDefault(id) : null,
            Corroborations = include.HasFlag(ClaimIncludes.CorroborationSources) && view.Corroborations is { } links
                ? links with { Items = [.. links.Items.Select(k => k with { Source = sources.GetValueOrDefault(k.Corroboration.Content.SourceId) })] }
                : view.Corroborations,
            Reviews = include.HasFlag(ClaimIncludes.ReviewPublishers) && view.Reviews is { } reviews
                ? reviews with { Items = [.. reviews.Items.Select(r => r with { Publisher = sources.GetValueOrDefault(r.Review.Content.PublisherId) })] }
                : view.Reviews,
        });
    }
}
