using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Stemma.Bench.Raw;

internal sealed class Claims(NpgsqlDataSource database)
{
    private const int Embedded = 50;

    private const string Columns = """
        c.id, c.version, c.created_at, c.created_by, c.updated_at, c.updated_by, c.external_ids, c.tags, c.text, c.context, c.language, c.kind,
        c.status, c.claimant_id, c.claimed_at, c.event_from, c.event_to, c.place, c.first_appearance_url, c.appearance_urls, c.quantities,
        c.plausible, n.supports, n.contradicts, n.reports, n.denies, n.mentions, a.credibility, a.support_min, a.support_max, a.circular, a.stale
        """;

    private const string From = "claims c left join claim_assessments a on a.claim_id = c.id left join claim_counts n on n.claim_id = c.id";

    private const string ById = $"select {Columns} from {From} where c.id = $1 and c.live";

    private const string Links = """
        select k.id, k.version, k.created_at, k.created_by, k.updated_at, k.updated_by, k.external_ids, k.tags, k.claim_id, k.source_id, k.stance,
            k.directness, k.attributed_to_ids, k.cited_in_id, k.attribution, k.interest, k.quote_exact, k.quote_prefix, k.quote_suffix, k.locator,
            k.url, k.archive_url, k.published_at, k.accessed_at, k.credibility, k.note
        from corroborations k where k.claim_id = $1 and k.live order by k.created_at desc, k.id desc limit 51
        """;

    private const string Newest = $"""
        select {Columns} from {From} where c.live and c.status = $1 and c.kind = $2 order by c.created_at desc, c.id desc limit $3
        """;

    private const string Insert = """
        insert into claims (id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, text, context, language, kind, status,
            claimant_id, claimed_at, event_from, event_to, place, first_appearance_url, appearance_urls, quantities, plausible, url_keys, deleted_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, null)
        """;

    public async Task<Claim?> Find(Guid id, CancellationToken cancel)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(ById) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } } });
        batch.BatchCommands.Add(new(Links) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } } });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
        {
            return null;
        }

        var claim = ReadClaim(reader);
        await reader.NextResultAsync(cancel);
        var links = new List<Corroboration>();
        while (await reader.ReadAsync(cancel))
        {
            links.Add(ReadLink(reader));
        }

        return claim with { Corroborations = ToPage(links, Embedded, link => (link.CreatedAt, link.Id)) };
    }

    public async Task<Page<Claim>> List(string status, string kind, int limit, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Newest);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = status });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var claims = new List<Claim>(limit + 1);
        while (await reader.ReadAsync(cancel))
        {
            claims.Add(ReadClaim(reader));
        }

        return ToPage(claims, limit, claim => (claim.CreatedAt, claim.Id));
    }

    public async Task<Claim> Add(NewClaim body, CancellationToken cancel)
    {
        var now = DateTime.UtcNow;
        var claim = new Claim
        {
            Id = Guid.CreateVersion7(),
            Version = 1,
            CreatedAt = now,
            CreatedBy = "local",
            UpdatedAt = now,
            UpdatedBy = "local",
            ExternalIds = body.ExternalIds ?? [],
            Tags = body.Tags ?? [],
            Text = body.Text,
            Context = body.Context,
            Language = body.Language ?? "en",
            Kind = body.Kind ?? "factual",
            Status = body.Status ?? "open",
            ClaimantId = body.ClaimantId,
            ClaimedAt = body.ClaimedAt,
            EventFrom = body.EventFrom,
            EventTo = body.EventTo,
            Place = body.Place,
            FirstAppearanceUrl = body.FirstAppearanceUrl,
            AppearanceUrls = body.AppearanceUrls ?? [],
            Quantities = body.Quantities ?? [],
            Plausible = body.Plausible,
            CorroborationCounts = default,
            Assessment = new(6, 0, 0, false, false),
        };
        string?[] urls = [claim.FirstAppearanceUrl, .. claim.AppearanceUrls];

        await using var command = database.CreateCommand(Insert);
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = claim.Id });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = claim.Version });
        parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = claim.CreatedAt });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.CreatedBy });
        parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = claim.UpdatedAt });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.UpdatedBy });
        parameters.Add(Json(JsonSerializer.Serialize(claim.ExternalIds, RawJson.Default.ExternalIdArray)));
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = claim.Tags });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.Text });
        parameters.Add(Text(claim.Context));
        parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.Language });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.Kind });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.Status });
        parameters.Add(new NpgsqlParameter { Value = (object?)claim.ClaimantId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        parameters.Add(Text(claim.ClaimedAt));
        parameters.Add(Text(claim.EventFrom));
        parameters.Add(Text(claim.EventTo));
        parameters.Add(Text(claim.Place));
        parameters.Add(Text(claim.FirstAppearanceUrl));
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = claim.AppearanceUrls });
        parameters.Add(Json(JsonSerializer.Serialize(claim.Quantities, RawJson.Default.QuantityArray)));
        parameters.Add(new NpgsqlParameter { Value = (object?)claim.Plausible ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean });
        parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. urls.OfType<string>().Select(UrlKey)] });
        await command.ExecuteNonQueryAsync(cancel);
        return claim;
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Json(string value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Jsonb };

    /// <summary>As long and as random as the API's; it hashes the address as it stands.</summary>
    private static Guid UrlKey(string url) => new(SHA256.HashData(Encoding.UTF8.GetBytes(url)).AsSpan(0, 16));

    /// <summary>One row more than the page was read, to know whether another follows.</summary>
    private static Page<T> ToPage<T>(List<T> rows, int limit, Func<T, (DateTime CreatedAt, Guid Id)> position)
    {
        if (rows.Count <= limit)
        {
            return new(rows, null);
        }

        rows.RemoveRange(limit, rows.Count - limit);
        var (createdAt, id) = position(rows[^1]);
        return new(rows, $"{createdAt:O}_{id}");
    }

    private static Claim ReadClaim(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Version = row.GetInt32(1),
        CreatedAt = row.GetDateTime(2),
        CreatedBy = row.GetString(3),
        UpdatedAt = row.GetDateTime(4),
        UpdatedBy = row.GetString(5),
        ExternalIds = ReadExternalIds(row.GetString(6)),
        Tags = row.GetFieldValue<string[]>(7),
        Text = row.GetString(8),
        Context = TextOrNull(row, 9),
        Language = row.GetString(10),
        Kind = row.GetString(11),
        Status = row.GetString(12),
        ClaimantId = row.IsDBNull(13) ? null : row.GetGuid(13),
        ClaimedAt = TextOrNull(row, 14),
        EventFrom = TextOrNull(row, 15),
        EventTo = TextOrNull(row, 16),
        Place = TextOrNull(row, 17),
        FirstAppearanceUrl = TextOrNull(row, 18),
        AppearanceUrls = row.GetFieldValue<string[]>(19),
        Quantities = row.GetString(20) is var json && json == "[]" ? [] : JsonSerializer.Deserialize(json, RawJson.Default.QuantityArray)!,
        Plausible = row.IsDBNull(21) ? null : row.GetBoolean(21),
        CorroborationCounts = row.IsDBNull(22) ? default : new(row.GetInt32(22), row.GetInt32(23), row.GetInt32(24), row.GetInt32(25), row.GetInt32(26)),
        Assessment = new(row.GetInt16(27), row.GetInt32(28), row.GetInt32(29), row.GetBoolean(30), row.GetBoolean(31)),
    };

    private static Corroboration ReadLink(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Version = row.GetInt32(1),
        CreatedAt = row.GetDateTime(2),
        CreatedBy = row.GetString(3),
        UpdatedAt = row.GetDateTime(4),
        UpdatedBy = row.GetString(5),
        ExternalIds = ReadExternalIds(row.GetString(6)),
        Tags = row.GetFieldValue<string[]>(7),
        ClaimId = row.GetGuid(8),
        SourceId = row.GetGuid(9),
        Stance = row.GetString(10),
        Directness = row.GetString(11),
        AttributedToIds = row.GetFieldValue<Guid[]>(12),
        CitedInId = row.IsDBNull(13) ? null : row.GetGuid(13),
        Attribution = TextOrNull(row, 14),
        Interest = row.GetString(15),
        Quote = row.IsDBNull(16) ? null : new(row.GetString(16), TextOrNull(row, 17), TextOrNull(row, 18)),
        Locator = TextOrNull(row, 19),
        Url = TextOrNull(row, 20),
        ArchiveUrl = TextOrNull(row, 21),
        PublishedAt = TextOrNull(row, 22),
        AccessedAt = row.IsDBNull(23) ? null : row.GetDateTime(23),
        Credibility = row.GetInt32(24),
        Note = TextOrNull(row, 25),
    };

    private static string? TextOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static ExternalId[] ReadExternalIds(string json) =>
        json == "[]" ? [] : JsonSerializer.Deserialize(json, RawJson.Default.ExternalIdArray)!;
}
