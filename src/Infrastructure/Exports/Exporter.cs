using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using Stemma.Domain.Claims;
using Stemma.Domain.Exports;
using Stemma.Domain.Resources;
using Stemma.Infrastructure.Imports;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Exports;

/// <summary>Reads under REPEATABLE READ, row after row as the server sends them: nothing is gathered on either side.</summary>
internal sealed class Exporter(NpgsqlDataSource database) : IExporter
{
    public async Task<IExport> Begin(ExportRequest request, CancellationToken cancel)
    {
        var connection = await database.OpenConnectionAsync(cancel);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            await using var state = new NpgsqlCommand(StateOf(request), connection, transaction) { CommandTimeout = 0 };
            return new Export(connection, transaction, request, (string)(await state.ExecuteScalarAsync(cancel))!);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

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

        return $"set transaction read only; select concat_ws(' ', {string.Join(", ", sums)}"
            + (request.Filter is ClaimFilter ? ", (select sum(hashtextextended(a::text, 0)::numeric) from claim_assessments a))" : ")");
    }

    private sealed class Export(NpgsqlConnection connection, NpgsqlTransaction transaction, ExportRequest request, string state) : IExport
    {
        public IReadOnlyList<ResourceType> Types => request.Types;

        public string State => state;

        public async IAsyncEnumerable<Resource> Read([EnumeratorCancellation] CancellationToken cancel)
        {
            var skipping = request.After is not null;
            foreach (var type in request.Types)
            {
                if (skipping && request.After!.Value.Type != type)
                {
                    continue;
                }

                var table = ImportTables.Of(type);
                await using var command = Command(table, skipping ? request.After!.Value.Id : null);
                skipping = false;
                await using var reader = await command.ExecuteReaderAsync(cancel);
                while (await reader.ReadAsync(cancel))
                {
                    yield return table.Read(reader);
                }
            }
        }

        public async IAsyncEnumerable<IReadOnlyList<Resource>> ReadPages(int size, [EnumeratorCancellation] CancellationToken cancel)
        {
            foreach (var type in request.Types.SkipWhile(t => request.After is { } first && first.Type != t))
            {
                var after = request.After is { } last && last.Type == type ? last.Id : (Guid?)null;
                List<Resource> page;
                do
                {
                    page = await ReadPage(ImportTables.Of(type), after, size, cancel);
                    if (page.Count > 0)
                    {
                        after = page[^1].Ref.Id;
                        yield return page;
                    }
                }
                while (page.Count == size);
            }
        }

        public async Task<IReadOnlyDictionary<Guid, Resource>> Find(ResourceType type, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
        {
            var table = ImportTables.Of(type);
            await using var command = new NpgsqlCommand(table.ByIds, connection, transaction) { CommandTimeout = 0 };
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
            return (await ReadAll(table, command, cancel)).ToDictionary(r => r.Ref.Id);
        }

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }

        private async Task<List<Resource>> ReadPage(ImportTable table, Guid? after, int size, CancellationToken cancel)
        {
            await using var command = Command(table, after);
            command.CommandText += string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\nlimit {size}");
            return await ReadAll(table, command, cancel);
        }

        private static async Task<List<Resource>> ReadAll(ImportTable table, NpgsqlCommand command, CancellationToken cancel)
        {
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var all = new List<Resource>();
            while (await reader.ReadAsync(cancel))
            {
                all.Add(table.Read(reader));
            }

            return all;
        }

        private NpgsqlCommand Command(ImportTable table, Guid? after)
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

            var command = new NpgsqlCommand(sql.ById(table.Selected, table.From), connection, transaction) { CommandTimeout = 0 };
            command.Parameters.AddRange(sql.Parameters.ToArray());
            return command;
        }
    }
}
