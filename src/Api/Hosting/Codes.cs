using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Stemma.Api.Hosting;

/// <summary>Code lists of other standards.</summary>
internal static partial class Codes
{
    public const int MaxLanguageTag = 35;

    private static readonly FrozenSet<string> Countries = (
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN "
        + "CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK "
        + "HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG "
        + "MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO "
        + "RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA "
        + "VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>ISO 3166-1 alpha-2, and <c>XK</c> for Kosovo, which its user-assigned range is used for.</summary>
    public static bool IsCountry(string code) => Countries.Contains(code);

    /// <summary>Whether the tag is well-formed by RFC 5646, of at most <see cref="MaxLanguageTag"/> characters; not whether its parts are registered.</summary>
    public static bool IsLanguageTag(string tag) => tag.Length <= MaxLanguageTag && LanguageTag().IsMatch(tag);

    /// <summary>Of a well-formed tag its language and its script: <c>sr-Latn</c> of <c>sr-Latn-RS</c>, <c>en</c> of <c>en-GB</c>.</summary>
    public static string LanguageAndScript(string tag) => LanguageAndScript().Match(tag) is { Success: true } match ? match.Value : tag;

    /// <summary><c>sha256:</c> and 64 hex digits of either case.</summary>
    public static bool IsSha256(string text) => Sha256().IsMatch(text);

    [GeneratedRegex("^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?=-|\\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex LanguageAndScript();

    [GeneratedRegex("^sha256:[0-9a-fA-F]{64}\\z")]
    private static partial Regex Sha256();

    [GeneratedRegex(
        """
        ^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?\z|^x(?:-[a-z0-9]{1,8})+\z|^(?:i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|en-gb-oed|sgn-(?:be-fr|be-nl|ch-de))\z
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex LanguageTag();
}
