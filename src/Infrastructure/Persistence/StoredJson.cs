using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Infrastructure.Persistence;

/// <summary>The form of what stands in <c>jsonb</c> columns: the API's own member names.</summary>
internal static class StoredJson
{
    private const string EmptyArray = "[]";

    private static readonly StoredJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new PartialDateJson(), new ComparatorJson() },
    });

    public static string Write(ValueList<Quantity> quantities) =>
        quantities.Count == 0 ? EmptyArray : JsonSerializer.Serialize([.. quantities], Context.QuantityArray);

    public static string Write(ValueList<ExternalId> ids) =>
        ids.Count == 0 ? EmptyArray : JsonSerializer.Serialize([.. ids], Context.ExternalIdArray);

    public static ValueList<Quantity> ReadQuantities(string json) =>
        json == EmptyArray ? [] : new(JsonSerializer.Deserialize(json, Context.QuantityArray)!);

    public static ValueList<ExternalId> ReadExternalIds(string json) =>
        json == EmptyArray ? [] : new(JsonSerializer.Deserialize(json, Context.ExternalIdArray)!);
}

[JsonSerializable(typeof(Quantity[]))]
[JsonSerializable(typeof(ExternalId[]))]
internal sealed partial class StoredJsonContext : JsonSerializerContext;

internal sealed class PartialDateJson : JsonConverter<PartialDate>
{
    public override PartialDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        PartialDate.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class ComparatorJson : JsonConverter<Comparator>
{
    public override Comparator Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StoredNames<Comparator>.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Comparator value, JsonSerializerOptions options) =>
        writer.WriteStringValue(StoredNames<Comparator>.Of(value));
}
