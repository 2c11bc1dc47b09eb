using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;

namespace Stemma.Api.Sources;

/// <summary>Brings a tombstone back to life; on the living it changes nothing.</summary>
internal sealed class RestoreSource(ISourceRepository sources, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<SourceView>> Execute(SourceId id, Actor by, CancellationToken cancel) =>
        unit.Run<SourceView>(
            async cancel =>
            {
                var source = await sources.FindForChange(id, cancel);
                if (source is null)
                {
                    return new Error.NotFound();
                }

                source.Restore(by, clock.GetUtcNow());
                return new SourceView(source);
            },
            cancel);
}
