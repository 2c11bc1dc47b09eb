using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

namespace Stemma.Infrastructure.Persistence.Migrations;

/// <summary>What imports need. Nothing that Entity Framework maps, so the model stays as it was.</summary>
[DbContext(typeof(StemmaDbContext))]
[Migration("20261126000011_Imports")]
internal sealed class Imports : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SchemaScript.Read("Imports.sql"));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        alter table sources alter constraint fk_sources_parent not deferrable, alter constraint fk_sources_owner not deferrable;
        """);
}
