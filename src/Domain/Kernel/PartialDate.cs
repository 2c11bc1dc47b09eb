using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Stemma.Domain.Kernel;

/// <summary>
/// A date known to the year, the month, the day or the instant: of EDTF level 0 (ISO 8601-2) the forms <c>2024</c>, <c>2024-05</c>,
/// <c>2024-05-16</c> and <c>2024-05-16T09:30:00Z</c> (UTC only; up to nine fractional digits). Years 0001 to 9999.
/// It keeps the text as given and covers the span from <see cref="First"/> to <see cref="Last"/>, both inclusive.
/// </summary>
public readonly record struct PartialDate
{
    public const int MaxLength = 30;

    public const string Expected = "must be a year (2024), a month (2024-05), a day (2024-05-16) or an instant in UTC (2024-05-16T09:30:00Z)";

    private readonly string? _text;

    private PartialDate(string text, DateTimeOffset first, DateTimeOffset last)
    {
        _text = text;
        First = first;
        Last = last;
    }

    /// <summary>The first instant of the span. PostgreSQL derives the same from the text: <c>partial_date_first(text)</c>.</summary>
    public DateTimeOffset First { get; }

    /// <summary>The last instant of the span, to the microsecond. In PostgreSQL: <c>partial_date_last(text)</c>.</summary>
    public DateTimeOffset Last { get; }

    public override string ToString() => _text ?? "";

    public bool Equals(PartialDate other) => string.Equals(_text, other._text, StringComparison.Ordinal);

    public override int GetHashCode() => _text is null ? 0 : StringComparer.Ordinal.GetHashCode(_text);

    /// <exception cref="FormatException">The text is none of the four forms.</exception>
    public static PartialDate Parse(string text) =>
        TryParse(text, out var date) ? date : throw new FormatException($"'{text}' {Expected}");

    public static bool TryParse([NotNullWhen(true)] string? text, out PartialDate date)
    {
        date = default;
        switch (text?.Length)
        {
            case 4 when TryFirst(text, out var first):
                date = new(text, first, LastOf(first.Year == 9999 ? null : first.AddYears(1)));
                return true;
            case 7 when TryFirst(text, out var first):
                date = new(text, first, LastOf(first is { Year: 9999, Month: 12 } ? null : first.AddMonths(1)));
                return true;
            case 10 when TryFirst(text, out var first):
                date = new(text, first, LastOf(first is { Year: 9999, Month: 12, Day: 31 } ? null : first.AddDays(1)));
                return true;
            case >= 20 and <= MaxLength when TryInstant(text, out var instant):
                date = new(text, instant, instant);
                return true;
            default:
                return false;
        }
    }

    /// <summary>An RFC 3339 instant that ends in <c>Z</c>; what is finer than a microsecond is cut off. No leap seconds, no 24:00.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length is < 20 or > MaxLength || text[^1] != 'Z' || text[10] != 'T')
        {
            return false;
        }

        var fraction = text.AsSpan(19, text.Length - 20);
        if (fraction.Length == 1 || (fraction.Length > 1 && (fraction[0] != '.' || !AllDigits(fraction[1..]))))
        {
            return false;
        }

        if (!DateTime.TryParseExact(text.AsSpan(0, 19), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var seconds))
        {
            return false;
        }

        long microseconds = 0;
        for (var i = 1; i <= 6; i++)
        {
            microseconds = (microseconds * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        }

        instant = new DateTimeOffset(seconds, TimeSpan.Zero).AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
        return true;
    }

    /// <summary>The first instant of <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>. It runs for each date of each row that is read.</summary>
    private static bool TryFirst(ReadOnlySpan<char> text, out DateTimeOffset first)
    {
        first = default;
        var (month, day) = (1, 1);
        if (!TryNumber(text[..4], out var year)
            || (text.Length >= 7 && (text[4] != '-' || !TryNumber(text[5..7], out month)))
            || (text.Length >= 10 && (text[7] != '-' || !TryNumber(text[8..10], out day)))
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        first = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        return AllDigits(digits) && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static DateTimeOffset LastOf(DateTimeOffset? next) =>
        next?.AddMicroseconds(-1) ?? new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero).AddMicroseconds(999_999);

    private static bool AllDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
