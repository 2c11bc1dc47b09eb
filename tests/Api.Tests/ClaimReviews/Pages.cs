using System.Text;
using System.Text.Json.Nodes;
using Stemma.Api.Tests.Imports;

namespace Stemma.Api.Tests.ClaimReviews;

/// <summary>ClaimReviews of publishers that there are not, and what becomes of them.</summary>
internal static class Pages
{
    public const string JsonLd = "application/ld+json";
    public const string Html = "text/html";

    /// <summary>A review in which nothing is amiss, of a claim and a site that no other test has.</summary>
    public static JsonObject Review(string unique) => new()
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "ClaimReview",
        ["url"] = $"https://www.{unique}.example/checks/1",
        ["name"] = "Was the bridge closed?",
        ["inLanguage"] = "en-GB",
        ["datePublished"] = "2024-05-16",
        ["claimReviewed"] = $"The bridge of {unique} was closed for a year.",
        ["author"] = new JsonObject { ["@type"] = "Organization", ["name"] = $"Checkers {unique}", ["url"] = $"https://{unique}.example/" },
        ["reviewRating"] = new JsonObject { ["@type"] = "Rating", ["ratingValue"] = 2, ["bestRating"] = 5, ["worstRating"] = 1, ["alternateName"] = "Mostly false" },
        ["itemReviewed"] = new JsonObject
        {
            ["@type"] = "Claim",
            ["author"] = new JsonObject { ["@type"] = "Person", ["name"] = $"Mayor {unique}" },
            ["datePublished"] = "2024-05-10",
            ["firstAppearance"] = new JsonObject { ["@type"] = "CreativeWork", ["url"] = $"https://posts.example/{unique}/1" },
            ["appearance"] = new JsonArray($"https://posts.example/{unique}/2", new JsonObject { ["url"] = $"https://posts.example/{unique}/3" }),
        },
    };

    public static Task<HttpResponseMessage> ImportPage(this StemmaApi api, string page, string type = JsonLd, string query = "") =>
        api.Client.Import(query, Encoding.UTF8.GetBytes(page), type);

    /// <summary>The report of an import that must succeed.</summary>
    public static async Task<JsonObject> ImportedPage(this StemmaApi api, string page, string type = JsonLd, string query = "") =>
        await StemmaApi.Json(await api.ImportPage(page, type, query), 200);

    /// <summary>The faults of an import that must be refused.</summary>
    public static async Task<string[]> RefusedPage(this StemmaApi api, string page, string type = JsonLd) =>
        Files.Faults(await StemmaApi.Json(await api.ImportPage(page, type), 400));

    /// <summary>The warnings of a report, as <c>line path: message</c>.</summary>
    public static string[] Warnings(JsonObject report) => [.. report["warnings"]!.AsArray().Select(w => $"{w!["line"]} {w["path"]}: {w["message"]}")];

    /// <summary>The one review of a publisher's site, with its claim and its publisher.</summary>
    public static async Task<JsonObject> ReviewOf(this StemmaApi api, string site)
    {
        var publisher = (await api.GetJson($"/api/v1/sources?externalId=site:{site}"))["items"]!.AsArray().Single()!;
        var listed = (await api.GetJson($"/api/v1/reviews?publisherId={publisher["id"]}"))["items"]!.AsArray().Single()!;
        return await api.GetJson($"/api/v1/reviews/{listed["id"]}?include=claim,publisher");
    }
}
