using Stemma.Domain.Corroborations;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Corroborations;

/// <summary>Stores a new corroboration under an id of the server's making.</summary>
internal sealed class CreateCorroboration(ICorroborationRepository corroborations, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<CorroborationView>> Execute(CorroborationContent content, Actor by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var id = new CorroborationId(Guid.CreateVersion7(now));
        return unit.Run<CorroborationView>(
            _ =>
            {
                var corroboration = Corroboration.Create(id, content, by, now);
                corroborations.Add(corroboration);
                return Task.FromResult<Result<CorroborationView>>(new CorroborationView(corroboration));
            },
            cancel);
    }
}
