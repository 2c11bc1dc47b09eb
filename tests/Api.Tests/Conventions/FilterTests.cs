using System.Globalization;
using System.Text.Json.Nodes;
using Stemma.Domain.Kernel;
using Xunit;

namespace Stemma.Api.Tests.Conventions;

/// <summary>
/// Each filter finds what it should and nothing else: rows that differ in one field, and the answer beside what a plain look at the rows says.
/// </summary>
public sealed class FilterTests(StemmaApi api)
{
    private delegate bool Match(JsonObject row);

    [Fact]
    public async Task Sources()
    {
        var (tag, parent, owner) = (Requests.Unique(), await api.NewSource(), await api.NewSource());
        var hash = "sha256:" + new string('b', 64);
        var rows = await Rows(Kinds.Sources, tag,
            new() { ["kind"] = "outlet" },
            new() { ["kind"] = "person", ["name"] = "Ann É. " + tag },
            new() { ["kind"] = "government", ["aliases"] = new JsonArray("other", "ann é. " + tag) },
            new() { ["country"] = "DE", ["language"] = "de" },
            new() { ["country"] = "US", ["language"] = "en-US" },
            new() { ["parentId"] = parent, ["reliability"] = "A" },
            new() { ["ownerId"] = owner, ["parentId"] = owner, ["reliability"] = "B" },
            new() { ["contentHash"] = hash, ["url"] = $"https://www.example.org/{tag}/?utm_source=x&b=1&a=2" },
            new() { ["contentHash"] = "sha256:" + new string('c', 64), ["archiveUrl"] = $"http://example.org/{tag}?a=2&b=1#part" },
            new() { ["url"] = $"https://example.org/{tag}/other" });

        await Check(Kinds.Sources, tag, rows,
            ("kind=person", r => Text(r, "kind") == "person"),
            ("kind=person&kind=government", r => Text(r, "kind") is "person" or "government"),
            ("kind=dataset", _ => false),
            ($"name=ANN+%C3%89.+{tag.ToUpperInvariant()}", r => Names(r).Contains("ann é. " + tag)),
            ($"name=Ann", _ => false),
            ("name=other&name=nobody", r => Names(r).Contains("other")),
            ("country=DE", r => Text(r, "country") == "DE"),
            ("country=DE&country=US", r => Text(r, "country") is "DE" or "US"),
            ("language=EN-us", r => Text(r, "language") == "en-US"),
            ("language=de&language=EN-US", r => Text(r, "language") is "de" or "en-US"),
            ("language=en", r => Text(r, "language") == "en"),
            ($"parentId={parent}", r => Text(r, "parentId") == parent),
            ($"parentId={parent}&parentId={owner}", r => Text(r, "parentId") is not null),
            ($"ownerId={owner}", r => Text(r, "ownerId") == owner),
            ($"parentId={owner}&ownerId={owner}", r => Text(r, "parentId") == owner && Text(r, "ownerId") == owner),
            ("reliability=A", r => Text(r, "reliability") == "A"),
            ("reliability=A&reliability=B", r => Text(r, "reliability") is "A" or "B"),
            ("contentHash=" + hash.ToUpperInvariant().Replace("SHA256", "sha256", StringComparison.Ordinal), r => Text(r, "contentHash") == hash),
            ($"url=http://example.org/{tag}?b=1%26a=2", r => (Text(r, "url") ?? Text(r, "archiveUrl"))?.Contains("b=1", StringComparison.Ordinal) == true),
            ($"url=http://example.org/{tag}", _ => false),
            ($"url=http://www.example.org/{tag}/other/&url=https://x.example", r => Text(r, "url")?.EndsWith("other", StringComparison.Ordinal) == true),
            ("kind=outlet&country=US", r => Text(r, "kind") == "outlet" && Text(r, "country") == "US"));
    }

    [Fact]
    public async Task Claims()
    {
        var (tag, one, other) = (Requests.Unique(), await api.NewSource(), await api.NewSource());
        JsonArray Quantities(params string[] metrics) =>
            new([.. metrics.Select(m => (JsonNode)new JsonObject { ["metric"] = m, ["comparator"] = "eq", ["unit"] = "1", ["value"] = 1 })]);
        var rows = await Rows(Kinds.Claims, tag,
            new() { ["status"] = "draft", ["kind"] = "opinion" },
            new() { ["status"] = "assessed", ["kind"] = "denial" },
            new() { ["language"] = "zh-Hant", ["place"] = "Harbin" },
            new() { ["language"] = "zh", ["place"] = "Beijing, Harbin" },
            new() { ["claimantId"] = one, ["plausible"] = true },
            new() { ["claimantId"] = other, ["plausible"] = false },
            new() { ["firstAppearanceUrl"] = $"https://example.org/{tag}", ["quantities"] = Quantities("volume", "growth") },
            new() { ["appearanceUrls"] = new JsonArray("https://example.org/else", $"http://www.example.org/{tag}/"), ["quantities"] = Quantities("Volume") });
        await api.NewLink(rows[0].Id(), one);
        await api.NewLink(rows[0].Id(), other);
        await api.NewLink(rows[1].Id(), one, "contradicts");
        await api.NewLink(rows[1].Id(), other, "denies");
        await api.NewLink(rows[2].Id(), one, "reports");
        await api.NewLink(rows[2].Id(), one, "mentions");
        await api.Delete(Kinds.Corroborations, await api.NewLink(rows[3].Id(), one));
        async Task<string> Review(int row, string verdict) => (await api.Create(Kinds.Reviews, new() { ["claimId"] = rows[row].Id(), ["verdict"] = verdict })).Id();
        await Review(0, "true");
        await Review(0, "mostly-false");
        await Review(1, "false");
        await api.Delete(Kinds.Reviews, await Review(1, "unproven"));
        await api.Delete(Kinds.Reviews, await Review(2, "false"));
        int Count(JsonObject row, string stance) => (int)row["corroborationCounts"]![stance]!;
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i] = await api.GetJson(Kinds.Path(Kinds.Claims, rows[i].Id()));
        }

        bool At(JsonObject row, params int[] places) => places.Contains(rows.FindIndex(r => r.Id() == row.Id()));
        await Check(Kinds.Claims, tag, rows,
            ("status=draft", r => Text(r, "status") == "draft"),
            ("status=draft&status=assessed", r => Text(r, "status") is "draft" or "assessed"),
            ("kind=opinion&kind=denial", r => Text(r, "kind") is "opinion" or "denial"),
            ("language=ZH-HANT", r => Text(r, "language") == "zh-Hant"),
            ("language=zh", r => Text(r, "language") == "zh"),
            ("place=HARBIN", r => Text(r, "place") == "Harbin"),
            ("place=harbin&place=beijing%2C+harbin", r => Text(r, "place") is not null),
            ($"claimantId={one}", r => Text(r, "claimantId") == one),
            ("plausible=true", r => (bool?)r["plausible"] == true),
            ("plausible=false", r => (bool?)r["plausible"] == false),
            ("plausible=true&plausible=false", r => r["plausible"] is not null),
            ($"url=https://example.org/{tag}%23x", r => Text(r, "firstAppearanceUrl") is not null || r["appearanceUrls"]!.AsArray().Count > 0),
            ("url=https://example.org/else", r => r["appearanceUrls"]!.AsArray().Count > 0),
            ("metric=volume", r => Metrics(r).Contains("volume")),
            ("metric=growth&metric=Volume", r => Metrics(r).Contains("growth") || Metrics(r).Contains("Volume")),
            ("minSupports=0", _ => true),
            ("minSupports=1", r => Count(r, "supports") >= 1),
            ("minSupports=2", r => Count(r, "supports") >= 2),
            ("minSupports=3", _ => false),
            ("minContradicts=1", r => Count(r, "contradicts") >= 1),
            ("minReports=1", r => Count(r, "reports") >= 1),
            ("minDenies=1", r => Count(r, "denies") >= 1),
            ("minMentions=1&minReports=1", r => Count(r, "mentions") >= 1 && Count(r, "reports") >= 1),
            ("stance=supports", r => Count(r, "supports") > 0),
            ("stance=supports&stance=denies", r => Count(r, "supports") > 0 || Count(r, "denies") > 0),
            ("reviewed=true", r => At(r, 0, 1)),
            ("reviewed=false", r => !At(r, 0, 1)),
            ("reviewed=true&reviewed=false", _ => true),
            ("verdict=false", r => At(r, 1)),
            ("verdict=false&verdict=true", r => At(r, 0, 1)),
            ("verdict=unproven", _ => false),
            ("verdict=true&reviewed=false", _ => false),
            ("reviewed=true&status=assessed", r => At(r, 1)),
            ($"sourceId={one}", r => At(r, 0, 1, 2)),
            ($"sourceId={other}", r => At(r, 0, 1)),
            ($"sourceId={one}&sourceId={other}", r => At(r, 0, 1, 2)),
            ($"sourceId={one}&stance=denies", _ => false),
            ($"sourceId={other}&stance=denies", r => At(r, 1)),
            ($"sourceId={one}&stance=mentions&stance=contradicts", r => At(r, 1, 2)),
            ($"sourceId={one}&stance=supports&status=assessed", _ => false));
    }

    [Fact]
    public async Task Corroborations()
    {
        var (tag, claim, source, told, cited) = (Requests.Unique(), await api.NewClaim(), await api.NewSource(), await api.NewSource(), await api.NewSource());
        var rows = await Rows(Kinds.Corroborations, tag,
            new() { ["claimId"] = claim },
            new() { ["sourceId"] = source, ["stance"] = "denies" },
            new() { ["stance"] = "mentions", ["directness"] = "first-hand" },
            new() { ["directness"] = "relayed", ["attributedToIds"] = new JsonArray(told) },
            new() { ["attributedToIds"] = new JsonArray(cited, told), ["interest"] = "adverse" },
            new() { ["citedInId"] = cited, ["credibility"] = 1 },
            new() { ["citedInId"] = told, ["credibility"] = 3, ["url"] = $"https://example.org/{tag}" },
            new() { ["archiveUrl"] = $"https://www.example.org/{tag}/", ["interest"] = "neutral" });

        await Check(Kinds.Corroborations, tag, rows,
            ($"claimId={claim}", r => Text(r, "claimId") == claim),
            ($"claimId={claim}&claimId={rows[1]["claimId"]}", r => Text(r, "claimId") == claim || r == rows[1]),
            ($"sourceId={source}", r => Text(r, "sourceId") == source),
            ("stance=denies", r => Text(r, "stance") == "denies"),
            ("stance=denies&stance=mentions", r => Text(r, "stance") is "denies" or "mentions"),
            ("directness=first-hand", r => Text(r, "directness") == "first-hand"),
            ("directness=first-hand&directness=relayed", r => Text(r, "directness") is "first-hand" or "relayed"),
            ("interest=party", r => Text(r, "interest") == "party"),
            ("interest=adverse&interest=neutral", r => Text(r, "interest") is "adverse" or "neutral"),
            ("credibility=1", r => (int)r["credibility"]! == 1),
            ("credibility=1&credibility=3", r => (int)r["credibility"]! is 1 or 3),
            ($"attributedToId={told}", r => r["attributedToIds"]!.AsArray().Any(i => (string)i! == told)),
            ($"attributedToId={cited}", r => r["attributedToIds"]!.AsArray().Any(i => (string)i! == cited)),
            ($"attributedToId={source}", _ => false),
            ($"citedInId={cited}", r => Text(r, "citedInId") == cited),
            ($"citedInId={cited}&citedInId={told}", r => Text(r, "citedInId") is not null),
            ($"url=http://example.org/{tag}", r => Text(r, "url") is not null || Text(r, "archiveUrl") is not null),
            ($"stance=supports&interest=adverse&attributedToId={told}", r => r == rows[4]));
    }

    [Fact]
    public async Task Reviews()
    {
        var (tag, claim, publisher) = (Requests.Unique(), await api.NewClaim(), await api.NewSource());
        var rows = await Rows(Kinds.Reviews, tag,
            new() { ["claimId"] = claim },
            new() { ["publisherId"] = publisher, ["verdict"] = "mostly-true" },
            new() { ["claimId"] = claim, ["verdict"] = "false", ["language"] = "pt-BR" },
            new() { ["url"] = $"https://www.example.org/{tag}/", ["language"] = "pt" },
            new() { ["url"] = $"http://example.org/{tag}?b=1&a=2&utm_source=x", ["publisherId"] = publisher });

        await Check(Kinds.Reviews, tag, rows,
            ($"claimId={claim}", r => Text(r, "claimId") == claim),
            ($"claimId={claim}&claimId={rows[1]["claimId"]}", r => Text(r, "claimId") == claim || r == rows[1]),
            ($"publisherId={publisher}", r => Text(r, "publisherId") == publisher),
            ("verdict=other", r => Text(r, "verdict") == "other"),
            ("verdict=false&verdict=mostly-true", r => Text(r, "verdict") is "false" or "mostly-true"),
            ("language=PT-br", r => Text(r, "language") == "pt-BR"),
            ("language=pt&language=pt-BR", r => Text(r, "language") is not null),
            ($"url=http://example.org/{tag}", r => r == rows[3]),
            ($"url=https://example.org/{tag}?a=2%26b=1", r => r == rows[4]),
            ($"claimId={claim}&verdict=false&language=pt-BR", r => r == rows[2]));
    }

    [Fact]
    public async Task Derivations()
    {
        var (tag, a, b, c) = (Requests.Unique(), await api.NewSource(), await api.NewSource(), await api.NewSource());
        var rows = await Rows(Kinds.Derivations, tag,
            new() { ["fromId"] = a },
            new() { ["toId"] = a, ["relation"] = "quotes" },
            new() { ["fromId"] = a, ["toId"] = b, ["relation"] = "same-wire" },
            new() { ["fromId"] = b, ["toId"] = c, ["basis"] = "inferred" },
            new() { ["relation"] = "derived-from", ["basis"] = "inferred" });

        await Check(Kinds.Derivations, tag, rows,
            ($"fromId={a}", r => Text(r, "fromId") == a),
            ($"fromId={a}&fromId={b}", r => Text(r, "fromId") == a || Text(r, "fromId") == b),
            ($"toId={a}", r => Text(r, "toId") == a),
            ($"toId={b}&toId={c}", r => Text(r, "toId") == b || Text(r, "toId") == c),
            ($"fromId={a}&toId={b}", r => r == rows[2]),
            ($"fromId={b}&toId={a}", _ => false),
            ($"sourceId={a}", r => r == rows[0] || r == rows[1] || r == rows[2]),
            ($"sourceId={c}", r => r == rows[3]),
            ($"sourceId={a}&sourceId={c}", r => r != rows[4]),
            ($"sourceId={a}&fromId={b}", _ => false),
            ($"sourceId={b}&fromId={b}", r => r == rows[3]),
            ("relation=quotes", r => Text(r, "relation") == "quotes"),
            ("relation=same-wire&relation=derived-from", r => Text(r, "relation") is "same-wire" or "derived-from"),
            ("relation=translates", _ => false),
            ("basis=inferred", r => Text(r, "basis") == "inferred"),
            ("basis=declared&basis=inferred", _ => true),
            ("basis=inferred&relation=cites", r => r == rows[3]));
    }

    [Fact]
    public async Task Claim_relations()
    {
        var (tag, a, b, c) = (Requests.Unique(), await api.NewClaim(), await api.NewClaim(), await api.NewClaim());
        var rows = await Rows(Kinds.ClaimRelations, tag,
            new() { ["fromId"] = a },
            new() { ["toId"] = a, ["kind"] = "supersedes" },
            new() { ["fromId"] = a, ["toId"] = b, ["kind"] = "contradicts" },
            new() { ["fromId"] = b, ["toId"] = c, ["scopeDifference"] = "date" },
            new() { ["kind"] = "updates", ["scopeDifference"] = "metric" });

        await Check(Kinds.ClaimRelations, tag, rows,
            ($"fromId={a}", r => Text(r, "fromId") == a),
            ($"fromId={a}&fromId={b}", r => Text(r, "fromId") == a || Text(r, "fromId") == b),
            ($"toId={a}", r => Text(r, "toId") == a),
            ($"toId={b}&toId={c}", r => Text(r, "toId") == b || Text(r, "toId") == c),
            ($"fromId={b}&toId={a}", _ => false),
            ($"claimId={a}", r => r == rows[0] || r == rows[1] || r == rows[2]),
            ($"claimId={c}", r => r == rows[3]),
            ($"claimId={a}&claimId={c}", r => r != rows[4]),
            ($"claimId={b}&toId={b}", r => r == rows[2]),
            ("kind=supersedes", r => Text(r, "kind") == "supersedes"),
            ("kind=contradicts&kind=updates", r => Text(r, "kind") is "contradicts" or "updates"),
            ("kind=entails", _ => false),
            ("scopeDifference=date", r => Text(r, "scopeDifference") == "date"),
            ("scopeDifference=date&scopeDifference=metric", r => Text(r, "scopeDifference") is "date" or "metric"),
            ("scopeDifference=none&kind=refines", r => r == rows[0]));
    }

    /// <summary>Page by page, each once, though it is found by two indexes.</summary>
    [Theory]
    [InlineData(Kinds.Derivations, "sourceId")]
    [InlineData(Kinds.ClaimRelations, "claimId")]
    public async Task What_stands_at_either_end_is_paged_like_any_list(string kind, string filter)
    {
        var end = await (kind == Kinds.Derivations ? api.NewSource() : api.NewClaim());
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add((await api.Create(kind, new() { [i % 2 == 0 ? "fromId" : "toId"] = end })).Id());
        }

        Assert.Equal(ids, await api.Walk($"{Kinds.Path(kind)}?{filter}={end}&sort=createdAt&limit=2"));
        Assert.Equal(Enumerable.Reverse(ids), await api.Walk($"{Kinds.Path(kind)}?{filter}={end}&limit=3"));
        Assert.Equal(7, (int)(await api.GetJson($"{Kinds.Path(kind)}?{filter}={end}&include=total"))["total"]!["value"]!);
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task What_all_resources_share(string kind)
    {
        var (tag, word) = (Requests.Unique(), Requests.Unique());
        JsonArray ExternalId(string id) => new(new JsonObject { ["system"] = "s", ["id"] = id });
        var rows = await Rows(kind, tag,
            new() { ["tags"] = new JsonArray(tag, word) },
            new() { ["tags"] = new JsonArray(word + "x", tag) },
            new() { ["externalIds"] = ExternalId(tag + "1") },
            new() { ["externalIds"] = ExternalId(tag + "2") });
        rows[0] = await StemmaApi.Json(await api.Patch(kind, rows[0].Id(), new JsonObject { [Kinds.FreeText(kind)] = "x" }.ToJsonString()), 200);
        var created = Text(rows[1], "createdAt")!;
        var updated = Text(rows[3], "updatedAt")!;

        await Check(kind, tag, rows,
            ($"tag={word}", r => r == rows[0] || r == rows[1] || r == rows[2] || r == rows[3]),
            ($"externalId=s:{tag}1", r => r == rows[2]),
            ($"externalId=s:{tag}1&externalId=s:{tag}2&externalId=s:nobody", r => r == rows[2] || r == rows[3]),
            ($"externalId=x:{tag}1", _ => false),
            ("createdBy=local", _ => true),
            ("createdBy=somebody", _ => false),
            ("createdBy=somebody&createdBy=local", _ => true),
            ($"createdFrom={created}", r => Order(r, "createdAt", created) >= 0),
            ($"createdTo={created}", r => Order(r, "createdAt", created) <= 0),
            ($"createdFrom={created}&createdTo={created}", r => Order(r, "createdAt", created) == 0),
            ($"createdTo={created[..4]}", _ => true),
            ($"createdFrom={created[..10]}", _ => true),
            ("createdFrom=9999", _ => false),
            ("createdTo=0001", _ => false),
            ($"updatedAfter={updated}", r => Order(r, "updatedAt", updated) > 0),
            ($"updatedBefore={updated}", r => Order(r, "updatedAt", updated) < 0),
            ($"updatedAfter={created[..4]}", _ => false),
            ($"updatedBefore={created[..4]}", _ => false),
            ("updatedAfter=2020&updatedBefore=9999", _ => true));
        Assert.Equal([rows[0].Id()], (await api.GetJson($"{Kinds.Path(kind)}?tag={word}")).Ids());
        Assert.Equal(
            new[] { rows[1].Id(), rows[0].Id() }.Order(), (await api.GetJson($"{Kinds.Path(kind)}?tag={word}&tag={word}x")).Ids().Order());
    }

    /// <summary>A value is found by its first instant: from the bound's first to the bound's last.</summary>
    [Theory]
    [MemberData(nameof(Kinds.Dated), MemberType = typeof(Kinds))]
    public async Task Partial_dates(string kind)
    {
        string?[] dates =
        [
            null, "0001", "0001-01-01T00:00:00Z", "2023", "2023-12-31", "2023-12-31T23:59:59.999999Z", "2024", "2024-01", "2024-02-29", "2024-02-29T12:00:00Z",
            "2024-05", "2024-05-16", "2024-05-16T09:30:00Z", "2024-05-31T23:59:59.999999999Z", "2024-06", "9999", "9999-12-31T23:59:59.999999Z",
        ];
        string[] bounds = ["0001", "2023-12-31", "2024", "2024-02", "2024-02-29", "2024-05", "2024-05-16", "2024-05-16T09:30:00Z", "2024-05-16T09:30:00.000001Z", "9999-12-31", "9999"];
        var (tag, field, filter) = (Requests.Unique(), Kinds.Date(kind), Kinds.DateFilter(kind));
        var rows = await Rows(kind, tag, [.. dates.Select(d => new JsonObject { [field] = d })]);
        Assert.Equal(dates, rows.Select(r => Text(r, field)));

        var checks = new List<(string, Match)>();
        foreach (var bound in bounds)
        {
            var span = PartialDate.Parse(bound);
            checks.Add(($"{filter}From={bound}", r => First(r, field) >= span.First));
            checks.Add(($"{filter}To={bound}", r => First(r, field) <= span.Last));
            checks.Add(($"{filter}From={bound}&{filter}To={bound}", r => First(r, field) >= span.First && First(r, field) <= span.Last));
        }

        checks.Add(($"{filter}From=2025&{filter}To=2023", _ => false));
        await Check(kind, tag, rows, [.. checks]);
    }

    [Fact]
    public async Task Events_are_found_where_they_overlap()
    {
        (string? From, string? To)[] events =
        [
            (null, null), ("2023", null), (null, "2023"), ("2022", "2024"), ("2023-06", "2023-06"), ("2023-12-31", "2024-01-01"),
            ("2024", "2024"), ("2023-06-15T12:00:00Z", "2023-06-15T12:00:00Z"), ("0001", "9999"), ("2023-12-31T23:59:59.999999Z", null), ("2024", "2024-01"),
        ];
        string?[] bounds = [null, "0001", "2022-12-31", "2023", "2023-06-15", "2023-06-15T12:00:00Z", "2023-12-31T23:59:59.999999Z", "2024", "9999"];
        var tag = Requests.Unique();
        var rows = await Rows(Kinds.Claims, tag, [.. events.Select(e => new JsonObject { ["eventFrom"] = e.From, ["eventTo"] = e.To })]);

        var checks = new List<(string, Match)>();
        foreach (var from in bounds)
        {
            foreach (var to in bounds)
            {
                var query = string.Join('&', new[] { from is null ? null : $"eventFrom={from}", to is null ? null : $"eventTo={to}" }.OfType<string>());
                checks.Add((query, r =>
                {
                    var (starts, ends) = (Text(r, "eventFrom"), Text(r, "eventTo"));
                    return (from is null && to is null) || ((starts ?? ends) is not null
                        && (from is null || ends is null || PartialDate.Parse(ends).Last >= PartialDate.Parse(from).First)
                        && (to is null || starts is null || PartialDate.Parse(starts).First <= PartialDate.Parse(to).Last));
                }
                ));
            }
        }

        await Check(Kinds.Claims, tag, rows, [.. checks]);
    }

    [Theory]
    [InlineData("2024-05-16T09:30:00+02:00")]
    [InlineData("2024-05-16T09:30:00")]
    [InlineData("2024-05-16T09:30Z")]
    [InlineData("2023-02-29")]
    [InlineData("2024-13")]
    [InlineData("0000")]
    [InlineData("10000")]
    [InlineData("-0044")]
    [InlineData("2024-05-16T24:00:00Z")]
    [InlineData("2024-05-16t09:30:00z")]
    [InlineData("16.05.2024")]
    [InlineData("")]
    public async Task What_is_no_partial_date_is_refused_everywhere(string text)
    {
        await api.Post(Kinds.Sources, new JsonObject { ["kind"] = "dataset", ["name"] = "x", ["publishedAt"] = text }).Refused("publishedAt");
        await api.Post(Kinds.Claims, new JsonObject { ["text"] = "x", ["claimedAt"] = text, ["eventFrom"] = text, ["eventTo"] = text })
            .Refused("claimedAt", "eventFrom", "eventTo");
        await api.Post(Kinds.Corroborations, (await api.NewBody(Kinds.Corroborations)).With("publishedAt", text)).Refused("publishedAt");
        await api.Post(Kinds.Corroborations, (await api.NewBody(Kinds.Corroborations)).With("accessedAt", text)).Refused("accessedAt");
        await api.Get("/api/v1/claims?claimedFrom=" + Uri.EscapeDataString(text)).Refused("claimedFrom");
    }

    [Theory]
    [InlineData("2024-05-16T09:30:00Z", "2024-05-16T09:30:00Z")]
    [InlineData("2024-05-16T09:30:00.500Z", "2024-05-16T09:30:00.5Z")]
    [InlineData("2024-05-16T09:30:00.123456789Z", "2024-05-16T09:30:00.123456Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z")]
    public async Task An_instant_is_kept_to_the_microsecond(string given, string kept)
    {
        var stored = await api.Create(Kinds.Sources, new JsonObject { ["accessedAt"] = given });

        Assert.Equal(kept, Text(stored, "accessedAt"));
        Assert.Equal(kept, Text(await api.GetJson(Kinds.Path(Kinds.Sources, stored.Id())), "accessedAt"));
        Assert.Equal(1, (await StemmaApi.Json(await api.Patch(Kinds.Sources, stored.Id(), $$"""{"accessedAt":"{{given}}"}"""), 200)).Version());
    }

    [Fact]
    public async Task A_day_or_a_year_is_no_instant()
    {
        foreach (var text in new[] { "2024", "2024-05", "2024-05-16" })
        {
            await api.Post(Kinds.Sources, new JsonObject { ["kind"] = "dataset", ["name"] = "x", ["accessedAt"] = text }).Refused("accessedAt");
        }
    }

    private async Task<List<JsonObject>> Rows(string kind, string tag, params JsonObject[] rows)
    {
        var stored = new List<JsonObject>();
        foreach (var row in rows)
        {
            row["tags"] ??= new JsonArray(tag);
            stored.Add(await api.Create(kind, row));
        }

        return stored;
    }

    /// <summary>Compares the list under each query with those rows that match by a plain look at them.</summary>
    private async Task Check(string kind, string tag, List<JsonObject> rows, params (string Query, Match Matches)[] checks)
    {
        foreach (var (query, matches) in checks)
        {
            // A second tag would mean either: there, the rows of other tests are left out afterwards.
            var narrowed = query.StartsWith("tag=", StringComparison.Ordinal) ? $"tag={tag}&{query}" : $"{query}&tag={tag}";
            var found = (await api.GetJson($"{Kinds.Path(kind)}?{narrowed.TrimStart('&')}&limit=500")).Ids();
            var expected = rows.Where(row => matches(row)).Select(row => row.Id());
            Assert.True(
                expected.Order().SequenceEqual(found.Order()),
                $"{query}: rows {Places(found)} instead of {Places(expected)}");
        }

        string Places(IEnumerable<string> ids) =>
            string.Join(',', ids.Select(id => rows.FindIndex(r => r.Id() == id)).Order().Select(i => i.ToString(CultureInfo.InvariantCulture)));
    }

    private static string? Text(JsonObject row, string name) => (string?)row[name];

    private static List<string> Names(JsonObject row) =>
        [((string)row["name"]!).ToLowerInvariant(), .. row["aliases"]!.AsArray().Select(a => ((string)a!).ToLowerInvariant())];

    private static List<string> Metrics(JsonObject row) => [.. row["quantities"]!.AsArray().Select(q => (string)q!["metric"]!)];

    private static DateTimeOffset? First(JsonObject row, string field) => Text(row, field) is { } text ? PartialDate.Parse(text).First : null;

    private static int Order(JsonObject row, string field, string instant) =>
        PartialDate.Parse(Text(row, field)!).First.CompareTo(PartialDate.Parse(instant).First);
}
