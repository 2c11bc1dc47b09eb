using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Corroborations;

public interface ICorroborationReader
{
    /// <summary>The living corroboration of this id, else null.</summary>
    Task<CorroborationView?> Find(CorroborationId id, CorroborationIncludes include, CancellationToken cancel);

    Task<Page<CorroborationView>> List(
        CorroborationFilter filter, PageRequest<CorroborationSort> page, CorroborationIncludes include, CancellationToken cancel);
}

/// <summary>A corroboration with what was asked to be embedded.</summary>
public sealed record CorroborationView(Corroboration Corroboration)
{
    public ClaimView? Claim { get; init; }

    public Source? Source { get; init; }

    public Source? CitedIn { get; init; }

    /// <summary>In the order of <see cref="CorroborationContent.AttributedToIds"/>, at most <see cref="Page.EmbeddedLimit"/>; null unless asked for.</summary>
    public IReadOnlyList<Source>? AttributedTo { get; init; }
}

[Flags]
public enum CorroborationIncludes
{
    None = 0,
    Claim = 1,
    Source = 2,
    CitedIn = 4,
    AttributedTo = 8,
}

public enum CorroborationSort
{
    CreatedAt,
    UpdatedAt,
    PublishedAt,
}

/// <summary>Which corroborations: every given part must hold; of several values in one part, any.</summary>
public sealed record CorroborationFilter : ResourceFilter
{
    public IReadOnlyList<ClaimId> ClaimIds { get; init; } = [];

    public IReadOnlyList<SourceId> SourceIds { get; init; } = [];

    public IReadOnlyList<Stance> Stances { get; init; } = [];

    public IReadOnlyList<Directness> Directness { get; init; } = [];

    public IReadOnlyList<Interest> Interests { get; init; } = [];

    public IReadOnlyList<int> Credibilities { get; init; } = [];

    public IReadOnlyList<SourceId> AttributedToIds { get; init; } = [];

    public IReadOnlyList<SourceId> CitedInIds { get; init; } = [];

    /// <summary>Compared with both addresses, normalised.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    public PartialDate? PublishedFrom { get; init; }

    public PartialDate? PublishedTo { get; init; }
}
