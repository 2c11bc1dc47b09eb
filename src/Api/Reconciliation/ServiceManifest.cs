using Stemma.Domain.Reconciliation;

namespace Stemma.Api.Reconciliation;

/// <summary>What the service says of itself, with the addresses under which it was asked.</summary>
internal static class ServiceManifest
{
    /// <summary>Ids are UUIDs: they name the same entity wherever the server is, and so do cells that were reconciled there.</summary>
    public const string IdentifierSpace = "urn:uuid:";

    /// <summary>Names these types and properties, and no other service's.</summary>
    public const string SchemaSpace = "urn:uuid:5d9c5c1e-8f0b-4a6e-9b8e-2f6d1c7a4e30";

    public static ServiceManifestResponse Of(HttpRequest request)
    {
        var server = $"{request.Scheme}://{request.Host}{request.PathBase}";
        return new()
        {
            Versions = ["0.2"],
            Name = "Stemma: sources and claims",
            IdentifierSpace = IdentifierSpace,
            SchemaSpace = SchemaSpace,
            DefaultTypes = [.. EntityType.All.Select(EntityTypeResponse.WithBroader)],
            Documentation = server + "/swagger",
            BatchSize = QuestionReader.MaxQueries,
            View = new() { Url = server + "/reconcile/preview?id={{id}}" },
            Preview = new() { Url = server + "/reconcile/preview?id={{id}}", Width = 420, Height = 300 },
            Suggest = new() { Entity = Suggest(server, "entity"), Type = Suggest(server, "type"), Property = Suggest(server, "property") },
            Extend = new() { ProposeProperties = new() { ServiceUrl = server, ServicePath = "/reconcile/extend/properties" }, PropertySettings = [] },
        };
    }

    private static SuggestServiceResponse Suggest(string server, string what) => new()
    {
        ServiceUrl = server,
        ServicePath = "/reconcile/suggest/" + what,
        FlyoutServicePath = "/reconcile/flyout/" + what + "?id=${id}",
    };
}
