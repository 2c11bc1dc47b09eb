using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Stemma.Domain.Claims;

namespace Stemma.Infrastructure.Persistence.Configurations;

internal sealed class ClaimConfiguration : IEntityTypeConfiguration<Claim>
{
    public void Configure(EntityTypeBuilder<Claim> builder)
    {
        // It is no part of the row: it has a table of its own, which Entity Framework does not know.
        builder.Ignore(c => c.Grade);
        builder.ToTable("claims");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).HasConversion(new ClaimIdConverter()).ValueGeneratedNever();
        builder.MapResource<Claim, ClaimContent>(content =>
        {
            content.Property(c => c.Kind).HasStoredNames();
            content.Property(c => c.Status).HasStoredNames();
            content.Property(c => c.ClaimantId).HasConversion(new SourceIdConverter());
            content.Property(c => c.ClaimedAt).HasPartialDate();
            content.Property(c => c.EventFrom).HasPartialDate();
            content.Property(c => c.EventTo).HasPartialDate();
            content.Property(c => c.AppearanceUrls).HasArray();
            content.Property(c => c.Quantities).HasJson(StoredJson.Write, StoredJson.ReadQuantities);
        });
    }
}
