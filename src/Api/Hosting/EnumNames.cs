using System.Collections.Frozen;
using System.Text.Json;

namespace Stemma.Api.Hosting;

/// <summary>Enum values as the API writes them: in kebab case, and single letters as they are. Case matters.</summary>
internal static class EnumNames
{
    public static IReadOnlyList<string> Of(Type type) => [.. Enum.GetNames(type).Select(Name)];

    public static string Name(string member) => member.Length == 1 ? member : JsonNamingPolicy.KebabCaseLower.ConvertName(member);
}

/// <inheritdoc cref="EnumNames"/>
internal static class EnumNames<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Names = Enum.GetValues<TEnum>().ToFrozenDictionary(v => v, v => EnumNames.Name(v.ToString()));

    private static readonly FrozenDictionary<string, TEnum> Values = Names.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    public static string Expected { get; } = $"must be one of {string.Join(", ", Enum.GetValues<TEnum>().Select(v => Names[v]))}";

    public static string Of(TEnum value) => Names[value];

    public static bool TryParse(string? name, out TEnum value)
    {
        value = default;
        return name is not null && Values.TryGetValue(name, out value);
    }

    /// <summary>For what a validator has let through.</summary>
    public static TEnum? Parse(string? name) => name is null ? null : Values[name];
}
