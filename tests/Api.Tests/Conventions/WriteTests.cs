using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Conventions;

/// <summary>PUT, PATCH, DELETE and restore.</summary>
public sealed class WriteTests(StemmaApi api)
{
    private static readonly Dictionary<string, string> Everything = new()
    {
        [Kinds.Sources] = "parent,owner,corroborations,corroborations.claim",
        [Kinds.Claims] = "claimant,corroborations,corroborations.source,reviews,reviews.publisher",
        [Kinds.Corroborations] = "claim,source,citedIn,attributedTo",
        [Kinds.Derivations] = "from,to",
        [Kinds.ClaimRelations] = "from,to",
        [Kinds.Reviews] = "claim,publisher",
    };

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task What_a_GET_gives_PUT_and_PATCH_take_and_nothing_changes(string kind)
    {
        var stored = await StemmaApi.Json(await api.Post(kind, await api.FullBody(kind)), 201);
        var id = stored.Id();
        await (kind switch
        {
            Kinds.Sources => api.NewLink(await api.NewClaim(), id),
            Kinds.Claims => api.NewLink(id, await api.NewSource()),
            _ => Task.CompletedTask,
        });

        foreach (var include in new[] { "", "?include=" + Everything[kind] })
        {
            var found = await api.GetJson(Kinds.Path(kind, id) + include);
            var put = await StemmaApi.Json(await api.Put(kind, id, found), 200);
            var patched = await StemmaApi.Json(await api.Patch(kind, id, found.ToJsonString()), 200);
            var after = await api.GetJson(Kinds.Path(kind, id));

            Assert.Equal(1, put.Version());
            Assert.Equal(after.ToJsonString(), put.ToJsonString());
            Assert.Equal(after.ToJsonString(), patched.ToJsonString());
            Assert.Equal((string)stored["updatedAt"]!, (string)after["updatedAt"]!);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task What_a_GET_gives_PUT_takes_elsewhere(string kind)
    {
        var stored = await StemmaApi.Json(await api.Post(kind, await api.FullBody(kind)), 201);
        await api.Delete(kind, stored.Id());
        var copy = stored.Clone();
        copy.Remove("id");

        var created = await StemmaApi.Json(await api.Put(kind, Guid.NewGuid().ToString(), copy), 201);

        Assert.Equal(1, created.Version());
        foreach (var (name, value) in stored.Where(m => m.Key is not ("id" or "version" or "createdAt" or "updatedAt")))
        {
            Assert.True(JsonNode.DeepEquals(value, created[name]), name);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task PUT_replaces_the_whole(string kind)
    {
        var id = Guid.NewGuid().ToString();
        var full = await api.FullBody(kind);
        var created = await StemmaApi.Json(await api.Put(kind, id, full), 201);
        var least = await api.NewBody(kind);

        var replaced = await StemmaApi.Json(await api.Put(kind, id, least), 200);

        Assert.Equal(2, replaced.Version());
        Assert.Equal((string)created["createdAt"]!, (string)replaced["createdAt"]!);
        Assert.True(string.CompareOrdinal((string)created["updatedAt"]!, (string)replaced["updatedAt"]!) < 0);
        var fresh = await api.Create(kind);
        foreach (var name in full.Select(m => m.Key).Where(name => !least.ContainsKey(name)))
        {
            Assert.True(JsonNode.DeepEquals(fresh[name], replaced[name]), name);
        }

        Assert.Equal(replaced.ToJsonString(), (await api.GetJson(Kinds.Path(kind, id))).ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_PUT_or_PATCH_that_changes_nothing_writes_nothing(string kind)
    {
        var id = Guid.NewGuid().ToString();
        var body = await api.FullBody(kind);
        var created = await StemmaApi.Json(await api.Put(kind, id, body), 201);

        var again = await api.Put(kind, id, body);
        var patched = await StemmaApi.Json(await api.Patch(kind, id, "{}"), 200);

        Assert.Equal(created.ToJsonString(), (await StemmaApi.Json(again, 200)).ToJsonString());
        Assert.Equal(created.ToJsonString(), patched.ToJsonString());
        Assert.Equal(created.ToJsonString(), (await api.GetJson(Kinds.Path(kind, id))).ToJsonString());
    }

    [Theory]
    [InlineData(Kinds.Sources, """{"description":"new","aliases":["three"],"reliability":null,"parentId":null,"citation":{"title":null,"issued":{"month":5},"DOI":"10.1/x"}}""",
        """{"description":"new","aliases":["three"],"reliability":"F","parentId":null,"citation":{"type":"article","issued":{"year":2024,"month":5},"DOI":"10.1/x"}}""")]
    [InlineData(Kinds.Sources, """{"citation":null,"contentHash":null,"tags":null}""", """{"citation":null,"contentHash":null,"tags":[]}""")]
    [InlineData(Kinds.Claims, """{"language":null,"kind":null,"status":null,"plausible":null,"quantities":[],"eventTo":null}""",
        """{"language":"en","kind":"factual","status":"open","plausible":null,"quantities":[],"eventFrom":"2023","eventTo":null}""")]
    [InlineData(Kinds.Claims, """{"text":"Other words.","externalIds":null,"appearanceUrls":null}""", """{"text":"Other words.","externalIds":[],"appearanceUrls":[],"place":"Harbin"}""")]
    [InlineData(Kinds.Corroborations, """{"quote":{"prefix":null,"exact":"So it is."},"credibility":null,"interest":null}""",
        """{"quote":{"exact":"So it is.","prefix":null,"suffix":" Then he left."},"credibility":6,"interest":"unknown"}""")]
    [InlineData(Kinds.Corroborations, """{"quote":null,"directness":null,"attributedToIds":null}""", """{"quote":null,"directness":"unknown","attributedToIds":[]}""")]
    [InlineData(Kinds.Derivations, """{"relation":"translates","basis":null,"note":null}""", """{"relation":"translates","basis":"declared","note":null}""")]
    [InlineData(Kinds.Derivations, """{"tags":null,"externalIds":[]}""", """{"tags":[],"externalIds":[],"basis":"inferred"}""")]
    [InlineData(Kinds.Reviews, """{"verdict":null,"ratingValue":null,"bestRating":6.0,"title":null}""", """{"verdict":"other","ratingValue":null,"bestRating":6.0,"title":null,"worstRating":-0.25}""")]
    [InlineData(Kinds.ClaimRelations, """{"kind":"equivalent","scopeDifference":null}""", """{"kind":"equivalent","scopeDifference":"none","note":"With and without Crimea."}""")]
    public async Task A_merge_patch_replaces_what_it_names_and_nothing_else(string kind, string patch, string result)
    {
        foreach (var type in new[] { "application/merge-patch+json", "application/json" })
        {
            var body = await api.FullBody(kind);
            var stored = await StemmaApi.Json(await api.Post(kind, body), 201);

            var patched = await StemmaApi.Json(await api.Send(HttpMethod.Patch, Kinds.Path(kind, stored.Id()), patch, type), 200);

            var expected = JsonNode.Parse(result)!.AsObject();
            foreach (var (name, value) in stored.Where(m => m.Key is not ("version" or "updatedAt") && !expected.ContainsKey(m.Key) && !patch.Contains($"\"{m.Key}\"", StringComparison.Ordinal)))
            {
                Assert.True(JsonNode.DeepEquals(value, patched[name]), name);
            }

            foreach (var (name, value) in expected)
            {
                Assert.True(JsonNode.DeepEquals(value, patched[name]), $"{name}: {patched[name]?.ToJsonString()}");
            }

            Assert.Equal(2, patched.Version());
            Assert.True(JsonNode.DeepEquals(patched, await api.GetJson(Kinds.Path(kind, stored.Id()))));
        }
    }

    [Theory]
    [InlineData(Kinds.Sources, "name")]
    [InlineData(Kinds.Sources, "kind")]
    [InlineData(Kinds.Claims, "text")]
    [InlineData(Kinds.Corroborations, "claimId")]
    [InlineData(Kinds.Corroborations, "sourceId")]
    [InlineData(Kinds.Corroborations, "stance")]
    [InlineData(Kinds.Derivations, "fromId")]
    [InlineData(Kinds.Derivations, "toId")]
    [InlineData(Kinds.Derivations, "relation")]
    [InlineData(Kinds.ClaimRelations, "fromId")]
    [InlineData(Kinds.ClaimRelations, "toId")]
    [InlineData(Kinds.ClaimRelations, "kind")]
    public async Task What_is_required_cannot_be_left_out_or_removed(string kind, string name)
    {
        var stored = await api.Create(kind);
        var without = (await api.NewBody(kind)).Clone();
        without.Remove(name);

        await api.Post(kind, without).Refused(name);
        await api.Put(kind, stored.Id(), without).Refused(name);
        await api.Put(kind, stored.Id(), without.With(name, null)).Refused(name);
        await api.Patch(kind, stored.Id(), new JsonObject { [name] = null }.ToJsonString()).Refused(name);
        Assert.Equal(1, (await api.GetJson(Kinds.Path(kind, stored.Id()))).Version());
    }

    [Fact]
    public async Task A_patched_quote_needs_its_words_where_there_was_none()
    {
        var link = await api.Create(Kinds.Corroborations);

        await api.Patch(Kinds.Corroborations, link.Id(), """{"quote":{"prefix":"He said"}}""").Refused("quote.exact");
        await StemmaApi.Json(await api.Patch(Kinds.Corroborations, link.Id(), """{"quote":{"exact":"so"}}"""), 200);
        await api.Patch(Kinds.Corroborations, link.Id(), """{"quote":{"exact":null}}""").Refused("quote.exact");
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task What_is_deleted_is_gone_until_it_is_restored(string kind)
    {
        var unique = Requests.Unique();
        var stored = await api.Create(kind, new JsonObject { ["tags"] = new JsonArray(unique) });
        var id = stored.Id();

        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete(kind, id)).StatusCode);

        await api.Get(Kinds.Path(kind, id)).Problem(404);
        await api.Patch(kind, id, "{}").Problem(404);
        await api.Delete(kind, id).Problem(404);
        Assert.Empty((await api.GetJson($"{Kinds.Path(kind)}?tag={unique}")).Ids());

        var restored = await StemmaApi.Json(await api.Restore(kind, id), 200);
        Assert.Equal(3, restored.Version());
        foreach (var (name, value) in stored.Where(m => m.Key is not ("version" or "updatedAt")))
        {
            Assert.True(JsonNode.DeepEquals(value, restored[name]), name);
        }

        Assert.Equal(restored.ToJsonString(), (await StemmaApi.Json(await api.Restore(kind, id), 200)).ToJsonString());
        Assert.Equal([id], (await api.GetJson($"{Kinds.Path(kind)}?tag={unique}")).Ids());
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task PUT_on_a_tombstone_creates_it_again_and_the_version_goes_on(string kind)
    {
        var body = await api.NewBody(kind);
        var id = Guid.NewGuid().ToString();
        await StemmaApi.Json(await api.Put(kind, id, body), 201);
        await api.Delete(kind, id);

        var again = await api.Put(kind, id, body);

        Assert.Equal(3, (await StemmaApi.Json(again, 201)).Version());
        Assert.Equal(Kinds.Path(kind, id), again.Headers.Location!.ToString());
        Assert.Equal(3, (await api.GetJson(Kinds.Path(kind, id))).Version());
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task What_never_was_is_404(string kind)
    {
        var id = Guid.NewGuid().ToString();

        await api.Get(Kinds.Path(kind, id)).Problem(404);
        await api.Patch(kind, id, "{}").Problem(404);
        await api.Delete(kind, id).Problem(404);
        await api.Restore(kind, id).Problem(404);
    }

    public static TheoryData<string, string, string> References => new()
    {
        { Kinds.Sources, "parentId", Kinds.Sources },
        { Kinds.Sources, "ownerId", Kinds.Sources },
        { Kinds.Claims, "claimantId", Kinds.Sources },
        { Kinds.Corroborations, "sourceId", Kinds.Sources },
        { Kinds.Corroborations, "citedInId", Kinds.Sources },
        { Kinds.Corroborations, "attributedToIds", Kinds.Sources },
        { Kinds.Corroborations, "claimId", Kinds.Claims },
        { Kinds.Derivations, "fromId", Kinds.Sources },
        { Kinds.Derivations, "toId", Kinds.Sources },
        { Kinds.ClaimRelations, "fromId", Kinds.Claims },
        { Kinds.ClaimRelations, "toId", Kinds.Claims },
    };

    [Theory]
    [MemberData(nameof(References))]
    public async Task What_is_referenced_is_not_deleted_and_what_points_at_the_deleted_is_not_restored(string kind, string name, string to)
    {
        var target = (await api.Create(to)).Id();
        JsonNode reference = name.EndsWith('s') ? new JsonArray(target) : target;
        var pointing = await api.Create(kind, new JsonObject { [name] = reference });

        await api.Delete(to, target).Conflicts((kind, pointing.Id()));
        Assert.Equal(1, (await api.GetJson(Kinds.Path(to, target))).Version());

        await api.Delete(kind, pointing.Id());
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete(to, target)).StatusCode);

        await api.Restore(kind, pointing.Id()).Conflicts((to, target));
        await api.Get(Kinds.Path(kind, pointing.Id())).Problem(404);

        await StemmaApi.Json(await api.Restore(to, target), 200);
        await StemmaApi.Json(await api.Restore(kind, pointing.Id()), 200);
        await api.Delete(to, target).Conflicts((kind, pointing.Id()));
    }

    [Fact]
    public async Task At_most_ten_are_named()
    {
        var claim = await api.NewClaim();
        for (var i = 0; i < 12; i++)
        {
            await api.NewLink(claim, await api.NewSource());
        }

        var problem = await api.Delete(Kinds.Claims, claim).Problem(409);

        Assert.Equal(10, problem["conflictsWith"]!.AsArray().Select(w => (string)w!["id"]!).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task External_ids_are_unique_among_the_living_of_one_type(string kind)
    {
        var unique = Requests.Unique();
        JsonArray Ids(params string[] ids) => new([.. ids.Select(id => (JsonNode)new JsonObject { ["system"] = "wikidata", ["id"] = id })]);
        var first = await api.Create(kind, new JsonObject { ["externalIds"] = Ids(unique, unique + "b") });

        await api.Post(kind, (await api.NewBody(kind)).With("externalIds", Ids("x" + unique, unique))).Conflicts((kind, first.Id()));
        var second = await api.Create(kind, new JsonObject { ["externalIds"] = Ids(unique + "c") });
        await api.Patch(kind, second.Id(), new JsonObject { ["externalIds"] = Ids(unique + "b") }.ToJsonString()).Conflicts((kind, first.Id()));
        var body = await api.NewBody(kind);
        await api.Put(kind, second.Id(), body.With("externalIds", Ids(unique))).Conflicts((kind, first.Id()));
        await api.Put(kind, Guid.NewGuid().ToString(), body.With("externalIds", Ids(unique))).Conflicts((kind, first.Id()));
        Assert.Equal(1, (await api.GetJson(Kinds.Path(kind, second.Id()))).Version());

        // Case counts; another type of resource may have the same.
        await api.Create(kind, new JsonObject { ["externalIds"] = Ids(unique.ToUpperInvariant()) });
        await api.Create(kind == Kinds.Claims ? Kinds.Sources : Kinds.Claims, new JsonObject { ["externalIds"] = Ids(unique) });

        // The dead hold none, and a restore that would take one back collides.
        await api.Delete(kind, first.Id());
        await StemmaApi.Json(await api.Patch(kind, second.Id(), new JsonObject { ["externalIds"] = Ids(unique) }.ToJsonString()), 200);
        await api.Restore(kind, first.Id()).Conflicts((kind, second.Id()));
        await StemmaApi.Json(await api.Patch(kind, second.Id(), """{"externalIds":null}"""), 200);
        await StemmaApi.Json(await api.Restore(kind, first.Id()), 200);
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task An_external_id_is_looked_up_by_system_and_id(string kind)
    {
        var unique = Requests.Unique();
        var stored = await api.Create(kind, new JsonObject
        {
            ["externalIds"] = new JsonArray(new JsonObject { ["system"] = "doi", ["id"] = $"10.1/a:b {unique}é" }),
        });
        var list = Kinds.Path(kind) + "?externalId=";

        Assert.Equal([stored.Id()], (await api.GetJson(list + Uri.EscapeDataString($"doi:10.1/a:b {unique}é"))).Ids());
        Assert.Empty((await api.GetJson(list + Uri.EscapeDataString($"doi:10.1/a:b {unique}"))).Ids());
        Assert.Empty((await api.GetJson(list + Uri.EscapeDataString($"isbn:10.1/a:b {unique}é"))).Ids());
        foreach (var wrong in new[] { "doi", ":x", "doi:", "" })
        {
            await api.Get(list + wrong).Refused("externalId");
        }
    }

    [Fact]
    public async Task A_restore_that_collides_with_a_link_is_409()
    {
        var (claim, source) = (await api.NewClaim(), await api.NewSource());
        var first = await api.NewLink(claim, source);
        await api.Delete(Kinds.Corroborations, first);
        var second = await api.NewLink(claim, source);

        await api.Restore(Kinds.Corroborations, first).Conflicts((Kinds.Corroborations, second));
        await api.Put(Kinds.Corroborations, first, new JsonObject { ["claimId"] = claim, ["sourceId"] = source, ["stance"] = "supports" })
            .Conflicts((Kinds.Corroborations, second));
    }
}
