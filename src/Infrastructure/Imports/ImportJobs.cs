using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Stemma.Domain.History;
using Stemma.Domain.Imports;
using Stemma.Domain.Resources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Imports;

/// <summary>Jobs lie in the database with their files, so that every instance can go on with what another began.</summary>
internal sealed class ImportJobs(NpgsqlDataSource database, TimeProvider clock) : IImportJobs, IDisposable
{
    /// <summary>Bytes of a part of a file.</summary>
    private const int Part = 1_048_576;

    private const string Columns = """
        id, state, media_type, is_packed, parameters::text, length, created_at, created_by, started_at, finished_at, attempts,
        rows_read, rows_failed, rows_created, rows_updated, rows_to_write, share, report::text, status, detail
        """;

    /// <summary>An instance that is silent for so long is taken for dead.</summary>
    private const string Lease = "interval '30 seconds'";

    /// <summary>How often a job is begun at most: one that takes its instance down with it must not go on for ever.</summary>
    private const int MostAttempts = 3;

    private readonly SemaphoreSlim _submitted = new(0, 1);

    public async Task<Submission> Submit(ImportFile file, Stream bytes, ImportJobKey? key, Actor by, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        if (key is not null)
        {
            // Whoever keeps the file of the first request takes its time.
            await using var patience = Command("set local lock_timeout = '10s'", connection, []);
            await patience.ExecuteNonQueryAsync(cancel);
            await using var free = Command(
                """
                update import_jobs set key_hash = null, request_hash = null
                where key_hash = $1 and finished_at is not null and (created_at <= $2 or state <> 'succeeded' and not $3)
                """,
                connection,
                [new() { Value = key.Key }, new() { Value = clock.GetUtcNow() - IIdempotency.Lifetime }, new() { Value = key.KeepsFailures }]);
            await free.ExecuteNonQueryAsync(cancel);
        }

        await using var insert = Command(
            """
            insert into import_jobs (id, media_type, is_packed, parameters, length, created_at, created_by, key_hash, request_hash)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (key_hash) do nothing
            """,
            connection,
            [
                new() { Value = id }, new() { Value = file.MediaType }, new() { Value = file.IsPacked },
                new() { Value = JsonSerializer.Serialize(file.Parameters), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = file.Length }, new() { Value = clock.GetUtcNow() }, new() { Value = by.Name },
                new() { Value = (object?)key?.Key ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
                new() { Value = (object?)key?.Request ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
            ]);
        try
        {
            if (await insert.ExecuteNonQueryAsync(cancel) == 0)
            {
                var (first, request) = await FindByKey(connection, key!, cancel);
                return request.AsSpan().SequenceEqual(key!.Request) ? new Submission.Taken(first, IsNew: false) : new Submission.OfAnother();
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return new Submission.Unfinished();
        }

        await using (var copy = await connection.BeginBinaryImportAsync("copy import_job_files (job_id, part, bytes) from stdin (format binary)", cancel))
        {
            var buffer = new byte[Part];
            for (var part = 0; await bytes.ReadAtLeastAsync(buffer, Part, throwOnEndOfStream: false, cancel) is > 0 and var read; part++)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(id, NpgsqlDbType.Uuid, cancel);
                await copy.WriteAsync(part, NpgsqlDbType.Integer, cancel);
                await copy.WriteAsync(buffer[..read], NpgsqlDbType.Bytea, cancel);
            }

            await copy.CompleteAsync(cancel);
        }

        var job = await Find(connection, id, cancel);
        await transaction.CommitAsync(cancel);
        Raise();
        return new Submission.Taken(job!, IsNew: true);
    }

    public async Task<ImportJob?> Find(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await Find(connection, id, cancel);
    }

    public async Task<IReadOnlyList<ImportJob>> List(Guid? before, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await Query(
            $"select {Columns} from import_jobs where $1::uuid is null or id < $1 order by id desc limit $2",
            connection,
            cancel,
            new NpgsqlParameter { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new NpgsqlParameter { Value = limit });
    }

    public async Task<ImportJob?> Cancel(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var update = Command(
            """
            update import_jobs set state = 'cancelled', finished_at = now(), runner = null, lease_until = null where id = $1 and finished_at is null
            """,
            connection,
            [new() { Value = id }]);
        await update.ExecuteNonQueryAsync(cancel);
        return await Find(connection, id, cancel);
    }

    public async Task CopyFaults(Guid id, Stream to, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var query = Command(
            "select f.lines from import_job_faults f join import_jobs j on j.id = f.job_id and j.attempts = f.attempt where f.job_id = $1 order by f.part",
            connection,
            [new() { Value = id }]);
        await Copy(query, to, cancel);
    }

    public async Task<ImportRun?> Take(Guid runner, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var give = Command(
            $"""
            update import_jobs set state = 'failed', finished_at = now(), runner = null, lease_until = null, status = 500,
                detail = 'It was begun {MostAttempts} times, and each time the instance that was at it came to an end. Nothing was written. Look into the log for why; a smaller file may go in.'
            where finished_at is null and lease_until < now() and attempts >= {MostAttempts}
            """,
            connection,
            []);
        await give.ExecuteNonQueryAsync(cancel);
        var taken = await Query(
            $"""
            update import_jobs set state = 'running', runner = $1, lease_until = now() + {Lease}, attempts = attempts + 1, started_at = now(),
                rows_read = 0, rows_failed = 0, rows_created = 0, rows_updated = 0, rows_to_write = null, share = 0
            where id = (select id from import_jobs where finished_at is null and (state = 'queued' or lease_until < now()) order by id limit 1 for update skip locked)
            returning {Columns}
            """,
            connection,
            cancel,
            new NpgsqlParameter { Value = runner });
        if (taken.Count == 0)
        {
            return null;
        }

        // What was found before it was given back is found again.
        await using var forget = Command("delete from import_job_faults where job_id = $1", connection, [new() { Value = taken[0].Id }]);
        await forget.ExecuteNonQueryAsync(cancel);
        return new(taken[0], runner);
    }

    public Task Wait(TimeSpan atMost, CancellationToken cancel) => _submitted.WaitAsync(atMost, cancel);

    public async Task CopyFile(ImportRun run, Stream to, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var query = Command("select bytes from import_job_files where job_id = $1 order by part", connection, [new() { Value = run.Job.Id }]);
        await Copy(query, to, cancel);
    }

    public async Task AddFaults(ImportRun run, int part, ReadOnlyMemory<byte> lines, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var insert = Command(
            "insert into import_job_faults (job_id, attempt, part, lines) values ($1, $2, $3, $4)",
            connection,
            [new() { Value = run.Job.Id }, new() { Value = run.Job.Attempts }, new() { Value = part }, new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = lines }]);
        await insert.ExecuteNonQueryAsync(cancel);
    }

    public async Task<bool> Renew(ImportRun run, ImportProgress progress, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var update = Command(
            $"""
            update import_jobs set lease_until = now() + {Lease}, {Progress}
            where id = $1 and runner = $2 and state = 'running'
            """,
            connection,
            Parameters(run, progress));
        return await update.ExecuteNonQueryAsync(cancel) == 1;
    }

    public async Task Finish(ImportRun run, ImportJobState state, ImportProgress progress, string? report, (int Status, string Detail)? problem, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var update = Command(
            $"""
            update import_jobs set state = $9, finished_at = case when $9 <> 'queued' then now() end, runner = null, lease_until = null,
                attempts = attempts - case when $9 = 'queued' then 1 else 0 end, report = $10, status = $11, detail = $12, {Progress}
            where id = $1 and runner = $2 and state = 'running'
            """,
            connection,
            [
                .. Parameters(run, progress),
                new() { Value = StoredNames<ImportJobState>.Of(state) },
                new() { Value = (object?)report ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = (object?)problem?.Status ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
                new() { Value = (object?)problem?.Detail ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            ]);
        await update.ExecuteNonQueryAsync(cancel);
    }

    public async Task<bool> Forget(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var parts = Command(
            """
            delete from import_job_files where (job_id, part) in (
                select f.job_id, f.part from import_job_files f
                where not exists (select from import_jobs j where j.id = f.job_id and j.finished_at is null) limit 32)
            """,
            connection,
            []);
        var removed = await parts.ExecuteNonQueryAsync(cancel);
        await using var old = Command(
            "delete from import_jobs where id in (select id from import_jobs where finished_at < now() - interval '7 days' limit 100)", connection, []);
        return removed + await old.ExecuteNonQueryAsync(cancel) > 0;
    }

    public void Dispose() => _submitted.Dispose();

    /// <summary>In the transaction of the import itself: both are there, or neither.</summary>
    /// <returns>False where the job is not this run's any more, so that the import must not be either.</returns>
    public static async Task<bool> Succeed(ImportStage stage, ImportRun run, ImportReport report, CancellationToken cancel)
    {
        var counts = report.ByType.Values.Aggregate(default(ImportCounts), (sum, each) => sum + each);
        var progress = new ImportProgress
        {
            RowsRead = report.RowsRead,
            Failed = report.Failed,
            Created = counts.Created,
            Updated = counts.Updated,
            ToWrite = counts.Created + counts.Updated,
            Share = 1,
        };
        var ended = await stage.Execute(
            $"""
            update import_jobs set state = 'succeeded', finished_at = clock_timestamp(), runner = null, lease_until = null, report = $9, {Progress}
            where id = $1 and runner = $2 and state = 'running'
            """,
            cancel,
            [.. Parameters(run, progress), new() { Value = run.Describe(report), NpgsqlDbType = NpgsqlDbType.Jsonb }]);
        return ended == 1;
    }

    private const string Progress = "rows_read = $3, rows_failed = $4, rows_created = $5, rows_updated = $6, rows_to_write = $7, share = $8";

    private static NpgsqlParameter[] Parameters(ImportRun run, ImportProgress progress) =>
    [
        new() { Value = run.Job.Id }, new() { Value = run.Runner },
        new() { Value = progress.RowsRead }, new() { Value = progress.Failed }, new() { Value = progress.Created }, new() { Value = progress.Updated },
        new() { Value = (object?)progress.ToWrite ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint }, new() { Value = progress.Share },
    ];

    private static async Task<(ImportJob Job, byte[] Request)> FindByKey(NpgsqlConnection connection, ImportJobKey key, CancellationToken cancel)
    {
        await using var query = Command($"select {Columns}, request_hash from import_jobs where key_hash = $1", connection, [new() { Value = key.Key }]);
        await using var row = await query.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (Read(row), row.GetFieldValue<byte[]>(20));
    }

    private static async Task<ImportJob?> Find(NpgsqlConnection connection, Guid id, CancellationToken cancel) =>
        await Query($"select {Columns} from import_jobs where id = $1", connection, cancel, new NpgsqlParameter { Value = id }) is [var job] ? job : null;

    private static async Task<List<ImportJob>> Query(string sql, NpgsqlConnection connection, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var query = Command(sql, connection, parameters);
        await using var row = await query.ExecuteReaderAsync(cancel);
        var jobs = new List<ImportJob>();
        while (await row.ReadAsync(cancel))
        {
            jobs.Add(Read(row));
        }

        return jobs;
    }

    private static ImportJob Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        StoredNames<ImportJobState>.Parse(row.GetString(1)),
        new(row.GetString(2), row.GetBoolean(3), JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(4))!, row.GetInt64(5)),
        row.GetFieldValue<DateTimeOffset>(6),
        row.GetString(7))
    {
        StartedAt = row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
        FinishedAt = row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
        Attempts = row.GetInt32(10),
        Progress = new()
        {
            RowsRead = row.GetInt64(11),
            Failed = row.GetInt64(12),
            Created = row.GetInt64(13),
            Updated = row.GetInt64(14),
            ToWrite = row.IsDBNull(15) ? null : row.GetInt64(15),
            Share = row.GetDouble(16),
        },
        Report = row.IsDBNull(17) ? null : row.GetString(17),
        Status = row.IsDBNull(18) ? null : row.GetInt32(18),
        Detail = row.IsDBNull(19) ? null : row.GetString(19),
    };

    private static async Task Copy(NpgsqlCommand query, Stream to, CancellationToken cancel)
    {
        await using var rows = await query.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, cancel);
        while (await rows.ReadAsync(cancel))
        {
            await using var bytes = await rows.GetStreamAsync(0, cancel);
            await bytes.CopyToAsync(to, cancel);
        }
    }

    private static NpgsqlCommand Command(string sql, NpgsqlConnection connection, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return command;
    }

    private void Raise()
    {
        try
        {
            _submitted.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is up already.
        }
    }
}
