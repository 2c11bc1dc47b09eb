using FluentValidation;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Claims;

internal sealed class ClaimValidator : ResourceValidator<ClaimInput>
{
    public ClaimValidator()
    {
        RuleFor(c => c.Text).Given().AtMost(ClaimContent.MaxText);
        RuleFor(c => c.Context).AtMost(ResourceContent.MaxFreeText);
        RuleFor(c => c.Language).LanguageTag();
        RuleFor(c => c.Kind).OneOf(default(ClaimKind));
        RuleFor(c => c.Status).OneOf(default(ClaimStatus));
        RuleFor(c => c.ClaimantId).Id();
        RuleFor(c => c.ClaimedAt).PartialDate();
        RuleFor(c => c.EventFrom).PartialDate();
        RuleFor(c => c.EventTo).PartialDate();
        RuleFor(c => c.EventTo).Must((claim, to) => Spans.InOrder(claim.EventFrom, to)).WithMessage("It must not end before eventFrom begins.");
        RuleFor(c => c.Place).AtMost(ResourceContent.MaxName);
        RuleFor(c => c.FirstAppearanceUrl).Url();
        RuleFor(c => c.AppearanceUrls).AtMostItems(ResourceContent.MaxItems);
        RuleForEach(c => c.AppearanceUrls).Given().Url();
        RuleFor(c => c.Quantities).AtMostItems(ResourceContent.MaxItems);
        RuleForEach(c => c.Quantities).NotNull().WithMessage("It must not be null.").SetValidator(new QuantityValidator()!);
    }
}

internal sealed class QuantityValidator : AbstractValidator<QuantityContract>
{
    public QuantityValidator()
    {
        RuleFor(q => q.Subject).AtMost(ResourceContent.MaxName);
        RuleFor(q => q.Metric).Given().AtMost(ResourceContent.MaxName);
        RuleFor(q => q.Comparator).Given().OneOf(default(Comparator));
        RuleFor(q => q.Unit).Given().AtMost(Quantity.MaxUnit);
        RuleFor(q => q.Baseline).AtMost(ResourceContent.MaxName);
        RuleFor(q => q.PeriodFrom).PartialDate();
        RuleFor(q => q.PeriodTo).PartialDate();
        RuleFor(q => q.PeriodTo).Must((quantity, to) => Spans.InOrder(quantity.PeriodFrom, to)).WithMessage("It must not end before periodFrom begins.");

        When(IsBetween, () =>
        {
            RuleFor(q => q.Lower).NotNull().WithMessage("It is required with between.");
            RuleFor(q => q.Upper).NotNull().WithMessage("It is required with between.")
                .Must((quantity, upper) => upper is null || quantity.Lower is null || quantity.Lower <= upper).WithMessage("It must not be below lower.");
            RuleFor(q => q.Value).Null().WithMessage("It has no place with between.");
        }).Otherwise(() =>
        {
            RuleFor(q => q.Value).NotNull().WithMessage("It is required.");
            RuleFor(q => q.Lower).Null().WithMessage("It is for between alone.");
            RuleFor(q => q.Upper).Null().WithMessage("It is for between alone.");
        });
    }

    private static bool IsBetween(QuantityContract quantity) => quantity.Comparator == EnumNames<Comparator>.Of(Comparator.Between);
}

internal static class Spans
{
    /// <summary>Whether what begins and what ends are in order, as far as they can be read.</summary>
    public static bool InOrder(string? from, string? to) =>
        !PartialDate.TryParse(from, out var start) || !PartialDate.TryParse(to, out var end) || start.First <= end.Last;
}
