using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Domain.Sources;

/// <summary>Whoever or whatever says or shows something.</summary>
public sealed class Source : Resource<SourceContent>
{
    private Source()
    {
    }

    /// <summary>As it is stored.</summary>
    public Source(SourceId id, Stamp stamp, SourceContent content)
        : base(stamp, content) => Id = id;

    public SourceId Id { get; private set; }

    public override ResourceRef Ref => new(ResourceType.Source, Id.Value);

    public static Source Create(SourceId id, SourceContent content, Actor by, DateTimeOffset now)
    {
        var source = new Source { Id = id };
        source.Create(content, by, now);
        return source;
    }
}

/// <summary>What a client writes of a source.</summary>
public sealed record SourceContent : ResourceContent
{
    public required SourceKind Kind { get; init; }

    /// <summary>For <see cref="SourceKind.Anonymous"/>, how it is described: "senior US officials".</summary>
    public required string Name { get; init; }

    public ValueList<string> Aliases { get; init; } = [];

    public string? Url { get; init; }

    public string? ArchiveUrl { get; init; }

    public string? Description { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>BCP 47, as given; compared without regard to case.</summary>
    public string? Language { get; init; }

    /// <summary>Published by, part of, employed by. Together with <see cref="OwnerId"/> it closes no cycle; the database sees to that.</summary>
    public SourceId? ParentId { get; init; }

    public SourceId? OwnerId { get; init; }

    public Reliability Reliability { get; init; } = Reliability.F;

    public string? ReliabilityBasis { get; init; }

    public PartialDate? PublishedAt { get; init; }

    public DateTimeOffset? AccessedAt { get; init; }

    /// <summary><c>sha256:</c> and 64 hex digits in lower case, of the document's bytes. Not unique.</summary>
    public string? ContentHash { get; init; }

    /// <summary>A CSL-JSON item.</summary>
    public Citation? Citation { get; init; }

    public override IEnumerable<string?> Urls() => [Url, ArchiveUrl];

    public override IEnumerable<Reference> References()
    {
        if (ParentId is { } parent)
        {
            yield return new("parentId", ResourceType.Source, parent.Value);
        }

        if (OwnerId is { } owner)
        {
            yield return new("ownerId", ResourceType.Source, owner.Value);
        }
    }
}

/// <summary>What sort of thing a source is.</summary>
public enum SourceKind
{
    Outlet,
    Document,
    Person,
    Organization,
    Government,
    Dataset,
    Account,
    Anonymous,
}

/// <summary>Reliability of a source on the NATO Admiralty code (AJP-2.1), from A, completely reliable, to F, cannot be judged.</summary>
public enum Reliability
{
    A,
    B,
    C,
    D,
    E,
    F,
}
