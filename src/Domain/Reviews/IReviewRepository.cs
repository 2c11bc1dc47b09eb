namespace Stemma.Domain.Reviews;

/// <summary>Reviews, to be written.</summary>
public interface IReviewRepository
{
    /// <summary>The review, living or a tombstone, locked against other writers until the unit of work ends.</summary>
    Task<Review?> FindForChange(ReviewId id, CancellationToken cancel);

    /// <summary>Stores a new one when the unit of work ends.</summary>
    void Add(Review review);
}
