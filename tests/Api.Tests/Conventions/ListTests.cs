using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace Stemma.Api.Tests.Conventions;

/// <summary>Pages, cursors, totals and order.</summary>
public sealed class ListTests(StemmaApi api)
{
    /// <summary>Sort fields of each list.</summary>
    public static TheoryData<string, string> Sorts => new()
    {
        { Kinds.Sources, "createdAt" },
        { Kinds.Sources, "updatedAt" },
        { Kinds.Sources, "name" },
        { Kinds.Sources, "publishedAt" },
        { Kinds.Claims, "createdAt" },
        { Kinds.Claims, "updatedAt" },
        { Kinds.Claims, "claimedAt" },
        { Kinds.Corroborations, "createdAt" },
        { Kinds.Corroborations, "updatedAt" },
        { Kinds.Corroborations, "publishedAt" },
        { Kinds.Derivations, "createdAt" },
        { Kinds.Derivations, "updatedAt" },
        { Kinds.ClaimRelations, "createdAt" },
        { Kinds.ClaimRelations, "updatedAt" },
        { Kinds.Reviews, "createdAt" },
        { Kinds.Reviews, "updatedAt" },
        { Kinds.Reviews, "reviewedAt" },
    };

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Every_sort_runs_both_ways_with_missing_values_last_and_ids_breaking_ties(string kind, string sort)
    {
        var tag = Requests.Unique();
        string?[] dates = ["2024", "2023-12", null, "2024-01-01", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000001Z", null, "0001", "9999-12-31"];
        string[] names = ["beta", "Alpha", "alpha", "Zeta", "éclair", "_x", "10", "9", "ALPHA"];
        var rows = new List<JsonObject>();
        for (var i = 0; i < dates.Length; i++)
        {
            var fields = new JsonObject { ["tags"] = new JsonArray(tag) };
            if (Kinds.IsDated(kind))
            {
                fields[Kinds.Date(kind)] = dates[i];
            }

            if (kind == Kinds.Sources)
            {
                fields["name"] = names[i];
            }

            rows.Add(await api.Create(kind, fields));
        }

        foreach (var i in new[] { 4, 1 })
        {
            rows[i] = await StemmaApi.Json(await api.Patch(kind, rows[i].Id(), new JsonObject { [Kinds.FreeText(kind)] = "later" }.ToJsonString()), 200);
        }

        foreach (var descending in new[] { false, true })
        {
            var expected = Sorted(rows, sort, descending);
            foreach (var limit in new[] { 1, 2, 4, 500 })
            {
                var list = $"{Kinds.Path(kind)}?tag={tag}&limit={limit}&sort={(descending ? "-" : "")}{sort}";
                Assert.Equal(expected, await api.Walk(list));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.Dated), MemberType = typeof(Kinds))]
    public async Task Ids_break_ties_in_the_direction_of_the_sort(string kind)
    {
        var tag = Requests.Unique();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await api.Create(kind, new JsonObject { ["tags"] = new JsonArray(tag), [Kinds.Date(kind)] = "2024-05" })).Id());
        }

        ids.Sort(StringComparer.Ordinal);
        var list = $"{Kinds.Path(kind)}?tag={tag}&limit=2&sort=";
        Assert.Equal(ids, await api.Walk(list + Kinds.Date(kind)));
        Assert.Equal(Enumerable.Reverse(ids), await api.Walk(list + "-" + Kinds.Date(kind)));
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Ids_break_ties_of_creation_too(string kind)
    {
        var tag = Requests.Unique();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.AddRange(await Insert(kind, tag, 1));
        }

        ids.Sort(StringComparer.Ordinal);
        foreach (var sort in new[] { "createdAt", "updatedAt" })
        {
            var list = $"{Kinds.Path(kind)}?tag={tag}&limit=2&sort=";
            Assert.Equal(ids, await api.Walk(list + sort));
            Assert.Equal(Enumerable.Reverse(ids), await api.Walk(list + "-" + sort));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Without_a_sort_the_newest_come_first_50_on_a_page(string kind)
    {
        var tag = Requests.Unique();
        var ids = await Insert(kind, tag, 51);

        var page = await api.GetJson($"{Kinds.Path(kind)}?tag={tag}");

        Assert.Equal(Enumerable.Reverse(ids).Take(50), page.Ids());
        Assert.Equal(page.ToJsonString(), (await api.GetJson($"{Kinds.Path(kind)}?tag={tag}&sort=-createdAt&limit=50")).ToJsonString());
        Assert.False(page.ContainsKey("total"));
        var last = await api.GetJson($"{Kinds.Path(kind)}?tag={tag}&cursor={page["nextCursor"]}");
        Assert.Equal([ids[0]], last.Ids());
        Assert.True(last.ContainsKey("nextCursor"));
        Assert.Null(last["nextCursor"]);
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_full_last_page_has_no_next(string kind)
    {
        var tag = Requests.Unique();
        await Insert(kind, tag, 4);

        var second = await api.GetJson($"{Kinds.Path(kind)}?tag={tag}&limit=2&cursor={(await api.GetJson($"{Kinds.Path(kind)}?tag={tag}&limit=2"))["nextCursor"]}");

        Assert.Equal(2, second.Ids().Length);
        Assert.Null(second["nextCursor"]);
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Link_leads_to_the_next_page(string kind)
    {
        var tag = Requests.Unique() + " +&é";
        var ids = await Insert(kind, tag, 5);
        var seen = new List<string>();
        var path = $"{Kinds.Path(kind)}?tag={Uri.EscapeDataString(tag)}&limit=2&sort=createdAt&include=total";

        for (string? next = path; next is not null;)
        {
            var answer = await api.Get(next);
            var page = await StemmaApi.Json(answer, 200);
            seen.AddRange(page.Ids());
            Assert.Equal(5, (int)page["total"]!["value"]!);
            var link = answer.Headers.TryGetValues("Link", out var links) ? Assert.Single(links) : null;
            Assert.Equal(page["nextCursor"] is null, link is null);
            Assert.True(link is null || (link.StartsWith('<') && link.EndsWith(">; rel=\"next\"", StringComparison.Ordinal)));
            next = link?[1..link.IndexOf('>', StringComparison.Ordinal)];
        }

        Assert.Equal(ids, seen);
    }

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Rows_that_come_and_go_meanwhile_neither_hide_nor_repeat_the_others(string kind, string sort)
    {
        var tag = Requests.Unique();
        var before = await Insert(kind, tag, 30);
        var between = 0;

        foreach (var direction in new[] { "", "-" })
        {
            var seen = await api.Walk($"{Kinds.Path(kind)}?tag={tag}&limit=4&sort={direction}{sort}", async () =>
            {
                var extra = await Insert(kind, tag, 2, 100 + (between++ * 2));
                await api.Delete(kind, extra[0]);
            });

            Assert.Equal(before.Order(), seen.Where(before.Contains).Order());
            Assert.Equal(seen.Count, seen.Distinct().Count());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_cursor_serves_its_own_list_alone(string kind)
    {
        var tag = Requests.Unique();
        await Insert(kind, tag, 3);
        var other = Kinds.Path(kind == Kinds.Claims ? Kinds.Sources : Kinds.Claims);
        var list = Kinds.Path(kind);
        var cursor = (string)(await api.GetJson($"{list}?tag={tag}&limit=1"))["nextCursor"]!;

        Assert.Matches("^[A-Za-z0-9_-]+$", cursor);
        foreach (var refused in new[]
        {
            $"{list}?tag={tag}x&cursor={cursor}",
            $"{list}?cursor={cursor}",
            $"{list}?tag={tag}&tag=b&cursor={cursor}",
            $"{list}?tag={tag}&createdBy=local&cursor={cursor}",
            $"{list}?tag={tag}&sort=createdAt&cursor={cursor}",
            $"{list}?tag={tag}&sort=-updatedAt&cursor={cursor}",
            $"{other}?tag={tag}&cursor={cursor}",
            $"{list}?tag={tag}&cursor={cursor[..^1]}",
            $"{list}?tag={tag}&cursor={cursor}AAAA",
            $"{list}?tag={tag}&cursor=AAAA{cursor[4..]}",
            $"{list}?tag={tag}&cursor={cursor.ToUpperInvariant()}",
            $"{list}?tag={tag}&cursor=",
            $"{list}?tag={tag}&cursor=1",
            $"{list}?tag={tag}&cursor=null",
            $"{list}?tag={tag}&cursor={new string('A', 5000)}",
        })
        {
            await api.Get(refused).Refused("cursor");
        }

        foreach (var taken in new[] { $"{list}?cursor={cursor}&tag={tag}", $"{list}?tag={tag}&sort=-createdAt&cursor={cursor}", $"{list}?tag={tag}&limit=7&include=total&cursor={cursor}" })
        {
            Assert.Equal(2, (await api.GetJson(taken)).Ids().Length);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Totals_are_counted_when_asked_for(string kind)
    {
        var tag = Requests.Unique();
        await Insert(kind, tag, 3);

        foreach (var query in new[] { "include=total", "include=total&limit=1" })
        {
            var total = (await api.GetJson($"{Kinds.Path(kind)}?tag={tag}&{query}"))["total"]!;
            Assert.Equal("""{"value":3,"relation":"eq"}""", total.ToJsonString());
        }

        Assert.Equal("""{"value":0,"relation":"eq"}""", (await api.GetJson($"{Kinds.Path(kind)}?tag=no{tag}&include=total"))["total"]!.ToJsonString());
        await api.Get(Kinds.Path(kind, (await api.Create(kind)).Id()) + "?include=total").Refused("include");
    }

    [Fact]
    public async Task Totals_are_exact_up_to_10000()
    {
        var tag = Requests.Unique();
        await Insert(Kinds.Sources, tag, 10_000);
        var list = $"/api/v1/sources?tag={tag}&limit=1&include=total";

        Assert.Equal("""{"value":10000,"relation":"eq"}""", (await api.GetJson(list))["total"]!.ToJsonString());

        var extra = await Insert(Kinds.Sources, tag, 1);
        Assert.Equal("""{"value":10000,"relation":"gte"}""", (await api.GetJson(list))["total"]!.ToJsonString());

        await api.Delete(Kinds.Sources, extra[0]);
        Assert.Equal("""{"value":10000,"relation":"eq"}""", (await api.GetJson(list))["total"]!.ToJsonString());

        await using var delete = api.Database.Source.CreateCommand("delete from sources where tags = array[$1]");
        delete.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tag });
        await delete.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_page_has_500_rows_at_most(string kind)
    {
        var tag = Requests.Unique();
        var ids = await Insert(kind, tag, 501);

        var page = await api.GetJson($"{Kinds.Path(kind)}?tag={tag}&limit=500&sort=createdAt");

        Assert.Equal(ids.Take(500), page.Ids());
        Assert.Equal([ids[500]], (await api.GetJson($"{Kinds.Path(kind)}?tag={tag}&limit=500&sort=createdAt&cursor={page["nextCursor"]}")).Ids());
    }

    [Fact]
    public async Task A_list_shows_each_row_as_it_stands_alone()
    {
        foreach (var kind in Kinds.Names)
        {
            var stored = await StemmaApi.Json(await api.Post(kind, await api.FullBody(kind)), 201);
            var list = await api.Get($"{Kinds.Path(kind)}?tag={stored["tags"]![0]}");
            var row = Assert.Single((await StemmaApi.Json(list, 200))["items"]!.AsArray())!;

            Assert.Equal(HttpStatusCode.OK, list.StatusCode);
            // What may be long, lists do without.
            var alone = await api.GetJson(Kinds.Path(kind, stored.Id()));
            alone.Remove("original");
            Assert.Equal(alone.ToJsonString(), row.ToJsonString());
        }
    }

    private static string[] Sorted(List<JsonObject> rows, string sort, bool descending)
    {
        var byId = rows.OrderBy(r => r.Id(), StringComparer.Ordinal);
        var keyed = byId.Select(r => (Id: r.Id(), Key: Key(r, sort))).ToList();
        keyed.Sort((a, b) =>
        {
            if (a.Key is null || b.Key is null)
            {
                var missing = (a.Key is null).CompareTo(b.Key is null);
                return missing != 0 ? missing : Turn(string.CompareOrdinal(a.Id, b.Id));
            }

            var order = string.CompareOrdinal(a.Key, b.Key);
            return Turn(order != 0 ? order : string.CompareOrdinal(a.Id, b.Id));
        });
        return [.. keyed.Select(k => k.Id)];

        int Turn(int order) => descending ? -order : order;
    }

    /// <summary>A text that sorts as the value does.</summary>
    private static string? Key(JsonObject row, string sort) => sort switch
    {
        "name" => ((string)row["name"]!).ToLowerInvariant(),
        "createdAt" or "updatedAt" => Instant(DateTimeOffset.Parse((string)row[sort]!, CultureInfo.InvariantCulture)),
        _ => (string?)row[sort] is { } date ? Instant(Domain.Kernel.PartialDate.Parse(date).First) : null,
    };

    private static string Instant(DateTimeOffset instant) => instant.UtcTicks.ToString("D20", CultureInfo.InvariantCulture);

    /// <summary>Rows straight into the table, one a second from the past on, in the order of their creation.</summary>
    private async Task<List<string>> Insert(string kind, string tag, int count, int from = 0)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToArray();
        var (table, columns, values) = kind switch
        {
            Kinds.Sources => ("sources", "url_keys, aliases, kind, name, reliability, published_at", "'{}', '{}', 'outlet', 'n' || (n * 7) % 10, 'F', case when n % 5 > 0 then (2000 + (n * 3) % 7)::text end"),
            Kinds.Claims => ("claims", "url_keys, appearance_urls, quantities, kind, text, status, language, claimed_at", "'{}', '{}', '[]', 'factual', 'x', 'open', 'en', case when n % 5 > 0 then (2000 + (n * 3) % 7)::text end"),
            Kinds.Derivations => ("derivations", "from_id, to_id, relation, basis", "$5, ($6::uuid[])[n - $4], 'cites', 'declared'"),
            Kinds.ClaimRelations => ("claim_relations", "from_id, to_id, kind, scope_difference", "$5, ($6::uuid[])[n - $4], 'refines', 'none'"),
            Kinds.Reviews => ("reviews", "url_keys, claim_id, publisher_id, textual_rating, verdict, reviewed_at",
                "array[id], $5, $6, 'x', 'other', case when n % 5 > 0 then (2000 + (n * 3) % 7)::text end"),
            _ => ("corroborations", "url_keys, attributed_to_ids, claim_id, source_id, stance, directness, interest, credibility, quote_exact, published_at",
                "'{}', '{}', $5, $6, 'mentions', 'unknown', 'unknown', 6, $2 || n, case when n % 5 > 0 then (2000 + (n * 3) % 7)::text end"),
        };
        await using var command = api.Database.Source.CreateCommand(
            $"""
            insert into {table} (id, external_ids, tags, version, created_at, created_by, updated_at, updated_by, {columns})
            select id, '[]', array[$2], 1, at, 'test', at, 'test', {values}
            from (select id, n + $4 as n, $3::timestamptz + (n + $4) * interval '1 second' as at from unnest($1) with ordinality u(id, n)) rows
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tag });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from });
        if (kind is Kinds.Corroborations or Kinds.Reviews)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse(await api.NewClaim()) });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse(await api.NewSource()) });
        }
        else if (kind is Kinds.Derivations or Kinds.ClaimRelations)
        {
            // One end for all, and for each another at the other end.
            var ends = kind == Kinds.Derivations ? Kinds.Sources : Kinds.Claims;
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse((await api.Create(ends)).Id()) });
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. (await Insert(ends, "end of " + tag, count)).Select(Guid.Parse)] });
        }

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return [.. ids.Select(id => id.ToString())];
    }
}
