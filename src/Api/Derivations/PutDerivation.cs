using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Derivations;

/// <summary>Stores a derivation under an id of the caller's: creates it, replaces it, or brings its tombstone back.</summary>
internal sealed class PutDerivation(IDerivationRepository derivations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<Written<DerivationView>>> Execute(DerivationId id, Expectation expected, DerivationContent content, Actor by, CancellationToken cancel) =>
        unit.Run<Written<DerivationView>>(
            async cancel =>
            {
                var derivation = await derivations.FindForChange(id, cancel);
                if (expected.Check(derivation) is { } stale)
                {
                    return stale;
                }

                if (derivation is null)
                {
                    derivation = Derivation.Create(id, content, by, clock.GetUtcNow());
                    derivations.Add(derivation);
                    return new Written<DerivationView>(new DerivationView(derivation), Created: true);
                }

                var created = derivation.IsDeleted;
                derivation.Revise(content, by, clock.GetUtcNow());
                return new Written<DerivationView>(new DerivationView(derivation), created);
            },
            cancel);
}
