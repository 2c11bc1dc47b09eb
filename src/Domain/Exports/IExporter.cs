using Stemma.Domain.Resources;

namespace Stemma.Domain.Exports;

/// <summary>What is to be exported.</summary>
/// <param name="Types">The kinds, in the order of <see cref="ExportOrder.All"/>.</param>
/// <param name="Filter">Of the one kind there is, which; null for all.</param>
/// <param name="WithDeleted">Whether tombstones are among it.</param>
/// <param name="After">What an earlier export ended with: only what comes after it.</param>
public sealed record ExportRequest(IReadOnlyList<ResourceType> Types, ResourceFilter? Filter, bool WithDeleted, ResourceRef? After)
{
    /// <summary>Kinds that are looked up besides: the export is another when these have changed.</summary>
    public IReadOnlyList<ResourceType> LookedUp { get; init; } = [];
}

/// <summary>The order of exports: each kind refers only to itself and to those before it.</summary>
public static class ExportOrder
{
    /// <summary>All kinds.</summary>
    public static readonly IReadOnlyList<ResourceType> All =
        [ResourceType.Source, ResourceType.Claim, ResourceType.Corroboration, ResourceType.Review, ResourceType.Derivation, ResourceType.ClaimRelation];
}

/// <summary>Reads much, as it was at one instant.</summary>
public interface IExporter
{
    /// <summary>Takes a snapshot; null where so many are being read that others would be left without a connection.</summary>
    Task<IExport?> Begin(ExportRequest request, CancellationToken cancel);
}

/// <summary>One snapshot. Disposing it lets it go.</summary>
public interface IExport : IAsyncDisposable
{
    /// <summary>The kinds that are exported.</summary>
    IReadOnlyList<ResourceType> Types { get; }

    /// <summary>Another text whenever anything that the export rests on has changed.</summary>
    string State { get; }

    /// <summary>All of it, kind by kind and by id within a kind, without holding more than a few rows.</summary>
    IAsyncEnumerable<Resource> Read(CancellationToken cancel);

    /// <summary>The same, some at a time, each page of one kind: between two pages others can be found.</summary>
    IAsyncEnumerable<IReadOnlyList<Resource>> ReadPages(int size, CancellationToken cancel);

    /// <summary>Resources as they were at that instant, tombstones included; not while <see cref="Read"/> is going on.</summary>
    Task<IReadOnlyDictionary<Guid, Resource>> Find(ResourceType type, IReadOnlyCollection<Guid> ids, CancellationToken cancel);
}
