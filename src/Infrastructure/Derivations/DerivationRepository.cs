using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Derivations;

internal sealed class DerivationRepository(StemmaDbContext context) : IDerivationRepository
{
    private static readonly string Locked = $"select {DerivationRows.Columns} from derivations d where d.id = $1 for no key update";

    public async Task<Derivation?> FindForChange(DerivationId id, CancellationToken cancel)
    {
        var derivation = await context.SingleLocked(Locked, id.Value, DerivationRows.Read, cancel);
        if (derivation is not null)
        {
            context.Attach(derivation);
        }

        return derivation;
    }

    public void Add(Derivation derivation) => context.Derivations.Add(derivation);
}
