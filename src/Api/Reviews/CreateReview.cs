using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Reviews;

namespace Stemma.Api.Reviews;

/// <summary>Stores a new review under an id of the server's making.</summary>
internal sealed class CreateReview(IReviewRepository reviews, IUnitOfWork unit, TimeProvider clock)
{
    public Task<Result<ReviewView>> Execute(ReviewContent content, Actor by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var id = new ReviewId(Guid.CreateVersion7(now));
        return unit.Run<ReviewView>(
            _ =>
            {
                var review = Review.Create(id, content, by, now);
                reviews.Add(review);
                return Task.FromResult<Result<ReviewView>>(new ReviewView(review));
            },
            cancel);
    }
}
