using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace Stemma.Api.Tests.Integrity;

/// <summary>One statement over many rows leaves all that follows from them as one statement for each, in the same order, would have left it.</summary>
public sealed class BulkWriteTests(StemmaApi api)
{
    /// <summary>More than twice what is looked at together.</summary>
    private const int Claims = 450;

    private const string Links =
        """
        select l.claim_id, l.source_id, l.stance, array_agg(a.source_id order by a.source_id) filter (where a.source_id is not null)
        from corroborations l left join corroboration_attributions a on a.corroboration_id = l.id where l.tags = array[$1] group by l.id order by l.id
        """;

    /// <summary>All that triggers keep of the claims and links with a tag, but for numbers that only count up.</summary>
    private static readonly string[] Followers =
    [
        """
        select f.claim_id, f.place, f.key, f.metric, f.period, f.amount, f.conflicting
        from claim_figures f join claims c on c.id = f.claim_id where c.tags = array[$1] order by 1, 2
        """,
        """
        select e.resource_type, e.digest, e.resource_id from external_ids e
        where e.resource_id in (select id from claims where tags = array[$1] union all select id from corroborations where tags = array[$1]) order by 1, 2
        """,
        """
        select d.resource_id, d.type, p.configuration, p.main_length, p.other_length, p.day, p.kind, p.status, p.language, p.stance, p.tags, p.terms
        from search_documents d left join search_pending p on p.document = d.document
        where d.resource_id in (select id from claims where tags = array[$1] union all select id from corroborations where tags = array[$1]) order by 1
        """,
        "select f.claim_id, f.fingerprint from search_fingerprints f join claims c on c.id = f.claim_id where c.tags = array[$1] order by 1, 2",
        "select a.claim_id, a.credibility, a.rule, a.stale from claim_assessments a join claims c on c.id = a.claim_id where c.tags = array[$1] order by 1",
        "select n.* from claim_counts n join claims c on c.id = n.claim_id where c.tags = array[$1] order by 1",
        Links,
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    public async Task Many_rows_at_once_are_what_one_after_the_other_are(int seed)
    {
        // Of its own, for the transaction is long and holds up whoever writes lineage.
        await using var own = await OwnApi.Start();
        var tag = Requests.Unique();
        string[] sources = [Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), Guid.NewGuid().ToString()];
        await using var connection = await own.Database.Source.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await Run(
            connection,
            $"""
            insert into sources (id, url_keys, aliases, external_ids, kind, name, reliability, tags, version, created_at, created_by, updated_at, updated_by)
            select id::uuid, '{"{}"}', '{"{}"}', '[]', 'outlet', 'Source', 'F', '{"{}"}', 1, now(), 'test', now(), 'test' from unnest(array['{string.Join("','", sources)}']) id;
            create temp table given (n int primary key, id uuid, link uuid, said text, spoken text, quantities jsonb, known jsonb, said_of jsonb, attributed uuid[], deleted_at timestamptz)
                on commit drop;
            """);

        var random = new Random(seed);
        for (var step = 0; step < 6; step++)
        {
            await Give(connection, random, step, tag, sources);
            foreach (var (sql, table) in step == 0 ? Inserts(tag, sources) : step == 5 ? Removals : Updates(random))
            {
                await IsTheSame(connection, sql, table, tag);
            }
        }

        await transaction.RollbackAsync(Cancellation);
    }

    /// <summary>Two rows may exchange their external ids in one statement; two that want the same one are refused as ever.</summary>
    [Fact]
    public async Task External_ids_are_unique_when_the_statement_is_done()
    {
        var (one, other) = (Requests.Unique(), Requests.Unique());
        JsonObject Known(string id) => new() { ["externalIds"] = new JsonArray(new JsonObject { ["system"] = "bulk", ["id"] = id }) };
        var (a, b) = (await api.NewClaim(Known(one)), await api.NewClaim(Known(other)));
        await using var connection = await api.Database.Source.OpenConnectionAsync(Cancellation);

        await Run(connection, $"update claims c set version = c.version + 1, external_ids = o.external_ids from claims o where c.id in ('{a}', '{b}') and o.id in ('{a}', '{b}') and o.id <> c.id");
        Assert.Equal(b, (string)(await api.GetJson($"/api/v1/claims?externalId=bulk:{one}"))["items"]![0]!["id"]!);

        var refusal = await Assert.ThrowsAsync<PostgresException>(
            () => Run(connection, $"update claims c set version = c.version + 1, external_ids = o.external_ids from claims o where c.id in ('{a}', '{b}') and o.id = '{a}'"));
        Assert.Equal(("23505", "uq_external_ids"), (refusal.SqlState, refusal.ConstraintName));
    }

    private static (string Sql, string Table)[] Inserts(string tag, string[] sources) =>
    [
        ($"""
         insert into claims (id, url_keys, appearance_urls, external_ids, tags, text, context, language, kind, status, quantities, claimant_id,
             version, created_at, created_by, updated_at, updated_by, deleted_at)
         select id, '{"{}"}', '{"{}"}', known, array['{tag}'], said, case when n % 3 = 0 then 'Zum Kontext: ' || said end, spoken, 'factual', 'open', quantities,
             case when n % 4 = 0 then '{sources[0]}'::uuid end, 1, now(), 'test', now(), 'test', deleted_at
         from given where n = any ($1) order by n returning (select g.n from given g where g.id = claims.id)
         """, "claims"),
        ($"""
         insert into corroborations (id, url_keys, attributed_to_ids, external_ids, tags, claim_id, source_id, stance, directness, interest, credibility, quote_exact, note,
             version, created_at, created_by, updated_at, updated_by)
         select link, '{"{}"}', attributed, said_of, array['{tag}'], id, '{sources[0]}', (array['supports', 'contradicts', 'mentions'])[1 + n % 3], 'unknown', 'party', 6,
             case when n % 2 = 0 then said end, case when n % 5 = 0 then said end, 1, now(), 'test', now(), 'test'
         from given where n = any ($1) and deleted_at is null order by n returning (select g.n from given g where g.link = corroborations.id)
         """, "corroborations"),
    ];

    private static (string Sql, string Table)[] Updates(Random random) =>
    [
        ($"""
         update corroborations l set version = l.version + 1, attributed_to_ids = g.attributed, external_ids = g.said_of, note = g.said, deleted_at = coalesce(g.deleted_at, c.deleted_at)
         from given g, claims c where g.link = l.id and c.id = g.id and g.n = any ($1) and (g.n * 7) % 3 <> {random.Next(3)} and (c.live or l.live) returning g.n
         """, "corroborations"),
        ($"""
         update claims c set version = c.version + 1, quantities = g.quantities, external_ids = g.known, text = g.said, language = g.spoken, deleted_at = g.deleted_at
         from given g where g.id = c.id and g.n = any ($1) and (g.n * 5) % 4 <> {random.Next(4)}
             and (g.deleted_at is null or not exists (select from corroborations l where l.claim_id = c.id and l.live)) returning g.n
         """, "claims"),
    ];

    private static (string Sql, string Table)[] Removals { get; } =
    [
        ("delete from corroborations l using given g where g.link = l.id and g.n = any ($1) and g.n % 3 <> 0 returning g.n", "corroborations"),
        ("delete from claims c using given g where g.id = c.id and g.n = any ($1) and g.n % 6 = 1 and not exists (select from corroborations l where l.claim_id = c.id) returning g.n", "claims"),
    ];

    /// <summary>What the rows are to be in the next step. Half of the figures speak of the same few things, and many of these exclude each other.</summary>
    private static async Task Give(NpgsqlConnection connection, Random random, int step, string tag, string[] sources)
    {
        string[] languages = ["en", "de-AT", "fr", "x-own"];
        string[] periods = [",\"periodFrom\":\"2023\",\"periodTo\":\"2023\"", ",\"periodFrom\":\"2024-02\"", ",\"periodTo\":\"2024-02-29\"", "", ""];
        string[] comparators = ["eq", "eq", "eq", "gt", "lte", "approx"];
        string Quantity(int n) =>
            $$"""{"metric":"{{tag}} {{(random.Next(2) == 0 ? random.Next(6) : n + 10)}}","unit":"t","comparator":"{{comparators[random.Next(6)]}}","value":{{random.Next(4)}}{{periods[random.Next(5)]}}}""";
        string Ids(string system, int n) => random.Next(3) switch
        {
            0 => "[]",
            1 => $$"""[{"system":"{{system}}","id":"{{tag}} {{n}}"}]""",
            _ => $$"""[{"system":"{{system}}","id":"{{tag}} {{n}}"},{"system":"{{system}}","id":"{{tag}} {{n}} {{step}}"}]""",
        };

        var rows = new List<string>();
        for (var n = 1; n <= Claims; n++)
        {
            var said = $"Die Exporte von Öl stiegen {random.Next(4)}-mal, it''s said, et l''exportación baja";
            var quantities = random.Next(5) == 0 ? "" : string.Join(',', Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Quantity(n)));
            var attributed = random.Next(2) == 0 ? "{}" : $"{{{sources[1]}{(random.Next(2) == 0 ? "," + sources[2] : "")}}}";
            rows.Add(
                $"({n}, '{said}', '{languages[random.Next(4)]}', '[{quantities}]'::jsonb, '{Ids("c", n)}'::jsonb, '{Ids("l", n)}'::jsonb, '{attributed}'::uuid[], {(random.Next(6) == 0 ? "now()" : "null")}::timestamptz)");
        }

        await Run(
            connection,
            $"""
            insert into given select n, gen_random_uuid(), gen_random_uuid(), s, l, q, k, o, a, d from (values {string.Join(",\n", rows)}) v(n, s, l, q, k, o, a, d)
            on conflict (n) do update set said = excluded.said, spoken = excluded.spoken, quantities = excluded.quantities, known = excluded.known, said_of = excluded.said_of,
                attributed = excluded.attributed, deleted_at = excluded.deleted_at
            """);
    }

    private static async Task IsTheSame(NpgsqlConnection connection, string sql, string table, string tag)
    {
        await Run(connection, "savepoint before");
        var order = await Write(connection, sql, [.. Enumerable.Range(1, Claims)]);
        Assert.NotEmpty(order);
        var together = await Snapshot(connection, tag);
        await Run(connection, "rollback to savepoint before");
        foreach (var n in order)
        {
            Assert.Single(await Write(connection, sql, [n]));
        }

        var alone = await Snapshot(connection, tag);
        for (var i = 0; i < Followers.Length; i++)
        {
            Assert.True(alone[i].SequenceEqual(together[i], StringComparer.Ordinal), $"{table}: {Difference(alone[i], together[i])}");
        }
    }

    private static string Difference(List<string> alone, List<string> together) =>
        $"alone {string.Join(" / ", alone.Except(together).Take(3))}, together {string.Join(" / ", together.Except(alone).Take(3))}";

    private static async Task<List<string>[]> Snapshot(NpgsqlConnection connection, string tag)
    {
        var all = new List<List<string>>();
        foreach (var follower in Followers)
        {
            await using var command = new NpgsqlCommand($"select r::text from ({follower}) r", connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tag });
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            var rows = new List<string>();
            while (await reader.ReadAsync(Cancellation))
            {
                rows.Add(reader.GetString(0));
            }

            all.Add(rows);
        }

        return [.. all];
    }

    /// <returns>Which rows it wrote, in the order in which it did.</returns>
    private static async Task<List<int>> Write(NpgsqlConnection connection, string sql, int[] which)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = which });
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var order = new List<int>();
        while (await reader.ReadAsync(Cancellation))
        {
            order.Add(reader.GetInt32(0));
        }

        return order;
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
