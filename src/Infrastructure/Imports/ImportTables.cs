using Npgsql;
using NpgsqlTypes;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.ClaimRelations;
using Stemma.Infrastructure.Claims;
using Stemma.Infrastructure.Corroborations;
using Stemma.Infrastructure.Derivations;
using Stemma.Infrastructure.Persistence;
using Stemma.Infrastructure.Reviews;
using Stemma.Infrastructure.Sources;

namespace Stemma.Infrastructure.Imports;

/// <summary>The tables of all kinds, in an order in which each refers only to itself and to those before it.</summary>
internal static class ImportTables
{
    public static readonly IReadOnlyList<ImportTable> All =
        [new SourceTable(), new ClaimTable(), new CorroborationTable(), new ReviewTable(), new DerivationTable(), new ClaimRelationTable()];

    private static readonly Dictionary<ResourceType, ImportTable> ByType = All.ToDictionary(t => t.Type);

    public static ImportTable Of(ResourceType type) => ByType[type];
}

internal sealed class SourceTable : ImportTable<SourceContent>
{
    public override ResourceType Type => ResourceType.Source;

    public override string Name => "sources";

    public override IReadOnlyList<ReferenceColumn> References { get; } =
        [new("parent_id", "parentId", ResourceType.Source), new("owner_id", "ownerId", ResourceType.Source)];

    public override string Alias => "s";

    public override string Selected => SourceRows.Columns;

    protected override IReadOnlyList<ImportColumn<SourceContent>> Content =>
    [
        UrlKeys(),
        Text("kind", c => NameOf(c.Kind)),
        Text("name", c => c.Name),
        Texts("aliases", c => c.Aliases),
        Text("url", c => c.Url),
        Text("archive_url", c => c.ArchiveUrl),
        Text("description", c => c.Description),
        Text("country", c => c.Country),
        Text("language", c => c.Language),
        Id("parent_id", c => c.ParentId?.Value),
        Id("owner_id", c => c.OwnerId?.Value),
        Text("reliability", c => NameOf(c.Reliability)),
        Text("reliability_basis", c => c.ReliabilityBasis),
        Text("published_at", c => c.PublishedAt?.ToString()),
        Instant("accessed_at", c => c.AccessedAt),
        Text("content_hash", c => c.ContentHash),
        Json("citation", c => c.Citation?.ToString(), NpgsqlDbType.Json),
    ];

    public override Resource Read(NpgsqlDataReader reader) => SourceRows.Read(reader);

    public override void Where(ListSql sql, ResourceFilter filter) => SourceReader.Where(sql, (SourceFilter)filter);
}

internal sealed class ClaimTable : ImportTable<ClaimContent>
{
    public override ResourceType Type => ResourceType.Claim;

    public override string Name => "claims";

    public override IReadOnlyList<ReferenceColumn> References { get; } = [new("claimant_id", "claimantId", ResourceType.Source)];

    public override string Alias => "c";

    public override string Selected { get; } = ClaimRows.Columns + ", o.credibility as grade, o.reason as grade_reason, o.set_by as grade_by, o.set_at as grade_at";

    public override string From => ClaimRows.From + " left join assessment_overrides o on o.claim_id = c.id";

    protected override IReadOnlyList<ImportColumn<ClaimContent>> Content =>
    [
        UrlKeys(),
        Text("text", c => c.Text),
        Text("context", c => c.Context),
        Text("language", c => c.Language),
        Text("kind", c => NameOf(c.Kind)),
        Text("status", c => NameOf(c.Status)),
        Id("claimant_id", c => c.ClaimantId?.Value),
        Text("claimed_at", c => c.ClaimedAt?.ToString()),
        Text("event_from", c => c.EventFrom?.ToString()),
        Text("event_to", c => c.EventTo?.ToString()),
        Text("place", c => c.Place),
        Text("first_appearance_url", c => c.FirstAppearanceUrl),
        Texts("appearance_urls", c => c.AppearanceUrls),
        Json("quantities", c => StoredJson.Write(c.Quantities), NpgsqlDbType.Jsonb),
        Flag("plausible", c => c.Plausible),
    ];

    public override Resource Read(NpgsqlDataReader reader)
    {
        var claim = ClaimRows.Read(reader).Claim;
        var at = reader.GetOrdinal("grade");
        return reader.IsDBNull(at) ? claim : new Claim(claim.Id, StampOf(claim), claim.Content)
        {
            Grade = new(reader.GetInt16(at), reader.GetString(at + 1), reader.GetString(at + 2), reader.GetFieldValue<DateTimeOffset>(at + 3)),
        };
    }

    private static Stamp StampOf(Claim claim) => new(claim.Version, claim.CreatedAt, claim.CreatedBy, claim.UpdatedAt, claim.UpdatedBy, claim.DeletedAt);

    public override void Where(ListSql sql, ResourceFilter filter) => ClaimReader.Where(sql, (ClaimFilter)filter);
}

internal sealed class CorroborationTable : ImportTable<CorroborationContent>
{
    public override ResourceType Type => ResourceType.Corroboration;

    public override string Name => "corroborations";

    public override IReadOnlyList<ReferenceColumn> References { get; } =
    [
        new("claim_id", "claimId", ResourceType.Claim),
        new("source_id", "sourceId", ResourceType.Source),
        new("cited_in_id", "citedInId", ResourceType.Source),
        new("attributed_to_ids", "attributedToIds", ResourceType.Source, IsList: true),
    ];

    public override IReadOnlyList<StagedRule> Rules { get; } =
    [
        new("s.source_id = any (s.attributed_to_ids)", "attributedToIds", "A source is never attributed to itself."),
        new("cardinality(s.attributed_to_ids) > 1 and cardinality(s.attributed_to_ids) <> (select count(distinct a) from unnest(s.attributed_to_ids) a)", "attributedToIds", "It must not hold the same source twice."),
    ];

    public override IReadOnlyList<string> NaturalKey { get; } = ["{0}.claim_id", "{0}.source_id", "{0}.stance", "md5(coalesce({0}.quote_exact, ''))"];

    public override IReadOnlyList<string> WrittenBy { get; } = ["claim_id", "line"];

    public override string Alias => "k";

    public override string Selected => CorroborationRows.Columns;

    protected override IReadOnlyList<ImportColumn<CorroborationContent>> Content =>
    [
        UrlKeys(),
        Id("claim_id", c => c.ClaimId.Value),
        Id("source_id", c => c.SourceId.Value),
        Text("stance", c => NameOf(c.Stance)),
        Text("directness", c => NameOf(c.Directness)),
        Ids("attributed_to_ids", c => [.. c.AttributedToIds.Select(id => id.Value)]),
        Id("cited_in_id", c => c.CitedInId?.Value),
        Text("attribution", c => c.Attribution),
        Text("interest", c => NameOf(c.Interest)),
        Text("quote_exact", c => c.Quote?.Exact),
        Text("quote_prefix", c => c.Quote?.Prefix),
        Text("quote_suffix", c => c.Quote?.Suffix),
        Text("locator", c => c.Locator),
        Text("url", c => c.Url),
        Text("archive_url", c => c.ArchiveUrl),
        Text("published_at", c => c.PublishedAt?.ToString()),
        Instant("accessed_at", c => c.AccessedAt),
        Integer("credibility", c => c.Credibility),
        Text("note", c => c.Note),
    ];

    public override Resource Read(NpgsqlDataReader reader) => CorroborationRows.Read(reader);

    public override void Where(ListSql sql, ResourceFilter filter) => CorroborationReader.Where(sql, (CorroborationFilter)filter);
}

internal sealed class ReviewTable : ImportTable<ReviewContent>
{
    public override ResourceType Type => ResourceType.Review;

    public override string Name => "reviews";

    public override IReadOnlyList<ReferenceColumn> References { get; } =
        [new("claim_id", "claimId", ResourceType.Claim), new("publisher_id", "publisherId", ResourceType.Source)];

    public override IReadOnlyList<string> NaturalKey { get; } = ["{0}.claim_id", "{0}.publisher_id", "{0}.url_keys"];

    public override string Alias => "v";

    public override string Selected => ReviewRows.Columns;

    protected override IReadOnlyList<ImportColumn<ReviewContent>> Content =>
    [
        UrlKeys(),
        Id("claim_id", c => c.ClaimId.Value),
        Id("publisher_id", c => c.PublisherId.Value),
        Text("url", c => c.Url),
        Text("title", c => c.Title),
        Text("reviewed_at", c => c.ReviewedAt?.ToString()),
        Text("language", c => c.Language),
        Text("textual_rating", c => c.TextualRating),
        Number("rating_value", c => c.RatingValue),
        Number("best_rating", c => c.BestRating),
        Number("worst_rating", c => c.WorstRating),
        Text("rating_explanation", c => c.RatingExplanation),
        Text("verdict", c => NameOf(c.Verdict)),
        Json("original", c => c.Original?.ToString(), NpgsqlDbType.Json),
    ];

    public override Resource Read(NpgsqlDataReader reader) => ReviewRows.Read(reader);

    public override void Where(ListSql sql, ResourceFilter filter) => ReviewReader.Where(sql, (ReviewFilter)filter);
}

internal sealed class DerivationTable : ImportTable<DerivationContent>
{
    public override ResourceType Type => ResourceType.Derivation;

    public override string Name => "derivations";

    public override IReadOnlyList<ReferenceColumn> References { get; } =
        [new("from_id", "fromId", ResourceType.Source), new("to_id", "toId", ResourceType.Source)];

    public override IReadOnlyList<StagedRule> Rules { get; } = [new("s.from_id = s.to_id", "toId", "A source does not repeat itself: it must not be fromId.")];

    public override IReadOnlyList<string> NaturalKey { get; } =
    [
        "(case when {0}.relation = 'same-wire' then least({0}.from_id, {0}.to_id) else {0}.from_id end)",
        "(case when {0}.relation = 'same-wire' then greatest({0}.from_id, {0}.to_id) else {0}.to_id end)",
        "{0}.relation",
    ];

    public override string Alias => "d";

    public override string Selected => DerivationRows.Columns;

    protected override IReadOnlyList<ImportColumn<DerivationContent>> Content =>
    [
        Id("from_id", c => c.FromId.Value),
        Id("to_id", c => c.ToId.Value),
        Text("relation", c => NameOf(c.Relation)),
        Text("basis", c => NameOf(c.Basis)),
        Text("note", c => c.Note),
    ];

    public override Resource Read(NpgsqlDataReader reader) => DerivationRows.Read(reader);

    public override void Where(ListSql sql, ResourceFilter filter) => DerivationReader.Where(sql, (DerivationFilter)filter);
}

internal sealed class ClaimRelationTable : ImportTable<ClaimRelationContent>
{
    public override ResourceType Type => ResourceType.ClaimRelation;

    public override string Name => "claim_relations";

    public override IReadOnlyList<ReferenceColumn> References { get; } =
        [new("from_id", "fromId", ResourceType.Claim), new("to_id", "toId", ResourceType.Claim)];

    public override IReadOnlyList<StagedRule> Rules { get; } = [new("s.from_id = s.to_id", "toId", "A claim stands in no relation to itself: it must not be fromId.")];

    public override IReadOnlyList<string> NaturalKey { get; } =
    [
        "(case when {0}.kind in ('contradicts', 'equivalent') then least({0}.from_id, {0}.to_id) else {0}.from_id end)",
        "(case when {0}.kind in ('contradicts', 'equivalent') then greatest({0}.from_id, {0}.to_id) else {0}.to_id end)",
        "{0}.kind",
    ];

    public override string Alias => "r";

    public override string Selected => ClaimRelationRows.Columns;

    protected override IReadOnlyList<ImportColumn<ClaimRelationContent>> Content =>
    [
        Id("from_id", c => c.FromId.Value),
        Id("to_id", c => c.ToId.Value),
        Text("kind", c => NameOf(c.Kind)),
        Text("scope_difference", c => NameOf(c.ScopeDifference)),
        Text("note", c => c.Note),
    ];

    public override Resource Read(NpgsqlDataReader reader) => ClaimRelationRows.Read(reader);

    public override void Where(ListSql sql, ResourceFilter filter) => ClaimRelationReader.Where(sql, (ClaimRelationFilter)filter);
}
