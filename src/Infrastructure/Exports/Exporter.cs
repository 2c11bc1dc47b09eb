using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using Stemma.Domain.Claims;
using Stemma.Domain.Exports;
using Stemma.Domain.Resources;
using Stemma.Infrastructure.Imports;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Exports;

/// <summary>
/// Reads under REPEATABLE READ, row after row as the server sends them: nothing is gathered on either side. A slow reader holds a connection for long, so exports have a
/// quarter of the pool.
/// </summary>
internal sealed class Exporter(NpgsqlDataSource database) : IExporter, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _free = new(Math.Max(1, new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize / 4));

    public async Task<IExport?> Begin(ExportRequest request, CancellationToken cancel)
    {
        if (!await _free.WaitAsync(Patience, cancel))
        {
            return null;
        }

        NpgsqlConnection? connection = null;
        try
        {
            connection = await database.OpenConnectionAsync(cancel);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            await using var state = new NpgsqlCommand(StateOf(request), connection, transaction) { CommandTimeout = 0 };
            return new Export(connection, transaction, request, (string)(await state.ExecuteScalarAsync(cancel))!, _free);
        }
        catch
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            _free.Release();
            throw;
        }
    }

    public void Dispose() => _free.Dispose();

    /// <summary>
    /// Every change of a resource raises its version, and none goes: their number and the sum of their versions move with every change, and never back. What a filter
    /// of claims goes by besides are other kinds, and assessments, which move without versions.
    /// </summary>
    private static string StateOf(ExportRequest request)
    {
        var types = request.Filter is null ? request.Types.Union(request.LookedUp) : ExportOrder.All;
        var sums = types.Select(t => $"(select count(*) || ':' || coalesce(sum(version), 0) from {ImportTables.Of(t).Name})");
        if (types.Contains(ResourceType.Claim))
        {
            // Grades have no version; there are few.
            sums = sums.Append("(select count(*) || ':' || coalesce(sum(hashtextextended(o::text, 0)::numeric), 0) from assessment_overrides o)");
        }

        return $"set transaction read only; set local cursor_tuple_fraction = 1; select concat_ws(' ', {string.Join(", ", sums)}"
            + (request.Filter is ClaimFilter ? ", (select sum(hashtextextended(a::text, 0)::numeric) from claim_assessments a))" : ")");
    }

    private sealed class Export(NpgsqlConnection connection, NpgsqlTransaction transaction, ExportRequest request, string state, SemaphoreSlim free) : IExport
    {
        private int _isDisposed;

        public IReadOnlyList<ResourceType> Types => request.Types;

        public string State => state;

        public async IAsyncEnumerable<Resource> Read([EnumeratorCancellation] CancellationToken cancel)
        {
            foreach (var (table, after) in Parts())
            {
                await using var command = Command(table, after, "");
                await using var reader = await command.ExecuteReaderAsync(cancel);
                while (await reader.ReadAsync(cancel))
                {
                    yield return table.Read(reader);
                }
            }
        }

        public async IAsyncEnumerable<IReadOnlyList<Resource>> ReadPages(int size, [EnumeratorCancellation] CancellationToken cancel)
        {
            foreach (var (table, after) in Parts())
            {
                // All of it will be fetched: the plan that has the first rows soonest is not the best one. A name for each kind: what is fetched from one name is
                // taken for the same columns each time.
                var cursor = "export_" + table.Name;
                await using (var declare = Command(table, after, $"declare {cursor} no scroll cursor for "))
                {
                    await declare.ExecuteNonQueryAsync(cancel);
                }

                while (await Query(string.Create(CultureInfo.InvariantCulture, $"fetch {size} from {cursor}"), table, cancel) is { Count: > 0 } page)
                {
                    yield return page;
                }

                await using var close = new NpgsqlCommand("close " + cursor, connection, transaction);
                await close.ExecuteNonQueryAsync(cancel);
            }
        }

        public async Task<IReadOnlyDictionary<Guid, Resource>> Find(ResourceType type, IReadOnlyCollection<Guid> ids, CancellationToken cancel) =>
            (await Query(ImportTables.Of(type).ByIds, ImportTables.Of(type), cancel, new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] })).ToDictionary(r => r.Ref.Id);

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            {
                return;
            }

            try
            {
                await transaction.DisposeAsync();
                await connection.DisposeAsync();
            }
            finally
            {
                GiveBack();
            }
        }

        private void GiveBack()
        {
            try
            {
                free.Release();
            }
            catch (ObjectDisposedException)
            {
                // The server stops: nobody waits for it any more.
            }
        }

        private async Task<IReadOnlyList<Resource>> Query(string sql, ImportTable table, CancellationToken cancel, params NpgsqlParameter[] parameters)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 };
            command.Parameters.AddRange(parameters);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var rows = new List<Resource>();
            while (await reader.ReadAsync(cancel))
            {
                rows.Add(table.Read(reader));
            }

            return rows;
        }

        /// <summary>The tables that are read, and behind which row the first of them.</summary>
        private IEnumerable<(ImportTable Table, Guid? After)> Parts() => request.Types
            .SkipWhile(type => request.After is { } after && after.Type != type)
            .Select(type => (ImportTables.Of(type), request.After is { } after && after.Type == type ? after.Id : (Guid?)null));

        private NpgsqlCommand Command(ImportTable table, Guid? after, string before)
        {
            var sql = new ListSql(table.Name, table.Alias, descending: false, request.WithDeleted);
            if (request.Filter is { } filter)
            {
                table.Where(sql, filter);
            }

            if (after is { } id)
            {
                sql.And($"{table.Alias}.id > {sql.Parameter(id)}");
            }

            var command = new NpgsqlCommand(before + sql.ById(table.Selected, table.From), connection, transaction) { CommandTimeout = 0 };
            command.Parameters.AddRange(sql.Parameters.ToArray());
            return command;
        }
    }
}
