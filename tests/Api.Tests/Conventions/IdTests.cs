using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Conventions;

public sealed class IdTests(StemmaApi api)
{
    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task The_server_makes_ids_of_version_7_which_sort_by_time(string kind)
    {
        var body = await api.NewBody(kind);
        var first = (await StemmaApi.Json(await api.Post(kind, body), 201)).Id();
        await api.Delete(kind, first);
        var second = (await StemmaApi.Json(await api.Post(kind, body), 201)).Id();

        Assert.Equal(7, Guid.Parse(first).Version);
        Assert.True(string.CompareOrdinal(first[..13], second[..13]) <= 0);
        Assert.Equal(first.ToLowerInvariant(), first);
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_client_brings_its_own_id_with_PUT(string kind)
    {
        var id = Guid.NewGuid();
        var body = await api.NewBody(kind);

        var created = await api.Put(kind, id.ToString().ToUpperInvariant(), body);

        Assert.Equal(id.ToString(), (await StemmaApi.Json(created, 201)).Id());
        Assert.Equal(Kinds.Path(kind, id.ToString()), created.Headers.Location!.ToString());
        Assert.Equal(id.ToString(), (await api.GetJson(Kinds.Path(kind, id.ToString().ToUpperInvariant()))).Id());
        await StemmaApi.Json(await api.Put(kind, id.ToString(), body.With("id", id.ToString().ToUpperInvariant())), 200);
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task The_nil_UUID_is_no_id(string kind)
    {
        await api.Put(kind, Guid.Empty.ToString(), await api.NewBody(kind)).Problem(400);
        await api.Get(Kinds.Path(kind, Guid.Empty.ToString())).Problem(404);
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task POST_takes_no_id(string kind) =>
        await api.Post(kind, (await api.NewBody(kind)).With("id", Guid.NewGuid().ToString())).Refused("id");

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task The_id_in_the_body_agrees_with_the_path(string kind)
    {
        var body = await api.NewBody(kind);
        var stored = await StemmaApi.Json(await api.Post(kind, body), 201);

        foreach (var other in new[] { Guid.NewGuid().ToString(), "not-an-id", "" })
        {
            await api.Put(kind, stored.Id(), body.With("id", other)).Refused("id");
            await api.Patch(kind, stored.Id(), new JsonObject { ["id"] = other }.ToJsonString()).Refused("id");
        }

        Assert.Equal(stored.Id(), (await StemmaApi.Json(await api.Patch(kind, stored.Id(), new JsonObject { ["id"] = stored.Id() }.ToJsonString()), 200)).Id());
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task What_is_no_UUID_is_not_found(string kind)
    {
        foreach (var id in new[] { "1", "nonsense", Guid.NewGuid() + "x" })
        {
            await api.Get(Kinds.Path(kind, id)).Problem(404);
            await api.Delete(kind, id).Problem(404);
        }
    }

    [Theory]
    [InlineData(Kinds.Claims, "claimantId")]
    [InlineData(Kinds.Sources, "parentId")]
    [InlineData(Kinds.Corroborations, "citedInId")]
    [InlineData(Kinds.Derivations, "fromId")]
    [InlineData(Kinds.ClaimRelations, "toId")]
    [InlineData(Kinds.Reviews, "publisherId")]
    public async Task A_reference_in_capitals_is_the_same_reference(string kind, string name)
    {
        var to = await (kind == Kinds.ClaimRelations ? api.NewClaim() : api.NewSource());

        var stored = await api.Create(kind, new JsonObject { [name] = to.ToUpperInvariant() });

        Assert.Equal(to, (string)stored[name]!);
        Assert.Equal([stored.Id()], (await api.GetJson($"{Kinds.Path(kind)}?{name}={to.ToUpperInvariant()}")).Ids());
    }
}
