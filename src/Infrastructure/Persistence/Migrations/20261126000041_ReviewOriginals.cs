using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Stemma.Infrastructure.Persistence.Schema;

#nullable disable

namespace Stemma.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(StemmaDbContext))]
    [Migration("20261126000041_ReviewOriginals")]
    internal sealed class ReviewOriginals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "original",
                table: "reviews",
                type: "json",
                nullable: true);

            migrationBuilder.Sql(SchemaScript.Read("ReviewOriginals.sql"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "original",
                table: "reviews");
        }
    }
}
