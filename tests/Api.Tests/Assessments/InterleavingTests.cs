using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace Stemma.Api.Tests.Assessments;

/// <summary>Writers at once, of whom neither sees what the other has not committed: no wrong value ever calls itself fresh.</summary>
public sealed class InterleavingTests(StemmaApi api)
{
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task A_derivation_waits_for_a_link_that_is_being_written()
    {
        var (claim, repeater, origin) = (await api.NewClaim(), await api.NewSource(), await api.NewSource(new() { ["kind"] = "person" }));
        var link = await api.NewLink(claim, await api.NewSource());
        await using var connection = await api.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var writer = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Execute(connection, "update corroborations set source_id = $1, version = version + 1 where id = $2", Guid.Parse(repeater), Guid.Parse(link));

        var derivation = api.Post(Kinds.Derivations, new JsonObject { ["fromId"] = repeater, ["toId"] = origin, ["relation"] = "republishes" });
        Assert.NotSame(derivation, await Task.WhenAny(derivation, Task.Delay(AWhile, TestContext.Current.CancellationToken)));
        await writer.CommitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(201, (int)(await derivation).StatusCode);
        await AssertSound(claim, min: 1);
    }

    [Fact]
    public async Task A_link_waits_for_a_derivation_that_is_being_written()
    {
        var (claim, repeater, origin) = (await api.NewClaim(), await api.NewSource(), await api.NewSource(new() { ["kind"] = "person" }));
        var derivation = (string)(await StemmaApi.Json(
            await api.Post(Kinds.Derivations, new JsonObject { ["fromId"] = await api.NewSource(), ["toId"] = origin, ["relation"] = "republishes" }), 201))["id"]!;
        await using var connection = await api.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var writer = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Execute(connection, "update derivations set from_id = $1, version = version + 1 where id = $2", Guid.Parse(repeater), Guid.Parse(derivation));

        var link = api.NewLink(claim, repeater);
        Assert.NotSame(link, await Task.WhenAny(link, Task.Delay(AWhile, TestContext.Current.CancellationToken)));
        await writer.CommitAsync(TestContext.Current.CancellationToken);

        await link;
        await AssertSound(claim, min: 1);
    }

    [Fact]
    public async Task What_is_taken_back_leaves_the_values_as_they_were()
    {
        var claim = await api.NewClaim();
        var link = await api.NewLink(claim, await api.NewSource(), "supports", new() { ["directness"] = "first-hand" });
        await using (var connection = await api.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var writer = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await Execute(connection, "update corroborations set directness = 'unknown', version = version + 1 where id = $1", Guid.Parse(link));
        }

        var kept = (await api.GetJson("/api/v1/claims/" + claim))["assessment"]!;
        Assert.Equal((3, 1, false), ((int)kept["credibility"]!, (int)kept["min"]!, (bool)kept["stale"]!));
    }

    [Fact]
    public async Task What_is_written_by_hand_is_stale_at_once()
    {
        var claim = await api.NewClaim();
        var link = await api.NewLink(claim, await api.NewSource(), "supports", new() { ["directness"] = "first-hand" });
        await using var connection = await api.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await Execute(connection, "update corroborations set directness = 'unknown', version = version + 1 where id = $1", Guid.Parse(link));

        var kept = (await api.GetJson("/api/v1/claims/" + claim))["assessment"]!;
        Assert.True((bool)kept["stale"]! || (int)kept["min"]! == 0, kept.ToJsonString());
        await AssertSound(claim, min: 0);
    }

    [Fact]
    public async Task An_older_snapshot_may_not_write_links()
    {
        var link = await api.NewLink(await api.NewClaim(), await api.NewSource());
        await using var connection = await api.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var writer = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Execute(
            connection, "update corroborations set directness = 'relayed', version = version + 1 where id = $1", Guid.Parse(link)));
        Assert.Equal(PostgresErrorCodes.FeatureNotSupported, refusal.SqlState);
    }

    /// <summary>All kinds of writers at the same few claims and sources: in the end every value is what the evidence gives.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Writers_at_random_leave_the_values_that_the_evidence_gives(int seed)
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => api.NewClaim()));
        var sources = await Task.WhenAll(Enumerable.Range(0, 7).Select(i => api.NewSource(new() { ["kind"] = i % 2 == 0 ? "person" : "outlet" })));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async writer =>
        {
            var random = new Random((seed * 100) + writer);
            var (links, lineage) = (new List<string>(), new List<(string Kind, string Id)>());
            for (var step = 0; step < 25; step++)
            {
                var (claim, source) = (claims[random.Next(claims.Length)], sources[random.Next(sources.Length)]);
                var answer = random.Next(8) switch
                {
                    0 or 1 or 2 => await Keep(Kinds.Corroborations, new JsonObject
                    {
                        ["claimId"] = claim,
                        ["sourceId"] = source,
                        ["stance"] = random.Next(3) switch { 0 => "supports", 1 => "reports", _ => "contradicts" },
                        ["directness"] = random.Next(2) == 0 ? "first-hand" : "unknown",
                    }),
                    3 => await Keep(Kinds.Derivations, new JsonObject { ["fromId"] = source, ["toId"] = Other(sources, source), ["relation"] = random.Next(2) == 0 ? "republishes" : "same-wire" }),
                    4 => await Keep(Kinds.ClaimRelations, new JsonObject { ["fromId"] = claim, ["toId"] = Other(claims, claim), ["kind"] = random.Next(3) switch { 0 => "equivalent", 1 => "contradicts", _ => "refines" } }),
                    5 when links.Count > 0 => await api.Delete(Kinds.Corroborations, links[random.Next(links.Count)]),
                    6 when lineage.Count > 0 && lineage[random.Next(lineage.Count)] is var (kind, id) => await api.Delete(kind, id),
                    7 => await api.Patch(Kinds.Sources, source, random.Next(2) == 0 ? $$"""{"contentHash":"sha256:{{new string((char)('0' + random.Next(2)), 40)}}{{claims[0].Replace("-", "", StringComparison.Ordinal)[..24]}}"}""" : $$"""{"kind":"{{(random.Next(2) == 0 ? "person" : "outlet")}}"}"""),
                    _ => await api.Patch(Kinds.Claims, claim, random.Next(2) == 0 ? """{"plausible":false}""" : """{"plausible":null}"""),
                };
                Assert.Contains((int)answer.StatusCode, new[] { 200, 201, 204, 404, 409 });

                async Task<HttpResponseMessage> Keep(string kind, JsonObject body)
                {
                    var created = await api.Post(kind, body);
                    if ((int)created.StatusCode == 201)
                    {
                        var made = (string)(await StemmaApi.Json(created, 201))["id"]!;
                        if (kind == Kinds.Corroborations)
                        {
                            links.Add(made);
                        }
                        else
                        {
                            lineage.Add((kind, made));
                        }
                    }

                    return created;
                }

                string Other(string[] all, string than) => all[(Array.IndexOf(all, than) + 1 + random.Next(all.Length - 1)) % all.Length];
            }
        }));

        foreach (var claim in claims)
        {
            // Nothing here is distant: each writer has left everything derived.
            var kept = (await api.GetJson("/api/v1/claims/" + claim))["assessment"]!;
            var assessment = await api.GetJson($"/api/v1/claims/{claim}/assessment");
            Assert.False((bool)kept["stale"]!);
            Assert.Equal(
                ((int)assessment["credibility"]!, (int)assessment["for"]!["min"]!, (int)assessment["for"]!["max"]!),
                ((int)kept["credibility"]!, (int)kept["min"]!, (int)kept["max"]!));
            Assert.Equal(assessment["for"]!["cycles"]!.AsArray().Count + assessment["against"]!["cycles"]!.AsArray().Count > 0, (bool)kept["circular"]!);
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, params Guid[] ids)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var id in ids)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        }

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task AssertSound(string claim, int min)
    {
        while (await api.Database.DeriveAssessments(TestContext.Current.CancellationToken))
        {
            // What was written by hand is left to the queue.
        }

        var kept = (await api.GetJson("/api/v1/claims/" + claim))["assessment"]!;
        Assert.False((bool)kept["stale"]!);
        Assert.Equal(min, (int)kept["min"]!);
        Assert.Equal(min, (int)(await api.GetJson($"/api/v1/claims/{claim}/assessment"))["for"]!["min"]!);
    }
}
