using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

#nullable disable

namespace Stemma.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(StemmaDbContext))]
    [Migration("20261126000001_Reviews")]
    internal sealed class Reviews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "reviews",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    url_keys = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    best_rating = table.Column<decimal>(type: "numeric", nullable: true),
                    claim_id = table.Column<Guid>(type: "uuid", nullable: false),
                    external_ids = table.Column<string>(type: "jsonb", nullable: false),
                    language = table.Column<string>(type: "text", nullable: true),
                    publisher_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rating_explanation = table.Column<string>(type: "text", nullable: true),
                    rating_value = table.Column<decimal>(type: "numeric", nullable: true),
                    reviewed_at = table.Column<string>(type: "text", nullable: true),
                    tags = table.Column<string[]>(type: "text[]", nullable: false),
                    textual_rating = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: true),
                    url = table.Column<string>(type: "text", nullable: true),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    worst_rating = table.Column<decimal>(type: "numeric", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_by = table.Column<string>(type: "text", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reviews", x => x.id);
                });

            migrationBuilder.Sql(SchemaScript.Read("Reviews.sql"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "reviews");

            migrationBuilder.Sql("drop function rating_fits; delete from external_ids where resource_type = 'review'");
        }
    }
}
