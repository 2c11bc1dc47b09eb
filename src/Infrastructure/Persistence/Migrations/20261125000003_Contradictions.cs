using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

namespace Stemma.Infrastructure.Persistence.Migrations;

/// <summary>Figures as they are compared, and the order of timelines. Nothing that Entity Framework maps, so the model stays as it was.</summary>
[DbContext(typeof(StemmaDbContext))]
[Migration("20261125000003_Contradictions")]
internal sealed class Contradictions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SchemaScript.Read("Contradictions.sql"));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop trigger figures_inserted on claims;
        drop trigger figures_updated on claims;
        drop table claim_figures;
        drop function follow_figures, figures_of, figure_amount, figure_text;
        drop index ix_claim_relations_contradictions, ix_claim_relations_contradictions_scope, ix_corroborations_timeline, ix_corroborations_undated;
        drop extension if exists btree_gist;
        """);
}
