using System.Globalization;
using System.Text.RegularExpressions;
using Stemma.Domain.Kernel;

namespace Stemma.Api.ClaimReviews;

/// <summary>Dates as pages have them. What has an offset becomes the instant in UTC; a time of no known zone is a day, for more is not known.</summary>
internal static partial class PublishedDate
{
    /// <summary>The longest that is read.</summary>
    private const int MaxLength = 200;
    private const string NoDate = "It is no date that could be read for sure; it is left out.";

    private static readonly string[] InWords =
        ["MMMM d, yyyy", "MMM d, yyyy", "MMM. d, yyyy", "d MMMM yyyy", "d MMM yyyy", "d MMMM, yyyy", "MMMM yyyy"];

    /// <returns>Null where it is none.</returns>
    public static string? Read(string text, out string? guessed)
    {
        guessed = null;
        if (text.Length > MaxLength)
        {
            guessed = NoDate;
            return null;
        }

        var trimmed = text.Trim();
        if (PartialDate.TryParse(trimmed, out _))
        {
            return trimmed;
        }

        if (Iso().Match(trimmed) is { Success: true } iso && OfIso(iso, ref guessed) is { } date)
        {
            return date;
        }

        if (DateTimeOffset.TryParseExact(trimmed, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var http))
        {
            return Instant(http);
        }

        if (DateTime.TryParseExact(trimmed, InWords, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            guessed = "It was read as a date in English.";
            return day.ToString(char.IsDigit(trimmed[0]) || trimmed.Any(c => c == ',') ? "yyyy-MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture);
        }

        guessed = NoDate;
        return null;
    }

    private static string? OfIso(Match iso, ref string? guessed)
    {
        var day = $"{iso.Groups["y"].Value}-{iso.Groups["m"].Value.PadLeft(2, '0')}-{iso.Groups["d"].Value.PadLeft(2, '0')}";
        if (!PartialDate.TryParse(day, out _))
        {
            return null;
        }

        if (iso.Groups["m"].Length == 1 || iso.Groups["d"].Length == 1)
        {
            guessed = "It was read as year, month and day.";
        }

        if (!iso.Groups["time"].Success)
        {
            return day;
        }

        var zone = iso.Groups["zone"].Value.ToUpperInvariant().Replace("UTC", "Z", StringComparison.Ordinal).Replace("GMT", "Z", StringComparison.Ordinal);
        if (zone.Length > 0)
        {
            var seconds = iso.Groups["s"].Success ? iso.Groups["s"].Value : "00";
            zone = zone == "Z" ? "+00:00" : zone.Length == 3 ? zone + ":00" : zone.Length == 5 ? zone.Insert(3, ":") : zone;
            var hour = iso.Groups["h"].Value.PadLeft(2, '0');
            if (DateTimeOffset.TryParseExact(
                $"{day}T{hour}:{iso.Groups["min"].Value}:{seconds}{zone}", "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var instant))
            {
                return Instant(instant);
            }
        }

        guessed = "Its time has no zone, or is none; the day was taken.";
        return day;
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<y>[0-9]{4})[-/](?<m>[0-9]{1,2})[-/](?<d>[0-9]{1,2})(?<time>(?:T|\s+)(?<h>[0-9]{1,2}):(?<min>[0-9]{2})(?::(?<s>[0-9]{2})(?:[.,][0-9]{1,9})?)?\s*(?<zone>Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?)?\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
