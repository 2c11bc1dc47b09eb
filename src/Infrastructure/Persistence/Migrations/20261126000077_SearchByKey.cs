using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

namespace Stemma.Infrastructure.Persistence.Migrations;

/// <summary>The search index is written for less. Nothing that Entity Framework maps, so the model stays as it was.</summary>
[DbContext(typeof(StemmaDbContext))]
[Migration("20261126000077_SearchByKey")]
internal sealed class SearchByKey : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SchemaScript.Read("SearchByKey.sql"));

    /// <summary>What was there leaves the same rows.</summary>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
    }
}
