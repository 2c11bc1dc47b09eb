using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

namespace Stemma.Infrastructure.Persistence.Migrations;

/// <summary>Figures of new claims follow statements. Nothing that Entity Framework maps, so the model stays as it was.</summary>
[DbContext(typeof(StemmaDbContext))]
[Migration("20261126000076_FigureSets")]
internal sealed class FigureSets : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SchemaScript.Read("FigureSets.sql"));

    /// <summary>What was there leaves the same rows; the triggers keep their names, and go with their tables.</summary>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
    }
}
