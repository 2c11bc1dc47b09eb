using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Reviews;

namespace Stemma.Api.Reviews;

/// <summary>Brings a tombstone back to life; on the living it changes nothing.</summary>
internal sealed class RestoreReview(IReviewRepository reviews, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<ReviewView>> Execute(ReviewId id, Actor by, CancellationToken cancel) =>
        unit.Run<ReviewView>(
            async cancel =>
            {
                var review = await reviews.FindForChange(id, cancel);
                if (review is null)
                {
                    return new Error.NotFound();
                }

                review.Restore(by, clock.GetUtcNow());
                return new ReviewView(review);
            },
            cancel);
}
