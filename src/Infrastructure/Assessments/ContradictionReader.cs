using System.Data;
using System.Globalization;
using System.Text;
using Npgsql;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Infrastructure.ClaimRelations;
using Stemma.Infrastructure.Claims;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Assessments;

/// <summary>
/// Declared contradictions are rows; those of figures are found, for each figure that is marked as conflicting (see Contradictions.sql) or that the
/// filter names, in the index of all. Where both figures of a pair are among these, the one of the lesser claim tells it.
/// </summary>
internal sealed class ContradictionReader(NpgsqlDataSource database) : IContradictions
{
    private const string Planning = "select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)";

    private static readonly string ClaimsById = $"select {ClaimRows.Columns} from {ClaimRows.From} where c.id = any($1) and c.live";

    private static readonly ContradictionPosition Beginning = new(ContradictionReason.Quantities, Guid.Empty, -1, Guid.Empty, -1);

    public async Task<ContradictionPage> List(ContradictionFilter filter, ContradictionPosition? after, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await using (var planning = new NpgsqlCommand(Planning, connection, transaction))
        {
            await planning.ExecuteNonQueryAsync(cancel);
        }

        var declared = Wants(ContradictionReason.Declared) && filter.Metrics.Count == 0 && after is not { Reason: ContradictionReason.Quantities }
            ? await ReadDeclared(connection, transaction, filter, after?.Id, limit + 1, cancel)
            : [];
        var wantsFigures = Wants(ContradictionReason.Quantities) && filter.ScopeDifferences.Count == 0;
        var from = after is { Reason: ContradictionReason.Quantities } ? after : Beginning;
        List<ContradictionPosition> pairs = [];
        ContradictionPosition? next = null;
        if (declared.Count > limit)
        {
            declared.RemoveAt(limit);
            next = new(ContradictionReason.Declared, declared[^1].Id.Value, 0, Guid.Empty, 0);
        }
        else if (wantsFigures)
        {
            var room = limit - declared.Count;
            pairs = await ReadPairs(connection, transaction, filter, from, room + 1, cancel);
            if (pairs.Count > room)
            {
                pairs.RemoveAt(room);
                next = room > 0 ? pairs[^1] : new(ContradictionReason.Declared, declared[^1].Id.Value, 0, Guid.Empty, 0);
            }
            else if (await ReadLastTried(connection, transaction, filter, from, cancel) is { } tried)
            {
                next = tried;
            }
        }

        var claims = await ReadClaims(
            connection,
            transaction,
            [.. declared.SelectMany(r => new[] { r.Content.FromId.Value, r.Content.ToId.Value }).Concat(pairs.SelectMany(p => new[] { p.Id, p.OtherId })).Distinct()],
            cancel);
        await transaction.CommitAsync(cancel);
        return new(
            [
                .. declared.Select(r => Contradict(new(claims[r.Content.FromId.Value], null), new(claims[r.Content.ToId.Value], null), r)),
                .. pairs.Select(p => Contradict(new(claims[p.Id], p.Place), new(claims[p.OtherId], p.OtherPlace), null)),
            ],
            next);

        bool Wants(ContradictionReason reason) => filter.Reasons.Count == 0 || filter.Reasons.Contains(reason);
    }

    private static Contradiction Contradict(ContradictionSide one, ContradictionSide other, ClaimRelation? relation) =>
        (one.Claim.Claim.Id.Value.CompareTo(other.Claim.Claim.Id.Value) < 0 ? new Contradiction(one, other) : new(other, one)) with { Relation = relation };

    private static async Task<List<ClaimRelation>> ReadDeclared(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ContradictionFilter filter, Guid? after, int limit, CancellationToken cancel)
    {
        var sql = new ListSql("claim_relations", "r", descending: false);
        sql.And("r.kind = 'contradicts'");
        sql.AndAnyOf("r.scope_difference", filter.ScopeDifferences);
        sql.AndEither("r.from_id", "r.to_id", [.. filter.ClaimIds.Select(id => id.Value)]);
        if (after is { } last)
        {
            sql.And($"r.id > {sql.Parameter(last)}");
        }

        var all = sql.All(ClaimRelationRows.Columns, "claim_relations r");
        await using var command = new NpgsqlCommand(
            string.Create(CultureInfo.InvariantCulture, $"{all.CommandText}\norder by r.id limit {limit}"), connection, transaction);
        command.Parameters.AddRange(sql.Parameters.Select(p => p.Clone()).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var relations = new List<ClaimRelation>();
        while (await reader.ReadAsync(cancel))
        {
            relations.Add(ClaimRelationRows.Read(reader));
        }

        return relations;
    }

    private static async Task<List<ContradictionPosition>> ReadPairs(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ContradictionFilter filter, ContradictionPosition from, int limit, CancellationToken cancel)
    {
        var (owners, parameters) = Owners(filter, from);
        var toldByOther = filter.ClaimIds.Count > 0 ? "p.claim_id = any($4)" : "p.conflicting";
        var told = $"p.claim_id <> o.claim_id and (p.claim_id > o.claim_id or not {toldByOther}) and (o.claim_id, o.place, p.claim_id, p.place) > ($1, $2, $6, $7)";
        var sql = $"""
            select o.claim_id, o.place, p.claim_id, p.place
            from ({owners}) o
            cross join lateral (
                select p.claim_id, p.place from (
                    select p.claim_id, p.place from claim_figures p where p.key = o.key and p.period && o.period and p.amount << o.amount and {told}
                    union all
                    select p.claim_id, p.place from claim_figures p where p.key = o.key and p.period && o.period and p.amount >> o.amount and {told}) p
                order by p.claim_id, p.place
                limit $8) p
            order by o.claim_id, o.place, p.claim_id, p.place
            limit $8
            """;
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        command.Parameters.AddRange(parameters);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = from.OtherId });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = from.OtherPlace });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var pairs = new List<ContradictionPosition>();
        while (await reader.ReadAsync(cancel))
        {
            pairs.Add(new(ContradictionReason.Quantities, reader.GetGuid(0), reader.GetInt16(1), reader.GetGuid(2), reader.GetInt16(3)));
        }

        return pairs;
    }

    /// <summary>Where to go on, if there are more figures than were tried.</summary>
    private static async Task<ContradictionPosition?> ReadLastTried(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ContradictionFilter filter, ContradictionPosition from, CancellationToken cancel)
    {
        var (owners, parameters) = Owners(filter, from);
        await using var command = new NpgsqlCommand($"select o.claim_id, o.place from ({owners}) o offset $5 - 1", connection, transaction);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new(ContradictionReason.Quantities, reader.GetGuid(0), reader.GetInt16(1), new Guid(Enumerable.Repeat(byte.MaxValue, 16).ToArray()), short.MaxValue)
            : null;
    }

    /// <summary>The figures by which pairs are told: $1 and $2 where to begin, $3 the metrics, $4 the claims, $5 how many.</summary>
    private static (string Sql, NpgsqlParameter[] Parameters) Owners(ContradictionFilter filter, ContradictionPosition from)
    {
        string[] metrics = [.. filter.Metrics];
        var sql = new StringBuilder("select f.claim_id, f.place, f.key, f.period, f.amount from claim_figures f where (f.claim_id, f.place) >= ($1, $2)");
        sql.Append(filter.ClaimIds.Count > 0 ? " and f.claim_id = any($4)" : " and f.conflicting and $4::uuid[] is not null");
        sql.Append(metrics.Length switch
        {
            0 => " and $3::text[] is not null",
            1 => " and f.metric = coalesce(figure_text(($3::text[])[1]), '')",
            _ => " and f.metric = any(array(select coalesce(figure_text(m), '') from unnest($3::text[]) m))",
        });
        sql.Append(" order by f.claim_id, f.place limit $5");
        return (sql.ToString(),
        [
            new NpgsqlParameter<Guid> { TypedValue = from.Id },
            new NpgsqlParameter<short> { TypedValue = from.Place },
            new NpgsqlParameter<string[]> { TypedValue = metrics },
            new NpgsqlParameter<Guid[]> { TypedValue = [.. filter.ClaimIds.Select(id => id.Value)] },
            new NpgsqlParameter<int> { TypedValue = IContradictions.FiguresPerPage },
        ]);
    }

    private static async Task<Dictionary<Guid, ClaimView>> ReadClaims(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid[] ids, CancellationToken cancel)
    {
        var claims = new Dictionary<Guid, ClaimView>(ids.Length);
        if (ids.Length == 0)
        {
            return claims;
        }

        await using var command = new NpgsqlCommand(ClaimsById, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var view = ClaimRows.Read(reader);
            claims.Add(view.Claim.Id.Value, view);
        }

        return claims;
    }
}
