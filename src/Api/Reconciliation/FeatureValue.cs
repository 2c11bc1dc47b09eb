using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stemma.Api.Reconciliation;

/// <summary>A number or a boolean, as JSON has them.</summary>
[JsonConverter(typeof(FeatureValueJson))]
internal readonly record struct FeatureValue(double? Number, bool? Flag);

/// <inheritdoc cref="FeatureValue"/>
internal sealed class FeatureValueJson : JsonConverter<FeatureValue>
{
    public override FeatureValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("It is only written.");

    public override void Write(Utf8JsonWriter writer, FeatureValue value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteBooleanValue(value.Flag == true);
        }
    }
}
