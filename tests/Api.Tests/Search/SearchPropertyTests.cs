using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;
using static Stemma.Api.Tests.Search.NaiveSearch;

namespace Stemma.Api.Tests.Search;

/// <summary>
/// Random data, written and changed at random, gathered into segments at random moments, and random queries: the answers are those of
/// <see cref="NaiveSearch"/>, and the statistics are those of an index made from nothing.
/// </summary>
public sealed class SearchPropertyTests
{
    // No slip of one is another; in 'xx' words are neither stemmed nor left out.
    private static readonly string[] Vocabulary = ["a1pha", "b2ta", "b2tray", "gamma3", "gam7", "de9lta", "eps4", "eps44x", "zet5", "et6a", "th8", "io0ta"];

    private static readonly string[] Types = ["claim", "corroboration", "source", "review"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Search_finds_what_a_naive_search_finds_in_the_same_order(int seed)
    {
        var random = new Random(seed);
        await using var api = await OwnApi.Start();
        using var world = new World(api, random);
        for (var i = 0; i < 12; i++)
        {
            await world.Create();
        }

        for (var round = 0; round < 6; round++)
        {
            for (var i = 0; i < 15; i++)
            {
                await world.Change();
            }

            if (random.Next(2) == 0)
            {
                await api.Database.FoldSearch(1, TestContext.Current.CancellationToken);
            }

            for (var i = 0; i < 40; i++)
            {
                await AssertSame(world, RandomQuery(random, world, 0), random);
            }
        }
    }

    [Fact]
    public async Task Statistics_after_random_writes_are_those_of_an_index_made_anew()
    {
        var random = new Random(7);
        await using var api = await OwnApi.Start();
        using var world = new World(api, random);
        for (var i = 0; i < 120; i++)
        {
            await (random.Next(4) == 0 ? world.Create() : world.Change());
            if (random.Next(10) == 0)
            {
                await api.Database.FoldSearch(1, TestContext.Current.CancellationToken);
            }
        }

        var before = await Everything(world);
        await using (var command = api.Database.Source.CreateCommand("select rebuild_search()"))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(before, await Everything(world));
        while (await api.Database.FoldSearch(1, TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal(before, await Everything(world));

        // Nothing is left of what was gathered.
        Assert.Equal(0L, await Scalar(api, "select (select count(*) from search_pending) + (select count(*) from search_dead)"));
        Assert.Equal((long)world.Naive.Docs.Count, await Scalar(api, "select sum(documents - cardinality(dead)) from search_segments"));
    }

    [Fact]
    public async Task A_page_goes_on_where_the_one_before_ended_whatever_is_written_meanwhile()
    {
        var random = new Random(11);
        await using var api = await OwnApi.Start();
        using var world = new World(api, random);
        for (var i = 0; i < 120; i++)
        {
            await world.Create();
        }

        var expected = (await world.Search("a1pha or b2ta", "types=claim&limit=500"))["items"]!.AsArray().Select(h => (string)h!["id"]!).ToList();
        world.Touched.Clear();
        var walked = new List<string>();
        string? cursor = null;
        do
        {
            var page = await world.Search("a1pha or b2ta", $"types=claim&limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            walked.AddRange(page["items"]!.AsArray().Select(h => (string)h!["id"]!));
            cursor = (string?)page["nextCursor"];

            // Writes move every rarity and every average.
            await world.Create();
            await world.Change();
            if (random.Next(3) == 0)
            {
                await api.Database.FoldSearch(1, TestContext.Current.CancellationToken);
            }
        }
        while (cursor is not null);

        Assert.All(walked.CountBy(id => id).Where(id => id.Value > 1), id => Assert.Contains(id.Key, world.Touched));
        var untouched = expected.Where(id => !world.Touched.Contains(id)).ToList();
        Assert.NotEmpty(untouched);
        Assert.Equal(untouched, walked.Where(untouched.Contains));
    }

    /// <summary>A section without documents, as the last of a segment, is its count and the lengths of its thirteen columns.</summary>
    [Fact]
    public async Task Segments_from_before_reviews_were_searched_are_read_and_gathered_on()
    {
        var random = new Random(13);
        await using var api = await OwnApi.Start();
        using var world = new World(api, random);
        for (var i = 0; i < 40; i++)
        {
            await world.CreateAllButReviews();
        }

        await api.Database.FoldSearch(1, TestContext.Current.CancellationToken);
        Assert.True((long)(await Scalar(api, "with old as (update search_segments set attributes = substr(attributes, 1, length(attributes) - 56) returning 1) select count(*) from old"))! > 0);
        await AssertSame(world, new Query.Word("a1pha"), random);
        for (var i = 0; i < 40; i++)
        {
            await world.Create();
        }

        while (await api.Database.FoldSearch(1, TestContext.Current.CancellationToken))
        {
        }

        for (var i = 0; i < 40; i++)
        {
            await AssertSame(world, RandomQuery(random, world, 0), random);
        }
    }

    private static async Task AssertSame(World world, Query query, Random random)
    {
        var type = Types[random.Next(Types.Length)];
        var expected = world.Naive.Find(query, type);
        var written = query.Written;
        var answer = await world.Search(written, $"types={type}&limit=500&include=total");
        var found = answer["items"]!.AsArray().ToDictionary(h => (string)h!["id"]!, h => (double)h!["score"]!);

        Assert.True(expected.Keys.ToHashSet().SetEquals(found.Keys), $"{type} {written}: {found.Count} instead of {expected.Count}. {answer["notes"]}");
        Assert.Equal(expected.Count, (int)answer["total"]!["value"]!);
        Assert.All(found, f => Assert.True(Math.Abs(expected[f.Key] - f.Value) < 1e-3, $"{type} {written}: {f.Value} instead of {expected[f.Key]}"));
        Assert.Equal(found.Values.OrderDescending(), found.Values);
        AssertFacets(world, answer["facets"]!.AsObject(), type, [.. expected.Keys]);
        Assert.True(expected.Count > 0 || answer["notes"]!.AsArray().Count > 0);
    }

    private static void AssertFacets(World world, JsonObject facets, string type, HashSet<string> hits)
    {
        var docs = world.Naive.Docs.Where(d => d.Type == type && hits.Contains(d.Id)).ToList();
        AssertCounts("type", docs.Select(d => d.Type));
        AssertCounts("kind", docs.Select(d => d.Kind));
        AssertCounts("status", docs.Select(d => d.Status));
        AssertCounts("tag", docs.SelectMany(d => d.Tags));
        AssertCounts("year", docs.Select(d => d.Date.Length == 0 ? "" : d.Date[..4]));
        AssertCounts("claimant", docs.Where(d => d.Type == "claim").Select(d => d.SourceId ?? ""));
        AssertCounts("source", docs.SelectMany(d => d.Type switch
        {
            "claim" => world.Naive.Docs.Where(l => l.Type == "corroboration" && l.ClaimId == d.Id).Select(l => l.SourceId!).Distinct(),
            "source" => [d.Id],
            _ => [d.SourceId!],
        }));
        AssertCounts("stance", docs.SelectMany(d => d.Type == "claim" ? world.Naive.Docs.Where(l => l.Type == "corroboration" && l.ClaimId == d.Id).Select(l => l.Stance).Distinct() : [d.Stance]));

        void AssertCounts(string facet, IEnumerable<string> values) => Assert.Equal(
            values.Where(v => v.Length > 0).GroupBy(v => v).Select(g => (g.Key, Count: g.Count())).OrderByDescending(g => g.Count).Select(g => g.Count).Take(20),
            facets[facet]!.AsArray().Select(f => (int)f!["count"]!));
    }

    /// <summary>Every word's hits and scores: they agree only where all statistics do.</summary>
    private static async Task<List<string>> Everything(World world)
    {
        var all = new List<string>();
        foreach (var word in Vocabulary)
        {
            var answer = await world.Search(word, "limit=500");
            all.AddRange(answer["items"]!.AsArray().Select(h => $"{word} {h!["id"]} {h["score"]}").Order(StringComparer.Ordinal));
            all.Add(answer["facets"]!.ToJsonString());
        }

        return all;
    }

    private static async Task<object?> Scalar(OwnApi api, string sql)
    {
        await using var command = api.Database.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static Query RandomQuery(Random random, World world, int depth)
    {
        var word = () => Vocabulary[random.Next(Vocabulary.Length)];
        return random.Next(depth >= 2 ? 8 : 12) switch
        {
            < 4 => new Query.Word(word()),
            4 => new Query.Phrase(word(), word()),
            5 => new Query.Prefix(word()[..random.Next(1, 3)]),
            6 or 7 => RandomField(random, world),
            8 => new Query.Not(RandomQuery(random, world, depth + 1)) is { Part: Query.Not } twice ? twice.Part : new Query.Not(new Query.Word(word())),
            9 => new Query.Or([RandomQuery(random, world, depth + 1), RandomQuery(random, world, depth + 1)]),
            _ => new Query.And([.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => RandomQuery(random, world, depth + 1))]),
        };
    }

    private static Query.Field RandomField(Random random, World world) => random.Next(8) switch
    {
        0 => new("source", world.AnySource()),
        1 => new("claimant", world.AnySource()),
        2 => new("stance", World.Stances[random.Next(World.Stances.Length)]),
        3 => new("tag", World.Tags[random.Next(World.Tags.Length)]),
        4 => new("kind", World.Kinds[random.Next(World.Kinds.Length)]),
        5 => new("status", World.Statuses[random.Next(World.Statuses.Length)]),
        6 => new("after", World.Dates[random.Next(World.Dates.Length)]),
        _ => new("before", World.Dates[random.Next(World.Dates.Length)]),
    };

    /// <summary>What is stored, twice: by the API, and as the naive search has it.</summary>
    private sealed class World(OwnApi api, Random random) : IDisposable
    {
        public static readonly string[] Stances = ["supports", "contradicts", "mentions"];
        public static readonly string[] Tags = ["red", "green"];
        public static readonly string[] Kinds = ["factual", "opinion"];
        public static readonly string[] Statuses = ["open", "draft"];
        public static readonly string[] Dates = ["2021", "2022-03", "2023-07-09", "2024"];

        private readonly HttpClient _client = new() { BaseAddress = new Uri(api.Url) };

        public NaiveSearch Naive { get; } = new();

        /// <summary>Claims that were changed, or whose links were.</summary>
        public HashSet<string> Touched { get; } = [];

        public void Dispose() => _client.Dispose();

        public string AnySource() => Naive.Docs.Where(d => d.Type == "source").Select(d => d.Id).ElementAtOrDefault(random.Next(3)) ?? Guid.NewGuid().ToString();

        public async Task<JsonObject> Search(string query, string more)
        {
            var answer = await _client.GetAsync($"/api/v1/search?q={Uri.EscapeDataString(query)}&{more}", TestContext.Current.CancellationToken);
            return await StemmaApi.Json(answer, 200);
        }

        public Task Create() =>
            random.Next(4) == 0 && NewReview(Guid.NewGuid().ToString()) is { } review ? Put(review) : CreateAllButReviews();

        public Task CreateAllButReviews() => random.Next(6) switch
        {
            0 => Put(NewSource(Guid.NewGuid().ToString())),
            < 4 => Put(NewClaim(Guid.NewGuid().ToString())),
            _ => NewLink(Guid.NewGuid().ToString()) is { } link ? Put(link) : Put(NewClaim(Guid.NewGuid().ToString())),
        };

        public async Task Change()
        {
            if (Naive.Docs.Count == 0)
            {
                return;
            }

            var doc = Naive.Docs[random.Next(Naive.Docs.Count)];
            Touched.Add(doc.ClaimId ?? doc.Id);
            var isFree = !Naive.Docs.Any(d => d.ClaimId == doc.Id || d.SourceId == doc.Id);
            if (isFree && random.Next(3) == 0)
            {
                (await _client.DeleteAsync(Path(doc), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
                Naive.Docs.Remove(doc);
                if (random.Next(2) == 0 && IsReachable(doc))
                {
                    (await _client.PostAsync(Path(doc) + "/restore", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
                    Naive.Docs.Add(doc);
                }

                return;
            }

            var changed = doc.Type switch
            {
                "claim" => NewClaim(doc.Id),
                "source" => NewSource(doc.Id),
                "review" => NewReview(doc.Id)!,
                _ => NewLink(doc.Id)!,
            };
            await Put(changed);
        }

        private bool IsReachable(Doc doc) => (doc.ClaimId is null || Naive.Docs.Any(d => d.Id == doc.ClaimId)) && (doc.SourceId is null || Naive.Docs.Any(d => d.Id == doc.SourceId));

        private async Task Put(Doc doc)
        {
            var body = doc.Type switch
            {
                "claim" => new JsonObject
                {
                    ["text"] = doc.Main,
                    ["context"] = Optional(doc.Rest),
                    ["language"] = "xx",
                    ["kind"] = doc.Kind,
                    ["status"] = doc.Status,
                    ["claimantId"] = doc.SourceId,
                    ["claimedAt"] = Optional(doc.Date),
                },
                "source" => new JsonObject { ["kind"] = doc.Kind, ["name"] = doc.Main, ["description"] = Optional(doc.Rest), ["publishedAt"] = Optional(doc.Date) },
                "review" => new JsonObject
                {
                    ["claimId"] = doc.ClaimId,
                    ["publisherId"] = doc.SourceId,
                    ["url"] = "https://reviews.example/" + doc.Id,
                    ["title"] = Optional(doc.Main),
                    ["textualRating"] = doc.Rest.Split(' ')[0],
                    ["ratingExplanation"] = Optional(string.Join(' ', doc.Rest.Split(' ').Skip(1))),
                    ["reviewedAt"] = Optional(doc.Date),
                    ["language"] = random.Next(2) == 0 ? "xx" : null,
                },
                _ => new JsonObject
                {
                    ["claimId"] = doc.ClaimId,
                    ["sourceId"] = doc.SourceId,
                    ["stance"] = doc.Stance,
                    ["note"] = Optional(doc.Rest),
                    ["publishedAt"] = Optional(doc.Date),
                    ["quote"] = doc.Main.Length == 0 ? null : new JsonObject { ["exact"] = doc.Main },
                },
            };
            body["tags"] = new JsonArray([.. doc.Tags.Select(t => (JsonNode)t)]);
            var answer = await _client.PutAsync(Path(doc), JsonContent.Create(body), TestContext.Current.CancellationToken);
            if (answer.StatusCode == System.Net.HttpStatusCode.Conflict)
            {
                // One source has one link of each stance and quote to a claim.
                return;
            }

            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Touched.Add(doc.ClaimId ?? doc.Id);
            Naive.Docs.RemoveAll(d => d.Id == doc.Id);
            Naive.Docs.Add(doc);
        }

        private Doc NewClaim(string id) => new("claim", id, null, random.Next(2) == 0 ? SomeSource() : null, Text(1, 8), random.Next(2) == 0 ? Text(1, 5) : "")
        {
            Kind = Kinds[random.Next(2)],
            Status = Statuses[random.Next(2)],
            Date = Date(),
            Tags = SomeTags(),
        };

        private Doc NewSource(string id) => new("source", id, null, null, Text(1, 3), random.Next(2) == 0 ? Text(1, 4) : "") { Kind = "outlet", Date = Date(), Tags = SomeTags() };

        private Doc? NewLink(string id)
        {
            var claims = Naive.Docs.Where(d => d.Type == "claim").ToList();
            return claims.Count == 0 || SomeSource() is not { } source ? null : new(
                "corroboration", id, claims[random.Next(claims.Count)].Id, source, random.Next(3) > 0 ? Text(1, 6) : "", random.Next(3) == 0 ? Text(1, 4) : "")
            {
                Stance = Stances[random.Next(Stances.Length)],
                Date = Date(),
                Tags = SomeTags(),
            };
        }

        private Doc? NewReview(string id) => NewLink(id) is { } like
            ? like with { Type = "review", Stance = "", Rest = Text(1, 4) }
            : null;

        private string? SomeSource() => Naive.Docs.Where(d => d.Type == "source").Select(d => d.Id).ToList() is { Count: > 0 } all ? all[random.Next(all.Count)] : null;

        private string Text(int least, int most) => string.Join(' ', Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => Vocabulary[(int)(Vocabulary.Length * Math.Pow(random.NextDouble(), 2))]));

        private string Date() => random.Next(3) == 0 ? "" : Dates[random.Next(Dates.Length)];

        private string[] SomeTags() => random.Next(3) switch { 0 => [], 1 => ["red"], _ => ["red", "green"] };

        private static string? Optional(string text) => text.Length == 0 ? null : text;

        private static string Path(Doc doc) => $"/api/v1/{doc.Type}s/{doc.Id}";
    }
}
