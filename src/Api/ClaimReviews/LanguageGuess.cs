using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Stemma.Api.ClaimReviews;

/// <summary>
/// The language of a few sentences that do not say it, by their script where one language alone is written in it, else by the commonest little words. Where
/// no language has two of these more than the next, none is named.
/// </summary>
internal static partial class LanguageGuess
{
    /// <summary>As much of a text as is looked at, in characters.</summary>
    private const int MaxText = 2_000;

    private static readonly (string Language, int From, int To)[] Scripts =
    [
        ("el", 0x0370, 0x03FF), ("hy", 0x0530, 0x058F), ("he", 0x0590, 0x05FF), ("ar", 0x0600, 0x06FF), ("hi", 0x0900, 0x097F), ("bn", 0x0980, 0x09FF),
        ("pa", 0x0A00, 0x0A7F), ("gu", 0x0A80, 0x0AFF), ("or", 0x0B00, 0x0B7F), ("ta", 0x0B80, 0x0BFF), ("te", 0x0C00, 0x0C7F), ("kn", 0x0C80, 0x0CFF),
        ("ml", 0x0D00, 0x0D7F), ("si", 0x0D80, 0x0DFF), ("th", 0x0E00, 0x0E7F), ("my", 0x1000, 0x109F), ("ka", 0x10A0, 0x10FF), ("ja", 0x3040, 0x30FF),
        ("ko", 0xAC00, 0xD7AF),
    ];

    private static readonly FrozenDictionary<string, string[]> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["en"] = "the of and is was were are has have that this with from for not by to in on it as at be an",
        ["es"] = "el la los las de del que en y es un una por con para no se su al lo más como fue está",
        ["pt"] = "o a os as de do da dos das que em e é um uma por com para não se sua ao mais como foi está no na",
        ["fr"] = "le la les des de du que et est un une par avec pour ne pas se sa son au aux dans sur qui ce cette",
        ["de"] = "der die das den dem des und ist ein eine von mit für nicht auf im in zu dass sich wird wurde haben hat",
        ["it"] = "il la i gli le di del della che e è un una per con non si su al nel più come sono ha questo",
        ["nl"] = "de het een van en is in op met voor niet dat te zijn heeft wordt door aan",
        ["pl"] = "w i na z się nie do że jest to o po przez od jak",
        ["tr"] = "bir ve bu için ile da de olan olarak değil çok daha",
        ["id"] = "yang dan di dari ini itu dengan untuk tidak pada adalah akan ke",
    }.ToFrozenDictionary(w => w.Key, w => w.Value.Split(' '), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["english"] = "en",
        ["spanish"] = "es",
        ["español"] = "es",
        ["portuguese"] = "pt",
        ["português"] = "pt",
        ["french"] = "fr",
        ["français"] = "fr",
        ["german"] = "de",
        ["deutsch"] = "de",
        ["italian"] = "it",
        ["italiano"] = "it",
        ["arabic"] = "ar",
        ["hindi"] = "hi",
        ["bengali"] = "bn",
        ["turkish"] = "tr",
        ["polish"] = "pl",
        ["dutch"] = "nl",
        ["indonesian"] = "id",
        ["russian"] = "ru",
        ["ukrainian"] = "uk",
        ["tamil"] = "ta",
        ["telugu"] = "te",
        ["urdu"] = "ur",
        ["korean"] = "ko",
        ["japanese"] = "ja",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string? ByName(string name) => Names.GetValueOrDefault(name);

    public static string? Of(string text)
    {
        var start = text.Length > MaxText ? text[..MaxText] : text;
        return ByScript(start) ?? ByWords(start);
    }

    private static string? ByScript(string text)
    {
        var letters = text.Where(char.IsLetter).ToList();
        return Scripts.Where(s => letters.Count(c => c >= s.From && c <= s.To) * 2 > letters.Count).Select(s => s.Language).FirstOrDefault();
    }

    private static string? ByWords(string text)
    {
        var words = Word().Matches(text.ToLowerInvariant()).Take(300).Select(w => w.Value).ToList();
        var counts = Words.Select(l => (Language: l.Key, Count: words.Count(w => l.Value.Contains(w, StringComparer.Ordinal)))).OrderByDescending(l => l.Count).ToList();
        return counts[0].Count >= counts[1].Count + 2 ? counts[0].Language : null;
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();
}
