namespace Stemma.Infrastructure.Assessments;

/// <summary>Wakes this instance's worker when one of its own writers has left much to do; others find it by looking now and then.</summary>
internal sealed class StaleSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    public void Raise()
    {
        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is up already.
        }
    }

    /// <summary>Until it is raised, or so much time has passed.</summary>
    public Task Wait(TimeSpan atMost, CancellationToken cancel) => _raised.WaitAsync(atMost, cancel);

    public void Dispose() => _raised.Dispose();
}
