using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Stemma.Api.Tests.Embedded;
using Stemma.Infrastructure;
using Xunit;

[assembly: AssemblyFixture(typeof(Stemma.Api.Tests.StemmaApi))]

namespace Stemma.Api.Tests;

/// <summary>
/// The API over real HTTP and a real PostgreSQL, the embedded one, in a folder of its own. One for the whole run: tests share it, so each
/// works on rows that it made itself.
/// </summary>
public sealed class StemmaApi : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();
    private StemmaDatabase? _database;
    private WebApplication? _app;

    public HttpClient Client { get; private set; } = null!;

    internal StemmaDatabase Database => _database!;

    public async ValueTask InitializeAsync()
    {
        _database = await StemmaDatabase.Open(
            new DatabaseOptions { DataDirectory = _sandbox.Data }, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        await _database.Migrate(CancellationToken.None);
        _app = Program.Build(Program.CreateBuilder(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]), _database);
        await _app.StartAsync();
        var url = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client = new HttpClient { BaseAddress = new Uri(url) };
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await _sandbox.DisposeAsync();
    }

    /// <summary>Sends a body as it stands, so that a test can send what no serializer would write.</summary>
    public Task<HttpResponseMessage> Send(HttpMethod method, string path, string? body = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

            // What is too long is refused before it is sent whole: a client that is still sending would lose the answer.
            request.Headers.ExpectContinue = body.Length > 500_000 ? true : null;
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, JsonNode body, params (string Name, string Value)[] headers) =>
        Send(method, path, body.ToJsonString(), "application/json", headers);

    /// <summary>The body of an answer that must have this status.</summary>
    public static async Task<JsonObject> Json(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>A new source, and its id.</summary>
    public async Task<string> NewSource(JsonObject? fields = null)
    {
        var body = fields ?? [];
        body["kind"] ??= "outlet";
        body["name"] ??= "Source of a test";
        return (string)(await Json(await Send(HttpMethod.Post, "/api/v1/sources", body), 201))["id"]!;
    }

    /// <summary>A new claim, and its id.</summary>
    public async Task<string> NewClaim(JsonObject? fields = null)
    {
        var body = fields ?? [];
        body["text"] ??= "A claim of a test.";
        return (string)(await Json(await Send(HttpMethod.Post, "/api/v1/claims", body), 201))["id"]!;
    }

    /// <summary>A new link, and its id.</summary>
    public async Task<string> NewLink(string claim, string source, string stance = "supports", JsonObject? fields = null)
    {
        var body = fields ?? [];
        body["claimId"] = claim;
        body["sourceId"] = source;
        body["stance"] = stance;
        return (string)(await Json(await Send(HttpMethod.Post, "/api/v1/corroborations", body), 201))["id"]!;
    }
}
