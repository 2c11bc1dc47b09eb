using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;

namespace Stemma.Api.Sources;

/// <summary>Stores a new source under an id of the server's making.</summary>
internal sealed class CreateSource(ISourceRepository sources, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<SourceView>> Execute(SourceContent content, Actor by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var id = new SourceId(Guid.CreateVersion7(now));
        return unit.Run<SourceView>(
            _ =>
            {
                var source = Source.Create(id, content, by, now);
                sources.Add(source);
                return Task.FromResult<Result<SourceView>>(new SourceView(source));
            },
            cancel);
    }
}
