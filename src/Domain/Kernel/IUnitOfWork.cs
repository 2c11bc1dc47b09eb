namespace Stemma.Domain.Kernel;

/// <summary>One write: all of it is stored, or nothing.</summary>
public interface IUnitOfWork
{
    /// <summary>
    /// Runs <paramref name="work"/>, then stores what it changed, in one READ COMMITTED transaction. A failure it returns, or one that
    /// the database finds (a collision, a reference to what is not there), rolls everything back. Where a concurrent write got in the way
    /// (a deadlock, the same id created at the same moment) the work runs again from its beginning, so it must keep no state outside.
    /// </summary>
    Task<Result<T>> Run<T>(Func<CancellationToken, Task<Result<T>>> work, CancellationToken cancel);
}
