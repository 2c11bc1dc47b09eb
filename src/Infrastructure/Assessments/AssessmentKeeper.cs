using Npgsql;
using Stemma.Domain.Assessments;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Assessments;

/// <summary>Derives the kept values of stale claims anew. Their rows must be locked, and so must their lineage (see Assessments.sql).</summary>
internal static class AssessmentKeeper
{
    /// <summary>What <c>touch_claims</c> says of this transaction where it touched more than can be derived at once.</summary>
    private const string Many = "many";

    private const string Touched = "select coalesce(current_setting('stemma.touched', true), '')";

    private const string Keep = """
        update claim_assessments a set derived_credibility = v.credibility, credibility = coalesce(o.credibility, v.credibility), rule = v.rule,
            support_min = v.support_min, support_max = v.support_max, contradiction_min = v.contradiction_min, contradiction_max = v.contradiction_max,
            circular = v.circular, stale = false, too_large = false
        from unnest($1, $2, $3, $4, $5, $6, $7, $8) v(claim_id, credibility, rule, support_min, support_max, contradiction_min, contradiction_max, circular)
        left join assessment_overrides o on o.claim_id = v.claim_id
        where a.claim_id = v.claim_id
        """;

    private const string GiveUp = "update claim_assessments set too_large = true where claim_id = any($1)";

    /// <summary>Claims that this transaction has touched, where they are few enough to be derived in it; null where the queue has to.</summary>
    public static async Task<IReadOnlyList<Guid>?> TouchedBy(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Touched, connection, transaction);
        var touched = (string)(await command.ExecuteScalarAsync(cancel))!;
        return touched == Many ? null : [.. touched.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse).Distinct()];
    }

    /// <summary>Derives these claims' values and keeps them.</summary>
    public static async Task Derive(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        if (ids.Count == 0)
        {
            return;
        }

        if (await new EvidenceReader(connection, transaction).Read(ids, cancel) is not { } evidence)
        {
            await Divide(connection, transaction, ids, cancel);
            return;
        }

        var derived = new List<Assessment>();
        var tooLarge = new List<Guid>();
        foreach (var claim in evidence)
        {
            var assessment = Assessor.Assess(claim);
            if (assessment.Failed(out _))
            {
                tooLarge.Add(claim.ClaimId.Value);
            }
            else
            {
                derived.Add(assessment.Value);
            }
        }

        await Write(connection, transaction, derived, cancel);
        await Refuse(connection, transaction, tooLarge, cancel);
    }

    /// <summary>Together they are too large; which of them are by themselves?</summary>
    private static async Task Divide(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        if (ids.Count == 1)
        {
            await Refuse(connection, transaction, ids, cancel);
            return;
        }

        foreach (var half in ids.Chunk((ids.Count + 1) / 2))
        {
            await Derive(connection, transaction, half, cancel);
        }
    }

    private static async Task Write(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Assessment> derived, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Keep, connection, transaction);
        Add(a => a.ClaimId.Value);
        Add(a => (short)a.DerivedCredibility);
        Add(a => StoredNames<Rule>.Of(a.Rule));
        Add(a => a.For.Min);
        Add(a => a.For.Max);
        Add(a => a.Against.Min);
        Add(a => a.Against.Max);
        Add(a => a.IsCircular);
        await command.ExecuteNonQueryAsync(cancel);

        void Add<T>(Func<Assessment, T> value) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. derived.Select(value)] });
    }

    private static async Task Refuse(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        if (ids.Count > 0)
        {
            await using var command = new NpgsqlCommand(GiveUp, connection, transaction);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
