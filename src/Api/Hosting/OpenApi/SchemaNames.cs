namespace Stemma.Api.Hosting.OpenApi;

/// <summary>Names of schemas, as clients get to see them: without the suffixes by which the code tells its types apart.</summary>
internal static class SchemaNames
{
    private static readonly string[] Suffixes = ["Response", "Contract"];

    public static string Of(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(PageResponse<>))
        {
            return Of(type.GetGenericArguments()[0]) + "Page";
        }

        if (type == typeof(Domain.Assessments.Side))
        {
            // One side, counted, is a Side too.
            return "SideName";
        }

        var suffix = Suffixes.FirstOrDefault(s => type.Name.EndsWith(s, StringComparison.Ordinal));
        return suffix is null ? type.Name : type.Name[..^suffix.Length];
    }
}
