using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

namespace Stemma.Infrastructure.Persistence.Migrations;

/// <summary>External ids follow statements. Nothing that Entity Framework maps, so the model stays as it was.</summary>
[DbContext(typeof(StemmaDbContext))]
[Migration("20261126000072_ExternalIdSets")]
internal sealed class ExternalIdSets : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SchemaScript.Read("ExternalIdSets.sql"));

    /// <summary>What was there leaves the same rows; the triggers keep their names, and go with their tables.</summary>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
    }
}
