using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Search;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>
/// What an operation's documentation says beyond its comments: the forms of its parameters, its conditional headers, what its answers are
/// and carry, and an example of every body.
/// </summary>
internal sealed class OperationDetails : IOperationFilter
{
    private const int MaxCursor = 4_000;

    private static readonly string[] Conditional = ["PUT", "PATCH", "DELETE"];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.OperationId is not { } id)
        {
            return;
        }

        var resource = operation.Tags!.First().Name!.TrimEnd('s') is var tag && tag == "Assessment" ? "Claim" : tag;
        var method = context.ApiDescription.HttpMethod!;
        DescribeParameters(operation, context, resource);
        AddHeaders(operation, context, method);
        DescribeBody(operation, context, id, resource, method);
        DescribeAnswers(operation, context, id, resource, method);
    }

    private static void DescribeParameters(OpenApiOperation operation, OperationFilterContext context, string resource)
    {
        var query = context.MethodInfo.GetParameters().FirstOrDefault(p => p.GetCustomAttribute<AsParametersAttribute>() is not null)?.ParameterType;
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter.In == ParameterLocation.Path)
            {
                var owner = Owner(context, resource);
                parameter.Description = $"The {owner.ToLowerInvariant()}'s id.";
                parameter.Example = Examples.IdOf(owner);
            }
            else if (query?.GetProperties().FirstOrDefault(p => ContractSchemas.CamelCase(p.Name) == parameter.Name) is { } property)
            {
                DescribeQuery(parameter, property);
            }
        }
    }

    /// <summary>Whose id stands in the path: of what hangs on a claim or a source, that one's.</summary>
    private static string Owner(OperationFilterContext context, string resource) => context.ApiDescription.RelativePath?.Replace(":guid", "", StringComparison.Ordinal) switch
    {
        "api/v1/claims/{id}/timeline" => "Claim",
        "api/v1/sources/{id}/lineage" => "Source",
        _ => resource,
    };

    private static void DescribeQuery(OpenApiParameter parameter, PropertyInfo property)
    {
        var value = new OpenApiSchema { Type = JsonSchemaType.String };
        if (property.GetCustomAttribute<TextFormatAttribute>() is { } format)
        {
            TextSchemas.Apply(value, format.Format);
        }
        else if (property.GetCustomAttribute<ValuesAttribute>() is { } values)
        {
            value.Enum = [.. values.Names.Select(n => (JsonNode)n)];
        }
        else if (property.GetCustomAttribute<ChoicesAttribute>() is { } choices)
        {
            value.Enum = [.. choices.Values.Select(n => (JsonNode)n)];
        }
        else
        {
            value.MinLength = 1;
            value.MaxLength = parameter.Name == "tag" ? ResourceContent.MaxTagLength : ResourceContent.MaxName;
        }

        switch (parameter.Name)
        {
            case "limit" when property.GetCustomAttribute<LimitAttribute>() is { } limit:
                (value.Minimum, value.Maximum, value.Default) = ("1", limit.Most.ToString(CultureInfo.InvariantCulture), limit.Default);
                break;
            case "depth" when property.GetCustomAttribute<LimitAttribute>() is { } depth:
                (value.Minimum, value.Maximum, value.Default) = ("1", depth.Most.ToString(CultureInfo.InvariantCulture), depth.Default);
                break;
            case "direction":
                value.Default = value.Enum![0].DeepClone();
                break;
            case "limit":
                (value.Minimum, value.Maximum, value.Default) = ("1", Page.MaxLimit.ToString(CultureInfo.InvariantCulture), Page.DefaultLimit);
                break;
            case "q":
                value.MinLength = null;
                value.MaxLength = property.DeclaringType!.Name.StartsWith("Suggest", StringComparison.Ordinal) ? ResourceContent.MaxName : SearchQuery.MaxLength;
                break;
            case "minScore":
                value.Default = Claims.SimilarQuery.DefaultMinScore;
                break;
            case "facets":
                value.Default = true;
                break;
            case "credibility":
                (value.Minimum, value.Maximum) = ("1", "6");
                break;
            case "sort":
                value.Default = value.Enum![0].DeepClone();
                break;
            case "cursor":
                value.MaxLength = MaxCursor;
                break;
            case "externalId":
                (value.MaxLength, value.Pattern) = (1 + (2 * ExternalId.MaxLength), "^[^:]+:.+$");
                break;
            case var name when name!.StartsWith("min", StringComparison.Ordinal):
                (value.Minimum, value.Maximum) = ("0", int.MaxValue.ToString(CultureInfo.InvariantCulture));
                break;
        }

        parameter.Required = false;
        if (property.PropertyType.IsArray)
        {
            parameter.Style = ParameterStyle.Form;
            parameter.Explode = parameter.Name is not ("include" or "types");
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = value, MaxItems = QueryReader.MaxValues };
        }
        else
        {
            parameter.Schema = value;
        }
    }

    private static void AddHeaders(OpenApiOperation operation, OperationFilterContext context, string method)
    {
        var document = context.Document;
        operation.Parameters ??= [];
        var isResource = context.ApiDescription.RelativePath!.EndsWith('}');
        if (isResource && Conditional.Contains(method) && operation.OperationId != "cancelJob")
        {
            operation.Parameters.Add(new OpenApiParameterReference(SharedComponents.IfMatch, document));
        }

        if (operation.OperationId == "importFile")
        {
            operation.Parameters.Add(new OpenApiParameterReference(SharedComponents.Prefer, document));
        }

        if (KeepsAnswers(context) || operation.OperationId == "importFile")
        {
            operation.Parameters.Add(new OpenApiParameterReference(SharedComponents.IdempotencyKey, document));
        }

        if (isResource && method == "PUT")
        {
            operation.Parameters.Add(new OpenApiParameterReference(SharedComponents.IfNoneMatchAny, document));
        }

        if (method == "GET" && IsTagged(AnswerType(context, "200")))
        {
            operation.Parameters.Add(new OpenApiParameterReference(SharedComponents.IfNoneMatch, document));
        }
    }

    private static void DescribeBody(OpenApiOperation operation, OperationFilterContext context, string id, string resource, string method)
    {
        var document = context.Document;
        if (operation.RequestBody is not OpenApiRequestBody body)
        {
            return;
        }

        body.Required = true;
        body.Description = id == "importFile" ? "The file."
            : method == "PATCH"
            ? "The members to change. What it does not name stays as it is."
            : method == "POST" && AnswerType(context, "200") is { } answer && !IsTagged(answer) ? "What to look for."
            : !context.ApiDescription.RelativePath!.EndsWith('}') && method == "PUT" ? "What to set."
            : $"The whole {resource.ToLowerInvariant()}.";
        foreach (var (type, content) in body.Content!)
        {
            if (content is not OpenApiMediaType media)
            {
                continue;
            }

            if (media.Schema is OpenApiSchemaReference schema)
            {
                media.Schema = new OpenApiSchemaReference(method == "PATCH" ? SharedComponents.PatchOf(schema.Reference.Id!) : schema.Reference.Id!, document);
            }

            media.Example = Examples.Request(id, type);
            if (media.Example is JsonValue text && type.EndsWith("+json", StringComparison.Ordinal))
            {
                // A text would be sent as a JSON string.
                media.Example = JsonNode.Parse(text.GetValue<string>());
                media.Schema = new OpenApiSchema { Description = "A JSON object, or an array of them." };
            }
        }
    }

    private static void DescribeAnswers(OpenApiOperation operation, OperationFilterContext context, string id, string resource, string method)
    {
        var document = context.Document;
        if (method == "GET" && IsTagged(AnswerType(context, "200")))
        {
            // An answer without a body is not among those that the API explorer sees.
            operation.Responses!["304"] = new OpenApiResponse();
        }

        var described = new OpenApiResponses();
        foreach (var (status, answer) in operation.Responses!.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            if (id != "searchFactChecks" && SharedComponents.Problems.TryGetValue(status, out var problem))
            {
                described[status] = new OpenApiResponseReference(problem.Name, document);
                continue;
            }

            var response = (OpenApiResponse)answer;
            response.Description = status switch
            {
                "200" when id == "listJobs" => "The newest jobs.",
                "200" when id == "getJob" => "The job as it is now.",
                "200" when id == "getJobEvents" => "The job whenever it moves, and once it has ended.",
                "200" when id == "getJobFaults" => "Its faults, one a line.",
                "200" when id == "exportFile" => "The rows. Its `ETag` is another as soon as anything of it has changed.",
                "200" when id == "importFile" => "What became of its rows. With `Accept: application/x-ndjson` it is every fault instead, one a line.",
                "200" when id == "searchFactChecks" => "What was found, best first; nothing found is `{}`.",
                "400" or "403" or "500" or "503" => FactCheckExamples.Describe(status),
                "200" when id == "getClaimGraph" => "The graph, in the form that was asked for.",
                "200" when id == "getClaimTimeline" => "One page of the timeline.",
                "200" when id == "listLineageCycles" => "One page of cycles.",
                "200" when id == "getSourceLineage" => "The source, whom it has it from or who has it from it, and how.",
                "200" when IsPage(AnswerType(context, status)) => $"One page of {resource.ToLowerInvariant()}s.",
                "200" when id == "putAssessmentOverride" => "It stands now.",
                "200" when id == "getAssessment" => "The assessment by the evidence of this instant.",
                "200" when method == "PUT" => $"It was there; this is the {resource.ToLowerInvariant()} as it is now.",
                "200" when !IsTagged(AnswerType(context, status)) => "What was found, best first.",
                "200" => $"The {resource.ToLowerInvariant()} as it is now.",
                "201" => $"The new {resource.ToLowerInvariant()}.",
                "202" => "The file is here, and will be imported: the job tells how far it is.",
                "204" when id == "cancelJob" => "It is cancelled, and writes nothing.",
                "204" => "It is deleted.",
                "304" => "Nothing changed since the answer that the entity tag is from.",
                _ => response.Description,
            };
            response.Headers = HeadersOf(status, AnswerType(context, status), method == "POST", document);
            if (KeepsAnswers(context))
            {
                (response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal))
                    .Add(IdempotencyFilter.Replayed, new OpenApiHeaderReference(IdempotencyFilter.Replayed, document));
            }

            foreach (var (type, media) in (response.Content ?? new Dictionary<string, IOpenApiMediaType>()).Select(c => (c.Key, (OpenApiMediaType)c.Value)))
            {
                if (type != "application/json" && type != Problems.ContentType)
                {
                    media.Example = Examples.Text(id, type);
                    media.Schema = media.Example is JsonArray
                        ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.Object } }
                        : new OpenApiSchema { Type = type.EndsWith("+json", StringComparison.Ordinal) ? JsonSchemaType.Object : JsonSchemaType.String };
                    continue;
                }

                if (media.Schema is OpenApiSchemaReference schema)
                {
                    schema.Description = null;
                }

                media.Example = Examples.Answer(id, status);
            }

            if (status is "204" or "304")
            {
                response.Content = null;
            }

            described[status] = response;
        }

        operation.Responses = described;
    }

    private static Type? AnswerType(OperationFilterContext context, string status) =>
        context.ApiDescription.SupportedResponseTypes.FirstOrDefault(t => t.StatusCode.ToString(CultureInfo.InvariantCulture) == status)?.Type;

    private static bool KeepsAnswers(OperationFilterContext context) =>
        context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<KeepsAnswers>().Any();

    private static bool IsTagged(Type? answer) => typeof(IRepresentation).IsAssignableFrom(answer);

    private static bool IsPage(Type? answer) => answer is { IsGenericType: true } && answer.GetGenericTypeDefinition() == typeof(PageResponse<>);

    private static Dictionary<string, IOpenApiHeader>? HeadersOf(string status, Type? answer, bool isCreated, OpenApiDocument document)
    {
        var names = status switch
        {
            "304" => ["ETag"],
            "202" => ["Location", SharedComponents.PreferenceApplied, IdempotencyFilter.Replayed],
            "200" when answer == typeof(Imports.ImportReportResponse) => [IdempotencyFilter.Replayed],
            "503" => ["Retry-After"],
            "201" when answer == typeof(ClaimResponse) && isCreated => ["Location", "ETag", SharedComponents.SimilarLink],
            "201" => ["Location", "ETag"],
            _ when IsTagged(answer) => ["ETag"],
            _ when IsPage(answer) || answer == typeof(Search.SearchResponse) => ["Link"],
            _ => Array.Empty<string>(),
        };
        return names.Length == 0 ? null : names.ToDictionary(n => n == SharedComponents.SimilarLink ? "Link" : n, IOpenApiHeader (n) => new OpenApiHeaderReference(n == "Retry-After" ? "RetryAfter" : n, document), StringComparer.Ordinal);
    }
}
