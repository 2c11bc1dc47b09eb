using System.Globalization;
using System.Runtime.CompilerServices;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Hosting;

/// <summary>Reads query parameters and gathers every fault. A parameter's name is that of the property it comes from, in camelCase.</summary>
internal sealed class QueryReader
{
    /// <summary>The most values that one parameter takes.</summary>
    public const int MaxValues = 100;

    /// <summary>The most faults that are told of one request.</summary>
    public const int MaxFaults = 100;

    private readonly List<Fault> _faults = [];

    public Result<T> Result<T>(T value) => _faults.Count == 0 ? value : new Error.Invalid(_faults);

    public IReadOnlyList<TEnum> Enums<TEnum>(string[]? values, [CallerArgumentExpression(nameof(values))] string from = "")
        where TEnum : struct, Enum =>
        Each(values, from, EnumNames<TEnum>.Expected, (string text, out TEnum value) => EnumNames<TEnum>.TryParse(text, out value));

    public IReadOnlyList<Guid> Ids(string[]? values, [CallerArgumentExpression(nameof(values))] string from = "") =>
        Each(values, from, "must be a UUID", (string text, out Guid id) => Guid.TryParseExact(text, "D", out id));

    public IReadOnlyList<string> Texts(string[]? values, int longest = ResourceContent.MaxName, [CallerArgumentExpression(nameof(values))] string from = "") =>
        Each(values, from, $"must have 1 to {longest} characters", (string text, out string value) =>
        {
            value = text;
            return text.Length > 0 && text.EnumerateRunes().Count() <= longest;
        });

    /// <summary>Null where there is none or it is empty.</summary>
    public string? Text(string? value, int longest = ResourceContent.MaxName, [CallerArgumentExpression(nameof(value))] string from = "") =>
        string.IsNullOrEmpty(value) ? null : Texts([value], longest, from) is [var text] ? text : null;

    public IReadOnlyList<string> Urls(string[]? values, [CallerArgumentExpression(nameof(values))] string from = "") =>
        Each(values, from, "must be an absolute URL with http or https", (string text, out string value) =>
        {
            value = text;
            return SourceUrl.IsValid(text);
        });

    public IReadOnlyList<string> Countries(string[]? values, [CallerArgumentExpression(nameof(values))] string from = "") =>
        Each(values, from, "must be an ISO 3166-1 alpha-2 code in capitals (DE, US)", (string text, out string value) =>
        {
            value = text;
            return Codes.IsCountry(text);
        });

    /// <summary>In lower case, as they are kept.</summary>
    public IReadOnlyList<string> Hashes(string[]? values, [CallerArgumentExpression(nameof(values))] string from = "") =>
        Each(values, from, "must be sha256: and 64 hex digits", (string text, out string value) =>
        {
            value = text.ToLowerInvariant();
            return Codes.IsSha256(text);
        });

    public IReadOnlyList<ExternalId> ExternalIds(string[]? values, [CallerArgumentExpression(nameof(values))] string from = "") =>
        Each(values, from, "must be system:id", (string text, out ExternalId value) =>
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            value = new(text[..Math.Max(colon, 0)], text[(colon + 1)..]);
            return colon > 0 && value.Id.Length > 0;
        });

    public IReadOnlyList<int> Integers(string[]? values, int least, int most, [CallerArgumentExpression(nameof(values))] string from = "") =>
        Each(values, from, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"), (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);

    public int? Integer(string? value, int least, int most, [CallerArgumentExpression(nameof(value))] string from = "") =>
        value is null ? null : Integers([value], least, most, from) is [var number] ? number : null;

    /// <summary>A number from 0 to 1.</summary>
    public double? Share(string? value, [CallerArgumentExpression(nameof(value))] string from = "") =>
        value is null ? null
        : double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 ? share
        : Fault<double?>(from, "must be a number from 0 to 1");

    public IReadOnlyList<bool> Booleans(string[]? values, [CallerArgumentExpression(nameof(values))] string from = "") =>
        Each(values, from, "must be true or false", (string text, out bool value) =>
        {
            value = text == "true";
            return text is "true" or "false";
        });

    public PartialDate? Date(string? value, [CallerArgumentExpression(nameof(value))] string from = "") =>
        value is null ? null : PartialDate.TryParse(value, out var date) ? date : Fault<PartialDate?>(from, PartialDate.Expected);

    /// <summary>The first instant of a partial date.</summary>
    public DateTimeOffset? First(string? value, [CallerArgumentExpression(nameof(value))] string from = "") => Date(value, from)?.First;

    /// <summary>The last instant of a partial date.</summary>
    public DateTimeOffset? Last(string? value, [CallerArgumentExpression(nameof(value))] string from = "") => Date(value, from)?.Last;

    /// <summary>A comma-separated list of names, or the parameter given several times; an unknown name is a fault.</summary>
    public TFlags Flags<TFlags>(string[]? values, IReadOnlyDictionary<string, TFlags> names, [CallerArgumentExpression(nameof(values))] string from = "")
        where TFlags : struct, Enum
    {
        var flags = 0;
        foreach (var name in (values ?? []).SelectMany(v => v.Split(',')))
        {
            flags |= names.TryGetValue(name, out var flag)
                ? Convert.ToInt32(flag, CultureInfo.InvariantCulture)
                : Fault<int>(from, $"'{name}' is not one of {string.Join(", ", names.Keys)}");
        }

        return (TFlags)Enum.ToObject(typeof(TFlags), flags);
    }

    /// <summary>Notes what is wrong; after <see cref="MaxFaults"/> nothing more.</summary>
    public T? Fault<T>(string from, string message)
    {
        if (_faults.Count == MaxFaults)
        {
            return default;
        }

        // A client's own name may be empty, or end with a point.
        var name = from[(from.LastIndexOf('.') + 1)..] is { Length: > 0 } last ? last : from;
        _faults.Add(new(name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..], message.StartsWith('\'') ? $"{message}." : $"It {message}."));
        return default;
    }

    private List<T> Each<T>(string[]? values, string from, string rule, TryParse<T> parse)
    {
        if (values is null)
        {
            return [];
        }

        if (values.Length > MaxValues)
        {
            Fault<T>(from, $"must be given at most {MaxValues} times");
            return [];
        }

        var parsed = new List<T>(values.Length);
        foreach (var text in values)
        {
            if (parse(text, out var value))
            {
                parsed.Add(value);
            }
            else
            {
                Fault<T>(from, rule);
            }
        }

        return parsed;
    }

    private delegate bool TryParse<T>(string text, out T value);
}
