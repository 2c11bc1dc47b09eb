using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Derivations;

/// <summary>Changes a living derivation by what the caller makes of its present content, which stays locked meanwhile.</summary>
internal sealed class ReviseDerivation(IDerivationRepository derivations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<DerivationView>> Execute(
        DerivationId id, Expectation expected, Func<DerivationContent, Result<DerivationContent>> change, Actor by, CancellationToken cancel) =>
        unit.Run<DerivationView>(
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

                var content = change(derivation.Content);
                if (content.Failed(out var invalid))
                {
                    return invalid;
                }

                derivation.Revise(content.Value, by, clock.GetUtcNow());
                return new DerivationView(derivation);
            },
            cancel);
}
