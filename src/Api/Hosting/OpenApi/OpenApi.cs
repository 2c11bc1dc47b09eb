using System.Text.Json;
using Microsoft.OpenApi;
using Stemma.Domain.Kernel;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>The OpenAPI document, made once on first demand and served from memory, and Swagger UI, which shows it.</summary>
internal static class OpenApi
{
    public const string Document = "v1";
    private const string DocumentPath = "/swagger/v1/swagger.json";

    /// <summary>
    /// Swagger UI shows an SVG as the text that it is; this shows the picture above it, as an image, in which no script runs. And it takes whatever has "json" in its
    /// name for JSON, so that lines of JSON would be offered, and sent, as one JSON string; this offers the lines.
    /// </summary>
    private const string Script =
        """
        <script>
        var showPictures = ({ React }) => ({ wrapComponents: { responseBody: Original => props =>
          /^image\/svg/i.test(props.contentType) && typeof props.content === "string"
            ? React.createElement("div", null,
                React.createElement("img", { alt: "The answer as a picture", style: { maxWidth: "100%", background: "#fff" },
                  src: "data:image/svg+xml;charset=utf-8," + encodeURIComponent(props.content) }),
                React.createElement(Original, { ...props, contentType: "text/plain" }))
            : React.createElement(Original, props) } });
        var showLines = () => ({ afterLoad() {
          const sample = this.fn.getSampleSchema;
          this.fn.getSampleSchema = (schema, type, ...others) => {
            const shown = sample(schema, type, ...others);
            return /ndjson|jsonl/.test(type) && /^"/.test(shown) ? JSON.parse(shown) : shown;
          };
        } });
        </script>
        """;

    public static void AddOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSingleton<ISerializerDataContractResolver, ContractResolver>();
        services.AddSwaggerGen(generation =>
        {
            generation.SwaggerDoc(Document, DocumentText.Info);
            generation.AddServer(new OpenApiServer { Url = "/", Description = "The server that gave this document." });
            generation.DescribeAllParametersInCamelCase();
            generation.SupportNonNullableReferenceTypes();
            generation.NonNullableReferenceTypesAsRequired();
            generation.CustomSchemaIds(SchemaNames.Of);
            generation.MapType<PartialDate>(() => TextSchemas.Of(TextFormat.PartialDate));
            generation.MapType<Reconciliation.FeatureValue>(() => new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.Boolean });
            generation.MapType<JsonElement>(() => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalPropertiesAllowed = true });
            foreach (var assembly in new[] { typeof(Program).Assembly, typeof(Error).Assembly })
            {
                generation.IncludeXmlComments(assembly);
            }

            generation.SchemaFilter<ContractSchemas>();
            generation.OperationFilter<OperationDetails>();
            generation.OperationFilter<ReconciliationDetails>();
            generation.DocumentFilter<SharedComponents>();
        });
        services.AddSingleton<DocumentCache>();
    }

    public static void UseOpenApi(this WebApplication app)
    {
        app.MapGet(DocumentPath, async (DocumentCache cache) =>
        {
            var document = await cache.Get();
            return Results.Bytes(document.Body, "application/json; charset=utf-8", entityTag: document.Tag);
        }).ExcludeFromDescription();
        app.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], () => Results.Redirect("~/swagger")).ExcludeFromDescription();
        app.UseSwaggerUI(ui =>
        {
            ui.DocumentTitle = "Stemma";
            ui.SwaggerEndpoint("v1/swagger.json", "Stemma, version 1");
            ui.EnableDeepLinking();
            ui.DisplayRequestDuration();
            ui.DefaultModelsExpandDepth(0);
            ui.EnableFilter();

            // One document: there is nothing to select.
            ui.HeadContent = "<style>.swagger-ui .topbar { display: none }</style>" + Script;
            ui.ConfigObject.Plugins = ["showPictures", "showLines"];
        });
    }
}
