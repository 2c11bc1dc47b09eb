using System.Text.Json.Serialization;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Hosting.Representations;

/// <summary>A statement that someone makes: schema.org `Claim`.</summary>
internal sealed record ClaimResponse : StoredResponse
{
    /// <summary>What is asserted: schema.org `text`.</summary>
    public required string Text { get; init; }

    /// <summary>What a reader must know to read it rightly.</summary>
    public required string? Context { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>What sort of statement it is; an opinion or a prediction cannot be graded.</summary>
    public required ClaimKind Kind { get; init; }

    /// <summary>Where the work on it stands.</summary>
    public required ClaimStatus Status { get; init; }

    /// <summary>The source that asserts it: schema.org `author`.</summary>
    public required Guid? ClaimantId { get; init; }

    /// <summary>When it was asserted.</summary>
    public required PartialDate? ClaimedAt { get; init; }

    /// <summary>Since when what it asserts holds.</summary>
    public required PartialDate? EventFrom { get; init; }

    /// <summary>Until when what it asserts holds.</summary>
    public required PartialDate? EventTo { get; init; }

    /// <summary>Where what it asserts holds.</summary>
    public required string? Place { get; init; }

    /// <summary>Where it first appeared: schema.org `firstAppearance`.</summary>
    public required string? FirstAppearanceUrl { get; init; }

    /// <summary>Where else it appeared: schema.org `appearance`.</summary>
    public required IReadOnlyList<string> AppearanceUrls { get; init; }

    /// <summary>Its figures, as data.</summary>
    public required IReadOnlyList<QuantityContract> Quantities { get; init; }

    /// <summary>The analyst's word whether it is logical in itself; null where there is none.</summary>
    public required bool? Plausible { get; init; }

    /// <summary>How many links of each stance it has. Links, not independent sources.</summary>
    public required CorroborationCounts CorroborationCounts { get; init; }

    /// <summary>How well it is corroborated by independent origins, in short: `GET /claims/{id}/assessment` says why.</summary>
    public required AssessmentSummaryContract Assessment { get; init; }

    /// <summary>With `include=claimant`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceResponse? Claimant { get; init; }

    /// <summary>With `include=corroborations`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EmbeddedCorroborations? Corroborations { get; init; }

    /// <summary>With `include=reviews`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EmbeddedReviews? Reviews { get; init; }

    public override void AddTo(EntityTag tag)
    {
        base.AddTo(tag);
        tag.Add(CorroborationCounts);
        tag.Add(Assessment.Summary);
        tag.Add(Claimant);
        EmbeddedCorroborations.AddTo(tag, Corroborations);
        EmbeddedReviews.AddTo(tag, Reviews);
    }

    public static ClaimResponse? FromOptional(ClaimView? view) => view is null ? null : From(view);

    public static ClaimResponse From(ClaimView view)
    {
        var claim = view.Claim;
        var content = claim.Content;
        return new()
        {
            Id = claim.Id.Value,
            Version = claim.Version,
            CreatedAt = claim.CreatedAt,
            CreatedBy = claim.CreatedBy,
            UpdatedAt = claim.UpdatedAt,
            UpdatedBy = claim.UpdatedBy,
            ExternalIds = content.ExternalIds,
            Tags = content.Tags,
            Text = content.Text,
            Context = content.Context,
            Language = content.Language,
            Kind = content.Kind,
            Status = content.Status,
            ClaimantId = content.ClaimantId?.Value,
            ClaimedAt = content.ClaimedAt,
            EventFrom = content.EventFrom,
            EventTo = content.EventTo,
            Place = content.Place,
            FirstAppearanceUrl = content.FirstAppearanceUrl,
            AppearanceUrls = content.AppearanceUrls,
            Quantities = content.Quantities.Count == 0 ? [] : [.. content.Quantities.Select(QuantityContract.From)],
            Plausible = content.Plausible,
            CorroborationCounts = view.Counts,
            Assessment = new(view.Assessment),
            Claimant = SourceResponse.FromOptional(view.Claimant),
            Corroborations = view.Corroborations is { } page ? EmbeddedCorroborations.From(page, "claimId", claim.Id.Value) : null,
            Reviews = view.Reviews is { } reviews ? EmbeddedReviews.From(reviews, claim.Id.Value) : null,
        };
    }
}

/// <summary>How well a claim is corroborated, as far as it is kept beside the claim.</summary>
internal readonly record struct AssessmentSummaryContract([property: JsonIgnore] AssessmentSummary Summary)
{
    /// <summary>NATO Admiralty code 1 (confirmed by other independent sources) to 6 (truth cannot be judged): the analyst's where there is one, else the derived one.</summary>
    public int Credibility => Summary.Credibility;

    /// <summary>Independent origins for it that are certain.</summary>
    public int Min => Summary.Min;

    /// <summary>Independent origins for it that there may be.</summary>
    public int Max => Summary.Max;

    /// <summary>Whether sources have it from one another in a circle.</summary>
    public bool Circular => Summary.Circular;

    /// <summary>Whether something has changed that the values rest on, and they are not derived anew yet: seconds, as a rule.</summary>
    public bool Stale => Summary.Stale;
}
