using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Domain.Exports;
using Stemma.Domain.Resources;

namespace Stemma.Api.Exports;

/// <summary>What to export. With one `type`, every filter of its list may be given too.</summary>
internal sealed record ExportQuery
{
    private static readonly string[] Own = ["type", "tombstones", "after", "format"];

    /// <summary>What to export; all kinds where none is given.</summary>
    [Values(typeof(ResourceType))]
    public string[]? Type { get; init; }

    /// <summary>`true`: with what is deleted, each with its `deletedAt`.</summary>
    [Choices("false", "true")]
    public string? Tombstones { get; init; }

    /// <summary>`type:id` of the last row that an earlier export brought whole: goes on behind it. With that answer's `ETag` in `If-Match`, 412 where anything has changed since.</summary>
    public string? After { get; init; }

    /// <summary>The form of the file. `ndjson`: what `POST /imports` takes back whole; `csv`: a table of one `type`. `claimreview`, with `type=review`: schema.org's ClaimReviews. `annotations`, with `type=corroboration`: a page of W3C Web Annotations. `csl`, with `type=source`: documents alone, as CSL-JSON items.</summary>
    [Choices("ndjson", "csv", "claimreview", "annotations", "csl")]
    public string? Format { get; init; }

    public IExportFormat ToFormat(QueryReader read, IEnumerable<IExportFormat> formats)
    {
        var format = formats.FirstOrDefault(f => f.Name == (Format ?? RowWriter.Default));
        if (format is null)
        {
            read.Fault<string>(nameof(Format), $"must be one of {string.Join(", ", formats.Select(f => f.Name))}");
        }
        else if (format.Types.Count > 0 && !(Type is [var only] && EnumNames<ResourceType>.TryParse(only, out var type) && format.Types.Contains(type)))
        {
            read.Fault<string>(nameof(Type), $"must be given once with format={format.Name}: {string.Join(", ", format.Types.Select(EnumNames<ResourceType>.Of))}");
        }

        return format ?? formats.First();
    }

    public ExportRequest ToRequest(QueryReader read, IQueryCollection query, IEnumerable<IExportFilter> filters)
    {
        var types = read.Enums<ResourceType>(Type).ToHashSet();
        var tombstones = Tombstones is null ? [] : read.Booleans([Tombstones], nameof(Tombstones));
        ResourceFilter? filter = null;
        var asked = query.Keys.Except(Own, StringComparer.Ordinal).ToList();
        if (asked.Count > 0)
        {
            var of = types.Count == 1 ? filters.Single(f => f.Type == types.Single()) : null;
            foreach (var name in asked.Where(name => of?.Names.Contains(name, StringComparer.Ordinal) != true))
            {
                string[] known = [.. Own, .. of?.Names ?? []];
                read.Fault<string>(name, $"'{name}' is no query parameter here; there are {string.Join(", ", known)}");
            }

            filter = of?.Read(query, read);
        }

        foreach (var (name, _) in query.Where(p => p.Value.Any(v => v is not null && v.Contains('\0', StringComparison.Ordinal))))
        {
            read.Fault<string>(name, "must not contain the character NUL");
        }

        return new([.. ExportOrder.All.Where(t => types.Count == 0 || types.Contains(t))], filter, tombstones is [true], ReadAfter(read, types));
    }

    private ResourceRef? ReadAfter(QueryReader read, HashSet<ResourceType> types) =>
        After is null ? null
        : ReadAfter() is { } after && (types.Count == 0 || types.Contains(after.Type)) ? after
        : read.Fault<ResourceRef?>(nameof(After), "must be a type that is exported and an id: claim:018f7f5a-0000-7000-8000-000000000201");

    private ResourceRef? ReadAfter() =>
        After!.Split(':') is [var type, var text] && EnumNames<ResourceType>.TryParse(type, out var of) && Guid.TryParseExact(text, "D", out var id) ? new ResourceRef(of, id)
        : null;
}
