using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;

namespace Stemma.Api.Reviews;

/// <summary>Leaves a tombstone.</summary>
internal sealed class DeleteReview(IReviewRepository reviews, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<ReviewId>> Execute(ReviewId id, Expectation expected, Actor by, CancellationToken cancel) =>
        unit.Run<ReviewId>(
            async cancel =>
            {
                var review = await reviews.FindForChange(id, cancel);
                if (review is null or { IsDeleted: true })
                {
                    return new Error.NotFound();
                }

                if (expected.Check(review) is { } stale)
                {
                    return stale;
                }

                review.Delete(by, clock.GetUtcNow());
                return id;
            },
            cancel);
}
