using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.ClaimRelations;

/// <summary>Stores a claim relation under an id of the caller's: creates it, replaces it, or brings its tombstone back.</summary>
internal sealed class PutClaimRelation(IClaimRelationRepository relations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<Written<ClaimRelationView>>> Execute(ClaimRelationId id, Expectation expected, ClaimRelationContent content, Actor by, CancellationToken cancel) =>
        unit.Run<Written<ClaimRelationView>>(
            async cancel =>
            {
                var relation = await relations.FindForChange(id, cancel);
                if (expected.Check(relation) is { } stale)
                {
                    return stale;
                }

                if (relation is null)
                {
                    relation = ClaimRelation.Create(id, content, by, clock.GetUtcNow());
                    relations.Add(relation);
                    return new Written<ClaimRelationView>(new ClaimRelationView(relation), Created: true);
                }

                var created = relation.IsDeleted;
                relation.Revise(content, by, clock.GetUtcNow());
                return new Written<ClaimRelationView>(new ClaimRelationView(relation), created);
            },
            cancel);
}
