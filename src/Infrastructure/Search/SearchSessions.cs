using Npgsql;
using Stemma.Domain.Search;

namespace Stemma.Infrastructure.Search;

/// <summary>Opens the index for one query, and sees to it that none takes longer than it may.</summary>
internal sealed class SearchSessions(NpgsqlDataSource database, SegmentCache segments, PendingCache pending, SearchOptions options)
{
    /// <summary>Runs a query on one snapshot.</summary>
    /// <exception cref="SearchTimeoutException">It took longer than it may.</exception>
    public Task<T> Run<T>(Func<SearchSession, CancellationToken, Task<T>> query, CancellationToken cancel) =>
        Run(query, (found, _) => Task.FromResult(found), cancel);

    /// <summary>
    /// Runs a query on one snapshot, then what follows from it by other connections: only when the session has given its own back, for whoever
    /// waits for a second connection while holding a first one waits for others that do the same.
    /// </summary>
    /// <exception cref="SearchTimeoutException">Together they took longer than they may.</exception>
    public async Task<T> Run<TFound, T>(
        Func<SearchSession, CancellationToken, Task<TFound>> query, Func<TFound, CancellationToken, Task<T>> then, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.Timeout);
        try
        {
            TFound found;
            await using (var connection = await database.OpenConnectionAsync(limit.Token))
            {
                await using var session = await SearchSession.Begin(connection, segments, pending, limit.Token);
                found = await query(session, limit.Token);
            }

            return await then(found, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new SearchTimeoutException(options.Timeout);
        }
    }
}
