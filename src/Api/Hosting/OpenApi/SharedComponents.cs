using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Stemma.Api.Hosting.Representations;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>What operations share and refer to: problems, headers, and the schemas of patches, which are made from those of whole resources.</summary>
internal sealed class SharedComponents : IDocumentFilter
{
    public const string IfMatch = "IfMatch";
    public const string IfNoneMatch = "IfNoneMatch";
    public const string IfNoneMatchAny = "IfNoneMatchAny";
    public const string SimilarLink = "SimilarLink";
    public const string IdempotencyKey = "IdempotencyKey";
    public const string Prefer = "Prefer";
    public const string PreferenceApplied = "Preference-Applied";

    private const string InputSuffix = "Input";
    private const string PatchSuffix = "Patch";
    private const string EntityTag = "^(W/)?\"[0-9]+(-[0-9a-f]{16})?\"$";
    private const string EntityTags = "^(\\*|(W/)?\"[0-9]+(-[0-9a-f]*)?\"( *, *(W/)?\"[0-9]+(-[0-9a-f]*)?\")*)$";

    /// <summary>By status: the component's name, and what the status means here.</summary>
    public static FrozenDictionary<string, (string Name, string Meaning)> Problems { get; } = new Dictionary<string, (string, string)>
    {
        ["400"] = ("BadRequest", "The request breaks rules; `errors` lists each under its JSON path or query parameter. A body that cannot be read names the first place. Of a file, `faults` lists what is wrong with its rows."),
        ["403"] = ("Forbidden", "The caller is on another machine, or a page of an origin that may not write here; the settings `Access` let them in."),
        ["404"] = ("NotFound", "There is no such resource, or it is deleted."),
        ["406"] = ("NotAcceptable", "What `Accept` or `format` asks for is not to be had: `detail` names what is, and what is missing on the server."),
        ["409"] = ("Conflict", "It collides with what is stored; `conflictsWith` names it."),
        ["412"] = ("PreconditionFailed", "The resource has changed since: its version is not the one in `If-Match` or in the body. Get it again, then decide."),
        ["413"] = ("ContentTooLarge", "The body is longer than 1 MB (1,048,576 bytes); a file, than the settings `Imports` let it be."),
        ["415"] = ("UnsupportedMediaType", "The body is not of a form that the operation takes, JSON in UTF-8 if nothing else is said, or does not say so in `Content-Type`."),
        ["422"] = ("UnprocessableContent", "There is more behind the answer, or more rows in the file, than the server goes through, or an `Idempotency-Key` was used for another request; `detail` says which."),
        ["500"] = ("InternalServerError", "A fault of the server. `traceId` finds it in the log."),
        ["503"] = ("ServiceUnavailable", "The database is away, or a search took longer than the setting `Search:Timeout`, 2 seconds unless set. The same request may succeed after the seconds in `Retry-After`."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The name of the patch of what a body describes whole.</summary>
    public static string PatchOf(string input) => input[..^InputSuffix.Length] + PatchSuffix;

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var components = swaggerDoc.Components!;
        swaggerDoc.Tags = DocumentText.Tags;

        // No operation asks for credentials.
        swaggerDoc.Security = [new OpenApiSecurityRequirement()];
        AddPatches(swaggerDoc);

        // What all resources share is described with each of them; nothing refers to it.
        components.Schemas!.Remove(SchemaNames.Of(typeof(StoredResponse)));
        components.Schemas = components.Schemas!.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        components.Parameters = Parameters();
        components.Headers = Headers();
        components.Responses = Problems.OrderBy(p => p.Key, StringComparer.Ordinal)
            .ToDictionary(p => p.Value.Name, IOpenApiResponse (p) => ProblemAnswer(p.Key, p.Value.Meaning, swaggerDoc), StringComparer.Ordinal);
    }

    /// <summary>For each <c>XInput</c> an <c>XPatch</c>: nothing required and nothing by default, for what a patch leaves out stays.</summary>
    private static void AddPatches(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        foreach (var (name, input) in schemas.Where(s => s.Key.EndsWith(InputSuffix, StringComparison.Ordinal)).ToList())
        {
            if (input.Properties?.ContainsKey("version") != true)
            {
                // No resource: it is set whole.
                continue;
            }

            var resource = name[..^InputSuffix.Length];
            var patch = WithoutDuties((OpenApiSchema)input, document);
            patch.Description = $"Changes to a {WordsOf(resource)}: a JSON Merge Patch (RFC 7396). Name what is to change; `null` puts a member back to its default.";
            schemas[PatchOf(name)] = patch;
        }
    }

    /// <summary><c>ClaimRelation</c> as two words.</summary>
    private static string WordsOf(string name) => EnumNames.Name(name).Replace('-', ' ');

    private static OpenApiSchema WithoutDuties(OpenApiSchema whole, OpenApiDocument document)
    {
        var patch = (OpenApiSchema)whole.CreateShallowCopy();
        patch.Required = null;
        patch.Properties = whole.Properties!.ToDictionary(p => p.Key, p => PatchMember(p.Value, document), StringComparer.Ordinal);
        return patch;
    }

    private static IOpenApiSchema PatchMember(IOpenApiSchema member, OpenApiDocument document)
    {
        if (member is not OpenApiSchema schema)
        {
            return member;
        }

        var copy = (OpenApiSchema)schema.CreateShallowCopy();
        copy.Default = null;
        if (copy.OneOf is [OpenApiSchemaReference part, var orNull])
        {
            // A member that is an object is merged too, so it need not be whole either.
            var name = part.Reference.Id! + PatchSuffix;
            var schemas = document.Components!.Schemas!;
            schemas.TryAdd(name, WithoutDuties((OpenApiSchema)schemas[part.Reference.Id!], document));
            copy.OneOf = [new OpenApiSchemaReference(name, document), orNull];
        }

        return copy;
    }

    private static Dictionary<string, IOpenApiParameter> Parameters() => new(StringComparer.Ordinal)
    {
        [IfMatch] = Header(
            "If-Match",
            "The entity tags that the change is meant for. The version alone counts: `\"3\"` and `\"3-1f2e…\"` are alike. 412 where the resource has another; without the header, the change is made whatever the version.",
            EntityTags),
        [IfNoneMatch] = Header(
            "If-None-Match",
            "The `ETag` of an earlier answer: 304 where it would be the same again, with all that is counted or embedded.",
            null),
        [IfNoneMatchAny] = Header(
            "If-None-Match",
            "`*`: create only; 412 where there is such a resource.",
            "^\\*$"),
        [Prefer] = Header(
            "Prefer",
            "`respond-async` (RFC 7240): the answer is 202 and a job as soon as the file is here.",
            null),
        [IdempotencyKey] = new OpenApiParameter
        {
            Name = IdempotencyFilter.Header,
            In = ParameterLocation.Header,
            Description = "Names this request, so that it can be sent again where no answer came: within 24 hours the first answer is given again, with `Idempotency-Replayed: true`, and nothing is done twice. Failures are not kept. 422 where the key was used with another path or body; 409, with `Retry-After`, where the first request is not answered within ten seconds. A UUID serves well.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyFilter.MaxLength, Pattern = "^[!-~]+$" },
        },
    };

    private static OpenApiParameter Header(string name, string description, string? pattern) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern },
    };

    private static Dictionary<string, IOpenApiHeader> Headers() => new(StringComparer.Ordinal)
    {
        ["ETag"] = new OpenApiHeader
        {
            Description = "The version and a hash that stands for the body. Send it in `If-Match` to change what you saw, in `If-None-Match` to ask whether it is still so.",
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = EntityTag },
            Example = "\"1-b1946ac92492d234\"",
        },
        ["Link"] = new OpenApiHeader
        {
            Description = "The address of the next page (RFC 8288, `rel=\"next\"`); none on the last page.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = $"</api/v1/claims?limit=1&cursor={Examples.Cursor}>; rel=\"next\"",
        },
        [SimilarLink] = new OpenApiHeader
        {
            Description = "The paths of claims with nearly the same words (RFC 8288, `rel=\"similar\"`), three at most; none where there are none.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = $"</api/v1/claims/{Examples.IdOf("Claim")}>; rel=\"similar\"",
        },
        ["Location"] = new OpenApiHeader
        {
            Description = "The path of what was created.",
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri-reference" },
            Example = $"/api/v1/claims/{Examples.IdOf("Claim")}",
        },
        [PreferenceApplied] = new OpenApiHeader
        {
            Description = "The preference that was followed.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["respond-async"] },
            Example = "respond-async",
        },
        [IdempotencyFilter.Replayed] = new OpenApiHeader
        {
            Description = "`true` where this is the answer to an earlier request with the same `Idempotency-Key`.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["true"] },
            Example = "true",
        },
        ["RetryAfter"] = new OpenApiHeader
        {
            Description = "Seconds to wait.",
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0" },
            Example = 2,
        },
    };

    private static OpenApiResponse ProblemAnswer(string status, string meaning, OpenApiDocument document) => new()
    {
        Description = meaning,
        Headers = status == "503"
            ? new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { ["Retry-After"] = new OpenApiHeaderReference("RetryAfter", document) }
            : null,
        Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
        {
            [Hosting.Problems.ContentType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchemaReference("Problem", document),
                Examples = Examples.Problems(status)
                    .ToDictionary(e => e.Name, IOpenApiExample (e) => new OpenApiExample { Summary = e.Summary, Value = (JsonNode)e.Body }, StringComparer.Ordinal),
            },
        },
    };
}
