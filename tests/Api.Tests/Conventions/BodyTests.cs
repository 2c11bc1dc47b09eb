using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Conventions;

/// <summary>What bodies may and may not hold.</summary>
public sealed class BodyTests(StemmaApi api)
{
    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task What_is_posted_is_given_back_and_found_again(string kind)
    {
        var body = await api.FullBody(kind);

        var created = await api.Post(kind, body);
        var answer = await StemmaApi.Json(created, 201);

        foreach (var (name, value) in body)
        {
            AssertHolds(value!, answer[name], name);
        }

        Assert.Equal(created.Headers.Location!.ToString(), Kinds.Path(kind, answer.Id()));
        Assert.True(JsonNode.DeepEquals(answer, await api.GetJson(Kinds.Path(kind, answer.Id()))));
        Assert.Equal(1, answer.Version());
        Assert.Equal(("local", "local"), ((string)answer["createdBy"]!, (string)answer["updatedBy"]!));
        Assert.Equal((string)answer["createdAt"]!, (string)answer["updatedAt"]!);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$", (string)answer["createdAt"]!);
    }

    [Theory]
    [InlineData(Kinds.Sources, """{"reliability":"F","aliases":[],"url":null,"archiveUrl":null,"description":null,"country":null,"language":null,"parentId":null,"ownerId":null,"reliabilityBasis":null,"publishedAt":null,"accessedAt":null,"contentHash":null,"citation":null,"tags":[],"externalIds":[]}""")]
    [InlineData(Kinds.Claims, """{"context":null,"language":"en","kind":"factual","status":"open","claimantId":null,"claimedAt":null,"eventFrom":null,"eventTo":null,"place":null,"firstAppearanceUrl":null,"appearanceUrls":[],"quantities":[],"plausible":null,"corroborationCounts":{"supports":0,"contradicts":0,"reports":0,"denies":0,"mentions":0},"assessment":{"credibility":6,"min":0,"max":0,"circular":false,"stale":false},"tags":[],"externalIds":[]}""")]
    [InlineData(Kinds.Corroborations, """{"directness":"unknown","attributedToIds":[],"citedInId":null,"attribution":null,"interest":"unknown","quote":null,"locator":null,"url":null,"archiveUrl":null,"publishedAt":null,"accessedAt":null,"credibility":6,"note":null,"tags":[],"externalIds":[]}""")]
    [InlineData(Kinds.Derivations, """{"basis":"declared","note":null,"tags":[],"externalIds":[]}""")]
    [InlineData(Kinds.ClaimRelations, """{"scopeDifference":"none","note":null,"tags":[],"externalIds":[]}""")]
    public async Task What_is_left_out_or_null_takes_its_default(string kind, string defaults)
    {
        var expected = JsonNode.Parse(defaults)!.AsObject();
        var least = await api.Create(kind);
        var nulls = new JsonObject { ["id"] = null, ["version"] = null };
        foreach (var (name, _) in expected.Where(d => d.Key is not ("corroborationCounts" or "assessment")))
        {
            nulls[name] = null;
        }

        foreach (var answer in new[] { least, await api.Create(kind, nulls) })
        {
            foreach (var (name, value) in expected)
            {
                Assert.True(answer.ContainsKey(name), name);
                Assert.True(JsonNode.DeepEquals(value, answer[name]), $"{name}: {answer[name]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task An_unknown_property_is_named(string kind)
    {
        var body = await api.NewBody(kind);
        var stored = await api.Create(kind);

        await api.Post(kind, body.With("colour", "red")).Refused("colour");
        await api.Put(kind, stored.Id(), body.With("colour", "red")).Refused("colour");
        await api.Patch(kind, stored.Id(), """{"colour":null}""").Refused("colour");
    }

    [Theory]
    [InlineData(Kinds.Sources, "Description")]
    [InlineData(Kinds.Sources, "content_hash")]
    [InlineData(Kinds.Claims, "Context")]
    [InlineData(Kinds.Claims, "TEXT")]
    [InlineData(Kinds.Corroborations, "Note")]
    [InlineData(Kinds.Corroborations, "corroborationCounts")]
    [InlineData(Kinds.Derivations, "Basis")]
    [InlineData(Kinds.Derivations, "kind")]
    [InlineData(Kinds.ClaimRelations, "scope_difference")]
    [InlineData(Kinds.ClaimRelations, "relation")]
    public async Task Names_are_told_apart_by_case_and_by_resource(string kind, string name) =>
        await api.Post(kind, (await api.NewBody(kind)).With(name, "x")).Refused(name);

    [Theory]
    [InlineData(Kinds.Claims, """{"quantities":[{"metric":"m","comparator":"eq","unit":"1","value":1,"colour":"red"}]}""", "quantities[0].colour")]
    [InlineData(Kinds.Claims, """{"externalIds":[{"system":"a","id":"b","colour":"red"}]}""", "externalIds[0].colour")]
    [InlineData(Kinds.Corroborations, """{"quote":{"exact":"x","colour":"red"}}""", "quote.colour")]
    [InlineData(Kinds.Corroborations, """{"quote":{"Exact":"x"}}""", "quote.Exact")]
    public async Task An_unknown_property_inside_is_named_by_its_path(string kind, string more, string place)
    {
        var body = await api.NewBody(kind);
        foreach (var (name, value) in JsonNode.Parse(more)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        await api.Post(kind, body).Refused(place);
    }

    [Theory]
    [InlineData(Kinds.Sources, "name", "5")]
    [InlineData(Kinds.Sources, "kind", "1")]
    [InlineData(Kinds.Sources, "aliases", "\"one\"")]
    [InlineData(Kinds.Sources, "aliases", "[1]", "aliases[0]")]
    [InlineData(Kinds.Sources, "tags", "{}")]
    [InlineData(Kinds.Sources, "version", "\"1\"")]
    [InlineData(Kinds.Sources, "version", "1.5")]
    [InlineData(Kinds.Sources, "parentId", "7")]
    [InlineData(Kinds.Sources, "publishedAt", "2024")]
    [InlineData(Kinds.Sources, "externalIds", "[\"wikidata:Q1\"]", "externalIds[0]")]
    [InlineData(Kinds.Sources, "externalIds", "[{\"system\":1,\"id\":\"x\"}]", "externalIds[0].system")]
    [InlineData(Kinds.Claims, "text", "true")]
    [InlineData(Kinds.Claims, "text", "[\"x\"]")]
    [InlineData(Kinds.Claims, "plausible", "\"true\"")]
    [InlineData(Kinds.Claims, "plausible", "1")]
    [InlineData(Kinds.Claims, "quantities", "[{\"metric\":\"m\",\"comparator\":\"eq\",\"unit\":\"1\",\"value\":\"1\"}]", "quantities[0].value")]
    [InlineData(Kinds.Claims, "quantities", "[{\"metric\":\"m\",\"comparator\":\"eq\",\"unit\":1,\"value\":1}]", "quantities[0].unit")]
    [InlineData(Kinds.Claims, "quantities", "[{\"metric\":\"m\",\"comparator\":\"eq\",\"unit\":\"1\",\"value\":1e40}]", "quantities[0].value")]
    [InlineData(Kinds.Corroborations, "credibility", "\"3\"")]
    [InlineData(Kinds.Corroborations, "credibility", "2.5")]
    [InlineData(Kinds.Corroborations, "credibility", "99999999999")]
    [InlineData(Kinds.Corroborations, "quote", "\"He said so.\"")]
    [InlineData(Kinds.Corroborations, "note", "5")]
    [InlineData(Kinds.Derivations, "fromId", "7")]
    [InlineData(Kinds.Derivations, "relation", "[\"cites\"]")]
    [InlineData(Kinds.ClaimRelations, "toId", "true")]
    [InlineData(Kinds.ClaimRelations, "scopeDifference", "0")]
    [InlineData(Kinds.Reviews, "ratingValue", "\"4\"")]
    [InlineData(Kinds.Reviews, "bestRating", "1e40")]
    [InlineData(Kinds.Reviews, "verdict", "true")]
    public async Task A_wrong_type_is_named_by_its_path(string kind, string name, string json, string? place = null)
    {
        var body = await api.NewBody(kind);
        body[name] = JsonNode.Parse(json);
        var stored = await api.Create(kind);

        await api.Post(kind, body).Refused(place ?? name);
        await api.Patch(kind, stored.Id(), new JsonObject { [name] = JsonNode.Parse(json) }.ToJsonString()).Refused(place ?? name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"text\":\"x\"")]
    [InlineData("{\"text\":\"x\",}")]
    [InlineData("{\"text\":'x'}")]
    [InlineData("{\"text\":\"x\"} trailing")]
    [InlineData("/* no */ {\"text\":\"x\"}")]
    [InlineData("{\"text\":\"x\"}{\"text\":\"y\"}")]
    public async Task What_is_not_one_JSON_object_is_refused(string body)
    {
        var stored = await api.NewClaim();

        foreach (var (method, path) in new[] { (HttpMethod.Post, "/api/v1/claims"), (HttpMethod.Put, "/api/v1/claims/" + stored), (HttpMethod.Patch, "/api/v1/claims/" + stored) })
        {
            var problem = await api.Send(method, path, body).Problem(400);
            Assert.NotEmpty(problem["errors"]!.AsObject());
        }
    }

    [Fact]
    public async Task Malformed_JSON_names_the_place()
    {
        var problem = await api.Send(HttpMethod.Post, "/api/v1/claims", "{\n  \"text\": \"x\",\n  \"tags\": [\"a\" \"b\"]\n}").Problem(400);

        Assert.Contains("line 3", problem["errors"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"text\":\"one\",\"text\":\"two\"}", "text")]
    [InlineData("{\"text\":\"x\",\"quantities\":[{\"unit\":\"1\",\"unit\":\"2\"}]}", "unit")]
    public async Task A_property_given_twice_is_named(string body, string name)
    {
        var stored = await api.NewClaim();

        foreach (var answer in new[] { api.Send(HttpMethod.Post, "/api/v1/claims", body), api.Send(HttpMethod.Patch, "/api/v1/claims/" + stored, body) })
        {
            var problem = await answer.Problem(400);
            var fault = Assert.Single(problem["errors"]!.AsObject());
            Assert.Contains($"{name}' is given twice", (string)fault.Value![0]!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"text\":\"a\\u0000b\"}")]
    [InlineData("{\"text\":\"a\\ud800b\"}")]
    [InlineData("{\"text\":\"a\\udc00\\ud800b\"}")]
    [InlineData("{\"text\":\"x\",\"tags\":[\"\\u0000\"]}")]
    [InlineData("{\"text\":\"x\",\"quantities\":[{\"metric\":\"\\ud800\",\"comparator\":\"eq\",\"unit\":\"1\",\"value\":1}]}")]
    [InlineData("{\"text\":\"x\",\"externalIds\":[{\"system\":\"a\",\"id\":\"\\u0000\"}]}")]
    public async Task NUL_and_half_surrogate_pairs_are_refused(string body)
    {
        Assert.NotEmpty((await api.Send(HttpMethod.Post, "/api/v1/claims", body).Problem(400))["errors"]!.AsObject());
        Assert.NotEmpty((await api.Patch(Kinds.Claims, await api.NewClaim(), body).Problem(400))["errors"]!.AsObject());
    }

    [Theory]
    [InlineData("POST", Kinds.Claims, "text")]
    [InlineData("PUT", Kinds.Claims, "place")]
    [InlineData("PATCH", Kinds.Claims, "place")]
    [InlineData("POST", Kinds.Sources, "citation.title")]
    [InlineData("PUT", Kinds.Sources, "citation.title")]
    [InlineData("PATCH", Kinds.Sources, "citation.title")]
    [InlineData("PUT", Kinds.Sources, "citation.*")]
    [InlineData("PATCH", Kinds.Sources, "citation.*")]
    public async Task Bytes_that_are_no_UTF_8_are_refused(string method, string kind, string place)
    {
        var resource = await api.Create(kind);
        var body = await api.NewBody(kind);
        body[place.Split('.')[0]] = place switch
        {
            "citation.title" => new JsonObject { ["title"] = "K?ln" },
            "citation.*" => new JsonObject { ["K?ln"] = 1 },
            _ => "K?ln",
        };
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        bytes[bytes.AsSpan().IndexOf("K?ln"u8) + 1] = 0xF6;
        using var request = new HttpRequestMessage(new(method), method == "POST" ? Kinds.Path(kind) : Kinds.Path(kind, resource.Id()));
        request.Content = new ByteArrayContent(bytes);
        request.Content.Headers.ContentType = new("application/json");

        await api.Client.SendAsync(request, TestContext.Current.CancellationToken).Refused("");

        Assert.Equal(1, (await api.GetJson(Kinds.Path(kind, resource.Id()))).Version());
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        using var content = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. "{\"text\":\"x\"}"u8]);
        content.Headers.ContentType = new("application/json");

        await StemmaApi.Json(await api.Client.PostAsync("/api/v1/claims", content, TestContext.Current.CancellationToken), 201);
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        using var content = new ByteArrayContent("{\"text\":\"x\"}"u8.ToArray());
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");

        await api.Client.PostAsync("/api/v1/claims", content, TestContext.Current.CancellationToken).Problem(415);
    }

    /// <summary>Whole bodies and patches alike name the first place that cannot be read.</summary>
    [Theory]
    [InlineData(Kinds.Sources, """{"name":"\ud800"}""", "name")]
    [InlineData(Kinds.Sources, """{"aliases":["ok","\udc00"]}""", "aliases[1]")]
    [InlineData(Kinds.Sources, """{"citation":{"title":"\ud800"}}""", "citation.title")]
    [InlineData(Kinds.Sources, """{"citation":{"\ud800":1}}""", "citation")]
    [InlineData(Kinds.Sources, """{"citation":{"a":1,"a":2}}""", "citation")]
    [InlineData(Kinds.Claims, """{"text":"a","text":"b"}""", "text")]
    [InlineData(Kinds.Claims, """{"quantities":[{"metric":"\ud800"}]}""", "quantities[0].metric")]
    [InlineData(Kinds.Claims, """{"tags":"a"}""", "tags")]
    public async Task What_cannot_be_read_is_named(string kind, string body, string place)
    {
        var id = (await api.Create(kind)).Id();

        await api.Send(HttpMethod.Post, Kinds.Path(kind), body).Refused(place);
        await api.Send(HttpMethod.Put, Kinds.Path(kind, id), body).Refused(place);
        await api.Patch(kind, id, body).Refused(place);
    }

    /// <summary>Whatever stands in a member that answers carry, it is ignored.</summary>
    [Fact]
    public async Task Read_only_members_are_ignored_whatever_they_hold()
    {
        const string body = """{"text":"x","claimant":{"name":"\ud800","noSuch":1},"corroborationCounts":7}""";
        var id = await api.NewClaim();

        await StemmaApi.Json(await api.Send(HttpMethod.Put, "/api/v1/claims/" + id, body), 200);
        await StemmaApi.Json(await api.Patch(Kinds.Claims, id, body), 200);
    }

    [Fact]
    public async Task A_patch_with_another_id_is_told_of_its_other_faults_too()
    {
        var id = await api.NewSource();
        var body = new JsonObject { ["id"] = Guid.NewGuid().ToString(), ["name"] = "", ["reliability"] = "Z", ["parentId"] = Guid.NewGuid().ToString() };

        await api.Patch(Kinds.Sources, id, body.ToJsonString()).Refused("id", "name", "reliability", "parentId");
        await api.Patch(Kinds.Sources, id, new JsonObject { ["id"] = Guid.NewGuid().ToString() }.ToJsonString()).Refused("id");
        await api.Patch(Kinds.Sources, id, new JsonObject { ["id"] = id.ToUpperInvariant() }.ToJsonString());
    }

    [Fact]
    public async Task A_body_that_is_nested_too_deep_is_refused()
    {
        var body = "{\"text\":\"x\",\"tags\":" + new string('[', 200) + new string(']', 200) + "}";

        await api.Send(HttpMethod.Post, "/api/v1/claims", body).Problem(400);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonx")]
    [InlineData(null)]
    public async Task A_body_of_another_type_is_415(string? type)
    {
        var stored = await api.NewClaim();
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/api/v1/claims"), (HttpMethod.Put, "/api/v1/claims/" + stored), (HttpMethod.Patch, "/api/v1/claims/" + stored) })
        {
            using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{\"text\":\"x\"}")) };
            if (type is not null)
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            }

            await api.Client.SendAsync(request, TestContext.Current.CancellationToken).Problem(415);
        }

        Assert.NotEqual("x", (string)(await api.GetJson("/api/v1/claims/" + stored))["text"]!);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("APPLICATION/JSON")]
    public async Task JSON_in_UTF_8_may_say_so(string type) =>
        await StemmaApi.Json(await api.Send(HttpMethod.Post, "/api/v1/claims", "{\"text\":\"x\"}", type), 201);

    [Fact]
    public async Task A_merge_patch_is_for_PATCH_alone()
    {
        await api.Send(HttpMethod.Post, "/api/v1/claims", "{\"text\":\"x\"}", "application/merge-patch+json").Problem(415);
        await api.Send(HttpMethod.Put, "/api/v1/claims/" + Guid.NewGuid(), "{\"text\":\"x\"}", "application/merge-patch+json").Problem(415);
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Every_broken_rule_is_named_at_once_missing_references_too(string kind)
    {
        var nobody = Guid.NewGuid().ToString();
        var body = await api.FullBody(kind);
        string[] places;
        body["tags"] = new JsonArray("fine", " ");
        body["externalIds"] = new JsonArray(new JsonObject { ["system"] = "a:b" });
        switch (kind)
        {
            case Kinds.Sources:
                (body["name"], body["kind"], body["country"], body["parentId"], body["ownerId"]) = ("", "nation", "de", nobody, nobody);
                places = ["name", "kind", "country", "parentId", "ownerId"];
                break;
            case Kinds.Claims:
                (body["text"], body["status"], body["claimantId"], body["eventTo"]) = (" ", "done", nobody, "2022");
                body["quantities"]![0]!["unit"] = null;
                places = ["text", "status", "claimantId", "eventTo", "quantities[0].unit"];
                break;
            case Kinds.Derivations:
                (body["fromId"], body["toId"], body["relation"], body["basis"]) = (nobody, "x", "copies", "guessed");
                places = ["fromId", "toId", "relation", "basis"];
                break;
            case Kinds.ClaimRelations:
                (body["fromId"], body["toId"], body["kind"], body["scopeDifference"]) = ("x", nobody, "refutes", "tone");
                places = ["fromId", "toId", "kind", "scopeDifference"];
                break;
            case Kinds.Reviews:
                (body["claimId"], body["publisherId"], body["textualRating"], body["verdict"]) = (nobody, nobody, " ", "pants-on-fire");
                (body["url"], body["language"], body["reviewedAt"]) = ("ftp://example.org", "english please", "May");
                places = ["claimId", "publisherId", "textualRating", "verdict", "url", "language", "reviewedAt"];
                break;
            default:
                (body["claimId"], body["stance"], body["citedInId"], body["credibility"]) = (nobody, "maybe", nobody, 7);
                body["attributedToIds"]![1] = nobody;
                body["quote"]!["exact"] = "";
                places = ["claimId", "stance", "citedInId", "credibility", "attributedToIds[1]", "quote.exact"];
                break;
        }

        places = [.. places, "tags[1]", "externalIds[0].system", "externalIds[0].id"];
        var stored = await api.Create(kind);

        await api.Post(kind, body).Refused(places);
        await api.Put(kind, stored.Id(), body).Refused(places);
        await api.Patch(kind, stored.Id(), body.ToJsonString()).Refused(places);
        Assert.Equal(1, (await api.GetJson(Kinds.Path(kind, stored.Id()))).Version());
    }

    [Theory]
    [InlineData(Kinds.Sources, "parentId")]
    [InlineData(Kinds.Sources, "ownerId")]
    [InlineData(Kinds.Claims, "claimantId")]
    [InlineData(Kinds.Corroborations, "claimId")]
    [InlineData(Kinds.Corroborations, "sourceId")]
    [InlineData(Kinds.Corroborations, "citedInId")]
    [InlineData(Kinds.Derivations, "fromId")]
    [InlineData(Kinds.Derivations, "toId")]
    [InlineData(Kinds.ClaimRelations, "fromId")]
    [InlineData(Kinds.ClaimRelations, "toId")]
    [InlineData(Kinds.Reviews, "claimId")]
    [InlineData(Kinds.Reviews, "publisherId")]
    public async Task A_reference_to_what_is_not_there_or_deleted_is_refused(string kind, string name)
    {
        var to = name == "claimId" || kind == Kinds.ClaimRelations ? Kinds.Claims : Kinds.Sources;
        var deleted = (await api.Create(to)).Id();
        await api.Delete(to, deleted);
        var stored = await api.Create(kind);

        foreach (var id in new[] { deleted, Guid.NewGuid().ToString(), Guid.Empty.ToString() })
        {
            await api.Post(kind, (await api.NewBody(kind)).With(name, id)).Refused(name);
            await api.Put(kind, stored.Id(), (await api.NewBody(kind)).With(name, id)).Refused(name);
            await api.Patch(kind, stored.Id(), new JsonObject { [name] = id }.ToJsonString()).Refused(name);
        }

        await api.Post(kind, (await api.NewBody(kind)).With(name, "not-an-id")).Refused(name);
    }

    private static void AssertHolds(JsonNode given, JsonNode? answered, string at)
    {
        if (given is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                AssertHolds(value!, answered?[name], $"{at}.{name}");
            }
        }
        else if (given is JsonArray items)
        {
            Assert.Equal(items.Count, answered?.AsArray().Count);
            for (var i = 0; i < items.Count; i++)
            {
                AssertHolds(items[i]!, answered![i], $"{at}[{i}]");
            }
        }
        else
        {
            Assert.True(JsonNode.DeepEquals(given, answered), $"{at}: {answered} instead of {given}");
        }
    }
}
