using Microsoft.Extensions.Logging.Abstractions;
using Stemma.Infrastructure.Embedded;
using Xunit;

namespace Stemma.Api.Tests.Embedded;

public sealed class ServerBinariesTests : IAsyncLifetime
{
    private static readonly string[] s_extensions = ["pg_trgm", "unaccent", "btree_gin"];

    private readonly Sandbox _sandbox = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Laid out as Debian does: lib/postgresql/<major>/bin, and share/postgresql/<major>.
    private SearchEnvironment Installed => new("", [Path.Combine(_sandbox.Root, "usr", "lib", "postgresql", "*", "bin")]);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Where_there_are_none_the_message_names_the_ways_out()
    {
        var exception = await Assert.ThrowsAsync<EmbeddedServerException>(
            () => EmbeddedServer.StartAsync(_sandbox.Options, Installed, NullLogger.Instance, TimeProvider.System, Cancellation));

        foreach (var way in new[] { "Install PostgreSQL 14", "docker compose up", "ConnectionStrings__Stemma" })
            Assert.Contains(way, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_version_wins()
    {
        Install(9);
        Install(15);
        var newest = Install(16);
        Install(14);

        Assert.Equal(new ServerBinaries(newest, 16), Find(null));
    }

    [Fact]
    public void A_cluster_gets_its_own_version()
    {
        var own = Install(15);
        Install(16);

        Assert.Equal(new ServerBinaries(own, 15), Find(15));
        Assert.Null(Find(14));
    }

    [Fact]
    public async Task Where_a_cluster_has_no_programs_of_its_version_the_message_names_it()
    {
        Install(16);

        var exception = await Assert.ThrowsAsync<EmbeddedServerException>(
            () => ServerBinaries.FindAsync(_sandbox.Options, Installed, 15, NullLogger.Instance, TimeProvider.System, Cancellation));

        Assert.Contains("Install PostgreSQL 15", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_is_too_old_or_incomplete_is_passed_over()
    {
        Install(13);
        File.Delete(Path.Combine(Install(17), Program("initdb")));
        File.Delete(Path.Combine(Install(18), "..", "..", "..", "..", "share", "postgresql", "18", "extension", "pg_trgm.control"));
        var whole = Install(14);

        Assert.Equal(new ServerBinaries(whole, 14), Find(null));
    }

    [Fact]
    public async Task A_configured_folder_is_the_only_one_looked_at()
    {
        Install(16);
        var configured = Install(15);
        var options = _sandbox.Options with { BinDirectory = configured };
        Assert.Equal(new ServerBinaries(configured, 15), ServerBinaries.FindLocal(options, Installed, null));

        File.Delete(Path.Combine(configured, Program("pg_ctl")));
        var exception = await Assert.ThrowsAsync<EmbeddedServerException>(
            () => ServerBinaries.FindAsync(options, Installed, null, NullLogger.Instance, TimeProvider.System, Cancellation));
        Assert.Contains("pg_ctl", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_search_path_is_searched()
    {
        var only = Install(16);

        Assert.Equal(new ServerBinaries(only, 16), ServerBinaries.FindLocal(_sandbox.Options, new SearchEnvironment($"relative{Path.PathSeparator}{only}", []), null));
    }

    private ServerBinaries? Find(int? clusterMajor) => ServerBinaries.FindLocal(_sandbox.Options, Installed, clusterMajor);

    private string Install(int major)
    {
        var bin = Directory.CreateDirectory(Path.Combine(_sandbox.Root, "usr", "lib", "postgresql", $"{major}", "bin")).FullName;
        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" })
            File.WriteAllText(Path.Combine(bin, Program(program)), "");

        var share = Path.Combine(_sandbox.Root, "usr", "share", "postgresql", $"{major}");
        Directory.CreateDirectory(Path.Combine(share, "extension"));
        File.WriteAllText(Path.Combine(share, "postgres.bki"), $"# PostgreSQL {major}\n");
        foreach (var extension in s_extensions)
            File.WriteAllText(Path.Combine(share, "extension", extension + ".control"), "");

        return bin;
    }

    private static string Program(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}
