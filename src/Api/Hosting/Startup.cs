using FluentValidation;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.ResponseCompression;
using Stemma.Infrastructure;

namespace Stemma.Api.Hosting;

/// <summary>What is set up once: the server, the database, and what every request passes through.</summary>
internal static partial class Startup
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    private static readonly string[] ExposedHeaders =
        ["ETag", "Link", "Location", "Retry-After", "Idempotency-Replayed", "RateLimit", "RateLimit-Policy"];

    public static void AddServer(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])
            && string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.HttpPortsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.MaxBody;

            // A filter may name many values: what is too long for this is answered by the server itself, without a body.
            kestrel.Limits.MaxRequestLineSize = 65_536;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
    }

    /// <summary>What the program does: it serves, or what the first argument says instead. The program's exit code.</summary>
    public static async Task<int> Run(this WebApplicationBuilder builder, string[] args, Func<WebApplicationBuilder, StemmaDatabase, WebApplication> build)
    {
        if (args is ["health", ..])
        {
            return await builder.AskHealth();
        }

        try
        {
            await using var database = await builder.OpenDatabase();
            if (args is ["migrate", ..])
            {
                return await builder.MigrateOnly(database);
            }

            await using var app = build(builder, database);
            await app.Serve(database);
            return 0;
        }
        catch (NoDatabaseException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>Opens the configured database, or starts the embedded one.</summary>
    /// <exception cref="NoDatabaseException">Neither can be had; the message says why and what to do.</exception>
    private static async Task<StemmaDatabase> OpenDatabase(this WebApplicationBuilder builder)
    {
        var embedded = builder.Configuration.GetSection("Embedded");
        var options = new DatabaseOptions
        {
            ConnectionString = builder.Configuration.GetConnectionString("Stemma") is { Length: > 0 } given ? given : null,
            DataDirectory = embedded["DataDirectory"],
            BinDirectory = embedded["BinDirectory"],
            CacheDirectory = embedded["CacheDirectory"],
        };
        using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        return await StemmaDatabase.Open(options, loggers, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>What <c>-- health</c> does, for containers, whose image has no HTTP client: 0 where the instance on this machine is ready, else 1.</summary>
    private static async Task<int> AskHealth(this WebApplicationBuilder builder)
    {
        var urls = builder.Configuration[WebHostDefaults.ServerUrlsKey];
        var ports = builder.Configuration[WebHostDefaults.HttpPortsKey];
        var listening = urls is { Length: > 0 } ? urls.Split(';')[0] : ports is { Length: > 0 } ? $"http://*:{ports.Split(';')[0]}" : DefaultUrl;

        // Whatever it listens on, here it is reached by loopback.
        var url = new UriBuilder(AnyHost().Replace(listening, "://127.0.0.1")).Uri;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(4) };
        try
        {
            var response = await client.GetAsync(new Uri(url, "/health/ready"));
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"://(\+|\*|0\.0\.0\.0|\[::\])")]
    private static partial System.Text.RegularExpressions.Regex AnyHost();

    /// <summary>What <c>-- migrate</c> does.</summary>
    private static async Task<int> MigrateOnly(this WebApplicationBuilder builder, StemmaDatabase database)
    {
        var applied = await database.Migrate(CancellationToken.None);
        await Console.Out.WriteLineAsync(applied ? "The schema is now up to date." : "The schema was up to date.");
        return 0;
    }

    public static void AddHosting(this IServiceCollection services, IConfiguration configuration)
    {
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) => member is null ? null : char.ToLowerInvariant(member.Name[0]) + member.Name[1..];
        ValidatorOptions.Global.LanguageManager.Enabled = false;

        var access = configuration.GetSection(AccessOptions.Section).Get<AccessOptions>() ?? new AccessOptions();
        services.AddSingleton(access);
        services.AddSingleton(TimeProvider.System);
        services.AddValidatorsFromAssemblyContaining<Guard>(ServiceLifetime.Singleton, includeInternalTypes: true);
        services.AddSingleton(typeof(Rules<>));
        services.AddSingleton<Graphviz>();
        services.Configure<JsonOptions>(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Clear();
            StrictJson.Configure(options.SerializerOptions);
        });
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. access.Origins]).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(ExposedHeaders)));
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, Problems.ContentType, "application/ld+json", "image/svg+xml", "text/vnd.graphviz", "text/vnd.mermaid"];
        });
    }

    public static void UseHosting(this WebApplication app)
    {
        app.UseResponseCompression();
        app.Use((http, next) =>
        {
            http.Response.OnStarting(
                static response =>
                {
                    ((HttpResponse)response).Headers.XContentTypeOptions = "nosniff";
                    return Task.CompletedTask;
                },
                http.Response);
            return next(http);
        });
        app.UseMiddleware<Faults>();
        app.UseStatusCodePages(context => Problems.WriteForStatus(context.HttpContext));
        app.UseMiddleware<Guard>();
        app.Use((http, next) =>
        {
            if (HttpMethods.IsHead(http.Request.Method))
            {
                // Whatever answers GET answers HEAD: the server leaves the body out.
                http.Request.Method = HttpMethods.Get;
                http.Features.Set(HeadOnly.Marker);
            }

            return next(http);
        });
        app.UseRouting();
        if (app.Services.GetRequiredService<AccessOptions>().Origins.Count > 0)
        {
            app.UseCors();
        }
    }

    /// <summary>Liveness asks nothing; readiness asks the database.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app, StemmaDatabase database)
    {
        app.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", async (HttpContext http, CancellationToken cancel) =>
        {
            if (!await database.IsReady(cancel))
            {
                await Problems.Write(http, 503, "The database has not the schema that this version needs.");
                return;
            }

            await http.Response.WriteAsync("ready", cancel);
        }).ExcludeFromDescription();
    }

    /// <summary>Brings the schema up to date, loads the samples where the embedded database is new, and serves until told to stop.</summary>
    private static async Task Serve(this WebApplication app, StemmaDatabase database)
    {
        if (app.Configuration.GetValue("Database:Migrate", defaultValue: true))
        {
            await database.Migrate(CancellationToken.None);
        }

        // Told not to migrate, it may serve beside a schema that is not there yet: not ready, but alive.
        if (await database.IsReady(CancellationToken.None))
        {
            await app.LoadSamples(database);
        }

        await app.StartAsync();
        var watch = database.Watch(app.Lifetime.ApplicationStopping);
        var folding = app.KeepSearchFolded(database);
        var assessing = app.KeepAssessmentsFresh(database);
        var forgetting = app.ForgetOldAnswers(database);
        var urls = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        app.Logger.LogInformation("The data lies in {Place}", database.DataDirectory ?? "the database of ConnectionStrings:Stemma");
        var url = urls.First().Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
        app.Logger.LogInformation("Swagger UI is at {Url}/swagger", url);
        await app.WaitForShutdownAsync();
        await folding;
        await assessing;
        await forgetting;
        await watch;
    }
}
