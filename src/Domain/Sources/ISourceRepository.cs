namespace Stemma.Domain.Sources;

public interface ISourceRepository
{
    /// <summary>The source, living or a tombstone, locked against other writers until the unit of work ends.</summary>
    Task<Source?> FindForChange(SourceId id, CancellationToken cancel);

    void Add(Source source);
}
