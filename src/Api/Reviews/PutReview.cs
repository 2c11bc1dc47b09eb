using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;

namespace Stemma.Api.Reviews;

/// <summary>Stores a review under an id of the caller's: creates it, replaces it, or brings its tombstone back.</summary>
internal sealed class PutReview(IReviewRepository reviews, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<Written<ReviewView>>> Execute(ReviewId id, Expectation expected, ReviewContent content, Actor by, CancellationToken cancel) =>
        unit.Run<Written<ReviewView>>(
            async cancel =>
            {
                var review = await reviews.FindForChange(id, cancel);
                if (expected.Check(review) is { } stale)
                {
                    return stale;
                }

                if (review is null)
                {
                    review = Review.Create(id, content, by, clock.GetUtcNow());
                    reviews.Add(review);
                    return new Written<ReviewView>(new ReviewView(review), Created: true);
                }

                var created = review.IsDeleted;
                review.Revise(content, by, clock.GetUtcNow());
                return new Written<ReviewView>(new ReviewView(review), created);
            },
            cancel);
}
