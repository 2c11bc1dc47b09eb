using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Resources;

namespace Stemma.Api.ClaimRelations;

/// <summary>A claim relation as a client writes it: how two claims stand to each other. What an answer carries besides is accepted and ignored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record ClaimRelationInput : IResourceInput, IStoredInput
{
    /// <summary>Must agree with the path; not with POST.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string? Id { get; init; }

    /// <summary>The version that this was built on; 412 where it is not the current one.</summary>
    public int? Version { get; init; }

    /// <summary>The claim that the relation is said of.</summary>
    [Required]
    [TextFormat(TextFormat.Uuid)]
    public string? FromId { get; init; }

    /// <summary>The other claim. Never `fromId`.</summary>
    [Required]
    [TextFormat(TextFormat.Uuid)]
    public string? ToId { get; init; }

    /// <summary>How the claim `fromId` stands to the claim `toId`. `contradicts` and `equivalent` are the same either way round.</summary>
    [Required]
    [Values(typeof(ClaimRelationKind))]
    public string? Kind { get; init; }

    /// <summary>In what the two differ, so that the relation holds only with that in mind: two figures that seem to contradict each other may be of two years.</summary>
    [Values(typeof(ScopeDifference), Default = "none")]
    public string? ScopeDifference { get; init; }

    /// <summary>The analyst's note.</summary>
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? Note { get; init; }

    /// <summary>Its ids in other systems, each unique among claim relations. At most 100.</summary>
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
        .. FromId.AsReference("fromId", ResourceType.Claim),
        .. ToId.AsReference("toId", ResourceType.Claim),
    ];

    /// <summary>What a validator has let through.</summary>
    public ClaimRelationContent ToContent() => new()
    {
        ExternalIds = this.ToExternalIds(),
        Tags = this.ToTags(),
        FromId = new ClaimId(FromId.ToId()!.Value),
        ToId = new ClaimId(ToId.ToId()!.Value),
        Kind = EnumNames<ClaimRelationKind>.Parse(Kind)!.Value,
        ScopeDifference = EnumNames<ScopeDifference>.Parse(ScopeDifference) ?? Domain.Claims.ScopeDifference.None,
        Note = Note,
    };

    /// <summary>What a merge patch is applied to.</summary>
    public static ClaimRelationInput From(ClaimRelationContent content) => new()
    {
        ExternalIds = content.ExternalIds.ToContract(),
        Tags = content.Tags,
        FromId = content.FromId.Value.ToString(),
        ToId = content.ToId.Value.ToString(),
        Kind = EnumNames<ClaimRelationKind>.Of(content.Kind),
        ScopeDifference = EnumNames<ScopeDifference>.Of(content.ScopeDifference),
        Note = content.Note,
    };
}

/// <summary>Filters, order and page of the list of claim relations.</summary>
internal sealed record ClaimRelationListQuery : IListQuery
{
    /// <summary>The claim that the relation is said of.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? FromId { get; init; }

    /// <summary>The other claim.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? ToId { get; init; }

    /// <summary>A claim at either end.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? ClaimId { get; init; }

    /// <summary>How the one stands to the other.</summary>
    [Values(typeof(ClaimRelationKind))]
    public string[]? Kind { get; init; }

    /// <summary>In what the two differ.</summary>
    [Values(typeof(ScopeDifference))]
    public string[]? ScopeDifference { get; init; }

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

    public ClaimRelationFilter ToFilter(QueryReader read) => new()
    {
        FromIds = [.. read.Ids(FromId).Select(id => new ClaimId(id))],
        ToIds = [.. read.Ids(ToId).Select(id => new ClaimId(id))],
        ClaimIds = [.. read.Ids(ClaimId).Select(id => new ClaimId(id))],
        Kinds = read.Enums<ClaimRelationKind>(Kind),
        ScopeDifferences = read.Enums<ScopeDifference>(ScopeDifference),
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

/// <summary>What to embed in one claim relation.</summary>
internal sealed record ClaimRelationQuery
{
    /// <summary>What to embed: `from`, `to`. Separated by commas.</summary>
    [Choices("from", "to")]
    public string[]? Include { get; init; }

    public static IReadOnlyDictionary<string, ClaimRelationIncludes> Names { get; } = new Dictionary<string, ClaimRelationIncludes>(StringComparer.Ordinal)
    {
        ["from"] = ClaimRelationIncludes.From,
        ["to"] = ClaimRelationIncludes.To,
    };
}

[JsonSerializable(typeof(ClaimRelationInput))]
[JsonSerializable(typeof(ClaimRelationResponse))]
[JsonSerializable(typeof(PageResponse<ClaimRelationResponse>))]
internal sealed partial class ClaimRelationJson : JsonSerializerContext;
