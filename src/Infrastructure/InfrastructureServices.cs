using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Exports;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;
using Stemma.Domain.Reconciliation;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Search;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Assessments;
using Stemma.Infrastructure.ClaimRelations;
using Stemma.Infrastructure.Claims;
using Stemma.Infrastructure.Corroborations;
using Stemma.Infrastructure.Derivations;
using Stemma.Infrastructure.Embedded;
using Stemma.Infrastructure.Exports;
using Stemma.Infrastructure.Imports;
using Stemma.Infrastructure.Persistence;
using Stemma.Infrastructure.Reconciliation;
using Stemma.Infrastructure.Reviews;
using Stemma.Infrastructure.Search;
using Stemma.Infrastructure.Sources;

namespace Stemma.Infrastructure;

/// <summary>Where the database is. With no connection string a private server is started: the embedded default.</summary>
public sealed record DatabaseOptions
{
    /// <summary>An Npgsql connection string; null for the embedded default.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Where the embedded server keeps its data; null for the user's data folder (as root <c>/var/lib/stemma</c>).</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Where <c>postgres</c> and <c>initdb</c> are; null to look for them.</summary>
    public string? BinDirectory { get; init; }

    /// <summary>Where fetched server binaries are kept; null for the user's cache folder.</summary>
    public string? CacheDirectory { get; init; }
}

/// <summary>An open database. Disposing it closes the pool and stops the embedded server, if this was its last user.</summary>
public sealed class StemmaDatabase : IAsyncDisposable
{
    private readonly EmbeddedServer? _server;

    private StemmaDatabase(EmbeddedServer? server, NpgsqlDataSource source)
    {
        _server = server;
        Source = source;
    }

    /// <summary>Null where a connection string was given.</summary>
    public string? DataDirectory => _server?.DataDirectory;

    internal NpgsqlDataSource Source { get; }

    internal SegmentCache Segments { get; } = new();

    internal StaleSignal StaleAssessments { get; } = new();

    /// <exception cref="NoDatabaseException">The embedded server cannot be had.</exception>
    public static async Task<StemmaDatabase> Open(DatabaseOptions options, ILoggerFactory loggers, TimeProvider clock, CancellationToken cancel)
    {
        // 0001-01-01 is a date like any other here, not minus infinity.
        AppContext.SetSwitch("Npgsql.DisableDateTimeInfinityConversions", true);

        EmbeddedServer? server = null;
        if (options.ConnectionString is null)
        {
            var embedded = new EmbeddedOptions
            {
                DataDirectory = options.DataDirectory,
                BinDirectory = options.BinDirectory,
                CacheDirectory = options.CacheDirectory,
            };
            try
            {
                server = await EmbeddedServer.StartAsync(embedded, loggers.CreateLogger("Stemma.Embedded"), clock, cancel);
            }
            catch (EmbeddedServerException e)
            {
                throw new NoDatabaseException(e.Message, e);
            }
        }

        return new(server, BuildSource(options.ConnectionString ?? server!.ConnectionString));
    }

    /// <summary>Applies what migrations are missing.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="NoDatabaseException">The database cannot be reached.</exception>
    public async Task<bool> Migrate(CancellationToken cancel)
    {
        try
        {
            return await SchemaMigrator.Migrate(Source, cancel);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.UndefinedFile
            && e.MessageText.Contains("extension", StringComparison.Ordinal))
        {
            throw new NoDatabaseException(
                $"This PostgreSQL lacks an extension that belongs to it ({e.MessageText}). On Debian and Ubuntu they come with the server; elsewhere install postgresql-contrib.", e);
        }
        catch (NpgsqlException e) when (e is not PostgresException { IsTransient: false })
        {
            throw new NoDatabaseException($"The database of ConnectionStrings:Stemma cannot be reached: {e.GetBaseException().Message}", e);
        }
    }

    /// <summary>Whether something that is to happen once in a database's life has happened.</summary>
    public async Task<bool> HasReached(string milestone, CancellationToken cancel)
    {
        await using var command = Source.CreateCommand("select exists (select from milestones where name = $1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = milestone });
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    /// <summary>Records that it has.</summary>
    public async Task Reach(string milestone, CancellationToken cancel)
    {
        await using var command = Source.CreateCommand("insert into milestones (name) values ($1) on conflict do nothing");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = milestone });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Whether the database answers and has the schema that this program needs.</summary>
    public Task<bool> IsReady(CancellationToken cancel) => SchemaMigrator.IsCurrent(Source, cancel);

    /// <summary>Restarts the embedded server should it die; ends when <paramref name="cancel"/> says so.</summary>
    public Task Watch(CancellationToken cancel) => _server?.Watch(cancel) ?? Task.CompletedTask;

    /// <summary>Reads what all searches need, so that the first need not wait for it.</summary>
    public async Task WarmSearchUp(CancellationToken cancel)
    {
        await using var connection = await Source.OpenConnectionAsync(cancel);
        await using var session = await SearchSession.Begin(connection, Segments, new PendingCache(), cancel);
    }

    /// <summary>One step of gathering what was written into what is quickly searched, where so many documents wait for it.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public async Task<bool> FoldSearch(int atLeast, CancellationToken cancel)
    {
        var folder = new SearchFolder(Source, Segments);
        if (!await folder.Fold(atLeast, cancel))
        {
            return false;
        }

        while (await folder.Merge(cancel))
        {
            // Until no level has too many.
        }

        return true;
    }

    /// <summary>Derives one batch of the assessments that are stale.</summary>
    /// <returns>Whether there may be more.</returns>
    public Task<bool> DeriveAssessments(CancellationToken cancel) => DeriveAssessments(Guid.Empty, cancel);

    /// <summary>As <see cref="DeriveAssessments(CancellationToken)"/>, of claims whose ids come after this one.</summary>
    public Task<bool> DeriveAssessments(Guid after, CancellationToken cancel) => AssessmentQueue.Work(Source, after, cancel);

    /// <summary>Removes one batch of the answers that are kept no longer.</summary>
    /// <returns>Whether there may be more.</returns>
    public Task<bool> ForgetAnswers(TimeProvider clock, CancellationToken cancel) => IdempotencyKeys.Forget(Source, clock, cancel);

    /// <summary>Waits until a writer of this instance has left assessments stale, or for so long: writers of others are not heard.</summary>
    public Task AwaitStaleAssessments(TimeSpan atMost, CancellationToken cancel) => StaleAssessments.Wait(atMost, cancel);

    public async ValueTask DisposeAsync()
    {
        StaleAssessments.Dispose();
        await Source.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static NpgsqlDataSource BuildSource(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new(connectionString);
        }
        catch (ArgumentException e)
        {
            throw new NoDatabaseException(
                "ConnectionStrings:Stemma is no Npgsql connection string (Host=…;Port=5432;Database=…;Username=…;Password=…): " + e.Message, e);
        }

        SetDefault("Maximum Pool Size", 50);
        SetDefault("Max Auto Prepare", 200);
        SetDefault("Auto Prepare Min Usages", 2);
        SetDefault("Application Name", "stemma");
        SetDefault("Timeout", 5);
        SetDefault("No Reset On Close", true);
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();

        void SetDefault(string keyword, object value)
        {
            if (!settings.ShouldSerialize(keyword))
            {
                settings[keyword] = value;
            }
        }
    }
}

/// <summary>No database can be had; the message is for the person who started the API and names the ways out.</summary>
public sealed class NoDatabaseException(string message, Exception cause) : Exception(message, cause);

/// <summary>The only door into this project.</summary>
public static class InfrastructureServices
{
    /// <param name="services">Where to register.</param>
    /// <param name="database">What is read and written.</param>
    /// <param name="searchTimeout">What a search may take before it is given up.</param>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, StemmaDatabase database, TimeSpan searchTimeout)
    {
        services.AddSingleton(database.Source);
        services.AddDbContextPool<StemmaDbContext>(options => options.UseStemma(database.Source));
        services.AddSingleton<IdempotencySlots>();
        services.AddScoped<IdempotencyKeys>();
        services.AddScoped<IIdempotency>(provider => provider.GetRequiredService<IdempotencyKeys>());
        services.AddScoped<IUnitOfWork, UnitOfWork>();
        services.AddSingleton<Collisions>();
        services.AddSingleton<ReferenceReader>();
        services.AddSingleton<IReferenceReader>(provider => provider.GetRequiredService<ReferenceReader>());

        services.AddSingleton<ISourceReader, SourceReader>();
        services.AddScoped<ISourceRepository, SourceRepository>();
        services.AddSingleton<ISourceSuggester, SourceSuggester>();
        services.AddSingleton<ClaimReader>();
        services.AddSingleton<IClaimReader>(provider => provider.GetRequiredService<ClaimReader>());
        services.AddScoped<IClaimRepository, ClaimRepository>();
        services.AddSingleton<ICorroborationReader, CorroborationReader>();
        services.AddScoped<ICorroborationRepository, CorroborationRepository>();
        services.AddSingleton<IDerivationReader, DerivationReader>();
        services.AddScoped<IDerivationRepository, DerivationRepository>();
        services.AddSingleton<IClaimRelationReader, ClaimRelationReader>();
        services.AddScoped<IClaimRelationRepository, ClaimRelationRepository>();
        services.AddSingleton<IReviewReader, ReviewReader>();
        services.AddScoped<IReviewRepository, ReviewRepository>();
        services.AddSingleton(database.StaleAssessments);
        services.AddSingleton<IAssessments, AssessmentReader>();
        services.AddSingleton<ITimelines, TimelineReader>();
        services.AddSingleton<IContradictions, ContradictionReader>();
        services.AddSingleton<ILineage, LineageReader>();
        services.AddSingleton(database.Segments);
        services.AddSingleton<PendingCache>();
        services.AddSingleton(new SearchOptions(searchTimeout));
        services.AddSingleton<SearchSessions>();
        services.AddSingleton<ISearch, SearchReader>();
        services.AddScoped<IClaimMatching, ClaimMatching>();
        services.AddSingleton<IEntities, Entities>();
        services.AddSingleton<IWordings, Wordings>();
        services.AddSingleton<IImporter, Importer>();
        services.AddSingleton<IImportJobs, ImportJobs>();
        services.AddSingleton<IExporter, Exporter>();
        return services;
    }
}
