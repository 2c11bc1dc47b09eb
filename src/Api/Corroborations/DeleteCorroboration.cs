using Stemma.Domain.Corroborations;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Corroborations;

/// <summary>Leaves a tombstone where nothing refers to the corroboration any more.</summary>
internal sealed class DeleteCorroboration(ICorroborationRepository corroborations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<CorroborationId>> Execute(CorroborationId id, Expectation expected, Actor by, CancellationToken cancel) =>
        unit.Run<CorroborationId>(
            async cancel =>
            {
                var corroboration = await corroborations.FindForChange(id, cancel);
                if (corroboration is null or { IsDeleted: true })
                {
                    return new Error.NotFound();
                }

                if (expected.Check(corroboration) is { } stale)
                {
                    return stale;
                }

                corroboration.Delete(by, clock.GetUtcNow());
                return id;
            },
            cancel);
}
