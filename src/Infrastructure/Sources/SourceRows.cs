using System.Globalization;
using System.Text;
using Npgsql;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Sources;

/// <summary>A row of <c>sources</c>, aliased <c>s</c>.</summary>
internal static class SourceRows
{
    public static readonly string Columns = "s.id, " + string.Format(CultureInfo.InvariantCulture, CompositeFormat.Parse(RowReader.StampColumns), "s") + """
        , s.external_ids, s.tags, s.kind, s.name, s.aliases, s.url, s.archive_url, s.description, s.country, s.language, s.parent_id, s.owner_id,
        s.reliability, s.reliability_basis, s.published_at, s.accessed_at, s.content_hash, s.citation
        """;

    private static readonly string ByIds = $"select {Columns} from sources s where s.id = any($1) and s.live";

    public static Source Read(NpgsqlDataReader reader)
    {
        var row = new RowReader(reader);
        return new(
            new SourceId(row.Id()),
            row.Stamp(),
            new SourceContent
            {
                ExternalIds = row.ExternalIds(),
                Tags = row.Texts(),
                Kind = row.Enum<SourceKind>(),
                Name = row.Text(),
                Aliases = row.Texts(),
                Url = row.OptionalText(),
                ArchiveUrl = row.OptionalText(),
                Description = row.OptionalText(),
                Country = row.OptionalText(),
                Language = row.OptionalText(),
                ParentId = row.OptionalId() is { } parent ? new SourceId(parent) : null,
                OwnerId = row.OptionalId() is { } owner ? new SourceId(owner) : null,
                Reliability = row.Enum<Reliability>(),
                ReliabilityBasis = row.OptionalText(),
                PublishedAt = row.OptionalDate(),
                AccessedAt = row.OptionalInstant(),
                ContentHash = row.OptionalText(),
                Citation = row.OptionalText() is { } citation ? Citation.Parse(citation) : null,
            });
    }

    /// <summary>All of these sources in one query.</summary>
    public static async Task<Dictionary<SourceId, Source>> Load(NpgsqlDataSource database, IEnumerable<SourceId> ids, CancellationToken cancel)
    {
        var found = new Dictionary<SourceId, Source>();
        var wanted = ids.Select(id => id.Value).Distinct().ToArray();
        if (wanted.Length == 0)
        {
            return found;
        }

        await using var command = database.CreateCommand(ByIds);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = wanted });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var source = Read(reader);
            found.Add(source.Id, source);
        }

        return found;
    }
}
