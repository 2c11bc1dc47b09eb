using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Search;
using Stemma.Domain.Search.Matching;

namespace Stemma.Api.Claims;

/// <summary>What may have been claimed before.</summary>
internal sealed record MatchQuestion
{
    public const int MaxText = 10_000;

    public const int DefaultLimit = 10;

    public const int MaxLimit = 50;

    /// <summary>A post with its hashtags, handles and links, a headline, a paragraph.</summary>
    [Required]
    [MaxLength(MaxText)]
    public string? Text { get; init; }

    /// <summary>BCP 47; where it is not given, its most frequent words tell which of the claims' languages it is.</summary>
    [TextFormat(TextFormat.Language)]
    public string? Language { get; init; }

    /// <summary>How many claims at most, 1 to 50.</summary>
    [DefaultValue(DefaultLimit)]
    public int? Limit { get; init; }

    /// <summary>The least score, 0 to 1.</summary>
    [DefaultValue(0.0)]
    public double? MinScore { get; init; }

    public MatchRequest ToRequest() => new(Text!, Language, Limit ?? DefaultLimit, MinScore ?? 0);
}

internal sealed class MatchValidator : AbstractValidator<MatchQuestion>
{
    public MatchValidator()
    {
        RuleFor(m => m.Text).Given().AtMost(MatchQuestion.MaxText);
        RuleFor(m => m.Language).LanguageTag();
        RuleFor(m => m.Limit).Must(l => l is null or (>= 1 and <= MatchQuestion.MaxLimit)).WithMessage($"It must be a whole number from 1 to {MatchQuestion.MaxLimit}.");
        RuleFor(m => m.MinScore).Must(s => s is null or (>= 0 and <= 1)).WithMessage("It must be a number from 0 to 1.");
    }
}

/// <summary>How many claims similar to a stored one.</summary>
internal sealed record SimilarQuery
{
    public const double DefaultMinScore = 0.05;

    /// <summary>How many at most, 1 to 50; 10 where none is given.</summary>
    [TextFormat(TextFormat.Integer)]
    [Limit(MatchQuestion.DefaultLimit, MatchQuestion.MaxLimit)]
    public string? Limit { get; init; }

    /// <summary>The least score, 0 to 1; 0.05 where none is given.</summary>
    [TextFormat(TextFormat.Share)]
    public string? MinScore { get; init; }
}

/// <summary>Claims that a text may assert.</summary>
internal sealed record MatchesResponse
{
    /// <summary>The likeliest first; of equals the older.</summary>
    public required IReadOnlyList<MatchResponse> Items { get; init; }

    public static MatchesResponse From(IReadOnlyList<MatchedClaim> matches) => new() { Items = [.. matches.Select(MatchResponse.From)] };
}

/// <summary>A claim that a text may assert, and why.</summary>
internal sealed record MatchResponse
{
    /// <summary>The estimated probability, 0 to 1, that this is what the text asserts or disputes. It means the same whatever the text, and does not depend on the other claims found. With another figure in an otherwise like text it is 0.5 at most.</summary>
    public required double Score { get; init; }

    /// <summary>The claim.</summary>
    public required ClaimResponse Claim { get; init; }

    /// <summary>What speaks for it and against it.</summary>
    public required MatchExplanationResponse Explanation { get; init; }

    public static MatchResponse From(MatchedClaim matched) => new()
    {
        Score = Math.Round(matched.Match.Score, 4),
        Claim = ClaimResponse.From(matched.Claim),
        Explanation = MatchExplanationResponse.From(matched.Match.Explanation),
    };
}

/// <summary>What a text and a claim share, and where they differ.</summary>
internal sealed record MatchExplanationResponse
{
    /// <summary>Words of the text that the claim or its context has, the weightiest first; 30 at most.</summary>
    public required IReadOnlyList<MatchedWordResponse> Words { get; init; }

    /// <summary>Figures that agree, and that do not.</summary>
    public required FigureComparisonResponse Figures { get; init; }

    /// <summary>Names that agree, and that do not.</summary>
    public required NameComparisonResponse Names { get; init; }

    /// <summary>Whether one of the two negates and the other does not.</summary>
    public required NegationResponse Negation { get; init; }

    public static MatchExplanationResponse From(MatchExplanation explanation) => new()
    {
        Words = [.. explanation.Words.Select(w => new MatchedWordResponse { Word = w.Surface, Lexeme = w.Lexeme, Weight = Math.Round(w.Weight, 4), InText = w.InText, InContext = w.InContext })],
        Figures = new()
        {
            Agree = [.. explanation.Figures.Agreed.Select(f => f.Surface)],
            Differ = [.. explanation.Figures.Differing.Select(p => new FigurePairResponse { Text = p.InPost.Surface, Claim = p.InClaim.Surface })],
            OnlyInText = [.. explanation.Figures.InPostOnly.Select(f => f.Surface)],
            OnlyInClaim = [.. explanation.Figures.InClaimOnly.Select(f => f.Surface)],
        },
        Names = new()
        {
            Agree = explanation.Names.Agreed,
            OnlyInText = explanation.Names.InPostOnly,
            OnlyInClaim = explanation.Names.InClaimOnly,
        },
        Negation = new()
        {
            Differs = explanation.Negation.IsOneSided,
            InText = explanation.Negation.InPost,
            InClaim = explanation.Negation.InClaim,
        },
    };
}

/// <summary>A word that both have.</summary>
internal sealed record MatchedWordResponse
{
    /// <summary>As the text writes it.</summary>
    public required string Word { get; init; }

    /// <summary>What its language makes of it: the form that was compared.</summary>
    public required string Lexeme { get; init; }

    /// <summary>Its share of the weight of all words of the text, 0 to 1: the rarer among the claims, the more.</summary>
    public required double Weight { get; init; }

    /// <summary>Whether the claim's text has it.</summary>
    public required bool InText { get; init; }

    /// <summary>Whether the claim's context has it.</summary>
    public required bool InContext { get; init; }
}

/// <summary>The figures of the text beside those of the claim, as written.</summary>
internal sealed record FigureComparisonResponse
{
    /// <summary>Figures that both have.</summary>
    public required IReadOnlyList<string> Agree { get; init; }

    /// <summary>Pairs that seem to count the same, with another result: 26% and 62%.</summary>
    public required IReadOnlyList<FigurePairResponse> Differ { get; init; }

    /// <summary>Figures that only the text has, those that differ included.</summary>
    public required IReadOnlyList<string> OnlyInText { get; init; }

    /// <summary>Figures that only the claim's text has, those that differ included.</summary>
    public required IReadOnlyList<string> OnlyInClaim { get; init; }
}

/// <summary>Two figures for what seems to be the same.</summary>
internal sealed record FigurePairResponse
{
    /// <summary>In the text.</summary>
    public required string Text { get; init; }

    /// <summary>In the claim.</summary>
    public required string Claim { get; init; }
}

/// <summary>The names of the text beside those of the claim.</summary>
internal sealed record NameComparisonResponse
{
    /// <summary>Names of the claim that the text has.</summary>
    public required IReadOnlyList<string> Agree { get; init; }

    /// <summary>Names that only the text has.</summary>
    public required IReadOnlyList<string> OnlyInText { get; init; }

    /// <summary>Names that only the claim's text has.</summary>
    public required IReadOnlyList<string> OnlyInClaim { get; init; }
}

/// <summary>Words that negate or dispute.</summary>
internal sealed record NegationResponse
{
    /// <summary>One negates, the other does not.</summary>
    public required bool Differs { get; init; }

    /// <summary>Those of the text.</summary>
    public required IReadOnlyList<string> InText { get; init; }

    /// <summary>Those of the claim's text.</summary>
    public required IReadOnlyList<string> InClaim { get; init; }
}
