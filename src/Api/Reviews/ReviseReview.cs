using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;

namespace Stemma.Api.Reviews;

/// <summary>Changes a living review by what the caller makes of its present content, which stays locked meanwhile.</summary>
internal sealed class ReviseReview(IReviewRepository reviews, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<ReviewView>> Execute(
        ReviewId id, Expectation expected, Func<ReviewContent, Result<ReviewContent>> change, Actor by, CancellationToken cancel) =>
        unit.Run<ReviewView>(
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

                var content = change(review.Content);
                if (content.Failed(out var invalid))
                {
                    return invalid;
                }

                review.Revise(content.Value, by, clock.GetUtcNow());
                return new ReviewView(review);
            },
            cancel);
}
