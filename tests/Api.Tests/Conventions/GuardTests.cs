using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Conventions;

/// <summary>Who is answered, and in what form.</summary>
public sealed class GuardTests(StemmaApi api)
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("0.0.0.0")]
    public async Task A_foreign_host_name_is_refused(string host)
    {
        foreach (var path in new[] { "/api/v1/claims", "/health/live", "/swagger/v1/swagger.json", "/nothing" })
        {
            var problem = await api.Get(path, ("Host", host)).Problem(400);
            Assert.Contains("host name", (string)problem["detail"]!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1234")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:5080")]
    public async Task This_machines_own_names_are_answered(string host) =>
        Assert.Equal(HttpStatusCode.OK, (await api.Get("/api/v1/claims?limit=1", ("Host", host))).StatusCode);

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    public async Task A_page_of_another_origin_may_not_write(string origin)
    {
        var claim = await api.NewClaim();
        var deleted = await api.NewClaim();
        await api.Delete(Kinds.Claims, deleted);
        var body = new JsonObject { ["text"] = "x" };

        await api.Send(HttpMethod.Post, "/api/v1/claims", body, ("Origin", origin)).Problem(403);
        await api.Put(Kinds.Claims, claim, body, ("Origin", origin)).Problem(403);
        await api.Patch(Kinds.Claims, claim, "{\"text\":\"x\"}", ("Origin", origin)).Problem(403);
        await api.Delete(Kinds.Claims, claim, ("Origin", origin)).Problem(403);
        await api.Send(HttpMethod.Post, Kinds.Path(Kinds.Claims, deleted) + "/restore", null, "", ("Origin", origin)).Problem(403);

        Assert.Equal(1, (await api.GetJson("/api/v1/claims/" + claim)).Version());
        await api.Get("/api/v1/claims/" + deleted).Problem(404);
    }

    [Fact]
    public async Task Its_own_pages_may_write_and_others_are_not_let_read()
    {
        var own = api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

        await StemmaApi.Json(await api.Send(HttpMethod.Post, "/api/v1/claims", new JsonObject { ["text"] = "x" }, ("Origin", own)), 201);
        var read = await api.Get("/api/v1/claims?limit=1", ("Origin", "https://evil.example"));
        Assert.DoesNotContain(read.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Answers_are_compressed_for_those_who_ask(string encoding)
    {
        var claim = await api.Create(Kinds.Claims, new JsonObject { ["context"] = new string('x', 5_000) });
        foreach (var path in new[] { "/api/v1/claims/" + claim.Id(), "/api/v1/claims?limit=3", "/nothing" })
        {
            var answer = await api.Get(path, ("Accept-Encoding", encoding));

            Assert.Equal([encoding], answer.Content.Headers.ContentEncoding);
            Assert.Contains("Accept-Encoding", answer.Headers.Vary);
            await using var compressed = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            await using Stream plain = encoding == "br" ? new BrotliStream(compressed, CompressionMode.Decompress) : new GZipStream(compressed, CompressionMode.Decompress);
            Assert.NotNull(await JsonNode.ParseAsync(plain, cancellationToken: TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_conditional_GET_is_304_with_compression_too()
    {
        var path = "/api/v1/claims/" + await api.NewClaim();
        var tag = (await api.Get(path)).Headers.GetValues("ETag").Single();

        var answer = await api.Get(path, ("If-None-Match", tag), ("Accept-Encoding", "gzip"));

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    [Fact]
    public async Task HEAD_answers_as_GET_does_without_the_body()
    {
        var claim = await api.NewClaim();
        foreach (var path in new[] { "/api/v1/claims/" + claim, "/api/v1/claims?limit=1", "/health/live", "/api/v1/claims/" + Guid.NewGuid(), "/api/v1/claims?limit=x" })
        {
            var get = await api.Get(path);
            var head = await api.Send(HttpMethod.Head, path);

            Assert.Equal((path, get.StatusCode), (path, head.StatusCode));
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Answers_say_that_their_type_is_not_to_be_guessed()
    {
        foreach (var path in new[] { "/api/v1/claims?limit=1", "/nothing" })
        {
            Assert.Equal(["nosniff"], (await api.Get(path)).Headers.GetValues("X-Content-Type-Options"));
        }
    }
}
