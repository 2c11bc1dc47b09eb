using Npgsql;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;

namespace Stemma.Infrastructure.Persistence;

/// <summary>
/// Turns what the database refuses into an expected failure. The database is the judge, so there is no window between a check and the write;
/// what was wrong is looked up only after it said no.
/// </summary>
internal sealed class Collisions(NpgsqlDataSource database, ReferenceReader references)
{
    private const string SourceCycle = "STC01";

    /// <summary>Whether the same work may succeed if it is simply run again.</summary>
    public static bool IsRace(PostgresException refusal) => refusal.SqlState switch
    {
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => true,
        PostgresErrorCodes.UniqueViolation => refusal.ConstraintName
            is "pk_sources" or "pk_claims" or "pk_corroborations" or "pk_derivations" or "pk_claim_relations" or "pk_reviews" or "search_dead_pkey",
        _ => false,
    };

    /// <returns>Null where the refusal is no expected failure.</returns>
    public async Task<Error?> Explain(PostgresException refusal, Resource changed, CancellationToken cancel) => refusal.SqlState switch
    {
        SourceCycle => Cycle(refusal.MessageText),
        PostgresErrorCodes.UniqueViolation when refusal.ConstraintName == "uq_external_ids" => await SameExternalId(changed, cancel),
        PostgresErrorCodes.UniqueViolation when refusal.ConstraintName == "uq_corroborations_link" => await SameLink(changed, cancel),
        PostgresErrorCodes.UniqueViolation when refusal.ConstraintName == "uq_derivations_relation" => await SameDerivation(changed, cancel),
        PostgresErrorCodes.UniqueViolation when refusal.ConstraintName == "uq_claim_relations_relation" => await SameRelation(changed, cancel),
        PostgresErrorCodes.UniqueViolation when refusal.ConstraintName == "uq_reviews_review" => await SameReview(changed, cancel),
        PostgresErrorCodes.ForeignKeyViolation when changed.LastChange == Change.Deleted => await StillReferenced(changed, cancel),
        PostgresErrorCodes.ForeignKeyViolation => await MissingReference(changed, cancel),
        _ => null,
    };

    private static Error.Conflict Cycle(string message)
    {
        var ids = message[(message.LastIndexOf(' ') + 1)..].Split(',').Select(Guid.Parse).ToArray();
        return new(
            $"parentId and ownerId would close a cycle: {string.Join(" → ", ids.Take(Error.Conflict.MaxNamed).Append(ids[0]))}.",
            [.. ids.Take(Error.Conflict.MaxNamed).Select(id => new ResourceRef(ResourceType.Source, id))]);
    }

    private async Task<Error> MissingReference(Resource changed, CancellationToken cancel)
    {
        var missing = await references.Missing([.. changed.AnyContent.References()], cancel);
        if (changed.LastChange == Change.Restored)
        {
            return new Error.Conflict(
                "It points at what is deleted; restore that first.",
                [.. missing.Take(Error.Conflict.MaxNamed).Select(r => new ResourceRef(r.Type, r.Id))]);
        }

        // What was missing may be back by now; the caller then sees a failure that a second try mends.
        return new Error.Invalid([.. missing.Select(r => r.ToFault()).DefaultIfEmpty(new Fault("", "A resource that this refers to was deleted meanwhile; try again."))]);
    }

    private async Task<Error> StillReferenced(Resource changed, CancellationToken cancel)
    {
        var sql = changed.Ref.Type switch
        {
            ResourceType.Source => """
                (select 'source' as type, id from sources where parent_id = $1 and live limit 10)
                union (select 'source', id from sources where owner_id = $1 and live limit 10)
                union (select 'claim', id from claims where claimant_id = $1 and live limit 10)
                union (select 'corroboration', id from corroborations where source_id = $1 and live limit 10)
                union (select 'corroboration', id from corroborations where cited_in_id = $1 and live limit 10)
                union (select 'corroboration', corroboration_id from corroboration_attributions where source_id = $1 limit 10)
                union (select 'derivation', id from derivations where from_id = $1 and live limit 10)
                union (select 'derivation', id from derivations where to_id = $1 and live limit 10)
                union (select 'review', id from reviews where publisher_id = $1 and live limit 10)
                order by 1, 2 limit 10
                """,
            ResourceType.Claim => """
                (select 'corroboration' as type, id from corroborations where claim_id = $1 and live limit 10)
                union (select 'claim-relation', id from claim_relations where from_id = $1 and live limit 10)
                union (select 'claim-relation', id from claim_relations where to_id = $1 and live limit 10)
                union (select 'review', id from reviews where claim_id = $1 and live limit 10)
                order by 1, 2 limit 10
                """,
            _ => throw new NotSupportedException($"Nothing refers to a {changed.Ref.Type}."),
        };
        var with = await Refs(sql, [new NpgsqlParameter<Guid> { TypedValue = changed.Ref.Id }], cancel);
        return new Error.Conflict("It is still referenced; delete or change what refers to it first.", with);
    }

    private async Task<Error> SameExternalId(Resource changed, CancellationToken cancel)
    {
        var with = await Refs(
            "select distinct resource_type, resource_id from external_ids where resource_type = $1 and digest = any($2) and resource_id <> $3 limit 10",
            [
                new NpgsqlParameter<string> { TypedValue = StoredNames<ResourceType>.Of(changed.Ref.Type) },
                new NpgsqlParameter<byte[][]> { TypedValue = [.. changed.AnyContent.ExternalIds.Select(ExternalIdDigest.Of)] },
                new NpgsqlParameter<Guid> { TypedValue = changed.Ref.Id },
            ],
            cancel);
        return new Error.Conflict("Another resource has one of the externalIds.", with);
    }

    private async Task<Error> SameLink(Resource changed, CancellationToken cancel)
    {
        var link = (CorroborationContent)changed.AnyContent;
        var with = await Refs(
            """
            select 'corroboration', id from corroborations
            where claim_id = $1 and source_id = $2 and stance = $3 and md5(coalesce(quote_exact, '')) = md5($4) and live and id <> $5
            """,
            [
                new NpgsqlParameter<Guid> { TypedValue = link.ClaimId.Value },
                new NpgsqlParameter<Guid> { TypedValue = link.SourceId.Value },
                new NpgsqlParameter<string> { TypedValue = StoredNames<Stance>.Of(link.Stance) },
                new NpgsqlParameter<string> { TypedValue = link.Quote?.Exact ?? "" },
                new NpgsqlParameter<Guid> { TypedValue = changed.Ref.Id },
            ],
            cancel);
        return new Error.Conflict("This source has a link of this stance to this claim already, with the same quote or with none.", with);
    }

    private async Task<Error> SameDerivation(Resource changed, CancellationToken cancel)
    {
        var derivation = (DerivationContent)changed.AnyContent;
        var with = await Refs(
            """
            select 'derivation', id from derivations
            where live and id <> $4 and relation = $3 and (from_id = $1 and to_id = $2 or from_id = $2 and to_id = $1 and relation = 'same-wire')
            """,
            [
                new NpgsqlParameter<Guid> { TypedValue = derivation.FromId.Value },
                new NpgsqlParameter<Guid> { TypedValue = derivation.ToId.Value },
                new NpgsqlParameter<string> { TypedValue = StoredNames<DerivationRelation>.Of(derivation.Relation) },
                new NpgsqlParameter<Guid> { TypedValue = changed.Ref.Id },
            ],
            cancel);
        return new Error.Conflict("These two sources have this relation already; same-wire is the same either way round.", with);
    }

    private async Task<Error> SameRelation(Resource changed, CancellationToken cancel)
    {
        var relation = (ClaimRelationContent)changed.AnyContent;
        var with = await Refs(
            """
            select 'claim-relation', id from claim_relations
            where live and id <> $4 and kind = $3
                and (from_id = $1 and to_id = $2 or from_id = $2 and to_id = $1 and kind in ('contradicts', 'equivalent'))
            """,
            [
                new NpgsqlParameter<Guid> { TypedValue = relation.FromId.Value },
                new NpgsqlParameter<Guid> { TypedValue = relation.ToId.Value },
                new NpgsqlParameter<string> { TypedValue = StoredNames<ClaimRelationKind>.Of(relation.Kind) },
                new NpgsqlParameter<Guid> { TypedValue = changed.Ref.Id },
            ],
            cancel);
        return new Error.Conflict("These two claims have this relation already; contradicts and equivalent are the same either way round.", with);
    }

    private async Task<Error> SameReview(Resource changed, CancellationToken cancel)
    {
        var review = (ReviewContent)changed.AnyContent;
        var with = await Refs(
            "select 'review', id from reviews where claim_id = $1 and publisher_id = $2 and url_keys = $3 and live and id <> $4",
            [
                new NpgsqlParameter<Guid> { TypedValue = review.ClaimId.Value },
                new NpgsqlParameter<Guid> { TypedValue = review.PublisherId.Value },
                new NpgsqlParameter<Guid[]> { TypedValue = SourceUrl.Keys(review.Urls()) },
                new NpgsqlParameter<Guid> { TypedValue = changed.Ref.Id },
            ],
            cancel);
        return new Error.Conflict("This publisher has a review of this claim already, at the same address or with none.", with);
    }

    private async Task<IReadOnlyList<ResourceRef>> Refs(string sql, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var refs = new List<ResourceRef>();
        while (await reader.ReadAsync(cancel))
        {
            refs.Add(new(StoredNames<ResourceType>.Parse(reader.GetString(0)), reader.GetGuid(1)));
        }

        return refs;
    }
}
