using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Sources;

/// <summary>Changes a living source by what the caller makes of its present content, which stays locked meanwhile.</summary>
internal sealed class ReviseSource(ISourceRepository sources, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<SourceView>> Execute(
        SourceId id, Expectation expected, Func<SourceContent, Result<SourceContent>> change, Actor by, CancellationToken cancel) =>
        unit.Run<SourceView>(
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

                var content = change(source.Content);
                if (content.Failed(out var invalid))
                {
                    return invalid;
                }

                source.Revise(content.Value, by, clock.GetUtcNow());
                return new SourceView(source);
            },
            cancel);
}
