using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Stemma.Domain.Reviews;

namespace Stemma.Api.ClaimReviews;

/// <summary>What fact-checkers' ratings come to on the one scale of verdicts: docs/claimreview.md has the same table, to be read.</summary>
internal static class RatingWords
{
    private static readonly FrozenDictionary<string, Verdict> Known = Table();

    private static readonly SearchValues<char> Pauses = SearchValues.Create(":.,;!–—-(|\n");

    /// <summary>No phrase of the table is as long.</summary>
    private const int MaxPhrase = 100;

    /// <summary>Letters of Devanagari with a dot below, each as one character, from U+0958 on: the letters without it.</summary>
    private const string DottedLetters = "\u0915\u0916\u0917\u091C\u0921\u0922\u092B\u092F";

    private static readonly string[] Labels = ["fact check", "factcheck", "rating", "verdict", "claim", "our rating", "conclusion", "our verdict"];

    /// <summary>
    /// The verdict that the words, or those before their first pause ("False: the picture is of 2013"), stand for, without labels in front ("Fact-check | False");
    /// null where it is not known.
    /// </summary>
    public static Verdict? VerdictOf(string rating)
    {
        var words = WithoutLabels(rating);
        return Of(words) ?? (PausesOf(words).Select(p => (int?)p).FirstOrDefault() is { } pause ? Of(words[..pause]) : null);
    }

    /// <summary>The verdict for a place on a scale, from 0, the worst, to 1, the best.</summary>
    public static Verdict VerdictOf(double place) => place switch
    {
        >= 0.9 => Verdict.True,
        >= 0.65 => Verdict.MostlyTrue,
        > 0.35 => Verdict.Mixed,
        > 0.1 => Verdict.MostlyFalse,
        _ => Verdict.False,
    };

    private static string WithoutLabels(string rating)
    {
        var words = rating;
        while (PausesOf(words).TakeWhile(p => p <= MaxPhrase).Where(p => IsLabel(Folded(words[..p]))).Select(p => (int?)p).FirstOrDefault() is { } label)
        {
            words = words[(label + 1)..];
        }

        return words;
    }

    private static bool IsLabel(string words) =>
        Labels.Any(label => words.StartsWith(label, StringComparison.Ordinal) && (words.Length == label.Length || words.AsSpan(label.Length).StartsWith(" by ", StringComparison.Ordinal)));

    /// <summary>Where the words pause, but at their very beginning. A hyphen inside a word parts nothing.</summary>
    private static IEnumerable<int> PausesOf(string words)
    {
        for (var i = 1; i < words.Length; i++)
        {
            if (Pauses.Contains(words[i]) && (words[i] != '-' || char.IsWhiteSpace(words[i - 1]) || (i + 1 < words.Length && char.IsWhiteSpace(words[i + 1]))))
            {
                yield return i;
            }
        }
    }

    private static Verdict? Of(string words) => words.Length <= MaxPhrase && Known.TryGetValue(Folded(words), out var verdict) ? verdict : null;

    /// <summary>Letters, marks and digits in lower case and apostrophes, with single spaces for all else; Arabic without its vowel signs.</summary>
    private static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant().Replace('’', '\''))
        {
            if (c is >= '\u0958' and <= '\u095F')
            {
                folded.Append(DottedLetters[c - '\u0958']).Append('\u093C');
            }
            else if (c is '\'' || (char.IsLetterOrDigit(c) && c != '\u0640') || (IsMark(c) && c is not (>= '\u064B' and <= '\u0652')))
            {
                folded.Append(c);
            }
            else if (!IsMark(c) && c != '\u0640' && folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().Trim(' ', '\'');
    }

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static FrozenDictionary<string, Verdict> Table()
    {
        var table = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        foreach (var (verdict, words) in Rows)
        {
            foreach (var each in words.Split(", "))
            {
                table.TryAdd(Folded(each), verdict);
            }
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The table, each word or phrase parted from the next by a comma.</summary>
    public static IReadOnlyList<(Verdict Verdict, string Words)> Rows =>
    [
        (Verdict.True, "true, correct, accurate, correct attribution, confirmed, verified, it is true, this is true, authentic, real, legit"),
        (Verdict.True, "verdadero, verdad, cierto, correcto, confirmado, es verdad, verdadeiro, verdade, certo, correto, comprovado, é verdade"),
        (Verdict.True, "vrai, exact, c'est vrai, richtig, wahr, stimmt, korrekt, echt, vero, corretto, è vero"),
        (Verdict.True, "صحيح, حقيقي, حقيقة, सच, सही, सत्य, doğru, prawda, waar, juist, benar, правда"),
        (Verdict.MostlyTrue, "mostly true, mostly correct, mostly accurate, largely true, largely correct, almost true, nearly true, close to the mark"),
        (Verdict.MostlyTrue, "mayormente verdadero, mayormente cierto, casi cierto, mayoritariamente cierto, verdadero pero, verdadeiro mas, predominantemente verdadeiro, quase verdade"),
        (Verdict.MostlyTrue, "plutôt vrai, presque vrai, globalement vrai, größtenteils richtig, weitgehend richtig, überwiegend richtig, größtenteils wahr, fast richtig, quasi vero, c'eri quasi, per lo più vero"),
        (Verdict.MostlyTrue, "صحيح غالبا, صحيح في الغالب, ज़्यादातर सच, अधिकतर सच"),
        (Verdict.Mixed, "half true, half truth, mixed, mixture, mixed evidence, partly true, partially true, partly false, partially false, partly correct, partially correct, misleading, misleads, missing context, lacks context, needs context, out of context, cherry picks, cherry picking, spins the facts, exaggerated, exaggerates, exaggeration, half false, distorts the facts, altered context"),
        (Verdict.Mixed, "engañoso, engañosa, verdad a medias, verdades a medias, media verdad, parcialmente falso, parcialmente verdadero, parcialmente cierto, falta contexto, fuera de contexto, sacado de contexto, descontextualizado, exagerado, discutible"),
        (Verdict.Mixed, "enganoso, enganosa, enganador, meia verdade, parcialmente verdadeiro, fora de contexto, sem contexto, contexto errado, impreciso, imprecisa, distorcido"),
        (Verdict.Mixed, "trompeur, trompeuse, partiellement vrai, partiellement faux, en partie vrai, en partie faux, à moitié vrai, mitigé, à nuancer, hors contexte, manque de contexte, exagéré, contexte manquant"),
        (Verdict.Mixed, "irreführend, teilweise richtig, teilweise falsch, teils richtig, teils falsch, halbwahr, halb wahr, fehlender kontext, falscher kontext, es fehlt kontext, missverständlich, aus dem kontext gerissen"),
        (Verdict.Mixed, "fuorviante, parzialmente vero, parzialmente falso, mezza verità, ni, manca il contesto, contesto mancante, fuori contesto, ingannevole"),
        (Verdict.Mixed, "مضلل, مضللة, صحيح جزئيا, خاطئ جزئيا, زائف جزئيا, نصف حقيقة, خارج السياق, भ्रामक, आधा सच, आंशिक रूप से सच, अधूरा सच, yanıltıcı, misleidend, menyesatkan"),
        (Verdict.MostlyFalse, "mostly false, mostly incorrect, mostly inaccurate, largely false, barely true, unlikely, implausible, not quite, inaccurate"),
        (Verdict.MostlyFalse, "mayormente falso, mayoritariamente falso, casi falso, inexacto, predominantemente falso, insustentável, plutôt faux, presque faux, globalement faux, inexact"),
        (Verdict.MostlyFalse, "größtenteils falsch, weitgehend falsch, überwiegend falsch, unwahrscheinlich, pinocchio andante, per lo più falso, خاطئ غالبا, خاطئ في الغالب, ज़्यादातर झूठ"),
        (Verdict.False, "false, fake, pants on fire, incorrect, wrong, untrue, not true, this is false, it is false, hoax, fabricated, fake news, debunked, four pinocchios, manipulated, manipulated photo, manipulated video, altered, altered photo, altered video, doctored, edited, digitally altered, ai generated, false headline, miscaptioned, misattributed, no, bogus, scam, incorrect attribution, fabricated quote"),
        (Verdict.False, "falso, falsa, bulo, es falso, es un bulo, mentira, incorrecto, erróneo, manipulado, manipulada, montaje, trucado, imagen falsa, video falso, video manipulado"),
        (Verdict.False, "é falso, é falso que, boato, fraude, errado, incorreto, montagem, golpe, adulterado"),
        (Verdict.False, "faux, c'est faux, fausse, infox, intox, canular, détourné, montage, mensonge, trucage"),
        (Verdict.False, "falsch, unwahr, fälschung, frei erfunden, gefälscht, erfunden, manipuliert, lüge, stimmt nicht, falschmeldung"),
        (Verdict.False, "bufala, notizia falsa, errato, scorretto, panzana pazzesca, è falso, fotomontaggio, fotomontaje"),
        (Verdict.False, "خطأ, خاطئ, خاطئة, كاذب, كاذبة, زائف, زائفة, غير صحيح, غير صحيحة, مفبرك, مفبركة, إشاعة, شائعة, مزيف, ملفق"),
        (Verdict.False, "गलत, ग़लत, फर्जी, फ़र्ज़ी, फेक, झूठ, झूठा, असत्य, मिथ्या, yanlış, fałsz, onwaar, vals, salah, hoaks, ложь, фейк, ψευδές"),
        (Verdict.Unproven, "unproven, unverified, unsupported, no evidence, not proven, unsubstantiated, inconclusive, unclear, research in progress, insufficient evidence, unfounded, cannot be verified, unconfirmed, lacks evidence, baseless, undetermined"),
        (Verdict.Unproven, "sin pruebas, sin evidencia, no hay pruebas, no verificado, insostenible, no comprobado, no probado, sin confirmar, sem provas, sem evidências, não comprovado, inconclusivo, sem registro, não verificado"),
        (Verdict.Unproven, "non prouvé, sans preuve, invérifiable, non vérifié, pas de preuve, rien ne le prouve, infondé, unbelegt, unbewiesen, nicht belegt, ohne beleg, keine belege, nicht überprüfbar, unklar"),
        (Verdict.Unproven, "non verificabile, senza prove, non verificato, non provato, inverificabile, غير مؤكد, غير مثبت, بدون دليل, لا دليل, अप्रमाणित, अपुष्ट"),
        (Verdict.Other, "satire, labeled satire, originated as satire, parody, opinion, sarcasm, legend, flip flop, full flop, half flip, no flip, recall, outdated, sátira, opinión, opinião, parodie, meinung, satira, opinione, ساخر, سخرية, رأي, व्यंग्य"),
    ];
}
