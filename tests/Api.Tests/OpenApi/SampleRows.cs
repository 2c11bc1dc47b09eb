using System.Text.Json.Nodes;

namespace Stemma.Api.Tests.OpenApi;

/// <summary>The rows of <c>samples/</c> that the document's examples speak of.</summary>
internal static class SampleRows
{
    public const string Claim = "018f7f5a-0000-7000-8000-000000000201";

    /// <summary>The claims between which the samples and the examples have relations.</summary>
    private static readonly string[] Related = ["203", "227", "242", "243", "248", "249", "255"];

    private static readonly Lazy<Dictionary<string, JsonObject>> All = new(() =>
        Directory.EnumerateFiles(Repository.PathOf("samples"), "*.ndjson").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(l => JsonNode.Parse(l)!.AsObject()).ToDictionary(r => (string)r["id"]!));

    public static JsonObject Row(string id) => All.Value[id].DeepClone().AsObject();

    /// <summary>Puts every sample source, the claim of the examples with its links, and what is derived and related, to what the samples say.</summary>
    public static async Task Load(StemmaApi api)
    {
        foreach (var (id, row) in All.Value.Where(r => (string)r.Value["type"]! is "source" or "derivation" or "claim-relation" or "review"
            || r.Key == Claim || Related.Contains(r.Key[^3..]) || (string?)r.Value["claimId"] == Claim))
        {
            var body = row.DeepClone().AsObject();
            var type = (string)body["type"]!;
            body.Remove("type");
            var answer = await api.Send(HttpMethod.Put, $"/api/v1/{type}s/{id}", body);
            answer.EnsureSuccessStatusCode();
        }
    }
}
