using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

namespace Stemma.Infrastructure.Persistence.Migrations;

/// <summary>How well each claim is corroborated, and what follows what it rests on. Nothing that Entity Framework maps, so the model stays as it was.</summary>
[DbContext(typeof(StemmaDbContext))]
[Migration("20261125000002_Assessments")]
internal sealed class Assessments : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SchemaScript.Read("Assessments.sql"));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop trigger assessment_inserted on claims;
        drop trigger assessment_updated on claims;
        drop trigger aa_lock on corroborations;
        drop trigger assessment_inserted on corroborations;
        drop trigger assessment_updated on corroborations;
        drop trigger assessment_deleted on corroborations;
        drop trigger aa_lock on claim_relations;
        drop trigger assessment_inserted on claim_relations;
        drop trigger assessment_updated on claim_relations;
        drop trigger assessment_deleted on claim_relations;
        drop trigger aa_lock on derivations;
        drop trigger assessment_inserted on derivations;
        drop trigger assessment_updated on derivations;
        drop trigger assessment_deleted on derivations;
        drop trigger assessment_updated on sources;
        drop table claim_assessments, assessment_overrides;
        drop function assess_new_claims, assess_changed_claims, assess_linked_claims, assess_related_claims, assess_claims_of_derivations,
            assess_claims_of_sources, follow_overrides, lock_before_links, lock_before_lineage, touch_claims_of_sources, touch_claims, wired_with,
            belonging_to, lock_lineage;
        drop view claim_ties, wire_ties;
        drop index ix_sources_above, ix_derivations_wire_from, ix_derivations_wire_to;
        """);
}
