using System.Text.Json.Serialization;
using Stemma.Domain.Sources;

namespace Stemma.Api.Hosting.Representations;

/// <summary>One source repeats another.</summary>
internal sealed record DerivationResponse : StoredResponse
{
    /// <summary>The later source, which repeats.</summary>
    public required Guid FromId { get; init; }

    /// <summary>The earlier source, which is repeated.</summary>
    public required Guid ToId { get; init; }

    /// <summary>How the one repeats the other.</summary>
    public required DerivationRelation Relation { get; init; }

    /// <summary>Whether the later source says so itself.</summary>
    public required DerivationBasis Basis { get; init; }

    /// <summary>The analyst's note.</summary>
    public required string? Note { get; init; }

    /// <summary>With `include=from`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceResponse? From { get; init; }

    /// <summary>With `include=to`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceResponse? To { get; init; }

    public override void AddTo(EntityTag tag)
    {
        base.AddTo(tag);
        tag.Add(From);
        tag.Add(To);
    }

    public static DerivationResponse Of(DerivationView view)
    {
        var derivation = view.Derivation;
        var content = derivation.Content;
        return new()
        {
            Id = derivation.Id.Value,
            Version = derivation.Version,
            CreatedAt = derivation.CreatedAt,
            CreatedBy = derivation.CreatedBy,
            UpdatedAt = derivation.UpdatedAt,
            UpdatedBy = derivation.UpdatedBy,
            ExternalIds = content.ExternalIds,
            Tags = content.Tags,
            FromId = content.FromId.Value,
            ToId = content.ToId.Value,
            Relation = content.Relation,
            Basis = content.Basis,
            Note = content.Note,
            From = SourceResponse.FromOptional(view.From),
            To = SourceResponse.FromOptional(view.To),
        };
    }
}
