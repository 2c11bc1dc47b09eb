using System.Globalization;
using System.Text.Json.Nodes;

namespace Stemma.Api.Tests.Imports;

/// <summary>Rows of all kinds that a seed makes, full of what is seldom: letters of all scripts, quotes, escapes, dates of all forms, numbers with many digits.</summary>
internal static class RandomFile
{
    private static readonly string[] Words =
        ["trade", "Müller", "中国", "\"quoted\"", "back\\slash", "tab\there", "line\nbreak", "=1+1", "emoji 😀", "О'Брайен", "a|b", "x;y,z", "\u202E", "<b>", "@user", "-5"];

    private static readonly string[] Dates = ["2024", "2024-05", "2024-05-16", "2024-05-16T09:30:00Z", "0001", "9999-12-31", "2024-05-16T09:30:00.123456Z"];

    public static string[] Lines(int seed, int each)
    {
        var random = new Random(seed);
        var rows = new List<JsonObject>();
        for (var i = 0; i < each; i++)
        {
            rows.Add(new JsonObject
            {
                ["type"] = "source",
                ["kind"] = Pick("outlet", "document", "person", "anonymous", "dataset"),
                ["name"] = Text(),
                ["aliases"] = Texts(),
                ["url"] = Maybe("https://example.org/" + i + "?q=ä"),
                ["description"] = Maybe(Text()),
                ["country"] = Maybe("DE"),
                ["language"] = Maybe("pt-BR"),
                ["parentId"] = i > 0 && random.Next(3) == 0 ? Key("s", random.Next(i)) : null,
                ["ownerId"] = i > 0 && random.Next(4) == 0 ? Key("s", random.Next(i)) : null,
                ["reliability"] = Pick("A", "F"),
                ["publishedAt"] = Maybe(Pick(Dates)),
                ["accessedAt"] = Maybe("2024-05-16T09:30:00.5Z"),
                ["contentHash"] = Maybe("sha256:" + new string('a', 64)),
                ["citation"] = random.Next(3) == 0 ? new JsonObject { ["title"] = Text(), ["n"] = JsonNode.Parse("1.50e3"), ["z"] = new JsonArray(1, null, true) } : null,
                ["externalIds"] = Ids("s", i),
                ["tags"] = Texts(),
            });
            rows.Add(new JsonObject
            {
                ["type"] = "claim",
                ["text"] = Text() + " " + i,
                ["context"] = Maybe(Text()),
                ["language"] = Pick("en", "de", "zh-Hant"),
                ["kind"] = Pick("factual", "opinion", "quantitative"),
                ["status"] = Pick("open", "draft"),
                ["claimantId"] = Maybe(Key("s", random.Next(each))),
                ["claimedAt"] = Maybe(Pick(Dates)),
                ["place"] = Maybe(Text()),
                ["appearanceUrls"] = random.Next(2) == 0 ? new JsonArray("https://example.org/a", "http://example.org/b") : null,
                ["quantities"] = random.Next(2) == 0 ? new JsonArray(new JsonObject { ["metric"] = Pick("m", "n"), ["comparator"] = "eq", ["value"] = JsonNode.Parse(Pick("1.50", "0.0001", "79228162514264337593543950335", "-3")), ["unit"] = "t" }) : null,
                ["plausible"] = random.Next(3) switch { 0 => true, 1 => false, _ => null },
                ["externalIds"] = Ids("c", i),
                ["tags"] = Texts(),
            });
            rows.Add(new JsonObject
            {
                ["type"] = "corroboration",
                ["claimId"] = Key("c", random.Next(each)),
                ["sourceId"] = Key("s", i),
                ["stance"] = Pick("supports", "reports", "contradicts"),
                ["attributedToIds"] = i > 0 ? new JsonArray(Key("s", i - 1)) : null,
                ["citedInId"] = Maybe(Key("s", random.Next(each))),
                ["quote"] = random.Next(2) == 0 ? new JsonObject { ["exact"] = Text() + i, ["prefix"] = Maybe(Text()) } : null,
                ["locator"] = Maybe(Text()),
                ["publishedAt"] = Maybe(Pick(Dates)),
                ["credibility"] = random.Next(1, 7),
                ["note"] = Maybe(Text()),
                ["externalIds"] = Ids("k", i),
            });
            rows.Add(new JsonObject { ["type"] = "review", ["claimId"] = Key("c", i), ["publisherId"] = Key("s", random.Next(each)), ["textualRating"] = Text(), ["ratingValue"] = JsonNode.Parse("2.50"), ["verdict"] = Pick("true", "mostly-false", "other"), ["original"] = random.Next(3) == 0 ? new JsonObject { ["z"] = null, ["n"] = JsonNode.Parse("1.50e3"), ["a"] = new JsonObject { ["b"] = null } } : null });
            rows.Add(new JsonObject { ["type"] = "derivation", ["fromId"] = Key("s", i), ["toId"] = Key("s", (i + 1) % each), ["relation"] = Pick("cites", "quotes", "translates"), ["note"] = Maybe(Text()) });
            rows.Add(new JsonObject { ["type"] = "claim-relation", ["fromId"] = Key("c", i), ["toId"] = Key("c", (i + 1) % each), ["kind"] = Pick("refines", "entails", "updates") });
        }

        var shuffled = rows.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled.Select(r => r.ToJsonString())];

        string Pick(params string[] of) => of[random.Next(of.Length)];
        string Text() => string.Join(' ', Enumerable.Range(0, random.Next(1, 8)).Select(_ => Pick(Words)));
        string? Maybe(string text) => random.Next(2) == 0 ? text : null;
        JsonArray? Texts() => random.Next(2) == 0 ? new JsonArray("one " + random.Next(9), Text() + " two") : null;
        string Key(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"random:{kind}{number}");
        JsonArray Ids(string kind, int number) => new(new JsonObject { ["system"] = "random", ["id"] = string.Create(CultureInfo.InvariantCulture, $"{kind}{number}") });
    }
}
