using System.Text.Json;
using System.Text.Json.Serialization;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;

namespace Stemma.Api.Hosting.Representations;

/// <summary>Whoever or whatever says or shows something.</summary>
internal sealed record SourceResponse : StoredResponse
{
    /// <summary>What sort of thing it is.</summary>
    public required SourceKind Kind { get; init; }

    /// <summary>Its name; for `anonymous`, how it is described.</summary>
    public required string Name { get; init; }

    /// <summary>Other names it goes by.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Where it is on the web, as given.</summary>
    public required string? Url { get; init; }

    /// <summary>A copy in an archive.</summary>
    public required string? ArchiveUrl { get; init; }

    /// <summary>What one should know of it.</summary>
    public required string? Description { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string? Country { get; init; }

    /// <summary>BCP 47.</summary>
    public required string? Language { get; init; }

    /// <summary>The source it is published by, part of or employed by.</summary>
    public required Guid? ParentId { get; init; }

    /// <summary>The source that owns it.</summary>
    public required Guid? OwnerId { get; init; }

    /// <summary>NATO Admiralty code, A (completely reliable) to F (cannot be judged).</summary>
    public required Reliability Reliability { get; init; }

    /// <summary>Why that grade.</summary>
    public required string? ReliabilityBasis { get; init; }

    /// <summary>When it was published: documents and data sets.</summary>
    public required PartialDate? PublishedAt { get; init; }

    /// <summary>When it was read.</summary>
    public required DateTimeOffset? AccessedAt { get; init; }

    /// <summary>SHA-256 of the document's bytes.</summary>
    public required string? ContentHash { get; init; }

    /// <summary>A CSL-JSON item.</summary>
    public required JsonElement? Citation { get; init; }

    /// <summary>With `include=parent`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceResponse? Parent { get; init; }

    /// <summary>With `include=owner`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceResponse? Owner { get; init; }

    /// <summary>With `include=corroborations`: what it says of which claims.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EmbeddedCorroborations? Corroborations { get; init; }

    public override void AddTo(EntityTag tag)
    {
        base.AddTo(tag);
        tag.Add(Parent);
        tag.Add(Owner);
        EmbeddedCorroborations.AddTo(tag, Corroborations);
    }

    public static SourceResponse From(SourceView view) => From(view.Source) with
    {
        Parent = FromOptional(view.Parent),
        Owner = FromOptional(view.Owner),
        Corroborations = view.Corroborations is { } page ? EmbeddedCorroborations.From(page, "sourceId", view.Source.Id.Value) : null,
    };

    public static SourceResponse? FromOptional(Source? source) => source is null ? null : From(source);

    public static SourceResponse From(Source source)
    {
        var content = source.Content;
        return new()
        {
            Id = source.Id.Value,
            Version = source.Version,
            CreatedAt = source.CreatedAt,
            CreatedBy = source.CreatedBy,
            UpdatedAt = source.UpdatedAt,
            UpdatedBy = source.UpdatedBy,
            ExternalIds = content.ExternalIds,
            Tags = content.Tags,
            Kind = content.Kind,
            Name = content.Name,
            Aliases = content.Aliases,
            Url = content.Url,
            ArchiveUrl = content.ArchiveUrl,
            Description = content.Description,
            Country = content.Country,
            Language = content.Language,
            ParentId = content.ParentId?.Value,
            OwnerId = content.OwnerId?.Value,
            Reliability = content.Reliability,
            ReliabilityBasis = content.ReliabilityBasis,
            PublishedAt = content.PublishedAt,
            AccessedAt = content.AccessedAt,
            ContentHash = content.ContentHash,
            Citation = content.Citation?.Item,
        };
    }
}
