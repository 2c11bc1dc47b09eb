using Npgsql;

namespace Stemma.Infrastructure.Assessments;

/// <summary>
/// Works off what writers left stale: the stale rows are the queue, so nothing is lost when an instance dies, and any number of instances share it.
/// </summary>
internal static class AssessmentQueue
{
    /// <summary>Claims derived in one transaction, during which no lineage changes.</summary>
    private const int BatchSize = 100;

    private const string Take = """
        select claim_id from claim_assessments where stale and not too_large and claim_id > $2 order by claim_id limit $1 for update skip locked
        """;

    /// <summary>Derives one batch, of claims whose ids come after this one.</summary>
    /// <returns>Whether there may be more.</returns>
    public static async Task<bool> Work(NpgsqlDataSource database, Guid after, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var taken = new List<Guid>();
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            // Before it looks, as every writer of links does.
            batch.BatchCommands.Add(new("select lock_lineage(exclusively => false)"));
            batch.BatchCommands.Add(new(Take) { Parameters = { new NpgsqlParameter<int> { TypedValue = BatchSize }, new NpgsqlParameter<Guid> { TypedValue = after } } });
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                taken.Add(reader.GetGuid(0));
            }
        }

        await AssessmentKeeper.Derive(connection, transaction, taken, cancel);
        await transaction.CommitAsync(cancel);
        return taken.Count == BatchSize;
    }
}
