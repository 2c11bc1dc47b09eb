using System.Globalization;
using System.Text.Json;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Sources.Citations;

/// <summary>Dates of CSL-JSON: parts that are numbers or digits, a text as somebody wrote it, or a text alone.</summary>
internal static class CslDate
{
    private static readonly string[] Vague = ["circa", "season"];

    private static readonly string[] Written = ["raw", "literal"];

    private static readonly string[] Instants = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd HH:mm:ss"];

    private static readonly string[] Texts =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "d MMMM yyyy", "d MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "MMMM d yyyy",
    ];

    private static readonly string[] Months = ["yyyy-M", "yyyy/M", "MMMM yyyy", "MMM yyyy", "MMMM, yyyy"];

    /// <summary>The date as a partial date; null where there is none that can be read.</summary>
    /// <param name="date">The value of a date's member.</param>
    /// <param name="path">The member.</param>
    /// <param name="warn">Takes what is guessed or left out.</param>
    public static string? Read(JsonElement date, string path, Action<string, string> warn)
    {
        if (date.ValueKind == JsonValueKind.String)
        {
            return FromText(date.GetString()!, path, warn);
        }

        if (date.ValueKind != JsonValueKind.Object)
        {
            return Leave(path, warn);
        }

        foreach (var vague in Vague.Where(v => date.TryGetProperty(v, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)))
        {
            warn($"{path}.{vague}", "A date here has none; it is left in the citation alone.");
        }

        if (date.TryGetProperty("date-parts", out var spans) && spans.ValueKind == JsonValueKind.Array && spans.GetArrayLength() > 0)
        {
            if (spans.GetArrayLength() > 1)
            {
                warn($"{path}.date-parts", "It is a span; its beginning is taken.");
            }

            return FromParts(spans[0], $"{path}.date-parts[0]", warn);
        }

        foreach (var name in Written)
        {
            if (date.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String)
            {
                return FromText(text.GetString()!, $"{path}.{name}", warn);
            }
        }

        return Leave(path, warn);
    }

    private static string? FromParts(JsonElement parts, string path, Action<string, string> warn)
    {
        if (parts.ValueKind != JsonValueKind.Array)
        {
            return Leave(path, warn);
        }

        var numbers = parts.EnumerateArray().Take(3).Select(Number).TakeWhile(n => n is not null).Select(n => n!.Value).ToList();
        if (numbers is not [>= 1 and <= 9999 and var year, ..])
        {
            return Leave(path, warn);
        }

        // What is no month is a season, or nothing: the year is known all the same.
        foreach (var known in new[] { numbers.Count, 2, 1 }.Where(n => n <= numbers.Count))
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{year:0000}") + string.Concat(numbers.Take(known).Skip(1).Select(n => n.ToString("'-'00", CultureInfo.InvariantCulture)));
            if (PartialDate.TryParse(text, out _))
            {
                if (known < parts.GetArrayLength())
                {
                    warn(path, $"It is no date to the day; it is taken as {text}.");
                }

                return text;
            }
        }

        return Leave(path, warn);
    }

    private static int? Number(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Number when part.TryGetInt32(out var number) => number,
        JsonValueKind.String when int.TryParse(part.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static string? FromText(string given, string path, Action<string, string> warn)
    {
        var text = given.Trim();
        if (PartialDate.TryParse(text, out _))
        {
            return text;
        }

        var read = DateTime.TryParseExact(text, Texts, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : DateTime.TryParseExact(text, Months, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month.ToString("yyyy-MM", CultureInfo.InvariantCulture)
            : DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : null;
        if (read is null)
        {
            return Leave(path, warn);
        }

        warn(path, $"It is text; it is taken as {read}.");
        return read;
    }

    private static string? Leave(string path, Action<string, string> warn)
    {
        warn(path, "It is no date that can be read, and is left in the citation alone.");
        return null;
    }
}
