using System.Collections.Frozen;

namespace Stemma.Domain.Search.Matching;

/// <summary>Says whether a text negates or disputes something, by its words alone: an indication to be shown, not a verdict.</summary>
public static class Negations
{
    // English, then German, French, Spanish, Portuguese, Italian, Russian, Ukrainian. Words that mean something else in another of these
    // languages are left out (German "nie" stays, Italian "no" is also English), French "ne" and "pas" too are taken alone.
    private static readonly FrozenSet<string> Words = (
        "not no never none nobody nothing neither nor cannot false fake hoax debunked debunk denies denied deny untrue fabricated bogus misleading "
        + "nicht kein keine keinen keinem keiner keines nie niemals niemand falsch falschmeldung widerlegt "
        + "ne pas jamais aucun aucune faux fausse "
        + "nunca jamás ningún ninguna falso falsa desmentido "
        + "não nenhum nenhuma jamais "
        + "non mai nessun nessuno nessuna bufala "
        + "не нет никогда ни ложь фейк неправда "
        + "ні ніколи немає жоден фейковий")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The negating words of a text, as written, at most ten.</summary>
    /// <param name="text">Any text.</param>
    public static IReadOnlyList<string> In(string text) => In(Word.In(text, PostText.MaxWords));

    internal static IReadOnlyList<string> In(IReadOnlyList<Word> words) =>
        [.. words.Where(Negates).Select(word => word.Surface).Take(10)];

    private static bool Negates(Word word) =>
        Words.Contains(word.Folded) || word.Folded.EndsWith("n't", StringComparison.Ordinal) || word.Folded is "dont" or "didnt" or "doesnt" or "isnt" or "wasnt";
}
