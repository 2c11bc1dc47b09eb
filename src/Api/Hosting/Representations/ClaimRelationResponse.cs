using System.Text.Json.Serialization;
using Stemma.Domain.Claims;

namespace Stemma.Api.Hosting.Representations;

/// <summary>How two claims stand to each other.</summary>
internal sealed record ClaimRelationResponse : StoredResponse
{
    /// <summary>The claim that the relation is said of.</summary>
    public required Guid FromId { get; init; }

    /// <summary>The other claim.</summary>
    public required Guid ToId { get; init; }

    /// <summary>How the one stands to the other.</summary>
    public required ClaimRelationKind Kind { get; init; }

    /// <summary>In what the two differ, so that the relation holds only with that in mind.</summary>
    public required ScopeDifference ScopeDifference { get; init; }

    /// <summary>The analyst's note.</summary>
    public required string? Note { get; init; }

    /// <summary>With `include=from`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClaimResponse? From { get; init; }

    /// <summary>With `include=to`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClaimResponse? To { get; init; }

    public override void AddTo(EntityTag tag)
    {
        base.AddTo(tag);
        tag.Add(From);
        tag.Add(To);
    }

    public static ClaimRelationResponse Of(ClaimRelationView view)
    {
        var relation = view.Relation;
        var content = relation.Content;
        return new()
        {
            Id = relation.Id.Value,
            Version = relation.Version,
            CreatedAt = relation.CreatedAt,
            CreatedBy = relation.CreatedBy,
            UpdatedAt = relation.UpdatedAt,
            UpdatedBy = relation.UpdatedBy,
            ExternalIds = content.ExternalIds,
            Tags = content.Tags,
            FromId = content.FromId.Value,
            ToId = content.ToId.Value,
            Kind = content.Kind,
            ScopeDifference = content.ScopeDifference,
            Note = content.Note,
            From = ClaimResponse.FromOptional(view.From),
            To = ClaimResponse.FromOptional(view.To),
        };
    }
}
