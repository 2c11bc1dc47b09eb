using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace Stemma.Api.Tests.Integrity;

/// <summary>The counts beside the claims are what counting the links would give, whatever was done to these.</summary>
public sealed class CountTests(StemmaApi api)
{
    private static readonly string[] Stances = ["supports", "contradicts", "reports", "denies", "mentions"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_any_writes_through_the_API(int seed)
    {
        var random = new Random(seed);
        var claims = new[] { await api.NewClaim(), await api.NewClaim(), await api.NewClaim() };
        var sources = new[] { await api.NewSource(), await api.NewSource(), await api.NewSource() };
        var links = Enumerable.Range(0, 12).Select(_ => Guid.NewGuid().ToString()).ToArray();
        T Any<T>(T[] items) => items[random.Next(items.Length)];

        for (var step = 0; step < 150; step++)
        {
            var link = Any(links);
            var answer = random.Next(6) switch
            {
                0 or 1 => await api.Put(Kinds.Corroborations, link, new JsonObject { ["claimId"] = Any(claims), ["sourceId"] = Any(sources), ["stance"] = Any(Stances) }),
                2 => await api.Patch(Kinds.Corroborations, link, $$"""{"stance":"{{Any(Stances)}}"}"""),
                3 => await api.Patch(Kinds.Corroborations, link, $$"""{"claimId":"{{Any(claims)}}","stance":"{{Any(Stances)}}"}"""),
                4 => await api.Delete(Kinds.Corroborations, link),
                _ => await api.Restore(Kinds.Corroborations, link),
            };
            Assert.Contains((int)answer.StatusCode, new[] { 200, 201, 204, 404, 409 });
            if (step % 30 == 29)
            {
                await Agree(claims);
            }
        }

        foreach (var claim in claims)
        {
            var shown = (await api.GetJson("/api/v1/claims/" + claim))["corroborationCounts"]!.AsObject();
            foreach (var stance in Stances)
            {
                var counted = await api.GetJson($"/api/v1/corroborations?claimId={claim}&stance={stance}&include=total");
                Assert.Equal((int)counted["total"]!["value"]!, (int)shown[stance]!);
            }
        }
    }

    [Fact]
    public async Task After_writes_of_many_rows_at_once()
    {
        var claims = new[] { await api.NewClaim(), await api.NewClaim(), await api.NewClaim() };
        var source = await api.NewSource();
        var tag = Requests.Unique();
        foreach (var sql in new[]
        {
            $"""
            insert into corroborations (id, url_keys, attributed_to_ids, external_ids, tags, claim_id, source_id, stance, directness, interest, credibility, quote_exact,
                version, created_at, created_by, updated_at, updated_by)
            select gen_random_uuid(), '{"{}"}', '{"{}"}', '[]', array['{tag}'], (array['{claims[0]}', '{claims[1]}', '{claims[2]}']::uuid[])[1 + n % 3], '{source}',
                (array['supports', 'contradicts', 'reports', 'denies', 'mentions'])[1 + n % 5], 'unknown', 'party', 6, 'quote ' || n, 1, now(), 'test', now(), 'test'
            from generate_series(1, 90) n
            """,
            $"update corroborations set version = version + 1, claim_id = '{claims[2]}' where tags = array['{tag}'] and claim_id = '{claims[0]}'",
            $"update corroborations set version = version + 1, stance = case stance when 'supports' then 'contradicts' else 'supports' end where tags = array['{tag}'] and stance in ('supports', 'contradicts')",
            $"update corroborations set version = version + 1, note = 'x' where tags = array['{tag}']",
            $"update corroborations set version = version + 1, deleted_at = now() where tags = array['{tag}'] and stance in ('reports', 'supports')",
            $"update corroborations set version = version + 1, deleted_at = null, claim_id = '{claims[1]}', stance = 'mentions' where tags = array['{tag}'] and stance = 'reports'",
            $"delete from corroborations where tags = array['{tag}'] and stance in ('mentions', 'supports')",
        })
        {
            await using var command = api.Database.Source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await Agree(claims);
        }
    }

    [Fact]
    public async Task After_many_writers_at_once()
    {
        var claims = new[] { await api.NewClaim(), await api.NewClaim() };
        var links = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            links.Add(await api.NewLink(claims[i % 2], await api.NewSource(), Stances[i % 5]));
        }

        var answers = await Task.WhenAll(links.SelectMany((link, i) => new[]
        {
            api.Patch(Kinds.Corroborations, link, $$"""{"claimId":"{{claims[(i + 1) % 2]}}"}"""),
            api.Patch(Kinds.Corroborations, link, $$"""{"stance":"{{Stances[(i + 2) % 5]}}"}"""),
            i % 3 == 0 ? api.Delete(Kinds.Corroborations, link) : api.Patch(Kinds.Corroborations, link, """{"note":"x"}"""),
        }));

        Assert.All(answers, a => Assert.Contains((int)a.StatusCode, new[] { 200, 204, 404 }));
        await Agree(claims);
    }

    private async Task Agree(string[] claims)
    {
        await using var command = api.Database.Source.CreateCommand(
            """
            select c.id, coalesce(n.supports, 0), coalesce(n.contradicts, 0), coalesce(n.reports, 0), coalesce(n.denies, 0), coalesce(n.mentions, 0),
                count(*) filter (where k.stance = 'supports'), count(*) filter (where k.stance = 'contradicts'), count(*) filter (where k.stance = 'reports'),
                count(*) filter (where k.stance = 'denies'), count(*) filter (where k.stance = 'mentions')
            from claims c left join claim_counts n on n.claim_id = c.id left join corroborations k on k.claim_id = c.id and k.deleted_at is null
            where c.id = any ($1) group by c.id, n.claim_id
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. claims.Select(Guid.Parse)] });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = 0;
        for (; await reader.ReadAsync(TestContext.Current.CancellationToken); rows++)
        {
            Assert.Equal(Enumerable.Range(6, 5).Select(reader.GetInt64), Enumerable.Range(1, 5).Select(i => (long)reader.GetInt32(i)));
        }

        Assert.Equal(claims.Length, rows);
    }
}
