using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Stemma.Api.Hosting.Exchange;

/// <summary>What the value of a member looks like.</summary>
internal enum MemberShape
{
    Text,
    Number,
    Boolean,

    /// <summary>A list of strings.</summary>
    Texts,

    /// <summary>A list of <c>{"system", "id"}</c>.</summary>
    ExternalIds,

    /// <summary>An object with members of its own.</summary>
    Object,

    /// <summary>A list of such objects.</summary>
    Objects,

    /// <summary>Any JSON.</summary>
    Json,
}

/// <summary>A member of what files bring and take.</summary>
/// <param name="Name">As it stands in JSON.</param>
/// <param name="Shape">What its value looks like.</param>
/// <param name="Value">Its value in an object that has it.</param>
/// <param name="Contract">How the value is written as JSON.</param>
/// <param name="Parts">The members of its value, or of each of its values.</param>
internal sealed record ExchangedMember(
    JsonEncodedText Name, MemberShape Shape, Func<object, object?> Value, JsonTypeInfo Contract, IReadOnlyList<ExchangedMember> Parts)
{
    /// <summary>The members that make up an object.</summary>
    public static List<ExchangedMember> Of(Type type, JsonSerializerOptions options) =>
    [
        .. options.GetTypeInfo(type).Properties.Where(p => !p.IsExtensionData && p.Get is not null).Select(p =>
        {
            var (shape, parts) = ShapeOf(Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType, options);
            return new ExchangedMember(JsonEncodedText.Encode(p.Name), shape, p.Get!, options.GetTypeInfo(p.PropertyType), parts);
        }),
    ];

    private static (MemberShape Shape, IReadOnlyList<ExchangedMember> Parts) ShapeOf(Type type, JsonSerializerOptions options)
    {
        var contract = options.GetTypeInfo(type);
        return type == typeof(string) ? (MemberShape.Text, [])
            : type == typeof(int) || type == typeof(decimal) ? (MemberShape.Number, [])
            : type == typeof(bool) ? (MemberShape.Boolean, [])
            : contract.Kind == JsonTypeInfoKind.Object ? (MemberShape.Object, Of(type, options))
            : contract.Kind != JsonTypeInfoKind.Enumerable ? (MemberShape.Json, [])
            : contract.ElementType == typeof(string) ? (MemberShape.Texts, [])
            : contract.ElementType == typeof(ExternalIdContract) ? (MemberShape.ExternalIds, [])
            : options.GetTypeInfo(contract.ElementType!).Kind == JsonTypeInfoKind.Object ? (MemberShape.Objects, Of(contract.ElementType!, options))
            : (MemberShape.Json, []);
    }
}
