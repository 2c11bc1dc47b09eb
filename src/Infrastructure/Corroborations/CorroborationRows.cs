using System.Globalization;
using System.Text;
using Npgsql;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Corroborations;

/// <summary>A row of <c>corroborations</c>, aliased <c>k</c>.</summary>
internal static class CorroborationRows
{
    public static readonly string Columns = "k.id, " + string.Format(CultureInfo.InvariantCulture, CompositeFormat.Parse(RowReader.StampColumns), "k") + """
        , k.external_ids, k.tags, k.claim_id, k.source_id, k.stance, k.directness, k.attributed_to_ids, k.cited_in_id, k.attribution, k.interest,
        k.quote_exact, k.quote_prefix, k.quote_suffix, k.locator, k.url, k.archive_url, k.published_at, k.accessed_at, k.credibility, k.note
        """;

    /// <summary>The newest links of each of <c>$1</c>, one more than is embedded, with one descent of the index for each.</summary>
    private static readonly string NewestByClaim = Newest("claim_id");

    private static readonly string NewestBySource = Newest("source_id");

    private static readonly string NewestOf = string.Create(CultureInfo.InvariantCulture, $"""
        from corroborations k where k.claim_id = $1 and k.live order by k.created_at desc, k.id desc limit {Page.EmbeddedLimit + 1}
        """);

    /// <summary>The newest links of the claim <c>$1</c>.</summary>
    public static readonly string NewestOfOne = $"select {Columns} {NewestOf}";

    /// <summary>Their marks, in the same order.</summary>
    public static readonly string MarksOfNewest = $"select k.id, k.version, k.updated_at {NewestOf}";

    public static Corroboration Read(NpgsqlDataReader reader)
    {
        var row = new RowReader(reader);
        return new(
            new CorroborationId(row.Id()),
            row.Stamp(),
            new CorroborationContent
            {
                ExternalIds = row.ExternalIds(),
                Tags = row.Texts(),
                ClaimId = new ClaimId(row.Id()),
                SourceId = new SourceId(row.Id()),
                Stance = row.Enum<Stance>(),
                Directness = row.Enum<Directness>(),
                AttributedToIds = row.Ids() is { Length: > 0 } ids ? new(Array.ConvertAll(ids, id => new SourceId(id))) : [],
                CitedInId = row.OptionalId() is { } citedIn ? new SourceId(citedIn) : null,
                Attribution = row.OptionalText(),
                Interest = row.Enum<Interest>(),
                Quote = ReadQuote(row.OptionalText(), row.OptionalText(), row.OptionalText()),
                Locator = row.OptionalText(),
                Url = row.OptionalText(),
                ArchiveUrl = row.OptionalText(),
                PublishedAt = row.OptionalDate(),
                AccessedAt = row.OptionalInstant(),
                Credibility = row.Int(),
                Note = row.OptionalText(),
            });
    }

    public static async Task<List<CorroborationView>> ReadAll(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var views = new List<CorroborationView>();
        while (await reader.ReadAsync(cancel))
        {
            views.Add(new CorroborationView(Read(reader)));
        }

        return views;
    }

    /// <summary>A page to embed, of at most one row more than its length.</summary>
    public static Page<CorroborationView> Embedded(List<CorroborationView> views)
    {
        if (views.Count <= Page.EmbeddedLimit)
        {
            return new(views, Next: null);
        }

        var items = views.GetRange(0, Page.EmbeddedLimit);
        var last = items[^1].Corroboration;
        return new(items, new Position(last.CreatedAt, null, last.Id.Value));
    }

    public static Task<ILookup<Guid, CorroborationView>> LoadByClaims(NpgsqlDataSource database, Guid[] claims, CancellationToken cancel) =>
        Load(database, NewestByClaim, claims, c => c.ClaimId.Value, cancel);

    public static Task<ILookup<Guid, CorroborationView>> LoadBySources(NpgsqlDataSource database, Guid[] sources, CancellationToken cancel) =>
        Load(database, NewestBySource, sources, c => c.SourceId.Value, cancel);

    private static async Task<ILookup<Guid, CorroborationView>> Load(
        NpgsqlDataSource database, string sql, Guid[] owners, Func<CorroborationContent, Guid> owner, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = owners });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return (await ReadAll(reader, cancel)).ToLookup(view => owner(view.Corroboration.Content));
    }

    private static Quote? ReadQuote(string? exact, string? prefix, string? suffix) => exact is null ? null : new(exact, prefix, suffix);

    private static string Newest(string owner) => string.Create(CultureInfo.InvariantCulture, $"""
        select k.* from unnest($1) with ordinality o(id, place) cross join lateral (
            select {Columns} from corroborations k where k.{owner} = o.id and k.live
            order by k.created_at desc, k.id desc limit {Page.EmbeddedLimit + 1}) k
        order by o.place, k.created_at desc, k.id desc
        """);
}
