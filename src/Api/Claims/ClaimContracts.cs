using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Search;
using Stemma.Domain.Sources;

namespace Stemma.Api.Claims;

/// <summary>A claim as a client writes it. What an answer carries besides is accepted and ignored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record ClaimInput : IResourceInput, IStoredInput
{
    /// <summary>Must agree with the path; not with POST.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string? Id { get; init; }

    /// <summary>The version that this was built on; 412 where it is not the current one.</summary>
    public int? Version { get; init; }

    /// <summary>What is asserted: schema.org `text`.</summary>
    [Required]
    [MaxLength(ClaimContent.MaxText)]
    public string? Text { get; init; }

    /// <summary>What a reader must know to read it rightly.</summary>
    [MaxLength(ResourceContent.MaxFreeText)]
    public string? Context { get; init; }

    /// <summary>BCP 47; `en` where none is given.</summary>
    [DefaultValue(ClaimContent.DefaultLanguage)]
    [TextFormat(TextFormat.Language)]
    public string? Language { get; init; }

    /// <summary>What sort of statement it is; an opinion or a prediction cannot be graded.</summary>
    [Values(typeof(ClaimKind), Default = "factual")]
    public string? Kind { get; init; }

    /// <summary>Where the work on it stands.</summary>
    [Values(typeof(ClaimStatus), Default = "open")]
    public string? Status { get; init; }

    /// <summary>The source that asserts it: schema.org `author`.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string? ClaimantId { get; init; }

    /// <summary>When it was asserted.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? ClaimedAt { get; init; }

    /// <summary>Since when what it asserts holds; not after `eventTo`. Alone, it is open at the end.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? EventFrom { get; init; }

    /// <summary>Until when what it asserts holds. Alone, it is open at the start.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? EventTo { get; init; }

    /// <summary>Where what it asserts holds.</summary>
    [MaxLength(ResourceContent.MaxName)]
    public string? Place { get; init; }

    /// <summary>Where it first appeared: schema.org `firstAppearance`.</summary>
    [TextFormat(TextFormat.Uri)]
    public string? FirstAppearanceUrl { get; init; }

    /// <summary>Where else it appeared: schema.org `appearance`. At most 100.</summary>
    [MaxLength(ResourceContent.MaxItems)]
    [TextFormat(TextFormat.Uri)]
    public IReadOnlyList<string?>? AppearanceUrls { get; init; }

    /// <summary>Its figures, as data. At most 100.</summary>
    [MaxLength(ResourceContent.MaxItems)]
    public IReadOnlyList<QuantityContract?>? Quantities { get; init; }

    /// <summary>The analyst's word whether it is logical in itself.</summary>
    public bool? Plausible { get; init; }

    /// <summary>Its ids in other systems, each unique among claims. At most 100.</summary>
    [MaxLength(ResourceContent.MaxItems)]
    public IReadOnlyList<ExternalIdContract?>? ExternalIds { get; init; }

    /// <summary>Free labels of at most 100 characters. At most 100.</summary>
    [MaxLength(ResourceContent.MaxTags)]
    public IReadOnlyList<string?>? Tags { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    public static IReadOnlySet<string> ReadOnly { get; } =
        new HashSet<string>([.. StoredContracts.ReadOnly, "corroborationCounts", "assessment", "claimant", "corroborations", "reviews"], StringComparer.Ordinal);

    public IEnumerable<Reference> References() => ClaimantId.AsReference("claimantId", ResourceType.Source);

    /// <summary>What a validator has let through.</summary>
    public ClaimContent ToContent() => new()
    {
        ExternalIds = this.ToExternalIds(),
        Tags = this.ToTags(),
        Text = Text!,
        Context = Context,
        Language = Language ?? ClaimContent.DefaultLanguage,
        Kind = EnumNames<ClaimKind>.Parse(Kind) ?? ClaimKind.Factual,
        Status = EnumNames<ClaimStatus>.Parse(Status) ?? ClaimStatus.Open,
        ClaimantId = ClaimantId.ToId() is { } claimant ? new SourceId(claimant) : null,
        ClaimedAt = ClaimedAt.ToPartialDate(),
        EventFrom = EventFrom.ToPartialDate(),
        EventTo = EventTo.ToPartialDate(),
        Place = Place,
        FirstAppearanceUrl = FirstAppearanceUrl,
        AppearanceUrls = AppearanceUrls.ToTexts(),
        Quantities = Quantities is { Count: > 0 } quantities ? new([.. quantities.Select(q => q!.ToQuantity())]) : [],
        Plausible = Plausible,
    };

    /// <summary>What a merge patch is applied to.</summary>
    public static ClaimInput From(ClaimContent content) => new()
    {
        ExternalIds = content.ExternalIds.ToContract(),
        Tags = content.Tags,
        Text = content.Text,
        Context = content.Context,
        Language = content.Language,
        Kind = EnumNames<ClaimKind>.Of(content.Kind),
        Status = EnumNames<ClaimStatus>.Of(content.Status),
        ClaimantId = content.ClaimantId?.Value.ToString(),
        ClaimedAt = content.ClaimedAt?.ToString(),
        EventFrom = content.EventFrom?.ToString(),
        EventTo = content.EventTo?.ToString(),
        Place = content.Place,
        FirstAppearanceUrl = content.FirstAppearanceUrl,
        AppearanceUrls = content.AppearanceUrls,
        Quantities = [.. content.Quantities.Select(QuantityContract.From)],
        Plausible = content.Plausible,
    };
}

/// <summary>Filters, order and page of the list of claims.</summary>
internal sealed record ClaimListQuery : IListQuery
{
    /// <summary>What to search for, best first: words that all must be there, `"words in a row"`, `-without`, `this or that`, `begin*`, and the fields that `GET /search` knows. 1,000 characters at most.</summary>
    public string? Q { get; init; }

    /// <summary>Where the work on it stands.</summary>
    [Values(typeof(ClaimStatus))]
    public string[]? Status { get; init; }

    /// <summary>What sort of statement it is.</summary>
    [Values(typeof(ClaimKind))]
    public string[]? Kind { get; init; }

    /// <summary>BCP 47, whole, without regard to case.</summary>
    public string[]? Language { get; init; }

    /// <summary>A tag it has.</summary>
    public string[]? Tag { get; init; }

    /// <summary>Who asserts it.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? ClaimantId { get; init; }

    /// <summary>A source with a corroboration of it; with `stance`, of that stance.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? SourceId { get; init; }

    /// <summary>A stance that one of its corroborations has.</summary>
    [Values(typeof(Stance))]
    public string[]? Stance { get; init; }

    /// <summary>Whether it has a review.</summary>
    [TextFormat(TextFormat.Boolean)]
    public string[]? Reviewed { get; init; }

    /// <summary>What one of its reviews finds.</summary>
    [Values(typeof(Verdict))]
    public string[]? Verdict { get; init; }

    /// <summary>Asserted no earlier: its first instant is not before that of this date.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? ClaimedFrom { get; init; }

    /// <summary>Asserted no later: its first instant is not after the last of this date (`2024-05` finds 2024-05-16).</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? ClaimedTo { get; init; }

    /// <summary>What it asserts still holds at this date or later.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? EventFrom { get; init; }

    /// <summary>What it asserts holds at this date or earlier.</summary>
    [TextFormat(TextFormat.PartialDate)]
    public string? EventTo { get; init; }

    /// <summary>Its place, whole, without regard to case.</summary>
    public string[]? Place { get; init; }

    /// <summary>Where it appeared, first or later; compared without regard to scheme, `www.`, tracking parameters and the like.</summary>
    [TextFormat(TextFormat.Uri)]
    public string[]? Url { get; init; }

    /// <summary>The metric of one of its quantities, whole.</summary>
    public string[]? Metric { get; init; }

    /// <summary>The analyst's word whether it is logical in itself.</summary>
    [TextFormat(TextFormat.Boolean)]
    public string[]? Plausible { get; init; }

    /// <summary>Admiralty code, 1 to 6, of its assessment: the analyst's where there is one, else the derived one.</summary>
    [TextFormat(TextFormat.Integer)]
    public string[]? Credibility { get; init; }

    /// <summary>Number of independent origins for it that are certain: `assessment.min`.</summary>
    [TextFormat(TextFormat.Integer)]
    public string[]? IndependentSupport { get; init; }

    /// <summary>Least number of independent origins for it that are certain.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? MinIndependentSupport { get; init; }

    /// <summary>Whether sources have it from one another in a circle.</summary>
    [TextFormat(TextFormat.Boolean)]
    public string[]? Circular { get; init; }

    /// <summary>Whether the rule `contested` decided: an independent origin against it, and no more than one for it.</summary>
    [TextFormat(TextFormat.Boolean)]
    public string[]? Contested { get; init; }

    /// <summary>Least number of links that support it.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? MinSupports { get; init; }

    /// <summary>Least number of links that contradict it.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? MinContradicts { get; init; }

    /// <summary>Least number of links that report it.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? MinReports { get; init; }

    /// <summary>Least number of denials.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? MinDenies { get; init; }

    /// <summary>Least number of links that mention it.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? MinMentions { get; init; }

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

    /// <summary>What to embed: `claimant`, `corroborations` (the newest 50), `corroborations.source`, `reviews` (the newest 50), `reviews.publisher`; `total`, to count what matches; `facets`, to count it by its values. Separated by commas.</summary>
    [Choices("claimant", "corroborations", "corroborations.source", "reviews", "reviews.publisher", "total", "facets")]
    public string[]? Include { get; init; }

    /// <summary>The order; missing values come last.</summary>
    [Choices("-createdAt", "createdAt", "-updatedAt", "updatedAt", "-claimedAt", "claimedAt", "-credibility", "credibility", "-independentSupport", "independentSupport", "-circular", "circular", "-contested", "contested")]
    public string? Sort { get; init; }

    /// <summary>Rows on the page, 1 to 500; 50 where none is given.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? Limit { get; init; }

    /// <summary>`nextCursor` of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether the index answers, not the table alone.</summary>
    public bool IsSearch => !string.IsNullOrEmpty(Q) || WithFacets;

    private bool WithFacets => (Include ?? []).SelectMany(i => i.Split(',')).Contains("facets");

    public ClaimSearchRequest ToSearch(QueryReader read, string? cursor, HttpRequest request)
    {
        var names = ClaimQuery.Names.Append(KeyValuePair.Create("facets", ClaimIncludes.None)).ToDictionary(StringComparer.Ordinal);
        var (include, withTotal) = read.ListIncludes(Include, names);
        return new()
        {
            Query = read.Query(Q),
            Filter = ToFilter(read),
            Include = include,
            WithTotal = withTotal,
            WithFacets = WithFacets,
            Limit = read.Integer(Limit, 1, Page.MaxLimit) ?? Page.DefaultLimit,
            After = read.After(cursor, request),
        };
    }

    public ClaimFilter ToFilter(QueryReader read) => new()
    {
        Statuses = read.Enums<ClaimStatus>(Status),
        Kinds = read.Enums<ClaimKind>(Kind),
        Languages = read.Texts(Language),
        ClaimantIds = [.. read.Ids(ClaimantId).Select(id => new SourceId(id))],
        SourceIds = [.. read.Ids(SourceId).Select(id => new SourceId(id))],
        Stances = read.Enums<Stance>(Stance),
        Reviewed = read.Booleans(Reviewed),
        Verdicts = read.Enums<Verdict>(Verdict),
        ClaimedFrom = read.Date(ClaimedFrom),
        ClaimedTo = read.Date(ClaimedTo),
        EventFrom = read.Date(EventFrom),
        EventTo = read.Date(EventTo),
        Places = read.Texts(Place),
        Urls = read.Urls(Url),
        Metrics = read.Texts(Metric),
        Plausible = read.Booleans(Plausible),
        Least = new CorroborationCounts(
            read.Integer(MinSupports, 0, int.MaxValue) ?? 0,
            read.Integer(MinContradicts, 0, int.MaxValue) ?? 0,
            read.Integer(MinReports, 0, int.MaxValue) ?? 0,
            read.Integer(MinDenies, 0, int.MaxValue) ?? 0,
            read.Integer(MinMentions, 0, int.MaxValue) ?? 0),
        Credibilities = read.Integers(Credibility, 1, 6),
        IndependentSupport = read.Integers(IndependentSupport, 0, int.MaxValue),
        LeastIndependentSupport = read.Integer(MinIndependentSupport, 0, int.MaxValue) ?? 0,
        Circular = read.Booleans(Circular),
        Contested = read.Booleans(Contested),
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

/// <summary>What to embed in one claim.</summary>
internal sealed record ClaimQuery
{
    /// <summary>What to embed: `claimant`, `corroborations` (the newest 50), `corroborations.source`, `reviews` (the newest 50), `reviews.publisher`. Separated by commas.</summary>
    [Choices("claimant", "corroborations", "corroborations.source", "reviews", "reviews.publisher")]
    public string[]? Include { get; init; }

    public static IReadOnlyDictionary<string, ClaimIncludes> Names { get; } = new Dictionary<string, ClaimIncludes>(StringComparer.Ordinal)
    {
        ["claimant"] = ClaimIncludes.Claimant,
        ["corroborations"] = ClaimIncludes.Corroborations,
        ["corroborations.source"] = ClaimIncludes.Corroborations | ClaimIncludes.CorroborationSources,
        ["reviews"] = ClaimIncludes.Reviews,
        ["reviews.publisher"] = ClaimIncludes.Reviews | ClaimIncludes.ReviewPublishers,
    };
}

[JsonSerializable(typeof(ClaimInput))]
[JsonSerializable(typeof(MatchQuestion))]
[JsonSerializable(typeof(MatchesResponse))]
[JsonSerializable(typeof(ClaimResponse))]
[JsonSerializable(typeof(PageResponse<ClaimResponse>))]
internal sealed partial class ClaimJson : JsonSerializerContext;
