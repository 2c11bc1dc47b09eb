using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Sources;

internal sealed class SourceRepository(StemmaDbContext context) : ISourceRepository
{
    private static readonly string Locked = $"select {SourceRows.Columns} from sources s where s.id = $1 for no key update";

    public async Task<Source?> FindForChange(SourceId id, CancellationToken cancel)
    {
        var source = await context.SingleLocked(Locked, id.Value, SourceRows.Read, cancel);
        if (source is not null)
        {
            context.Attach(source);
        }

        return source;
    }

    public void Add(Source source) => context.Sources.Add(source);
}
