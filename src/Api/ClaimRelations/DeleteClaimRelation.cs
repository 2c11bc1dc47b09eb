using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.ClaimRelations;

/// <summary>Leaves a tombstone.</summary>
internal sealed class DeleteClaimRelation(IClaimRelationRepository relations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<ClaimRelationId>> Execute(ClaimRelationId id, Expectation expected, Actor by, CancellationToken cancel) =>
        unit.Run<ClaimRelationId>(
            async cancel =>
            {
                var relation = await relations.FindForChange(id, cancel);
                if (relation is null or { IsDeleted: true })
                {
                    return new Error.NotFound();
                }

                if (expected.Check(relation) is { } stale)
                {
                    return stale;
                }

                relation.Delete(by, clock.GetUtcNow());
                return id;
            },
            cancel);
}
