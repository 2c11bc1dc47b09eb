using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>
/// What bodies look like, read off the contracts by reflection. Where an answer carries a value of the Domain and bodies carry its
/// <c>…Contract</c>, both are written alike, and the contract, which knows the bounds, describes both.
/// </summary>
internal sealed class ContractResolver : ISerializerDataContractResolver
{
    private const string Suffix = "Contract";

    private static readonly FrozenDictionary<string, Type> Contracts = typeof(ContractResolver).Assembly.GetTypes()
        .Where(t => t.Name.EndsWith(Suffix, StringComparison.Ordinal))
        .ToFrozenDictionary(t => t.Name[..^Suffix.Length], StringComparer.Ordinal);

    private readonly JsonSerializerDataContractResolver _inner = new(Options());

    /// <summary>The type that describes what <paramref name="type"/> is written as.</summary>
    public static Type DescriberOf(Type type) =>
        type.Namespace?.StartsWith("Stemma.Domain", StringComparison.Ordinal) == true && Contracts.TryGetValue(type.Name, out var contract) ? contract : type;

    public DataContract GetDataContractForType(Type type) => _inner.GetDataContractForType(DescriberOf(type));

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        StrictJson.Configure(options);
        return options;
    }
}
