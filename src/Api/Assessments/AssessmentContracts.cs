using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FluentValidation;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Assessments;
using Stemma.Domain.Sources;

namespace Stemma.Api.Assessments;

/// <summary>How well a claim is corroborated, by independent origins, and why. Every list of ids ascends.</summary>
internal sealed record AssessmentResponse
{
    /// <summary>The claim.</summary>
    public required Guid ClaimId { get; init; }

    /// <summary>The instant of the evidence.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The rules by which it was made; another set would have another name.</summary>
    public required string RuleSet { get; init; }

    /// <summary>NATO Admiralty code 1 (confirmed by other independent sources) to 6 (truth cannot be judged): the analyst's where there is one, else the derived one.</summary>
    public required int Credibility { get; init; }

    /// <summary>What follows from the evidence alone.</summary>
    public required int DerivedCredibility { get; init; }

    /// <summary>The rule that decided: the first that fits.</summary>
    public required Rule Rule { get; init; }

    /// <summary>An analyst's own grade; null where there is none.</summary>
    public required OverrideResponse? Override { get; init; }

    /// <summary>What bears it out: links that support or report it, or a claim equivalent to it.</summary>
    public required SideAssessmentResponse For { get; init; }

    /// <summary>What speaks against it: links that contradict or deny it, and what bears out claims that contradict it.</summary>
    public required SideAssessmentResponse Against { get; init; }

    /// <summary>What decided, in sentences.</summary>
    public required IReadOnlyList<string> Explanation { get; init; }

    /// <summary>Single changes that would give another credibility than `derivedCredibility`.</summary>
    public required IReadOnlyList<CredibilityChangeResponse> WhatWouldChangeIt { get; init; }

    /// <summary>With `include=sources`: every source named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SourceResponse>? Sources { get; init; }

    public static AssessmentResponse From(Assessed assessed, IReadOnlyList<Source>? sources)
    {
        var assessment = assessed.Assessment;
        return new()
        {
            ClaimId = assessment.ClaimId.Value,
            AsOf = assessed.AsOf,
            RuleSet = Assessment.RuleSet,
            Credibility = assessment.Credibility,
            DerivedCredibility = assessment.DerivedCredibility,
            Rule = assessment.Rule,
            Override = OverrideResponse.From(assessment.Override),
            For = SideAssessmentResponse.From(assessment.For),
            Against = SideAssessmentResponse.From(assessment.Against),
            Explanation = assessment.Explanation,
            WhatWouldChangeIt = [.. assessment.WhatWouldChangeIt.Select(CredibilityChangeResponse.From)],
            Sources = sources is null ? null : [.. sources.Select(SourceResponse.From)],
        };
    }
}

/// <summary>One side of a claim, counted.</summary>
internal sealed record SideAssessmentResponse
{
    /// <summary>Links of the side, whatever they lead to.</summary>
    public required int LinkCount { get; init; }

    /// <summary>Independent origins that are certain.</summary>
    public required int Min { get; init; }

    /// <summary>Independent origins that there may be, if all that is not known turned out to be independent.</summary>
    public required int Max { get; init; }

    /// <summary>Independent readers through whom the origins are known.</summary>
    public required int Witnesses { get; init; }

    /// <summary>Origins, those that are tied put together; in the order of their first member.</summary>
    public required IReadOnlyList<OriginGroupResponse> Groups { get; init; }

    /// <summary>Sources that vouch, or are named, without a word of where they have it from: counted in `max` only.</summary>
    public required IReadOnlyList<Guid> UnknownLineage { get; init; }

    /// <summary>Origins that are a party to the matter: counted nowhere.</summary>
    public required IReadOnlyList<Guid> PartyOrigins { get; init; }

    /// <summary>Circular reporting: sources that have it from one another.</summary>
    public required IReadOnlyList<LineageCycleResponse> Cycles { get; init; }

    public static SideAssessmentResponse From(SideAssessment side) => new()
    {
        LinkCount = side.LinkCount,
        Min = side.Min,
        Max = side.Max,
        Witnesses = side.Witnesses,
        Groups = [.. side.Groups.Select(OriginGroupResponse.From)],
        UnknownLineage = [.. side.UnknownLineage.Select(s => s.Value)],
        PartyOrigins = [.. side.PartyOrigins.Select(s => s.Value)],
        Cycles = [.. side.Cycles.Select(LineageCycleResponse.From)],
    };
}

/// <summary>Origins that count as one at most.</summary>
/// <param name="Origins">The sources where it begins.</param>
/// <param name="MergedBy">Every reason that holds between two of them.</param>
/// <param name="RelayedBy">Sources whose links lead to one of them, themselves left out.</param>
/// <param name="Links">The corroborations that lead to one of them.</param>
internal sealed record OriginGroupResponse(IReadOnlyList<Guid> Origins, IReadOnlyList<Tie> MergedBy, IReadOnlyList<Guid> RelayedBy, IReadOnlyList<Guid> Links)
{
    public static OriginGroupResponse From(OriginGroup group) => new(
        [.. group.Origins.Select(s => s.Value)], group.MergedBy, [.. group.RelayedBy.Select(s => s.Value)], [.. group.Links.Select(l => l.Value)]);
}

/// <summary>Sources that have it from one another.</summary>
/// <param name="Members">All sources that can be reached from one another.</param>
/// <param name="Path">The shortest cycle through the first of them; from the last it leads back to the first.</param>
internal sealed record LineageCycleResponse(IReadOnlyList<Guid> Members, IReadOnlyList<Guid> Path)
{
    public static LineageCycleResponse From(LineageCycle cycle) => new([.. cycle.Members.Select(s => s.Value)], [.. cycle.Path.Select(s => s.Value)]);
}

/// <summary>One thing changed, and the credibility that would follow.</summary>
internal sealed record CredibilityChangeResponse
{
    /// <summary>What is changed.</summary>
    public required ChangeKind Change { get; init; }

    /// <summary>With `remove-origin`: on which side.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Side? Side { get; init; }

    /// <summary>With `remove-origin`: the group that falls away.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Guid>? Origins { get; init; }

    /// <summary>Admiralty code 1 to 6.</summary>
    public required int Credibility { get; init; }

    public static CredibilityChangeResponse From(CredibilityChange change) => new()
    {
        Change = change.Change,
        Side = change.Side,
        Origins = change.Origins is { } origins ? [.. origins.Select(s => s.Value)] : null,
        Credibility = change.Credibility,
    };
}

/// <summary>An analyst's own grade.</summary>
/// <param name="Credibility">NATO Admiralty code 1 to 6.</param>
/// <param name="Reason">Why.</param>
/// <param name="SetBy">Who set it.</param>
/// <param name="SetAt">When it was set.</param>
internal sealed record OverrideResponse(int Credibility, string Reason, string SetBy, DateTimeOffset SetAt)
{
    public static OverrideResponse? From(CredibilityOverride? given) => given is null ? null : new(given.Credibility, given.Reason, given.By, given.At);
}

/// <summary>An analyst's own grade, as it is set.</summary>
internal sealed record OverrideInput
{
    /// <summary>NATO Admiralty code 1 to 6.</summary>
    [Required]
    [Range(1, 6)]
    public int? Credibility { get; init; }

    /// <summary>Why.</summary>
    [Required]
    [MaxLength(CredibilityOverride.MaxReasonLength)]
    public string? Reason { get; init; }
}

internal sealed class OverrideValidator : AbstractValidator<OverrideInput>
{
    public OverrideValidator()
    {
        RuleFor(o => o.Credibility).Must(c => c is >= 1 and <= 6).WithMessage("It must be a whole number from 1 to 6.");
        RuleFor(o => o.Reason).Given().AtMost(CredibilityOverride.MaxReasonLength);
    }
}

/// <summary>What to embed in an assessment.</summary>
internal sealed record AssessmentQuery
{
    /// <summary>What to embed: `sources`, every source named.</summary>
    [Choices("sources")]
    public string[]? Include { get; init; }

    public static IReadOnlyDictionary<string, AssessmentIncludes> Names { get; } =
        new Dictionary<string, AssessmentIncludes>(StringComparer.Ordinal) { ["sources"] = AssessmentIncludes.Sources };
}

[Flags]
internal enum AssessmentIncludes
{
    None = 0,
    Sources = 1,
}

[JsonSerializable(typeof(AssessmentResponse))]
[JsonSerializable(typeof(OverrideInput))]
[JsonSerializable(typeof(OverrideResponse))]
[JsonSerializable(typeof(PageResponse<TimelineEntryResponse>))]
internal sealed partial class AssessmentJson : JsonSerializerContext;
