using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;

namespace Stemma.Infrastructure.Persistence.Configurations;

internal sealed class CorroborationConfiguration : IEntityTypeConfiguration<Corroboration>
{
    public void Configure(EntityTypeBuilder<Corroboration> builder)
    {
        builder.ToTable("corroborations");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).HasConversion(id => id.Value, value => new CorroborationId(value)).ValueGeneratedNever();
        builder.MapResource<Corroboration, CorroborationContent>(content =>
        {
            content.Property(c => c.ClaimId).HasConversion(new ClaimIdConverter());
            content.Property(c => c.SourceId).HasConversion(new SourceIdConverter());
            content.Property(c => c.Stance).HasStoredNames();
            content.Property(c => c.Directness).HasStoredNames();
            content.Property(c => c.AttributedToIds).HasArray(id => id.Value, value => new SourceId(value));
            content.Property(c => c.CitedInId).HasConversion(new SourceIdConverter());
            content.Property(c => c.Interest).HasStoredNames();
            content.Property(c => c.PublishedAt).HasPartialDate();
            content.ComplexProperty(c => c.Quote, quote =>
            {
                quote.Property(q => q.Exact).HasColumnName("quote_exact");
                quote.Property(q => q.Prefix).HasColumnName("quote_prefix");
                quote.Property(q => q.Suffix).HasColumnName("quote_suffix");
            });
        });
    }
}
