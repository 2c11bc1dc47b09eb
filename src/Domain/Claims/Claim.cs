using Stemma.Domain.Assessments;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Claims;

/// <summary>A statement that someone makes: schema.org <c>Claim</c>.</summary>
public sealed class Claim : Resource<ClaimContent>
{
    private Claim()
    {
    }

    /// <summary>As it is stored.</summary>
    public Claim(ClaimId id, Stamp stamp, ClaimContent content)
        : base(stamp, content) => Id = id;

    public ClaimId Id { get; private set; }

    /// <summary>What an analyst graded it by their own judgement; told where all that is stored of a claim is asked for, and nowhere else.</summary>
    public CredibilityOverride? Grade { get; init; }

    public override ResourceRef Ref => new(ResourceType.Claim, Id.Value);

    public static Claim Create(ClaimId id, ClaimContent content, Actor by, DateTimeOffset now)
    {
        var claim = new Claim { Id = id };
        claim.Create(content, by, now);
        return claim;
    }
}

/// <summary>What a client writes of a claim.</summary>
public sealed record ClaimContent : ResourceContent
{
    public const int MaxText = 5_000;
    public const string DefaultLanguage = "en";

    /// <summary>schema.org <c>text</c>.</summary>
    public required string Text { get; init; }

    /// <summary>What a reader must know to read it rightly.</summary>
    public string? Context { get; init; }

    /// <summary>BCP 47, as given; compared without regard to case.</summary>
    public string Language { get; init; } = DefaultLanguage;

    public ClaimKind Kind { get; init; } = ClaimKind.Factual;

    public ClaimStatus Status { get; init; } = ClaimStatus.Open;

    /// <summary>Who asserts it: schema.org <c>author</c>.</summary>
    public SourceId? ClaimantId { get; init; }

    public PartialDate? ClaimedAt { get; init; }

    /// <summary>When what it asserts begins to hold; its first instant is not after the last of <see cref="EventTo"/>.</summary>
    public PartialDate? EventFrom { get; init; }

    public PartialDate? EventTo { get; init; }

    public string? Place { get; init; }

    public string? FirstAppearanceUrl { get; init; }

    public ValueList<string> AppearanceUrls { get; init; } = [];

    public ValueList<Quantity> Quantities { get; init; } = [];

    /// <summary>The analyst's word whether it is logical in itself; null where there is none.</summary>
    public bool? Plausible { get; init; }

    public override IEnumerable<string?> Urls() => [FirstAppearanceUrl, .. AppearanceUrls];

    public override IEnumerable<Reference> References()
    {
        if (ClaimantId is { } claimant)
        {
            yield return new("claimantId", ResourceType.Source, claimant.Value);
        }
    }
}

/// <summary>How a claim can be judged: an opinion or a prediction cannot.</summary>
public enum ClaimKind
{
    Factual,
    Quantitative,
    Prediction,
    Denial,
    Opinion,
}

/// <summary>Where the work on a claim stands.</summary>
public enum ClaimStatus
{
    Draft,
    Open,
    Assessed,
    Retracted,
    Superseded,
}
