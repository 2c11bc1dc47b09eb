using System.ComponentModel.DataAnnotations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting;

/// <summary>The resource's id in another system, `wikidata` `Q7747`; unique per resource type.</summary>
internal sealed record ExternalIdContract
{
    /// <summary>The other system. No colon.</summary>
    [Required]
    [MaxLength(ExternalId.MaxLength)]
    public string? System { get; init; }

    /// <summary>The id there.</summary>
    [Required]
    [MaxLength(ExternalId.MaxLength)]
    public string? Id { get; init; }
}

/// <summary>What every resource's body may have.</summary>
internal interface IStoredInput
{
    IReadOnlyList<string?>? Tags { get; }

    IReadOnlyList<ExternalIdContract?>? ExternalIds { get; }
}

internal static class StoredContracts
{
    /// <summary>Members of every answer that a body may repeat.</summary>
    public static readonly string[] ReadOnly = ["createdAt", "createdBy", "updatedAt", "updatedBy"];

    public static ValueList<string> ToTags(this IStoredInput input) => input.Tags.ToTexts();

    public static ValueList<ExternalId> ToExternalIds(this IStoredInput input) =>
        input.ExternalIds is { Count: > 0 } ids ? new([.. ids.Select(id => new ExternalId(id!.System!, id.Id!))]) : [];

    public static IReadOnlyList<ExternalIdContract>? ToContract(this ValueList<ExternalId> ids) =>
        ids.Count == 0 ? null : [.. ids.Select(id => new ExternalIdContract { System = id.System, Id = id.Id })];

    public static ValueList<string> ToTexts(this IReadOnlyList<string?>? items) => items is { Count: > 0 } ? new([.. items.Select(t => t!)]) : [];

    public static PartialDate? ToPartialDate(this string? text) => text is null ? null : PartialDate.Parse(text);

    public static DateTimeOffset? ToInstant(this string? text) => text is not null && PartialDate.TryInstant(text, out var instant) ? instant : null;

    /// <summary>As bodies carry it.</summary>
    public static string? ToText(this DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);

    public static Guid? ToId(this string? text) => text is null ? null : Guid.Parse(text);

    /// <summary>A reference, where the text can be one.</summary>
    public static IEnumerable<Reference> AsReference(this string? text, string path, ResourceType type) =>
        Guid.TryParseExact(text, "D", out var id) ? [new Reference(path, type, id)] : [];
}
