using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Stemma.Api.Reconciliation;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>What is documented of reconciliation alone: one address gives answers of several kinds, and its questions are JSON in a form.</summary>
internal sealed class ReconciliationDetails : IOperationFilter
{
    /// <summary>What the server reads of a request's first line.</summary>
    private const int MaxInLine = 65_536;

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.Tags?.First().Name != "Reconciliation")
        {
            return;
        }

        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            Describe(parameter, (OpenApiSchema)parameter.Schema!);
        }

        var answer = (OpenApiResponse)operation.Responses!["200"];
        answer.Description = Meaning(operation.OperationId!);
        switch (operation.OperationId)
        {
            case "reconcileByGet":
                Choose(answer, context, ("manifest", typeof(ServiceManifestResponse)), ("queries", typeof(IReadOnlyDictionary<string, CandidatesResponse>)), ("extend", typeof(ExtensionResponse)));
                break;
            case "reconcile":
                Choose(answer, context, ("queries", typeof(IReadOnlyDictionary<string, CandidatesResponse>)), ("extend", typeof(ExtensionResponse)));
                operation.RequestBody = Form();
                break;
            case "previewEntity":
                ((OpenApiMediaType)answer.Content!["text/html"]).Example = ReconciliationExamples.Page;
                break;
            default:
                ((OpenApiMediaType)answer.Content!["application/json"]).Example = ReconciliationExamples.Answer(operation.OperationId!);
                break;
        }
    }

    private static void Describe(OpenApiParameter parameter, OpenApiSchema schema)
    {
        switch (parameter.Name)
        {
            case "queries" or "extend":
                schema.MaxLength = MaxInLine;
                break;
            case "cursor":
                (schema.MaxLength, schema.Minimum, schema.Default) = (null, "0", 0);
                break;
            case "prefix":
                schema.MinLength = null;
                break;
        }
    }

    private static string Meaning(string operation) => operation switch
    {
        "reconcileByGet" => "The manifest; or what was asked for.",
        "reconcile" => "By the query's name, what it may mean; or what is known of the entities.",
        "previewEntity" => "The page.",
        "entityFlyout" or "typeFlyout" or "propertyFlyout" => "A few lines on it.",
        "proposeProperties" => "The properties.",
        _ => "What may be meant, best first.",
    };

    private static void Choose(OpenApiResponse answer, OperationFilterContext context, params (string Name, Type Type)[] kinds) =>
        answer.Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
        {
            ["application/json"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema { OneOf = [.. kinds.Select(k => context.SchemaGenerator.GenerateSchema(k.Type, context.SchemaRepository))] },
                Examples = kinds.ToDictionary(
                    k => k.Name,
                    IOpenApiExample (k) => new OpenApiExample { Summary = ReconciliationExamples.Summary(k.Name), Value = ReconciliationExamples.Answer(k.Name) },
                    StringComparer.Ordinal),
            },
        };

    private static OpenApiRequestBody Form() => new()
    {
        Required = true,
        Description = "One of the two, as JSON.",
        Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
        {
            [ServiceForm.ContentType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                    {
                        ["queries"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A batch of at most 50 queries: a JSON object of queries by names of the client's own.", Examples = [ReconciliationExamples.Queries] },
                        ["extend"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A data extension: a JSON object with at most 500 `ids`, and `properties`.", Default = "" },
                    },
                    AdditionalPropertiesAllowed = false,
                },
                Example = new JsonObject { ["queries"] = ReconciliationExamples.Queries },
            },
        },
    };
}
