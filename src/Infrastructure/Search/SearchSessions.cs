using Npgsql;
using Stemma.Domain.Search;

namespace Stemma.Infrastructure.Search;

/// <summary>Opens the index for one query, and sees to it that none takes longer than it may.</summary>
internal sealed class SearchSessions(NpgsqlDataSource database, SegmentCache segments, PendingCache pending, SearchOptions options)
{
    /// <summary>Runs a query on one snapshot.</summary>
    /// <exception cref="SearchTimeoutException">It took longer than it may.</exception>
    public async Task<T> Run<T>(Func<SearchSession, CancellationToken, Task<T>> query, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.Timeout);
        try
        {
            await using var connection = await database.OpenConnectionAsync(limit.Token);
            await using var session = await SearchSession.Begin(connection, segments, pending, limit.Token);
            return await query(session, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new SearchTimeoutException(options.Timeout);
        }
    }
}
