using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;

namespace Stemma.Api.Derivations;

/// <summary>Brings a tombstone back to life; on the living it changes nothing.</summary>
internal sealed class RestoreDerivation(IDerivationRepository derivations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<DerivationView>> Execute(DerivationId id, Actor by, CancellationToken cancel) =>
        unit.Run<DerivationView>(
            async cancel =>
            {
                var derivation = await derivations.FindForChange(id, cancel);
                if (derivation is null)
                {
                    return new Error.NotFound();
                }

                derivation.Restore(by, clock.GetUtcNow());
                return new DerivationView(derivation);
            },
            cancel);
}
