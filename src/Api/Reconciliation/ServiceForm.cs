using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Stemma.Api.Hosting;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Reconciliation;

/// <summary>
/// The body of a question, a form as browsers send it. Nothing else in the API takes one, for a page of another site may send a form unasked; here nothing is
/// written, and the guard refuses pages of foreign origins all the same.
/// </summary>
internal sealed class ServiceForm : IEndpointParameterMetadataProvider
{
    public const string ContentType = "application/x-www-form-urlencoded";

    private static readonly string[] Fields = ["queries", "extend"];

    private ServiceForm(Result<ServiceQuery> query) => Query = query;

    public Result<ServiceQuery> Query { get; }

    public static async ValueTask<ServiceForm?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            throw new BadHttpRequestException($"The body must be a form in UTF-8: Content-Type {ContentType}.", 415);
        }

        if (context.Request.Headers.ContentEncoding.Any(coding => !string.Equals(coding, "identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw new BadHttpRequestException("The body must not be compressed: no Content-Encoding is read here.", 415);
        }

        var bytes = await BodyReading.Bytes(context.Request);
        return new(System.Text.Unicode.Utf8.IsValid(bytes) ? Read(System.Text.Encoding.UTF8.GetString(bytes)) : new Error.Invalid("", "The body is not UTF-8."));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([ContentType], typeof(string)));

    private static Result<ServiceQuery> Read(string body)
    {
        List<Fault> faults = [];
        var given = QueryHelpers.ParseQuery(body);
        foreach (var (name, values) in given)
        {
            if (!Fields.Contains(name, StringComparer.Ordinal))
            {
                faults.Add(new(name, $"There is no such field; there are {string.Join(", ", Fields)}."));
            }
            else if (values.Count != 1)
            {
                faults.Add(new(name, "It must be given once."));
            }
        }

        return faults.Count == 0
            ? new ServiceQuery { Queries = Given("queries", "extend"), Extend = Given("extend", "queries") }
            : new Error.Invalid([.. faults.Take(QueryReader.MaxFaults)]);

        // A field that is left empty beside the other is not given.
        string? Given(string name, string other) => given.TryGetValue(name, out var values) && (values[0] != "" || !given.ContainsKey(other)) ? values[0] : null;
    }
}
