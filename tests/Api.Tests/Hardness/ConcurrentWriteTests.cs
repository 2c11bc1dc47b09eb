using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Hardness;

/// <summary>Many clients at the same rows at the same time.</summary>
public sealed class ConcurrentWriteTests(StemmaApi api)
{
    [Fact]
    public async Task Fifty_clients_that_use_If_Match_lose_no_update()
    {
        const int clients = 50;
        var claim = await api.NewClaim(new() { ["context"] = "0" });

        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            while (true)
            {
                var read = await api.Get("/api/v1/claims/" + claim);
                var next = int.Parse((string)(await StemmaApi.Json(read, 200))["context"]!, CultureInfo.InvariantCulture) + 1;
                var written = await api.Patch(Kinds.Claims, claim, $$"""{"context":"{{next}}"}""", ("If-Match", read.Headers.ETag!.ToString()));
                Assert.Contains((int)written.StatusCode, new[] { 200, 412 });
                if (written.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
        }));

        var last = await api.GetJson("/api/v1/claims/" + claim);
        Assert.Equal(("50", clients + 1), ((string)last["context"]!, last.Version()));
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Twenty_clients_that_PUT_one_new_id_make_one_row(string kind)
    {
        var id = Guid.NewGuid().ToString();
        var body = await api.FullBody(kind);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.Put(kind, id, body)));

        Assert.Equal([.. Enumerable.Repeat(200, 19), 201], answers.Select(a => (int)a.StatusCode).Order());
        var stored = await api.GetJson(Kinds.Path(kind, id));
        Assert.Equal(1, stored.Version());
        Assert.All(answers, a => Assert.Equal(stored.ToJsonString(), JsonNode.Parse(a.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).Result)!.ToJsonString()));
    }

    [Fact]
    public async Task Twenty_clients_that_PUT_one_new_id_and_differ_make_one_row_with_a_version_for_each()
    {
        var id = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => api.Put(Kinds.Claims, id, new JsonObject { ["text"] = $"Text {i}." })));

        Assert.Equal([.. Enumerable.Repeat(200, 19), 201], answers.Select(a => (int)a.StatusCode).Order());
        Assert.Equal(20, (await api.GetJson("/api/v1/claims/" + id)).Version());
    }

    [Fact]
    public async Task Only_one_of_those_that_create_with_If_None_Match_does()
    {
        var id = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            api.Put(Kinds.Claims, id, new JsonObject { ["text"] = $"Text {i}." }, ("If-None-Match", "*"))));

        Assert.Equal([201, .. Enumerable.Repeat(412, 9)], answers.Select(a => (int)a.StatusCode).Order());
    }

    [Theory]
    [InlineData(Kinds.Corroborations, null, null)]
    [InlineData(Kinds.Derivations, "relation", "cites")]
    [InlineData(Kinds.Derivations, "relation", "same-wire")]
    [InlineData(Kinds.ClaimRelations, "kind", "refines")]
    [InlineData(Kinds.ClaimRelations, "kind", "equivalent")]
    public async Task Of_colliding_links_one_is_made(string kind, string? name, string? value)
    {
        for (var round = 0; round < 5; round++)
        {
            var body = await api.NewBody(kind);
            if (name is not null)
            {
                body[name] = value;
            }

            // What is the same either way round collides that way too.
            var turned = value is "same-wire" or "equivalent" ? body.With("fromId", (string)body["toId"]!).With("toId", (string)body["fromId"]!) : body;

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => api.Post(kind, i % 2 == 0 ? body : turned)));

            Assert.Equal([201, 409, 409, 409], answers.Select(a => (int)a.StatusCode).Order());
            var made = (await StemmaApi.Json(answers.Single(a => a.StatusCode == HttpStatusCode.Created), 201)).Id();
            await Task.FromResult(answers.First(a => a.StatusCode == HttpStatusCode.Conflict)).Conflicts((kind, made));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Of_colliding_external_ids_one_is_taken(string kind)
    {
        for (var round = 0; round < 5; round++)
        {
            // In two orders, so that writers who lock one after the other could wait in a circle.
            var (a, b) = (Requests.Unique(), Requests.Unique());
            JsonArray Ids(int i) => new([.. (i % 2 == 0 ? new[] { a, b } : [b, a]).Select(id => (JsonNode)new JsonObject { ["system"] = "s", ["id"] = id })]);
            var bodies = new List<JsonObject>();
            for (var i = 0; i < 4; i++)
            {
                bodies.Add((await api.NewBody(kind)).With("externalIds", Ids(i)));
            }

            var answers = await Task.WhenAll(bodies.Select(body => api.Post(kind, body)));

            Assert.Equal([201, 409, 409, 409], answers.Select(x => (int)x.StatusCode).Order());
        }
    }

    [Fact]
    public async Task Links_from_everywhere_to_the_same_two_claims_never_wait_in_a_circle()
    {
        var claims = new[] { await api.NewClaim(), await api.NewClaim() };
        var source = await api.NewSource();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => api.Post(Kinds.Corroborations, new JsonObject
        {
            ["claimId"] = claims[i % 2],
            ["sourceId"] = source,
            ["stance"] = "mentions",
            ["quote"] = new JsonObject { ["exact"] = $"{i}" },
        })));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Equal(30, (int)(await api.GetJson("/api/v1/claims/" + claims[0]))["corroborationCounts"]!["mentions"]!);
    }

    /// <summary>More writers than the pool has connections, each of which has references to look up while it holds the row.</summary>
    [Fact]
    public async Task Invalid_patches_of_one_row_by_more_clients_than_there_are_connections_are_all_answered()
    {
        var claim = await api.NewClaim(new() { ["claimantId"] = await api.NewSource() });
        const string patch = """{"text":" ","claimantId":"01a20bb5-0eb8-7d9b-b515-506894e7f2af"}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => api.Patch(Kinds.Claims, claim, patch)));

        Assert.Equal([HttpStatusCode.BadRequest], answers.Select(a => a.StatusCode).Distinct());
    }

    [Fact]
    public async Task Deletes_and_restores_at_once_leave_a_version_for_each_that_took_effect()
    {
        var claim = await api.NewClaim();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? api.Delete(Kinds.Claims, claim) : api.Restore(Kinds.Claims, claim)));

        Assert.All(answers, a => Assert.Contains((int)a.StatusCode, new[] { 200, 204, 404 }));
        var deleted = answers.Count(a => a.StatusCode == HttpStatusCode.NoContent);
        var last = await StemmaApi.Json(await api.Restore(Kinds.Claims, claim), 200);
        Assert.Equal(1 + (2 * deleted), last.Version());
    }
}
