using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Sources;

/// <summary>Stores a source under an id of the caller's: creates it, replaces it, or brings its tombstone back.</summary>
internal sealed class PutSource(ISourceRepository sources, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<Written<SourceView>>> Execute(SourceId id, Expectation expected, SourceContent content, Actor by, CancellationToken cancel) =>
        unit.Run<Written<SourceView>>(
            async cancel =>
            {
                var source = await sources.FindForChange(id, cancel);
                if (expected.Check(source) is { } stale)
                {
                    return stale;
                }

                if (source is null)
                {
                    source = Source.Create(id, content, by, clock.GetUtcNow());
                    sources.Add(source);
                    return new Written<SourceView>(new SourceView(source), Created: true);
                }

                var created = source.IsDeleted;
                source.Revise(content, by, clock.GetUtcNow());
                return new Written<SourceView>(new SourceView(source), created);
            },
            cancel);
}
