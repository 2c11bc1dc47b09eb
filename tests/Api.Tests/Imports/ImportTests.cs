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

    [Fact]
    public async Task What_is_the_same_source_only_by_a_row_further_down_is_told()
    {
        var u = Requests.Unique();
        var (claim, id) = (await api.NewClaim(), Guid.NewGuid());
        Assert.Equal(
            ["1 toId: It must not be fromId.", "2 attributedToIds: A source is never attributed to itself."],
            await api.Refused(
                "",
                $$"""{"type":"derivation","fromId":"{{id}}","toId":"{{u}}:1","relation":"cites"}""",
                $$"""{"type":"corroboration","claimId":"{{claim}}","sourceId":"{{id}}","attributedToIds":["{{u}}:1"],"stance":"reports"}""",
                $$"""{"type":"source","id":"{{id}}","kind":"outlet","name":"One","externalIds":[{"system":"{{u}}","id":"1"}]}"""));
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
    public async Task An_Idempotency_Key_is_refused_not_passed_over()
    {
        var u = Requests.Unique();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports") { Content = new ByteArrayContent(Files.Bytes($$"""{"type":"claim","text":"{{u}}"}""")) };
        request.Content.Headers.ContentType = new(Files.Ndjson);
        request.Headers.Add("Idempotency-Key", u);

        var problem = await StemmaApi.Json(await api.Client.SendAsync(request, TestContext.Current.CancellationToken), 400);
        Assert.NotNull(problem["errors"]!["Idempotency-Key"]);
        Assert.Empty((await api.GetJson($"/api/v1/search?q={u}"))["items"]!.AsArray());
    }
}
