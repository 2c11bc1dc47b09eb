using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Stemma.Api.Tests.Conventions;

/// <summary>Entity tags, preconditions and the version in the body.</summary>
public sealed partial class ConcurrencyTests(StemmaApi api)
{
    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Every_answer_of_one_resource_has_the_tag_of_its_version(string kind)
    {
        var body = await api.NewBody(kind);
        var posted = await api.Post(kind, body);
        var id = (await StemmaApi.Json(posted, 201)).Id();

        Assert.Equal("1", VersionIn(posted));
        Assert.Equal(Tag(posted), Tag(await api.Get(Kinds.Path(kind, id))));

        var put = await api.Put(kind, id, body.With(Kinds.FreeText(kind), "two"));
        Assert.Equal("2", VersionIn(put));
        Assert.Equal(Tag(put), Tag(await api.Get(Kinds.Path(kind, id))));

        var patched = await api.Patch(kind, id, new JsonObject { [Kinds.FreeText(kind)] = "three" }.ToJsonString());
        Assert.Equal("3", VersionIn(patched));
        Assert.Equal(Tag(patched), Tag(await api.Get(Kinds.Path(kind, id))));

        await api.Delete(kind, id);
        var restored = await api.Restore(kind, id);
        Assert.Equal("5", VersionIn(restored));
        Assert.Equal(Tag(restored), Tag(await api.Get(Kinds.Path(kind, id))));
    }

    [Fact]
    public async Task A_claims_tag_changes_with_its_counts_though_its_version_does_not()
    {
        var claim = await api.NewClaim();
        var before = await api.Get("/api/v1/claims/" + claim);
        await api.NewLink(claim, await api.NewSource());
        var after = await api.Get("/api/v1/claims/" + claim);

        Assert.Equal(("1", "1"), (VersionIn(before), VersionIn(after)));
        Assert.NotEqual(Tag(before), Tag(after));
        Assert.Equal(HttpStatusCode.OK, (await api.Get("/api/v1/claims/" + claim, ("If-None-Match", Tag(before)))).StatusCode);
        await StemmaApi.Json(await api.Patch(Kinds.Claims, claim, """{"context":"x"}""", ("If-Match", Tag(before))), 200);
    }

    [Fact]
    public async Task The_tag_covers_what_is_embedded()
    {
        var source = await api.NewSource();
        var link = await api.NewLink(await api.NewClaim(), source);
        var path = $"/api/v1/corroborations/{link}?include=source";
        var before = Tag(await api.Get(path));

        await api.Patch(Kinds.Sources, source, """{"description":"new"}""");

        Assert.NotEqual(before, Tag(await api.Get(path)));
        Assert.NotEqual(before, Tag(await api.Get("/api/v1/corroborations/" + link)));
    }

    [Theory]
    [InlineData(Kinds.Derivations, Kinds.Sources, "from")]
    [InlineData(Kinds.Derivations, Kinds.Sources, "to")]
    [InlineData(Kinds.ClaimRelations, Kinds.Claims, "from")]
    [InlineData(Kinds.ClaimRelations, Kinds.Claims, "to")]
    [InlineData(Kinds.Reviews, Kinds.Claims, "claim")]
    [InlineData(Kinds.Reviews, Kinds.Sources, "publisher")]
    public async Task The_tag_covers_the_ends_that_are_embedded(string kind, string ends, string end)
    {
        var stored = await api.Create(kind);
        var path = $"{Kinds.Path(kind, stored.Id())}?include={end}";
        var (with, without) = (Tag(await api.Get(path)), Tag(await api.Get(Kinds.Path(kind, stored.Id()))));

        await api.Patch(ends, (string)stored[end + "Id"]!, new JsonObject { [Kinds.FreeText(ends)] = "new" }.ToJsonString());

        Assert.NotEqual(with, Tag(await api.Get(path)));
        Assert.Equal(without, Tag(await api.Get(Kinds.Path(kind, stored.Id()))));
    }

    /// <summary>A claim's tag is compared before anything is read; whatever moves its body must move the tag there too.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("?include=corroborations")]
    [InlineData("?include=corroborations.source")]
    [InlineData("?include=claimant")]
    [InlineData("?include=claimant,corroborations")]
    public async Task A_claim_is_sent_again_when_and_only_when_its_body_differs(string include)
    {
        var claimant = await api.NewSource();
        var claim = (await api.Create(Kinds.Claims, new() { ["claimantId"] = claimant })).Id();
        var source = await api.NewSource();
        var links = new List<string>();
        var path = "/api/v1/claims/" + claim + include;
        var (tag, body) = await Read();

        await Step(() => api.Patch(Kinds.Claims, claim, """{"tags":["a"]}"""));
        await Step(async () => links.Add(await api.NewLink(claim, source)));
        await Step(() => api.Patch(Kinds.Corroborations, links[0], """{"note":"a"}"""));
        await Step(() => api.Patch(Kinds.Corroborations, links[0], """{"stance":"mentions"}"""));
        await Step(() => api.Patch(Kinds.Sources, source, """{"description":"a"}"""));
        await Step(() => api.Patch(Kinds.Sources, claimant, """{"description":"a"}"""));
        await Step(() => api.Patch(Kinds.Sources, claimant, """{"description":"a"}"""));
        for (var i = 0; i < 49; i++)
        {
            links.Add(await api.NewLink(claim, await api.NewSource()));
        }

        (tag, body) = await Read();
        await Step(async () => links.Add(await api.NewLink(claim, await api.NewSource())));
        await Step(() => api.Delete(Kinds.Corroborations, links[0]));
        await Step(() => api.Restore(Kinds.Corroborations, links[0]));
        await Step(() => api.Delete(Kinds.Corroborations, links[^1]));

        async Task<(string Tag, string Body)> Read()
        {
            var answer = await api.Get(path);
            return (Tag(answer), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        async Task Step(Func<Task> change)
        {
            await change();
            var conditional = await api.Get(path, ("If-None-Match", tag));
            var now = await Read();
            Assert.Equal(now.Body == body ? 304 : 200, (int)conditional.StatusCode);
            Assert.Equal(now.Tag, Tag(conditional));
            Assert.Equal(304, (int)(await api.Get(path, ("If-None-Match", now.Tag))).StatusCode);
            (tag, body) = now;
        }
    }

    [Theory]
    [InlineData("{0}", 304)]
    [InlineData("W/{0}", 304)]
    [InlineData("*", 304)]
    [InlineData("\"1-0000000000000000\", {0}", 304)]
    [InlineData("\"a\",W/{0} , \"b\"", 304)]
    [InlineData("\"1\"", 200)]
    [InlineData("\"1-0000000000000000\"", 200)]
    [InlineData("nonsense", 200)]
    public async Task If_None_Match_on_GET_compares_the_whole_tag(string header, int status)
    {
        foreach (var kind in Kinds.Names)
        {
            var path = Kinds.Path(kind, (await api.Create(kind)).Id());
            var tag = Tag(await api.Get(path));

            var answer = await api.Get(path, ("If-None-Match", header.Replace("{0}", tag, StringComparison.Ordinal)));

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal(tag, Tag(answer));
            Assert.Equal(status == 304, (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length == 0);
        }
    }

    [Theory]
    [InlineData("\"2\"", true)]
    [InlineData("\"2-0123456789abcdef\"", true)]
    [InlineData("\"2-\"", true)]
    [InlineData("W/\"2\"", true)]
    [InlineData("W/\"2-anything\"", true)]
    [InlineData("\"1\", \"2\"", true)]
    [InlineData("\"7-a\",W/\"2-b\"", true)]
    [InlineData("*", true)]
    [InlineData("\"1\"", false)]
    [InlineData("\"3\"", false)]
    [InlineData("\"1-0123456789abcdef\"", false)]
    [InlineData("W/\"20\"", false)]
    public async Task If_Match_on_writes_compares_the_version_alone(string header, bool current)
    {
        foreach (var kind in Kinds.Names)
        {
            var body = await api.NewBody(kind);
            var id = (await StemmaApi.Json(await api.Post(kind, body), 201)).Id();
            var text = Kinds.FreeText(kind);
            await api.Patch(kind, id, new JsonObject { [text] = "two" }.ToJsonString());

            async Task Expect(Task<HttpResponseMessage> answer, int status)
            {
                if (current)
                {
                    Assert.Equal(status, (int)(await answer).StatusCode);
                }
                else
                {
                    await answer.Problem(412);
                    Assert.Equal(2, (await api.GetJson(Kinds.Path(kind, id))).Version());
                }
            }

            await Expect(api.Put(kind, id, body.With(text, "two"), ("If-Match", header)), 200);
            await Expect(api.Patch(kind, id, new JsonObject { [text] = "two" }.ToJsonString(), ("If-Match", header)), 200);
            await Expect(api.Delete(kind, id, ("If-Match", header)), 204);
        }
    }

    [Theory]
    [InlineData("2")]
    [InlineData("\"two\"")]
    [InlineData("\"\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"1")]
    [InlineData("'1'")]
    [InlineData("\"99999999999\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"1\", x")]
    public async Task A_malformed_If_Match_is_400(string header)
    {
        var claim = await api.NewClaim();

        await api.Put(Kinds.Claims, claim, new JsonObject { ["text"] = "x" }, ("If-Match", header)).Problem(400);
        await api.Patch(Kinds.Claims, claim, "{}", ("If-Match", header)).Problem(400);
        await api.Delete(Kinds.Claims, claim, ("If-Match", header)).Problem(400);
        Assert.Equal(1, (await api.GetJson("/api/v1/claims/" + claim)).Version());
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task If_Match_needs_something_there(string kind)
    {
        var body = await api.NewBody(kind);
        var deleted = (await StemmaApi.Json(await api.Post(kind, body), 201)).Id();
        await api.Delete(kind, deleted);

        foreach (var id in new[] { deleted, Guid.NewGuid().ToString() })
        {
            foreach (var header in new[] { "*", "\"1\"", "\"2\"" })
            {
                await api.Put(kind, id, body, ("If-Match", header)).Problem(412);
                await api.Get(Kinds.Path(kind, id)).Problem(404);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task If_None_Match_star_on_PUT_creates_only(string kind)
    {
        var id = Guid.NewGuid().ToString();
        var body = await api.NewBody(kind);

        await StemmaApi.Json(await api.Put(kind, id, body, ("If-None-Match", "*")), 201);
        await api.Put(kind, id, body.With(Kinds.FreeText(kind), "x"), ("If-None-Match", "*")).Problem(412);
        await api.Put(kind, id, body, ("If-None-Match", "\"1\"")).Problem(400);

        await api.Delete(kind, id);
        await StemmaApi.Json(await api.Put(kind, id, body, ("If-None-Match", "*")), 201);
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_version_in_the_body_that_is_not_the_current_one_is_412(string kind)
    {
        var stored = await api.Create(kind);
        var text = Kinds.FreeText(kind);
        var second = await StemmaApi.Json(await api.Put(kind, stored.Id(), stored.With(text, "two")), 200);
        Assert.Equal(2, second.Version());

        foreach (var version in new[] { 0, 1, 3, -2 })
        {
            await api.Put(kind, stored.Id(), second.With("version", version).With(text, "three")).Problem(412);
            await api.Patch(kind, stored.Id(), new JsonObject { ["version"] = version, [text] = "three" }.ToJsonString()).Problem(412);
        }

        Assert.Equal("two", (string)(await api.GetJson(Kinds.Path(kind, stored.Id())))[text]!);
        Assert.Equal(3, (await StemmaApi.Json(await api.Patch(kind, stored.Id(), new JsonObject { ["version"] = 2, [text] = "three" }.ToJsonString()), 200)).Version());
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_body_built_on_what_was_deleted_since_does_not_bring_it_back(string kind)
    {
        var stored = await api.Create(kind);
        await api.Delete(kind, stored.Id());

        await api.Put(kind, stored.Id(), stored).Problem(412);
        await api.Get(Kinds.Path(kind, stored.Id())).Problem(404);
    }

    private static string Tag(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("ETag"));

    private static string VersionIn(HttpResponseMessage answer)
    {
        var match = Form().Match(Tag(answer));
        Assert.True(match.Success, Tag(answer));
        return match.Groups[1].Value;
    }

    [GeneratedRegex("^\"([1-9][0-9]*)-[0-9a-f]{8,}\"$")]
    private static partial Regex Form();
}
