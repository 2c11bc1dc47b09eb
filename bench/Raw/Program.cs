using System.Text.Encodings.Web;
using Npgsql;
using Stemma.Bench.Raw;

// The yardstick: what ASP.NET Core and Npgsql do when nothing stands between them. Every request is one round trip to the database; nothing is
// cached; the fields are those of the API's answers. See ../README.md for what it leaves out.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.TypeInfoResolverChain.Insert(0, RawJson.Default);
    json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
});

var connection = new NpgsqlConnectionStringBuilder(builder.Configuration.GetConnectionString("Stemma"))
{
    MaxPoolSize = 50,
    MaxAutoPrepare = 200,
    AutoPrepareMinUsages = 2,
    NoResetOnClose = true,
};
builder.Services.AddSingleton(NpgsqlDataSource.Create(connection));
builder.Services.AddSingleton<Claims>();

await using var app = builder.Build();
app.MapGet("/claims/{id:guid}", async (Guid id, Claims claims, CancellationToken cancel) =>
    await claims.Find(id, cancel) is { } claim ? Results.Ok(claim) : Results.NotFound());
app.MapGet("/claims", async (string status, string kind, int limit, Claims claims, CancellationToken cancel) =>
    TypedResults.Ok(await claims.List(status, kind, limit, cancel)));
app.MapPost("/claims", async (NewClaim body, Claims claims, CancellationToken cancel) =>
{
    var claim = await claims.Add(body, cancel);
    return TypedResults.Created($"/claims/{claim.Id}", claim);
});
await app.RunAsync();
