using Stemma.Api.Assessments;
using Stemma.Api.ClaimRelations;
using Stemma.Api.ClaimReviews;
using Stemma.Api.Claims;
using Stemma.Api.Corroborations;
using Stemma.Api.Derivations;
using Stemma.Api.Exports;
using Stemma.Api.FactCheckTools;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Imports;
using Stemma.Api.Reconciliation;
using Stemma.Api.Reviews;
using Stemma.Api.Search;
using Stemma.Api.Sources;
using Stemma.Api.Tables;
using Stemma.Infrastructure;

namespace Stemma.Api;

/// <summary>
/// <c>dotnet run --project src/Api</c> serves; with <c>-- migrate</c> it brings the schema up to date and exits, with <c>-- health</c> it asks the
/// instance that runs here whether it is ready. This file is the table of contents: each line below is a feature or a part of <c>Hosting</c>.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => CreateBuilder(args).Run(args, Build);

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddServer();
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder, StemmaDatabase database)
    {
        builder.Services.AddInfrastructure(database, builder.Configuration.GetValue("Search:Timeout", TimeSpan.FromSeconds(2)));
        builder.Services.AddHosting(builder.Configuration);
        builder.Services.AddOpenApi();
        builder.Services.AddSources();
        builder.Services.AddClaims();
        builder.Services.AddCorroborations();
        builder.Services.AddDerivations();
        builder.Services.AddClaimRelations();
        builder.Services.AddReviews();
        builder.Services.AddAssessments();
        builder.Services.AddSearch();
        builder.Services.AddImports(builder.Configuration);
        builder.Services.AddExports();
        builder.Services.AddTables();
        builder.Services.AddReconciliation();
        builder.Services.AddClaimReviews();
        builder.Services.AddFactCheckTools();

        var app = builder.Build();
        app.UseHosting();
        app.UseOpenApi();
        app.MapHealth(database);
        app.MapSources();
        app.MapClaims();
        app.MapCorroborations();
        app.MapDerivations();
        app.MapClaimRelations();
        app.MapReviews();
        app.MapAssessments();
        app.MapSearch();
        app.MapImports();
        app.MapJobs();
        app.MapExports();
        app.MapReconciliation();
        app.MapFactCheckTools();
        return app;
    }
}
