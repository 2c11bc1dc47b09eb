using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Assessments;
using Stemma.Infrastructure.Persistence.Configurations;

namespace Stemma.Infrastructure.Persistence;

internal sealed class UnitOfWork(StemmaDbContext context, Collisions collisions, StaleSignal stale, IdempotencyKeys request) : IUnitOfWork
{
    /// <summary>Two writers that create one id, or that deadlock, need two rounds; more come only of bad luck.</summary>
    private const int MaxAttempts = 5;

    /// <summary>Where a request's transaction goes back to when the work in it fails.</summary>
    private const string Savepoint = "unit_of_work";

    public async Task<Result<T>> Run<T>(Func<CancellationToken, Task<Result<T>>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (request.IsOpen)
                {
                    await context.Database.CurrentTransaction!.CreateSavepointAsync(Savepoint, cancel);
                }

                var result = await work(cancel);
                if (!result.Failed(out _))
                {
                    DeriveUrlKeys();
                    await Save(cancel);
                }

                return result;
            }
            catch (Exception e) when (e is DbUpdateException or PostgresException)
            {
                var changed = Changed();
                await UndoTransaction(cancel);
                var refusal = e as PostgresException ?? e.InnerException as PostgresException;
                if (attempt < MaxAttempts && (e is DbUpdateConcurrencyException || (refusal is not null && Collisions.IsRace(refusal))))
                {
                    continue;
                }

                if (refusal is not null && changed is not null && await collisions.Explain(refusal, changed, cancel) is { } error)
                {
                    return error;
                }

                throw;
            }
            finally
            {
                await EndTransaction();
            }
        }
    }

    /// <summary>Writes what changed, and the assessments that rest on it: all or none of it.</summary>
    private async Task Save(CancellationToken cancel)
    {
        var touches = Changed() is { } changed and not Review && !(changed.LastChange == Change.Created && changed is Source or Claim);
        var transaction = context.Database.CurrentTransaction;
        if (touches)
        {
            transaction ??= await context.Database.BeginTransactionAsync(cancel);
        }

        await context.SaveChangesAsync(cancel);
        var isLeft = false;
        if (touches)
        {
            var (connection, own) = ((NpgsqlConnection)context.Database.GetDbConnection(), (NpgsqlTransaction)transaction!.GetDbTransaction());
            var touched = await AssessmentKeeper.TouchedBy(connection, own, cancel);
            isLeft = touched is null;
            await AssessmentKeeper.Derive(connection, own, touched ?? [], cancel);
        }

        if (request.IsOpen)
        {
            // It ends with the request, whose answer is kept in it.
            if (isLeft)
            {
                request.LeaveStale();
            }

            return;
        }

        if (transaction is not null)
        {
            await transaction.CommitAsync(cancel);
        }

        if (isLeft)
        {
            stale.Raise();
        }
    }

    private Resource? Changed() => context.ChangeTracker.Entries<Resource>()
        .FirstOrDefault(e => e.State is EntityState.Added or EntityState.Modified)?.Entity;

    private void DeriveUrlKeys()
    {
        foreach (var entry in context.ChangeTracker.Entries<Resource>().Where(e => e.State is EntityState.Added or EntityState.Modified))
        {
            if (entry.Metadata.FindProperty(ResourceMapping.UrlKeys) is { } keys)
            {
                entry.Property(keys).CurrentValue = SourceUrl.Keys(entry.Entity.AnyContent.Urls());
            }
        }
    }

    private Task UndoTransaction(CancellationToken cancel) =>
        !request.IsOpen ? EndTransaction()
        : context.Database.GetDbConnection().State == System.Data.ConnectionState.Open ? context.Database.CurrentTransaction!.RollbackToSavepointAsync(Savepoint, cancel)
        : Task.CompletedTask;

    private async Task EndTransaction()
    {
        context.ChangeTracker.Clear();
        if (!request.IsOpen && context.Database.CurrentTransaction is { } transaction)
        {
            await transaction.DisposeAsync();
        }
    }
}
