using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>What the document says of text that is more than text.</summary>
internal static class TextSchemas
{
    /// <summary>Not of white space only.</summary>
    public const string NotBlank = "\\S";

    /// <summary>A year, a month, a day or an instant in UTC.</summary>
    private const string PartialDatePattern =
        "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z)?)?)?$";

    public static OpenApiSchema Of(TextFormat format)
    {
        var schema = new OpenApiSchema();
        Apply(schema, format);
        return schema;
    }

    /// <summary>Describes <paramref name="schema"/> itself, leaving whether it may be null as it is.</summary>
    public static void Apply(OpenApiSchema schema, TextFormat format)
    {
        schema.Type = (schema.Type & JsonSchemaType.Null ?? default) | format switch
        {
            TextFormat.Integer => JsonSchemaType.Integer,
            TextFormat.Share => JsonSchemaType.Number,
            TextFormat.Boolean => JsonSchemaType.Boolean,
            _ => JsonSchemaType.String,
        };
        switch (format)
        {
            case TextFormat.Uuid:
                schema.Format = "uuid";
                break;
            case TextFormat.Template:
                schema.MinLength = 1;
                break;
            case TextFormat.Uri:
                schema.Format = "uri";
                schema.MaxLength = SourceUrl.MaxLength;
                schema.Pattern = "^[Hh][Tt][Tt][Pp][Ss]?://";
                break;
            case TextFormat.Instant:
                schema.Format = "date-time";
                schema.Pattern = "Z$";
                Examples(schema, "2024-05-16T09:30:00Z");
                break;
            case TextFormat.PartialDate:
                schema.Pattern = PartialDatePattern;
                schema.MaxLength = PartialDate.MaxLength;
                Examples(schema, "2024", "2024-05", "2024-05-16", "2024-05-16T09:30:00Z");
                break;
            case TextFormat.Language:
                schema.MaxLength = Codes.MaxLanguageTag;
                schema.Pattern = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";
                Examples(schema, "en", "pt-BR", "zh-Hant");
                break;
            case TextFormat.Share:
                (schema.Minimum, schema.Maximum) = ("0", "1");
                break;
            case TextFormat.Country:
                schema.Pattern = "^[A-Z]{2}$";
                Examples(schema, "DE", "US");
                break;
            case TextFormat.Sha256:
                schema.Pattern = "^sha256:[0-9a-fA-F]{64}$";
                break;
        }
    }

    private static void Examples(OpenApiSchema schema, params string[] values) => schema.Examples = [.. values.Select(v => (JsonNode)v)];
}
