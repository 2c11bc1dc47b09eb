using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace Stemma.Api.Tests.Conventions;

/// <summary>Documented maxima: what just fits is stored and given back whole, one more is a 400 at its place.</summary>
public sealed class BoundsTests(StemmaApi api)
{
    private const string Emoji = "😀";

    public static TheoryData<string, string, int> Texts => new()
    {
        { Kinds.Sources, "name", 500 },
        { Kinds.Sources, "aliases[]", 500 },
        { Kinds.Sources, "description", 10_000 },
        { Kinds.Sources, "reliabilityBasis", 10_000 },
        { Kinds.Claims, "text", 5_000 },
        { Kinds.Claims, "context", 10_000 },
        { Kinds.Claims, "place", 500 },
        { Kinds.Claims, "quantities[].subject", 500 },
        { Kinds.Claims, "quantities[].metric", 500 },
        { Kinds.Claims, "quantities[].unit", 50 },
        { Kinds.Claims, "quantities[].baseline", 500 },
        { Kinds.Corroborations, "attribution", 10_000 },
        { Kinds.Corroborations, "quote.exact", 10_000 },
        { Kinds.Corroborations, "quote.prefix", 10_000 },
        { Kinds.Corroborations, "quote.suffix", 10_000 },
        { Kinds.Corroborations, "locator", 500 },
        { Kinds.Corroborations, "note", 10_000 },
        { Kinds.Derivations, "note", 10_000 },
        { Kinds.ClaimRelations, "note", 10_000 },
        { Kinds.Reviews, "title", 10_000 },
        { Kinds.Reviews, "textualRating", 10_000 },
        { Kinds.Reviews, "ratingExplanation", 10_000 },
        { Kinds.Sources, "tags[]", 100 },
        { Kinds.Claims, "tags[]", 100 },
        { Kinds.Corroborations, "tags[]", 100 },
        { Kinds.Derivations, "tags[]", 100 },
        { Kinds.ClaimRelations, "tags[]", 100 },
        { Kinds.Reviews, "tags[]", 100 },
        { Kinds.Sources, "externalIds[].system", 500 },
        { Kinds.Sources, "externalIds[].id", 500 },
        { Kinds.Claims, "externalIds[].id", 500 },
        { Kinds.Corroborations, "externalIds[].id", 500 },
        { Kinds.Derivations, "externalIds[].id", 500 },
        { Kinds.ClaimRelations, "externalIds[].system", 500 },
        { Kinds.Reviews, "externalIds[].id", 500 },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Lengths_count_code_points(string kind, string member, int longest)
    {
        var place = member.Replace("[]", "[0]", StringComparison.Ordinal);
        var unique = Requests.Unique();
        var random = new Random(longest);

        // Letters that do not compress, so that an index entry is as long as it can be.
        var noise = string.Concat(Enumerable.Range(0, longest).Select(_ => char.ConvertFromUtf32(0x20000 + random.Next(0xA000))));
        foreach (var filler in new[] { string.Concat(Enumerable.Repeat("x", longest)), string.Concat(Enumerable.Repeat(Emoji, longest)), noise })
        {
            var unit = char.IsSurrogate(filler[0]) ? 2 : 1;
            var text = unique + filler[..((longest - unique.Length) * unit)];
            if (longest == 50)
            {
                text = filler;
            }

            var stored = await api.Create(kind, Json(member, text));
            Assert.Equal(text, Read(await api.GetJson(Kinds.Path(kind, stored.Id())), member));
            await api.Delete(kind, stored.Id());

            var body = await api.NewBody(kind);
            foreach (var (name, value) in Json(member, text + Emoji))
            {
                body[name] = value?.DeepClone();
            }

            await api.Post(kind, body).Refused(place);
        }
    }

    [Theory]
    [InlineData(Kinds.Sources, "name")]
    [InlineData(Kinds.Sources, "aliases[]")]
    [InlineData(Kinds.Claims, "text")]
    [InlineData(Kinds.Claims, "quantities[].metric")]
    [InlineData(Kinds.Claims, "quantities[].unit")]
    [InlineData(Kinds.Corroborations, "quote.exact")]
    [InlineData(Kinds.Sources, "tags[]")]
    [InlineData(Kinds.Claims, "tags[]")]
    [InlineData(Kinds.Corroborations, "tags[]")]
    [InlineData(Kinds.Derivations, "tags[]")]
    [InlineData(Kinds.ClaimRelations, "externalIds[].id")]
    [InlineData(Kinds.Reviews, "textualRating")]
    [InlineData(Kinds.Sources, "externalIds[].system")]
    [InlineData(Kinds.Claims, "externalIds[].id")]
    public async Task White_space_alone_is_nothing(string kind, string member)
    {
        foreach (var nothing in new[] { "", " ", "\t\r\n", "\u00a0", "\u2003\u3000", "\u2028" })
        {
            var body = await api.NewBody(kind);
            foreach (var (name, value) in Json(member, nothing))
            {
                body[name] = value?.DeepClone();
            }

            await api.Post(kind, body).Refused(member.Replace("[]", "[0]", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task No_character_is_white_space_to_the_database_alone()
    {
        await using var command = api.Database.Source.CreateCommand(
            "select coalesce(array_agg(i), '{}') from generate_series(1, 65535) i where i not between 55296 and 57343 and chr(i) !~ '[^[:space:]]'");
        var spaces = (int[])(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;

        Assert.Contains(0x20, spaces);
        foreach (var code in spaces)
        {
            var body = new JsonObject { ["text"] = char.ConvertFromUtf32(code) };
            var answer = await api.Post(Kinds.Claims, body);
            Assert.True((int)answer.StatusCode == 400, $"U+{code:X4}: {(int)answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData(Kinds.Sources, "url")]
    [InlineData(Kinds.Sources, "archiveUrl")]
    [InlineData(Kinds.Claims, "firstAppearanceUrl")]
    [InlineData(Kinds.Claims, "appearanceUrls[]")]
    [InlineData(Kinds.Corroborations, "url")]
    [InlineData(Kinds.Corroborations, "archiveUrl")]
    [InlineData(Kinds.Reviews, "url")]
    public async Task A_URL_has_2000_characters_at_most_and_is_kept_as_given(string kind, string member)
    {
        var place = member.Replace("[]", "[0]", StringComparison.Ordinal);
        var start = "HTTPS://www.Example.org:443/" + Requests.Unique() + "/Ünïcode?q=%20&utm_source=x#frag-";
        var longest = start + new string('x', 2_000 - start.Length);

        var stored = await api.Create(kind, Json(member, longest));
        Assert.Equal(longest, Read(stored, member));

        foreach (var wrong in new[] { longest + "x", "example.org", "ftp://example.org", "javascript:alert(1)", "//example.org", "/a", "http://", "https://exa mple.org", "" })
        {
            var body = await api.NewBody(kind);
            foreach (var (name, value) in Json(member, wrong))
            {
                body[name] = value?.DeepClone();
            }

            await api.Post(kind, body).Refused(place);
        }
    }

    /// <summary>Hosts at which URL parsers trip: either refused, or stored and found.</summary>
    [Theory]
    [InlineData("https://xn--/")]
    [InlineData("https://xn--a/")]
    [InlineData("https://xn--zzzzzzzzzz/")]
    [InlineData("https://\u00ad/")]
    [InlineData("https://a..b/")]
    [InlineData("https://-/")]
    [InlineData("https://./")]
    [InlineData("https://%00/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::1%25eth0]/")]
    [InlineData("https://[/")]
    [InlineData("https://1.2.3.4.5/")]
    [InlineData("https://user:pass@example.org/")]
    [InlineData("https://example.org:99999/")]
    [InlineData("https://example.org:0/")]
    [InlineData("https://ａ.example/")]
    [InlineData("https://😀.example/")]
    [InlineData("https://\u0301a.example/")]
    [InlineData("https://a\u200d.example/")]
    [InlineData("https://אab.example/")]
    [InlineData("https://example.org/%zz")]
    [InlineData("https://example.org/\uffff")]
    public async Task An_odd_URL_is_taken_or_refused_but_never_a_fault(string url)
    {
        var body = new JsonObject { ["kind"] = "outlet", ["name"] = "x", ["url"] = url };
        var answer = await api.Post(Kinds.Sources, body);
        var list = await api.Get("/api/v1/sources?url=" + Uri.EscapeDataString(url));

        Assert.Contains((int)answer.StatusCode, new[] { 201, 400 });
        Assert.Equal((int)answer.StatusCode == 201 ? 200 : 400, (int)list.StatusCode);
        if ((int)answer.StatusCode == 201)
        {
            var stored = await StemmaApi.Json(answer, 201);
            Assert.Contains(stored.Id(), (await StemmaApi.Json(list, 200)).Ids());
        }
    }

    [Theory]
    [InlineData(Kinds.Sources, "tags", 100)]
    [InlineData(Kinds.Claims, "tags", 100)]
    [InlineData(Kinds.Corroborations, "tags", 100)]
    [InlineData(Kinds.Derivations, "tags", 100)]
    [InlineData(Kinds.ClaimRelations, "externalIds", 100)]
    [InlineData(Kinds.Reviews, "tags", 100)]
    [InlineData(Kinds.Sources, "aliases", 100)]
    [InlineData(Kinds.Sources, "externalIds", 100)]
    [InlineData(Kinds.Claims, "appearanceUrls", 100)]
    [InlineData(Kinds.Claims, "quantities", 100)]
    public async Task Lists_are_bounded(string kind, string member, int most)
    {
        JsonArray Items(int count) => new([.. Enumerable.Range(0, count).Select(i => Item(member, i))]);

        var stored = await api.Create(kind, new JsonObject { [member] = Items(most) });
        Assert.Equal(most, stored[member]!.AsArray().Count);

        await api.Post(kind, (await api.NewBody(kind)).With(member, Items(most + 1))).Refused(member);
    }

    [Fact]
    public async Task A_link_names_at_most_100_it_is_attributed_to()
    {
        var body = await api.NewBody(Kinds.Corroborations);
        var ids = Enumerable.Range(0, 101).Select(_ => Guid.NewGuid().ToString()).ToArray();
        await using (var insert = api.Database.Source.CreateCommand(
            """
            insert into sources (id, url_keys, aliases, external_ids, kind, name, reliability, tags, version, created_at, created_by, updated_at, updated_by)
            select id, '{}', '{}', '[]', 'person', 'Told', 'F', '{}', 1, now(), 'test', now(), 'test' from unnest($1) id
            """))
        {
            insert.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Select(Guid.Parse)] });
            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await api.Post(Kinds.Corroborations, body.With("attributedToIds", new JsonArray([.. ids.Select(i => (JsonNode)i)]))).Refused("attributedToIds");
        var stored = await StemmaApi.Json(
            await api.Post(Kinds.Corroborations, body.With("attributedToIds", new JsonArray([.. ids.Take(100).Select(i => (JsonNode)i)]))), 201);
        Assert.Equal(ids.Take(100), stored["attributedToIds"]!.AsArray().Select(i => (string)i!));
    }

    [Theory]
    [InlineData("tags", """["a","b","a"]""")]
    [InlineData("externalIds", """[{"system":"a","id":"1"},{"system":"a","id":"1"}]""")]
    public async Task A_tag_or_external_id_is_not_given_twice(string member, string items) =>
        await api.Post(Kinds.Claims, new JsonObject { ["text"] = "x", [member] = JsonNode.Parse(items) }).Refused(member);

    [Theory]
    [InlineData("tags", "[null]", "tags[0]")]
    [InlineData("externalIds", "[null]", "externalIds[0]")]
    [InlineData("quantities", "[null]", "quantities[0]")]
    [InlineData("appearanceUrls", "[null]", "appearanceUrls[0]")]
    public async Task Null_is_no_item(string member, string items, string place) =>
        await api.Post(Kinds.Claims, new JsonObject { ["text"] = "x", [member] = JsonNode.Parse(items) }).Refused(place);

    /// <summary>Sent by hand, for a client library may give up at the early answer.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_1_MB_is_413(bool chunked)
    {
        var body = "{\"text\":\"" + new string('x', 1_048_576) + "\"}";
        var head = $"POST /api/v1/claims HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n"));
        using var socket = new TcpClient();
        await socket.ConnectAsync(api.Client.BaseAddress!.Host, api.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        if (chunked)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(body.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n" + body), TestContext.Current.CancellationToken);
        }

        var answer = await ReadAnswer(stream);
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("\"status\":413", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_just_under_1_MB_is_read()
    {
        var body = "{\"text\":\"x\"" + new string(' ', 1_048_576 - 12) + "}";

        await StemmaApi.Json(await api.Send(HttpMethod.Post, "/api/v1/claims", body), 201);
    }

    private static async Task<string> ReadAnswer(NetworkStream stream)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().Contains("\"status\":413", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
            if (read == 0)
            {
                break;
            }

            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    private static JsonNode Item(string member, int i) => member switch
    {
        "externalIds" => new JsonObject { ["system"] = Requests.Unique(), ["id"] = i.ToString(CultureInfo.InvariantCulture) },
        "quantities" => new JsonObject { ["metric"] = "m", ["comparator"] = "eq", ["unit"] = "1", ["value"] = i },
        "appearanceUrls" => $"https://example.org/{i}",
        _ => $"item {i}",
    };

    private static JsonObject Json(string member, string text) => member.Split('.', 2) switch
    {
        ["quantities[]", var inner] => new JsonObject
        {
            ["quantities"] = new JsonArray(new JsonObject { ["metric"] = "m", ["comparator"] = "eq", ["unit"] = "1", ["value"] = 1 }.With(inner, text)),
        },
        ["externalIds[]", var inner] => new JsonObject { ["externalIds"] = new JsonArray(new JsonObject { ["system"] = "s", ["id"] = Requests.Unique() }.With(inner, text)) },
        ["quote", var inner] => new JsonObject { ["quote"] = new JsonObject { ["exact"] = Requests.Unique() }.With(inner, text) },
        [var list] when list.EndsWith("[]", StringComparison.Ordinal) => new JsonObject { [list[..^2]] = new JsonArray(text) },
        _ => new JsonObject { [member] = text },
    };

    private static string Read(JsonObject resource, string member) => member.Split('.', 2) switch
    {
        [var list, var inner] when list.EndsWith("[]", StringComparison.Ordinal) => (string)resource[list[..^2]]![0]![inner]!,
        [var outer, var inner] => (string)resource[outer]![inner]!,
        [var list] when list.EndsWith("[]", StringComparison.Ordinal) => (string)resource[list[..^2]]![0]!,
        _ => (string)resource[member]!,
    };
}
