using System.Text.Json.Serialization;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Hosting.Representations;

/// <summary>A source's bearing on whether a claim's text is true.</summary>
internal sealed record CorroborationResponse : StoredResponse
{
    /// <summary>The claim that it bears on.</summary>
    public required Guid ClaimId { get; init; }

    /// <summary>The source that says or shows it.</summary>
    public required Guid SourceId { get; init; }

    /// <summary>What the source does with the claim.</summary>
    public required Stance Stance { get; init; }

    /// <summary>Whether the source saw it itself or was told.</summary>
    public required Directness Directness { get; init; }

    /// <summary>Whom the source names as where it has this from.</summary>
    public required IReadOnlyList<Guid> AttributedToIds { get; init; }

    /// <summary>Where the recorder read it, if not in the source itself.</summary>
    public required Guid? CitedInId { get; init; }

    /// <summary>In the source's words: "according to…".</summary>
    public required string? Attribution { get; init; }

    /// <summary>The source's interest in the matter.</summary>
    public required Interest Interest { get; init; }

    /// <summary>W3C Web Annotation TextQuoteSelector.</summary>
    public required Quote? Quote { get; init; }

    /// <summary>Page, time code, paragraph.</summary>
    public required string? Locator { get; init; }

    /// <summary>Where it says so.</summary>
    public required string? Url { get; init; }

    /// <summary>A copy in an archive.</summary>
    public required string? ArchiveUrl { get; init; }

    /// <summary>When it said so.</summary>
    public required PartialDate? PublishedAt { get; init; }

    /// <summary>When it was read.</summary>
    public required DateTimeOffset? AccessedAt { get; init; }

    /// <summary>NATO Admiralty code of this item, 1 (confirmed) to 6 (cannot be judged), as the analyst graded it.</summary>
    public required int Credibility { get; init; }

    /// <summary>The analyst's note.</summary>
    public required string? Note { get; init; }

    /// <summary>With `include=claim`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClaimResponse? Claim { get; init; }

    /// <summary>With `include=source`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceResponse? Source { get; init; }

    /// <summary>With `include=citedIn`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceResponse? CitedIn { get; init; }

    /// <summary>With `include=attributedTo`: the first 50.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SourceResponse>? AttributedTo { get; init; }

    /// <summary>How many things may be embedded here, and are marked in the entity tag as there or absent.</summary>
    public const int EmbeddedParts = 4;

    public override void AddTo(EntityTag tag)
    {
        base.AddTo(tag);
        tag.Add(Claim);
        tag.Add(Source);
        tag.Add(CitedIn);
        if (AttributedTo is null)
        {
            tag.AddAbsent();
            return;
        }

        tag.Add(AttributedTo.Count, hasMore: false);
        foreach (var source in AttributedTo)
        {
            source.AddTo(tag);
        }
    }

    public static CorroborationResponse From(CorroborationView view)
    {
        var link = view.Corroboration;
        var content = link.Content;
        return new()
        {
            Id = link.Id.Value,
            Version = link.Version,
            CreatedAt = link.CreatedAt,
            CreatedBy = link.CreatedBy,
            UpdatedAt = link.UpdatedAt,
            UpdatedBy = link.UpdatedBy,
            ExternalIds = content.ExternalIds,
            Tags = content.Tags,
            ClaimId = content.ClaimId.Value,
            SourceId = content.SourceId.Value,
            Stance = content.Stance,
            Directness = content.Directness,
            AttributedToIds = content.AttributedToIds.Count == 0 ? [] : [.. content.AttributedToIds.Select(id => id.Value)],
            CitedInId = content.CitedInId?.Value,
            Attribution = content.Attribution,
            Interest = content.Interest,
            Quote = content.Quote,
            Locator = content.Locator,
            Url = content.Url,
            ArchiveUrl = content.ArchiveUrl,
            PublishedAt = content.PublishedAt,
            AccessedAt = content.AccessedAt,
            Credibility = content.Credibility,
            Note = content.Note,
            Claim = ClaimResponse.FromOptional(view.Claim),
            Source = SourceResponse.FromOptional(view.Source),
            CitedIn = SourceResponse.FromOptional(view.CitedIn),
            AttributedTo = view.AttributedTo is { } sources ? [.. sources.Select(SourceResponse.From)] : null,
        };
    }
}
