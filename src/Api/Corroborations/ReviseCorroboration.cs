using Stemma.Domain.Corroborations;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Corroborations;

/// <summary>Changes a living corroboration by what the caller makes of its present content, which stays locked meanwhile.</summary>
internal sealed class ReviseCorroboration(ICorroborationRepository corroborations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<CorroborationView>> Execute(
        CorroborationId id, Expectation expected, Func<CorroborationContent, Result<CorroborationContent>> change, Actor by, CancellationToken cancel) =>
        unit.Run<CorroborationView>(
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

                var content = change(corroboration.Content);
                if (content.Failed(out var invalid))
                {
                    return invalid;
                }

                corroboration.Revise(content.Value, by, clock.GetUtcNow());
                return new CorroborationView(corroboration);
            },
            cancel);
}
