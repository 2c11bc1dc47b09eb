using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Conventions;

/// <summary>Every failure is a problem document.</summary>
public sealed class ErrorTests(StemmaApi api)
{
    [Theory]
    [InlineData("/nothing")]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v2/claims")]
    [InlineData("/api/v1/claims/01a20bb5-0eb8-7d9b-b515-506894e7f2af/nothing")]
    public async Task An_unknown_address_is_404(string path) =>
        Assert.Equal(path, (string)(await api.Get(path).Problem(404))["instance"]!);

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_method_that_an_address_has_not_is_405_and_Allow_names_those_it_has(string kind)
    {
        var id = (await api.Create(kind)).Id();
        foreach (var (method, path, allowed) in new[]
        {
            ("PUT", Kinds.Path(kind), "GET, POST"),
            ("PATCH", Kinds.Path(kind), "GET, POST"),
            ("DELETE", Kinds.Path(kind), "GET, POST"),
            ("POST", Kinds.Path(kind, id), "DELETE, GET, PATCH, PUT"),
            ("PURGE", Kinds.Path(kind, id), "DELETE, GET, PATCH, PUT"),
            ("GET", Kinds.Path(kind, id) + "/restore", "POST"),
        })
        {
            var answer = await api.Send(new HttpMethod(method), path);

            Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow.Where(m => m != "HEAD").Order()));
            await Task.FromResult(answer).Problem(405);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task An_unknown_query_parameter_is_named_wherever_it_stands(string kind)
    {
        var id = (await api.Create(kind)).Id();
        var body = await api.NewBody(kind);
        var one = Kinds.Path(kind, id);

        await api.Get(Kinds.Path(kind) + "?colour=red&limit=1").Refused("colour");
        await api.Get(Kinds.Path(kind) + "?Limit=1").Refused("Limit");
        await api.Get(Kinds.Path(kind) + "?colour=red&size=2").Refused("colour", "size");
        await api.Get(one + "?limit=1").Refused("limit");
        await api.Send(HttpMethod.Post, Kinds.Path(kind) + "?x=1", body).Refused("x");
        await api.Send(HttpMethod.Put, one + "?x=1", body).Refused("x");
        await api.Send(HttpMethod.Patch, one + "?x=1", "{}").Refused("x");
        await api.Send(HttpMethod.Delete, one + "?x=1").Refused("x");
        await api.Send(HttpMethod.Post, one + "/restore?x=1").Refused("x");
        Assert.Equal(1, (await api.GetJson(one)).Version());
    }

    [Theory]
    [InlineData(Kinds.Sources, "kind=nation", "kind")]
    [InlineData(Kinds.Sources, "kind=Outlet", "kind")]
    [InlineData(Kinds.Sources, "parentId=x", "parentId")]
    [InlineData(Kinds.Sources, "reliability=a", "reliability")]
    [InlineData(Kinds.Sources, "url=example.org", "url")]
    [InlineData(Kinds.Sources, "publishedFrom=yesterday", "publishedFrom")]
    [InlineData(Kinds.Sources, "publishedTo=2024-13", "publishedTo")]
    [InlineData(Kinds.Sources, "createdFrom=2024-05-16T09:30:00%2B02:00", "createdFrom")]
    [InlineData(Kinds.Sources, "updatedAfter=", "updatedAfter")]
    [InlineData(Kinds.Sources, "name=", "name")]
    [InlineData(Kinds.Sources, "name=a%00b", "name")]
    [InlineData(Kinds.Claims, "status=done&kind=x&plausible=maybe&minSupports=-1", "status", "kind", "plausible", "minSupports")]
    [InlineData(Kinds.Claims, "minDenies=99999999999", "minDenies")]
    [InlineData(Kinds.Claims, "plausible=1", "plausible")]
    [InlineData(Kinds.Claims, "tag=", "tag")]
    [InlineData(Kinds.Claims, "stance=against", "stance")]
    [InlineData(Kinds.Claims, "sort=text", "sort")]
    [InlineData(Kinds.Claims, "sort=CreatedAt", "sort")]
    [InlineData(Kinds.Claims, "sort=--createdAt", "sort")]
    [InlineData(Kinds.Claims, "sort=", "sort")]
    [InlineData(Kinds.Claims, "sort=publishedAt", "sort")]
    [InlineData(Kinds.Sources, "sort=claimedAt", "sort")]
    [InlineData(Kinds.Corroborations, "sort=name", "sort")]
    [InlineData(Kinds.Corroborations, "credibility=0", "credibility")]
    [InlineData(Kinds.Corroborations, "credibility=7", "credibility")]
    [InlineData(Kinds.Corroborations, "limit=0", "limit")]
    [InlineData(Kinds.Corroborations, "limit=501", "limit")]
    [InlineData(Kinds.Corroborations, "limit=-1", "limit")]
    [InlineData(Kinds.Corroborations, "limit=%2B5", "limit")]
    [InlineData(Kinds.Corroborations, "limit=5.0", "limit")]
    [InlineData(Kinds.Corroborations, "limit=", "limit")]
    [InlineData(Kinds.Corroborations, "limit=1&limit=1", "limit")]
    [InlineData(Kinds.Corroborations, "sort=createdAt&sort=createdAt", "sort")]
    [InlineData(Kinds.Corroborations, "cursor=a&cursor=b", "cursor")]
    [InlineData(Kinds.Corroborations, "publishedFrom=2024&publishedFrom=2023", "publishedFrom")]
    [InlineData(Kinds.Claims, "claimedTo=2024&claimedTo=2024", "claimedTo")]
    [InlineData(Kinds.Claims, "minSupports=1&minSupports=2", "minSupports")]
    [InlineData(Kinds.Claims, "updatedBefore=2024&updatedBefore=2024", "updatedBefore")]
    [InlineData(Kinds.Claims, "include=sources", "include")]
    [InlineData(Kinds.Claims, "include=", "include")]
    [InlineData(Kinds.Claims, "include=claimant,", "include")]
    [InlineData(Kinds.Claims, "include=Claimant", "include")]
    [InlineData(Kinds.Claims, "limit=x&sort=y&cursor=z", "limit", "sort", "cursor")]
    [InlineData(Kinds.Derivations, "relation=copies&basis=guessed&fromId=x&toId=x&sourceId=x", "relation", "basis", "fromId", "toId", "sourceId")]
    [InlineData(Kinds.Derivations, "sort=publishedAt", "sort")]
    [InlineData(Kinds.Derivations, "claimId=01a20bb5-0eb8-7d9b-b515-506894e7f2af", "claimId")]
    [InlineData(Kinds.ClaimRelations, "kind=refutes&scopeDifference=tone&fromId=x&toId=x&claimId=x", "kind", "scopeDifference", "fromId", "toId", "claimId")]
    [InlineData(Kinds.ClaimRelations, "sort=claimedAt", "sort")]
    [InlineData(Kinds.Reviews, "verdict=wrong&claimId=x&publisherId=x&url=x&reviewedFrom=May", "verdict", "claimId", "publisherId", "url", "reviewedFrom")]
    [InlineData(Kinds.Reviews, "sort=publishedAt", "sort")]
    [InlineData(Kinds.Claims, "reviewed=yes&verdict=wrong", "reviewed", "verdict")]
    [InlineData("search", "types=derivation", "types")]
    [InlineData("search", "types=claim,claim-relation", "types")]
    public async Task A_query_parameter_that_cannot_be_is_named(string kind, string query, params string[] places) =>
        await api.Get($"{Kinds.Path(kind)}?{query}").Refused(places);

    [Fact]
    public async Task A_parameter_takes_100_values_at_most()
    {
        var query = string.Join('&', Enumerable.Range(0, 101).Select(i => $"tag={i}"));

        await api.Get("/api/v1/claims?" + query).Refused("tag");
        Assert.Equal(HttpStatusCode.OK, (await api.Get("/api/v1/claims?" + query[..query.LastIndexOf('&')])).StatusCode);
    }

    [Fact]
    public async Task Every_problem_names_its_own_trace()
    {
        var first = (string)(await api.Get("/nothing").Problem(404))["traceId"]!;
        var second = (string)(await api.Get("/nothing").Problem(404))["traceId"]!;

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Names_from_the_client_stand_in_the_answer_as_they_are()
    {
        var problem = await api.Post(Kinds.Claims, new JsonObject { ["text"] = "x", ["<b>é\"</b>"] = 1 }).Problem(400);

        Assert.Single(problem["errors"]!.AsObject(), e => e.Key == "<b>é\"</b>");
    }
}
