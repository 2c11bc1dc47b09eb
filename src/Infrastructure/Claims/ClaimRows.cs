using System.Globalization;
using System.Text;
using Npgsql;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Assessments;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Claims;

/// <summary>A row of <c>claims</c>, aliased <c>c</c>, beside its counts, aliased <c>n</c>, and its assessment, aliased <c>a</c>.</summary>
internal static class ClaimRows
{
    public const string From = "claims c left join claim_assessments a on a.claim_id = c.id left join claim_counts n on n.claim_id = c.id";

    /// <summary>As <see cref="From"/>, of the living.</summary>
    public const string FromAssessed = "claims c join claim_assessments a on a.claim_id = c.id left join claim_counts n on n.claim_id = c.id";

    /// <summary>What <see cref="ReadDerived"/> reads.</summary>
    public const string Derived = "n.supports, n.contradicts, n.reports, n.denies, n.mentions, " + AssessmentRows.Columns;

    public static readonly string Columns = "c.id, " + string.Format(CultureInfo.InvariantCulture, CompositeFormat.Parse(RowReader.StampColumns), "c") + """
        , c.external_ids, c.tags, c.text, c.context, c.language, c.kind, c.status, c.claimant_id, c.claimed_at, c.event_from, c.event_to, c.place,
        c.first_appearance_url, c.appearance_urls, c.quantities, c.plausible,
        """ + Derived;

    private static readonly string ByIds = $"select {Columns} from {From} where c.id = any($1) and c.live";

    public static ClaimView Read(NpgsqlDataReader reader)
    {
        var row = new RowReader(reader);
        var claim = new Claim(
            new ClaimId(row.Id()),
            row.Stamp(),
            new ClaimContent
            {
                ExternalIds = row.ExternalIds(),
                Tags = row.Texts(),
                Text = row.Text(),
                Context = row.OptionalText(),
                Language = row.Text(),
                Kind = row.Enum<ClaimKind>(),
                Status = row.Enum<ClaimStatus>(),
                ClaimantId = row.OptionalId() is { } claimant ? new SourceId(claimant) : null,
                ClaimedAt = row.OptionalDate(),
                EventFrom = row.OptionalDate(),
                EventTo = row.OptionalDate(),
                Place = row.OptionalText(),
                FirstAppearanceUrl = row.OptionalText(),
                AppearanceUrls = row.Texts(),
                Quantities = StoredJson.ReadQuantities(row.Text()),
                Plausible = row.OptionalBool(),
            });
        var (counts, assessment) = ReadDerived(ref row);
        return new ClaimView(claim, counts) { Assessment = assessment };
    }

    /// <summary>The counts, zeros where the claim has never had a link, and the assessment.</summary>
    public static (CorroborationCounts Counts, AssessmentSummary Assessment) ReadDerived(ref RowReader row)
    {
        var counts = new CorroborationCounts(row.IntOrZero(), row.IntOrZero(), row.IntOrZero(), row.IntOrZero(), row.IntOrZero());
        return (counts, AssessmentRows.Read(ref row));
    }

    /// <summary>All of these claims in one query.</summary>
    public static async Task<Dictionary<ClaimId, ClaimView>> Load(NpgsqlDataSource database, IEnumerable<ClaimId> ids, CancellationToken cancel)
    {
        var found = new Dictionary<ClaimId, ClaimView>();
        var wanted = ids.Select(id => id.Value).Distinct().ToArray();
        if (wanted.Length == 0)
        {
            return found;
        }

        await using var command = database.CreateCommand(ByIds);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = wanted });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var view = Read(reader);
            found.Add(view.Claim.Id, view);
        }

        return found;
    }
}
