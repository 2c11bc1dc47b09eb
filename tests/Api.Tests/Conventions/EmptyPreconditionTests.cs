using Xunit;

namespace Stemma.Api.Tests.Conventions;

public sealed class EmptyPreconditionTests(StemmaApi api)
{
    /// <summary>What a script sends whose variable is not set: were it ignored, the write would go through unconditionally.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(",")]
    public async Task An_empty_If_Match_is_refused(string value)
    {
        var claim = await api.NewClaim();

        await StemmaApi.Json(
            await api.Send(HttpMethod.Patch, "/api/v1/claims/" + claim, """{"status":"assessed"}""", "application/json", ("If-Match", value)), 400);

        var kept = await StemmaApi.Json(await api.Send(HttpMethod.Get, "/api/v1/claims/" + claim), 200);
        Assert.Equal(1, (int)kept["version"]!);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data")]
    public async Task A_restore_takes_no_form_either(string contentType)
    {
        var claim = await api.NewClaim();

        await StemmaApi.Json(await api.Send(HttpMethod.Post, $"/api/v1/claims/{claim}/restore", "x", contentType), 415);
    }
}
