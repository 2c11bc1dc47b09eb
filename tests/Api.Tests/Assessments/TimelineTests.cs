using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Assessments;

/// <summary>What happened around a claim, in the order in which it happened, as far as that is known.</summary>
public sealed class TimelineTests(StemmaApi api)
{
    [Fact]
    public async Task Everything_that_happened_is_told_in_order()
    {
        var who = await api.NewSource(new() { ["kind"] = "government", ["name"] = "A government" });
        var paper = await api.NewSource(new() { ["name"] = "A paper" });
        var told = await api.NewSource(new() { ["kind"] = "anonymous", ["name"] = "an official" });
        var report = await api.NewSource(new() { ["kind"] = "document", ["name"] = "A report", ["publishedAt"] = "2024-05" });
        var claim = await api.NewClaim(new() { ["claimantId"] = who, ["claimedAt"] = "2024-03-01", ["eventFrom"] = "2022", ["eventTo"] = "2023" });
        var supports = await api.NewLink(claim, paper, "supports", new() { ["publishedAt"] = "2024-03-02T10:00:00Z", ["quote"] = new JsonObject { ["exact"] = "It is so." } });
        var reports = await api.NewLink(claim, report, "reports", new() { ["attributedToIds"] = new JsonArray(told), ["citedInId"] = paper });
        var contradicts = await api.NewLink(claim, paper, "contradicts", new() { ["publishedAt"] = "2024-06-30" });
        var denies = await api.NewLink(claim, who, "denies", new() { ["publishedAt"] = "2024-07" });
        var mentions = await api.NewLink(claim, told, "mentions");
        var denial = await api.NewClaim(new() { ["text"] = "It is not so.", ["kind"] = "denial", ["claimedAt"] = "2024-04" });
        var relation = (await api.Create(Kinds.ClaimRelations, new() { ["fromId"] = denial, ["toId"] = claim, ["kind"] = "contradicts" })).Id();
        await StemmaApi.Json(await api.Send(HttpMethod.Put, $"/api/v1/claims/{claim}/assessment/override", new JsonObject { ["credibility"] = 2, ["reason"] = "Seen." }), 200);

        var items = await Entries(claim);

        Assert.Equal(
            ["event-begins", "event-ends", "claimed", "supported", "related", "reported", "contradicted", "denied", "graded", "mentioned"],
            items.Select(i => (string)i["kind"]!));
        Assert.Equal("2022-01-01T00:00:00Z", (string)items[0]["from"]!);
        Assert.Equal("2022-12-31T23:59:59.999999Z", (string)items[0]["to"]!);
        Assert.Equal(["year", "year", "day", "instant", "month", "month", "day", "month", "instant", null], items.Select(i => (string?)i["precision"]));
        Assert.Equal("A government", (string)items[2]["source"]!["name"]!);
        Assert.Equal((supports, "It is so."), ((string)items[3]["link"]!["corroborationId"]!, (string)items[3]["link"]!["quote"]!["exact"]!));
        Assert.Equal(
            (relation, denial, "denial", "contradicts", true, "It is not so."),
            ((string)items[4]["related"]!["relationId"]!, (string)items[4]["related"]!["claimId"]!, (string)items[4]["related"]!["claimKind"]!,
                (string)items[4]["related"]!["relationKind"]!, (bool)items[4]["related"]!["isFrom"]!, (string)items[4]["related"]!["text"]!));
        Assert.Equal(
            (reports, "2024-05", "source", "an official", "A paper"),
            ((string)items[5]["link"]!["corroborationId"]!, (string)items[5]["at"]!, (string)items[5]["dateOf"]!,
                (string)items[5]["link"]!["attributedTo"]![0]!["name"]!, (string)items[5]["link"]!["citedIn"]!["name"]!));
        Assert.Equal((contradicts, denies), ((string)items[6]["link"]!["corroborationId"]!, (string)items[7]["link"]!["corroborationId"]!));
        Assert.Equal((2, "Seen."), ((int)items[8]["grade"]!["credibility"]!, (string)items[8]["grade"]!["reason"]!));
        Assert.Equal((mentions, null, null, null, false), ((string)items[9]["link"]!["corroborationId"]!, (string?)items[9]["at"], (string?)items[9]["from"], (string?)items[9]["dateOf"], (bool)items[9]["orderCertain"]!));

        var other = await Entries(denial);
        Assert.Equal(["claimed", "related"], other.Select(i => (string)i["kind"]!).Order());
        Assert.False((bool)other.Single(i => (string)i["kind"]! == "related")["related"]!["isFrom"]!);
    }

    [Fact]
    public async Task Reviews_are_told_where_they_were_published()
    {
        var (claim, publisher) = (await api.NewClaim(new() { ["claimedAt"] = "2024" }), await api.NewSource(new() { ["name"] = "A desk" }));
        async Task<string> Review(JsonObject fields) =>
            (await api.Create(Kinds.Reviews, new(fields.Append(new("claimId", claim)).Append(new("publisherId", publisher)).Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone()))))).Id();
        var undated = await Review(new());
        var late = await Review(new() { ["url"] = "https://desk.example/2", ["reviewedAt"] = "2025-02", ["title"] = "Again", ["textualRating"] = "Nonsense", ["verdict"] = "false" });
        var early = await Review(new() { ["url"] = "https://desk.example/1", ["reviewedAt"] = "2025-01-31" });
        await api.Delete(Kinds.Reviews, await Review(new() { ["url"] = "https://desk.example/3", ["reviewedAt"] = "2024-06" }));

        var items = await Entries(claim, limit: 1);

        Assert.Equal(["claimed", "reviewed", "reviewed", "reviewed"], items.Select(i => (string)i["kind"]!));
        Assert.Equal([early, late, undated], items.Skip(1).Select(i => (string)i["review"]!["reviewId"]!));
        Assert.Equal([("2025-01-31", true, "own"), ("2025-02", true, "own"), (null, false, null)], items.Skip(1).Select(i => ((string?)i["at"], (bool)i["orderCertain"]!, (string?)i["dateOf"])));
        Assert.Equal(
            ("A desk", "false", "Nonsense", "Again", "https://desk.example/2"),
            ((string)items[2]["source"]!["name"]!, (string)items[2]["review"]!["verdict"]!, (string)items[2]["review"]!["textualRating"]!, (string)items[2]["review"]!["title"]!, (string)items[2]["review"]!["url"]!));
    }

    [Fact]
    public async Task Where_the_order_is_not_certain_it_says_so()
    {
        var source = await api.NewSource();
        var claim = await api.NewClaim(new() { ["claimedAt"] = "2020-01-01" });
        foreach (var date in new[] { "2021", "2021-01-01", "2021-03-01", "2021-03-01", "2021-12-31T23:59:59.999999Z", "2022-01-01", "2022-01-02T00:00:00Z", "2022-01-02T00:00:00Z", "2022-01-02T00:00:00.000001Z" })
        {
            await Link(claim, source, date);
        }

        await Link(claim, source, null);
        var items = await Entries(claim);

        Assert.Equal(
            [
                ("2020-01-01", true), ("2021-01-01", false), ("2021", false), ("2021-03-01", false), ("2021-03-01", false), ("2021-12-31T23:59:59.999999Z", false),
                ("2022-01-01", true), ("2022-01-02T00:00:00Z", false), ("2022-01-02T00:00:00Z", false), ("2022-01-02T00:00:00.000001Z", true), (null, false),
            ],
            items.Select(i => ((string?)i["at"], (bool)i["orderCertain"]!)));
    }

    /// <summary>In the order of spans, then of what they are and of ids; certain where no other span has an instant in common.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task It_comes_page_by_page_as_all_at_once_and_as_a_naive_reading_has_it(int seed)
    {
        var random = new Random(seed);
        var dated = await api.NewSource(new() { ["kind"] = "document", ["publishedAt"] = "2021-02" });
        var undated = await api.NewSource();
        var claim = await api.NewClaim();
        string?[] dates = [null, "2021", "2021-02", "2021-02-01", "2021-02-01T00:00:00Z", "2021-02-28", "2022", "0001", "9999", "9999-12-31T23:59:59.999999Z"];
        for (var i = 0; i < 30; i++)
        {
            await Link(claim, random.Next(2) == 0 ? dated : undated, dates[random.Next(dates.Length)]);
        }

        for (var i = 0; i < 5; i++)
        {
            var other = await api.NewClaim(dates[random.Next(dates.Length)] is { } date ? new() { ["claimedAt"] = date } : null);
            await api.Create(Kinds.ClaimRelations, new() { ["fromId"] = i % 2 == 0 ? claim : other, ["toId"] = i % 2 == 0 ? other : claim, ["kind"] = "refines" });
        }

        for (var i = 0; i < 10; i++)
        {
            await api.Create(Kinds.Reviews, new() { ["claimId"] = claim, ["reviewedAt"] = dates[random.Next(dates.Length)] });
        }

        var all = await Entries(claim);
        Assert.Equal(46, all.Count);
        Assert.Equal(all.Select(Key).Order(), all.Select(Key));
        foreach (var entry in all)
        {
            Assert.Equal(
                entry["at"] is not null && all.All(o => o == entry || o["at"] is null || Instant(o, "from") > Instant(entry, "to") || Instant(o, "to") < Instant(entry, "from")),
                (bool)entry["orderCertain"]!);
        }

        foreach (var limit in new[] { 1, 3, 7 })
        {
            Assert.Equal(all.Select(e => e.ToJsonString()), (await Entries(claim, limit)).Select(e => e.ToJsonString()));
        }
    }

    [Fact]
    public async Task What_is_deleted_is_not_told()
    {
        var claim = await api.NewClaim();
        var link = await api.NewLink(claim, await api.NewSource(), "supports", new() { ["publishedAt"] = "2024" });
        Assert.Equal(2, (await Entries(claim)).Count);

        await api.Delete(Kinds.Corroborations, link);
        Assert.Equal(["claimed"], (await Entries(claim)).Select(e => (string)e["kind"]!));

        await api.Delete(Kinds.Claims, claim);
        await api.Get($"/api/v1/claims/{claim}/timeline").Problem(404);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("at=2024", "at")]
    public async Task What_is_not_understood_is_refused(string query, string place) =>
        await api.Get($"/api/v1/claims/{await api.NewClaim()}/timeline?{query}").Refused(place);

    [Fact]
    public async Task A_cursor_is_for_its_own_claim()
    {
        var claim = await api.NewClaim(new() { ["eventFrom"] = "2020" });
        var page = await api.GetJson($"/api/v1/claims/{claim}/timeline?limit=1");

        await api.Get($"/api/v1/claims/{await api.NewClaim()}/timeline?limit=1&cursor={page["nextCursor"]}").Refused("cursor");
    }

    private static (DateTimeOffset First, DateTimeOffset Last, int Rank, Guid Id) Key(JsonObject entry) => (
        entry["from"] is null ? DateTimeOffset.MaxValue : Instant(entry, "from"),
        entry["to"] is null ? DateTimeOffset.MaxValue : Instant(entry, "to"),
        (string)entry["kind"]! switch { "event-begins" => 0, "claimed" => 1, "related" => 3, "reviewed" => 4, "graded" => 5, "event-ends" => 6, _ => 2 },
        Guid.Parse((string?)(entry["link"]?["corroborationId"] ?? entry["related"]?["relationId"] ?? entry["review"]?["reviewId"]) ?? Guid.Empty.ToString()));

    private static DateTimeOffset Instant(JsonObject entry, string member) => DateTimeOffset.Parse((string)entry[member]!, CultureInfo.InvariantCulture);

    private Task<string> Link(string claim, string source, string? date)
    {
        var fields = new JsonObject { ["quote"] = new JsonObject { ["exact"] = Requests.Unique() } };
        if (date is not null)
        {
            fields["publishedAt"] = date;
        }

        return api.NewLink(claim, source, "reports", fields);
    }

    private async Task<List<JsonObject>> Entries(string claim, int limit = 500)
    {
        var entries = new List<JsonObject>();
        for (string? cursor = null; ;)
        {
            var page = await api.GetJson($"/api/v1/claims/{claim}/timeline?limit={limit}" + (cursor is null ? "" : $"&cursor={cursor}"));
            entries.AddRange(page["items"]!.AsArray().Select(i => i!.AsObject()));
            Assert.True(page["items"]!.AsArray().Count <= limit);
            if ((cursor = (string?)page["nextCursor"]) is null)
            {
                return entries;
            }
        }
    }
}
