using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Domain.Sources;

public interface ISourceReader
{
    /// <summary>The living source of this id, else null.</summary>
    Task<SourceView?> Find(SourceId id, SourceIncludes include, CancellationToken cancel);

    Task<Page<SourceView>> List(SourceFilter filter, PageRequest<SourceSort> page, SourceIncludes include, CancellationToken cancel);
}

/// <summary>A source with what was asked to be embedded.</summary>
public sealed record SourceView(Source Source)
{
    public Source? Parent { get; init; }

    public Source? Owner { get; init; }

    /// <summary>Newest first, at most <see cref="Page.EmbeddedLimit"/>; null unless asked for.</summary>
    public Page<CorroborationView>? Corroborations { get; init; }
}

[Flags]
public enum SourceIncludes
{
    None = 0,
    Parent = 1,
    Owner = 2,
    Corroborations = 4,
    CorroborationClaims = 8,
}

public enum SourceSort
{
    CreatedAt,
    UpdatedAt,
    Name,
    PublishedAt,
}

/// <summary>Which sources: every given part must hold; of several values in one part, any.</summary>
public sealed record SourceFilter : ResourceFilter
{
    public IReadOnlyList<SourceKind> Kinds { get; init; } = [];

    /// <summary>Name or alias, whole, without regard to case.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public IReadOnlyList<string> Countries { get; init; } = [];

    public IReadOnlyList<string> Languages { get; init; } = [];

    public IReadOnlyList<SourceId> ParentIds { get; init; } = [];

    public IReadOnlyList<SourceId> OwnerIds { get; init; } = [];

    public IReadOnlyList<Reliability> Reliabilities { get; init; } = [];

    /// <summary>Compared with both addresses, normalised.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    public IReadOnlyList<string> ContentHashes { get; init; } = [];

    public PartialDate? PublishedFrom { get; init; }

    public PartialDate? PublishedTo { get; init; }
}
