using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests;

public sealed class ClaimTests(StemmaApi api)
{
    [Fact]
    public async Task A_claim_that_is_posted_is_found_under_its_location()
    {
        var created = await api.Send(HttpMethod.Post, "/api/v1/claims", new JsonObject { ["text"] = "Water is wet.", ["tags"] = new JsonArray("water") });
        var body = await StemmaApi.Json(created, 201);

        var found = await StemmaApi.Json(await api.Send(HttpMethod.Get, created.Headers.Location!.ToString()), 200);

        Assert.Equal(body.ToJsonString(), found.ToJsonString());
        Assert.Equal(1, (int)found["version"]!);
        Assert.Equal("local", (string)found["createdBy"]!);
    }
}
