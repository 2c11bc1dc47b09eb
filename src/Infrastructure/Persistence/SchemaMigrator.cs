using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Stemma.Infrastructure.Persistence;

/// <summary>
/// Brings the schema up to date. Any number of instances may start at once: they take turns under an advisory lock, and whoever comes second
/// finds nothing to do. A database that has what this program knows is recognised by one query, without Entity Framework.
/// </summary>
internal static class SchemaMigrator
{
    /// <summary>Advisory locks of Stemma, first key; the second tells them apart: 0 migrations, 1 parents and owners.</summary>
    private const string Lock = "select pg_advisory_lock(7363, 0)";

    private static readonly string Newest = typeof(SchemaMigrator).Assembly.GetTypes()
        .Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Max(StringComparer.Ordinal)!;

    /// <returns>Whether anything was applied.</returns>
    public static async Task<bool> Migrate(NpgsqlDataSource database, CancellationToken cancel)
    {
        if (await IsCurrent(database, cancel))
        {
            return false;
        }

        await using var connection = await database.OpenConnectionAsync(cancel);
        await using (var take = new NpgsqlCommand(Lock, connection) { CommandTimeout = 0 })
        {
            await take.ExecuteNonQueryAsync(cancel);
        }

        try
        {
            if (await IsCurrent(database, cancel))
            {
                return false;
            }

            var options = new DbContextOptionsBuilder<StemmaDbContext>();
            options.UseStemma(database);
            await using var context = new StemmaDbContext(options.Options);
            context.Database.SetCommandTimeout(TimeSpan.FromHours(1));
            await context.Database.MigrateAsync(cancel);
            return true;
        }
        finally
        {
            await using var release = new NpgsqlCommand("select pg_advisory_unlock(7363, 0)", connection);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    /// <summary>Whether the newest migration that this program has is applied.</summary>
    public static async Task<bool> IsCurrent(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var exists = database.CreateCommand("select to_regclass('\"__EFMigrationsHistory\"') is not null");
        if (await exists.ExecuteScalarAsync(cancel) is not true)
        {
            return false;
        }

        await using var applied = database.CreateCommand("select exists (select from \"__EFMigrationsHistory\" where migration_id = $1)");
        applied.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Newest });
        return await applied.ExecuteScalarAsync(cancel) is true;
    }
}
