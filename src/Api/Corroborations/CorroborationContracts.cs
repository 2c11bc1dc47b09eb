using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Corroborations;

/// <summary>The words, and what stands before and after them: W3C Web Annotation TextQuoteSelector.</summary>
internal sealed record QuoteContract
{
    /// <summary>The words themselves.</summary>
    [Required]
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? Exact { get; init; }

    /// <summary>What stands before them.</summary>
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? Prefix { get; init; }

    /// <summary>What stands after them.</summary>
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? Suffix { get; init; }
}

/// <summary>
/// A corroboration as a client writes it: what a source has to say on whether a claim's text is true, never on whether it was said.
/// What an answer carries besides is accepted and ignored.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record CorroborationInput : IResourceInput, IStoredInput
{
    /// <summary>Must agree with the path; not with POST.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string? Id { get; init; }

    /// <summary>The version that this was built on; 412 where it is not the current one.</summary>
    public int? Version { get; init; }

    /// <summary>The claim that it bears on.</summary>
    [Required]
    [TextFormat(TextFormat.Uuid)]
    public string? ClaimId { get; init; }

    /// <summary>The source that says or shows it.</summary>
    [Required]
    [TextFormat(TextFormat.Uuid)]
    public string? SourceId { get; init; }

    /// <summary>`reports` relays without vouching; `denies` is a denial by a party to the matter.</summary>
    [Required]
    [Values(typeof(Stance))]
    public string? Stance { get; init; }

    /// <summary>`first-hand`: it saw, measured, decided or did it itself; having been told is `relayed`. Not first-hand with `attributedToIds`.</summary>
    [Values(typeof(Directness), Default = "unknown")]
    public string? Directness { get; init; }

    /// <summary>Whom the source names as where it has this from: the immediate predecessors only, never itself. At most 100.</summary>
    [MaxLength(ResourceContent.MaxItems)]
    [TextFormat(TextFormat.Uuid)]
    public IReadOnlyList<string?>? AttributedToIds { get; init; }

    /// <summary>"As cited in": where the recorder read it, if not in the source itself.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string? CitedInId { get; init; }

    /// <summary>In the source's words: "according to…".</summary>
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? Attribution { get; init; }

    /// <summary>The source's interest in the matter; `adverse`: it speaks against its own. A `denies` without `attributedToIds` is by a `party`.</summary>
    [Values(typeof(Interest), Default = "unknown")]
    public string? Interest { get; init; }

    /// <summary>The source's words.</summary>
    public QuoteContract? Quote { get; init; }

    /// <summary>Page, time code, paragraph.</summary>
    [MaxLength(ResourceContent.MaxName)]
    public string? Locator { get; init; }

    /// <summary>Where it says so. Stored as given; never fetched.</summary>
    [TextFormat(TextFormat.Uri)]
    public string? Url { get; init; }

    /// <summary>A copy in an archive.</summary>
    [TextFormat(TextFormat.Uri)]
    public string? ArchiveUrl { get; init; }

    /// <summary>When it said so.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? PublishedAt { get; init; }

    /// <summary>When it was read.</summary>
    [TextFormat(TextFormat.Instant)]
    public string? AccessedAt { get; init; }

    /// <summary>NATO Admiralty code of this item, 1 (confirmed) to 6 (cannot be judged), as the analyst grades it; 6 where none is given.</summary>
    [DefaultValue(CorroborationContent.DefaultCredibility)]
    [Range(1, 6)]
    public int? Credibility { get; init; }

    /// <summary>The analyst's note.</summary>
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? Note { get; init; }

    /// <summary>Its ids in other systems, each unique among corroborations. At most 100.</summary>
    [MaxLength(ResourceContent.MaxItems)]
    public IReadOnlyList<ExternalIdContract?>? ExternalIds { get; init; }

    /// <summary>Free labels of at most 100 characters. At most 100.</summary>
    [MaxLength(ResourceContent.MaxTags)]
    public IReadOnlyList<string?>? Tags { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    public static IReadOnlySet<string> ReadOnly { get; } =
        new HashSet<string>([.. StoredContracts.ReadOnly, "claim", "source", "citedIn", "attributedTo"], StringComparer.Ordinal);

    public IEnumerable<Reference> References() =>
    [
        .. ClaimId.AsReference("claimId", ResourceType.Claim),
        .. SourceId.AsReference("sourceId", ResourceType.Source),
        .. (AttributedToIds ?? []).Take(ResourceContent.MaxItems).SelectMany((id, i) => id.AsReference($"attributedToIds[{i}]", ResourceType.Source)),
        .. CitedInId.AsReference("citedInId", ResourceType.Source),
    ];

    /// <summary>What a validator has let through.</summary>
    public CorroborationContent ToContent()
    {
        var stance = EnumNames<Stance>.Parse(Stance)!.Value;
        var interest = EnumNames<Interest>.Parse(Interest) ?? Domain.Corroborations.Interest.Unknown;
        return new()
        {
            ExternalIds = this.ToExternalIds(),
            Tags = this.ToTags(),
            ClaimId = new ClaimId(ClaimId.ToId()!.Value),
            SourceId = new SourceId(SourceId.ToId()!.Value),
            Stance = stance,
            Directness = EnumNames<Directness>.Parse(Directness) ?? Domain.Corroborations.Directness.Unknown,
            AttributedToIds = AttributedToIds is { Count: > 0 } ids ? new([.. ids.Select(id => new SourceId(id.ToId()!.Value))]) : [],
            CitedInId = CitedInId.ToId() is { } citedIn ? new SourceId(citedIn) : null,
            Attribution = Attribution,
            Interest = CorroborationContent.IsByParty(stance, AttributedToIds?.Count ?? 0) ? Domain.Corroborations.Interest.Party : interest,
            Quote = Quote is { } quote ? new Quote(quote.Exact!, quote.Prefix, quote.Suffix) : null,
            Locator = Locator,
            Url = Url,
            ArchiveUrl = ArchiveUrl,
            PublishedAt = PublishedAt.ToPartialDate(),
            AccessedAt = AccessedAt.ToInstant(),
            Credibility = Credibility ?? CorroborationContent.DefaultCredibility,
            Note = Note,
        };
    }

    /// <summary>What a merge patch is applied to.</summary>
    public static CorroborationInput From(CorroborationContent content) => new()
    {
        ExternalIds = content.ExternalIds.ToContract(),
        Tags = content.Tags,
        ClaimId = content.ClaimId.Value.ToString(),
        SourceId = content.SourceId.Value.ToString(),
        Stance = EnumNames<Stance>.Of(content.Stance),
        Directness = EnumNames<Directness>.Of(content.Directness),
        AttributedToIds = [.. content.AttributedToIds.Select(id => id.Value.ToString())],
        CitedInId = content.CitedInId?.Value.ToString(),
        Attribution = content.Attribution,
        Interest = EnumNames<Interest>.Of(content.Interest),
        Quote = content.Quote is { } quote ? new QuoteContract { Exact = quote.Exact, Prefix = quote.Prefix, Suffix = quote.Suffix } : null,
        Locator = content.Locator,
        Url = content.Url,
        ArchiveUrl = content.ArchiveUrl,
        PublishedAt = content.PublishedAt?.ToString(),
        AccessedAt = content.AccessedAt.ToText(),
        Credibility = content.Credibility,
        Note = content.Note,
    };
}

/// <summary>Filters, order and page of the list of corroborations.</summary>
internal sealed record CorroborationListQuery : IListQuery
{
    /// <summary>The claim that it bears on.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? ClaimId { get; init; }

    /// <summary>The source that says or shows it.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? SourceId { get; init; }

    /// <summary>What the source does with the claim.</summary>
    [Values(typeof(Stance))]
    public string[]? Stance { get; init; }

    /// <summary>Whether the source saw it itself or was told.</summary>
    [Values(typeof(Directness))]
    public string[]? Directness { get; init; }

    /// <summary>The source's interest in the matter.</summary>
    [Values(typeof(Interest))]
    public string[]? Interest { get; init; }

    /// <summary>NATO Admiralty code of the item, 1 to 6.</summary>
    [TextFormat(TextFormat.Integer)]
    public string[]? Credibility { get; init; }

    /// <summary>A source that it is attributed to.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? AttributedToId { get; init; }

    /// <summary>Where the recorder read it.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? CitedInId { get; init; }

    /// <summary>Its address or that of its archived copy; compared without regard to scheme, `www.`, tracking parameters and the like.</summary>
    [TextFormat(TextFormat.Uri)]
    public string[]? Url { get; init; }

    /// <summary>Published no earlier: its first instant is not before that of this date.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? PublishedFrom { get; init; }

    /// <summary>Published no later: its first instant is not after the last of this date.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? PublishedTo { get; init; }

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

    /// <summary>What to embed: `claim`, `source`, `citedIn`, `attributedTo`; and `total`, to count what matches. Separated by commas.</summary>
    [Choices("claim", "source", "citedIn", "attributedTo", "total")]
    public string[]? Include { get; init; }

    /// <summary>The order; missing values come last.</summary>
    [Choices("-createdAt", "createdAt", "-updatedAt", "updatedAt", "-publishedAt", "publishedAt")]
    public string? Sort { get; init; }

    /// <summary>Rows on the page, 1 to 500; 50 where none is given.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? Limit { get; init; }

    /// <summary>`nextCursor` of the page before.</summary>
    public string? Cursor { get; init; }

    public CorroborationFilter ToFilter(QueryReader read) => new()
    {
        ClaimIds = [.. read.Ids(ClaimId).Select(id => new ClaimId(id))],
        SourceIds = [.. read.Ids(SourceId).Select(id => new SourceId(id))],
        Stances = read.Enums<Stance>(Stance),
        Directness = read.Enums<Directness>(Directness),
        Interests = read.Enums<Interest>(Interest),
        Credibilities = read.Integers(Credibility, 1, 6),
        AttributedToIds = [.. read.Ids(AttributedToId).Select(id => new SourceId(id))],
        CitedInIds = [.. read.Ids(CitedInId).Select(id => new SourceId(id))],
        Urls = read.Urls(Url),
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

/// <summary>What to embed in one corroboration.</summary>
internal sealed record CorroborationQuery
{
    /// <summary>What to embed: `claim`, `source`, `citedIn`, `attributedTo`. Separated by commas.</summary>
    [Choices("claim", "source", "citedIn", "attributedTo")]
    public string[]? Include { get; init; }

    public static IReadOnlyDictionary<string, CorroborationIncludes> Names { get; } = new Dictionary<string, CorroborationIncludes>(StringComparer.Ordinal)
    {
        ["claim"] = CorroborationIncludes.Claim,
        ["source"] = CorroborationIncludes.Source,
        ["citedIn"] = CorroborationIncludes.CitedIn,
        ["attributedTo"] = CorroborationIncludes.AttributedTo,
    };

    /// <summary>What an annotation is made of. It embeds nothing that is asked for.</summary>
    public CorroborationIncludes ForAnnotation(QueryReader read)
    {
        if (Include is { Length: > 0 })
        {
            read.Fault<string>(nameof(Include), "is not for annotations, which have what they have");
        }

        return CorroborationIncludes.Claim | CorroborationIncludes.Source;
    }
}

[JsonSerializable(typeof(CorroborationInput))]
[JsonSerializable(typeof(CorroborationResponse))]
[JsonSerializable(typeof(PageResponse<CorroborationResponse>))]
internal sealed partial class CorroborationJson : JsonSerializerContext;
