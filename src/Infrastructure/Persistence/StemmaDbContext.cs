using Microsoft.EntityFrameworkCore;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;

namespace Stemma.Infrastructure.Persistence;

/// <summary>The write side. Reads go by SQL: see the readers.</summary>
internal sealed class StemmaDbContext(DbContextOptions<StemmaDbContext> options) : DbContext(options)
{
    public DbSet<Source> Sources => Set<Source>();

    public DbSet<Claim> Claims => Set<Claim>();

    public DbSet<Corroboration> Corroborations => Set<Corroboration>();

    public DbSet<Derivation> Derivations => Set<Derivation>();

    public DbSet<ClaimRelation> ClaimRelations => Set<ClaimRelation>();

    public DbSet<Review> Reviews => Set<Review>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(StemmaDbContext).Assembly);
}
