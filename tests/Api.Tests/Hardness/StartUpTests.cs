using System.Text.Json.Nodes;
using Stemma.Api.Hosting;
using Stemma.Api.Tests.Embedded;
using Xunit;

namespace Stemma.Api.Tests.Hardness;

public sealed class StartUpTests
{
    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=x;Username=x;Password=x", "cannot be reached")]
    [InlineData("postgres://user:password@host/database", "is no Npgsql connection string")]
    public async Task A_database_that_cannot_be_had_is_one_clear_message(string connectionString, string message)
    {
        await using var sandbox = new Sandbox();
        await using var api = ApiProcess.Start(sandbox.Data, null, ("ConnectionStrings__Stemma", connectionString));

        Assert.Equal(1, await api.Exited());

        Assert.Contains(message, api.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", api.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(sandbox.Data), "An embedded server was set up beside a connection string.");
    }

    [Fact]
    public async Task Samples_are_loaded_once_in_a_databases_life()
    {
        await using var api = await OwnApi.Start("--Samples:Load=true");
        using var client = new HttpClient { BaseAddress = new Uri(api.Url) };
        var path = "/api/v1/sources/018f7f5a-0000-7000-8000-000000000101";
        using var edit = new StringContent("""{"reliability":"B"}""", System.Text.Encoding.UTF8, "application/json");
        (await client.PatchAsync(path, edit, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        await using var again = Program.Build(Program.CreateBuilder(["--urls", "http://127.0.0.1:0", "--Samples:Load=true"]), api.Database);
        await again.LoadSamples(api.Database);

        var kept = JsonNode.Parse(await client.GetStringAsync(path, TestContext.Current.CancellationToken))!;
        Assert.Equal("B", (string)kept["reliability"]!);
    }
}
