using System.Collections.Frozen;

namespace Stemma.Domain.Search.Matching;

/// <summary>A short list of English words that posts and claims use for the same thing. A word of another language finds nothing here.</summary>
internal static class Synonyms
{
    private static readonly string[] Groups =
    [
        "photo photograph picture pic image selfie snapshot", "video footage clip film", "dead death died dies die deceased killed passed",
        "killed kill kills murdered murder slain shot", "us u.s. usa america american united", "president potus", "migrant immigrant undocumented illegal alien refugee",
        "shot shooting shooter gunman gun firearm", "police cop cops officer officers", "kid kids child children baby boy girl", "tweet tweeted twitter", "democrat democratic dems dem left liberal",
        "republican gop conservative", "muslim islam islamic", "altered photoshopped doctored edited fake manipulated fabricated", "arrested jailed detained custody", "ban banned bans prohibit prohibited bars barred forbid",
        "says said say told claimed stated declared", "wed wedding married marriage wife husband", "school student students teacher classmate", "election vote voted voters voting ballot polls",
        "fired firing sacked dismissed", "flood flooded flooding", "fire wildfire burning bushfires burned", "money cash dollars", "attack attacked assaulted beaten beat", "car vehicle truck", "doctor physician hospital",
        "law bill legislation act", "military army soldiers troops veteran veterans navy", "flotus wife lady", "mom mother mum", "dad father", "woman female lady", "man male guy",
        "drunk intoxicated drunkenly", "sued lawsuit suit sues", "removed removing taken pulled", "store shop outlet", "coronavirus covid virus", "vaccine vaccines vaccination vaccinated shot", "climate warming",
        "nuclear nuke nuking bomb bombs atomic", "congress congresswoman congressman rep representative senator sen lawmaker", "warns warning warned alert", "rally protest protests protesters demonstration march",
    ];

    private static readonly FrozenDictionary<string, string[]> Table = Groups
        .Select(group => group.Split(' '))
        .SelectMany(group => group, (group, word) => (word, group))
        .GroupBy(entry => entry.word, StringComparer.Ordinal)
        .ToFrozenDictionary(entries => entries.Key, entries => entries.SelectMany(entry => entry.group).Distinct().ToArray(), StringComparer.Ordinal);

    /// <summary>What else may be said for a word in lower case.</summary>
    public static IReadOnlyList<string> Of(string folded) => Table.GetValueOrDefault(folded) ?? [];
}
