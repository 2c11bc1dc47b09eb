using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Sources;

/// <summary>A source as a client writes it. What an answer carries besides is accepted and ignored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record SourceInput : IResourceInput, IStoredInput
{
    /// <summary>Must agree with the path; not with POST.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string? Id { get; init; }

    /// <summary>The version that this was built on; 412 where it is not the current one.</summary>
    public int? Version { get; init; }

    /// <summary>What sort of thing it is.</summary>
    [Required]
    [Values(typeof(SourceKind))]
    public string? Kind { get; init; }

    /// <summary>Its name; for `anonymous`, how it is described ("senior US officials").</summary>
    [Required]
    [MaxLength(ResourceContent.MaxName)]
    public string? Name { get; init; }

    /// <summary>Other names it goes by. At most 100.</summary>
    [MaxLength(ResourceContent.MaxItems)]
    public IReadOnlyList<string?>? Aliases { get; init; }

    /// <summary>Where it is on the web. Stored as given; never fetched.</summary>
    [TextFormat(TextFormat.Uri)]
    public string? Url { get; init; }

    /// <summary>A copy in an archive.</summary>
    [TextFormat(TextFormat.Uri)]
    public string? ArchiveUrl { get; init; }

    /// <summary>What one should know of it.</summary>
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? Description { get; init; }

    /// <summary>ISO 3166-1 alpha-2, in capitals.</summary>
    [TextFormat(TextFormat.Country)]
    public string? Country { get; init; }

    /// <summary>BCP 47.</summary>
    [TextFormat(TextFormat.Language)]
    public string? Language { get; init; }

    /// <summary>The source it is published by, part of or employed by: article → outlet, official → ministry.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string? ParentId { get; init; }

    /// <summary>The source that owns it: outlet → media group.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string? OwnerId { get; init; }

    /// <summary>NATO Admiralty code, A (completely reliable) to F (cannot be judged).</summary>
    [Values(typeof(Reliability), Default = "F")]
    public string? Reliability { get; init; }

    /// <summary>Why that grade.</summary>
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? ReliabilityBasis { get; init; }

    /// <summary>When it was published: documents and data sets.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? PublishedAt { get; init; }

    /// <summary>When it was read.</summary>
    [TextFormat(TextFormat.Instant)]
    public string? AccessedAt { get; init; }

    /// <summary>`sha256:` and 64 hex digits: of the document's bytes. Kept in lower case.</summary>
    [TextFormat(TextFormat.Sha256)]
    public string? ContentHash { get; init; }

    /// <summary>A CSL-JSON item, of at most 50,000 characters.</summary>
    public JsonElement? Citation { get; init; }

    /// <summary>Its ids in other systems, each unique among sources. At most 100.</summary>
    [MaxLength(ResourceContent.MaxItems)]
    public IReadOnlyList<ExternalIdContract?>? ExternalIds { get; init; }

    /// <summary>Free labels of at most 100 characters. At most 100.</summary>
    [MaxLength(ResourceContent.MaxTags)]
    public IReadOnlyList<string?>? Tags { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    public static IReadOnlySet<string> ReadOnly { get; } =
        new HashSet<string>([.. StoredContracts.ReadOnly, "parent", "owner", "corroborations"], StringComparer.Ordinal);

    public IEnumerable<Reference> References() =>
        [.. ParentId.AsReference("parentId", ResourceType.Source), .. OwnerId.AsReference("ownerId", ResourceType.Source)];

    /// <summary>What a validator has let through.</summary>
    public SourceContent ToContent() => new()
    {
        ExternalIds = this.ToExternalIds(),
        Tags = this.ToTags(),
        Kind = EnumNames<SourceKind>.Parse(Kind)!.Value,
        Name = Name!,
        Aliases = Aliases.ToTexts(),
        Url = Url,
        ArchiveUrl = ArchiveUrl,
        Description = Description,
        Country = Country,
        Language = Language,
        ParentId = ParentId.ToId() is { } parent ? new SourceId(parent) : null,
        OwnerId = OwnerId.ToId() is { } owner ? new SourceId(owner) : null,
        Reliability = EnumNames<Reliability>.Parse(Reliability) ?? Domain.Sources.Reliability.F,
        ReliabilityBasis = ReliabilityBasis,
        PublishedAt = PublishedAt.ToPartialDate(),
        AccessedAt = AccessedAt.ToInstant(),
        ContentHash = ContentHash?.ToLowerInvariant(),
        Citation = Citation is { ValueKind: JsonValueKind.Object } item ? new Citation(item) : null,
    };

    /// <summary>What a merge patch is applied to.</summary>
    public static SourceInput From(SourceContent content) => new()
    {
        ExternalIds = content.ExternalIds.ToContract(),
        Tags = content.Tags,
        Kind = EnumNames<SourceKind>.Of(content.Kind),
        Name = content.Name,
        Aliases = content.Aliases,
        Url = content.Url,
        ArchiveUrl = content.ArchiveUrl,
        Description = content.Description,
        Country = content.Country,
        Language = content.Language,
        ParentId = content.ParentId?.Value.ToString(),
        OwnerId = content.OwnerId?.Value.ToString(),
        Reliability = EnumNames<Reliability>.Of(content.Reliability),
        ReliabilityBasis = content.ReliabilityBasis,
        PublishedAt = content.PublishedAt?.ToString(),
        AccessedAt = content.AccessedAt.ToText(),
        ContentHash = content.ContentHash,
        Citation = content.Citation?.Item,
    };
}

/// <summary>Filters, order and page of the list of sources.</summary>
internal sealed record SourceListQuery : IListQuery
{
    /// <summary>What sort of thing it is.</summary>
    [Values(typeof(SourceKind))]
    public string[]? Kind { get; init; }

    /// <summary>Its name or an alias, whole, without regard to case.</summary>
    public string[]? Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    [TextFormat(TextFormat.Country)]
    public string[]? Country { get; init; }

    /// <summary>BCP 47, whole, without regard to case.</summary>
    public string[]? Language { get; init; }

    /// <summary>A tag it has.</summary>
    public string[]? Tag { get; init; }

    /// <summary>The source it is published by, part of or employed by.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? ParentId { get; init; }

    /// <summary>The source that owns it.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? OwnerId { get; init; }

    /// <summary>NATO Admiralty code.</summary>
    [Values(typeof(Reliability))]
    public string[]? Reliability { get; init; }

    /// <summary>Its address or that of its archived copy; compared without regard to scheme, `www.`, tracking parameters and the like.</summary>
    [TextFormat(TextFormat.Uri)]
    public string[]? Url { get; init; }

    /// <summary>SHA-256 of the document's bytes.</summary>
    [TextFormat(TextFormat.Sha256)]
    public string[]? ContentHash { get; init; }

    /// <summary>Published no earlier: its first instant is not before that of this date.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? PublishedFrom { get; init; }

    /// <summary>Published no later: its first instant is not after the last of this date.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? PublishedTo { get; init; }

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

    /// <summary>What to embed: `parent`, `owner`, `corroborations` (the newest 50), `corroborations.claim`; and `total`, to count what matches. Separated by commas.</summary>
    [Choices("parent", "owner", "corroborations", "corroborations.claim", "total")]
    public string[]? Include { get; init; }

    /// <summary>The order; missing values come last.</summary>
    [Choices("-createdAt", "createdAt", "-updatedAt", "updatedAt", "name", "-name", "-publishedAt", "publishedAt")]
    public string? Sort { get; init; }

    /// <summary>Rows on the page, 1 to 500; 50 where none is given.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? Limit { get; init; }

    /// <summary>`nextCursor` of the page before.</summary>
    public string? Cursor { get; init; }

    public SourceFilter ToFilter(QueryReader read) => new()
    {
        Kinds = read.Enums<SourceKind>(Kind),
        Names = read.Texts(Name),
        Countries = read.Countries(Country),
        Languages = read.Texts(Language),
        ParentIds = [.. read.Ids(ParentId).Select(id => new SourceId(id))],
        OwnerIds = [.. read.Ids(OwnerId).Select(id => new SourceId(id))],
        Reliabilities = read.Enums<Reliability>(Reliability),
        Urls = read.Urls(Url),
        ContentHashes = read.Hashes(ContentHash),
        PublishedFrom = read.Date(PublishedFrom),
        PublishedTo = read.Date(PublishedTo),
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

/// <summary>What is typed into a picker.</summary>
internal sealed record SuggestQuery
{
    public const int DefaultLimit = 10;

    public const int MaxLimit = 50;

    /// <summary>What is typed so far; the last word may be unfinished. Without it, the first sources by name.</summary>
    public string? Q { get; init; }

    /// <summary>What sort of thing it is.</summary>
    [Values(typeof(SourceKind))]
    public string[]? Kind { get; init; }

    /// <summary>How many at most, 1 to 50; 10 where none is given.</summary>
    [TextFormat(TextFormat.Integer)]
    [Limit(DefaultLimit, MaxLimit)]
    public string? Limit { get; init; }
}

/// <summary>Sources that may be meant, best first.</summary>
internal sealed record SourceSuggestions
{
    /// <summary>The best first: whole names, then beginnings, then words, then what is nearly spelt so.</summary>
    public required IReadOnlyList<SourceSuggestionResponse> Items { get; init; }
}

/// <summary>A source that may be meant: enough to show and to pick it.</summary>
internal sealed record SourceSuggestionResponse
{
    /// <summary>The source's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What sort of thing it is.</summary>
    public required SourceKind Kind { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string? Country { get; init; }

    /// <summary>The name or alias that was found.</summary>
    public required string Matched { get; init; }

    /// <summary>How it was found: `exact`, the whole name or alias; `prefix`, its beginning; `word`, beginnings of words in it; `approximate`, words nearly spelt so.</summary>
    public required SuggestionMatch Match { get; init; }

    public static SourceSuggestionResponse From(SourceSuggestion found) => new()
    {
        Id = found.Id.Value,
        Kind = found.Kind,
        Name = found.Name,
        Country = found.Country,
        Matched = found.Matched,
        Match = found.Match,
    };
}

/// <summary>What to embed in one source.</summary>
internal sealed record SourceQuery
{
    /// <summary>What to embed: `parent`, `owner`, `corroborations` (the newest 50), `corroborations.claim`. Separated by commas.</summary>
    [Choices("parent", "owner", "corroborations", "corroborations.claim")]
    public string[]? Include { get; init; }

    public static IReadOnlyDictionary<string, SourceIncludes> Names { get; } = new Dictionary<string, SourceIncludes>(StringComparer.Ordinal)
    {
        ["parent"] = SourceIncludes.Parent,
        ["owner"] = SourceIncludes.Owner,
        ["corroborations"] = SourceIncludes.Corroborations,
        ["corroborations.claim"] = SourceIncludes.Corroborations | SourceIncludes.CorroborationClaims,
    };
}

[JsonSerializable(typeof(SourceInput))]
[JsonSerializable(typeof(SourceResponse))]
[JsonSerializable(typeof(PageResponse<SourceResponse>))]
[JsonSerializable(typeof(SourceSuggestions))]
internal sealed partial class SourceJson : JsonSerializerContext;
