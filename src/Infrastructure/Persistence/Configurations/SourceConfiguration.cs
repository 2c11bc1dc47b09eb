using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Stemma.Domain.Sources;

namespace Stemma.Infrastructure.Persistence.Configurations;

internal sealed class SourceConfiguration : IEntityTypeConfiguration<Source>
{
    public void Configure(EntityTypeBuilder<Source> builder)
    {
        builder.ToTable("sources");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).HasConversion(id => id.Value, value => new SourceId(value)).ValueGeneratedNever();
        builder.MapResource<Source, SourceContent>(content =>
        {
            content.Property(c => c.Kind).HasStoredNames();
            content.Property(c => c.Aliases).HasArray();
            content.Property(c => c.ParentId).HasConversion(new SourceIdConverter());
            content.Property(c => c.OwnerId).HasConversion(new SourceIdConverter());
            content.Property(c => c.Reliability).HasStoredNames();
            content.Property(c => c.PublishedAt).HasPartialDate();

            // Not jsonb, which would give it back in another order and its numbers in another spelling.
            content.Property(c => c.Citation).HasColumnType("json").HasConversion(
                citation => citation!.ToString(), json => Citation.Parse(json));
        });
    }
}
