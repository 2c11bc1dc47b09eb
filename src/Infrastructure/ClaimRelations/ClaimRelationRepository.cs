using Stemma.Domain.Claims;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.ClaimRelations;

internal sealed class ClaimRelationRepository(StemmaDbContext context) : IClaimRelationRepository
{
    private static readonly string Locked = $"select {ClaimRelationRows.Columns} from claim_relations r where r.id = $1 for no key update";

    public async Task<ClaimRelation?> FindForChange(ClaimRelationId id, CancellationToken cancel)
    {
        var relation = await context.SingleLocked(Locked, id.Value, ClaimRelationRows.Read, cancel);
        if (relation is not null)
        {
            context.Attach(relation);
        }

        return relation;
    }

    public void Add(ClaimRelation relation) => context.ClaimRelations.Add(relation);
}
