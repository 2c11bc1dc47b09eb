using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Search;

/// <summary>Type-ahead for sources. Each test has words of its own, of letters alone, so that it finds nothing of the others'.</summary>
public sealed class SuggestTests(StemmaApi api)
{
    [Fact]
    public async Task What_is_named_so_comes_first_then_beginnings_then_words_then_slips()
    {
        var w = Word();
        var exact = await Source(w);
        var alias = await Source("Agency of " + Word(), w + " Press");
        var inside = await Source("The New " + w);
        var near = await Source(w[..4] + w[5] + w[4] + w[6..]);

        var found = await Suggest(w.ToUpperInvariant());

        Assert.Equal([(exact, "exact"), (alias, "prefix"), (inside, "word")], found);

        // What some name has is taken as meant.
        Assert.Equal([(near, "exact")], await Suggest(w[..4] + w[5] + w[4] + w[6..]));
        Assert.Equal([(exact, "approximate"), (inside, "approximate"), (alias, "approximate"), (near, "approximate")], await Suggest(w[..6] + w[7] + w[6] + w[8..]));
        Assert.Equal((exact, "approximate"), (await Suggest(w[..3] + w[4..]))[0]);
        Assert.Equal((exact, "approximate"), (await Suggest(w[..5] + "x" + w[5..]))[0]);
    }

    [Fact]
    public async Task What_matched_is_said()
    {
        var w = Word();
        var id = await Source("Name " + w, "Spitzname " + w);

        var item = (await api.GetJson("/api/v1/sources/suggest?q=spitzname " + w))["items"]!.AsArray().Single()!.AsObject();

        Assert.Equal(
            [("id", id), ("kind", "outlet"), ("name", "Name " + w), ("country", "AT"), ("matched", "Spitzname " + w), ("match", "exact")],
            item.Select(m => (m.Key, (string)m.Value!)));
    }

    [Theory]
    [InlineData("Müller-{0} & Söhne", "muller {0} sohne")]
    [InlineData("Müller-{0} & Söhne", "MÜLLER-{0}")]
    [InlineData("U.S. {0} Office", "us {0}")]
    [InlineData("US {0} Office", "u.s. {0}")]
    [InlineData("L’Orient {0}", "lorient {0}")]
    [InlineData("L'Orient {0}", "L’Orient {0}")]
    [InlineData("Łódź {0}", "lodz {0}")]
    [InlineData("Ведомости {0}", "ведомости {0}")]
    [InlineData("“{0}” (newspaper)", "{0} newspaper")]
    [InlineData("{0} Times", "  {0}   tim ")]
    public async Task Accents_case_and_punctuation_do_not_matter(string name, string typed)
    {
        var w = Word();
        var id = await Source(string.Format(System.Globalization.CultureInfo.InvariantCulture, name, w));

        var found = await Suggest(string.Format(System.Globalization.CultureInfo.InvariantCulture, typed, w));

        Assert.Equal(id, found[0].Id);
        Assert.NotEqual("approximate", found[0].Match);
    }

    [Fact]
    public async Task Words_are_found_in_any_order_and_with_a_slip_in_one()
    {
        var (a, b) = (Word(), Word());
        var both = await Source($"The {a} {b} Post");
        await Source($"The {a} Post");

        Assert.Equal([(both, "word")], await Suggest($"{b} {a}"));
        Assert.Equal([(both, "word")], await Suggest($"post {b[..5]}"));
        Assert.Equal([(both, "approximate")], await Suggest($"{b[..6]}{b[7..]} {a}"));
    }

    [Fact]
    public async Task It_follows_every_write()
    {
        var (a, b, c) = (Word(), Word(), Word());
        var id = await Source(a, b);
        Assert.Equal(2, (await Suggest(a)).Count + (await Suggest(b)).Count);

        await StemmaApi.Json(await api.Patch(Kinds.Sources, id, new JsonObject { ["name"] = c, ["kind"] = "person" }.ToJsonString()), 200);
        Assert.Empty(await Suggest(a));
        Assert.Equal([(id, "exact")], await Suggest(c + "&kind=person"));
        Assert.Empty(await Suggest(c + "&kind=outlet"));

        await api.Delete(Kinds.Sources, id);
        Assert.Empty(await Suggest(b));
        Assert.Empty(await Suggest(c));

        await api.Restore(Kinds.Sources, id);
        Assert.Equal([(id, "exact")], await Suggest(b));
        Assert.Equal([(id, "exact")], await Suggest(c));
    }

    [Fact]
    public async Task The_limit_holds_and_a_source_comes_once()
    {
        var w = Word();
        for (var i = 0; i < 12; i++)
        {
            await Source($"{w} {i}", $"{w} one", $"{w} two", $"other {w}");
        }

        foreach (var (limit, count) in new[] { (1, 1), (11, 11), (12, 12), (50, 12) })
        {
            var found = await Suggest($"{w}&limit={limit}");
            Assert.Equal(count, found.Count);
            Assert.Equal(count, found.DistinctBy(f => f.Id).Count());
        }

        Assert.Equal(10, (await Suggest(w)).Count);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=51", "limit")]
    [InlineData("limit=x&kind=nation", "limit", "kind")]
    [InlineData("q=a&q=b", "q")]
    [InlineData("query=a", "query")]
    [InlineData("q=a%00", "q")]
    public async Task What_it_does_not_understand_is_named(string query, params string[] places) =>
        await api.Get("/api/v1/sources/suggest?" + query).Refused(places);

    /// <summary>Nothing that can be typed is an error.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\"'%_\\*?()[]{}^$|&!:;,.<>/-+")]
    [InlineData("   ")]
    [InlineData("' or 1=1 --")]
    [InlineData("\uFFFF\U0010FFFF")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x y z")]
    [InlineData("日本放送協会")]
    [InlineData("😀😀😀")]
    [InlineData("12345 67890")]
    public async Task Nothing_that_can_be_typed_is_an_error(string typed) =>
        await StemmaApi.Json(await api.Get("/api/v1/sources/suggest?q=" + Uri.EscapeDataString(typed)), 200);

    [Fact]
    public async Task Five_hundred_characters_can_be_typed_and_no_more()
    {
        foreach (var text in new[] { new string('x', 500), string.Concat(Enumerable.Repeat("ab ", 166)), string.Concat(Enumerable.Repeat("😀", 500)) })
        {
            await StemmaApi.Json(await api.Get("/api/v1/sources/suggest?q=" + Uri.EscapeDataString(text)), 200);
        }

        await api.Get("/api/v1/sources/suggest?q=" + new string('x', 501)).Refused("q");
    }

    /// <summary>What stands beside the sources is what would be made of them anew.</summary>
    [Fact]
    public async Task Names_are_right_after_writes_of_many_rows_at_once()
    {
        var w = Word();
        await Run(
            $$"""
            insert into sources (id, url_keys, aliases, external_ids, kind, name, reliability, tags, version, created_at, created_by, updated_at, updated_by)
            select gen_random_uuid(), '{}', case when i % 3 = 0 then array['{{w}} B ' || i, 'x'] else '{}' end, '[]', 'person', '{{w}} A-' || i, 'F', array['{{w}}'], 1, now(), 'test', now(), 'test'
            from generate_series(1, 50) i;
            update sources set version = version + 1, name = name || ' more' where tags = array['{{w}}'] and name like '%7';
            update sources set version = version + 1, deleted_at = now() where tags = array['{{w}}'] and name like '%3';
            update sources set version = version + 1, deleted_at = null, aliases = array['again'] where tags = array['{{w}}'] and name like '%13';
            update sources set version = version + 1, kind = 'outlet', description = 'x' where tags = array['{{w}}'] and name like '%5';
            update sources set version = version + 1, description = 'x' where tags = array['{{w}}'];
            delete from sources where tags = array['{{w}}'] and name like '%9';
            """);

        Assert.Equal(0L, await Scalar(
            $"""
            with expected as (
                select s.id, n.no - 1, k.word_no, k.word_no = 0, s.kind, k.key
                from sources s cross join lateral unnest(s.name || s.aliases) with ordinality n(name, no) cross join lateral name_keys(n.name) k
                where s.live and s.tags = array['{w}']),
            actual as (
                select n.source_id, n.name_no, n.word_no, n.is_start, n.kind, n.key from source_names n join sources s on s.id = n.source_id where s.tags = array['{w}'])
            select count(*) from ((table expected except table actual) union all (table actual except table expected)) difference
            """));
        Assert.True((long)(await Scalar($"select count(*) from source_names n join sources s on s.id = n.source_id where s.tags = array['{w}']"))! > 100);
    }

    private async Task<List<(string Id, string Match)>> Suggest(string query)
    {
        var found = await api.GetJson("/api/v1/sources/suggest?q=" + query);
        return [.. found["items"]!.AsArray().Select(s => ((string)s!["id"]!, (string)s["match"]!))];
    }

    private async Task<string> Source(string name, params string[] aliases) => (await api.Create(Kinds.Sources, new()
    {
        ["kind"] = "outlet",
        ["name"] = name,
        ["country"] = "AT",
        ["aliases"] = new JsonArray([.. aliases.Select(a => (JsonNode)a)]),
    })).Id();

    /// <summary>Twelve letters, the neighbours different.</summary>
    private static string Word()
    {
        var word = new StringBuilder();
        while (word.Length < 12)
        {
            var letter = (char)('a' + Random.Shared.Next(26));
            if (word.Length == 0 || word[^1] != letter)
            {
                word.Append(letter);
            }
        }

        return word.ToString();
    }

    private async Task Run(string sql)
    {
        await using var command = api.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task<object?> Scalar(string sql)
    {
        await using var command = api.Database.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
