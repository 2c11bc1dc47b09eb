using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Derivations;

/// <summary>Leaves a tombstone.</summary>
internal sealed class DeleteDerivation(IDerivationRepository derivations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<DerivationId>> Execute(DerivationId id, Expectation expected, Actor by, CancellationToken cancel) =>
        unit.Run<DerivationId>(
            async cancel =>
            {
                var derivation = await derivations.FindForChange(id, cancel);
                if (derivation is null or { IsDeleted: true })
                {
                    return new Error.NotFound();
                }

                if (expected.Check(derivation) is { } stale)
                {
                    return stale;
                }

                derivation.Delete(by, clock.GetUtcNow());
                return id;
            },
            cancel);
}
