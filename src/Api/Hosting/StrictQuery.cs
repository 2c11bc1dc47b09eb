using System.Reflection;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Hosting;

/// <summary>
/// A query parameter that the operation does not have is a 400 that names it, and so is one given twice that takes one value. What an operation
/// has is read off its handler once, when the route is built.
/// </summary>
internal static class StrictQuery
{
    public static TBuilder RefuseUnknownQueryParameters<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilterFactory((context, next) =>
        {
            var known = Parameters(context.MethodInfo).ToDictionary(p => p.Name, p => p.Repeats, StringComparer.Ordinal);
            return invocation => Check(invocation.HttpContext.Request.Query, known) is { } error
                ? ValueTask.FromResult<object?>(new Problem(error))
                : next(invocation);
        });

    private static IEnumerable<(string Name, bool Repeats)> Parameters(MethodInfo handler) =>
        handler.GetParameters()
            .Where(p => p.GetCustomAttribute<AsParametersAttribute>() is not null)
            .SelectMany(p => p.ParameterType.GetProperties())
            .Where(p => p.PropertyType == typeof(string) || p.PropertyType == typeof(string[]))
            .Select(p => (char.ToLowerInvariant(p.Name[0]) + p.Name[1..], p.PropertyType.IsArray));

    private static Error.Invalid? Check(IQueryCollection query, Dictionary<string, bool> known)
    {
        if (query.Count == 0)
        {
            return null;
        }

        List<Fault> faults = [];
        foreach (var (name, values) in query)
        {
            if (faults.Count == QueryReader.MaxFaults)
            {
                break;
            }

            if (!known.TryGetValue(name, out var repeats))
            {
                faults.Add(new(name, known.Count == 0
                    ? "There is no such query parameter; this operation has none."
                    : $"There is no such query parameter; there are {string.Join(", ", known.Keys)}."));
            }
            else if (values.Count > 1 && !repeats)
            {
                faults.Add(new(name, "It must be given once."));
            }
            else if (values.Any(v => v is not null && v.Contains('\0', StringComparison.Ordinal)))
            {
                faults.Add(new(name, "It must not contain the character NUL."));
            }
        }

        return faults.Count == 0 ? null : new Error.Invalid(faults);
    }
}
