using System.Text.Json.Serialization;

namespace Stemma.Bench.Raw;

internal sealed record Claim
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public required string UpdatedBy { get; init; }

    public required ExternalId[] ExternalIds { get; init; }

    public required string[] Tags { get; init; }

    public required string Text { get; init; }

    public required string? Context { get; init; }

    public required string Language { get; init; }

    public required string Kind { get; init; }

    public required string Status { get; init; }

    public required Guid? ClaimantId { get; init; }

    public required string? ClaimedAt { get; init; }

    public required string? EventFrom { get; init; }

    public required string? EventTo { get; init; }

    public required string? Place { get; init; }

    public required string? FirstAppearanceUrl { get; init; }

    public required string[] AppearanceUrls { get; init; }

    public required Quantity[] Quantities { get; init; }

    public required bool? Plausible { get; init; }

    public required Counts CorroborationCounts { get; init; }

    public required Assessment Assessment { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Page<Corroboration>? Corroborations { get; init; }
}

internal sealed record Corroboration
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public required string UpdatedBy { get; init; }

    public required ExternalId[] ExternalIds { get; init; }

    public required string[] Tags { get; init; }

    public required Guid ClaimId { get; init; }

    public required Guid SourceId { get; init; }

    public required string Stance { get; init; }

    public required string Directness { get; init; }

    public required Guid[] AttributedToIds { get; init; }

    public required Guid? CitedInId { get; init; }

    public required string? Attribution { get; init; }

    public required string Interest { get; init; }

    public required Quote? Quote { get; init; }

    public required string? Locator { get; init; }

    public required string? Url { get; init; }

    public required string? ArchiveUrl { get; init; }

    public required string? PublishedAt { get; init; }

    public required DateTime? AccessedAt { get; init; }

    public required int Credibility { get; init; }

    public required string? Note { get; init; }
}

internal readonly record struct Counts(int Supports, int Contradicts, int Reports, int Denies, int Mentions);

internal readonly record struct Assessment(int Credibility, int Min, int Max, bool Circular, bool Stale);

internal sealed record ExternalId(string System, string Id);

internal sealed record Quote(string Exact, string? Prefix, string? Suffix);

internal sealed record Quantity
{
    public string? Subject { get; init; }

    public string? Metric { get; init; }

    public string? Comparator { get; init; }

    public decimal? Value { get; init; }

    public decimal? Lower { get; init; }

    public decimal? Upper { get; init; }

    public string? Unit { get; init; }

    public string? Baseline { get; init; }

    public string? PeriodFrom { get; init; }

    public string? PeriodTo { get; init; }
}

internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

internal sealed record NewClaim
{
    public required string Text { get; init; }

    public string? Context { get; init; }

    public string? Language { get; init; }

    public string? Kind { get; init; }

    public string? Status { get; init; }

    public Guid? ClaimantId { get; init; }

    public string? ClaimedAt { get; init; }

    public string? EventFrom { get; init; }

    public string? EventTo { get; init; }

    public string? Place { get; init; }

    public string? FirstAppearanceUrl { get; init; }

    public string[]? AppearanceUrls { get; init; }

    public Quantity[]? Quantities { get; init; }

    public bool? Plausible { get; init; }

    public ExternalId[]? ExternalIds { get; init; }

    public string[]? Tags { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Claim))]
[JsonSerializable(typeof(Page<Claim>))]
[JsonSerializable(typeof(NewClaim))]
[JsonSerializable(typeof(ExternalId[]))]
[JsonSerializable(typeof(Quantity[]))]
internal sealed partial class RawJson : JsonSerializerContext;
