using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Stemma.Infrastructure.Persistence;

/// <summary>For <c>dotnet ef</c> alone, which compares models and needs no server.</summary>
internal sealed class StemmaDbContextFactory : IDesignTimeDbContextFactory<StemmaDbContext>
{
    public StemmaDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<StemmaDbContext>().UseStemma("Host=localhost").Options);
}
