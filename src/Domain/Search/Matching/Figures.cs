using System.Collections.Frozen;
using System.Globalization;

namespace Stemma.Domain.Search.Matching;

/// <summary>What a figure counts.</summary>
public enum FigureKind
{
    /// <summary>A bare number: things, people, ranks, ages.</summary>
    Plain,

    /// <summary>A percentage.</summary>
    Percent,

    /// <summary>An amount of money.</summary>
    Money,

    /// <summary>Four digits from 1800 to 2099 without a unit: most likely a year.</summary>
    Year,
}

/// <summary>A figure in a text.</summary>
/// <param name="Surface">The figure as written.</param>
/// <param name="Value">Its value, multipliers applied: 2.4E11 for "$240bn".</param>
/// <param name="Kind">What it counts.</param>
/// <param name="Unit">The word after it in lower case, at most six letters of it; empty at the end of the text.</param>
public sealed record Figure(string Surface, double Value, FigureKind Kind, string Unit)
{
    /// <summary>Whether two figures say the same: equal in value (to rounding) and not of conflicting kinds.</summary>
    /// <param name="other">The other figure.</param>
    public bool Agrees(Figure other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Math.Abs(Value - other.Value) <= 1e-6 * Math.Max(Value, other.Value)
            && (Kind == other.Kind || Kind is FigureKind.Plain || other.Kind is FigureKind.Plain);
    }
}

/// <summary>Finds figures: "90%", "90 percent", "$240 billion", "240bn", "1,000", "2,5 Mio.", "fifteen", "2016".</summary>
public static class Figures
{
    /// <summary>How many figures of one text are read at most.</summary>
    public const int Max = 30;

    private const int UnitLength = 6;

    private static readonly FrozenDictionary<string, double> Multipliers = Table(
        (1e3, "k thousand thousands tausend tsd mille mila mil тыс тысяч тысячи тис тисяч тисячі"),
        (1e6, "m mn mln mio million millions millionen millones milhões milhão milioni milione миллион миллиона миллионов млн мільйон мільйона мільйонів"),
        (1e9, "b bn bln mrd billion billions milliarde milliarden milliard milliards miliardi miliardo миллиард миллиарда миллиардов млрд мільярд мільярда мільярдів"),
        (1e12, "tn trillion trillions billionen трлн триллион триллионов трильйон трильйонів"));

    private static readonly FrozenSet<string> Percents = Set("percent pct prozent pourcent percento процент процента процентов процентів відсоток відсотка відсотків");

    private static readonly FrozenSet<string> Currencies = Set(
        "dollar dollars euro euros eur usd gbp pound pounds dólares dólar dollari rubel рублей рубля рубль долларов доларів євро евро гривень гривня гривні uah rub chf franken");

    private static readonly FrozenDictionary<string, double> NumberWords = new Dictionary<string, double>
    {
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["thirteen"] = 13,
        ["fourteen"] = 14,
        ["fifteen"] = 15,
        ["sixteen"] = 16,
        ["seventeen"] = 17,
        ["eighteen"] = 18,
        ["nineteen"] = 19,
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fifty"] = 50,
        ["sixty"] = 60,
        ["seventy"] = 70,
        ["eighty"] = 80,
        ["ninety"] = 90,
        ["zwei"] = 2,
        ["drei"] = 3,
        ["vier"] = 4,
        ["fünf"] = 5,
        ["sechs"] = 6,
        ["sieben"] = 7,
        ["acht"] = 8,
        ["neun"] = 9,
        ["zehn"] = 10,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The figures of a text in order. Digits inside a name (COVID-19, G20), times of day and dotted versions are not figures.</summary>
    /// <param name="text">Any text.</param>
    public static IReadOnlyList<Figure> In(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<Figure>();
        var i = 0;
        while (i < text.Length && found.Count < Max)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            var (value, end) = char.IsAsciiDigit(text[i]) ? Digits(text, i) : Spelled(text, i);
            i = value is null ? end : Read(text, start, end, value.Value, found);
        }

        return found;
    }

    // From the number on: multiplier, percent or currency, then the unit.
    private static int Read(string text, int start, int end, double value, List<Figure> found)
    {
        var isWord = !char.IsAsciiDigit(text[start]);
        var isMoney = start > 0 && (text[start - 1] is '$' or '€' or '£' or '¥' or '₴' or '₽' || (text[start - 1] == ' ' && start > 1 && text[start - 2] is '$' or '€' or '£'));
        var isBare = !isMoney && end - start == 4 && value is >= 1800 and < 2100;
        var isPercent = false;
        var next = NextWord(text, end, out var nextEnd);
        if (Multipliers.TryGetValue(next, out var factor) && (next.Length > 1 || nextEnd == end + 1))
        {
            value *= factor;
            end = nextEnd < text.Length && text[nextEnd] == '.' && next.Length == 3 ? nextEnd + 1 : nextEnd;
            isBare = false;
            next = NextWord(text, end, out nextEnd);
        }

        var mark = end;
        while (mark < text.Length && text[mark] == ' ')
        {
            mark++;
        }

        if (mark < text.Length && text[mark] is '%' or '€' or '£' or '$' or '₴' or '₽' && mark <= end + 1 && !(text[mark] != '%' && IsDigitAt(text, mark + 1)))
        {
            isPercent = text[mark] == '%';
            isMoney |= !isPercent;
            end = mark + 1;
            next = NextWord(text, end, out nextEnd);
        }
        else if (Percents.Contains(next) || IsPerCent(text, next, nextEnd))
        {
            isPercent = true;
            end = next is "per" or "por" or "pour" ? NextWordEnd(text, nextEnd) : nextEnd;
            next = NextWord(text, end, out nextEnd);
        }
        else if (Currencies.Contains(next))
        {
            isMoney = true;
            end = nextEnd;
            next = NextWord(text, end, out nextEnd);
        }

        var kind = isPercent ? FigureKind.Percent : isMoney ? FigureKind.Money : isBare && !isWord ? FigureKind.Year : FigureKind.Plain;
        found.Add(new Figure(text[start..end], value, kind, next.Length > UnitLength ? next[..UnitLength] : next));
        return end;
    }

    private static bool IsPerCent(string text, string next, int nextEnd) =>
        next is "per" or "por" or "pour" && NextWord(text, nextEnd, out _) is "cent" or "ciento" or "cento" or "cien";

    private static bool IsDigitAt(string text, int at) => at < text.Length && char.IsAsciiDigit(text[at]);

    // Digits with their separators. No value when they are part of a name, a time or a version.
    private static (double? Value, int End) Digits(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end])
            || (text[end] is '.' or ',' or '\'' or ':' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
        }

        var isNamed = start > 1 && text[start - 1] == '-' && char.IsLetter(text[start - 2]);
        var number = text.AsSpan(start, end - start);
        return isNamed || number.Length > 20 || number.Contains(':') ? (null, end) : (Value(number), end);
    }

    // One separator before exactly three digits groups thousands (1,000 and 1.000); any other single one is the decimal point.
    private static double? Value(ReadOnlySpan<char> number)
    {
        Span<char> plain = stackalloc char[number.Length];
        var length = 0;
        var last = number.LastIndexOfAny('.', ',');
        var kinds = (number.Contains('.') ? 1 : 0) + (number.Contains(',') ? 1 : 0);
        var marks = number.Count('.') + number.Count(',');
        var isDecimal = last >= 0 && (kinds == 2 || (marks == 1 && (number.Length - last != 4 || (last == 1 && number[0] == '0'))));
        if (marks > 1 && kinds == 1 && number.Length - last != 4)
        {
            return null;
        }

        for (var i = 0; i < number.Length; i++)
        {
            if (char.IsAsciiDigit(number[i]))
            {
                plain[length++] = number[i];
            }
            else if (i == last && isDecimal)
            {
                plain[length++] = '.';
            }
        }

        return double.TryParse(plain[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static (double? Value, int End) Spelled(string text, int start)
    {
        var end = WordEnd(text, start);
        return (end - start is > 2 and < 10 && NumberWords.TryGetValue(Word.Fold(text[start..end]), out var value) ? value : null, Math.Max(end, TagEnd(text, end)));
    }

    // Digits at the end of a word belong to it: G20, WW3.
    private static int TagEnd(string text, int at)
    {
        while (at < text.Length && char.IsLetterOrDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int WordEnd(string text, int at)
    {
        while (at < text.Length && char.IsLetter(text[at]))
        {
            at++;
        }

        return at;
    }

    // The next word within the sentence; ordinal endings (118th) are passed over.
    private static string NextWord(string text, int from, out int end)
    {
        var at = from;
        while (at < text.Length && at < from + 2 && text[at] is ' ' or '-' or '+')
        {
            at++;
        }

        end = WordEnd(text, at);
        var word = end == at ? "" : Word.Fold(text[at..Math.Min(end, at + 20)]);
        return at == from && word is "st" or "nd" or "rd" or "th" or "s" ? NextWord(text, end, out end) : word;
    }

    private static int NextWordEnd(string text, int from)
    {
        NextWord(text, from, out var end);
        return end;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, double> Table(params (double Factor, string Words)[] rows) =>
        rows.SelectMany(row => row.Words.Split(' '), (row, word) => KeyValuePair.Create(word, row.Factor)).ToFrozenDictionary(StringComparer.Ordinal);
}
