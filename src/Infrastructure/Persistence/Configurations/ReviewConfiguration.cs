using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Stemma.Domain.Reviews;

namespace Stemma.Infrastructure.Persistence.Configurations;

internal sealed class ReviewConfiguration : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> builder)
    {
        builder.ToTable("reviews");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).HasConversion(id => id.Value, value => new ReviewId(value)).ValueGeneratedNever();
        builder.MapResource<Review, ReviewContent>(content =>
        {
            content.Property(r => r.ClaimId).HasConversion(new ClaimIdConverter());
            content.Property(r => r.PublisherId).HasConversion(new SourceIdConverter());
            content.Property(r => r.ReviewedAt).HasPartialDate();
            content.Property(r => r.Verdict).HasStoredNames();

            // As sources' citations: not jsonb, which would give it back in another order and its numbers in another spelling.
            content.Property(r => r.Original).HasColumnType("json").HasConversion(
                original => original!.ToString(), json => OriginalReview.Parse(json));
        });
    }
}
