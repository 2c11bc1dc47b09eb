using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;

namespace Stemma.Api.ClaimRelations;

/// <summary>Stores a new claim relation under an id of the server's making.</summary>
internal sealed class CreateClaimRelation(IClaimRelationRepository relations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<ClaimRelationView>> Execute(ClaimRelationContent content, Actor by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var id = new ClaimRelationId(Guid.CreateVersion7(now));
        return unit.Run<ClaimRelationView>(
            _ =>
            {
                var relation = ClaimRelation.Create(id, content, by, now);
                relations.Add(relation);
                return Task.FromResult<Result<ClaimRelationView>>(new ClaimRelationView(relation));
            },
            cancel);
    }
}
