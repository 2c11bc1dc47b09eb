using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace Stemma.Api.Tests.Imports;

/// <summary>Imports that go on when their request is answered.</summary>
public sealed class JobTests(StemmaApi api)
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_becomes_a_job_that_tells_how_it_goes_and_what_came_of_it()
    {
        var u = Requests.Unique();
        using var answer = await Submit("?onError=skip", Lines(u, 3_000).Append("""{"type":"claim"}"""), packed: true);
        Assert.Equal((HttpStatusCode.Accepted, "respond-async"), (answer.StatusCode, answer.Headers.GetValues("Preference-Applied").Single()));
        var location = answer.Headers.Location!.ToString();
        var submitted = await Json(answer);
        Assert.Equal($"/api/v1/jobs/{submitted["id"]}", location);

        using var request = new HttpRequestMessage(HttpMethod.Get, location + "/events");
        using var events = await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", events.Content.Headers.ContentType!.MediaType);
        var told = (await events.Content.ReadAsStringAsync(Cancel)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(told[..^1], e => Assert.StartsWith("event: progress\ndata: {", e, StringComparison.Ordinal));
        Assert.StartsWith("event: end\ndata: {", told[^1], StringComparison.Ordinal);

        var job = await StemmaApi.Json(await api.Get(location), 200);
        Assert.True(JsonNode.DeepEquals(job, JsonNode.Parse(told[^1]["event: end\ndata: ".Length..])));
        Assert.Equal(("succeeded", 3_001, 3_000, 0, 1, 1.0), ((string)job["state"]!, (int)job["rowsRead"]!, (int)job["created"]!, (int)job["updated"]!, (int)job["failed"]!, (double)job["share"]!));
        Assert.Equal("3000/0/0/1", Files.Counts(job["report"]!.AsObject()));
        var faults = await (await api.Get(location + "/faults")).Content.ReadAsStringAsync(Cancel);
        Assert.Equal("""{"line":3001,"type":"claim","path":"text","message":"It is required, and not of white space only."}""" + "\n", faults);
        Assert.Equal(3_000, (int)(await StemmaApi.Json(await api.Get($"/api/v1/claims?tag={u}&include=total&limit=1"), 200))["total"]!["value"]!);
        Assert.Contains((string)job["id"]!, (await StemmaApi.Json(await api.Get("/api/v1/jobs?limit=100"), 200))["items"]!.AsArray().Select(j => (string)j!["id"]!));
        await StemmaApi.Json(await api.Send(HttpMethod.Delete, location), 409);
    }

    [Fact]
    public async Task A_job_fails_as_the_request_would_have()
    {
        var u = Requests.Unique();
        var job = await Ended(await Submit("", [.. Lines(u, 2), """{"type":"claim"}"""]));
        Assert.Equal(("failed", 400), ((string)job["state"]!, (int)job["problem"]!["status"]!));
        Assert.Equal(("2/0/0/1", false), (Files.Counts(job["report"]!.AsObject()), (bool)job["report"]!["written"]!));
        Assert.Empty((await StemmaApi.Json(await api.Get($"/api/v1/claims?tag={u}"), 200))["items"]!.AsArray());

        // There is something now, whatever ran before.
        await api.NewClaim();
        job = await Ended(await Submit("?mode=restore", Lines(u, 2)));
        Assert.Equal(("failed", 409), ((string)job["state"]!, (int)job["problem"]!["status"]!));
        job = await Ended(await Submit("?dryRun=true", Lines(u, 2)));
        Assert.Equal(("succeeded", false, 2), ((string)job["state"]!, (bool)job["report"]!["written"]!, (int)job["report"]!["created"]!));

        // What shows at once is told at once.
        await StemmaApi.Json(await Submit("?mode=no", Lines(u, 2)), 400);
        foreach (var path in new[] { "/api/v1/jobs/018f7f5a-0000-7000-8000-0000000000ff", "/api/v1/jobs/018f7f5a-0000-7000-8000-0000000000ff/events", "/api/v1/jobs/018f7f5a-0000-7000-8000-0000000000ff/faults" })
        {
            await StemmaApi.Json(await api.Get(path), 404);
        }

        await StemmaApi.Json(await api.Send(HttpMethod.Delete, "/api/v1/jobs/018f7f5a-0000-7000-8000-0000000000ff"), 404);
        await StemmaApi.Json(await api.Get("/api/v1/jobs?limit=0&cursor=x"), 400);
    }

    [Fact]
    public async Task A_key_makes_one_job_however_often_the_file_is_sent()
    {
        var (u, key) = (Requests.Unique(), Guid.NewGuid().ToString());
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Submit("", Lines(u, 20), key: key)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a.StatusCode));
        Assert.Single(answers, a => !a.Headers.Contains("Idempotency-Replayed"));
        Assert.Single((await Task.WhenAll(answers.Select(Json))).Select(j => (string)j["id"]!).Distinct());
        Assert.Equal("succeeded", (string)(await Ended(answers[0]))["state"]!);

        await StemmaApi.Json(await Submit("", Lines(u, 21), key: key), 422);
        await StemmaApi.Json(await Submit("?dryRun=true", Lines(u, 20), key: key), 422);
        await StemmaApi.Json(await Submit("", Lines(u, 20), key: "no key"), 400);
    }

    [Fact]
    public async Task What_is_called_off_writes_nothing()
    {
        await using var own = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        await using var other = await own.OpenConnection();

        // Imports take turns: while somebody else has it, this one waits.
        await using (var turn = await other.BeginTransactionAsync(Cancel))
        {
            await Execute(other, "select pg_advisory_xact_lock(7363, 5)");
            using var answer = await Submit("", Lines("called-off", 10), client: client);
            var location = answer.Headers.Location!.ToString();
            await Until(async () => (string)(await Get(client, location))["state"]! == "running");
            Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(location, Cancel)).StatusCode);
            Assert.Equal("cancelled", (string)(await Get(client, location))["state"]!);
            Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(location, Cancel)).StatusCode);
        }

        // The next one has its turn, so the first one is over.
        Assert.Equal("succeeded", (string)(await Ended(await Submit("", Lines("next", 1), client: client), client))["state"]!);
        Assert.Empty((await Get(client, "/api/v1/claims?tag=called-off"))["items"]!.AsArray());
        await Until(async () => (long)(await Scalar(other, "select count(*) from import_job_files"))! == 0);
        Assert.Equal(0L, await Scalar(other, "select count(*) from import_job_files"));
    }

    /// <summary>Until 24 hours have passed; what was answered first was that there is a job.</summary>
    [Fact]
    public async Task A_key_keeps_its_job_failed_or_not()
    {
        var (u, key) = (Requests.Unique(), Guid.NewGuid().ToString());
        var first = await Submit("", ["""{"type":"claim"}"""], key: key);
        Assert.Equal("failed", (string)(await Ended(first))["state"]!);
        var again = await Submit("", ["""{"type":"claim"}"""], key: key);
        Assert.Equal((first.Headers.Location, true), (again.Headers.Location, again.Headers.Contains("Idempotency-Replayed")));

        await using var connection = await api.Database.Source.OpenConnectionAsync(Cancel);
        await Execute(connection, $"update import_jobs set created_at = created_at - interval '25 hours' where id = '{(string)(await Json(first))["id"]!}'");
        var later = await Submit("", Lines(u, 1), key: key);
        Assert.Equal("succeeded", (string)(await Ended(later))["state"]!);
        Assert.NotEqual(first.Headers.Location, later.Headers.Location);
    }

    [Fact]
    public async Task What_an_instance_lets_lie_another_takes_up_and_only_one_of_them_writes()
    {
        await using var own = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        await using var other = await own.OpenConnection();
        string location;
        DateTimeOffset released;
        await using (var turn = await other.BeginTransactionAsync(Cancel))
        {
            await Execute(other, "select pg_advisory_xact_lock(7363, 5)");
            using var answer = await Submit("", Lines("taken", 10), client: client);
            location = answer.Headers.Location!.ToString();
            await Until(async () => (string)(await Get(client, location))["state"]! == "running");

            // As if another instance had taken it up: this one's lease was out.
            await using var second = await own.OpenConnection();
            await Execute(second, "update import_jobs set runner = gen_random_uuid(), attempts = 2, lease_until = now() - interval '1 second' where state = 'running'");
            await Until(async () => (int)(await Get(client, location))["attempts"]! == 3);
            released = DateTimeOffset.UtcNow;
        }

        var job = await EndedAt(location, client);
        Assert.Equal(("succeeded", 3, "10/0/0/0"), ((string)job["state"]!, (int)job["attempts"]!, Files.Counts(job["report"]!.AsObject())));
        Assert.Equal(10, (await Get(client, "/api/v1/claims?tag=taken"))["items"]!.AsArray().Count);

        // It ends when it ends, not when its transaction began.
        Assert.True((DateTimeOffset)job["startedAt"]! <= released && (DateTimeOffset)job["finishedAt"]! >= released, $"{job["startedAt"]}, {released}, {job["finishedAt"]}");
    }

    [Fact]
    public async Task What_takes_three_instances_down_fails_and_says_so()
    {
        await using var own = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        await using var other = await own.OpenConnection();
        await Execute(
            other,
            """
            insert into import_jobs (id, state, media_type, is_packed, parameters, length, created_at, created_by, attempts, runner, lease_until)
            values ('018f7f5a-0000-7000-8000-0000000000fa', 'running', 'application/x-ndjson', false, '{}', 0, now(), 'local', 3, gen_random_uuid(), now() - interval '1 second')
            """);
        var job = await EndedAt("/api/v1/jobs/018f7f5a-0000-7000-8000-0000000000fa", client);
        Assert.Equal(("failed", 500), ((string)job["state"]!, (int)job["problem"]!["status"]!));
        Assert.StartsWith("It was begun 3 times", (string)job["problem"]!["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_given_back_half_done_is_begun_anew()
    {
        await using var own = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        await using var other = await own.OpenConnection();
        await Execute(
            other,
            """
            with job as (
                insert into import_jobs (id, media_type, is_packed, parameters, length, created_at, created_by)
                values ('018f7f5a-0000-7000-8000-0000000000fb', 'application/x-ndjson', false, '{}', 16, now(), 'local') returning id),
            file as (insert into import_job_files select id, 0, convert_to('{"type":"claim"}', 'UTF8') from job)
            insert into import_job_faults select id, 1, 0, convert_to('of the first time', 'UTF8') from job
            """);
        var location = "/api/v1/jobs/018f7f5a-0000-7000-8000-0000000000fb";
        Assert.Equal(400, (int)(await EndedAt(location, client))["problem"]!["status"]!);
        Assert.Equal(
            """{"line":1,"type":"claim","path":"text","message":"It is required, and not of white space only."}""" + "\n",
            await client.GetStringAsync(location + "/faults", Cancel));
    }

    private static IEnumerable<string> Lines(string tag, int count) =>
        Enumerable.Range(0, count).Select(i => $$"""{"type":"claim","text":"Claim {{i}} of {{tag}}.","tags":["{{tag}}"],"externalIds":[{"system":"{{tag}}","id":"{{i}}"}]}""");

    private Task<HttpResponseMessage> Submit(string query, IEnumerable<string> lines, bool packed = false, string? key = null, HttpClient? client = null)
    {
        var file = Files.Bytes(lines);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports" + query) { Content = new ByteArrayContent(packed ? Files.Pack(file) : file) };
        request.Content.Headers.ContentType = new(Files.Ndjson);
        request.Headers.Add("Prefer", "wait=5, respond-async");
        if (packed)
        {
            request.Content.Headers.ContentEncoding.Add("gzip");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return (client ?? api.Client).SendAsync(request, Cancel);
    }

    private Task<JsonObject> Ended(HttpResponseMessage answer, HttpClient? client = null) => EndedAt(answer.Headers.Location!.ToString(), client ?? api.Client);

    private static async Task<JsonObject> EndedAt(string location, HttpClient client)
    {
        await Until(async () => (await Get(client, location))["finishedAt"] is not null);
        return await Get(client, location);
    }

    private static async Task<JsonObject> Get(HttpClient client, string path) => await StemmaApi.Json(await client.GetAsync(path, Cancel), 200);

    private static async Task<JsonObject> Json(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!.AsObject();

    private static async Task Until(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 600 && !await isSo(); i++)
        {
            await Task.Delay(100, Cancel);
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
