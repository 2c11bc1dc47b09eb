using System.Globalization;
using System.Text.Json.Nodes;
using Stemma.Domain.Kernel;
using Xunit;

namespace Stemma.Api.Tests.Assessments;

/// <summary>Pairs of claims that cannot both be true.</summary>
public sealed class ContradictionTests(StemmaApi api)
{
    private static readonly string[] Comparators = ["eq", "gt", "gte", "lt", "lte", "approx", "between"];

    [Fact]
    public async Task Two_figures_without_a_common_value_are_told_with_the_evidence_on_both_sides()
    {
        var metric = Requests.Unique();
        var one = await Claim(Figure(metric, "eq", 90) with { Subject = "imports", PeriodFrom = "2023", PeriodTo = "2023" });
        var other = await api.NewClaim(new() { ["quantities"] = new JsonArray(Figure(metric, "eq", 7).ToJson("t"), (Figure(metric, "gt", 95) with { Subject = "IMPORTS", PeriodFrom = "2023-05" }).ToJson()) });
        await api.NewLink(other, await api.NewSource(new() { ["kind"] = "person" }), "supports", new() { ["directness"] = "first-hand" });

        var item = Assert.Single(await List($"metric={metric.ToUpperInvariant()}"));

        Assert.Equal(("quantities", null), ((string)item["reason"]!, item["relation"]));
        Assert.Equal(
            $"Both speak of {metric} of imports, in %: 90 in 2023 and more than 95 since 2023-05 have no value in common, and their times overlap.",
            ((string)item["explanation"]!).Replace("IMPORTS", "imports", StringComparison.Ordinal));
        var (first, second) = (item["claims"]![0]!, item["claims"]![1]!);
        Assert.Equal([one, other], new[] { (string)first["id"]!, (string)second["id"]! });
        Assert.Equal((0, 1), ((int)first["quantityIndex"]!, (int)second["quantityIndex"]!));
        Assert.Equal((90m, 95m), ((decimal)first["quantity"]!["value"]!, (decimal)second["quantity"]!["value"]!));
        Assert.Equal((0, 1), ((int)first["corroborationCounts"]!["supports"]!, (int)second["corroborationCounts"]!["supports"]!));
        Assert.Equal((6, 3), ((int)first["assessment"]!["credibility"]!, (int)second["assessment"]!["credibility"]!));
        Assert.Null(first["claim"]);

        var whole = Assert.Single(await List($"metric={metric}&include=claims"));
        Assert.Equal((await api.GetJson($"/api/v1/claims/{one}")).ToJsonString(), whole["claims"]![0]!["claim"]!.ToJsonString());
    }

    [Fact]
    public async Task Declared_contradictions_are_told_with_their_relation()
    {
        var (one, other) = (await api.NewClaim(), await api.NewClaim());
        var relation = (await api.Create(Kinds.ClaimRelations, new()
        {
            ["fromId"] = other,
            ["toId"] = one,
            ["kind"] = "contradicts",
            ["scopeDifference"] = "geography",
            ["note"] = "With and without the islands.",
        })).Id();
        await api.Create(Kinds.ClaimRelations, new() { ["fromId"] = other, ["toId"] = one, ["kind"] = "refines" });

        foreach (var query in new[] { $"claimId={one}", $"claimId={other}", $"claimId={one}&claimId={other}", $"claimId={one}&scopeDifference=geography", $"claimId={one}&reason=declared" })
        {
            var item = Assert.Single(await List(query));
            Assert.Equal([one, other], item["claims"]!.AsArray().Select(c => (string)c!["id"]!));
            Assert.Equal(("declared", relation, "geography", "With and without the islands."), ((string)item["reason"]!, (string)item["relation"]!["id"]!, (string)item["relation"]!["scopeDifference"]!, (string)item["relation"]!["note"]!));
            Assert.Equal((null, null), (item["claims"]![0]!["quantity"], item["claims"]![0]!["quantityIndex"]));
        }

        Assert.Empty(await List($"claimId={one}&scopeDifference=date"));
        Assert.Empty(await List($"claimId={one}&reason=quantities"));
        Assert.Empty(await List($"claimId={one}&metric=x"));

        await api.Delete(Kinds.ClaimRelations, relation);
        Assert.Empty(await List($"claimId={one}"));
        await api.Restore(Kinds.ClaimRelations, relation);
        Assert.Single(await List($"claimId={one}"));
    }

    /// <summary>Every comparator beside every other, with values below, at and above each other.</summary>
    [Fact]
    public async Task Comparators_exclude_one_another_as_their_values_do()
    {
        var metric = Requests.Unique();
        var figures = new List<NaiveFigure>();
        foreach (var comparator in Comparators)
        {
            figures.AddRange(comparator == "between"
                ? new[] { (-2m, 5m), (5m, 5m), (5.25m, 6m), (6m, 7m), (0m, 4.75m) }.Select(b => Figure(metric, comparator, b.Item1, b.Item2))
                : new[] { -5m, 0m, 4.75m, 5m, 5.25m, 5.2500001m, 1000000000000000000000.5m }.Select(v => Figure(metric, comparator, v)));
        }

        var stored = new Dictionary<string, NaiveFigure[]>();
        foreach (var figure in figures)
        {
            stored.Add(await Claim(figure), [figure]);
        }

        await AssertPairs(stored, $"metric={metric}");
    }

    [Fact]
    public async Task What_does_not_speak_of_the_same_does_not_conflict()
    {
        var metric = Requests.Unique();
        var basic = Figure(metric, "eq", 1) with { Subject = "Trade", Baseline = "2022", PeriodFrom = "2023-02", PeriodTo = "2023" };
        var stored = new Dictionary<string, NaiveFigure[]>();
        foreach (var figure in new[]
        {
            basic, basic with { Value = 2, Subject = " trade " }, basic with { Value = 2, Subject = null }, basic with { Value = 3, Subject = null }, basic with { Value = 2, Unit = "USD" },
            basic with { Value = 3, Unit = "usd" }, basic with { Value = 2, Baseline = null }, basic with { Value = 2, Metric = " " + metric.ToUpperInvariant() },
            basic with { Value = 4, PeriodFrom = null, PeriodTo = null }, basic with { Value = 5, PeriodFrom = null, PeriodTo = "2023-01" },
            basic with { Value = 5, PeriodFrom = "2023-12-31T23:59:59.999999Z", PeriodTo = null }, basic with { Value = 5, PeriodFrom = "2024", PeriodTo = null },
        })
        {
            stored.Add(await Claim(figure), [figure]);
        }

        await AssertPairs(stored, $"metric={metric}");
    }

    /// <summary>After any writes the list is what comparing all with all gives; also by claim, and page by page.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_any_writes_the_pairs_are_those_of_a_naive_comparison(int seed)
    {
        var random = new Random(seed);
        var metric = Requests.Unique();
        var living = new Dictionary<string, NaiveFigure[]>();
        var dead = new Dictionary<string, NaiveFigure[]>();
        for (var step = 0; step < 60; step++)
        {
            var any = living.Count > 0 ? living.Keys.ElementAt(random.Next(living.Count)) : null;
            switch (random.Next(6))
            {
                case 0 when any is not null:
                    await api.Delete(Kinds.Claims, any);
                    living.Remove(any, out var figures);
                    dead.Add(any, figures!);
                    break;
                case 1 when dead.Count > 0:
                    var restored = dead.Keys.ElementAt(random.Next(dead.Count));
                    await StemmaApi.Json(await api.Restore(Kinds.Claims, restored), 200);
                    dead.Remove(restored, out var back);
                    living.Add(restored, back!);
                    break;
                case 2 or 3 when any is not null:
                    living[any] = Some();
                    await StemmaApi.Json(await api.Patch(Kinds.Claims, any, new JsonObject { ["quantities"] = Json(living[any]) }.ToJsonString()), 200);
                    break;
                default:
                    var made = Some();
                    living.Add(await Claim(made), made);
                    break;
            }
        }

        await AssertPairs(living, $"metric={metric}");
        await AssertPairs(living, $"metric={metric}", limit: 3);
        var one = living.First(l => l.Value.Length > 0).Key;
        var two = living.Last(l => l.Value.Length > 0).Key;
        await AssertPairs(living, $"claimId={one}", of: [one]);
        await AssertPairs(living, $"claimId={one}&claimId={two}&metric={metric}", limit: 1, of: [one, two]);

        // Those that stand against nothing any more are not tried in vain.
        await using var marked = api.Database.Source.CreateCommand("select claim_id || ' ' || place from claim_figures where conflicting and metric = $1");
        marked.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = metric });
        var involved = Naive(living).SelectMany(p => new[] { $"{p.One} {p.Place}", $"{p.Other} {p.OtherPlace}" }).ToHashSet();
        await using var reader = await marked.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.Contains(reader.GetString(0), involved);
        }

        NaiveFigure[] Some() =>
        [
            .. Enumerable.Range(0, random.Next(4)).Select(_ =>
            {
                var comparator = Comparators[random.Next(Comparators.Length)];
                var lower = random.Next(-3, 8);
                return Figure(metric, comparator, lower, lower + random.Next(3)) with
                {
                    Subject = random.Next(4) == 0 ? "trade" : null,
                    PeriodFrom = random.Next(2) == 0 ? null : $"202{random.Next(5)}",
                    PeriodTo = random.Next(2) == 0 ? null : $"202{random.Next(5, 7)}",
                };
            }),
        ];
    }

    /// <summary>Pages of an index are split and cleared while it is searched, in one statement: every figure must find itself in it afterwards.</summary>
    [Fact]
    public async Task However_much_is_written_every_figure_is_found_by_the_index()
    {
        await using var own = await OwnApi.Start();
        await using var connection = await own.OpenConnection();
        var quantities = """
            (select jsonb_agg(jsonb_build_object('metric', 'share', 'unit', '%', 'subject', chr(97 + ((i.n + q) % 3)), 'comparator', (array['eq', 'gt', 'lt'])[1 + (random() * 2.9)::int % 3],
                'value', (random() * 9)::int) || case when random() < 0.5 then jsonb_build_object('periodFrom', (2020 + (random() * 4)::int)::text) else '{}' end)
            from generate_series(1, 3) q where i.n > 0)
            """;
        await Run($"""
            insert into claims (id, url_keys, appearance_urls, external_ids, tags, text, language, kind, status, quantities, version, created_at, created_by, updated_at, updated_by)
            select md5(i.n::text)::uuid, '{"{}"}', '{"{}"}', '[]', '{"{}"}', 'Claim ' || i.n, 'en', 'factual', 'open', {quantities},
                1, now(), 'test', now(), 'test' from generate_series(1, 300) i(n)
            """);
        for (var round = 0; round < 8; round++)
        {
            await Run($"update claims c set version = version + 1, quantities = {quantities} from generate_series(1, 300) i(n) where c.id = md5(i.n::text)::uuid and i.n % 4 = {round % 4}");
        }

        await Run("set enable_seqscan = off");
        Assert.Equal(
            await Run("select count(*) from claim_figures"),
            await Run("""
                select count(*) from (select distinct key from claim_figures) k
                cross join lateral (select from claim_figures o where o.key = k.key and o.period && '(,)' offset 0) o
                """));

        async Task<object?> Run(string sql)
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Neither of two writers sees what the other has not committed: the second waits.</summary>
    [Fact]
    public async Task Of_two_that_are_written_at_once_the_later_sees_the_earlier()
    {
        for (var round = 0; round < 8; round++)
        {
            var metric = Requests.Unique();
            var figures = Enumerable.Range(0, 12).Select(i => Figure(metric, "eq", i)).ToArray();

            var ids = await Task.WhenAll(figures.Select(f => Claim(f)));

            await AssertPairs(ids.Zip(figures).ToDictionary(p => p.First, p => new[] { p.Second }), $"metric={metric}");
        }
    }

    [Fact]
    public async Task A_writer_waits_for_one_who_has_not_committed()
    {
        var metric = Requests.Unique();
        var earlier = await Claim(Figure(metric, "eq", 1));
        await using var connection = await api.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var update = new Npgsql.NpgsqlCommand(
            "update claims set version = version + 1, quantities = jsonb_set(quantities, '{0,value}', '2') where id = $1", connection, transaction))
        {
            update.Parameters.Add(new Npgsql.NpgsqlParameter<Guid> { TypedValue = Guid.Parse(earlier) });
            await update.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var later = Claim(Figure(metric, "eq", 1));
        await using (var waiting = api.Database.Source.CreateCommand("select count(*) from pg_locks where locktype = 'advisory' and not granted and classid = 7363004"))
        {
            while (await waiting.ExecuteScalarAsync(TestContext.Current.CancellationToken) is 0L)
            {
                Assert.False(later.IsCompleted);
            }
        }

        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await later;

        Assert.Single(await List($"metric={metric}"));
    }

    [Fact]
    public async Task What_is_written_otherwise_stays_in_its_place()
    {
        var metric = Requests.Unique();
        var one = await Claim(Figure(metric, "eq", 1));
        await Claim(Figure(metric, "eq", 2));
        var before = await Rows();

        await StemmaApi.Json(await api.Patch(Kinds.Claims, one, """{"text":"Another text."}"""), 200);
        Assert.Equal(before, await Rows());

        await StemmaApi.Json(await api.Patch(Kinds.Claims, one, new JsonObject { ["quantities"] = Json([Figure(metric, "eq", 1), Figure(metric, "eq", 3)]) }.ToJsonString()), 200);
        Assert.Equal([.. before], (await Rows()).Where(before.Contains));

        async Task<List<string>> Rows()
        {
            await using var command = api.Database.Source.CreateCommand("select ctid || ' ' || claim_id || ' ' || place from claim_figures where metric = $1 order by 1");
            command.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = metric });
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            var rows = new List<string>();
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                rows.Add(reader.GetString(0));
            }

            return rows;
        }
    }

    /// <summary>Both kinds in one list: a page may end between them.</summary>
    [Fact]
    public async Task Declared_ones_come_first_whatever_the_length_of_a_page()
    {
        var metric = Requests.Unique();
        var one = await Claim(Figure(metric, "eq", 1));
        foreach (var value in new[] { 2, 3 })
        {
            var other = await Claim(Figure(metric, "gt", value));
            await api.Create(Kinds.ClaimRelations, new() { ["fromId"] = one, ["toId"] = other, ["kind"] = "contradicts" });
        }

        foreach (var limit in new[] { 1, 2, 3, 4, 50 })
        {
            Assert.Equal(["declared", "declared", "quantities", "quantities"], (await List($"claimId={one}", limit)).Select(i => (string)i["reason"]!));
        }
    }

    [Theory]
    [InlineData("reason=guess", "reason")]
    [InlineData("scopeDifference=size", "scopeDifference")]
    [InlineData("claimId=1", "claimId")]
    [InlineData("include=sources", "include")]
    [InlineData("limit=501", "limit")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("sort=id", "sort")]
    public async Task What_is_not_understood_is_refused(string query, string place) => await api.Get($"/api/v1/contradictions?{query}").Refused(place);

    [Fact]
    public async Task A_cursor_is_for_the_filters_it_was_given_with()
    {
        var metric = Requests.Unique();
        for (var value = 0; value < 3; value++)
        {
            await Claim(Figure(metric, "eq", value));
        }

        var page = await api.GetJson($"/api/v1/contradictions?metric={metric}&limit=1");
        await api.Get($"/api/v1/contradictions?metric=other&limit=1&cursor={page["nextCursor"]}").Refused("cursor");
    }

    private static NaiveFigure Figure(string metric, string comparator, decimal value, decimal? upper = null) => new(metric, comparator, value, upper ?? value);

    private static JsonArray Json(IEnumerable<NaiveFigure> figures) => new([.. figures.Select(f => f.ToJson())]);

    private static IEnumerable<(string One, int Place, string Other, int OtherPlace)> Naive(Dictionary<string, NaiveFigure[]> claims) =>
        from one in claims
        from other in claims
        where string.CompareOrdinal(one.Key, other.Key) < 0
        from place in Enumerable.Range(0, one.Value.Length)
        from otherPlace in Enumerable.Range(0, other.Value.Length)
        where one.Value[place].Excludes(other.Value[otherPlace])
        select (one.Key, place, other.Key, otherPlace);

    private async Task AssertPairs(Dictionary<string, NaiveFigure[]> claims, string query, int limit = 500, string[]? of = null)
    {
        var expected = Naive(claims).Where(p => of is null || of.Contains(p.One) || of.Contains(p.Other)).Order().ToList();
        var listed = (await List(query, limit))
            .Select(i => ((string)i["claims"]![0]!["id"]!, (int)i["claims"]![0]!["quantityIndex"]!, (string)i["claims"]![1]!["id"]!, (int)i["claims"]![1]!["quantityIndex"]!))
            .Order().ToList();

        Assert.NotEmpty(expected);
        Assert.Equal(expected, listed);
    }

    private Task<string> Claim(params NaiveFigure[] figures) => api.NewClaim(new() { ["quantities"] = Json(figures) });

    private async Task<List<JsonObject>> List(string query, int limit = 500)
    {
        var items = new List<JsonObject>();
        for (string? cursor = null; ;)
        {
            var page = await api.GetJson($"/api/v1/contradictions?{query}&limit={limit.ToString(CultureInfo.InvariantCulture)}" + (cursor is null ? "" : $"&cursor={cursor}"));
            Assert.True(page["items"]!.AsArray().Count <= limit);
            items.AddRange(page["items"]!.AsArray().Select(i => i!.AsObject()));
            if ((cursor = (string?)page["nextCursor"]) is null)
            {
                return items;
            }
        }
    }

    /// <summary>A figure, compared by the book.</summary>
    private sealed record NaiveFigure(string Metric, string Comparator, decimal Value, decimal Upper)
    {
        public string Unit { get; init; } = "%";

        public string? Subject { get; init; }

        public string? Baseline { get; init; }

        public string? PeriodFrom { get; init; }

        public string? PeriodTo { get; init; }

        public bool Excludes(NaiveFigure other) =>
            Same(Metric, other.Metric) && Same(Unit, other.Unit) && Same(Subject, other.Subject) && Same(Baseline, other.Baseline)
            && First(PeriodFrom) <= Last(other.PeriodTo) && First(other.PeriodFrom) <= Last(PeriodTo)
            && (IsBelow(this, other) || IsBelow(other, this));

        public JsonObject ToJson(string? unit = null)
        {
            var json = new JsonObject
            {
                ["metric"] = Metric,
                ["comparator"] = Comparator,
                ["unit"] = unit ?? Unit,
                ["subject"] = Subject,
                ["baseline"] = Baseline,
                ["periodFrom"] = PeriodFrom,
                ["periodTo"] = PeriodTo,
            };
            if (Comparator == "between")
            {
                (json["lower"], json["upper"]) = (Value, Upper);
            }
            else
            {
                json["value"] = Value;
            }

            return json;
        }

        /// <summary>Whether all that the one allows is below all that the other does.</summary>
        private static bool IsBelow(NaiveFigure one, NaiveFigure other) => (one.Most(), other.Least()) switch
        {
            ({ } most, { } least) => most.Value < least.Value || (most.Value == least.Value && (most.IsOpen || least.IsOpen)),
            _ => false,
        };

        private static bool Same(string? one, string? other) => string.Equals(one?.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);

        private static DateTimeOffset First(string? date) => date is null ? DateTimeOffset.MinValue : PartialDate.Parse(date).First;

        private static DateTimeOffset Last(string? date) => date is null ? DateTimeOffset.MaxValue : PartialDate.Parse(date).Last;

        private (decimal Value, bool IsOpen)? Most() => Comparator switch
        {
            "eq" or "lte" => (Value, false),
            "lt" => (Value, true),
            "approx" => (Value + (Math.Abs(Value) / 20), false),
            "between" => (Upper, false),
            _ => null,
        };

        private (decimal Value, bool IsOpen)? Least() => Comparator switch
        {
            "eq" or "gte" or "between" => (Value, false),
            "gt" => (Value, true),
            "approx" => (Value - (Math.Abs(Value) / 20), false),
            _ => null,
        };
    }
}
