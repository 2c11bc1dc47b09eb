using Stemma.Domain.Claims;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Claims;

internal sealed class ClaimRepository(StemmaDbContext context) : IClaimRepository
{
    private static readonly string Locked = $"select {ClaimRows.Columns} from {ClaimRows.From} where c.id = $1 for no key update of c";

    public async Task<ClaimView?> FindForChange(ClaimId id, CancellationToken cancel)
    {
        var view = await context.SingleLocked(Locked, id.Value, ClaimRows.Read, cancel);
        if (view is not null)
        {
            context.Attach(view.Claim);
        }

        return view;
    }

    public void Add(Claim claim) => context.Claims.Add(claim);
}
