using System.Globalization;
using System.Text;
using Npgsql;
using Stemma.Domain.Claims;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.ClaimRelations;

/// <summary>A row of <c>claim_relations</c>, aliased <c>r</c>.</summary>
internal static class ClaimRelationRows
{
    public static readonly string Columns = "r.id, " + string.Format(CultureInfo.InvariantCulture, CompositeFormat.Parse(RowReader.StampColumns), "r")
        + ", r.external_ids, r.tags, r.from_id, r.to_id, r.kind, r.scope_difference, r.note";

    public static ClaimRelation Read(NpgsqlDataReader reader)
    {
        var row = new RowReader(reader);
        return new(
            new ClaimRelationId(row.Id()),
            row.Stamp(),
            new ClaimRelationContent
            {
                ExternalIds = row.ExternalIds(),
                Tags = row.Texts(),
                FromId = new ClaimId(row.Id()),
                ToId = new ClaimId(row.Id()),
                Kind = row.Enum<ClaimRelationKind>(),
                ScopeDifference = row.Enum<ScopeDifference>(),
                Note = row.OptionalText(),
            });
    }
}
