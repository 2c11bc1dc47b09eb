using System.Data;
using Npgsql;
using Stemma.Domain.History;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Infrastructure.Assessments;

namespace Stemma.Infrastructure.Imports;

/// <summary>
/// Rows are read in batches and staged as they will be; what the database would refuse is found for all of them at once; then they are written, kind by kind.
/// Memory does not grow with the file. Importers take turns under an advisory lock, so that each sees what the one before has left.
/// </summary>
internal sealed class Importer(NpgsqlDataSource database, IImportKinds kinds, StaleSignal stale, TimeProvider clock) : IImporter, IDisposable
{
    private const int BatchSize = 2_000;

    /// <summary>Of rows that are long there are fewer in a batch: so many bytes, and one more row.</summary>
    private const long BatchBytes = 8_388_608;

    private const string Turn = "select pg_advisory_xact_lock(7363, 5)";

    /// <summary>Nobody writes to what is being restored: it must stay empty until it is there.</summary>
    private static readonly string Alone = $"lock table {string.Join(", ", ImportTables.All.Select(t => t.Name))} in share row exclusive mode";

    /// <summary>Those of one instance wait without a connection.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    public async Task<Result<ImportReport>> Run(
        IAsyncEnumerable<ImportLine> lines, ImportOptions options, Actor by, IFaultSink faults, IImportProgress progress, ImportRun? run, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return await RunNow(lines, options, by, faults, progress, run, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Result<ImportReport>> RunNow(
        IAsyncEnumerable<ImportLine> lines, ImportOptions options, Actor by, IFaultSink faults, IImportProgress progress, ImportRun? run, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        var stage = new ImportStage(connection, transaction);
        try
        {
            await stage.Execute(Turn, cancel);
            if (options.Mode == ImportMode.Restore)
            {
                await stage.Execute(Alone, cancel);
                if (await HasAny(stage, cancel))
                {
                    return new Error.Conflict("The database is not empty: mode=restore brings an export back into an empty one alone.", []);
                }
            }

            await stage.Create(cancel);
            var numbers = new RowNumbers();
            var log = new FaultLog(faults, numbers);
            var batches = new ImportBatches(stage, kinds, options, log, by, clock.GetUtcNow().ToMicroseconds());
            var (rows, isWhole) = await Read(lines, numbers, batches, options, log, progress, cancel);
            if (rows > options.MaxRows)
            {
                return new Error.TooLarge($"The file has more than {options.MaxRows} rows.");
            }

            if (options.Mode == ImportMode.Restore && !isWhole)
            {
                return new Error.Invalid("", "The file has no end: it is cut off, or no export. An export that is whole ends with a line of its own; nothing was written.");
            }

            await new ImportChecks(stage, batches, log).Run(cancel);
            await log.Flush(cancel);
            var writes = new ImportWrites(stage, progress);
            var isWritten = log.Rows == 0 || options.OnError == FaultHandling.Skip;
            if (isWritten && !await writes.Run(cancel))
            {
                return Meanwhile("a row was changed");
            }

            var report = await Report(rows, writes, batches, log, isWritten && !options.DryRun, cancel);
            if (report.Written)
            {
                if (run is not null && !await ImportJobs.Succeed(stage, run, report, cancel))
                {
                    return new Error.Conflict("The job was called off, or another instance goes on with it.", []);
                }

                await Commit(connection, transaction, cancel);
            }

            return report;
        }
        catch (PostgresException e) when (IsCollision(e))
        {
            return Meanwhile(e.ConstraintName ?? e.MessageText);
        }
    }

    private static async Task<bool> HasAny(ImportStage stage, CancellationToken cancel) =>
        await stage.Scalar<bool>($"select {string.Join(" or ", ImportTables.All.Select(t => $"exists (select from {t.Name})"))}", cancel);

    /// <summary>How many rows there are, and whether the file ends as an export does. While the database takes one batch, the next is read.</summary>
    private static async Task<(long Rows, bool IsWhole)> Read(
        IAsyncEnumerable<ImportLine> lines, RowNumbers numbers, ImportBatches batches, ImportOptions options, FaultLog log, IImportProgress progress, CancellationToken cancel)
    {
        await using var left = lines.GetAsyncEnumerator(cancel);
        var (rows, isWhole) = (0L, false);
        var next = Task.Run(Next, cancel);
        try
        {
            while (await next is { Count: > 0 } batch)
            {
                if ((rows += batch.Count) > options.MaxRows)
                {
                    return (rows, false);
                }

                next = Task.Run(Next, cancel);
                await batches.Take(batch, cancel);
                progress.Read(rows, log.Rows);
            }

            return (rows, isWhole);
        }
        finally
        {
            // Nobody may be at the file any more when it is closed.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<IReadOnlyList<ScannedLine>> Next()
        {
            var (batch, bytes) = (new List<ImportLine>(BatchSize), 0L);
            while (batch.Count < BatchSize && bytes < BatchBytes && await left.MoveNextAsync())
            {
                bytes += left.Current.Json.Length;
                isWhole = left.Current.IsEnd;
                if (!isWhole)
                {
                    batch.Add(numbers.Number(left.Current));
                }
            }

            return batches.Scan(batch, cancel);
        }
    }

    private static async Task<ImportReport> Report(
        long rows, ImportWrites writes, ImportBatches batches, FaultLog log, bool isWritten, CancellationToken cancel)
    {
        var byType = new Dictionary<ResourceType, ImportCounts>();
        foreach (var table in ImportTables.All)
        {
            var (created, updated) = await writes.Count(table, cancel);
            var counts = new ImportCounts(created, updated, batches.UnchangedOf(table.Type), log.RowsOf(table.Type));
            if (counts != default)
            {
                byType.Add(table.Type, counts);
            }
        }

        return new(rows, byType, log.Rows, log.First(), log.Count, isWritten);
    }

    /// <summary>With the assessments of the claims that were touched, where these are few; else they are left to the queue.</summary>
    private async Task Commit(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        var touched = await AssessmentKeeper.TouchedBy(connection, transaction, cancel);
        await AssessmentKeeper.Derive(connection, transaction, touched ?? [], cancel);
        await transaction.CommitAsync(cancel);
        if (touched is null)
        {
            stale.Raise();
        }
    }

    /// <summary>What can only come of others who wrote since the rows were checked.</summary>
    private static bool IsCollision(PostgresException e) => e.SqlState
        is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or "STC01";

    private static Error.Conflict Meanwhile(string what) => new($"Others wrote meanwhile ({what}). Nothing of this was written; send it again.", []);
}
