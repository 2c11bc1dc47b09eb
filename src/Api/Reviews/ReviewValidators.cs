using FluentValidation;
using Stemma.Api.Hosting;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;

namespace Stemma.Api.Reviews;

internal sealed class ReviewValidator : ResourceValidator<ReviewInput>
{
    public ReviewValidator()
    {
        RuleFor(r => r.ClaimId).Cascade(CascadeMode.Stop).Given().Id();
        RuleFor(r => r.PublisherId).Cascade(CascadeMode.Stop).Given().Id();
        RuleFor(r => r.Url).Url();
        RuleFor(r => r.Title).AtMost(ResourceContent.MaxFreeText);
        RuleFor(r => r.ReviewedAt).PartialDate();
        RuleFor(r => r.Language).LanguageTag();
        RuleFor(r => r.TextualRating).Given().AtMost(ResourceContent.MaxFreeText);
        RuleFor(r => r.RatingExplanation).AtMost(ResourceContent.MaxFreeText);
        RuleFor(r => r.Verdict).OneOf(default(Verdict));
    }
}
