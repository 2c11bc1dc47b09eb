using FluentValidation;
using Stemma.Api.Hosting;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Derivations;

internal sealed class DerivationValidator : ResourceValidator<DerivationInput>
{
    public DerivationValidator()
    {
        RuleFor(d => d.FromId).Cascade(CascadeMode.Stop).Given().Id();
        RuleFor(d => d.ToId).Cascade(CascadeMode.Stop).Given().Id()
            .Must((derivation, to) => !string.Equals(to, derivation.FromId, StringComparison.OrdinalIgnoreCase)).WithMessage("A source does not repeat itself: it must not be fromId.");
        RuleFor(d => d.Relation).Cascade(CascadeMode.Stop).Given().OneOf(default(DerivationRelation));
        RuleFor(d => d.Basis).OneOf(default(DerivationBasis));
        RuleFor(d => d.Note).AtMost(ResourceContent.MaxFreeText);
    }
}
