using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting;

/// <summary>What all bodies that describe a resource share.</summary>
internal interface IResourceInput
{
    /// <summary>Must agree with the path.</summary>
    string? Id { get; }

    /// <summary>The version that the body was built on.</summary>
    int? Version { get; }

    /// <summary>What the contract does not name: read-only and embedded members, and mistakes.</summary>
    Dictionary<string, JsonElement>? Others { get; }

    /// <summary>Members that answers carry and bodies may repeat; they are ignored.</summary>
    static abstract IReadOnlySet<string> ReadOnly { get; }

    /// <summary>The references that can be read, so that missing ones are named together with other faults.</summary>
    IEnumerable<Reference> References();
}

/// <summary>A body, read strictly but not yet validated: <see cref="ValidationFilter"/> answers where there is an <see cref="Error"/>.</summary>
internal interface IBody
{
    Error? Error { get; }

    IResourceInput? Input { get; }

    /// <summary>The failure where the rules are broken, with <paramref name="faults"/> that were found before; null where all is well.</summary>
    ValueTask<Error?> Check(HttpContext http, List<Fault> faults);
}

/// <summary>A JSON body that describes a whole resource.</summary>
internal sealed class Body<T> : IBody, IEndpointParameterMetadataProvider
    where T : class, IResourceInput
{
    private readonly T? _value;

    private Body(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    public Error? Error { get; }

    public IResourceInput? Input => _value;

    /// <exception cref="InvalidOperationException">It could not be read.</exception>
    public T Value => _value ?? throw new InvalidOperationException("The body could not be read.");

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        BodyReading.RequireJson(context.Request);
        var read = BodyReading.Read(await BodyReading.Bytes(context.Request), BodyReading.TypeInfo<T>(context));
        return read.Failed(out var error) ? new(null, error) : new(read.Value, null);
    }

    public ValueTask<Error?> Check(HttpContext http, List<Fault> faults) =>
        http.RequestServices.GetRequiredService<Rules<T>>().Check(Value, faults, http.RequestAborted);

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>A JSON body that is no stored resource: it asks something, or sets a value.</summary>
internal sealed class Question<T> : IBody, IEndpointParameterMetadataProvider
    where T : class
{
    private readonly T? _value;

    private Question(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    public Error? Error { get; }

    public IResourceInput? Input => null;

    /// <exception cref="InvalidOperationException">It could not be read.</exception>
    public T Value => _value ?? throw new InvalidOperationException("The body could not be read.");

    public static async ValueTask<Question<T>?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        BodyReading.RequireJson(context.Request);
        var read = BodyReading.Read(await BodyReading.Bytes(context.Request), BodyReading.TypeInfo<T>(context), ignored: FrozenSet<string>.Empty);
        return read.Failed(out var error) ? new(null, error)
            : read.Value is null ? new(null, new Error.Invalid("", "The body must be a JSON object."))
            : new(read.Value, null);
    }

    public ValueTask<Error?> Check(HttpContext http, List<Fault> faults)
    {
        var result = http.RequestServices.GetRequiredService<FluentValidation.IValidator<T>>().Validate(Value);
        return ValueTask.FromResult<Error?>(result.IsValid ? null : new Error.Invalid([.. result.Errors.Select(e => new Fault(e.PropertyName, e.ErrorMessage))]));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>A JSON Merge Patch (RFC 7396) of a resource.</summary>
internal sealed class MergePatch<T> : IBody, IEndpointParameterMetadataProvider
    where T : class, IResourceInput
{
    public const string ContentType = "application/merge-patch+json";

    private readonly JsonObject _patch;
    private readonly JsonTypeInfo<T> _type;

    private MergePatch(JsonObject patch, JsonTypeInfo<T> type, T? members, Error? error)
    {
        _patch = patch;
        _type = type;
        Members = members;
        Error = error;
    }

    public Error? Error { get; }

    /// <summary>The patch alone, read as the resource: its <c>id</c> and <c>version</c> are what the client expects.</summary>
    public T? Members { get; }

    /// <summary>The resource as the patch left it when it was last applied; null before, or where it could not be.</summary>
    public T? Applied { get; private set; }

    /// <summary>What is wrong with it besides what it leaves.</summary>
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    IResourceInput? IBody.Input => Members;

    public static async ValueTask<MergePatch<T>?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        BodyReading.RequireJson(context.Request, ContentType);
        var type = BodyReading.TypeInfo<T>(context);
        var bytes = await BodyReading.Bytes(context.Request);

        // Read as if it were the resource, so that a wrong name or type is found even where it is to be removed.
        var read = BodyReading.Read(bytes, type);
        if (read.Failed(out var error))
        {
            return new([], type, null, error);
        }

        var patch = (JsonObject)JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth })!;
        foreach (var name in read.Value.Others?.Keys ?? Enumerable.Empty<string>())
        {
            patch.Remove(name);
        }

        return new(patch, type, read.Value, null);
    }

    /// <summary>A patch alone breaks no rule: what it leaves is checked when it is applied, together with what was found before.</summary>
    public ValueTask<Error?> Check(HttpContext http, List<Fault> faults)
    {
        Faults = faults;
        return ValueTask.FromResult<Error?>(null);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([ContentType, "application/json"], typeof(T)));

    /// <summary>The resource as the patch leaves it.</summary>
    public Result<T> Apply(T current)
    {
        var target = (JsonObject)JsonSerializer.SerializeToNode(current, _type)!;
        MergePatch.Merge(target, _patch);
        try
        {
            return Applied = target.Deserialize(_type)!;
        }
        catch (JsonException e)
        {
            return new Error.Invalid([StrictJson.Explain(e)]);
        }
    }
}

/// <summary>RFC 7396.</summary>
internal static class MergePatch
{
    /// <summary>Changes <paramref name="target"/> by what the patch says.</summary>
    public static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            switch (value)
            {
                case null:
                    target.Remove(name);
                    break;
                case JsonObject part:
                    if (target[name] is not JsonObject inner)
                    {
                        target[name] = inner = [];
                    }

                    Merge(inner, part);
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }
    }
}

internal static class BodyReading
{
    /// <exception cref="BadHttpRequestException">415: the body says that it is something else than JSON in UTF-8.</exception>
    public static void RequireJson(HttpRequest request, string? alsoAccepted = null)
    {
        var accepted = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || (alsoAccepted is not null && type.MediaType.Equals(alsoAccepted, StringComparison.OrdinalIgnoreCase)))
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
        if (!accepted)
        {
            throw new BadHttpRequestException(
                $"The body must be JSON in UTF-8: Content-Type application/json{(alsoAccepted is null ? "" : " or " + alsoAccepted)}.", 415);
        }

        if (request.Headers.ContentEncoding.Any(coding => !string.Equals(coding, "identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw new BadHttpRequestException("The body must not be compressed: no Content-Encoding is read here.", 415);
        }
    }

    /// <summary>The whole body, which is short; without a byte order mark.</summary>
    /// <exception cref="BadHttpRequestException">413: it is longer than <see cref="Limits.MaxBody"/>.</exception>
    public static async Task<byte[]> Bytes(HttpRequest request)
    {
        using var buffer = new MemoryStream((int)Math.Min(request.ContentLength ?? 4_096, Limits.MaxBody));
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        var bytes = buffer.TryGetBuffer(out var whole) && whole.Count == whole.Array!.Length ? whole.Array : buffer.ToArray();
        if (request.Headers.ContainsKey(IdempotencyFilter.Header))
        {
            request.HttpContext.Features.Set(new BodyHash(SHA256.HashData(bytes)));
        }

        return bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
    }

    /// <summary>The body as its contract, or the first place where it cannot be read.</summary>
    public static Result<T> Read<T>(ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> type)
        where T : class, IResourceInput
    {
        var read = Read(bytes, type, T.ReadOnly);
        return read.Failed(out _) ? read : CheckMembers(read.Value) is { } fault ? new Error.Invalid([fault]) : read;
    }

    /// <param name="bytes">The body.</param>
    /// <param name="type">Its contract.</param>
    /// <param name="ignored">Members that are not looked at.</param>
    public static Result<T> Read<T>(ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> type, IReadOnlySet<string> ignored)
        where T : class
    {
        if (!Utf8.IsValid(bytes.Span))
        {
            return new Error.Invalid("", "The body is not UTF-8.");
        }

        try
        {
            if (bytes.Span.IndexOf("\\u"u8) >= 0 && HalfPair(bytes, ignored) is { } half)
            {
                return new Error.Invalid([half]);
            }

            return JsonSerializer.Deserialize(bytes.Span, type)!;
        }
        catch (JsonException e)
        {
            return new Error.Invalid([StrictJson.Explain(e)]);
        }
    }

    /// <summary>The first escape such as <c>\ud800</c> that stands alone, outside of members that are ignored: text has none, and readers only fail on it.</summary>
    private static Fault? HalfPair(ReadOnlyMemory<byte> bytes, IReadOnlySet<string> ignored)
    {
        using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth });
        return Find(document.RootElement, "");

        Fault? Find(JsonElement json, string path)
        {
            try
            {
                switch (json.ValueKind)
                {
                    case JsonValueKind.String:
                        json.GetString();
                        return null;
                    case JsonValueKind.Array:
                        return json.EnumerateArray().Select((item, i) => Find(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")))
                            .FirstOrDefault(fault => fault is not null);
                    case JsonValueKind.Object:
                        foreach (var member in json.EnumerateObject())
                        {
                            var name = member.Name;
                            if ((path.Length > 0 || !ignored.Contains(name)) && Find(member.Value, path.Length == 0 ? name : $"{path}.{name}") is { } fault)
                            {
                                return fault;
                            }
                        }

                        return null;
                    default:
                        return null;
                }
            }
            catch (InvalidOperationException)
            {
                return new(path, "It must be well-formed Unicode: half of a surrogate pair stands alone.");
            }
        }
    }

    public static JsonTypeInfo<T> TypeInfo<T>(HttpContext http) =>
        (JsonTypeInfo<T>)http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions.GetTypeInfo(typeof(T));

    public static Fault? CheckMembers<T>(T? value)
        where T : class, IResourceInput
    {
        if (value is null)
        {
            return new("", "The body must be a JSON object.");
        }

        foreach (var name in value.Others?.Keys ?? Enumerable.Empty<string>())
        {
            if (!T.ReadOnly.Contains(name))
            {
                return new(name, "There is no such property here.");
            }
        }

        return null;
    }
}
