using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

namespace Stemma.Infrastructure.Persistence.Migrations;

/// <summary>Attributions follow statements, and claims whose links are known to come begin as stale. Nothing that Entity Framework maps, so the model stays as it was.</summary>
[DbContext(typeof(StemmaDbContext))]
[Migration("20261126000075_LinkSets")]
internal sealed class LinkSets : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SchemaScript.Read("LinkSets.sql"));

    /// <summary>What was there leaves the same rows; the triggers keep their names, and go with their tables.</summary>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
    }
}
