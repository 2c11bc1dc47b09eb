using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Imports;

/// <summary>What goes out comes back as it was.</summary>
public sealed class ExportTests(StemmaApi api)
{
    [Fact]
    public async Task What_an_empty_database_takes_back_is_what_another_gave()
    {
        await using var one = await OwnApi.Start("--Samples:Load=true");
        using var from = new HttpClient { BaseAddress = new Uri(one.Url) };
        Assert.Equal("480/0/0/0", Files.Counts(await StemmaApi.Json(await from.Import("", Files.Bytes(RandomFile.Lines(7, 80))), 200)));
        await Change(from);

        var given = await Export(from, "?tombstones=true");
        var living = await Export(from, "");
        Assert.True(living.Length < given.Length);

        await using var other = await OwnApi.Start();
        using var to = new HttpClient { BaseAddress = new Uri(other.Url) };
        var lastRow = given.AsSpan(0, given.Length - 1).LastIndexOf((byte)'\n') + 1;
        await StemmaApi.Json(await to.Import("?mode=restore", given[..lastRow]), 400);
        Assert.Equal("{\"type\":\"end\"}\n", System.Text.Encoding.UTF8.GetString(await Export(to, "")));
        var report = await StemmaApi.Json(await to.Import("?mode=restore", given), 200);
        Assert.Equal(given.Count(b => b == '\n') - 1, (int)report["created"]!);

        Assert.Equal(given, await Export(to, "?tombstones=true"));
        Assert.Equal(living, await Export(to, ""));
        await StemmaApi.Json(await to.Import("?mode=restore", given), 409);
        Assert.Equal($"0/0/{living.Count(b => b == '\n') - 1}/0", Files.Counts(await StemmaApi.Json(await to.Import("", living), 200)));

        while (await one.Database.DeriveAssessments(TestContext.Current.CancellationToken) | await other.Database.DeriveAssessments(TestContext.Current.CancellationToken))
        {
            // Until nothing is stale on either side.
        }

        foreach (var path in new[] { "/api/v1/claims?limit=500&sort=createdAt", "/api/v1/sources?limit=500", "/api/v1/search?q=trade" })
        {
            var (there, back) = (JsonNode.Parse(await from.GetStringAsync(path, TestContext.Current.CancellationToken))!["items"], JsonNode.Parse(await to.GetStringAsync(path, TestContext.Current.CancellationToken))!["items"]);
            Assert.Equal(there!.AsArray().Count, back!.AsArray().Count);
            Assert.True(path.Contains("search", StringComparison.Ordinal) || JsonNode.DeepEquals(there, back), path);
        }
    }

    [Fact]
    public async Task What_is_written_while_it_is_read_is_not_among_it_and_slow_readers_leave_room_for_others()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var own = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        var filler = new string('x', 9_000);
        var lines = Enumerable.Range(0, 4_000).Select(i => $$"""{"type":"claim","text":"Claim {{i}}.","context":"{{filler}}","externalIds":[{"system":"long","id":"{{i}}"}]}""");
        await StemmaApi.Json(await client.Import("", Files.Bytes(lines)), 200);
        var before = await Export(client, "");

        // More than lies between the two of them: most of it is not yet read when others write.
        using var reading = await client.GetAsync("/api/v1/exports", HttpCompletionOption.ResponseHeadersRead, cancel);
        await using var rows = await reading.Content.ReadAsStreamAsync(cancel);
        var read = new MemoryStream();
        var first = new byte[1_000];
        await rows.ReadExactlyAsync(first, cancel);
        read.Write(first);
        var last = await Find(3_999);
        (await client.PatchAsync("/api/v1/claims/" + last, new StringContent("""{"text":"Changed.","context":null}""", null, "application/merge-patch+json"), cancel)).EnsureSuccessStatusCode();
        (await client.DeleteAsync("/api/v1/claims/" + await Find(3_998), cancel)).EnsureSuccessStatusCode();
        (await client.PostAsync("/api/v1/claims", new StringContent("""{"text":"New."}""", null, "application/json"), cancel)).EnsureSuccessStatusCode();

        // A quarter of the connections, this one among them.
        var slow = new List<HttpResponseMessage>();
        while (await client.GetAsync("/api/v1/exports", HttpCompletionOption.ResponseHeadersRead, cancel) is { StatusCode: HttpStatusCode.OK } another)
        {
            slow.Add(another);
        }

        Assert.Equal(11, slow.Count);
        using var refused = await client.GetAsync("/api/v1/exports", cancel);
        await StemmaApi.Json(refused, 503);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/claims", cancel)).StatusCode);
        slow.ForEach(s => s.Dispose());
        await rows.CopyToAsync(read, cancel);

        Assert.Equal(before, read.ToArray());
        Assert.NotEqual(reading.Headers.ETag!.Tag, (await client.GetAsync("/api/v1/exports", HttpCompletionOption.ResponseHeadersRead, cancel)).Headers.ETag!.Tag);

        async Task<string> Find(int number) =>
            (string)JsonNode.Parse(await client.GetStringAsync($"/api/v1/claims?externalId=long:{number}", cancel))!["items"]![0]!["id"]!;
    }

    [Fact]
    public async Task With_one_type_the_filters_of_its_list_narrow_it()
    {
        var tag = Requests.Unique();
        var (a, b) = (await api.NewClaim(new() { ["tags"] = new JsonArray(tag), ["status"] = "draft" }), await api.NewClaim(new() { ["tags"] = new JsonArray(tag) }));

        var rows = await Rows($"?type=claim&tag={tag}");
        Assert.Equal(new[] { a, b }.Order(StringComparer.Ordinal), rows.Select(r => (string)r["id"]!));
        Assert.All(rows, r => Assert.Equal("claim", (string)r["type"]!));
        Assert.Equal([a], (await Rows($"?type=claim&tag={tag}&status=draft")).Select(r => (string)r["id"]!));
        Assert.Equal([rows[1]["id"]!.ToString()], (await Rows($"?type=claim&tag={tag}&after=claim:{rows[0]["id"]}")).Select(r => (string)r["id"]!));

        foreach (var wrong in new[] { "?type=claim&colour=red", "?tag=x", "?type=claim&status=no", "?type=claim&claimedFrom=2024&claimedFrom=2025", "?after=claim", "?type=claim&after=source:018f7f5a-0000-7000-8000-000000000201", "?type=nothing", "?type=claim&q=x", "?tombstones=yes" })
        {
            await StemmaApi.Json(await api.Get("/api/v1/exports" + wrong), 400);
        }
    }

    /// <summary>With every change anywhere, so that nobody else may be at work.</summary>
    [Fact]
    public async Task An_export_has_a_tag_that_moves_with_every_change()
    {
        await using var own = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        await StemmaApi.Json(await client.Import("", Files.Bytes("""{"type":"claim","text":"Said.","tags":["t"],"externalIds":[{"system":"s","id":"1"}]}""")), 200);
        using var before = await Export();
        var first = before.Headers.ETag!.ToString();
        var claim = (string)JsonNode.Parse((await before.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n')[0])!["id"]!;

        Assert.Equal(HttpStatusCode.NotModified, (await Export("", ("If-None-Match", first))).StatusCode);
        await StemmaApi.Json(await client.Import("", Files.Bytes("""{"type":"claim","context":"Changed.","externalIds":[{"system":"s","id":"1"}]}""")), 200);
        using var second = await Export("", ("If-None-Match", first));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.NotEqual(first, second.Headers.ETag!.ToString());
        await StemmaApi.Json(await Export($"&after=claim:{claim}", ("If-Match", first)), 412);

        Task<HttpResponseMessage> Export(string more = "", (string Name, string Value)? header = null)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/exports?type=claim&tag=t" + more);
            if (header is var (name, value))
            {
                request.Headers.Add(name, value);
            }

            return client.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A connection remembers what the answer to a statement looks like.</summary>
    [Fact]
    public async Task Other_forms_of_different_kinds_take_turns_on_one_connection()
    {
        await using var own = await OwnApi.Start("--Samples:Load=true");
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        for (var round = 0; round < 3; round++)
        {
            foreach (var query in new[] { "type=review&format=claimreview", "type=source&format=csl", "type=corroboration&format=annotations" })
            {
                using var answer = await client.GetAsync("/api/v1/exports?" + query, TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
            }
        }
    }

    [Fact]
    public async Task HEAD_answers_without_reading_the_rows()
    {
        var request = new HttpRequestMessage(HttpMethod.Head, "/api/v1/exports");
        var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(answer.Headers.ETag);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private static async Task Change(HttpClient client)
    {
        var cancel = TestContext.Current.CancellationToken;
        var claims = JsonNode.Parse(await client.GetStringAsync("/api/v1/claims?limit=2", cancel))!["items"]!.AsArray();
        foreach (var claim in claims)
        {
            using var grade = new StringContent("""{"credibility":2,"reason":"=1+1: \"seen\" by 中国."}""", null, "application/json");
            (await client.PutAsync($"/api/v1/claims/{claim!["id"]}/assessment/override", grade, cancel)).EnsureSuccessStatusCode();
        }

        var links = JsonNode.Parse(await client.GetStringAsync("/api/v1/corroborations?limit=20&sort=updatedAt", cancel))!["items"]!.AsArray();
        for (var i = 0; i < links.Count; i++)
        {
            var path = "/api/v1/corroborations/" + (string)links[i]!["id"]!;
            if (i % 2 == 0)
            {
                (await client.DeleteAsync(path, cancel)).EnsureSuccessStatusCode();
            }
            else
            {
                (await client.PatchAsync(path, new StringContent("""{"note":"Changed."}""", null, "application/merge-patch+json"), cancel)).EnsureSuccessStatusCode();
            }
        }
    }

    private static async Task<byte[]> Export(HttpClient client, string query)
    {
        using var answer = await client.GetAsync("/api/v1/exports" + query, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    private async Task<List<JsonNode>> Rows(string query)
    {
        var answer = await api.Get("/api/v1/exports" + query);
        Assert.Equal((HttpStatusCode.OK, Files.Ndjson), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        return [.. (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).Where(r => (string)r["type"]! != "end")];
    }
}
