using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Derivations;

/// <summary>A derivation as a client writes it: one source repeats another. What an answer carries besides is accepted and ignored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record DerivationInput : IResourceInput, IStoredInput
{
    /// <summary>Must agree with the path; not with POST.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string? Id { get; init; }

    /// <summary>The version that this was built on; 412 where it is not the current one.</summary>
    public int? Version { get; init; }

    /// <summary>The later source, which repeats.</summary>
    [Required]
    [TextFormat(TextFormat.Uuid)]
    public string? FromId { get; init; }

    /// <summary>The earlier source, which is repeated. Never `fromId`.</summary>
    [Required]
    [TextFormat(TextFormat.Uuid)]
    public string? ToId { get; init; }

    /// <summary>How the one repeats the other. `same-wire`, both print one agency's text, is the same either way round.</summary>
    [Required]
    [Values(typeof(DerivationRelation))]
    public string? Relation { get; init; }

    /// <summary>`declared`: the later source says so itself; `inferred`: somebody concluded it, from like words say.</summary>
    [Values(typeof(DerivationBasis), Default = "declared")]
    public string? Basis { get; init; }

    /// <summary>The analyst's note.</summary>
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? Note { get; init; }

    /// <summary>Its ids in other systems, each unique among derivations. At most 100.</summary>
    [MaxLength(ResourceContent.MaxItems)]
    public IReadOnlyList<ExternalIdContract?>? ExternalIds { get; init; }

    /// <summary>Free labels of at most 100 characters. At most 100.</summary>
    [MaxLength(ResourceContent.MaxTags)]
    public IReadOnlyList<string?>? Tags { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    public static IReadOnlySet<string> ReadOnly { get; } = new HashSet<string>([.. StoredContracts.ReadOnly, "from", "to"], StringComparer.Ordinal);

    public IEnumerable<Reference> References() =>
    [
        .. FromId.AsReference("fromId", ResourceType.Source),
        .. ToId.AsReference("toId", ResourceType.Source),
    ];

    /// <summary>What a validator has let through.</summary>
    public DerivationContent ToContent() => new()
    {
        ExternalIds = this.ToExternalIds(),
        Tags = this.ToTags(),
        FromId = new SourceId(FromId.ToId()!.Value),
        ToId = new SourceId(ToId.ToId()!.Value),
        Relation = EnumNames<DerivationRelation>.Parse(Relation)!.Value,
        Basis = EnumNames<DerivationBasis>.Parse(Basis) ?? DerivationBasis.Declared,
        Note = Note,
    };

    /// <summary>What a merge patch is applied to.</summary>
    public static DerivationInput From(DerivationContent content) => new()
    {
        ExternalIds = content.ExternalIds.ToContract(),
        Tags = content.Tags,
        FromId = content.FromId.Value.ToString(),
        ToId = content.ToId.Value.ToString(),
        Relation = EnumNames<DerivationRelation>.Of(content.Relation),
        Basis = EnumNames<DerivationBasis>.Of(content.Basis),
        Note = content.Note,
    };
}

/// <summary>Filters, order and page of the list of derivations.</summary>
internal sealed record DerivationListQuery : IListQuery
{
    /// <summary>The later source, which repeats.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? FromId { get; init; }

    /// <summary>The earlier source, which is repeated.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? ToId { get; init; }

    /// <summary>A source at either end.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? SourceId { get; init; }

    /// <summary>How the one repeats the other.</summary>
    [Values(typeof(DerivationRelation))]
    public string[]? Relation { get; init; }

    /// <summary>Whether the later source says so itself.</summary>
    [Values(typeof(DerivationBasis))]
    public string[]? Basis { get; init; }

    /// <summary>A tag it has.</summary>
    public string[]? Tag { get; init; }

    /// <summary>`system:id`: its id in another system.</summary>
    public string[]? ExternalId { get; init; }

    /// <summary>Who created it.</summary>
    public string[]? CreatedBy { get; init; }

    /// <summary>Created no earlier than this date begins.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? CreatedFrom { get; init; }

    /// <summary>Created no later than this date ends.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? CreatedTo { get; init; }

    /// <summary>Changed after this date ends.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? UpdatedAfter { get; init; }

    /// <summary>Changed before this date begins.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? UpdatedBefore { get; init; }

    /// <summary>What to embed: `from`, `to`; and `total`, to count what matches. Separated by commas.</summary>
    [Choices("from", "to", "total")]
    public string[]? Include { get; init; }

    /// <summary>The order.</summary>
    [Choices("-createdAt", "createdAt", "-updatedAt", "updatedAt")]
    public string? Sort { get; init; }

    /// <summary>Rows on the page, 1 to 500; 50 where none is given.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? Limit { get; init; }

    /// <summary>`nextCursor` of the page before.</summary>
    public string? Cursor { get; init; }

    public DerivationFilter ToFilter(QueryReader read) => new()
    {
        FromIds = [.. read.Ids(FromId).Select(id => new SourceId(id))],
        ToIds = [.. read.Ids(ToId).Select(id => new SourceId(id))],
        SourceIds = [.. read.Ids(SourceId).Select(id => new SourceId(id))],
        Relations = read.Enums<DerivationRelation>(Relation),
        Bases = read.Enums<DerivationBasis>(Basis),
        Stored = new StoredFilter
        {
            Tags = read.Texts(Tag, ResourceContent.MaxTagLength),
            ExternalIds = read.ExternalIds(ExternalId),
            CreatedBy = read.Texts(CreatedBy),
            CreatedFrom = read.First(CreatedFrom),
            CreatedTo = read.Last(CreatedTo),
            UpdatedAfter = read.Last(UpdatedAfter),
            UpdatedBefore = read.First(UpdatedBefore),
        },
    };
}

/// <summary>What to embed in one derivation.</summary>
internal sealed record DerivationQuery
{
    /// <summary>What to embed: `from`, `to`. Separated by commas.</summary>
    [Choices("from", "to")]
    public string[]? Include { get; init; }

    public static IReadOnlyDictionary<string, DerivationIncludes> Names { get; } = new Dictionary<string, DerivationIncludes>(StringComparer.Ordinal)
    {
        ["from"] = DerivationIncludes.From,
        ["to"] = DerivationIncludes.To,
    };
}

[JsonSerializable(typeof(DerivationInput))]
[JsonSerializable(typeof(DerivationResponse))]
[JsonSerializable(typeof(PageResponse<DerivationResponse>))]
internal sealed partial class DerivationJson : JsonSerializerContext;
