using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

namespace Stemma.Infrastructure.Persistence.Migrations;

/// <summary>Reviews are found by their sites. Nothing that Entity Framework maps, so the model stays as it was.</summary>
[DbContext(typeof(StemmaDbContext))]
[Migration("20261126000042_ReviewSites")]
internal sealed class ReviewSites : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SchemaScript.Read("ReviewSites.sql"));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop index ix_sources_site;
        drop index ix_reviews_nowhere;
        alter table reviews drop column site;
        drop function url_site;
        """);
}
