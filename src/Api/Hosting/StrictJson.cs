using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Hosting;

/// <summary>
/// How bodies are read and written: camelCase, enums in kebab case, no number for a string nor a string for a number, nothing unknown,
/// nothing twice. Each feature adds a source-generated resolver for its own contracts.
/// </summary>
internal static class StrictJson
{
    public const int MaxDepth = 32;

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = MaxDepth;

        // Answers are UTF-8 JSON that no browser takes for HTML: letters stay letters.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new TextJson());
        options.Converters.Add(new NumberJson());
        options.Converters.Add(new IntegerJson());
        options.Converters.Add(new BooleanJson());
        options.Converters.Add(new InstantJson());
        options.Converters.Add(new PartialDateJson());
        options.Converters.Add(new EnumJsonFactory());
    }

    /// <summary>What is wrong with a body that cannot be read: where, and in plain words.</summary>
    public static Fault Explain(JsonException e)
    {
        var path = e.Path is null or "$" ? "" : e.Path.StartsWith("$.", StringComparison.Ordinal) ? e.Path[2..] : e.Path[1..];
        var message = e.Message;
        if (message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
        {
            return new(path, path.Length == 0 ? "The body must be a JSON object." : "It has the wrong type.");
        }

        if (message.StartsWith("The JSON property '", StringComparison.Ordinal))
        {
            return new(path, "There is no such property here.");
        }

        if (message.StartsWith("Duplicate property", StringComparison.Ordinal))
        {
            return new(path, message.Split('\'') is [_, var name, ..] ? $"The property '{name}' is given twice." : "A property is given twice.");
        }

        if (message.Contains("depth of", StringComparison.Ordinal))
        {
            return new(path, $"The body is nested deeper than {MaxDepth} levels.");
        }

        if (message.Contains("does not contain any JSON tokens", StringComparison.Ordinal))
        {
            return new("", "The body is empty.");
        }

        return message.Contains("LineNumber", StringComparison.Ordinal)
            ? new(path, $"The body is not JSON: see line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.")
            : new(path, message);
    }
}

/// <summary>Strings, without what PostgreSQL and Unicode do not know: the character NUL and half of a surrogate pair.</summary>
internal sealed class TextJson : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("It must be a string.");
        }

        try
        {
            var text = reader.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? throw new JsonException("It must not contain the character NUL.") : text;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("It must be well-formed Unicode: half of a surrogate pair stands alone.");
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}

/// <summary>Decimal numbers of at most 28 significant digits, below 7.9 × 10²⁸.</summary>
internal sealed class NumberJson : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw new JsonException("It must be a number.");
        }

        if (!reader.TryGetDecimal(out var value) || !IsExact(ref reader, value))
        {
            throw new JsonException("It must have at most 28 digits and lie between -7.9e28 and 7.9e28.");
        }

        return value;
    }

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    /// <summary>Whether no digit was rounded away.</summary>
    private static bool IsExact(ref Utf8JsonReader reader, decimal value)
    {
        using var given = JsonDocument.ParseValue(ref reader);
        return Normal(given.RootElement.GetRawText()) == Normal(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The digits without zeros before and after them, and the power of ten of the last.</summary>
    private static (string Digits, int Exponent) Normal(string number)
    {
        var parts = number.TrimStart('-').Split('e', 'E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimEnd('0');
        var exponent = -(point < 0 ? 0 : parts[0].Length - point - 1);
        if (parts.Length > 1)
        {
            // One that is no int belongs to no decimal but zero.
            exponent += int.TryParse(parts[1], CultureInfo.InvariantCulture, out var power) ? power : int.MaxValue;
        }

        return significant.Length == 0 ? ("", 0) : (significant.TrimStart('0'), exponent + digits.Length - significant.Length);
    }
}

internal sealed class IntegerJson : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) ? value : throw new JsonException("It must be a whole number.");

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

internal sealed class BooleanJson : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new JsonException("It must be true or false."),
    };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}

/// <summary>RFC 3339 in UTC: <c>2024-05-16T09:30:00.123456Z</c>.</summary>
internal sealed class InstantJson : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && PartialDate.TryInstant(reader.GetString()!, out var instant)
            ? instant
            : throw new JsonException("It must be an instant in UTC (2024-05-16T09:30:00Z).");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
}

internal sealed class PartialDateJson : JsonConverter<PartialDate>
{
    public override PartialDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && PartialDate.TryParse(reader.GetString(), out var date)
            ? date
            : throw new JsonException($"It {PartialDate.Expected}.");

    public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class EnumJsonFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(EnumJson<>).MakeGenericType(typeToConvert))!;

    private sealed class EnumJson<TEnum> : JsonConverter<TEnum>
        where TEnum : struct, Enum
    {
        public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && EnumNames<TEnum>.TryParse(reader.GetString(), out var value)
                ? value
                : throw new JsonException($"It {EnumNames<TEnum>.Expected}.");

        public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(EnumNames<TEnum>.Of(value));
    }
}
