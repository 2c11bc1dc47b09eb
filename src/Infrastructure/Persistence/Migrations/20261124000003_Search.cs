using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

namespace Stemma.Infrastructure.Persistence.Migrations;

/// <summary>What search looks words up in. Nothing that Entity Framework maps, so the model stays as it was.</summary>
[DbContext(typeof(StemmaDbContext))]
[Migration("20261124000003_Search")]
internal sealed class Search : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SchemaScript.Read("Search.sql"));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        drop trigger search_inserted on claims;
        drop trigger search_updated on claims;
        drop trigger search_removed on claims;
        drop trigger search_inserted on corroborations;
        drop trigger search_updated on corroborations;
        drop trigger search_removed on corroborations;
        drop trigger search_inserted on sources;
        drop trigger search_updated on sources;
        drop trigger search_removed on sources;
        drop function rebuild_search, search_follow_claims, search_follow_links, search_follow_sources, search_follow_removed,
            search_fingerprints_of, index_claims, index_links, index_sources, search_day, search_length, search_vector, search_configuration;
        drop table search_fingerprints, search_words, search_postings, search_segments, search_dead, search_pending, search_documents;
        drop sequence search_document_numbers, search_claim_numbers, search_source_numbers;
        do $$
        declare
            own regconfig;
        begin
            for own in select configuration from search_configurations loop
                execute format('drop text search configuration %s', own);
            end loop;
        end $$;
        drop table search_configurations;
        """);
}
