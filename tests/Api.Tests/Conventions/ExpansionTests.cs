using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Conventions;

/// <summary><c>include=</c>: what is embedded, and what it costs.</summary>
public sealed class ExpansionTests(StemmaApi api)
{
    [Fact]
    public async Task Sources()
    {
        var (parent, owner, claim) = (await api.NewSource(), await api.NewSource(), await api.NewClaim());
        var source = await api.NewSource(new() { ["parentId"] = parent, ["ownerId"] = owner, ["tags"] = new JsonArray(Requests.Unique()) });
        var link = await api.NewLink(claim, source);

        foreach (var row in await Both(Kinds.Sources, source, "parent,owner,corroborations,corroborations.claim"))
        {
            Assert.Equal((parent, owner), (row["parent"]!.AsObject().Id(), row["owner"]!.AsObject().Id()));
            var embedded = Assert.Single(row["corroborations"]!["items"]!.AsArray())!.AsObject();
            Assert.Equal(link, embedded.Id());
            Assert.True(JsonNode.DeepEquals(await api.GetJson("/api/v1/claims/" + claim), embedded["claim"]));
            Assert.True(row["corroborations"]!.AsObject().ContainsKey("nextCursor"));
            Assert.Null(row["corroborations"]!["nextCursor"]);
        }

        await OnlyAskedFor(Kinds.Sources, source, "parent", "owner", "corroborations");
    }

    [Fact]
    public async Task Claims()
    {
        var (claimant, source) = (await api.NewSource(), await api.NewSource());
        var claim = await api.NewClaim(new() { ["claimantId"] = claimant, ["tags"] = new JsonArray(Requests.Unique()) });
        var link = await api.NewLink(claim, source);

        foreach (var row in await Both(Kinds.Claims, claim, "claimant,corroborations,corroborations.source"))
        {
            Assert.True(JsonNode.DeepEquals(await api.GetJson("/api/v1/sources/" + claimant), row["claimant"]));
            var embedded = Assert.Single(row["corroborations"]!["items"]!.AsArray())!.AsObject();
            Assert.Equal((link, source), (embedded.Id(), embedded["source"]!.AsObject().Id()));
        }

        foreach (var row in await Both(Kinds.Claims, claim, "corroborations"))
        {
            Assert.False(row["corroborations"]!["items"]![0]!.AsObject().ContainsKey("source"));
        }

        await OnlyAskedFor(Kinds.Claims, claim, "claimant", "corroborations");
    }

    [Fact]
    public async Task Corroborations()
    {
        var (claim, source, cited, told, also) = (await api.NewClaim(), await api.NewSource(), await api.NewSource(), await api.NewSource(), await api.NewSource());
        var link = await api.NewLink(claim, source, "reports", new()
        {
            ["citedInId"] = cited,
            ["attributedToIds"] = new JsonArray(told, also),
            ["tags"] = new JsonArray(Requests.Unique()),
        });

        foreach (var row in await Both(Kinds.Corroborations, link, "claim,source,citedIn,attributedTo"))
        {
            Assert.True(JsonNode.DeepEquals(await api.GetJson("/api/v1/claims/" + claim), row["claim"]));
            Assert.Equal((source, cited), (row["source"]!.AsObject().Id(), row["citedIn"]!.AsObject().Id()));
            Assert.Equal([told, also], row["attributedTo"]!.AsArray().Select(s => s!.AsObject().Id()));
        }

        await OnlyAskedFor(Kinds.Corroborations, link, "claim", "source", "citedIn", "attributedTo");
    }

    [Fact]
    public async Task Reviews()
    {
        var review = await api.Create(Kinds.Reviews, new() { ["tags"] = new JsonArray(Requests.Unique()) });

        foreach (var row in await Both(Kinds.Reviews, review.Id(), "claim,publisher"))
        {
            Assert.True(JsonNode.DeepEquals(await api.GetJson($"/api/v1/claims/{review["claimId"]}"), row["claim"]));
            Assert.True(JsonNode.DeepEquals(await api.GetJson($"/api/v1/sources/{review["publisherId"]}"), row["publisher"]));
        }

        await OnlyAskedFor(Kinds.Reviews, review.Id(), "claim", "publisher");
    }

    [Fact]
    public async Task Reviews_of_a_claim()
    {
        var claim = await api.NewClaim(new() { ["tags"] = new JsonArray(Requests.Unique()) });
        var reviews = new List<string>();
        for (var i = 0; i < 51; i++)
        {
            reviews.Insert(0, (await api.Create(Kinds.Reviews, new() { ["claimId"] = claim })).Id());
        }

        foreach (var row in await Both(Kinds.Claims, claim, "reviews,reviews.publisher"))
        {
            var embedded = row["reviews"]!.AsObject();
            Assert.Equal(reviews.Take(50), embedded.Ids());
            Assert.All(embedded["items"]!.AsArray(), r => Assert.Equal((string)r!["publisherId"]!, (string)r["publisher"]!["id"]!));
            Assert.Equal(reviews.Skip(50), (await api.GetJson($"/api/v1/reviews?claimId={claim}&cursor={embedded["nextCursor"]}")).Ids());
        }

        var tag = (await api.Get($"/api/v1/claims/{claim}?include=reviews")).Headers.ETag;
        await api.Delete(Kinds.Reviews, reviews[50]);
        Assert.NotEqual(tag, (await api.Get($"/api/v1/claims/{claim}?include=reviews")).Headers.ETag);
        foreach (var row in await Both(Kinds.Claims, claim, "reviews"))
        {
            Assert.Equal(reviews.Take(50), row["reviews"]!.AsObject().Ids());
            Assert.Null(row["reviews"]!["nextCursor"]);
        }

        await OnlyAskedFor(Kinds.Claims, claim, "reviews");
    }

    [Theory]
    [InlineData(Kinds.Derivations, Kinds.Sources)]
    [InlineData(Kinds.ClaimRelations, Kinds.Claims)]
    public async Task Two_ends(string kind, string ends)
    {
        var stored = await api.Create(kind, new() { ["tags"] = new JsonArray(Requests.Unique()) });

        foreach (var row in await Both(kind, stored.Id(), "from,to"))
        {
            foreach (var end in new[] { "from", "to" })
            {
                Assert.True(JsonNode.DeepEquals(await api.GetJson(Kinds.Path(ends, (string)stored[end + "Id"]!)), row[end]), end);
            }
        }

        await OnlyAskedFor(kind, stored.Id(), "from", "to");
    }

    [Theory]
    [InlineData(Kinds.Sources, "parent,parents")]
    [InlineData(Kinds.Sources, "claimant")]
    [InlineData(Kinds.Claims, "source")]
    [InlineData(Kinds.Claims, "corroborations.claim")]
    [InlineData(Kinds.Claims, "claimant.parent")]
    [InlineData(Kinds.Corroborations, "corroborations")]
    [InlineData(Kinds.Corroborations, "source.parent")]
    [InlineData(Kinds.Corroborations, " source")]
    [InlineData(Kinds.Derivations, "source")]
    [InlineData(Kinds.Derivations, "from.parent")]
    [InlineData(Kinds.ClaimRelations, "fromId")]
    [InlineData(Kinds.Reviews, "source")]
    [InlineData(Kinds.Claims, "reviews.claim")]
    public async Task An_unknown_name_is_refused(string kind, string include)
    {
        var id = (await api.Create(kind)).Id();

        await api.Get($"{Kinds.Path(kind, id)}?include={include}").Refused("include");
        await api.Get($"{Kinds.Path(kind)}?include={include}").Refused("include");
    }

    [Fact]
    public async Task Several_includes_add_up()
    {
        var link = await api.NewLink(await api.NewClaim(), await api.NewSource());

        var row = await api.GetJson($"/api/v1/corroborations/{link}?include=claim&include=source,claim");

        Assert.True(row.ContainsKey("claim") && row.ContainsKey("source"));
    }

    [Theory]
    [InlineData(Kinds.Claims, "claimId")]
    [InlineData(Kinds.Sources, "sourceId")]
    public async Task Fifty_links_are_embedded_and_the_cursor_leads_on(string kind, string filter)
    {
        var (id, tag) = ((await api.Create(kind)).Id(), Requests.Unique());
        await api.Patch(kind, id, new JsonObject { ["tags"] = new JsonArray(tag) }.ToJsonString());
        var links = new List<string>();
        var other = kind == Kinds.Claims ? await api.NewSource() : await api.NewClaim();
        for (var i = 0; i < 52; i++)
        {
            var quote = new JsonObject { ["quote"] = new JsonObject { ["exact"] = $"word {i}" } };
            links.Add(kind == Kinds.Claims ? await api.NewLink(id, other, "mentions", quote) : await api.NewLink(other, id, "mentions", quote));
        }

        links.Reverse();
        foreach (var row in await Both(kind, id, "corroborations"))
        {
            var embedded = row["corroborations"]!.AsObject();
            Assert.Equal(links.Take(50), embedded.Ids());
            var next = await api.GetJson($"/api/v1/corroborations?{filter}={id}&cursor={embedded["nextCursor"]}");
            Assert.Equal(links.Skip(50), next.Ids());
            Assert.Null(next["nextCursor"]);
        }

        await api.Delete(Kinds.Corroborations, links[0]);
        await api.Delete(Kinds.Corroborations, links[1]);
        foreach (var row in await Both(kind, id, "corroborations"))
        {
            Assert.Equal(links.Skip(2), row["corroborations"]!.AsObject().Ids());
            Assert.Null(row["corroborations"]!["nextCursor"]);
        }
    }

    /// <summary>The number of round trips to the database does not depend on the number of rows.</summary>
    [Theory]
    [InlineData(Kinds.Sources, "parent,owner,corroborations,corroborations.claim", 4)]
    [InlineData(Kinds.Claims, "claimant,corroborations,corroborations.source,reviews,reviews.publisher", 4)]
    [InlineData(Kinds.Corroborations, "claim,source,citedIn,attributedTo", 3)]
    [InlineData(Kinds.Derivations, "from,to", 2)]
    [InlineData(Kinds.ClaimRelations, "from,to", 2)]
    [InlineData(Kinds.Reviews, "claim,publisher", 3)]
    public async Task It_costs_no_query_for_each_row(string kind, string include, int most)
    {
        var tag = Requests.Unique();
        for (var i = 0; i < 6; i++)
        {
            var body = await api.FullBody(kind);
            body["tags"] = new JsonArray(tag);
            var id = (await StemmaApi.Json(await api.Post(kind, body), 201)).Id();
            await (kind switch
            {
                Kinds.Sources => api.NewLink(await api.NewClaim(), id),
                Kinds.Claims => api.NewLink(id, await api.NewSource()),
                _ => Task.CompletedTask,
            });
        }

        var one = await Queries($"{Kinds.Path(kind)}?tag={tag}&include={include},total&limit=1");
        var six = await Queries($"{Kinds.Path(kind)}?tag={tag}&include={include},total");

        Assert.InRange(six, 1, most);
        Assert.Equal(one, six);
        Assert.Equal(1, await Queries($"{Kinds.Path(kind)}?tag={tag}&include=total"));
    }

    private async Task<int> Queries(string path)
    {
        var trace = ActivityTraceId.CreateRandom();
        var queries = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == "Npgsql" && activity.TraceId == trace)
                {
                    queries.Enqueue(activity.OperationName);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        var page = await StemmaApi.Json(await api.Get(path, ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01")), 200);

        Assert.NotEmpty(page.Ids());
        return queries.Count(name => !name.Contains("CONNECT", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The resource by itself and as a row of a list, with the same includes.</summary>
    private async Task<JsonObject[]> Both(string kind, string id, string include)
    {
        var single = await api.GetJson($"{Kinds.Path(kind, id)}?include={include}");
        var row = (await api.GetJson($"{Kinds.Path(kind)}?tag={single["tags"]![0]}&include={include}"))["items"]![0]!.AsObject();
        Assert.Equal(single.ToJsonString(), row.ToJsonString());
        return [single, row];
    }

    private async Task OnlyAskedFor(string kind, string id, params string[] names)
    {
        var plain = await api.GetJson(Kinds.Path(kind, id));
        Assert.DoesNotContain(plain, m => names.Contains(m.Key));
        foreach (var name in names)
        {
            var row = await api.GetJson($"{Kinds.Path(kind, id)}?include={name}");
            Assert.Equal([name], row.Select(m => m.Key).Where(names.Contains));
        }
    }
}
