namespace Stemma.Domain.Reconciliation;

/// <summary>Looks up sources and claims together.</summary>
public interface IEntities
{
    /// <summary>The most sources, and the most claims, that are found by one address.</summary>
    const int MostOfAddress = 10;

    /// <summary>The living sources and claims of these ids, with their parents, owners and claimants; what is none is left out.</summary>
    Task<IReadOnlyDictionary<Guid, Entity>> Load(IReadOnlyCollection<Guid> ids, CancellationToken cancel);

    /// <summary>
    /// Of each row the ids of living sources and claims that it may mean by an address, compared normalised, or by an id in another system: all rows at once.
    /// Of what shares an address, <see cref="MostOfAddress"/> sources of the kinds wanted are found, and as many claims.
    /// </summary>
    Task<IReadOnlyList<KeyedEntities>> FindByKeys(IReadOnlyList<EntityQuestion> rows, CancellationToken cancel);
}

/// <summary>What was found by the keys of a row.</summary>
/// <param name="Ids">The ids.</param>
/// <param name="AreAll">Whether no more share an address.</param>
public sealed record KeyedEntities(IReadOnlySet<Guid> Ids, bool AreAll);
