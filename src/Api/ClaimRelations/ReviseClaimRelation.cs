using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.ClaimRelations;

/// <summary>Changes a living claim relation by what the caller makes of its present content, which stays locked meanwhile.</summary>
internal sealed class ReviseClaimRelation(IClaimRelationRepository relations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<ClaimRelationView>> Execute(
        ClaimRelationId id, Expectation expected, Func<ClaimRelationContent, Result<ClaimRelationContent>> change, Actor by, CancellationToken cancel) =>
        unit.Run<ClaimRelationView>(
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

                var content = change(relation.Content);
                if (content.Failed(out var invalid))
                {
                    return invalid;
                }

                relation.Revise(content.Value, by, clock.GetUtcNow());
                return new ClaimRelationView(relation);
            },
            cancel);
}
