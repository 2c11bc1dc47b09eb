using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Stemma.Domain.Sources;

namespace Stemma.Infrastructure.Persistence.Configurations;

internal sealed class DerivationConfiguration : IEntityTypeConfiguration<Derivation>
{
    public void Configure(EntityTypeBuilder<Derivation> builder)
    {
        builder.ToTable("derivations");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).HasConversion(id => id.Value, value => new DerivationId(value)).ValueGeneratedNever();
        builder.MapResource<Derivation, DerivationContent>(
            content =>
            {
                content.Property(c => c.FromId).HasConversion(new SourceIdConverter());
                content.Property(c => c.ToId).HasConversion(new SourceIdConverter());
                content.Property(c => c.Relation).HasStoredNames();
                content.Property(c => c.Basis).HasStoredNames();
            },
            hasUrls: false);
    }
}
