using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Resources;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>
/// What a contract's schema says beyond what Swashbuckle reads off its types: formats, choices, what may be null, what is read-only, and
/// that bodies take nothing unknown.
/// </summary>
internal sealed partial class ContractSchemas : ISchemaFilter
{
    private static readonly string[] EachOnce = ["tags", "externalIds"];

    private readonly NullabilityInfoContext _nullability = new();

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        var type = ContractResolver.DescriberOf(context.Type);
        if (type.IsEnum && schema.Description is { } description)
        {
            schema.Description = MemberOfDomain().Replace(description, reference => $"`{EnumNames.Name(reference.Groups[1].Value)}`");
        }

        if (context.MemberInfo is not null || schema is not OpenApiSchema { Properties.Count: > 0 } whole || !IsOurs(type))
        {
            return;
        }

        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            var name = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? CamelCase(property.Name);
            if (whole.Properties.TryGetValue(name, out var member))
            {
                whole.Properties[name] = property.PropertyType == typeof(StoredResponse) ? AnyResource(context) : Describe(member, property, name);
            }
        }

        var isAnswer = typeof(StoredResponse).IsAssignableFrom(type) || type.Name.EndsWith("Response", StringComparison.Ordinal) || type.Name.StartsWith("PageResponse", StringComparison.Ordinal);
        whole.AdditionalProperties = null;
        whole.AdditionalPropertiesAllowed = isAnswer || type == typeof(EmbeddedCorroborations) || type == typeof(EmbeddedReviews);
        if (typeof(IResourceInput).IsAssignableFrom(type))
        {
            AddIgnored(whole, type);
        }
    }

    /// <summary>One of the resources, as its own operations answer it.</summary>
    private static OpenApiSchema AnyResource(SchemaFilterContext context) => new()
    {
        Description = "The resource itself, as `GET` shows it.",
        AnyOf = [.. new[] { typeof(ClaimResponse), typeof(CorroborationResponse), typeof(SourceResponse), typeof(ReviewResponse) }.Select(t => context.SchemaGenerator.GenerateSchema(t, context.SchemaRepository))],
    };

    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>What <c>see cref</c> leaves in a summary.</summary>
    [GeneratedRegex(@"Stemma\.Domain(?:\.\w+)*\.(\w+)")]
    private static partial Regex MemberOfDomain();

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Stemma.", StringComparison.Ordinal) == true;

    /// <summary>What a GET gave may be sent back whole: these members are taken and not looked at.</summary>
    private static void AddIgnored(OpenApiSchema input, Type type)
    {
        var names = (IReadOnlySet<string>)type.GetProperty(nameof(IResourceInput.ReadOnly), BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
        foreach (var name in names)
        {
            input.Properties![name] = new OpenApiSchema { ReadOnly = true, Description = "As an answer carries it. Accepted, and ignored." };
        }
    }

    private IOpenApiSchema Describe(IOpenApiSchema member, PropertyInfo property, string name)
    {
        var nullable = MayBeNull(property);
        var readOnly = IsReadOnly(property);
        if (member is OpenApiSchemaReference reference)
        {
            if (nullable)
            {
                var description = reference.Description;
                reference.Description = null;
                return new OpenApiSchema { OneOf = [reference, new OpenApiSchema { Type = JsonSchemaType.Null }], Description = description };
            }

            if (readOnly)
            {
                reference.ReadOnly = true;
            }

            return reference;
        }

        var schema = (OpenApiSchema)member;
        schema.ReadOnly = readOnly;
        if (schema.Items is OpenApiSchema items)
        {
            DescribeItems(items, property, name);
        }
        else
        {
            if (schema.Items is OpenApiSchemaReference item)
            {
                item.Description = null;
            }

            DescribeText(schema, property);
        }

        DescribeNumber(schema, property, name);
        schema.UniqueItems = EachOnce.Contains(name) ? true : schema.UniqueItems;
        schema.Type = nullable ? schema.Type | JsonSchemaType.Null : schema.Type & ~JsonSchemaType.Null;
        if (nullable && schema.Enum is { } choices)
        {
            choices.Add(JsonNullSentinel.JsonNull);
        }

        return schema;
    }

    private static void DescribeItems(OpenApiSchema items, PropertyInfo property, string name)
    {
        if (items.Type != JsonSchemaType.String)
        {
            return;
        }

        if (property.GetCustomAttribute<TextFormatAttribute>() is { } format)
        {
            TextSchemas.Apply(items, format.Format);
        }
        else if (name.EndsWith("Urls", StringComparison.Ordinal))
        {
            items.Format = "uri";
        }
        else if (items.Format is null && property.GetCustomAttribute<MaxLengthAttribute>() is not null)
        {
            items.MinLength = 1;
            items.MaxLength = name == "tags" ? ResourceContent.MaxTagLength : ResourceContent.MaxName;
            items.Pattern = TextSchemas.NotBlank;
        }
    }

    private static void DescribeText(OpenApiSchema schema, PropertyInfo property)
    {
        if (property.GetCustomAttribute<TextFormatAttribute>() is { } format)
        {
            schema.MinLength = null;
            TextSchemas.Apply(schema, format.Format);
        }
        else if (property.GetCustomAttribute<ValuesAttribute>() is { } values)
        {
            schema.MinLength = null;
            schema.Enum = [.. values.Names.Select(n => (JsonNode)n)];
            schema.Default = values.Default;
        }
        else if (property.Name.EndsWith("Url", StringComparison.Ordinal))
        {
            schema.Format = "uri";
        }
        else if (property.GetCustomAttribute<RequiredAttribute>() is not null)
        {
            schema.Pattern = TextSchemas.NotBlank;
        }
    }

    private static void DescribeNumber(OpenApiSchema schema, PropertyInfo property, string name)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(decimal))
        {
            // Not a double: at most 28 digits.
            schema.Format = null;
        }
        else if (name == "version")
        {
            schema.Minimum = "1";
        }
        else if (property.DeclaringType == typeof(CorroborationCounts) || property.DeclaringType == typeof(TotalResponse) && type == typeof(int))
        {
            schema.Minimum = "0";
        }
        else if (property.DeclaringType == typeof(TotalResponse))
        {
            schema.Enum = ["eq", "gte"];
        }
        else if (property.DeclaringType == typeof(ProblemResponse))
        {
            DescribeProblem(schema, name);
        }
    }

    private static void DescribeProblem(OpenApiSchema schema, string name)
    {
        switch (name)
        {
            case "type":
                schema.Format = "uri";
                break;
            case "instance":
                schema.Format = "uri-reference";
                break;
            case "status":
                schema.Minimum = "400";
                schema.Maximum = "599";
                break;
            case "conflictsWith":
                schema.MaxItems = Domain.Kernel.Error.Conflict.MaxNamed;
                break;
        }
    }

    /// <summary>Members that are left out where they are null never are.</summary>
    private bool MayBeNull(PropertyInfo property) =>
        property.GetCustomAttribute<RequiredAttribute>() is null
        && property.GetCustomAttribute<JsonIgnoreAttribute>() is null
        && property.DeclaringType != typeof(ProblemResponse)
        && (Nullable.GetUnderlyingType(property.PropertyType) is not null
            || (!property.PropertyType.IsValueType && _nullability.Create(property).ReadState == NullabilityState.Nullable));

    private static bool IsReadOnly(PropertyInfo property) =>
        property.PropertyType == typeof(CorroborationCounts)
        || (property.DeclaringType == typeof(StoredResponse)
            && property.Name is nameof(StoredResponse.Id) or nameof(StoredResponse.Version)
                or nameof(StoredResponse.CreatedAt) or nameof(StoredResponse.CreatedBy) or nameof(StoredResponse.UpdatedAt) or nameof(StoredResponse.UpdatedBy));
}
