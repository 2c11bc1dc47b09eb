using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Stemma.Api.Tests.Imports;
using Xunit;

namespace Stemma.Api.Tests.Exchange;

/// <summary>Citations of documents come in and go out as citation managers write them.</summary>
public sealed class CslTests(StemmaApi api)
{
    private const string Csl = "application/vnd.citationstyles.csl+json";

    [Fact]
    public async Task Items_become_documents_and_come_out_as_they_came()
    {
        var w = Requests.Unique();
        var items = new JsonArray(
            new JsonObject
            {
                ["id"] = $"http://zotero.org/users/1/items/{w}",
                ["type"] = "article-journal",
                ["title"] = $"Über {w}",
                ["container-title"] = "Nature",
                ["DOI"] = $"10.1000/{w}",
                ["language"] = "de",
                ["URL"] = $"https://example.org/{w}",
                ["author"] = new JsonArray(new JsonObject { ["family"] = "Smith", ["given"] = "J." }),
                ["issued"] = new JsonObject { ["date-parts"] = new JsonArray(new JsonArray(2024, 5)) },
                ["accessed"] = new JsonObject { ["date-parts"] = new JsonArray(new JsonArray("2024", "05", "17")) },
            },
            new JsonObject { ["id"] = "smith2020", ["type"] = "book", ["title"] = $"Book of {w}", ["ISBN"] = "0-306-40615-2", ["issued"] = new JsonObject { ["date-parts"] = new JsonArray(new JsonArray(2020)) } },
            new JsonObject { ["id"] = 3, ["type"] = "chapter", ["title"] = $"Chapter of {w}", ["ISBN"] = "9780306406157", ["PMID"] = "31415926", ["extra"] = new JsonObject { ["deep"] = new JsonArray(1.50, true) } });

        await using var own = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        var report = await StemmaApi.Json(await Send(client, items.ToJsonString()), 200);
        Assert.Equal("3/0/0/0", Files.Counts(report));
        Assert.Equal(["accessed"], report["warnings"]!.AsArray().Select(x => (string)x!["path"]!));
        Assert.Equal("0/0/3/0", Files.Counts(await StemmaApi.Json(await Send(client, items.ToJsonString()), 200)));

        var cancel = TestContext.Current.CancellationToken;
        var found = JsonNode.Parse(await client.GetStringAsync("/api/v1/sources?sort=createdAt", cancel))!["items"]!.AsArray();
        var first = found.Single(s => (string)s!["name"]! == $"Über {w}")!;
        Assert.Equal(
            ("document", "2024-05", "2024-05-17T00:00:00Z", "de", $"https://example.org/{w}"),
            ((string)first["kind"]!, (string)first["publishedAt"]!, (string)first["accessedAt"]!, (string)first["language"]!, (string)first["url"]!));
        Assert.Equal([$"doi:10.1000/{w}", $"csl:http://zotero.org/users/1/items/{w}"], Ids(first));
        Assert.StartsWith("isbn:9780306406157 csl:smith2020 ", string.Join(' ', Ids(found.Single(s => (string)s!["name"]! == $"Book of {w}")!)), StringComparison.Ordinal);

        // A chapter has not its book's number.
        Assert.DoesNotContain(Ids(found.Single(s => (string)s!["name"]! == $"Chapter of {w}")!), i => i.StartsWith("isbn:", StringComparison.Ordinal));

        await client.PostAsync("/api/v1/sources", new StringContent("""{"kind": "outlet", "name": "Not a document"}""", Encoding.UTF8, "application/json"), cancel);
        using var exported = await client.GetAsync("/api/v1/exports?type=source&format=csl", cancel);
        Assert.Equal(Csl, exported.Content.Headers.ContentType!.ToString());
        var given = JsonNode.Parse(await exported.Content.ReadAsStringAsync(cancel))!.AsArray();
        Assert.Equal(3, given.Count);
        Assert.All(items, item => Assert.Contains(given, g => JsonNode.DeepEquals(item, g)));

        // What went out comes back as what it is.
        Assert.Equal("0/0/3/0", Files.Counts(await StemmaApi.Json(await Send(client, given.ToJsonString()), 200)));
    }

    [Fact]
    public async Task Documents_that_were_entered_by_hand_are_known_again()
    {
        await using var own = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        string[] documents =
        [
            """{"type": "source", "kind": "document", "name": "Nothing but a name"}""",
            """{"type": "source", "kind": "document", "name": "More of it", "url": "https://example.org/r", "publishedAt": "2024-05-16T10:00:00Z", "accessedAt": "2024-05-17T23:00:00Z", "language": "en", "tags": ["t"]}""",
            """{"type": "source", "kind": "document", "name": "Numbered", "externalIds": [{"system": "doi", "id": "10.1/ABC"}, {"system": "pmid", "id": "7"}, {"system": "isbn", "id": "no isbn"}]}""",
            """{"type": "source", "kind": "document", "name": "Cited", "citation": {"type": "book", "title": "Cited otherwise", "note": "n"}}""",
        ];
        Assert.Equal("4/0/0/0", Files.Counts(await StemmaApi.Json(await client.Import("", Files.Bytes(documents)), 200)));

        var cancel = TestContext.Current.CancellationToken;
        var library = JsonNode.Parse(await client.GetStringAsync("/api/v1/exports?type=source&format=csl", cancel))!.AsArray();
        Assert.All(library, item => Assert.StartsWith("urn:uuid:", (string)item!["id"]!, StringComparison.Ordinal));
        var whole = await client.GetStringAsync("/api/v1/exports", cancel);
        var again = await StemmaApi.Json(await Send(client, library.ToJsonString()), 200);
        Assert.Equal(("0/0/4/0", 0), (Files.Counts(again), (int)again["warningCount"]!));
        Assert.Equal(whole, await client.GetStringAsync("/api/v1/exports", cancel));

        // What was mended in the library is taken over, and nothing else becomes less exact by it.
        var more = library.Single(item => (string)item!["title"]! == "More of it")!;
        more["title"] = "Most of it";
        more["author"] = new JsonArray(new JsonObject { ["family"] = "Smith" });
        Assert.Equal("0/1/3/0", Files.Counts(await StemmaApi.Json(await Send(client, library.ToJsonString()), 200)));
        var mended = await StemmaApi.Json(await client.GetAsync("/api/v1/sources/" + ((string)more["id"]!)["urn:uuid:".Length..], cancel), 200);
        Assert.Equal(
            ("Most of it", "2024-05-16T10:00:00Z", "2024-05-17T23:00:00Z", 0, "Smith"),
            ((string)mended["name"]!, (string)mended["publishedAt"]!, (string)mended["accessedAt"]!, mended["externalIds"]!.AsArray().Count, (string)mended["citation"]!["author"]![0]!["family"]!));
        Assert.Equal("0/0/4/0", Files.Counts(await StemmaApi.Json(await Send(client, await client.GetStringAsync("/api/v1/exports?type=source&format=csl", cancel)), 200)));

        // In another database they are new, and then known by their ids here.
        await using var other = await OwnApi.Start();
        using var there = new HttpClient { BaseAddress = new Uri(other.Url) };
        Assert.Equal("4/0/0/0", Files.Counts(await StemmaApi.Json(await Send(there, library.ToJsonString()), 200)));
        Assert.Equal("0/0/4/0", Files.Counts(await StemmaApi.Json(await Send(there, library.ToJsonString()), 200)));
        Assert.Equal("0/0/4/0", Files.Counts(await StemmaApi.Json(await Send(there, await there.GetStringAsync("/api/v1/exports?type=source&format=csl", cancel)), 200)));
    }

    [Fact]
    public async Task What_a_citation_lacks_is_filled_in()
    {
        var bare = await api.NewSource(new JsonObject
        {
            ["kind"] = "document",
            ["name"] = "A report",
            ["url"] = "https://example.org/r",
            ["publishedAt"] = "2024-05-16",
            ["accessedAt"] = "2024-05-17T23:00:00Z",
            ["language"] = "en",
            ["externalIds"] = new JsonArray(new JsonObject { ["system"] = "pmid", ["id"] = Requests.Unique() }),
        });
        var item = await StemmaApi.Json(await Get(bare, Csl), 200);
        Assert.Equal(("urn:uuid:" + bare, "document", "A report", "https://example.org/r", "en"), ((string)item["id"]!, (string)item["type"]!, (string)item["title"]!, (string)item["URL"]!, (string)item["language"]!));
        Assert.Equal("[[2024,5,16]] [[2024,5,17]]", $"{item["issued"]!["date-parts"]!.ToJsonString()} {item["accessed"]!["date-parts"]!.ToJsonString()}");
        Assert.NotNull(item["PMID"]);

        var cited = await api.NewSource(new JsonObject { ["kind"] = "document", ["name"] = "Own name", ["publishedAt"] = "2023", ["citation"] = new JsonObject { ["title"] = "Its title", ["type"] = "report" } });
        var whole = await StemmaApi.Json(await Get(cited, Csl), 200);
        Assert.Equal(("Its title", "report", "[[2023]]"), ((string)whole["title"]!, (string)whole["type"]!, whole["issued"]!["date-parts"]!.ToJsonString()));
    }

    [Fact]
    public async Task Documents_alone_are_to_be_had_so()
    {
        var (outlet, document) = (await api.NewSource(), await api.NewSource(new JsonObject { ["kind"] = "document" }));
        await Get(outlet, Csl).Problem(406);
        await Get(document, "text/html").Problem(406);
        Assert.Equal("application/json", (await Get(outlet, Csl + ", */*;q=0.1")).Content.Headers.ContentType!.MediaType);

        var item = await Get(document, Csl);
        Assert.Equal(Csl, item.Content.Headers.ContentType!.ToString());
        Assert.Contains("Accept", item.Headers.Vary);
        Assert.NotEqual(item.Headers.ETag, (await Get(document, "application/json")).Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, (await api.Get("/api/v1/sources/" + document, ("Accept", Csl), ("If-None-Match", item.Headers.ETag!.ToString()))).StatusCode);
        await api.Get("/api/v1/exports?type=claim&format=csl").Refused("type");
    }

    [Theory]
    [InlineData("""{"date-parts": [[2024, 5, 16]]}""", "2024-05-16", 0)]
    [InlineData("""{"date-parts": [["2024", "5"]]}""", "2024-05", 0)]
    [InlineData("""{"date-parts": [[2024]]}""", "2024", 0)]
    [InlineData("""{"date-parts": [[987]]}""", "0987", 0)]
    [InlineData("""{"date-parts": [[2024, 5, 16], [2024, 5, 18]]}""", "2024-05-16", 1)]
    [InlineData("""{"date-parts": [[2024, 13]]}""", "2024", 1)]
    [InlineData("""{"date-parts": [[2024, 2, 30]]}""", "2024-02", 1)]
    [InlineData("""{"date-parts": [[2024, ""]]}""", "2024", 1)]
    [InlineData("""{"date-parts": [[2024]], "circa": true, "season": "2"}""", "2024", 2)]
    [InlineData("""{"date-parts": [[-44, 3, 15]]}""", null, 1)]
    [InlineData("""{"date-parts": [[]]}""", null, 1)]
    [InlineData("""{"date-parts": [2024]}""", null, 1)]
    [InlineData("""{"date-parts": []}""", null, 1)]
    [InlineData("""{"raw": "2024-05-16"}""", "2024-05-16", 0)]
    [InlineData("""{"raw": "May 2024"}""", "2024-05", 1)]
    [InlineData("""{"literal": "16 May 2024"}""", "2024-05-16", 1)]
    [InlineData("""{"literal": "2024/5/6"}""", "2024-05-06", 1)]
    [InlineData("""{"literal": "in antiquity"}""", null, 1)]
    [InlineData("\"2024-05\"", "2024-05", 0)]
    [InlineData("2024", null, 1)]
    [InlineData("null", null, 1)]
    [InlineData("{}", null, 1)]
    public async Task Dates_are_read_and_what_is_guessed_is_told(string issued, string? published, int warnings)
    {
        var w = Requests.Unique();
        var report = await StemmaApi.Json(await Send(api.Client, $$$"""{"id": "urn:x:{{{w}}}", "type": "report", "title": "{{{w}}}", "issued": {{{issued}}} }"""), 200);
        Assert.Equal(warnings, (int)report["warningCount"]!);
        Assert.Equal(published, (string?)(await One(w))["publishedAt"]);
    }

    [Fact]
    public async Task Numbers_are_known_however_they_are_written()
    {
        var w = Requests.Unique();
        var report = await StemmaApi.Json(
            await Send(api.Client, $$"""
            [{"id": "urn:a:{{w}}", "type": "article", "title": "{{w}}", "DOI": "https://doi.org/10.1/{{w.ToUpperInvariant()}}", "URL": "nowhere", "language": "English, I think"},
             {"id": "urn:b:{{w}}", "type": "article", "title": "{{w}} again", "DOI": "DOI: 10.1/{{w}}"}]
            """, "?onError=skip"),
            200);

        // One document under two ids: the second row of it is a fault.
        Assert.Equal("1/0/0/1", Files.Counts(report));
        Assert.Equal(["URL", "language"], report["warnings"]!.AsArray().Select(x => (string)x!["path"]!).Order(StringComparer.Ordinal));
        Assert.Equal([$"doi:10.1/{w}", $"csl:urn:a:{w}"], Ids(await One(w)));
    }

    [Fact]
    public async Task A_key_of_one_library_is_not_that_of_another()
    {
        var w = Requests.Unique();
        Assert.Equal("1/0/0/0", Files.Counts(await StemmaApi.Json(await Send(api.Client, $$"""{"id": "{{w}}", "type": "report", "title": "One {{w}}"}"""), 200)));
        Assert.Equal("1/0/0/0", Files.Counts(await StemmaApi.Json(await Send(api.Client, $$"""{"id": "{{w}}", "type": "report", "title": "Two {{w}}"}"""), 200)));
        Assert.Equal("0/1/0/0", Files.Counts(await StemmaApi.Json(await Send(api.Client, $$"""{"id": "{{w}}", "type": "report", "title": "Two {{w}}", "note": "x"}"""), 200)));
    }

    [Theory]
    [InlineData("", 1, "1 : The file is not JSON")]
    [InlineData("[]", 0, "")]
    [InlineData("[1, \"x\", null]", 3, "1 : It must be a CSL-JSON item, a JSON object.")]
    [InlineData("[{}]", 1, "1 name: It is required, and not of white space only.")]
    [InlineData("[\n\n{\"title\": \"x\",}]", 1, "3 : The file is not JSON: see line 3")]
    [InlineData("[\n{\"id\": \"a\\ud800\", \"title\": \"x\"}]", 1, "2 : It must be well-formed Unicode: half of a surrogate pair stands alone.")]
    [InlineData("[{\"title\": \"a\\u0000b\"}]", 1, "1 ")]
    [InlineData("{\"title\": \"x\", \"title\": \"y\"}", 1, "1 : A member is given twice.")]
    [InlineData("{\"title\": \"x\"} {\"title\": \"y\"}", 1, "1 : The file is not JSON")]
    public async Task What_is_wrong_is_told_by_its_line(string file, int faults, string first)
    {
        ArgumentNullException.ThrowIfNull(first);
        var answer = await Send(api.Client, file, "?dryRun=true");
        var report = await StemmaApi.Json(answer, answer.StatusCode == HttpStatusCode.OK ? 200 : 400);
        Assert.Equal(faults, (int)report["faultCount"]!);
        Assert.StartsWith(first, Files.Faults(report).FirstOrDefault() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_bounded()
    {
        var deep = new string('[', 100_000);
        Assert.Contains("nested deeper", Files.Faults(await StemmaApi.Json(await Send(api.Client, $$$"""[{"title": "x", "deep": {{{deep}}} }]"""), 400))[0], StringComparison.Ordinal);
        foreach (var query in new[] { "", "?onError=skip" })
        {
            var problem = await Send(api.Client, "[" + new string(' ', 33 * 1024 * 1024) + "]", query).Problem(413);
            Assert.Contains("longer than 33554432 bytes", (string)problem["detail"]!, StringComparison.Ordinal);
        }

        Assert.Contains("1 citation", Files.Faults(await StemmaApi.Json(await Send(api.Client, $$"""[{"title": "x", "abstract": "{{new string('y', 60_000)}}"}]"""), 400))[0], StringComparison.Ordinal);
        Assert.Contains("not UTF-8", Files.Faults(await StemmaApi.Json(await api.Client.Import("", [(byte)'[', 0xFF, (byte)']'], Csl), 400))[0], StringComparison.Ordinal);

        var w = Requests.Unique();
        var report = await StemmaApi.Json(await Send(api.Client, $$"""[{"id": "urn:{{w}}", "title": "{{w}} {{string.Concat(Enumerable.Repeat("😀", 600))}}"}]"""), 200);
        Assert.Equal("title", (string)report["warnings"]![0]!["path"]!);

        // Characters are counted, and not their halves.
        var name = $"Smile {w} {string.Concat(Enumerable.Repeat("😀", 300))}";
        report = await StemmaApi.Json(await Send(api.Client, $$"""[{"id": "urn:smile:{{w}}", "title": "{{name}}"}]"""), 200);
        Assert.Empty(report["warnings"]!.AsArray());
        Assert.Equal(name, (string)(await One(Uri.EscapeDataString(name)))["name"]!);
    }

    private static Task<HttpResponseMessage> Send(HttpClient client, string file, string query = "") => client.Import(query, Encoding.UTF8.GetBytes(file), Csl);

    private static string[] Ids(JsonNode source) => [.. source["externalIds"]!.AsArray().Select(x => $"{x!["system"]}:{x["id"]}")];

    private async Task<JsonObject> One(string name) =>
        Assert.Single((await api.GetJson("/api/v1/sources?name=" + name))["items"]!.AsArray())!.AsObject();

    private Task<HttpResponseMessage> Get(string source, string accept) => api.Get("/api/v1/sources/" + source, ("Accept", accept));
}
