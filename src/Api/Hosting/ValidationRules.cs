using System.Globalization;
using System.Text.Json;
using FluentValidation;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Hosting;

/// <summary>Rules that several contracts share. All but <see cref="Given"/> let null pass.</summary>
internal static class ValidationRules
{
    public static IRuleBuilderOptions<T, string?> Given<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("It is required, and not of white space only.");

    /// <summary>Lengths count Unicode code points.</summary>
    public static IRuleBuilderOptions<T, string?> AtMost<T>(this IRuleBuilder<T, string?> rule, int longest) =>
        rule.Must(text => text is null || text.Length <= longest || text.EnumerateRunes().Count() <= longest)
            .WithMessage($"It must have at most {longest} characters.");

    public static IRuleBuilderOptions<T, string?> Id<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || Guid.TryParseExact(text, "D", out _)).WithMessage("It must be a UUID.");

    public static IRuleBuilderOptions<T, string?> OneOf<T, TEnum>(this IRuleBuilder<T, string?> rule, TEnum of = default)
        where TEnum : struct, Enum =>
        rule.Must(text => text is null || EnumNames<TEnum>.TryParse(text, out _)).WithMessage($"It {EnumNames<TEnum>.Expected}.");

    public static IRuleBuilderOptions<T, string?> PartialDate<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || Domain.Kernel.PartialDate.TryParse(text, out _)).WithMessage($"It {Domain.Kernel.PartialDate.Expected}.");

    public static IRuleBuilderOptions<T, string?> Instant<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || Domain.Kernel.PartialDate.TryInstant(text, out _)).WithMessage("It must be an instant in UTC (2024-05-16T09:30:00Z).");

    public static IRuleBuilderOptions<T, string?> Url<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || SourceUrl.IsValid(text)).WithMessage("It must be an absolute URL with http or https.").AtMost(SourceUrl.MaxLength);

    public static IRuleBuilderOptions<T, string?> LanguageTag<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || Codes.IsLanguageTag(text)).WithMessage("It must be a BCP 47 language tag (en, pt-BR, zh-Hant).");

    public static IRuleBuilderOptions<T, string?> CountryCode<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || Codes.IsCountry(text)).WithMessage("It must be an ISO 3166-1 alpha-2 code in capitals (DE, US).");

    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> AtMostItems<T, TItem>(this IRuleBuilder<T, IReadOnlyList<TItem>?> rule, int most) =>
        rule.Must(items => items is null || items.Count <= most).WithMessage($"It must have at most {most} items.");

    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> EachOnce<T, TItem>(this IRuleBuilder<T, IReadOnlyList<TItem>?> rule) =>
        rule.Must(items => items is null || items.Distinct().Count() == items.Count).WithMessage("It must not hold the same item twice.");

    /// <summary>The deepest that <see cref="Storable"/> JSON may be, so that an answer that embeds it stays within what is written.</summary>
    public const int MaxStorableDepth = 20;

    private const int MaxFraction = 400;

    /// <summary>JSON that PostgreSQL takes, and gives back in a form that it takes again: no NUL, and numbers that a double can hold.</summary>
    public static IRuleBuilderOptions<T, JsonElement?> Storable<T>(this IRuleBuilder<T, JsonElement?> rule) =>
        rule.Must(json => json is null || IsStorable(json.Value, 1))
            .WithMessage($"It must hold no character NUL, no number beyond the range of a double, and nothing deeper than {MaxStorableDepth} levels.");

    /// <summary>Whether <see cref="Storable"/> JSON may hold this number, as it is written.</summary>
    public static bool IsStorableNumber(string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && IsShort(number);

    private static bool IsStorable(JsonElement json, int depth)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                return depth <= MaxStorableDepth && json.EnumerateObject().All(member => IsText(member.Name) && IsStorable(member.Value, depth + 1));
            case JsonValueKind.Array:
                return depth <= MaxStorableDepth && json.EnumerateArray().All(item => IsStorable(item, depth + 1));
            case JsonValueKind.String:
                return IsText(json.GetString()!);
            case JsonValueKind.Number:
                return json.TryGetDouble(out var value) && double.IsFinite(value) && IsShort(json.GetRawText());
            default:
                return true;
        }
    }

    /// <summary>PostgreSQL writes a number out in full, without an exponent, and has no room for some.</summary>
    private static bool IsShort(string number)
    {
        var parts = number.Split('e', 'E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : parts[0].Length - point - 1;
        var exponent = 0;
        return (parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && exponent is > -MaxFraction and < MaxFraction))
            && fraction - exponent <= MaxFraction;
    }

    private static bool IsText(string text) => !text.Contains('\0', StringComparison.Ordinal);
}

/// <summary>Rules for what every resource has.</summary>
internal abstract class ResourceValidator<T> : AbstractValidator<T>
    where T : class, IResourceInput, IStoredInput
{
    protected ResourceValidator()
    {
        RuleFor(x => x.Tags).AtMostItems(ResourceContent.MaxTags).EachOnce();
        RuleForEach(x => x.Tags).Given().AtMost(ResourceContent.MaxTagLength);
        RuleFor(x => x.ExternalIds).AtMostItems(ResourceContent.MaxItems).EachOnce();
        RuleForEach(x => x.ExternalIds).NotNull().WithMessage("It must not be null.").ChildRules(id =>
        {
            id.RuleFor(x => x!.System).Given().AtMost(ExternalId.MaxLength)
                .Must(system => system is null || !system.Contains(':', StringComparison.Ordinal)).WithMessage("It must not hold a colon.");
            id.RuleFor(x => x!.Id).Given().AtMost(ExternalId.MaxLength);
        });
    }
}
