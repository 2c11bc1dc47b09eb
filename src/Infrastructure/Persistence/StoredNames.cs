using System.Collections.Frozen;
using System.Text.Json;

namespace Stemma.Infrastructure.Persistence;

/// <summary>Enum values as they stand in the database: in kebab case, as in the API, and single letters as they are.</summary>
internal static class StoredNames<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Names = Enum.GetValues<TEnum>().ToFrozenDictionary(v => v, Name);

    private static readonly FrozenDictionary<string, TEnum> Values = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Of(TEnum value) => Names[value];

    public static TEnum Parse(string name) => Values[name];

    private static string Name(TEnum value) =>
        value.ToString() is { Length: 1 } letter ? letter : JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
