using Stemma.Domain.Corroborations;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Corroborations;

/// <summary>Stores a corroboration under an id of the caller's: creates it, replaces it, or brings its tombstone back.</summary>
internal sealed class PutCorroboration(ICorroborationRepository corroborations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<Written<CorroborationView>>> Execute(CorroborationId id, Expectation expected, CorroborationContent content, Actor by, CancellationToken cancel) =>
        unit.Run<Written<CorroborationView>>(
            async cancel =>
            {
                var corroboration = await corroborations.FindForChange(id, cancel);
                if (expected.Check(corroboration) is { } stale)
                {
                    return stale;
                }

                if (corroboration is null)
                {
                    corroboration = Corroboration.Create(id, content, by, clock.GetUtcNow());
                    corroborations.Add(corroboration);
                    return new Written<CorroborationView>(new CorroborationView(corroboration), Created: true);
                }

                var created = corroboration.IsDeleted;
                corroboration.Revise(content, by, clock.GetUtcNow());
                return new Written<CorroborationView>(new CorroborationView(corroboration), created);
            },
            cancel);
}
