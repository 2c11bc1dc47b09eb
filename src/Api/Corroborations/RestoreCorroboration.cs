using Stemma.Domain.Corroborations;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Corroborations;

/// <summary>Brings a tombstone back to life; on the living it changes nothing.</summary>
internal sealed class RestoreCorroboration(ICorroborationRepository corroborations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<CorroborationView>> Execute(CorroborationId id, Actor by, CancellationToken cancel) =>
        unit.Run<CorroborationView>(
            async cancel =>
            {
                var corroboration = await corroborations.FindForChange(id, cancel);
                if (corroboration is null)
                {
                    return new Error.NotFound();
                }

                corroboration.Restore(by, clock.GetUtcNow());
                return new CorroborationView(corroboration);
            },
            cancel);
}
