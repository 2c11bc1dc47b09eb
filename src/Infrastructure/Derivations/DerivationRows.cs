using System.Globalization;
using System.Text;
using Npgsql;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Derivations;

/// <summary>A row of <c>derivations</c>, aliased <c>d</c>.</summary>
internal static class DerivationRows
{
    public static readonly string Columns = "d.id, " + string.Format(CultureInfo.InvariantCulture, CompositeFormat.Parse(RowReader.StampColumns), "d")
        + ", d.external_ids, d.tags, d.from_id, d.to_id, d.relation, d.basis, d.note";

    public static Derivation Read(NpgsqlDataReader reader)
    {
        var row = new RowReader(reader);
        return new(
            new DerivationId(row.Id()),
            row.Stamp(),
            new DerivationContent
            {
                ExternalIds = row.ExternalIds(),
                Tags = row.Texts(),
                FromId = new SourceId(row.Id()),
                ToId = new SourceId(row.Id()),
                Relation = row.Enum<DerivationRelation>(),
                Basis = row.Enum<DerivationBasis>(),
                Note = row.OptionalText(),
            });
    }
}
