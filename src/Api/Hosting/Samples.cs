using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Stemma.Infrastructure;

namespace Stemma.Api.Hosting;

/// <summary>
/// Sample data for the first start of the embedded database: the lines of <c>samples/*.ndjson</c>, each handed to the operation that answers
/// <c>PUT /{type}s/{id}</c> (<c>claim-relation</c>: <c>putClaimRelation</c>), so that it passes the same filters, validators and use cases as a client's.
/// </summary>
internal static class Samples
{
    private const string Milestone = "samples-loaded";

    /// <summary>
    /// Once in a database's life: for the embedded one unless <c>Samples:Load</c> is false, for another only where it is true. A load that was
    /// cut off begins again at the next start: a <c>PUT</c> may be repeated.
    /// </summary>
    public static async Task LoadSamples(this WebApplication app, StemmaDatabase database)
    {
        if (!app.Configuration.GetValue("Samples:Load", database.DataDirectory is not null)
            || await database.HasReached(Milestone, CancellationToken.None))
        {
            return;
        }

        var folder = Path.Combine(AppContext.BaseDirectory, "samples");
        var operations = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IEndpointNameMetadata>() is not null)
            .ToDictionary(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName, StringComparer.Ordinal);
        var lines = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.ndjson").Order(StringComparer.Ordinal))
        {
            await foreach (var line in File.ReadLinesAsync(file))
            {
                await Put(app, operations, line);
                lines++;
            }
        }

        while (await database.DeriveAssessments(CancellationToken.None))
        {
            // So that nothing that is looked at first is stale.
        }

        await database.Reach(Milestone, CancellationToken.None);
        app.Logger.LogInformation("{Lines} sample resources loaded", lines);
    }

    private static async Task Put(WebApplication app, Dictionary<string, RouteEndpoint> operations, string line)
    {
        var resource = JsonNode.Parse(line)!.AsObject();
        var type = (string)resource["type"]!;
        var id = (string)resource["id"]!;
        resource.Remove("type");

        var endpoint = operations["put" + string.Concat(type.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))];
        using var answer = new MemoryStream();
        await using var scope = app.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        http.Request.Method = HttpMethods.Put;
        http.Request.Path = endpoint.RoutePattern.RawText!.Replace("{id:guid}", id, StringComparison.Ordinal);
        http.Request.RouteValues["id"] = id;
        http.Request.ContentType = "application/json";
        http.Request.Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(resource));
        await endpoint.RequestDelegate!(http);
        if (http.Response.StatusCode >= 300)
        {
            throw new InvalidOperationException($"The sample {type} {id} was refused: {System.Text.Encoding.UTF8.GetString(answer.ToArray())}");
        }
    }
}
