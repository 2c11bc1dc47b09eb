using System.Text.Json.Nodes;

namespace Stemma.Api.Tests.OpenApi;

/// <summary>The document as it is served, read without any library that might forgive.</summary>
internal sealed class OpenApiDocument
{
    public const string Path = "/swagger/v1/swagger.json";

    private readonly JsonObject _root;

    private OpenApiDocument(string text)
    {
        Text = text;
        _root = JsonNode.Parse(text)!.AsObject();
        Operations = [.. _root["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => new Operation(this, path.Key, o.Key, o.Value!.AsObject())))];
    }

    public string Text { get; }

    public JsonObject Root => _root;

    public IReadOnlyList<Operation> Operations { get; }

    public static async Task<OpenApiDocument> Get(StemmaApi api)
    {
        var response = await api.Send(HttpMethod.Get, Path);
        response.EnsureSuccessStatusCode();
        return new(await response.Content.ReadAsStringAsync());
    }

    public Operation this[string id] => Operations.Single(o => o.Id == id);

    /// <summary>What stands there, or what it refers to.</summary>
    public JsonObject Resolve(JsonNode node)
    {
        if ((string?)node["$ref"] is not { } reference)
        {
            return node.AsObject();
        }

        JsonNode found = _root;
        foreach (var part in reference.Split('/').Skip(1))
        {
            found = found[part] ?? throw new InvalidOperationException($"{reference} leads nowhere.");
        }

        return found.AsObject();
    }

    internal sealed record Operation(OpenApiDocument Document, string Route, string Verb, JsonObject Node)
    {
        public string Id => (string)Node["operationId"]!;

        public HttpMethod Method => new(Verb.ToUpperInvariant());

        public IReadOnlyList<JsonObject> Parameters => [.. (Node["parameters"]?.AsArray() ?? []).Select(p => Document.Resolve(p!))];

        public IEnumerable<(string Status, JsonObject Response)> Responses =>
            Node["responses"]!.AsObject().Select(r => (r.Key, Document.Resolve(r.Value!)));

        /// <summary>The address, with the path's parameters as in their examples.</summary>
        public string Address => Parameters.Where(p => (string)p["in"]! == "path")
            .Aggregate(Route, (route, p) => route.Replace($"{{{(string)p["name"]!}}}", (string)p["example"]!, StringComparison.Ordinal));

        public override string ToString() => Id;
    }
}
