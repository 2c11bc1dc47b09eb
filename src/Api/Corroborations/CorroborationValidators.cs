using FluentValidation;
using Stemma.Api.Hosting;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Resources;

namespace Stemma.Api.Corroborations;

internal sealed class CorroborationValidator : ResourceValidator<CorroborationInput>
{
    public CorroborationValidator()
    {
        RuleFor(c => c.ClaimId).Cascade(CascadeMode.Stop).Given().Id();
        RuleFor(c => c.SourceId).Cascade(CascadeMode.Stop).Given().Id();
        RuleFor(c => c.Stance).Cascade(CascadeMode.Stop).Given().OneOf(default(Stance));
        RuleFor(c => c.Directness).OneOf(default(Directness))
            .Must((link, directness) => directness != EnumNames<Directness>.Of(Directness.FirstHand) || Attributed(link) == 0)
            .WithMessage("What is attributed to others is not first-hand.");
        RuleFor(c => c.AttributedToIds).AtMostItems(ResourceContent.MaxItems)
            .Must(ids => ids is null || ids.Select(Normal).Distinct().Count() == ids.Count).WithMessage("It must not hold the same source twice.")
            .Must((link, ids) => ids is null || link.SourceId is null || !ids.Select(Normal).Contains(Normal(link.SourceId)))
            .WithMessage("A source is never attributed to itself.");
        RuleForEach(c => c.AttributedToIds).Must(id => Guid.TryParseExact(id, "D", out _)).WithMessage("It must be a UUID.");
        RuleFor(c => c.CitedInId).Id();
        RuleFor(c => c.Attribution).AtMost(ResourceContent.MaxFreeText);
        RuleFor(c => c.Interest).OneOf(default(Interest))
            .Must((link, interest) => !IsByParty(link) || !EnumNames<Interest>.TryParse(interest, out var given) || given is Interest.Party or Interest.Unknown)
            .WithMessage("A denial that is attributed to nobody is by a party to the matter.");
        RuleFor(c => c.Quote).ChildRules(quote =>
        {
            quote.RuleFor(q => q!.Exact).Given().AtMost(ResourceContent.MaxFreeText);
            quote.RuleFor(q => q!.Prefix).AtMost(ResourceContent.MaxFreeText);
            quote.RuleFor(q => q!.Suffix).AtMost(ResourceContent.MaxFreeText);
        }).When(c => c.Quote is not null);
        RuleFor(c => c.Locator).AtMost(ResourceContent.MaxName);
        RuleFor(c => c.Url).Url();
        RuleFor(c => c.ArchiveUrl).Url();
        RuleFor(c => c.PublishedAt).PartialDate();
        RuleFor(c => c.AccessedAt).Instant();
        RuleFor(c => c.Credibility).Must(grade => grade is null or (>= 1 and <= 6)).WithMessage("It must be from 1 to 6.");
        RuleFor(c => c.Note).AtMost(ResourceContent.MaxFreeText);
    }

    private static int Attributed(CorroborationInput link) => link.AttributedToIds?.Count ?? 0;

    private static bool IsByParty(CorroborationInput link) =>
        EnumNames<Stance>.TryParse(link.Stance, out var stance) && CorroborationContent.IsByParty(stance, Attributed(link));

    private static string? Normal(string? id) => id?.ToLowerInvariant();
}
