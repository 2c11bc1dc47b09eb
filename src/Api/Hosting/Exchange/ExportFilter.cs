using System.Reflection;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting.Exchange;

/// <summary>What a list of one kind filters by, read for an export.</summary>
internal interface IExportFilter
{
    ResourceType Type { get; }

    /// <summary>The names of its query parameters.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>The filter that the query asks for; faults are gathered in the reader.</summary>
    ResourceFilter Read(IQueryCollection query, QueryReader read);
}

/// <inheritdoc cref="IExportFilter"/>
internal sealed class ExportFilter<TQuery>(ResourceType type, Func<TQuery, QueryReader, ResourceFilter> filter) : IExportFilter
    where TQuery : class, IListQuery, new()
{
    /// <summary>What chooses the page or its form, and what is searched for: none of it narrows an export.</summary>
    private static readonly string[] OfPages = ["Limit", "Cursor", "Include", "Sort", "Facets", "Q"];

    private static readonly Dictionary<string, PropertyInfo> Parameters = typeof(TQuery).GetProperties()
        .Where(p => (p.PropertyType == typeof(string) || p.PropertyType == typeof(string[])) && !OfPages.Contains(p.Name, StringComparer.Ordinal))
        .ToDictionary(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..], StringComparer.Ordinal);

    public ResourceType Type => type;

    public IReadOnlyCollection<string> Names => Parameters.Keys;

    public ResourceFilter Read(IQueryCollection query, QueryReader read)
    {
        var asked = new TQuery();
        foreach (var (name, property) in Parameters)
        {
            if (!query.TryGetValue(name, out var values))
            {
                continue;
            }

            if (property.PropertyType == typeof(string) && values.Count > 1)
            {
                read.Fault<string>(name, "must be given once");
            }

            property.SetValue(asked, property.PropertyType == typeof(string) ? values[0] : values.ToArray());
        }

        return filter(asked, read);
    }
}
