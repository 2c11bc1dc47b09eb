using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Stemma.Api.Tests.Imports;
using Xunit;

namespace Stemma.Api.Tests.ClaimReviews;

/// <summary>Reviews mangled at random, from a seed: never a fault of the server's.</summary>
public sealed class MangledPageTests(StemmaApi api)
{
    private static readonly string[] Scraps =
    [
        "null", "\"\"", "[]", "{}", "-1", "1e999", "1e-30", "79228162514264337593543950335", "true", "\"\\ud800\"", "\"a\\u0000b\"", "\"\\u0000\"", "[[[\"x\"]]]", "\"https://[::1]:99999/\"", "\"https://xn--/\"",
        "\"http://\\u05d0a.example/\"", "\"9999-12-31T23:59:59+14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"2024-02-30\"", "{\"@value\":\"x\"}", "{\"@value\":{}}", "{\"@id\":\"#a\"}", "{\"@id\":\"#a\",\"@type\":\"Person\"}",
        "{\"@type\":\"Person\",\"name\":\"x\"}", "\"<b>&amp;quot;&#0;&#xD800;</b>\"", "\"i-default\"", "\"ǅ İ ſ\"", "\"٣\"", "\"1/0\"", "[null,{},\"\"]", "\".\"", "\"“”\"", "{\"@type\":\"ClaimReview\"}",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_done_to_it_it_is_read_or_refused(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var page = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (JsonNode)Pages.Review($"m{seed}"))]);
            var text = random.Next(4) == 0 ? MangleText(random, page.ToJsonString()) : Mangle(random, page);
            var isPage = random.Next(3) == 0;
            var sent = isPage ? MangleText(random, $"<html lang=\"x\"><script type=\"application/ld+json\">{text}</script><p>") : text;
            var answer = await api.ImportPage(sent, isPage ? Pages.Html : Pages.JsonLd, random.Next(2) == 0 ? "?onError=skip" : "?dryRun=true&onError=skip");
            Assert.True((int)answer.StatusCode is 200 or 400, $"{(int)answer.StatusCode} for {sent}");
            if ((int)answer.StatusCode == 200 && i % 10 == 0)
            {
                var again = await StemmaApi.Json(await api.ImportPage(sent, isPage ? Pages.Html : Pages.JsonLd, "?onError=skip"), 200);
                again = await StemmaApi.Json(await api.ImportPage(sent, isPage ? Pages.Html : Pages.JsonLd, "?onError=skip"), 200);
                Assert.True((int)again["created"]! + (int)again["updated"]! == 0, $"{Files.Counts(again)} for {sent}");
            }
        }
    }

    private static string Mangle(Random random, JsonArray page)
    {
        var text = page.ToJsonString();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var places = new List<(JsonObject In, string Name)>();
            Collect(page, places);
            var (into, name) = places[random.Next(places.Count)];
            into[name] = "@@" + i.ToString(CultureInfo.InvariantCulture);
            text = page.ToJsonString();
        }

        for (var i = 1; i < 4; i++)
        {
            text = text.Replace($"\"@@{i}\"", Scraps[random.Next(Scraps.Length)], StringComparison.Ordinal);
        }

        return text;
    }

    private static void Collect(JsonNode? node, List<(JsonObject In, string Name)> places)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Collect(item, places);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                places.Add((members, name));
                Collect(value, places);
            }
        }
    }

    private static string MangleText(Random random, string text)
    {
        var mangled = new StringBuilder(text);
        for (var i = random.Next(1, 5); i > 0 && mangled.Length > 0; i--)
        {
            var at = random.Next(mangled.Length);
            switch (random.Next(4))
            {
                case 0:
                    mangled.Remove(at, Math.Min(random.Next(1, 9), mangled.Length - at));
                    break;
                case 1:
                    mangled.Insert(at, "\"{}[],:\\<>&;\n\0'/-"[random.Next(17)]);
                    break;
                case 2:
                    mangled.Insert(at, Scraps[random.Next(Scraps.Length)]);
                    break;
                default:
                    mangled.Length = at;
                    break;
            }
        }

        return mangled.ToString();
    }
}
