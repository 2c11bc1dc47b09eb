using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Stemma.Api.Tests.Embedded;
using Stemma.Infrastructure;
using Xunit;

namespace Stemma.Api.Tests.Hardness;

/// <summary>Starts, deaths and migrations, each in a data folder of its own.</summary>
public sealed class ProcessTests : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Killed_in_the_middle_of_writes_it_leaves_whole_rows_or_none_and_starts_again()
    {
        string claim, source, told;
        await using (var first = await ApiProcess.Start(_sandbox.Data).Serving())
        {
            claim = await New(first, "claims", new() { ["text"] = "x" });
            source = await New(first, "sources", new() { ["kind"] = "outlet", ["name"] = "x" });
            told = await New(first, "sources", new() { ["kind"] = "person", ["name"] = "y" });
            var confirmed = new List<string>();
            var enough = new TaskCompletionSource();
            var writers = Enumerable.Range(0, 8).Select(async writer =>
            {
                for (var n = 0; ; n++)
                {
                    var id = Guid.NewGuid().ToString();
                    try
                    {
                        using var answer = await Put(first, id, claim, source, told, $"{writer} {n}");
                        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
                    }
                    catch (HttpRequestException)
                    {
                        return;
                    }

                    lock (confirmed)
                    {
                        confirmed.Add(id);
                        if (confirmed.Count == 60)
                        {
                            enough.SetResult();
                        }
                    }
                }
            }).ToArray();
            await enough.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
            await first.Kill();
            await Task.WhenAll(writers);

            await using var second = await ApiProcess.Start(_sandbox.Data).Serving();
            Assert.Equal(HttpStatusCode.OK, (await second.Client.GetAsync("/health/ready", Cancellation)).StatusCode);
            foreach (var id in confirmed)
            {
                Assert.Equal(HttpStatusCode.OK, (await second.Client.GetAsync("/api/v1/corroborations/" + id, Cancellation)).StatusCode);
            }

            await using var database = await Open();
            await using var command = database.Source.CreateCommand(
                """
                select count(*), count(*) filter (where not exists (select from corroboration_attributions a where a.corroboration_id = k.id)),
                    count(*) filter (where not exists (select from external_ids x where x.resource_id = k.id)),
                    (select mentions from claim_counts where claim_id = k.claim_id),
                    (select count(*) from corroboration_attributions), (select count(*) from external_ids)
                from corroborations k group by k.claim_id
                """);
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            Assert.True(await reader.ReadAsync(Cancellation));
            var rows = reader.GetInt64(0);
            Assert.InRange(rows, confirmed.Count, confirmed.Count + 8);
            Assert.Equal((0L, 0L, (int)rows, rows, rows), (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3), reader.GetInt64(4), reader.GetInt64(5)));
        }
    }

    [Fact]
    public async Task Ten_starts_on_one_empty_database_migrate_it_once()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(Open, Cancellation)));
        try
        {
            Assert.All(await Task.WhenAll(databases.Select(d => d.IsReady(Cancellation))), Assert.False);

            var applied = await Task.WhenAll(databases.Select(d => Task.Run(() => d.Migrate(Cancellation), Cancellation)));

            Assert.Single(applied, did => did);
            Assert.All(await Task.WhenAll(databases.Select(d => d.IsReady(Cancellation))), Assert.True);
        }
        finally
        {
            foreach (var database in databases)
            {
                await database.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Migrate_brings_the_schema_up_to_date_and_exits()
    {
        await using (var first = ApiProcess.Start(_sandbox.Data, ["migrate"]))
        {
            Assert.True(await first.Exited() == 0, first.Output);
            Assert.Contains("is now up to date", first.Output, StringComparison.Ordinal);
        }

        await using (var second = ApiProcess.Start(_sandbox.Data, ["migrate"]))
        {
            Assert.True(await second.Exited() == 0, second.Output);
            Assert.Contains("was up to date", second.Output, StringComparison.Ordinal);
        }

        await using var database = await Open();
        Assert.True(await database.IsReady(Cancellation));
    }

    [Fact]
    public async Task Told_not_to_migrate_it_leaves_an_empty_database_alone_and_says_that_it_is_not_ready()
    {
        await using var api = await ApiProcess.Start(_sandbox.Data, null, ("Database__Migrate", "false"), ("Samples__Load", "")).Serving();

        var ready = await api.Client.GetAsync("/health/ready", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("application/problem+json", ready.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(ready.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await api.Client.GetAsync("/health/live", Cancellation)).StatusCode);
        await using var database = await Open();
        await using var command = database.Source.CreateCommand("select count(*) from pg_tables where schemaname = 'public'");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task Two_processes_share_the_data_of_one_folder()
    {
        await using var first = await ApiProcess.Start(_sandbox.Data).Serving();
        await using var second = await ApiProcess.Start(_sandbox.Data).Serving();

        var claim = await New(first, "claims", new() { ["text"] = "x" });

        Assert.Equal(HttpStatusCode.OK, (await second.Client.GetAsync("/api/v1/claims/" + claim, Cancellation)).StatusCode);
        await first.Kill();
        Assert.Equal(HttpStatusCode.OK, (await second.Client.GetAsync("/api/v1/claims/" + claim, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_first_start_loads_the_samples_and_later_ones_leave_them()
    {
        string[] links;
        await using (var first = await ApiProcess.Start(_sandbox.Data, null, ("Samples__Load", "")).Serving())
        {
            links = (await StemmaApi.Json(await first.Client.GetAsync("/api/v1/corroborations", Cancellation), 200)).Ids();
            Assert.NotEmpty(links);
            Assert.Equal(HttpStatusCode.NoContent, (await first.Client.DeleteAsync("/api/v1/corroborations/" + links[0], Cancellation)).StatusCode);
        }

        await using var second = await ApiProcess.Start(_sandbox.Data, null, ("Samples__Load", "")).Serving();
        Assert.Equal(HttpStatusCode.NotFound, (await second.Client.GetAsync("/api/v1/corroborations/" + links[0], Cancellation)).StatusCode);
    }

    private Task<StemmaDatabase> Open() => StemmaDatabase.Open(
        new DatabaseOptions { DataDirectory = _sandbox.Data }, NullLoggerFactory.Instance, TimeProvider.System, Cancellation);

    private static async Task<string> New(ApiProcess api, string kind, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return (await StemmaApi.Json(await api.Client.PostAsync("/api/v1/" + kind, content, Cancellation), 201)).Id();
    }

    private static async Task<HttpResponseMessage> Put(ApiProcess api, string id, string claim, string source, string told, string quote)
    {
        var body = new JsonObject
        {
            ["claimId"] = claim,
            ["sourceId"] = source,
            ["stance"] = "mentions",
            ["attributedToIds"] = new JsonArray(told),
            ["quote"] = new JsonObject { ["exact"] = quote },
            ["externalIds"] = new JsonArray(new JsonObject { ["system"] = "s", ["id"] = quote }),
        };
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await api.Client.PutAsync("/api/v1/corroborations/" + id, content, Cancellation);
    }
}
