using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Sources;

/// <summary>Leaves a tombstone where nothing refers to the source any more.</summary>
internal sealed class DeleteSource(ISourceRepository sources, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<SourceId>> Execute(SourceId id, Expectation expected, Actor by, CancellationToken cancel) =>
        unit.Run<SourceId>(
            async cancel =>
            {
                var source = await sources.FindForChange(id, cancel);
                if (source is null or { IsDeleted: true })
                {
                    return new Error.NotFound();
                }

                if (expected.Check(source) is { } stale)
                {
                    return stale;
                }

                source.Delete(by, clock.GetUtcNow());
                return id;
            },
            cancel);
}
