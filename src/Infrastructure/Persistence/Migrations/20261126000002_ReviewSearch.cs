using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

namespace Stemma.Infrastructure.Persistence.Migrations;

/// <summary>Reviews are searched. Nothing that Entity Framework maps, so the model stays as it was.</summary>
[DbContext(typeof(StemmaDbContext))]
[Migration("20261126000002_ReviewSearch")]
internal sealed class ReviewSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SchemaScript.Read("ReviewSearch.sql"));

    /// <summary>An older program cannot read segments that have reviews.</summary>
    protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException("Restore a backup from before the migration instead.");
}
