using Stemma.Domain.Claims;
using Stemma.Domain.Search.Matching;

namespace Stemma.Domain.Search;

/// <summary>Has this been claimed before?</summary>
public interface IClaimMatching
{
    /// <summary>Living claims that a text may assert, the likeliest first; of equals the older.</summary>
    /// <exception cref="SearchTimeoutException">It took longer than a search may.</exception>
    Task<IReadOnlyList<MatchedClaim>> Match(MatchRequest request, CancellationToken cancel);

    /// <summary>The same for a stored claim, which is not among them; null where there is no such claim.</summary>
    /// <exception cref="SearchTimeoutException">It took longer than a search may.</exception>
    Task<IReadOnlyList<MatchedClaim>?> Similar(ClaimId id, int limit, double minScore, CancellationToken cancel);

    /// <summary>
    /// Living claims that have nearly all words in common with a stored one, figures left aside: what was probably entered twice. Cheap enough to
    /// ask after each write; <see cref="Similar"/> finds more and judges it.
    /// </summary>
    /// <param name="id">The claim.</param>
    /// <param name="text">Its text.</param>
    /// <param name="cancel">Gives up.</param>
    Task<IReadOnlyList<ClaimId>> NearDuplicates(ClaimId id, string text, CancellationToken cancel);
}

/// <summary>What to look for.</summary>
/// <param name="Text">A post, a headline, a paragraph; what goes beyond 10,000 characters is not read.</param>
/// <param name="Language">BCP 47; null where it is not known: then its stop words tell it.</param>
/// <param name="Limit">The most to give.</param>
/// <param name="MinScore">Nothing below this score.</param>
public sealed record MatchRequest(string Text, string? Language, int Limit, double MinScore);

/// <summary>A claim that a text may assert, and why.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Match">How likely it is, and what speaks for it and against it.</param>
public sealed record MatchedClaim(ClaimView Claim, ClaimMatch Match);
