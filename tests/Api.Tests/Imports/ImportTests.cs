using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Imports;

/// <summary>What files bring, and what is refused.</summary>
public sealed class ImportTests(StemmaApi api)
{
    [Fact]
    public async Task Rows_of_all_kinds_come_in_whatever_their_order_and_refer_to_each_other()
    {
        var u = Requests.Unique();
        string[] file =
        [
            $$"""{"type":"claim-relation","fromId":"{{u}}:c1","toId":{"system":"{{u}}","id":"c2"},"kind":"refines"}""",
            $$"""{"type":"review","claimId":"{{u}}:c1","publisherId":"{{u}}:s2","textualRating":"False"}""",
            $$"""{"type":"derivation","fromId":"{{u}}:s2","toId":"{{u}}:s1","relation":"cites"}""",
            $$"""{"type":"corroboration","claimId":"{{u}}:c1","sourceId":"{{u}}:s2","stance":"reports","attributedToIds":["{{u}}:s1"],"quote":{"exact":"{{u}} said" } }""",
            $$"""{"type":"claim","text":"First {{u}}.","claimantId":"{{u}}:s1","externalIds":[{"system":"{{u}}","id":"c1"}]}""",
            $$"""{"type":"claim","text":"Second {{u}}.","externalIds":[{"system":"{{u}}","id":"c2"}],"quantities":[{"metric":"m","comparator":"eq","value":1.50,"unit":"t"}]}""",
            $$"""{"type":"source","kind":"outlet","name":"Child {{u}}","parentId":"{{u}}:s1","externalIds":[{"system":"{{u}}","id":"s2"}]}""",
            $$"""{"type":"source","kind":"outlet","name":"Parent {{u}}","externalIds":[{"system":"{{u}}","id":"s1"}]}""",
        ];

        var report = await api.Imported("", file);
        Assert.Equal("8/0/0/0", Files.Counts(report));
        Assert.True((bool)report["written"]!);
        Assert.Equal(2, (int)report["byType"]!["claim"]!["created"]!);

        var parent = Assert.Single((await api.GetJson($"/api/v1/sources?externalId={u}:s1"))["items"]!.AsArray())!;
        var child = Assert.Single((await api.GetJson($"/api/v1/sources?externalId={u}:s2"))["items"]!.AsArray())!;
        Assert.Equal((string)parent["id"]!, (string)child["parentId"]!);
        var claim = await api.GetJson($"/api/v1/claims?externalId={u}:c1&include=corroborations");
        var first = Assert.Single(claim["items"]!.AsArray())!;
        Assert.Equal((string)parent["id"]!, (string)first["claimantId"]!);
        Assert.Equal(1, (int)first["corroborationCounts"]!["reports"]!);
        Assert.False((bool)first["assessment"]!["stale"]!);
        var link = Assert.Single(first["corroborations"]!["items"]!.AsArray())!;
        Assert.Equal([(string)parent["id"]!], link["attributedToIds"]!.AsArray().Select(a => (string)a!));
        Assert.Single((await api.GetJson($"/api/v1/search?q={u}&types=claim&limit=1"))["items"]!.AsArray());
        Assert.Single((await api.GetJson($"/api/v1/claim-relations?fromId={first["id"]}"))["items"]!.AsArray());

        Assert.Equal("0/0/8/0", Files.Counts(await api.Imported("", file)));
        Assert.Equal(1, (int)(await api.GetJson("/api/v1/claims/" + first["id"]))["version"]!);
    }

    [Fact]
    public async Task What_a_row_does_not_mention_stays()
    {
        var u = Requests.Unique();
        await api.Imported("", $$"""{"type":"claim","text":"Text {{u}}.","context":"Kept.","tags":["kept"],"externalIds":[{"system":"{{u}}","id":"1"}]}""");
        var report = await api.Imported("", $$"""{"type":"claim","status":"assessed","context":null,"externalIds":[{"system":"{{u}}","id":"1"}]}""");

        Assert.Equal("0/1/0/0", Files.Counts(report));
        var claim = (await api.GetJson($"/api/v1/claims?externalId={u}:1"))["items"]![0]!;
        Assert.Equal(("assessed", null, $"Text {u}.", 2), ((string)claim["status"]!, (string?)claim["context"], (string)claim["text"]!, (int)claim["version"]!));
        Assert.Equal(["kept"], claim["tags"]!.AsArray().Select(t => (string)t!));
    }

    [Fact]
    public async Task A_row_is_of_what_its_id_names_and_brings_a_tombstone_back()
    {
        var id = Guid.NewGuid().ToString();
        Assert.Equal("1/0/0/0", Files.Counts(await api.Imported("", $$"""{"type":"claim","id":"{{id}}","text":"One."}""")));
        Assert.Equal("0/1/0/0", Files.Counts(await api.Imported("?mode=update", $$"""{"type":"claim","id":"{{id}}","text":"Two.","version":1}""")));
        Assert.Equal(["1 version: The current version is 2; the body was built on version 1."], await api.Refused("", $$"""{"type":"claim","id":"{{id}}","text":"Three.","version":1}"""));
        Assert.Equal([$"1 : It is there already: claim {id}."], await api.Refused("?mode=create", $$"""{"type":"claim","id":"{{id}}","text":"Three."}"""));

        await api.Delete(Kinds.Claims, id);
        Assert.Equal(["1 : There is no such claim, or it is deleted; mode=update creates none."], await api.Refused("?mode=update", $$"""{"type":"claim","id":"{{id}}","text":"Three."}"""));
        Assert.Equal("1/0/0/0", Files.Counts(await api.Imported("?mode=create", $$"""{"type":"claim","id":"{{id}}","text":"Three."}""")));
        Assert.Equal(4, (await api.GetJson("/api/v1/claims/" + id)).Version());
    }

    [Fact]
    public async Task Links_without_ids_are_known_by_what_they_say()
    {
        var (claim, source) = (await api.NewClaim(), await api.NewSource());
        var link = await api.NewLink(claim, source, "reports", new() { ["note"] = "Kept." });
        var row = $$"""{"type":"corroboration","claimId":"{{claim}}","sourceId":"{{source}}","stance":"reports","credibility":2}""";

        Assert.Equal("0/1/0/0", Files.Counts(await api.Imported("", row)));
        Assert.Equal("0/0/1/0", Files.Counts(await api.Imported("?mode=update", row)));
        var stored = await api.GetJson("/api/v1/corroborations/" + link);
        Assert.Equal(("Kept.", 2, 2), ((string)stored["note"]!, (int)stored["credibility"]!, stored.Version()));
        Assert.Equal([$"1 : There is one of its like already: corroboration {link}."], await api.Refused("?mode=create", row));
    }

    [Fact]
    public async Task Every_faulty_row_is_named_and_nothing_is_written()
    {
        var u = Requests.Unique();
        var id = Guid.NewGuid();
        var faults = await api.Refused(
            "",
            $$"""{"type":"claim","text":"Good {{u}}.","externalIds":[{"system":"{{u}}","id":"1"}]}""",
            """{"type":"claim","text":"","language":"nonsense-"}""",
            "not json",
            """["an array"]""",
            """{"text":"of no type"}""",
            """{"type":"opinion","text":"of an unknown type"}""",
            """{"type":"claim","text":"x","colour":"red"}""",
            $$"""{"type":"claim","text":"x","claimantId":"{{id}}"}""",
            $$"""{"type":"claim","text":"x","claimantId":"{{u}}:nobody"}""",
            $$"""{"type":"claim","text":"Again.","externalIds":[{"system":"{{u}}","id":"1"}]}""",
            """{"type":"claim","id":"none","text":"x"}""",
            """{"type":"claim","text":1}""",
            """{"type":"claim","text":"x","deletedAt":"2024-05-16T09:30:00Z"}""",
            """{"type":"claim","text":"cut of""");

        Assert.Equal(
            [
                "2 text: It is required, and not of white space only.",
                "2 language: It must be a BCP 47 language tag (en, pt-BR, zh-Hant).",
                "3 : The row is not JSON: see byte 2.",
                "4 : The row must be a JSON object.",
                "5 type: It is required, and a string.",
                "6 type: It must be one of source, claim, corroboration, derivation, claim-relation, review.",
                "7 colour: There is no such property here.",
                $"8 claimantId: There is no source {id}, or it is deleted.",
                $"9 claimantId: There is no source {u}:nobody, here or in the file.",
                "10 externalIds: Line 1 is of the same resource.",
                "11 id: It must be a UUID.",
                "12 text: It must be a string.",
                "13 deletedAt: What is deleted comes in with mode=restore alone.",
                "14 : The row is not JSON: see byte 31.",
            ],
            faults);
        Assert.Empty((await api.GetJson($"/api/v1/claims?externalId={u}:1"))["items"]!.AsArray());
    }

    [Fact]
    public async Task With_skip_good_rows_are_written_and_what_refers_to_faulty_ones_is_not()
    {
        var u = Requests.Unique();
        var answer = await api.Imported(
            "?onError=skip",
            $$"""{"type":"source","kind":"outlet","name":"Good {{u}}","externalIds":[{"system":"{{u}}","id":"good"}]}""",
            $$"""{"type":"source","kind":"no-kind","name":"Bad","externalIds":[{"system":"{{u}}","id":"bad"}]}""",
            $$"""{"type":"source","kind":"outlet","name":"Child of bad","parentId":"{{u}}:bad","externalIds":[{"system":"{{u}}","id":"child"}]}""",
            $$"""{"type":"source","kind":"outlet","name":"Grandchild","parentId":"{{u}}:child","externalIds":[{"system":"{{u}}","id":"grandchild"}]}""",
            $$"""{"type":"claim","text":"Of the grandchild {{u}}.","claimantId":"{{u}}:grandchild"}""",
            $$"""{"type":"claim","text":"Of the good {{u}}.","claimantId":"{{u}}:good"}""");

        Assert.Equal("2/0/0/4", Files.Counts(answer));
        Assert.Equal([2, 3, 4, 5], answer["faults"]!.AsArray().Select(f => (int)f!["line"]!));
        Assert.Equal(4, (long)answer["faultCount"]!);
        Assert.Single((await api.GetJson($"/api/v1/search?q={u}&types=claim"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_and_takes_it_back()
    {
        var u = Requests.Unique();
        var report = await api.Imported("?dryRun=true", $$"""{"type":"claim","text":"Dry {{u}}.","externalIds":[{"system":"{{u}}","id":"1"}]}""");

        Assert.Equal("1/0/0/0", Files.Counts(report));
        Assert.False((bool)report["written"]!);
        Assert.Empty((await api.GetJson($"/api/v1/claims?externalId={u}:1"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_circle_of_parents_in_the_file_is_told()
    {
        var (a, b) = (Guid.NewGuid(), Guid.NewGuid());
        var stored = await api.NewSource();
        var faults = await api.Refused(
            "?onError=abort",
            $$"""{"type":"source","id":"{{a}}","kind":"outlet","name":"A","parentId":"{{b}}"}""",
            $$"""{"type":"source","id":"{{b}}","kind":"outlet","name":"B","ownerId":"{{stored}}"}""",
            $$"""{"type":"source","id":"{{stored}}","parentId":"{{a}}"}""");

        Assert.Equal([1, 2, 3], faults.Select(f => f[0] - '0'));
        Assert.All(faults, f => Assert.Contains("would close a cycle", f, StringComparison.Ordinal));
        Assert.Contains("to itself", Assert.Single(await api.Refused("", $$"""{"type":"source","id":"{{a}}","kind":"outlet","name":"A","parentId":"{{a}}"}""")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_the_same_twice_in_a_file_is_told()
    {
        var u = Requests.Unique();
        var (claim, source) = (await api.NewClaim(), await api.NewSource(new() { ["externalIds"] = new JsonArray(new JsonObject { ["system"] = u, ["id"] = "1" }) }));
        var link = $$"""{"type":"corroboration","claimId":"{{claim}}","sourceId":"{{source}}","stance":"reports"}""";
        Assert.Equal(["2 : Line 1 says the same: of its like there is one."], await api.Refused("", link, link));

        var derived = await api.NewSource();
        Assert.Equal(
            ["2 : Line 1 says the same: of its like there is one."],
            await api.Refused(
                "",
                $$"""{"type":"derivation","fromId":"{{source}}","toId":"{{derived}}","relation":"same-wire"}""",
                $$"""{"type":"derivation","fromId":"{{derived}}","toId":"{{u}}:1","relation":"same-wire"}"""));
        Assert.Equal(
            ["1 toId: A source does not repeat itself: it must not be fromId."],
            await api.Refused("", $$"""{"type":"derivation","fromId":"{{source}}","toId":"{{u}}:1","relation":"cites"}"""));
    }

    /// <summary>A faulty row further down does not make the first one doubtful, nor what refers to it.</summary>
    [Fact]
    public async Task What_was_known_stays_known_whatever_rows_claim_to_be_it()
    {
        var u = Requests.Unique();
        string[] others = [.. Enumerable.Range(0, 2_000).Select(i => $$"""{"type":"source","kind":"outlet","name":"Other {{i}}"}""")];
        string Source(string kind, string name) => $$"""{"type":"source","kind":"{{kind}}","name":"{{name}}","externalIds":[{"system":"{{u}}","id":"1"}]}""";
        var report = await api.Imported(
            "?onError=skip&dryRun=true",
            [
                Source("person", "First"), .. others, Source("no-kind", "Bad"), .. others, Source("person", "Third"), .. others,
                $$"""{"type":"claim","text":"Said.","claimantId":"{{u}}:1"}""",
            ]);
        Assert.Equal("6002/0/0/2", Files.Counts(report));
    }

    [Fact]
    public async Task What_refers_by_an_id_that_its_row_was_refused_is_refused_as_well()
    {
        var u = Requests.Unique();
        await api.NewSource(new() { ["externalIds"] = new JsonArray(new JsonObject { ["system"] = u, ["id"] = "taken" }) });
        var source = await api.NewSource();
        string[] lines =
        [
            $$"""{"type":"source","id":"{{source}}","externalIds":[{"system":"{{u}}","id":"1"},{"system":"{{u}}","id":"taken"}]}""",
            $$"""{"type":"source","kind":"outlet","name":"Below","parentId":"{{u}}:1","externalIds":[{"system":"{{u}}","id":"2"}]}""",
            $$"""{"type":"claim","text":"Said {{u}}.","claimantId":"{{u}}:2"}""",
        ];
        foreach (var order in new[] { lines, [.. lines.Reverse()] })
        {
            var report = await api.Imported("?onError=skip", order);
            Assert.Equal("0/0/0/3", Files.Counts(report));
            Assert.Equal(
                [$"There is no source {u}:1, here or in the file.", $"There is no source {u}:2, here or in the file."],
                report["faults"]!.AsArray().Select(f => (string)f!["message"]!).Where(m => m.StartsWith("There", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task All_that_hangs_by_a_faulty_row_is_told_however_long_the_chain()
    {
        var u = Requests.Unique();
        var chain = Enumerable.Range(1, 3_000)
            .Select(i => $$"""{"type":"source","kind":"outlet","name":"Link {{i}}","parentId":"{{u}}:{{i - 1}}","externalIds":[{"system":"{{u}}","id":"{{i}}"}]}""");
        var report = await api.Imported("?onError=skip", [$$"""{"type":"source","kind":"none","name":"x","externalIds":[{"system":"{{u}}","id":"0"}]}""", .. chain, $$"""{"type":"claim","text":"Said {{u}}.","claimantId":"{{u}}:3000"}"""]);

        Assert.Equal(("0/0/0/3002", 3_002), (Files.Counts(report), (int)report["faultCount"]!));
        Assert.Equal($"3 parentId: There is no source {u}:1, here or in the file.", Files.Faults(report)[2]);
    }

    [Fact]
    public async Task Rows_that_exchange_what_tells_them_apart_are_told_so()
    {
        var (claim, a, b) = (await api.NewClaim(), await api.NewSource(), await api.NewSource());
        var (one, other) = (await Link(a), await Link(b));
        Assert.Equal(
            [
                $"1 : What is to be like it still is corroboration {other}, which this file changes too: import that change first.",
                $"2 : What is to be like it still is corroboration {one}, which this file changes too: import that change first.",
            ],
            await api.Refused("", $$"""{"type":"corroboration","id":"{{one}}","sourceId":"{{b}}"}""", $$"""{"type":"corroboration","id":"{{other}}","sourceId":"{{a}}"}"""));

        async Task<string> Link(string source)
        {
            var id = Guid.NewGuid().ToString();
            await api.Imported("", $$"""{"type":"corroboration","id":"{{id}}","claimId":"{{claim}}","sourceId":"{{source}}","stance":"supports"}""");
            return id;
        }
    }

    /// <summary>In one batch, and in two.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2_000)]
    public async Task What_is_the_same_source_only_by_a_row_further_down_is_told(int between)
    {
        var u = Requests.Unique();
        string[] others = [.. Enumerable.Range(0, between).Select(i => $$"""{"type":"source","kind":"outlet","name":"Other {{i}}"}""")];
        var (claim, id) = (await api.NewClaim(), Guid.NewGuid());
        Assert.Equal(
            ["1 toId: A source does not repeat itself: it must not be fromId.", "2 attributedToIds: A source is never attributed to itself."],
            await api.Refused(
                "",
                [
                    $$"""{"type":"derivation","fromId":"{{id}}","toId":"{{u}}:1","relation":"cites"}""",
                    $$"""{"type":"corroboration","claimId":"{{claim}}","sourceId":"{{id}}","attributedToIds":["{{u}}:1"],"stance":"reports"}""",
                    .. others,
                    $$"""{"type":"source","id":"{{id}}","kind":"outlet","name":"One","externalIds":[{"system":"{{u}}","id":"1"}]}""",
                ]));
    }

    /// <summary>The first good row of a resource is it; what refers to it may stand before it, behind it, or between it and a faulty one. In one batch, and in several.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2_000)]
    public async Task What_a_faulty_row_was_to_be_a_good_one_may_be(int between)
    {
        var u = Requests.Unique();
        string[] others = [.. Enumerable.Range(0, between).Select(i => $$"""{"type":"source","kind":"outlet","name":"Other {{i}}","tags":["{{u}}"]}""")];
        string Claim(int n) => $$"""{"type":"claim","text":"Claim {{n}} {{u}}.","claimantId":"{{u}}:1","externalIds":[{"system":"{{u}}","id":"{{n}}"}]}""";
        string Source(string kind, string name) => $$"""{"type":"source","kind":"{{kind}}","name":"{{name}}","externalIds":[{"system":"{{u}}","id":"1"}]}""";
        string Link(int n) => $$"""{"type":"corroboration","claimId":"{{u}}:{{n}}","sourceId":"{{u}}:1","attributedToIds":["{{u}}:2"],"stance":"reports"}""";
        var report = await api.Imported(
            "?onError=skip",
            [
                Claim(1), .. others, Source("no-kind", "Bad"), Claim(2), .. others, Source("person", "Good"), Claim(3), .. others, Source("person", "Again"),
                Link(1), Link(2), .. others, Link(3), """{"type":"source","kind":"person","name":"Last","externalIds":[{"system":"UNIQUE","id":"2"}]}""".Replace("UNIQUE", u, StringComparison.Ordinal),
            ]);

        Assert.Equal(
            [
                $"{2 + between} kind: It must be one of outlet, document, person, organization, government, dataset, account, anonymous.",
                $"{6 + (3 * between)} externalIds: Line {4 + (2 * between)} is of the same resource.",
            ],
            Files.Faults(report));
        Assert.Equal($"{8 + (4 * between)}/0/0/2", Files.Counts(report));
        foreach (var n in new[] { 1, 2, 3 })
        {
            var claim = (await api.GetJson($"/api/v1/claims?externalId={u}:{n}&include=claimant,corroborations"))["items"]![0]!;
            Assert.Equal("Good", (string)claim["claimant"]!["name"]!);
            var link = Assert.Single(claim["corroborations"]!["items"]!.AsArray())!;
            Assert.Equal(((string)claim["claimantId"]!, 1), ((string)link["sourceId"]!, link["attributedToIds"]!.AsArray().Count));
        }
    }

    [Fact]
    public async Task Another_s_external_id_is_told()
    {
        var u = Requests.Unique();
        var owner = await api.NewClaim(new() { ["externalIds"] = new JsonArray(new JsonObject { ["system"] = u, ["id"] = "1" }) });
        var other = Guid.NewGuid();
        Assert.Equal(
            [$"1 externalIds: Another claim has one of them: {owner}."],
            await api.Refused("", $$"""{"type":"claim","id":"{{other}}","text":"x","externalIds":[{"system":"{{u}}","id":"1"}]}"""));
    }

    [Fact]
    public async Task All_faults_are_the_answer_where_they_are_asked_for()
    {
        var answer = await api.Client.Import("", Files.Bytes(Enumerable.Repeat("""{"type":"claim","text":""}""", 2_345)), accept: Files.Ndjson);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(Files.Ndjson, answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(1, 2_345), lines.Select(l => (int)JsonNode.Parse(l)!["line"]!));

        var told = await StemmaApi.Json(await api.Client.Import("", Files.Bytes(Enumerable.Repeat("""{"type":"claim","text":""}""", 2_345))), 400);
        Assert.Equal((100, 2_345), (told["faults"]!.AsArray().Count, (int)told["faultCount"]!));
    }

    [Fact]
    public async Task Two_importers_of_one_file_make_its_rows_once()
    {
        var u = Requests.Unique();
        var file = Files.Bytes(Enumerable.Range(0, 300).Select(i => $$"""{"type":"claim","text":"Claim {{i}} {{u}}.","externalIds":[{"system":"{{u}}","id":"{{i}}"}]}"""));

        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => Files.Counts(await StemmaApi.Json(await api.Client.Import("", file), 200))));

        Assert.Equal(["0/0/300/0", "0/0/300/0", "0/0/300/0", "300/0/0/0"], reports.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_without_ids_is_imported_once_however_often_it_is_sent_under_one_key()
    {
        var (u, key) = (Requests.Unique(), Guid.NewGuid().ToString());
        string[] lines = [.. Enumerable.Range(0, 5).Select(i => $$"""{"type":"claim","text":"Claim {{i}} of {{u}}.","tags":["{{u}}"]}""")];
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Keyed(key, "", lines)));

        var reports = await Task.WhenAll(answers.Select(a => StemmaApi.Json(a, 200)));
        Assert.All(reports, r => Assert.Equal("5/0/0/0", Files.Counts(r)));
        Assert.Single(answers, a => !a.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(5, (await api.GetJson($"/api/v1/claims?tag={u}"))["items"]!.AsArray().Count);

        await StemmaApi.Json(await Keyed(key, "", lines[1..]), 422);
        await StemmaApi.Json(await Keyed(key, "?dryRun=true", lines), 422);
        Assert.NotNull((await StemmaApi.Json(await Keyed("no key", "", lines), 400))["errors"]!["Idempotency-Key"]);
        Assert.Equal(5, (await api.GetJson($"/api/v1/claims?tag={u}"))["items"]!.AsArray().Count);
    }

    /// <summary>What failed is answered as ever, and tried anew.</summary>
    [Fact]
    public async Task Under_a_key_failures_are_not_kept()
    {
        var (u, key) = (Requests.Unique(), Guid.NewGuid().ToString());
        var line = $$"""{"type":"claim","text":"Said by somebody {{u}}.","claimantId":"{{u}}:somebody","tags":["{{u}}"]}""";
        var first = await Keyed(key, "", line);
        Assert.Equal([$"1 claimantId: There is no source {u}:somebody, here or in the file."], Files.Faults(await StemmaApi.Json(first, 400)));

        using var told = await Keyed(key, "", [line], Files.Ndjson);
        Assert.Equal(HttpStatusCode.BadRequest, told.StatusCode);
        Assert.StartsWith(
            """{"line":1,"type":"claim","path":"claimantId",""", await told.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var broken = await StemmaApi.Json(await Keyed(Guid.NewGuid().ToString(), "?mode=restore", [line, """{"type":"end"}"""], null), 409);
        Assert.NotNull(broken["detail"]);

        await api.Imported("", $$"""{"type":"source","kind":"person","name":"Somebody","externalIds":[{"system":"{{u}}","id":"somebody"}]}""");
        var then = await Keyed(key, "", line);
        Assert.Equal("1/0/0/0", Files.Counts(await StemmaApi.Json(then, 200)));
        Assert.False(then.Headers.Contains("Idempotency-Replayed"));
        Assert.True((await Keyed(key, "", line)).Headers.Contains("Idempotency-Replayed"));
        Assert.Single((await api.GetJson($"/api/v1/claims?tag={u}"))["items"]!.AsArray());
    }

    private Task<HttpResponseMessage> Keyed(string key, string query, params string[] lines) => Keyed(key, query, lines, null);

    private Task<HttpResponseMessage> Keyed(string key, string query, string[] lines, string? accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports" + query) { Content = new ByteArrayContent(Files.Bytes(lines)) };
        request.Content.Headers.ContentType = new(Files.Ndjson);
        request.Headers.Add("Idempotency-Key", key);
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        return api.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
