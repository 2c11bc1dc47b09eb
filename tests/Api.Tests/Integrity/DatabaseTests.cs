using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace Stemma.Api.Tests.Integrity;

/// <summary>The database keeps its promises against every writer, not the API alone.</summary>
public sealed class DatabaseTests(StemmaApi api)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An update by hand of a good row, and the constraint that refuses it.</summary>
    [Theory]
    [InlineData("sources", "version = 0", "ck_sources_version")]
    [InlineData("sources", "kind = 'nation'", "ck_sources_kind")]
    [InlineData("sources", "name = ''", "ck_sources_name")]
    [InlineData("sources", "name = E' \\t'", "ck_sources_name")]
    [InlineData("sources", "name = repeat('é', 501)", "ck_sources_name")]
    [InlineData("sources", "aliases = array['a', null]", "ck_sources_aliases")]
    [InlineData("sources", "aliases = array_fill('a'::text, array[101])", "ck_sources_aliases")]
    [InlineData("sources", "url = 'ftp://x'", "ck_sources_url")]
    [InlineData("sources", "url = 'http://' || repeat('x', 2000)", "ck_sources_url")]
    [InlineData("sources", "archive_url = 'x'", "ck_sources_archive_url")]
    [InlineData("sources", "description = repeat('x', 10001)", "ck_sources_description")]
    [InlineData("sources", "country = 'de'", "ck_sources_country")]
    [InlineData("sources", "language = repeat('x', 36)", "ck_sources_language")]
    [InlineData("sources", "reliability = 'G'", "ck_sources_reliability")]
    [InlineData("sources", "reliability_basis = repeat('x', 10001)", "ck_sources_reliability_basis")]
    [InlineData("sources", "published_at = 'soon'", null)]
    [InlineData("sources", "published_at = '2024-13'", null)]
    [InlineData("sources", "published_at = '2024-05-16T09:30:00+02:00'", null)]
    [InlineData("sources", "content_hash = 'sha256:' || repeat('A', 64)", "ck_sources_content_hash")]
    [InlineData("sources", "citation = '[]'", "ck_sources_citation")]
    [InlineData("sources", "tags = array['']", "ck_sources_tags")]
    [InlineData("sources", "tags = array[repeat('x', 101)]", "ck_sources_tags")]
    [InlineData("sources", "external_ids = '[{\"system\":\"a:b\",\"id\":\"1\"}]'", "ck_sources_external_ids")]
    [InlineData("sources", "external_ids = '[{\"system\":\"a\"}]'", "ck_sources_external_ids")]
    [InlineData("sources", "parent_id = gen_random_uuid()", "fk_sources_parent")]
    [InlineData("sources", "owner_id = gen_random_uuid()", "fk_sources_owner")]
    [InlineData("reviews", "original = '[]'", "ck_reviews_original")]
    [InlineData("claims", "version = -1", "ck_claims_version")]
    [InlineData("claims", "text = ' '", "ck_claims_text")]
    [InlineData("claims", "text = repeat('😀', 5001)", "ck_claims_text")]
    [InlineData("claims", "context = repeat('x', 10001)", "ck_claims_context")]
    [InlineData("claims", "language = ''", "ck_claims_language")]
    [InlineData("claims", "kind = 'fact'", "ck_claims_kind")]
    [InlineData("claims", "status = 'done'", "ck_claims_status")]
    [InlineData("claims", "event_from = '2024', event_to = '2023'", null)]
    [InlineData("claims", "place = repeat('x', 501)", "ck_claims_place")]
    [InlineData("claims", "first_appearance_url = 'x'", "ck_claims_first_appearance_url")]
    [InlineData("claims", "appearance_urls = array[' ']", "ck_claims_appearance_urls")]
    [InlineData("claims", "quantities = '{}'", "ck_claims_quantities")]
    [InlineData("claims", "claimed_at = '2024-05-16T24:00:00Z'", null)]
    [InlineData("claims", "claimed_at = '2024-05-16T23:59:60Z'", null)]
    [InlineData("claims", "appearance_urls = array['https://a.example', 'not a url']", "ck_claims_appearance_urls")]
    [InlineData("claims", "quantities = '[{\"metric\":\"m\",\"comparator\":\"eq\",\"value\":1e40,\"unit\":\"1\"}]'", "ck_claims_quantities")]
    [InlineData("claims", "quantities = '[{\"metric\":\"m\",\"comparator\":\"eq\",\"value\":1,\"unit\":\"1\",\"periodFrom\":\"soon\"}]'", null)]
    [InlineData("claims", "external_ids = '[{\"system\":\" \",\"id\":\"1\"}]'", "ck_claims_external_ids")]
    [InlineData("claims", "quantities = '[{\"metric\":\"m\",\"unit\":\"1\",\"comparator\":\"eq\"}]'", "ck_claims_quantities")]
    [InlineData("claims", "quantities = '[{\"metric\":\"m\",\"unit\":\"1\",\"comparator\":\"about\",\"value\":1}]'", "ck_claims_quantities")]
    [InlineData("claims", "quantities = '[{\"metric\":\"m\",\"unit\":\"1\",\"comparator\":\"between\",\"lower\":2,\"upper\":1}]'", "ck_claims_quantities")]
    [InlineData("claims", "quantities = '[{\"metric\":\"m\",\"unit\":\"1\",\"value\":1}]'", "ck_claims_quantities")]
    [InlineData("claims", "claimant_id = gen_random_uuid()", "fk_claims_claimant")]
    [InlineData("claims", "version = version + 2", "version_rises")]
    [InlineData("claims", "version = version, context = 'changed unseen'", "version_rises")]
    [InlineData("sources", "version = version, description = 'changed unseen'", "version_rises")]
    [InlineData("corroborations", "version = version, note = 'changed unseen'", "version_rises")]
    [InlineData("corroborations", "stance = 'for'", "ck_corroborations_stance")]
    [InlineData("corroborations", "directness = 'first_hand'", "ck_corroborations_directness")]
    [InlineData("corroborations", "interest = 'none'", "ck_corroborations_interest")]
    [InlineData("corroborations", "stance = 'denies', interest = 'neutral'", "ck_corroborations_denial")]
    [InlineData("corroborations", "attributed_to_ids = array[source_id]", "ck_corroborations_attributed_to")]
    [InlineData("corroborations", "directness = 'first-hand', attributed_to_ids = array[gen_random_uuid()]", "ck_corroborations_first_hand")]
    [InlineData("corroborations", "attributed_to_ids = array[gen_random_uuid()]", "fk_corroborations_attributed_to")]
    [InlineData("corroborations", "cited_in_id = gen_random_uuid()", "fk_corroborations_cited_in")]
    [InlineData("corroborations", "claim_id = gen_random_uuid()", null)]
    [InlineData("corroborations", "source_id = gen_random_uuid()", "fk_corroborations_source")]
    [InlineData("corroborations", "quote_exact = ''", "ck_corroborations_quote")]
    [InlineData("corroborations", "quote_exact = repeat('x', 10001)", "ck_corroborations_quote")]
    [InlineData("corroborations", "quote_prefix = 'x'", "ck_corroborations_quote_whole")]
    [InlineData("corroborations", "credibility = 7", "ck_corroborations_credibility")]
    [InlineData("corroborations", "note = repeat('x', 10001)", "ck_corroborations_note")]
    [InlineData("corroborations", "locator = repeat('x', 501)", "ck_corroborations_locator")]
    [InlineData("derivations", "version = 0", "ck_derivations_version")]
    [InlineData("derivations", "version = version, note = 'changed unseen'", "version_rises")]
    [InlineData("derivations", "relation = 'copies'", "ck_derivations_relation")]
    [InlineData("derivations", "basis = 'guessed'", "ck_derivations_basis")]
    [InlineData("derivations", "to_id = from_id", "ck_derivations_ends")]
    [InlineData("derivations", "from_id = gen_random_uuid()", "fk_derivations_from")]
    [InlineData("derivations", "to_id = gen_random_uuid()", "fk_derivations_to")]
    [InlineData("derivations", "note = repeat('x', 10001)", "ck_derivations_note")]
    [InlineData("derivations", "tags = array['']", "ck_derivations_tags")]
    [InlineData("derivations", "external_ids = '[{\"system\":\"a\"}]'", "ck_derivations_external_ids")]
    [InlineData("claim_relations", "version = 0", "ck_claim_relations_version")]
    [InlineData("claim_relations", "version = version, note = 'changed unseen'", "version_rises")]
    [InlineData("claim_relations", "kind = 'refutes'", "ck_claim_relations_kind")]
    [InlineData("claim_relations", "scope_difference = 'tone'", "ck_claim_relations_scope_difference")]
    [InlineData("claim_relations", "to_id = from_id", "ck_claim_relations_ends")]
    [InlineData("claim_relations", "from_id = gen_random_uuid()", "fk_claim_relations_from")]
    [InlineData("claim_relations", "to_id = gen_random_uuid()", "fk_claim_relations_to")]
    [InlineData("claim_relations", "note = repeat('x', 10001)", "ck_claim_relations_note")]
    [InlineData("claim_relations", "tags = array['']", "ck_claim_relations_tags")]
    [InlineData("claim_relations", "external_ids = '[{\"system\":\"a\"}]'", "ck_claim_relations_external_ids")]
    [InlineData("reviews", "version = version, title = 'changed unseen'", "version_rises")]
    [InlineData("reviews", "verdict = 'wrong'", "ck_reviews_verdict")]
    [InlineData("reviews", "textual_rating = ' '", "ck_reviews_textual_rating")]
    [InlineData("reviews", "title = repeat('x', 10001)", "ck_reviews_title")]
    [InlineData("reviews", "rating_explanation = repeat('x', 10001)", "ck_reviews_rating_explanation")]
    [InlineData("reviews", "url = 'x'", "ck_reviews_url")]
    [InlineData("reviews", "language = ''", "ck_reviews_language")]
    [InlineData("reviews", "reviewed_at = 'May'", null)]
    [InlineData("reviews", "rating_value = 79228162514264337593543950336", "ck_reviews_ratings")]
    [InlineData("reviews", "best_rating = 12345678901234567890.1234567890123", "ck_reviews_ratings")]
    [InlineData("reviews", "worst_rating = 'NaN'", "ck_reviews_ratings")]
    [InlineData("reviews", "claim_id = gen_random_uuid()", "fk_reviews_claim")]
    [InlineData("reviews", "publisher_id = gen_random_uuid()", "fk_reviews_publisher")]
    [InlineData("reviews", "tags = array['']", "ck_reviews_tags")]
    [InlineData("reviews", "external_ids = '[{\"system\":\"a\"}]'", "ck_reviews_external_ids")]
    public async Task A_row_that_breaks_a_rule_is_refused(string table, string change, string? constraint)
    {
        var kind = Kinds.OfTable(table);
        var id = (await api.Create(kind)).Id();

        var raised = change.Contains("version", StringComparison.Ordinal) ? change : "version = version + 1, " + change;
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Run($"update {table} set {raised} where id = '{id}'"));

        Assert.StartsWith(constraint is null ? "2" : "23", refusal.SqlState, StringComparison.Ordinal);
        Assert.True(constraint is null || refusal.ConstraintName == constraint, refusal.ConstraintName);
        Assert.Equal(1, (await api.GetJson(Kinds.Path(kind, id))).Version());
    }

    [Theory]
    [InlineData("parent_id", "owner_id")]
    [InlineData("owner_id", "parent_id")]
    public async Task A_cycle_is_refused(string first, string second)
    {
        var (a, b, c) = (await api.NewSource(), await api.NewSource(), await api.NewSource());
        await Run($"update sources set version = version + 1, {first} = '{b}' where id = '{a}'");
        await Run($"update sources set version = version + 1, {second} = '{c}' where id = '{b}'");

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Run($"update sources set version = version + 1, {first} = '{a}' where id = '{c}'"));
        Assert.Equal("STC01", refusal.SqlState);

        // One statement that closes it over several rows at once.
        var (d, e) = (await api.NewSource(), await api.NewSource());
        refusal = await Assert.ThrowsAsync<PostgresException>(
            () => Run($"update sources set version = version + 1, {first} = case id when '{d}' then '{e}'::uuid else '{d}'::uuid end where id in ('{d}', '{e}')"));
        Assert.Equal("STC01", refusal.SqlState);
    }

    [Fact]
    public async Task A_cycle_is_refused_among_rows_inserted_by_one_statement()
    {
        var (a, b) = (Guid.NewGuid(), Guid.NewGuid());

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Run(
            $"""
            insert into sources (id, url_keys, aliases, external_ids, kind, name, reliability, tags, version, created_at, created_by, updated_at, updated_by, parent_id)
            select id, '{"{}"}', '{"{}"}', '[]', 'person', 'x', 'F', '{"{}"}', 1, now(), 'test', now(), 'test', other
            from (values ('{a}'::uuid, '{b}'::uuid), ('{b}', '{a}')) v(id, other)
            """));

        Assert.Equal("STC01", refusal.SqlState);
    }

    [Fact]
    public async Task A_second_link_and_a_second_external_id_are_refused()
    {
        var one = await api.Create(Kinds.Corroborations, new() { ["externalIds"] = new JsonArray(new JsonObject { ["system"] = "s", ["id"] = Requests.Unique() }) });
        var other = await api.Create(Kinds.Corroborations);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Run(
            $"update corroborations k set version = k.version + 1, claim_id = o.claim_id, source_id = o.source_id from corroborations o where k.id = '{other.Id()}' and o.id = '{one.Id()}'"));
        Assert.Equal("uq_corroborations_link", refusal.ConstraintName);

        refusal = await Assert.ThrowsAsync<PostgresException>(() => Run(
            $"update corroborations k set version = k.version + 1, external_ids = o.external_ids from corroborations o where k.id = '{other.Id()}' and o.id = '{one.Id()}'"));
        Assert.Equal("uq_external_ids", refusal.ConstraintName);
    }

    /// <summary>What is pointed at cannot become a tombstone, nor go.</summary>
    [Theory]
    [InlineData("sources", "parentId", "sources")]
    [InlineData("sources", "ownerId", "sources")]
    [InlineData("claims", "claimantId", "sources")]
    [InlineData("corroborations", "claimId", "claims")]
    [InlineData("corroborations", "sourceId", "sources")]
    [InlineData("corroborations", "citedInId", "sources")]
    [InlineData("corroborations", "attributedToIds", "sources")]
    [InlineData("derivations", "fromId", "sources")]
    [InlineData("derivations", "toId", "sources")]
    [InlineData("claim-relations", "fromId", "claims")]
    [InlineData("claim-relations", "toId", "claims")]
    [InlineData("reviews", "claimId", "claims")]
    [InlineData("reviews", "publisherId", "sources")]
    public async Task What_is_referenced_stays(string kind, string member, string to)
    {
        var target = (await api.Create(to)).Id();
        await api.Create(kind, new() { [member] = member.EndsWith('s') ? new JsonArray(target) : target });

        foreach (var sql in new[] { $"update {to} set version = version + 1, deleted_at = now() where id = '{target}'", $"delete from {to} where id = '{target}'" })
        {
            Assert.Equal("23503", (await Assert.ThrowsAsync<PostgresException>(() => Run(sql))).SqlState);
        }
    }

    /// <summary>A link that is made while its end is being deleted: whichever comes first, no living link points at a tombstone.</summary>
    [Theory]
    [InlineData("claim_id", "claims", true)]
    [InlineData("claim_id", "claims", false)]
    [InlineData("source_id", "sources", true)]
    [InlineData("source_id", "sources", false)]
    [InlineData("cited_in_id", "sources", true)]
    [InlineData("cited_in_id", "sources", false)]
    [InlineData("attributed_to_ids", "sources", true)]
    [InlineData("attributed_to_ids", "sources", false)]
    public async Task A_link_and_the_deletion_of_its_end_exclude_each_other(string column, string to, bool linkFirst)
    {
        var target = (await api.Create(to)).Id();
        var link = (await api.Create(Kinds.Corroborations)).Id();
        var value = column == "attributed_to_ids" ? $"array['{target}'::uuid]" : $"'{target}'";
        string[] statements = [$"update corroborations set version = version + 1, {column} = {value} where id = '{link}'", $"update {to} set version = version + 1, deleted_at = now() where id = '{target}'"];
        if (!linkFirst)
        {
            Array.Reverse(statements);
        }

        await using var first = await api.Database.Source.OpenConnectionAsync(Cancellation);
        await using var second = await api.Database.Source.OpenConnectionAsync(Cancellation);
        await using var one = await first.BeginTransactionAsync(Cancellation);
        await using var other = await second.BeginTransactionAsync(Cancellation);
        await Run(first, statements[0]);
        var waiting = Run(second, statements[1]);
        await WaitsForALock(second.ProcessID);
        await one.CommitAsync(Cancellation);

        Assert.Equal("23503", (await Assert.ThrowsAsync<PostgresException>(() => waiting)).SqlState);
        await other.RollbackAsync(Cancellation);
        Assert.Equal(0L, await Scalar(
            $"""
            select count(*) from corroborations k where k.id = '{link}' and k.live and (
                exists (select from claims c where c.id = k.claim_id and not coalesce(c.live, false))
                or exists (select from sources s where (s.id in (k.source_id, k.cited_in_id) or s.id = any (k.attributed_to_ids)) and not coalesce(s.live, false)))
            """));
    }

    [Theory]
    [InlineData("derivations", "from_id", "sources", true)]
    [InlineData("derivations", "from_id", "sources", false)]
    [InlineData("derivations", "to_id", "sources", true)]
    [InlineData("derivations", "to_id", "sources", false)]
    [InlineData("claim_relations", "from_id", "claims", true)]
    [InlineData("claim_relations", "from_id", "claims", false)]
    [InlineData("claim_relations", "to_id", "claims", true)]
    [InlineData("claim_relations", "to_id", "claims", false)]
    [InlineData("reviews", "claim_id", "claims", true)]
    [InlineData("reviews", "claim_id", "claims", false)]
    [InlineData("reviews", "publisher_id", "sources", true)]
    [InlineData("reviews", "publisher_id", "sources", false)]
    public async Task A_relation_and_the_deletion_of_its_end_exclude_each_other(string table, string column, string to, bool relationFirst)
    {
        var target = (await api.Create(to)).Id();
        var relation = (await api.Create(Kinds.OfTable(table))).Id();
        string[] statements = [$"update {table} set version = version + 1, {column} = '{target}' where id = '{relation}'", $"update {to} set version = version + 1, deleted_at = now() where id = '{target}'"];
        if (!relationFirst)
        {
            Array.Reverse(statements);
        }

        await using var first = await api.Database.Source.OpenConnectionAsync(Cancellation);
        await using var second = await api.Database.Source.OpenConnectionAsync(Cancellation);
        await using var one = await first.BeginTransactionAsync(Cancellation);
        await using var other = await second.BeginTransactionAsync(Cancellation);
        await Run(first, statements[0]);
        var waiting = Run(second, statements[1]);
        await WaitsForALock(second.ProcessID);
        await one.CommitAsync(Cancellation);

        Assert.Equal("23503", (await Assert.ThrowsAsync<PostgresException>(() => waiting)).SqlState);
        await other.RollbackAsync(Cancellation);
        Assert.Equal(0L, await Scalar(
            $"select count(*) from {table} r where r.id = '{relation}' and r.live and exists (select from {to} e where e.id in ({(table == "reviews" ? "r.claim_id, r.publisher_id" : "r.from_id, r.to_id")}) and not coalesce(e.live, false))"));
    }

    /// <summary>As it stands, and turned round where that is the same.</summary>
    [Theory]
    [InlineData("derivations", "relation", "cites", false)]
    [InlineData("derivations", "relation", "same-wire", true)]
    [InlineData("claim_relations", "kind", "updates", false)]
    [InlineData("claim_relations", "kind", "contradicts", true)]
    [InlineData("claim_relations", "kind", "equivalent", true)]
    public async Task A_second_relation_is_refused(string table, string column, string value, bool isSymmetric)
    {
        var kind = Kinds.OfTable(table);
        var (one, other) = ((await api.Create(kind, new() { [column] = value })).Id(), (await api.Create(kind, new() { [column] = value })).Id());
        Task Repeat(string from, string to) =>
            Run($"update {table} r set version = r.version + 1, from_id = o.{from}, to_id = o.{to} from {table} o where r.id = '{other}' and o.id = '{one}'");

        Assert.Equal($"uq_{table}_relation", (await Assert.ThrowsAsync<PostgresException>(() => Repeat("from_id", "to_id"))).ConstraintName);
        if (isSymmetric)
        {
            Assert.Equal($"uq_{table}_relation", (await Assert.ThrowsAsync<PostgresException>(() => Repeat("to_id", "from_id"))).ConstraintName);
        }
        else
        {
            await Repeat("to_id", "from_id");
        }
    }

    [Theory]
    [InlineData("derivations")]
    [InlineData("claim_relations")]
    [InlineData("reviews")]
    public async Task Rows_are_not_truncated_and_what_goes_takes_its_external_ids_along(string table)
    {
        var (kind, ids) = (Kinds.OfTable(table), new JsonArray(new JsonObject { ["system"] = "removed", ["id"] = Requests.Unique() }));
        var removed = (await api.Create(kind, new() { ["externalIds"] = ids.DeepClone() })).Id();

        Assert.Equal("0A000", (await Assert.ThrowsAsync<PostgresException>(() => Run($"truncate {table}"))).SqlState);
        await Run($"delete from {table} where id = '{removed}'");

        await api.Create(kind, new() { ["externalIds"] = ids });
    }

    /// <summary>As above, through the API: a PUT of a link against a DELETE of its source.</summary>
    [Fact]
    public async Task The_API_lets_one_of_them_win()
    {
        for (var round = 0; round < 15; round++)
        {
            var (claim, source, id) = (await api.NewClaim(), await api.NewSource(), Guid.NewGuid().ToString());
            var body = new JsonObject { ["claimId"] = claim, ["sourceId"] = source, ["stance"] = "supports" };

            var answers = await Task.WhenAll(api.Put(Kinds.Corroborations, id, body), api.Delete(Kinds.Sources, source));

            Assert.Contains(((int)answers[0].StatusCode, (int)answers[1].StatusCode), new[] { (201, 409), (400, 204) });
        }
    }

    [Theory]
    [InlineData("2024")]
    [InlineData("0001")]
    [InlineData("9999")]
    [InlineData("2024-02")]
    [InlineData("9999-12")]
    [InlineData("1900-02")]
    [InlineData("2024-02-29")]
    [InlineData("2024-12-31")]
    [InlineData("2024-05-16T09:30:00Z")]
    [InlineData("2024-05-16T09:30:59.999999Z")]
    [InlineData("2024-05-16T09:30:59.9999999Z")]
    [InlineData("2024-12-31T23:59:59.999999999Z")]
    [InlineData("0001-01-01T00:00:00.000001Z")]
    [InlineData("9999-12-31T23:59:59.999999Z")]
    public async Task The_database_sees_the_same_span_in_a_partial_date(string text) => await SameSpan([text]);

    [Fact]
    public async Task The_database_sees_the_same_spans_everywhere()
    {
        var random = new Random(20240516);
        var texts = new List<string>();
        string[] formats = ["yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.ff'Z'", "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", "yyyy-MM-dd'T'HH:mm:ss.fffffff'99Z'"];
        for (var i = 0; i < 2_000; i++)
        {
            texts.Add(new DateTime(random.NextInt64(DateTime.MaxValue.Ticks)).ToString(formats[i % formats.Length], System.Globalization.CultureInfo.InvariantCulture));
        }

        await SameSpan(texts);
    }

    private async Task SameSpan(IReadOnlyList<string> texts)
    {
        await using var command = api.Database.Source.CreateCommand(
            "select d, is_partial_date(d), partial_date_first(d), partial_date_last(d) from unnest($1) with ordinality u(d, n) order by n");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. texts] });
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        foreach (var text in texts)
        {
            Assert.True(await reader.ReadAsync(Cancellation));
            var date = Domain.Kernel.PartialDate.Parse(text);
            Assert.Equal(
                (text, true, date.First, date.Last),
                (reader.GetString(0), reader.GetBoolean(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }
    }

    private async Task WaitsForALock(int process)
    {
        while (true)
        {
            var waits = await Scalar($"select count(*) from pg_stat_activity where pid = {process} and wait_event_type = 'Lock'");
            if (waits is 1L)
            {
                return;
            }

            await Task.Yield();
        }
    }

    private async Task Run(string sql)
    {
        await using var command = api.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task<object?> Scalar(string sql)
    {
        await using var command = api.Database.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    /// <summary>An older snapshot would not show the parent that another transaction has set meanwhile.</summary>
    [Fact]
    public async Task A_parent_cannot_be_set_from_an_old_snapshot()
    {
        var (a, b) = (await api.NewSource(), await api.NewSource());
        await using var connection = await api.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, TestContext.Current.CancellationToken);
        await using var update = new Npgsql.NpgsqlCommand($"update sources set version = version + 1, parent_id = '{a}' where id = '{b}'", connection, transaction);

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => update.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        Assert.Contains("READ COMMITTED", refused.MessageText, StringComparison.Ordinal);
    }

    /// <summary>Rows are removed for good by hand alone; then nothing of them is left to be in the way.</summary>
    [Fact]
    public async Task What_is_derived_from_a_row_goes_with_it()
    {
        var external = new System.Text.Json.Nodes.JsonObject { ["system"] = "removed", ["id"] = Guid.NewGuid().ToString() };
        var (source, claim) = (await api.NewSource(), await api.NewClaim(new() { ["externalIds"] = new System.Text.Json.Nodes.JsonArray(external.DeepClone()) }));
        var link = await api.NewLink(claim, await api.NewSource(), "reports", new() { ["attributedToIds"] = new System.Text.Json.Nodes.JsonArray(source) });

        await using var remove = api.Database.Source.CreateCommand($"delete from corroborations where id = '{link}'; delete from claims where id = '{claim}'");
        await remove.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await api.NewClaim(new() { ["externalIds"] = new System.Text.Json.Nodes.JsonArray(external) });
        Assert.Equal(System.Net.HttpStatusCode.NoContent, (await api.Send(HttpMethod.Delete, "/api/v1/sources/" + source)).StatusCode);
    }
}
