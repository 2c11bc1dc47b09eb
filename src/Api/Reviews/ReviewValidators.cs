using System.Text;
using System.Text.Json;
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
        RuleFor(r => r.Original).Must(o => o is null or { ValueKind: JsonValueKind.Object or JsonValueKind.Null }).WithMessage("It must be an object: the review as it was published.")
            .Must(o => o is null || Encoding.UTF8.GetByteCount(o.Value.GetRawText()) <= OriginalReview.MaxLength).WithMessage($"It must have at most {OriginalReview.MaxLength} bytes.")
            .Storable();
    }
}
