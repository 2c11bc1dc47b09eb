using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests;

/// <summary>What tests ask of the API again and again.</summary>
public static class Requests
{
    /// <summary>A word that no other test uses.</summary>
    public static string Unique() => "t" + Guid.NewGuid().ToString("N");

    public static Task<HttpResponseMessage> Get(this StemmaApi api, string path, params (string Name, string Value)[] headers) =>
        api.Send(HttpMethod.Get, path, null, "", headers);

    public static async Task<JsonObject> GetJson(this StemmaApi api, string path) => await StemmaApi.Json(await api.Get(path), 200);

    public static Task<HttpResponseMessage> Post(this StemmaApi api, string kind, JsonNode body) => api.Send(HttpMethod.Post, Kinds.Path(kind), body);

    public static Task<HttpResponseMessage> Put(
        this StemmaApi api, string kind, string id, JsonNode body, params (string Name, string Value)[] headers) =>
        api.Send(HttpMethod.Put, Kinds.Path(kind, id), body, headers);

    public static Task<HttpResponseMessage> Patch(
        this StemmaApi api, string kind, string id, string patch, params (string Name, string Value)[] headers) =>
        api.Send(HttpMethod.Patch, Kinds.Path(kind, id), patch, "application/merge-patch+json", headers);

    public static Task<HttpResponseMessage> Delete(this StemmaApi api, string kind, string id, params (string Name, string Value)[] headers) =>
        api.Send(HttpMethod.Delete, Kinds.Path(kind, id), null, "", headers);

    public static Task<HttpResponseMessage> Restore(this StemmaApi api, string kind, string id) =>
        api.Send(HttpMethod.Post, Kinds.Path(kind, id) + "/restore", null, "");

    /// <summary>The least that a POST takes; what it refers to is made for it.</summary>
    public static async Task<JsonObject> NewBody(this StemmaApi api, string kind) => kind switch
    {
        Kinds.Sources => new() { ["kind"] = "outlet", ["name"] = Unique() },
        Kinds.Claims => new() { ["text"] = Unique() },
        Kinds.Derivations => new() { ["fromId"] = await api.NewSource(), ["toId"] = await api.NewSource(), ["relation"] = "cites" },
        Kinds.ClaimRelations => new() { ["fromId"] = await api.NewClaim(), ["toId"] = await api.NewClaim(), ["kind"] = "refines" },
        Kinds.Reviews => new() { ["claimId"] = await api.NewClaim(), ["publisherId"] = await api.NewSource(), ["textualRating"] = "Pants on fire" },
        _ => new() { ["claimId"] = await api.NewClaim(), ["sourceId"] = await api.NewSource(), ["stance"] = "supports" },
    };

    /// <summary>A body with a value in every member that a client writes.</summary>
    public static async Task<JsonObject> FullBody(this StemmaApi api, string kind)
    {
        var body = await api.NewBody(kind);
        var more = kind switch
        {
            Kinds.Sources => new JsonObject
            {
                ["kind"] = "document",
                ["aliases"] = new JsonArray("One", "Two"),
                ["url"] = "https://example.org/" + Unique(),
                ["archiveUrl"] = "https://archive.example/" + Unique(),
                ["description"] = "What one should know.",
                ["country"] = "DE",
                ["language"] = "de-AT",
                ["parentId"] = await api.NewSource(),
                ["ownerId"] = await api.NewSource(),
                ["reliability"] = "B",
                ["reliabilityBasis"] = "Corrections are published.",
                ["publishedAt"] = "2024-05",
                ["accessedAt"] = "2024-05-16T09:30:00.123456Z",
                ["contentHash"] = "sha256:" + new string('a', 64),
                ["citation"] = new JsonObject { ["type"] = "article", ["title"] = "Über alles", ["issued"] = new JsonObject { ["year"] = 2024 } },
            },
            Kinds.Claims => new JsonObject
            {
                ["context"] = "Said at a press conference.",
                ["language"] = "pt-BR",
                ["kind"] = "quantitative",
                ["status"] = "assessed",
                ["claimantId"] = await api.NewSource(),
                ["claimedAt"] = "2024-05-16",
                ["eventFrom"] = "2023",
                ["eventTo"] = "2024-05-16T09:30:00Z",
                ["place"] = "Harbin",
                ["firstAppearanceUrl"] = "https://example.org/" + Unique(),
                ["appearanceUrls"] = new JsonArray("https://example.org/" + Unique()),
                ["quantities"] = new JsonArray(
                    new JsonObject { ["subject"] = "trade", ["metric"] = "volume", ["comparator"] = "gt", ["value"] = 240000000000, ["unit"] = "USD", ["baseline"] = "2022", ["periodFrom"] = "2023", ["periodTo"] = "2023" },
                    new JsonObject { ["metric"] = "share", ["comparator"] = "between", ["lower"] = 0.1, ["upper"] = 0.25, ["unit"] = "%" }),
                ["plausible"] = true,
            },
            Kinds.Derivations => new JsonObject
            {
                ["relation"] = "derived-from",
                ["basis"] = "inferred",
                ["note"] = "The same misprint.",
            },
            Kinds.ClaimRelations => new JsonObject
            {
                ["kind"] = "contradicts",
                ["scopeDifference"] = "geography",
                ["note"] = "With and without Crimea.",
            },
            Kinds.Reviews => new JsonObject
            {
                ["url"] = "https://example.org/" + Unique(),
                ["title"] = "Did he say so?",
                ["reviewedAt"] = "2024-05-16T09:30:00.5Z",
                ["language"] = "pt-BR",
                ["textualRating"] = "Falso",
                ["ratingValue"] = 1.50m,
                ["bestRating"] = 5,
                ["worstRating"] = -0.25m,
                ["ratingExplanation"] = "Nobody was there.",
                ["verdict"] = "mostly-false",
                ["original"] = new JsonObject { ["@type"] = "ClaimReview", ["reviewRating"] = new JsonObject { ["alternateName"] = "Falso" } },
            },
            _ => new JsonObject
            {
                ["stance"] = "reports",
                ["directness"] = "relayed",
                ["attributedToIds"] = new JsonArray(await api.NewSource(), await api.NewSource()),
                ["citedInId"] = await api.NewSource(),
                ["attribution"] = "according to two officials",
                ["interest"] = "adverse",
                ["quote"] = new JsonObject { ["exact"] = "It is so.", ["prefix"] = "He said: ", ["suffix"] = " Then he left." },
                ["locator"] = "p. 4",
                ["url"] = "https://example.org/" + Unique(),
                ["archiveUrl"] = "https://archive.example/" + Unique(),
                ["publishedAt"] = "2024-05-16T09:30:00.5Z",
                ["accessedAt"] = "2024-05-17T00:00:00Z",
                ["credibility"] = 2,
                ["note"] = "Read twice.",
            },
        };
        foreach (var (name, value) in more)
        {
            body[name] = value?.DeepClone();
        }

        body["tags"] = new JsonArray(Unique(), "zweites Wort");
        body["externalIds"] = new JsonArray(new JsonObject { ["system"] = "wikidata", ["id"] = Unique() });
        return body;
    }

    /// <summary>A new resource as the answer shows it, with <paramref name="fields"/> over the least that it needs.</summary>
    public static async Task<JsonObject> Create(this StemmaApi api, string kind, JsonObject? fields = null)
    {
        var body = await api.NewBody(kind);
        foreach (var (name, value) in fields ?? [])
        {
            body[name] = value?.DeepClone();
        }

        return await StemmaApi.Json(await api.Post(kind, body), 201);
    }

    public static string Id(this JsonObject resource) => (string)resource["id"]!;

    public static int Version(this JsonObject resource) => (int)resource["version"]!;

    public static string[] Ids(this JsonObject page) => [.. page["items"]!.AsArray().Select(item => (string)item!["id"]!)];

    public static JsonObject Clone(this JsonObject resource) => resource.DeepClone().AsObject();

    public static JsonObject With(this JsonObject resource, string name, JsonNode? value)
    {
        var clone = resource.Clone();
        clone[name] = value;
        return clone;
    }

    /// <summary>All rows of a list, page by page.</summary>
    public static async Task<List<string>> Walk(this StemmaApi api, string list, Func<Task>? between = null)
    {
        var ids = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await api.GetJson(list + (cursor is null ? "" : $"&cursor={cursor}"));
            ids.AddRange(page.Ids());
            if ((cursor = (string?)page["nextCursor"]) is null)
            {
                return ids;
            }

            await (between?.Invoke() ?? Task.CompletedTask);
        }
    }

    /// <summary>The problem document of an answer that must be one, of this status.</summary>
    public static async Task<JsonObject> Problem(this Task<HttpResponseMessage> answer, int status)
    {
        using var response = await answer;
        var problem = await StemmaApi.Json(response, status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(status, (int)problem["status"]!);
        Assert.StartsWith("https://www.rfc-editor.org/rfc/rfc9110#section-15.", (string?)problem["type"], StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["title"]));
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["detail"]));
        Assert.StartsWith("/", (string?)problem["instance"], StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["traceId"]));
        return problem;
    }

    /// <summary>Asserts a 400 with faults at exactly these places.</summary>
    public static async Task<JsonObject> Refused(this Task<HttpResponseMessage> answer, params string[] places)
    {
        var problem = await answer.Problem(400);
        Assert.NotNull(problem["errors"]);
        var errors = problem["errors"]!.AsObject();
        Assert.Equal(places.Order(StringComparer.Ordinal), errors.Select(e => e.Key).Order(StringComparer.Ordinal));
        Assert.All(errors, e => Assert.NotEmpty(e.Value!.AsArray()));
        return problem;
    }

    /// <summary>Asserts a 409 that names exactly these.</summary>
    public static async Task<JsonObject> Conflicts(this Task<HttpResponseMessage> answer, params (string Kind, string Id)[] with)
    {
        var problem = await answer.Problem(409);
        Assert.Equal(
            with.Select(w => $"{Kinds.Type(w.Kind)} {w.Id}").Order(StringComparer.Ordinal),
            problem["conflictsWith"]!.AsArray().Select(w => $"{w!["type"]} {w["id"]}").Order(StringComparer.Ordinal));
        return problem;
    }
}
