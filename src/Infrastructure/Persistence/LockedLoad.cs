using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Stemma.Infrastructure.Persistence;

internal static class LockedLoad
{
    /// <summary>
    /// Opens the unit of work's transaction where none is open and reads the row of <paramref name="id"/> by a query that ends in
    /// <c>for no key update</c>: other writers of the row wait, foreign keys that point to it do not. The readers' SQL serves here too, for
    /// Entity Framework cannot run SQL of one's own for an entity whose content is a complex type.
    /// </summary>
    public static async Task<T?> SingleLocked<T>(
        this StemmaDbContext context, string sql, Guid id, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
        where T : class
    {
        var transaction = context.Database.CurrentTransaction ?? await context.Database.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand(
            sql, (NpgsqlConnection)context.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction());
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? read(reader) : null;
    }
}
