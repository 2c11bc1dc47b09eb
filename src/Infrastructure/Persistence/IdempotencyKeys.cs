using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Stemma.Domain.Resources;
using Stemma.Infrastructure.Assessments;

namespace Stemma.Infrastructure.Persistence;

/// <summary>
/// Holds a transaction, hence a connection, from the key to the answer; handlers may need a second one meanwhile. So at most half of the pool is
/// given to requests with keys, and the others wait with empty hands.
/// </summary>
internal sealed class IdempotencySlots(NpgsqlDataSource database) : IDisposable
{
    private readonly SemaphoreSlim _free = new(Math.Max(1, new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize / 2));

    public Task<bool> Take(TimeSpan patience, CancellationToken cancel) => _free.WaitAsync(patience, cancel);

    public void GiveBack() => _free.Release();

    public void Dispose() => _free.Dispose();
}

internal sealed class IdempotencyKeys(StemmaDbContext context, IdempotencySlots slots, StaleSignal stale, TimeProvider clock) : IIdempotency
{
    /// <summary>Keys forgotten in one transaction.</summary>
    private const int ForgetAtOnce = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private bool _isStaleLeft;
    private byte[] _key = [];
    private byte[] _request = [];

    /// <summary>Whether a transaction is open that ends with the request, not with a unit of work.</summary>
    public bool IsOpen { get; private set; }

    private NpgsqlConnection Connection => (NpgsqlConnection)context.Database.GetDbConnection();

    public async Task<Repetition> Begin(RequestKey key, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!await slots.Take(Patience, cancel))
        {
            return new Repetition.Crowded();
        }

        IsOpen = true;
        _key = SHA256.HashData(Encoding.UTF8.GetBytes($"{key.By.Name}\0{key.Key}"));
        _request = key.Request;
        try
        {
            return await Find(await context.Database.BeginTransactionAsync(cancel), cancel) ?? new Repetition.None();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return new Repetition.Unfinished();
        }
    }

    public async Task Keep(KeptAnswer answer, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var transaction = context.Database.CurrentTransaction!;

        // What is there already is older than its lifetime, or it would have been given.
        await using var command = new NpgsqlCommand(
            """
            insert into idempotency_keys (key_hash, request_hash, kept_at, status, content_type, location, etag, link, body)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (key_hash) do update set request_hash = excluded.request_hash, kept_at = excluded.kept_at, status = excluded.status,
                content_type = excluded.content_type, location = excluded.location, etag = excluded.etag, link = excluded.link, body = excluded.body
            """,
            Connection,
            (NpgsqlTransaction)transaction.GetDbTransaction());
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = _key });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = _request });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)answer.Status });
        foreach (var text in new[] { answer.ContentType, answer.Location, answer.ETag, answer.Link })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        }

        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = answer.Body, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
        await command.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (_isStaleLeft)
        {
            stale.Raise();
        }

        await Abandon();
    }

    public async Task Abandon()
    {
        if (!IsOpen)
        {
            return;
        }

        IsOpen = false;
        try
        {
            context.ChangeTracker.Clear();
            if (context.Database.CurrentTransaction is { } transaction)
            {
                await transaction.DisposeAsync();
            }
        }
        finally
        {
            slots.GiveBack();
        }
    }

    /// <summary>In the request's transaction; null where none is open.</summary>
    public NpgsqlBatch? CreateBatch() =>
        IsOpen ? new(Connection, (NpgsqlTransaction)context.Database.CurrentTransaction!.GetDbTransaction()) : null;

    /// <summary>As <see cref="StaleSignal.Raise"/>, once what is stale is committed.</summary>
    public void LeaveStale() => _isStaleLeft = true;

    /// <summary>Removes one batch of keys that are past their lifetime.</summary>
    /// <returns>Whether there may be more.</returns>
    public static async Task<bool> Forget(NpgsqlDataSource database, TimeProvider clock, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            delete from idempotency_keys where key_hash = any(array(
                select key_hash from idempotency_keys where kept_at <= $1 order by kept_at limit $2 for update skip locked))
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = Oldest(clock) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ForgetAtOnce });
        return await command.ExecuteNonQueryAsync(cancel) == ForgetAtOnce;
    }

    /// <summary>Null where nothing is kept. Each statement sees what was committed before it began, so the last sees what the lock waited for.</summary>
    private async Task<Repetition?> Find(IDbContextTransaction transaction, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(Connection, (NpgsqlTransaction)transaction.GetDbTransaction());
        batch.BatchCommands.Add(new($"set local lock_timeout = {(int)Patience.TotalMilliseconds}"));
        batch.BatchCommands.Add(new("select pg_advisory_xact_lock($1)")
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = BinaryPrimitives.ReadInt64BigEndian(_key) } },
        });
        batch.BatchCommands.Add(new("set local lock_timeout to default"));
        batch.BatchCommands.Add(new("select request_hash = $2, status, content_type, location, etag, link, body from idempotency_keys where key_hash = $1 and kept_at > $3")
        {
            Parameters =
            {
                new NpgsqlParameter<byte[]> { TypedValue = _key },
                new NpgsqlParameter<byte[]> { TypedValue = _request },
                new NpgsqlParameter<DateTime> { TypedValue = Oldest(clock) },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        if (!await reader.ReadAsync(cancel))
        {
            return null;
        }

        return !reader.GetBoolean(0) ? new Repetition.OfAnother() : new Repetition.Of(new(
            reader.GetInt16(1), TextAt(2), TextAt(3), TextAt(4), TextAt(5), reader.GetFieldValue<byte[]>(6)));

        string? TextAt(int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
    }

    private static DateTime Oldest(TimeProvider clock) => (clock.GetUtcNow() - IIdempotency.Lifetime).UtcDateTime;
}
