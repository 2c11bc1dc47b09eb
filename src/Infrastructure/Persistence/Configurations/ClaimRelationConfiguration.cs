using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Stemma.Domain.Claims;

namespace Stemma.Infrastructure.Persistence.Configurations;

internal sealed class ClaimRelationConfiguration : IEntityTypeConfiguration<ClaimRelation>
{
    public void Configure(EntityTypeBuilder<ClaimRelation> builder)
    {
        builder.ToTable("claim_relations");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).HasConversion(id => id.Value, value => new ClaimRelationId(value)).ValueGeneratedNever();
        builder.MapResource<ClaimRelation, ClaimRelationContent>(
            content =>
            {
                content.Property(c => c.FromId).HasConversion(new ClaimIdConverter());
                content.Property(c => c.ToId).HasConversion(new ClaimIdConverter());
                content.Property(c => c.Kind).HasStoredNames();
                content.Property(c => c.ScopeDifference).HasStoredNames();
            },
            hasUrls: false);
    }
}
