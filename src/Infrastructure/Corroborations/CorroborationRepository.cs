using Stemma.Domain.Corroborations;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Corroborations;

internal sealed class CorroborationRepository(StemmaDbContext context) : ICorroborationRepository
{
    private static readonly string Locked = $"select {CorroborationRows.Columns} from corroborations k where k.id = $1 for no key update";

    public async Task<Corroboration?> FindForChange(CorroborationId id, CancellationToken cancel)
    {
        var corroboration = await context.SingleLocked(Locked, id.Value, CorroborationRows.Read, cancel);
        if (corroboration is not null)
        {
            context.Attach(corroboration);
        }

        return corroboration;
    }

    public void Add(Corroboration corroboration) => context.Corroborations.Add(corroboration);
}
