using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

namespace Stemma.Infrastructure.Persistence.Migrations;

/// <summary>Imports that go on when their request is answered. Nothing that Entity Framework maps, so the model stays as it was.</summary>
[DbContext(typeof(StemmaDbContext))]
[Migration("20261126000031_Jobs")]
internal sealed class Jobs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SchemaScript.Read("Jobs.sql"));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table import_job_faults, import_job_files, import_jobs;");
}
