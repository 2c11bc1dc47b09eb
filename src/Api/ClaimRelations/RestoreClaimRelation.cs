using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;

namespace Stemma.Api.ClaimRelations;

/// <summary>Brings a tombstone back to life; on the living it changes nothing.</summary>
internal sealed class RestoreClaimRelation(IClaimRelationRepository relations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<ClaimRelationView>> Execute(ClaimRelationId id, Actor by, CancellationToken cancel) =>
        unit.Run<ClaimRelationView>(
            async cancel =>
            {
                var relation = await relations.FindForChange(id, cancel);
                if (relation is null)
                {
                    return new Error.NotFound();
                }

                relation.Restore(by, clock.GetUtcNow());
                return new ClaimRelationView(relation);
            },
            cancel);
}
