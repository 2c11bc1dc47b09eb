using System.Data;
using System.Globalization;
using Npgsql;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Assessments;

/// <summary>
/// Entries come from several tables, each in order: links and reviews that have a date out of an index, the others, of which there are few, sorted. One
/// statement merges them and stops at the page's end.
/// </summary>
internal sealed class TimelineReader(NpgsqlDataSource database) : ITimelines
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private const string Bounds = """
        select exists (select from claims where id = $1 and live),
            (select count(*)::int from (select from corroborations where claim_id = $1 and live and published_first is null limit $2) links),
            (select count(*)::int from (
                (select from claim_relations where from_id = $1 and live limit $2)
                union all
                (select from claim_relations where to_id = $1 and live limit $2)) relations),
            (select count(*)::int from (select from reviews where claim_id = $1 and live and reviewed_first is null limit $2) reviews)
        """;

    // The numbers are those of TimelineRank.
    private const string Entries = """
        with entries(rank, id, at, of_source, first, last) as (
            select 0, c.id, c.event_from, false, partial_date_first(c.event_from), partial_date_last(c.event_from)
            from claims c where c.id = $1 and c.event_from is not null
            union all
            select 6, c.id, c.event_to, false, partial_date_first(c.event_to), partial_date_last(c.event_to)
            from claims c where c.id = $1 and c.event_to is not null
            union all
            select 1, c.id, c.claimed_at, false, coalesce(c.claimed_first, 'infinity'), coalesce(partial_date_last(c.claimed_at), 'infinity')
            from claims c where c.id = $1
            union all
            (select 2, k.id, k.published_at, false, k.published_first, partial_date_last(k.published_at)
            from corroborations k
            where k.claim_id = $1 and k.live and k.published_first is not null
                and (k.published_first, partial_date_last(k.published_at), 2, k.id) > ($2::text::timestamptz, $3::text::timestamptz, $4, $5)
            order by k.published_first, partial_date_last(k.published_at), k.id
            limit $6)
            union all
            select 2, k.id, s.published_at, true, coalesce(s.published_first, 'infinity'), coalesce(partial_date_last(s.published_at), 'infinity')
            from corroborations k join sources s on s.id = k.source_id
            where k.claim_id = $1 and k.live and k.published_first is null
            union all
            select 3, r.id, c.claimed_at, false, coalesce(c.claimed_first, 'infinity'), coalesce(partial_date_last(c.claimed_at), 'infinity')
            from claim_relations r join claims c on c.id = r.to_id where r.from_id = $1 and r.live
            union all
            select 3, r.id, c.claimed_at, false, coalesce(c.claimed_first, 'infinity'), coalesce(partial_date_last(c.claimed_at), 'infinity')
            from claim_relations r join claims c on c.id = r.from_id where r.to_id = $1 and r.live
            union all
            (select 4, v.id, v.reviewed_at, false, v.reviewed_first, partial_date_last(v.reviewed_at)
            from reviews v
            where v.claim_id = $1 and v.live and v.reviewed_first is not null
                and (v.reviewed_first, partial_date_last(v.reviewed_at), 4, v.id) > ($2::text::timestamptz, $3::text::timestamptz, $4, $5)
            order by v.reviewed_first, partial_date_last(v.reviewed_at), v.id
            limit $6)
            union all
            select 4, v.id, null, false, 'infinity', 'infinity'
            from reviews v where v.claim_id = $1 and v.live and v.reviewed_first is null
            union all
            select 5, o.claim_id, null, false, o.set_at, o.set_at from assessment_overrides o where o.claim_id = $1
        )
        select rank, id, at, of_source, nullif(first, 'infinity'), nullif(last, 'infinity')
        from entries
        where (first, last, rank, id) > ($2::text::timestamptz, $3::text::timestamptz, $4, $5)
        order by entries.first, entries.last, rank, id
        limit $6
        """;

    private const string Claimant = "select claimant_id from claims where id = $1";

    private const string Links = """
        select k.id, k.stance, k.source_id, k.attributed_to_ids, k.cited_in_id, k.quote_exact, k.quote_prefix, k.quote_suffix
        from corroborations k where k.id = any($1)
        """;

    private const string Relations = """
        select r.id, r.kind, r.scope_difference, r.to_id = $2, c.id, c.kind, c.text
        from claim_relations r join claims c on c.id = case when r.to_id = $2 then r.from_id else r.to_id end where r.id = any($1)
        """;

    private const string Reviews = "select v.id, v.publisher_id, v.verdict, v.textual_rating, v.title, v.url from reviews v where v.id = any($1)";

    private const string Grade = "select credibility::int, reason, set_by, set_at from assessment_overrides where claim_id = $1";

    private const string Names = "select s.id, s.kind, s.name from sources s where s.id = any($1)";

    public async Task<Result<TimelinePage>> Read(ClaimId id, TimelinePosition? after, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        if (await Refuse(connection, transaction, id, cancel) is { } error)
        {
            return error;
        }

        var rows = await ReadRows(connection, transaction, id, after, limit + 1, cancel);
        var page = rows.Take(limit).ToList();
        var details = await ReadDetails(connection, transaction, id, page, cancel);
        var entries = new List<TimelineEntry>(page.Count);
        var latest = after?.LatestSoFar;
        for (var at = 0; at < page.Count; at++)
        {
            var row = page[at];
            var next = at + 1 < rows.Count ? rows[at + 1] : null;
            var isCertain = row.First is { } first && !(latest >= first) && !(next?.First <= row.Last);
            entries.Add(Entry(row, isCertain, details));
            latest = row.Last is { } last && !(latest > last) ? last : latest;
        }

        await transaction.CommitAsync(cancel);
        return new TimelinePage(entries, rows.Count > limit && page[^1] is var end ? new(latest, end.First, end.Last, end.Rank, end.Id) : null);
    }

    private static async Task<Error?> Refuse(NpgsqlConnection connection, NpgsqlTransaction transaction, ClaimId id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Bounds, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ITimelines.MostUnordered + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return !reader.GetBoolean(0) ? new Error.NotFound()
            : reader.GetInt32(1) > ITimelines.MostUnordered
                ? new Error.TooLarge($"The claim has more than {ITimelines.MostUnordered.ToString("N0", CultureInfo.InvariantCulture)} links without a publication date of their own: they are not put in order.")
            : reader.GetInt32(2) > ITimelines.MostUnordered
                ? new Error.TooLarge($"The claim has more than {ITimelines.MostUnordered.ToString("N0", CultureInfo.InvariantCulture)} relations: they are not put in order.")
            : reader.GetInt32(3) > ITimelines.MostUnordered
                ? new Error.TooLarge($"The claim has more than {ITimelines.MostUnordered.ToString("N0", CultureInfo.InvariantCulture)} reviews without a date: they are not put in order.")
            : null;
    }

    private static async Task<List<Row>> ReadRows(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ClaimId id, TimelinePosition? after, int limit, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Entries, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after is null ? "-infinity" : Bound(after.First) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after is null ? "-infinity" : Bound(after.Last) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = after is null ? -1 : (int)after.Rank });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = after?.Id ?? Guid.Empty });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new RowReader(reader);
            rows.Add(new(
                (TimelineRank)row.Int(), row.Id(), row.OptionalDate(), row.OptionalBool() is true, row.OptionalInstant(), row.OptionalInstant()));
        }

        return rows;

        static string Bound(DateTimeOffset? instant) => instant?.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture) ?? "infinity";
    }

    private static async Task<Details> ReadDetails(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ClaimId id, IReadOnlyList<Row> page, CancellationToken cancel)
    {
        SourceId? claimant = null;
        var links = new Dictionary<Guid, LinkRow>();
        var relations = new Dictionary<Guid, TimelineRelation>();
        var reviews = new Dictionary<Guid, (Guid Publisher, TimelineReview Review)>();
        CredibilityOverride? grade = null;
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(Of(Claimant, id.Value));
            batch.BatchCommands.Add(Of(Links, IdsOf(TimelineRank.Link)));
            batch.BatchCommands.Add(Of(Relations, IdsOf(TimelineRank.Related)));
            batch.BatchCommands[2].Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
            batch.BatchCommands.Add(Of(Reviews, IdsOf(TimelineRank.Review)));
            batch.BatchCommands.Add(Of(Grade, id.Value));
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            if (await reader.ReadAsync(cancel) && new RowReader(reader).OptionalId() is { } asserting)
            {
                claimant = new(asserting);
            }

            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var row = new RowReader(reader);
                links.Add(row.Id(), new(
                    row.Enum<Stance>(), row.Id(), row.Ids(), row.OptionalId(),
                    row.OptionalText() is { } exact ? new Quote(exact, row.OptionalText(), row.OptionalText()) : null));
            }

            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var row = new RowReader(reader);
                var relation = row.Id();
                relations.Add(relation, new(
                    new(relation), row.Enum<ClaimRelationKind>(), row.Enum<ScopeDifference>(), row.OptionalBool() is true, new(row.Id()), row.Enum<ClaimKind>(), row.Text()));
            }

            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var row = new RowReader(reader);
                var (review, publisher) = (row.Id(), row.Id());
                reviews.Add(review, (publisher, new(new(review), row.Enum<Verdict>(), row.Text(), row.OptionalText(), row.OptionalText())));
            }

            await reader.NextResultAsync(cancel);
            if (await reader.ReadAsync(cancel))
            {
                var row = new RowReader(reader);
                grade = new(row.Int(), row.Text(), row.Text(), row.Instant());
            }
        }

        Guid[] named =
        [
            .. links.Values.SelectMany(l => l.AttributedToIds.Append(l.SourceId).Concat(l.CitedInId is { } citedIn ? [citedIn] : []))
                .Concat(reviews.Values.Select(r => r.Publisher)).Concat(claimant is { } who ? [who.Value] : []).Distinct(),
        ];
        var names = new Dictionary<Guid, SourceName>();
        if (named.Length > 0)
        {
            await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { Of(Names, named) } };
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var row = new RowReader(reader);
                var source = row.Id();
                names.Add(source, new(new(source), row.Enum<SourceKind>(), row.Text()));
            }
        }

        return new(claimant, links, relations, reviews, grade, names);

        Guid[] IdsOf(TimelineRank rank) => [.. page.Where(r => r.Rank == rank).Select(r => r.Id)];
    }

    private static TimelineEntry Entry(Row row, bool isCertain, Details details)
    {
        var entry = new TimelineEntry
        {
            Kind = row.Rank switch
            {
                TimelineRank.EventBegins => TimelineKind.EventBegins,
                TimelineRank.EventEnds => TimelineKind.EventEnds,
                TimelineRank.Claimed => TimelineKind.Claimed,
                TimelineRank.Related => TimelineKind.Related,
                TimelineRank.Review => TimelineKind.Reviewed,
                TimelineRank.Graded => TimelineKind.Graded,
                _ => details.Links[row.Id].Stance switch
                {
                    Stance.Supports => TimelineKind.Supported,
                    Stance.Contradicts => TimelineKind.Contradicted,
                    Stance.Reports => TimelineKind.Reported,
                    Stance.Denies => TimelineKind.Denied,
                    _ => TimelineKind.Mentioned,
                },
            },
            At = row.Rank == TimelineRank.Graded ? PartialDate.Parse(row.First!.Value.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture)) : row.At,
            IsOrderCertain = isCertain,
            DateOf = row.First is null ? null : row.IsOfSource ? DateOrigin.Source : DateOrigin.Own,
        };
        return row.Rank switch
        {
            TimelineRank.Claimed => entry with { Source = details.Claimant is { } claimant ? details.Names[claimant.Value] : null },
            TimelineRank.Related => entry with { Related = details.Relations[row.Id] },
            TimelineRank.Review when details.Reviews[row.Id] is var (publisher, review) => entry with { Source = details.Names[publisher], Review = review },
            TimelineRank.Graded => entry with { Grade = details.Grade },
            TimelineRank.Link when details.Links[row.Id] is var link => entry with
            {
                Source = details.Names[link.SourceId],
                Link = new(
                    new(row.Id), [.. link.AttributedToIds.Select(id => details.Names[id])], link.CitedInId is { } citedIn ? details.Names[citedIn] : null, link.Quote),
            },
            _ => entry,
        };
    }

    private static NpgsqlBatchCommand Of<T>(string sql, T value) => new(sql) { Parameters = { new NpgsqlParameter<T> { TypedValue = value } } };

    private sealed record Row(TimelineRank Rank, Guid Id, PartialDate? At, bool IsOfSource, DateTimeOffset? First, DateTimeOffset? Last);

    private sealed record LinkRow(Stance Stance, Guid SourceId, Guid[] AttributedToIds, Guid? CitedInId, Quote? Quote);

    private sealed record Details(
        SourceId? Claimant,
        Dictionary<Guid, LinkRow> Links,
        Dictionary<Guid, TimelineRelation> Relations,
        Dictionary<Guid, (Guid Publisher, TimelineReview Review)> Reviews,
        CredibilityOverride? Grade,
        Dictionary<Guid, SourceName> Names);
}
