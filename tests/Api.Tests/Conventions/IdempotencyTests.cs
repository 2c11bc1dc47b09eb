using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Stemma.Api.Tests.Conventions;

/// <summary>`Idempotency-Key`: a POST that is sent again is answered as the first time, and nothing is written twice.</summary>
public sealed class IdempotencyTests(StemmaApi api)
{
    private const string Header = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task The_first_answer_is_given_again(string kind)
    {
        var (key, body) = (Requests.Unique(), await api.FullBody(kind));

        var first = await Post(Kinds.Path(kind), body, key);
        var again = await Post(Kinds.Path(kind), body, key);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.False(first.Headers.Contains(Replayed));
        await AssertRepeats(first, again);
        Assert.Equal(1, (await api.GetJson(first.Headers.Location!.ToString())).Version());
    }

    [Fact]
    public async Task It_is_the_answer_of_then_whatever_became_of_the_resource()
    {
        var (key, body) = (Requests.Unique(), new JsonObject { ["text"] = "Said once." });
        var first = await Post("/api/v1/claims", body, key);
        (await api.Send(HttpMethod.Delete, first.Headers.Location!.ToString())).EnsureSuccessStatusCode();

        await AssertRepeats(first, await Post("/api/v1/claims", body, key));
        Assert.Equal(HttpStatusCode.NotFound, (await api.Get(first.Headers.Location!.ToString())).StatusCode);
    }

    [Fact]
    public async Task Links_to_similar_claims_are_given_again()
    {
        // Words with digits do not count.
        var words = Enumerable.Range(0, 3).Select(_ => string.Concat(Requests.Unique().Select(c => char.IsDigit(c) ? (char)('g' + c - '0') : c)));
        var text = $"{string.Join(' ', words)} grew by half within a year.";
        await api.NewClaim(new() { ["text"] = text });
        var key = Requests.Unique();

        var first = await Post("/api/v1/claims", new JsonObject { ["text"] = text }, key);

        Assert.Contains("similar", first.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        await AssertRepeats(first, await Post("/api/v1/claims", new JsonObject { ["text"] = text }, key));
    }

    [Fact]
    public async Task A_key_is_for_one_request()
    {
        var key = Requests.Unique();
        (await Post("/api/v1/sources", new JsonObject { ["kind"] = "outlet", ["name"] = "One" }, key)).EnsureSuccessStatusCode();

        await Post("/api/v1/sources", new JsonObject { ["kind"] = "outlet", ["name"] = "Two" }, key).Problem(422);
        await Post("/api/v1/claims", new JsonObject { ["text"] = "Elsewhere." }, key).Problem(422);
        await Post("/api/v1/claims/match", new JsonObject { ["text"] = "Elsewhere." }, key).Problem(422);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("tab\tinside")]
    [InlineData(256)]
    public async Task A_key_is_visible_ASCII(object key)
    {
        var text = key is int length ? new string('k', length) : (string)key;

        var problem = await Post("/api/v1/claims", new JsonObject { ["text"] = "Never stored." }, text).Problem(400);

        Assert.NotNull(problem["errors"]![Header]);
    }

    [Fact]
    public async Task A_key_of_255_characters_will_do() =>
        Assert.Equal(HttpStatusCode.Created, (await Post("/api/v1/claims", new JsonObject { ["text"] = "Stored." }, Requests.Unique().PadRight(255, '~'))).StatusCode);

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Twenty_retries_at_once_make_one_row_and_get_one_answer(string kind)
    {
        var (key, tag) = (Requests.Unique(), Requests.Unique());
        var body = (await api.NewBody(kind)).With("tags", new JsonArray(tag));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Post(Kinds.Path(kind), body, key)));

        Assert.Single((await api.GetJson($"{Kinds.Path(kind)}?tag={tag}")).Ids());
        var first = Assert.Single(answers, a => !a.Headers.Contains(Replayed));
        foreach (var answer in answers.Where(a => a != first))
        {
            await AssertRepeats(first, answer);
        }
    }

    [Fact]
    public async Task More_keys_at_once_than_there_are_connections_are_all_answered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 120).Select(i => Post("/api/v1/claims", new JsonObject { ["text"] = $"Claim {i}." }, Requests.Unique())));

        Assert.Equal([HttpStatusCode.Created], answers.Select(a => a.StatusCode).Distinct());
    }

    [Fact]
    public async Task Instances_share_what_is_kept()
    {
        await using var other = Program.Build(Program.CreateBuilder(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]), api.Database);
        await other.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(other.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        var (key, tag) = (Requests.Unique(), Requests.Unique());
        var body = new JsonObject { ["text"] = "Sent to two.", ["tags"] = new JsonArray(tag) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? Post("/api/v1/claims", body, key) : Post("/api/v1/claims", body, key, client)));

        Assert.Single((await api.GetJson($"/api/v1/claims?tag={tag}")).Ids());
        Assert.Equal([HttpStatusCode.Created], answers.Select(a => a.StatusCode).Distinct());
        Assert.Single(answers.Select(a => a.Headers.Location).Distinct());
    }

    [Theory]
    [InlineData("""{"text":" "}""", 400)]
    [InlineData("""{"text":"Points nowhere.","claimantId":"01a20bb5-0eb8-7d9b-b515-506894e7f2af"}""", 400)]
    public async Task What_failed_may_be_corrected_under_the_same_key(string wrong, int status)
    {
        var key = Requests.Unique();

        await api.Send(HttpMethod.Post, "/api/v1/claims", wrong, "application/json", (Header, key)).Problem(status);
        var right = await Post("/api/v1/claims", new JsonObject { ["text"] = "Right now." }, key);

        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
        Assert.False(right.Headers.Contains(Replayed));
    }

    [Fact]
    public async Task A_collision_is_told_and_its_key_is_free()
    {
        var (key, ids) = (Requests.Unique(), new JsonArray(new JsonObject { ["system"] = "s", ["id"] = Requests.Unique() }));
        var there = await api.NewClaim(new() { ["externalIds"] = ids.DeepClone() });
        var body = new JsonObject { ["text"] = "The same id.", ["externalIds"] = ids };

        await Post("/api/v1/claims", body, key).Problem(409);
        (await api.Delete(Kinds.Claims, there)).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.Created, (await Post("/api/v1/claims", body, key)).StatusCode);
    }

    /// <summary>The write is done, keeping the answer fails: neither is there, and the key is free.</summary>
    [Fact]
    public async Task What_cannot_be_kept_is_not_written()
    {
        await using var own = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        var (key, body) = (Requests.Unique(), new JsonObject { ["text"] = "Kept or not written." });
        await Run(own.Database.Source, "alter table idempotency_keys add constraint never check (status < 200) not valid");

        Assert.Equal(HttpStatusCode.InternalServerError, (await Post("/api/v1/claims", body, key, client)).StatusCode);
        Assert.Equal(0L, await Run(own.Database.Source, "select count(*) from claims"));
        Assert.Equal(0L, await Run(own.Database.Source, "select count(*) from idempotency_keys"));

        await Run(own.Database.Source, "alter table idempotency_keys drop constraint never");
        Assert.Equal(HttpStatusCode.Created, (await Post("/api/v1/claims", body, key, client)).StatusCode);
        Assert.Equal(1L, await Run(own.Database.Source, "select count(*) from idempotency_keys"));
    }

    [Fact]
    public async Task Who_waits_too_long_for_the_first_is_told_when_to_come_back()
    {
        var (key, body) = (Requests.Unique(), new JsonObject { ["text"] = "Waited for." });
        await using (var first = await api.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var transaction = await first.BeginTransactionAsync(TestContext.Current.CancellationToken);
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"local\0{key}"));
            await using var hold = new NpgsqlCommand("select pg_advisory_xact_lock($1)", first, transaction) { Parameters = { new() { Value = BinaryPrimitives.ReadInt64BigEndian(hash) } } };
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            var refused = await Post("/api/v1/claims", body, key);

            await Task.FromResult(refused).Problem(409);
            Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        }

        Assert.Equal(HttpStatusCode.Created, (await Post("/api/v1/claims", body, key)).StatusCode);
    }

    [Fact]
    public async Task After_24_hours_a_key_is_as_new_and_is_removed_in_the_end()
    {
        await using var own = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        var (key, body) = (Requests.Unique(), new JsonObject { ["text"] = "Said on two days." });
        (await Post("/api/v1/claims", body, key, client)).EnsureSuccessStatusCode();
        await Run(own.Database.Source, "update idempotency_keys set kept_at = kept_at - interval '23 hours 59 minutes'");
        Assert.True((await Post("/api/v1/claims", body, key, client)).Headers.Contains(Replayed));

        await Run(own.Database.Source, "update idempotency_keys set kept_at = kept_at - interval '1 minute'");
        Assert.False((await Post("/api/v1/claims", body, key, client)).Headers.Contains(Replayed));
        Assert.Equal(2L, await Run(own.Database.Source, "select count(*) from claims"));

        await Run(own.Database.Source, "update idempotency_keys set kept_at = kept_at - interval '24 hours'");
        await Run(own.Database.Source, "insert into idempotency_keys select sha256(i::text::bytea), sha256('r'), now() - interval '2 days', 200, null, null, null, null, '' from generate_series(1, 999) i");
        (await Post("/api/v1/claims", new JsonObject { ["text"] = "Stays." }, Requests.Unique(), client)).EnsureSuccessStatusCode();
        Assert.True(await own.Database.ForgetAnswers(TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.False(await own.Database.ForgetAnswers(TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal(1L, await Run(own.Database.Source, "select count(*) from idempotency_keys"));
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_restore_is_done_once(string kind)
    {
        var (key, id) = (Requests.Unique(), (await api.Create(kind)).Id());
        (await api.Delete(kind, id)).EnsureSuccessStatusCode();
        var path = Kinds.Path(kind, id) + "/restore";

        var first = await api.Send(HttpMethod.Post, path, null, "", (Header, key));
        (await api.Delete(kind, id)).EnsureSuccessStatusCode();
        var again = await api.Send(HttpMethod.Post, path, null, "", (Header, key));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await AssertRepeats(first, again);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Get(Kinds.Path(kind, id))).StatusCode);
    }

    [Fact]
    public async Task A_match_is_answered_as_the_first_time()
    {
        var (key, word) = (Requests.Unique(), Requests.Unique());
        var question = new JsonObject { ["text"] = $"{word} rose by 12% in 2023." };
        var first = await Post("/api/v1/claims/match", question, key);
        await api.NewClaim(new() { ["text"] = $"{word} rose by 12% in 2023." });

        await AssertRepeats(first, await Post("/api/v1/claims/match", question, key));
        Assert.NotEmpty((await StemmaApi.Json(await Post("/api/v1/claims/match", question, Requests.Unique()), 200))["items"]!.AsArray());
    }

    private static async Task<object?> Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static async Task AssertRepeats(HttpResponseMessage first, HttpResponseMessage again)
    {
        Assert.Equal(first.StatusCode, again.StatusCode);
        Assert.Equal("true", again.Headers.GetValues(Replayed).Single());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Equal(first.Headers.TryGetValues("Link", out var link) ? link : [], again.Headers.TryGetValues("Link", out var same) ? same : []);
        Assert.Equal(first.Content.Headers.ContentType, again.Content.Headers.ContentType);
        Assert.Equal(
            await first.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private async Task<HttpResponseMessage> Post(string path, JsonNode body, string key, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(Header, key);
        return await (client ?? api.Client).SendAsync(request, TestContext.Current.CancellationToken);
    }
}
