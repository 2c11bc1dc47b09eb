using System.Globalization;
using System.Text.Json.Nodes;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;

namespace Stemma.Api.ClaimReviews;

/// <summary>What a review's rating says.</summary>
internal sealed record Rating(string Text, JsonNode? Value, JsonNode? Best, JsonNode? Worst, string? Explanation, Verdict Verdict);

/// <summary>Reads a rating. Its words count, and its numbers only where it has none: scales are upside down, have no ends, or are filled in by a form.</summary>
internal sealed class PublishedRating(Node rating, Fields fields, Notes notes)
{
    /// <summary>schema.org's own, where a rating does not say.</summary>
    private const decimal DefaultWorst = 1;
    private const decimal DefaultBest = 5;

    /// <summary>The longest that is read as a number.</summary>
    private const int MaxNumber = 1_000;

    /// <summary>The digits of a place on a scale that count: 4.6 of 1 to 5 is 90%, and no less.</summary>
    private const int PlaceDigits = 9;

    private const NumberStyles Spelling = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public Result<Rating> Read()
    {
        var (value, best, worst) = (IsWords(rating["ratingValue"]) ? null : fields.Number(rating["ratingValue"]), fields.Number(rating["bestRating"]), fields.Number(rating["worstRating"]));
        var explanation = fields.Shortened(fields.Text(rating["ratingExplanation"]), ResourceContent.MaxFreeText, rating["ratingExplanation"].Place);
        if (Words() is { } words)
        {
            var text = fields.Shortened(words, ResourceContent.MaxFreeText, rating.Place)!;
            var verdict = VerdictOf(text);
            return new Rating(text, value, best, worst, explanation, verdict);
        }

        var made = FromNumbers(value, best, worst);
        return made.Failed(out var error) ? error : new Rating(made.Value.Text, value, best, worst, explanation, made.Value.Verdict);
    }

    /// <summary>A decimal as JSON writes one; of another spelling, none.</summary>
    public static bool TryNumber(string text, out decimal number)
    {
        number = 0;
        return text.Length <= MaxNumber && decimal.TryParse(text.Trim(), Spelling, CultureInfo.InvariantCulture, out number);
    }

    private Verdict VerdictOf(string text)
    {
        var verdict = RatingWords.VerdictOf(text);
        if (verdict is null)
        {
            notes.Add(rating["alternateName"].Place, $"What '{(text.Length > 100 ? text[..100].TrimEnd() + "…" : text)}' is on the scale of verdicts is not known: other.");
        }

        return verdict ?? Verdict.Other;
    }

    private string? Words()
    {
        if (!rating.IsObject && fields.Text(rating) is { } bare && !IsNumber(bare))
        {
            notes.Add(rating.Place, "It is a text; it was taken for the rating.");
            return bare;
        }

        if (fields.Text(rating["alternateName"]) is { } said && !IsNumber(said))
        {
            return said;
        }

        foreach (var name in new[] { "name", "ratingValue", "description", "ratingExplanation" })
        {
            if ((name != "ratingValue" || IsWords(rating[name])) && fields.Text(rating[name]) is { } other && !IsNumber(other))
            {
                notes.Add(rating["alternateName"].Place, $"There is none; {name} was taken for the rating.");
                return other;
            }
        }

        return null;
    }

    private static bool IsWords(Node node) => node.Text() is { } text && !IsNumber(text) && text.Take(MaxNumber).Any(char.IsLetter);

    /// <summary>Also of one that is too great to be kept. What the runtime takes for one besides, such as "Infinity", is a word.</summary>
    private static bool IsNumber(string text) =>
        TryNumber(text, out _) || (text.Length <= MaxNumber && text.Any(char.IsAsciiDigit) && double.TryParse(text.Trim(), Spelling, CultureInfo.InvariantCulture, out _));

    private Result<(string Text, Verdict Verdict)> FromNumbers(JsonNode? value, JsonNode? best, JsonNode? worst)
    {
        if (value is null)
        {
            return new Error.Invalid(rating.Place.ToString(), "It has neither words (alternateName, name) nor a ratingValue: there is no rating.");
        }

        var (v, b, w) = (value.GetValue<decimal>(), best?.GetValue<decimal>() ?? DefaultBest, worst?.GetValue<decimal>() ?? DefaultWorst);
        if (b == w || v < Math.Min(b, w) || v > Math.Max(b, w))
        {
            return new Error.Invalid(
                rating["ratingValue"].Place.ToString(),
                string.Create(CultureInfo.InvariantCulture, $"It has no words (alternateName, name), and {v} says nothing on a scale from {w} to {b}: there is no rating."));
        }

        notes.Add(rating["alternateName"].Place, "There are no words; the rating was made of the numbers.");
        return (string.Create(CultureInfo.InvariantCulture, $"{v} on a scale from {w} to {b}"), RatingWords.VerdictOf(Math.Round(((double)v - (double)w) / ((double)b - (double)w), PlaceDigits)));
    }
}
