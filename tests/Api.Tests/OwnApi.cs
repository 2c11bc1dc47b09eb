using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Stemma.Api.Hosting;
using Stemma.Api.Tests.Embedded;
using Stemma.Infrastructure;

namespace Stemma.Api.Tests;

/// <summary>An API with a database that no other test sees.</summary>
internal sealed class OwnApi : IAsyncDisposable
{
    private readonly Sandbox _sandbox = new();
    private StemmaDatabase? _database;
    private WebApplication? _app;

    public string Url { get; private set; } = "";

    public StemmaDatabase Database => _database!;

    public static async Task<OwnApi> Start(params string[] settings)
    {
        var api = new OwnApi();
        try
        {
            await api.StartAsync(settings);
            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>For what no request does.</summary>
    public async Task<Npgsql.NpgsqlConnection> OpenConnection() => await Database.Source.OpenConnectionAsync();

    public async ValueTask DisposeAsync()
    {
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

    private async Task StartAsync(string[] settings)
    {
        _database = await StemmaDatabase.Open(
            new DatabaseOptions { DataDirectory = _sandbox.Data }, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        await _database.Migrate(CancellationToken.None);
        _app = Program.Build(
            Program.CreateBuilder(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", "--Samples:Load=false", .. settings]), _database);
        await _app.LoadSamples(_database);
        await _app.StartAsync();
        Url = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }
}
