using FluentValidation;
using Stemma.Api.Hosting;
using Stemma.Domain.Claims;
using Stemma.Domain.Resources;

namespace Stemma.Api.ClaimRelations;

internal sealed class ClaimRelationValidator : ResourceValidator<ClaimRelationInput>
{
    public ClaimRelationValidator()
    {
        RuleFor(r => r.FromId).Cascade(CascadeMode.Stop).Given().Id();
        RuleFor(r => r.ToId).Cascade(CascadeMode.Stop).Given().Id()
            .Must((relation, to) => !string.Equals(to, relation.FromId, StringComparison.OrdinalIgnoreCase)).WithMessage("A claim stands in no relation to itself: it must not be fromId.");
        RuleFor(r => r.Kind).Cascade(CascadeMode.Stop).Given().OneOf(default(ClaimRelationKind));
        RuleFor(r => r.ScopeDifference).OneOf(default(ScopeDifference));
        RuleFor(r => r.Note).AtMost(ResourceContent.MaxFreeText);
    }
}
