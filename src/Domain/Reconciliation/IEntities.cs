using Stemma.Domain.Resources;

namespace Stemma.Domain.Reconciliation;

/// <summary>Looks up sources and claims together.</summary>
public interface IEntities
{
    /// <summary>The most that are found by one address.</summary>
    const int MostOfAddress = 10;

    /// <summary>The living sources and claims of these ids, with their parents, owners and claimants; what is none is left out.</summary>
    Task<IReadOnlyDictionary<Guid, Entity>> Load(IReadOnlyCollection<Guid> ids, CancellationToken cancel);

    /// <summary>
    /// The ids of living sources and claims that have one of these addresses, compared normalised and at most <see cref="MostOfAddress"/> of each kind
    /// for one, or one of these ids in other systems: all of it at once.
    /// </summary>
    Task<IReadOnlySet<Guid>> FindByKeys(IReadOnlyCollection<string> urls, IReadOnlyCollection<ExternalId> externalIds, CancellationToken cancel);
}
