using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Assessments;

/// <summary>Assesses stored claims.</summary>
public interface IAssessments
{
    /// <summary>
    /// Assesses a claim by the evidence of this instant. <see cref="Error.NotFound"/> where there is no living claim of this id,
    /// <see cref="Error.TooLarge"/> where its lineage is larger than <see cref="Assessor.MaxSources"/>.
    /// </summary>
    Task<Result<Assessed>> Assess(ClaimId id, CancellationToken cancel);

    /// <summary>Sets an analyst's own grade in place of what was there; <see cref="Error.NotFound"/> where there is no living claim.</summary>
    Task<Result<CredibilityOverride>> SetOverride(ClaimId id, int credibility, string reason, Actor by, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Takes an analyst's grade back; <see cref="Error.NotFound"/> where there is none.</summary>
    Task<Result<bool>> RemoveOverride(ClaimId id, CancellationToken cancel);

    /// <summary>The kept values of a claim, null where it is not among the living.</summary>
    Task<AssessmentSummary?> Summarize(ClaimId id, CancellationToken cancel);

    /// <summary>These sources, whole, in the order of their ids.</summary>
    Task<IReadOnlyList<Source>> Sources(IReadOnlyCollection<SourceId> ids, CancellationToken cancel);
}

/// <summary>An assessment and what it was made from.</summary>
/// <param name="Assessment">The assessment.</param>
/// <param name="Evidence">The evidence.</param>
/// <param name="AsOf">The instant of the evidence.</param>
public sealed record Assessed(Assessment Assessment, Evidence Evidence, DateTimeOffset AsOf);

/// <summary>What is kept of a claim's assessment, so that lists can filter and sort by it.</summary>
/// <param name="Credibility">Admiralty code 1 (confirmed by other independent sources) to 6 (truth cannot be judged); the analyst's, where there is one.</param>
/// <param name="Min">Independent origins for it that are certain.</param>
/// <param name="Max">Independent origins for it that there may be.</param>
/// <param name="Circular">Whether sources on either side have it from one another in a circle.</param>
/// <param name="Contested">Whether the rule <see cref="Rule.Contested"/> decided.</param>
/// <param name="Stale">Whether something has changed that the values rest on, and they are not derived anew yet.</param>
public readonly record struct AssessmentSummary(int Credibility, int Min, int Max, bool Circular, bool Contested, bool Stale)
{
    /// <summary>Of a claim without any evidence.</summary>
    public static AssessmentSummary Unassessed { get; } = new(Rule.NoOrigin.Credibility(), 0, 0, Circular: false, Contested: false, Stale: false);
}
