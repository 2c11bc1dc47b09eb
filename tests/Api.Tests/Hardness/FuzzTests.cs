using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace Stemma.Api.Tests.Hardness;

/// <summary>Bodies and queries that were mangled at random, from a seed: never a fault of the server's, and what is refused changes nothing.</summary>
public sealed class FuzzTests(StemmaApi api)
{
    private static readonly string[] Scraps =
    [
        "", " ", "\0", "\ud83d\ude00", "ſtraße İı", "'; drop table claims; --", "%00", "{}", "[]", "null", "0", "-1", "1e999", "true", "NaN", "../../etc", "\u202e", "$1", "{0}", "\\", "\"", "\uffff",
        "2024-02-30", "9999-12-31T23:59:59.9999999Z", "0001", "00000000-0000-0000-0000-000000000000", "http://[::1]:99999/", "https://xn--/", "<script>", "a:b:c", ":", "*",
    ];

    [Theory]
    [InlineData(Kinds.Sources, 11)]
    [InlineData(Kinds.Claims, 12)]
    [InlineData(Kinds.Corroborations, 13)]
    [InlineData(Kinds.Derivations, 14)]
    [InlineData(Kinds.ClaimRelations, 15)]
    public async Task Bodies(string kind, int seed)
    {
        var random = new Random(seed);
        var valid = await api.FullBody(kind);
        var stored = await StemmaApi.Json(await api.Post(kind, valid), 201);
        var mine = new List<string> { stored.Id() };
        var before = stored.ToJsonString();

        for (var i = 0; i < 150; i++)
        {
            var body = random.Next(5) == 0 ? MangleText(random, valid.ToJsonString()) : Mangle(random, valid.Clone()).ToJsonString();
            var id = random.Next(3) == 0 ? Guid.NewGuid().ToString() : stored.Id();
            var (method, path) = random.Next(3) switch
            {
                0 => (HttpMethod.Post, Kinds.Path(kind)),
                1 => (HttpMethod.Put, Kinds.Path(kind, id)),
                _ => (HttpMethod.Patch, Kinds.Path(kind, id)),
            };

            var answer = await api.Send(method, path, body);
            var status = (int)answer.StatusCode;
            Assert.True(status is 200 or 201 or 400 or 404 or 409 or 412, $"{status} for {method} {path} {body}");
            if (status == 201)
            {
                mine.Add(JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject().Id());
            }

            var now = (await api.GetJson(Kinds.Path(kind, stored.Id()))).ToJsonString();
            Assert.True(status == 200 || now == before, $"{status} for {method} {path} {body} left {now}");
            before = now;
        }

        // Whatever was taken can be read, and written back as it is.
        foreach (var id in mine)
        {
            var found = await api.GetJson(Kinds.Path(kind, id));
            Assert.Equal(found.Version(), (await StemmaApi.Json(await api.Put(kind, id, found), 200)).Version());
        }
    }

    [Theory]
    [InlineData(Kinds.Sources, 21)]
    [InlineData(Kinds.Claims, 22)]
    [InlineData(Kinds.Corroborations, 23)]
    [InlineData(Kinds.Derivations, 24)]
    [InlineData(Kinds.ClaimRelations, 25)]
    public async Task Queries(string kind, int seed)
    {
        var random = new Random(seed);
        string[] names =
        [
            "kind", "status", "name", "country", "language", "tag", "parentId", "ownerId", "claimantId", "sourceId", "claimId", "stance", "url", "contentHash", "publishedFrom", "publishedTo",
            "claimedFrom", "claimedTo", "eventFrom", "eventTo", "place", "metric", "plausible", "minSupports", "minDenies", "externalId", "createdBy", "createdFrom", "createdTo", "updatedAfter",
            "updatedBefore", "include", "sort", "limit", "cursor", "credibility", "attributedToId", "citedInId", "directness", "interest", "fromId", "toId", "relation", "basis", "scopeDifference", "nonsense", "", "limit\0",
        ];
        string[] values = [.. Scraps, "outlet", "open", "supports", "same-wire", "inferred", "date", "from,to", "2024", "2024-05-16", "1", "50", "501", "total", "corroborations", "name", "-createdAt", "claimant,total", Guid.NewGuid().ToString(), "doi:10.1/x", "https://example.org/a?b=c"];

        for (var i = 0; i < 250; i++)
        {
            var query = new StringBuilder();
            for (var n = random.Next(1, 5); n > 0; n--)
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(names[random.Next(names.Length)])).Append('=')
                    .Append(Uri.EscapeDataString(values[random.Next(values.Length)]));
            }

            var answer = await api.Get(Kinds.Path(kind) + query);
            Assert.True((int)answer.StatusCode is 200 or 400, $"{(int)answer.StatusCode} for {query}");
        }
    }

    [Fact]
    public async Task A_refused_write_leaves_no_row_behind()
    {
        var body = await api.FullBody(Kinds.Corroborations);
        var external = (string)body["externalIds"]![0]!["id"]!;
        var id = Guid.NewGuid();
        body["citedInId"] = Guid.NewGuid().ToString();

        await api.Put(Kinds.Corroborations, id.ToString(), body).Refused("citedInId");

        await using var command = api.Database.Source.CreateCommand(
            """
            select (select count(*) from corroborations where id = $1) + (select count(*) from corroboration_attributions where corroboration_id = $1)
                + (select count(*) from external_ids where resource_id = $1) + (select coalesce(sum(reports), 0) from claim_counts where claim_id = $2)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse((string)body["claimId"]!) });
        Assert.Equal(0m, Convert.ToDecimal(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));
        Assert.Empty((await api.GetJson($"/api/v1/corroborations?externalId=wikidata:{external}")).Ids());
    }

    /// <summary>Replaces, removes or adds something somewhere in the tree.</summary>
    private static JsonObject Mangle(Random random, JsonObject body)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            JsonNode at = body;
            while (true)
            {
                if (at is JsonObject { Count: > 0 } members)
                {
                    var name = members.ElementAt(random.Next(members.Count)).Key;
                    if (members[name] is JsonObject or JsonArray && random.Next(2) == 0)
                    {
                        at = members[name]!;
                        continue;
                    }

                    switch (random.Next(5))
                    {
                        case 0:
                            members.Remove(name);
                            break;
                        case 1:
                            members[Scraps[random.Next(Scraps.Length)] + "x"] = Value(random);
                            break;
                        default:
                            members[name] = Value(random);
                            break;
                    }
                }
                else if (at is JsonArray items)
                {
                    if (items.Count > 0 && items[0] is JsonObject && random.Next(2) == 0)
                    {
                        at = items[random.Next(items.Count)]!;
                        if (at is JsonObject)
                        {
                            continue;
                        }
                    }
                    else
                    {
                        items.Insert(random.Next(items.Count + 1), Value(random));
                    }
                }

                break;
            }
        }

        return body;
    }

    private static JsonNode? Value(Random random) => random.Next(8) switch
    {
        0 => null,
        1 => random.Next(-3, 10),
        2 => random.NextDouble() * 1e30,
        3 => random.Next(2) == 0,
        4 => new JsonArray(Scraps[random.Next(Scraps.Length)], null, 1),
        5 => new JsonObject { ["x"] = Scraps[random.Next(Scraps.Length)] },
        6 => new string((char)random.Next(1, 0xD7FF), random.Next(1, 12_000)),
        _ => Scraps[random.Next(Scraps.Length)],
    };

    /// <summary>The text with some of its characters gone, doubled or changed.</summary>
    private static string MangleText(Random random, string text)
    {
        var mangled = new StringBuilder(text);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(mangled.Length);
            switch (random.Next(3))
            {
                case 0:
                    mangled.Remove(at, 1);
                    break;
                case 1:
                    mangled.Insert(at, "{}[]\",:\\0e-"[random.Next(11)]);
                    break;
                default:
                    mangled[at] = (char)random.Next(32, 127);
                    break;
            }
        }

        return mangled.ToString();
    }
}
