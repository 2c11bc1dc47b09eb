using Npgsql;
using Stemma.Domain.Kernel;

namespace Stemma.Infrastructure.Persistence;

internal static class PageReading
{
    /// <summary>The page's rows, one more than its limit where another page follows, and the total where it is asked for: one round trip.</summary>
    public static async Task<(List<T> Rows, Total? Total)> ReadPage<T, TSort>(
        this NpgsqlDataSource database,
        ListSql sql,
        string columns,
        string from,
        SortKey key,
        PageRequest<TSort> page,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancel)
        where TSort : struct, Enum
    {
        await using var batch = database.CreateBatch();
        var planning = sql.Planning(page);
        if (planning is not null)
        {
            batch.BatchCommands.Add(planning);
        }

        var count = page.WithTotal ? sql.Count(from) : null;
        batch.BatchCommands.Add(sql.Page(columns, from, key, page));
        if (count is not null)
        {
            batch.BatchCommands.Add(count);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        if (planning is not null)
        {
            await reader.NextResultAsync(cancel);
        }

        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(read(reader));
        }

        if (count is null)
        {
            return (rows, null);
        }

        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        var counted = reader.GetInt32(0);
        return (rows, new Total(Math.Min(counted, Total.CountedTo), counted <= Total.CountedTo));
    }
}
