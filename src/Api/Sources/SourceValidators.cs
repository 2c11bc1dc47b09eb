using System.Text.Json;
using FluentValidation;
using Stemma.Api.Hosting;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Sources;

internal sealed class SourceValidator : ResourceValidator<SourceInput>
{
    public SourceValidator()
    {
        RuleFor(s => s.Kind).Cascade(CascadeMode.Stop).Given().OneOf(default(SourceKind));
        RuleFor(s => s.Name).Given().AtMost(ResourceContent.MaxName);
        RuleFor(s => s.Aliases).AtMostItems(ResourceContent.MaxItems);
        RuleForEach(s => s.Aliases).Given().AtMost(ResourceContent.MaxName);
        RuleFor(s => s.Url).Url();
        RuleFor(s => s.ArchiveUrl).Url();
        RuleFor(s => s.Description).AtMost(ResourceContent.MaxFreeText);
        RuleFor(s => s.Country).CountryCode();
        RuleFor(s => s.Language).LanguageTag();
        RuleFor(s => s.ParentId).Id();
        RuleFor(s => s.OwnerId).Id();
        RuleFor(s => s.Reliability).OneOf(default(Reliability));
        RuleFor(s => s.ReliabilityBasis).AtMost(ResourceContent.MaxFreeText);
        RuleFor(s => s.PublishedAt).PartialDate();
        RuleFor(s => s.AccessedAt).Instant();
        RuleFor(s => s.ContentHash).Must(hash => hash is null || Codes.IsSha256(hash)).WithMessage("It must be sha256: and 64 hex digits.");
        RuleFor(s => s.Citation).Must(c => c is null or { ValueKind: JsonValueKind.Object or JsonValueKind.Null }).WithMessage("It must be an object: one CSL-JSON item.")
            .Must(c => c is null || c.Value.GetRawText().Length <= Citation.MaxLength).WithMessage($"It must have at most {Citation.MaxLength} characters.")
            .Storable();
    }
}
