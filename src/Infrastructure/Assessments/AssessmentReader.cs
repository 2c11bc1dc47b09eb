using System.Data;
using Npgsql;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;
using Stemma.Infrastructure.Sources;

namespace Stemma.Infrastructure.Assessments;

internal sealed class AssessmentReader(NpgsqlDataSource database, TimeProvider clock) : IAssessments
{
    // The claim stays as it is meanwhile: a deleted one gets no grade.
    private const string Set = """
        with claim as (select id from claims where id = $1 and live for key share)
        insert into assessment_overrides as o (claim_id, credibility, reason, set_by, set_at)
        select id, $2, $3, $4, $5 from claim
        on conflict (claim_id) do update set credibility = excluded.credibility, reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at
        where (o.credibility, o.reason) is distinct from (excluded.credibility, excluded.reason)
        """;

    private const string Kept = "select o.credibility, o.reason, o.set_by, o.set_at from assessment_overrides o join claims c on c.id = o.claim_id and c.live where o.claim_id = $1";

    private const string Remove = "delete from assessment_overrides o using claims c where o.claim_id = $1 and c.id = o.claim_id and c.live";

    private const string Summary = $"select {AssessmentRows.Columns} from claim_assessments a where a.claim_id = $1";

    public async Task<Result<Assessed>> Assess(ClaimId id, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        if (await new EvidenceReader(connection, transaction).Read([id.Value], cancel) is not { } evidence)
        {
            return new Error.TooLarge($"The claim's lineage has more than {Assessor.MaxSources:N0} sources: it is not assessed.");
        }

        await transaction.CommitAsync(cancel);
        if (evidence.Count == 0)
        {
            return new Error.NotFound();
        }

        var assessment = Assessor.Assess(evidence[0]);
        return assessment.Failed(out var error) ? error : new Assessed(assessment.Value, evidence[0], clock.GetUtcNow().ToMicroseconds());
    }

    public async Task<Result<CredibilityOverride>> SetOverride(
        ClaimId id, int credibility, string reason, Actor by, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var command = new NpgsqlCommand(Set, connection, transaction))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
            command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)credibility });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reason });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by.Name });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now.ToMicroseconds() });
            await command.ExecuteNonQueryAsync(cancel);
        }

        CredibilityOverride? kept = null;
        await using (var command = new NpgsqlCommand(Kept, connection, transaction))
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            if (await reader.ReadAsync(cancel))
            {
                var row = new RowReader(reader, at: 1);
                kept = new(reader.GetInt16(0), row.Text(), row.Text(), row.Instant());
            }
        }

        await transaction.CommitAsync(cancel);
        return kept is null ? new Error.NotFound() : kept;
    }

    public async Task<Result<bool>> RemoveOverride(ClaimId id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Remove);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
        return await command.ExecuteNonQueryAsync(cancel) == 0 ? new Error.NotFound() : true;
    }

    public async Task<AssessmentSummary?> Summarize(ClaimId id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Summary);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
        {
            return null;
        }

        var row = new RowReader(reader);
        return AssessmentRows.Read(ref row);
    }

    public async Task<IReadOnlyList<Source>> Sources(IReadOnlyCollection<SourceId> ids, CancellationToken cancel) =>
        [.. (await SourceRows.Load(database, ids, cancel)).Values.OrderBy(s => s.Id.Value)];
}

/// <summary>A row of <c>claim_assessments</c>, aliased <c>a</c>, as far as claims show it.</summary>
internal static class AssessmentRows
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns = "a.credibility::int, a.support_min, a.support_max, a.circular, a.contested, a.stale";

    /// <summary>Of a claim that is no longer alive there is none.</summary>
    public static AssessmentSummary Read(ref RowReader row)
    {
        var credibility = row.IntOrZero();
        var summary = new AssessmentSummary(
            credibility, row.IntOrZero(), row.IntOrZero(), row.OptionalBool() ?? false, row.OptionalBool() ?? false, row.OptionalBool() ?? false);
        return credibility == 0 ? AssessmentSummary.Unassessed : summary;
    }
}
