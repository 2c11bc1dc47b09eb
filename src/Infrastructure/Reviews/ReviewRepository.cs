using Stemma.Domain.Reviews;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Reviews;

internal sealed class ReviewRepository(StemmaDbContext context) : IReviewRepository
{
    private static readonly string Locked = $"select {ReviewRows.Columns} from reviews v where v.id = $1 for no key update";

    public async Task<Review?> FindForChange(ReviewId id, CancellationToken cancel)
    {
        var review = await context.SingleLocked(Locked, id.Value, ReviewRows.Read, cancel);
        if (review is not null)
        {
            context.Attach(review);
        }

        return review;
    }

    public void Add(Review review) => context.Reviews.Add(review);
}
