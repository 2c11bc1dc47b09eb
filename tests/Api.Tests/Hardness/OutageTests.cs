using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Stemma.Api.Tests.Embedded;
using Stemma.Infrastructure;
using Xunit;

namespace Stemma.Api.Tests.Hardness;

/// <summary>The database goes away under load, and comes back.</summary>
public sealed class OutageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_is_away_answers_are_503_and_when_it_is_back_all_is_well()
    {
        await using var sandbox = new Sandbox();
        var server = await sandbox.StartAsync();
        await using var database = await StemmaDatabase.Open(
            new DatabaseOptions { ConnectionString = server.ConnectionString }, NullLoggerFactory.Instance, TimeProvider.System, Cancellation);
        await database.Migrate(Cancellation);
        using var log = new KeptLog();
        var builder = Program.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders().AddProvider(log);
        await using var app = Program.Build(builder, database);
        await app.StartAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

        var answers = new ConcurrentQueue<(int Status, string? Type, bool RetryAfter, string Text)>();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 8).Select(async client8 =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                using var content = new StringContent($$"""{"text":"{{client8}} {{n}}"}""", Encoding.UTF8, "application/json");
                using var answer = (n % 4) switch
                {
                    0 => await client.PostAsync("/api/v1/claims", content, Cancellation),
                    1 => await client.PutAsync("/api/v1/claims/" + Guid.NewGuid(), content, Cancellation),
                    2 => await client.GetAsync("/api/v1/claims?limit=3&include=total", Cancellation),
                    _ => await client.GetAsync("/api/v1/sources/" + Guid.NewGuid(), Cancellation),
                };
                answers.Enqueue(((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.RetryAfter is not null, await answer.Content.ReadAsStringAsync(Cancellation)));
            }
        }).ToArray();
        await Until(() => answers.Count(a => a.Status == 201) > 20);

        await server.DisposeAsync();
        await Until(() => answers.Count(a => a.Status == 503) > 20);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Cancellation)).StatusCode);

        var again = await sandbox.StartAsync();
        Assert.Equal(server.ConnectionString, again.ConnectionString);
        var before = answers.Count(a => a.Status == 201);
        await Until(() => answers.Count(a => a.Status == 201) > before + 20);
        await stop.CancelAsync();
        await Task.WhenAll(load);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", Cancellation)).StatusCode);
        Assert.All(answers, a => Assert.True(a.Status is 200 or 201 or 404 or 503, $"{a.Status}: {a.Text}"));
        Assert.All(answers.Where(a => a.Status == 503), a => Assert.Equal(("application/problem+json", true), (a.Type, a.RetryAfter)));

        // The problem's traceId is how its cause is found.
        var traced = answers.Where(a => a.Status == 503).Select(a => (string)JsonNode.Parse(a.Text)!["traceId"]!).ToList();
        Assert.All(traced.Take(20), id => Assert.Contains(log.Messages, m => m.Contains(id, StringComparison.Ordinal)));

        var stored = await StemmaApi.Json(await client.GetAsync("/api/v1/claims?limit=1&include=total", Cancellation), 200);
        Assert.InRange((int)stored["total"]!["value"]!, answers.Count(a => a.Status == 201), answers.Count);
        await app.StopAsync(Cancellation);

        static async Task Until(Func<bool> condition)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!condition())
            {
                await Task.Delay(10, patience.Token);
            }
        }
    }

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
