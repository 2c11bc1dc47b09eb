using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;

namespace Stemma.Api.Derivations;

/// <summary>Stores a new derivation under an id of the server's making.</summary>
internal sealed class CreateDerivation(IDerivationRepository derivations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<DerivationView>> Execute(DerivationContent content, Actor by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var id = new DerivationId(Guid.CreateVersion7(now));
        return unit.Run<DerivationView>(
            _ =>
            {
                var derivation = Derivation.Create(id, content, by, now);
                derivations.Add(derivation);
                return Task.FromResult<Result<DerivationView>>(new DerivationView(derivation));
            },
            cancel);
    }
}
