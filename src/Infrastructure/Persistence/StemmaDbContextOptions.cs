using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Stemma.Infrastructure.Persistence;

internal static class StemmaDbContextOptions
{
    public static DbContextOptionsBuilder<TContext> UseStemma<TContext>(this DbContextOptionsBuilder<TContext> options, string connectionString)
        where TContext : DbContext
    {
        options.UseNpgsql(connectionString).UseSnakeCaseNamingConvention();
        return options;
    }

    public static void UseStemma(this DbContextOptionsBuilder options, NpgsqlDataSource database) =>
        options.UseNpgsql(database).UseSnakeCaseNamingConvention();
}
