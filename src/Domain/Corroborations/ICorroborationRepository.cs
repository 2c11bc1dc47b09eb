namespace Stemma.Domain.Corroborations;

public interface ICorroborationRepository
{
    /// <summary>The corroboration, living or a tombstone, locked against other writers until the unit of work ends.</summary>
    Task<Corroboration?> FindForChange(CorroborationId id, CancellationToken cancel);

    void Add(Corroboration corroboration);
}
