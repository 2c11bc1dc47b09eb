using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Search;

/// <summary>Search as its users see it. Each test has words of its own, of letters alone, so that it finds nothing of the others'.</summary>
public sealed class SearchTests(StemmaApi api)
{
    [Fact]
    public async Task Reviews_are_found_and_their_claims_by_their_titles()
    {
        var (title, rating, name) = (Requests.Unique(), Requests.Unique(), Requests.Unique());
        var publisher = await api.NewSource(new() { ["name"] = name });
        var (claim, other) = (await api.NewClaim(), await api.NewClaim());
        var review = await api.Create(Kinds.Reviews, new()
        {
            ["claimId"] = claim,
            ["publisherId"] = publisher,
            ["title"] = $"Were exportaciones {title} banned?",
            ["textualRating"] = rating,
            ["language"] = "es",
            ["reviewedAt"] = "2031-05",
        });

        var found = (await api.GetJson($"/api/v1/search?q={title}"))["items"]!.AsArray();
        Assert.Equal(["review", "claim"], found.Select(h => (string)h!["type"]!).OrderDescending());
        var (ofReview, ofClaim) = (found.Single(h => (string)h!["type"]! == "review")!, found.Single(h => (string)h!["type"]! == "claim")!);
        Assert.True(JsonNode.DeepEquals(review, ofReview["resource"]));
        Assert.Equal((review.Id(), claim), ((string)ofReview["id"]!, (string)ofClaim["id"]!));
        Assert.Equal($"Were exportaciones <mark>{title}</mark> banned?", (string)ofClaim["highlights"]!["title"]![0]!);
        Assert.Equal((string)ofClaim["highlights"]!["title"]![0]!, (string)ofReview["highlights"]!["title"]![0]!);

        // In its own language; a rating is the review's alone; fields.
        Assert.Equal(2, (await api.GetJson($"/api/v1/search?q={title}+exportación"))["items"]!.AsArray().Count);
        Assert.Equal([review.Id()], (await api.GetJson($"/api/v1/search?q={rating}")).Ids());
        Assert.Equal([review.Id()], (await api.GetJson($"/api/v1/search?types=review&q=source:{name}+lang:es+year:2031")).Ids());
        Assert.Equal(1, (int)(await api.GetJson($"/api/v1/search?q={rating}"))["facets"]!["type"]!.AsArray().Single(f => (string)f!["value"]! == "review")!["count"]!);
        Assert.Equal([claim], (await api.GetJson($"/api/v1/claims?q={title}")).Ids());

        await StemmaApi.Json(await api.Patch(Kinds.Reviews, review.Id(), new JsonObject { ["claimId"] = other }.ToJsonString()), 200);
        Assert.Equal([other], (await api.GetJson($"/api/v1/claims?q={title}")).Ids());
        await api.Delete(Kinds.Reviews, review.Id());
        Assert.Empty((await api.GetJson($"/api/v1/search?q={title}")).Ids());
        await api.Restore(Kinds.Reviews, review.Id());
        Assert.Equal(2, (await api.GetJson($"/api/v1/search?q={title}"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_review_without_a_language_is_read_in_its_claims()
    {
        var word = Requests.Unique();
        var claim = await api.NewClaim(new() { ["language"] = "en" });
        await api.Create(Kinds.Reviews, new() { ["claimId"] = claim, ["title"] = $"{word} hablando" });
        Assert.Empty((await api.GetJson($"/api/v1/search?types=review&q={word}+habló")).Ids());

        await api.Patch(Kinds.Claims, claim, """{"language":"es"}""");

        Assert.Single((await api.GetJson($"/api/v1/search?types=review&q={word}+habló")).Ids());
        Assert.Single((await api.GetJson($"/api/v1/search?types=review&q={word}+lang:es")).Ids());
    }

    [Fact]
    public async Task A_filter_without_a_value_of_its_own_narrows_a_search_too()
    {
        var word = Requests.Unique();
        var (reviewed, other) = (await api.NewClaim(new() { ["text"] = word }), await api.NewClaim(new() { ["text"] = word }));
        await api.Create(Kinds.Reviews, new() { ["claimId"] = reviewed, ["verdict"] = "false" });

        Assert.Equal([reviewed], (await api.GetJson($"/api/v1/claims?q={word}&reviewed=true")).Ids());
        Assert.Equal([other], (await api.GetJson($"/api/v1/claims?q={word}&reviewed=false")).Ids());
        Assert.Equal([reviewed], (await api.GetJson($"/api/v1/claims?q={word}&verdict=false")).Ids());
        Assert.Empty((await api.GetJson($"/api/v1/claims?q={word}&circular=true")).Ids());
    }

    [Fact]
    public async Task What_was_written_is_found_at_once_and_what_was_changed_or_deleted_is_not()
    {
        var (w, v) = (Word(), Word());
        var id = await Claim($"The {w} came late.");
        Assert.Equal([id], await Ids(w));

        await api.Patch(Kinds.Claims, id, $$"""{"text": "The {{v}} came late."}""");
        Assert.Empty(await Ids(w));
        Assert.Equal([id], await Ids(v));

        await api.Delete(Kinds.Claims, id);
        Assert.Empty(await Ids(v));

        await api.Restore(Kinds.Claims, id);
        Assert.Equal([id], await Ids(v));
    }

    [Theory]
    [InlineData("en", "Exports of {0} pipelines doubled", "{0} pipeline double")]
    [InlineData("de", "Die Häuser der {0} brannten", "{0} haus brannte")]
    [InlineData("fr", "Les sociétés {0} étaient ruinées", "societe {0} ruinee")]
    [InlineData("ru", "Заводы {0} закрылись", "завод {0}")]
    [InlineData("es", "Las exportaciones {0} crecieron", "exportación {0}")]
    [InlineData("tr", "Fabrikalar {0} kapandı", "fabrika {0}")]
    [InlineData("ar", "المصانع {0}", "مصانع {0}")]
    [InlineData("ja", "東京 {0}", "東京 {0}")]
    [InlineData("pt-BR", "As eleições {0} foram adiadas", "eleicao {0}")]
    public async Task Each_claim_is_analysed_in_its_language_and_a_query_finds_all(string language, string text, string query)
    {
        var w = Word();
        var id = await Claim(Format(text, w), ("language", language));

        Assert.Equal([id], await Ids(Format(query, w)));
        Assert.Equal([id], await Ids(Format(query, w) + $" lang:{language}"));
        Assert.Empty(await Ids(Format(query, w) + " lang:sw"));
    }

    [Theory]
    [InlineData("São Paulo {0}", "sao paulo {0}")]
    [InlineData("The FAÇADE of {0}", "facade {0}")]
    [InlineData("Łódź and {0}", "LODZ {0}")]
    [InlineData("A naïve {0}", "naive {0}")]
    public async Task Accents_and_case_do_not_matter(string text, string query)
    {
        var w = Word();
        var id = await Claim(Format(text, w));

        Assert.Equal([id], await Ids(Format(query, w).ToUpperInvariant()));
        Assert.Equal([id], await Ids(Format(text, w)));
    }

    [Fact]
    public async Task Stop_words_of_a_language_ask_for_nothing_there()
    {
        var w = Word();
        var german = await Claim($"Sie sagten die {w}", ("language", "de"));
        var english = await Claim($"They may die of {w}");
        await Claim($"They live with {w}");

        Assert.Equal(new[] { german, english }.Order(), (await Ids($"die {w}")).Order());
        Assert.Equal([english], await Ids($"die {w} lang:en"));
    }

    [Fact]
    public async Task A_page_without_hits_says_why()
    {
        // Of its own: elsewhere some text may well have these words.
        await using var alone = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(alone.Url) };
        (await client.PostAsync("/api/v1/claims", new StringContent("""{"text": "The fall of the house"}""", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        Assert.Contains("so frequent", await Note("the of"), StringComparison.Ordinal);
        Assert.Contains("Nothing has 'zebra'", await Note("zebra"), StringComparison.Ordinal);
        Assert.Contains("Nothing matches all of it", await Note("house -fall"), StringComparison.Ordinal);

        async Task<string> Note(string query)
        {
            var answer = await StemmaApi.Json(await client.GetAsync($"/api/v1/search?q={query}", TestContext.Current.CancellationToken), 200);
            Assert.Empty(answer["items"]!.AsArray());
            return (string)answer["notes"]![0]!;
        }
    }

    [Fact]
    public async Task A_slip_still_finds_after_what_is_spelt_so_and_says_so()
    {
        var w = Word();
        var slip = w[..5] + "x" + w[5..];
        var exact = await Claim($"One {slip}");
        var meant = await Claim($"Two {w}");

        var items = (await Search(slip))["items"]!.AsArray();
        Assert.Equal([(exact, false), (meant, true)], items.Select(h => ((string)h!["id"]!, (bool)h["approximate"]!)));
        Assert.Equal($"Two <mark>{w}</mark>", (string)items[1]!["highlights"]!["text"]![0]!);

        var answer = await Search(w[..3] + w[4..]);
        Assert.Contains(meant, answer["items"]!.AsArray().Select(h => (string)h!["id"]!));
        Assert.All(answer["items"]!.AsArray(), h => Assert.True((bool)h!["approximate"]!));
        Assert.NotEmpty(answer["notes"]!.AsArray());
    }

    [Theory]
    [InlineData("Poutin", "Putin")]
    [InlineData("semiconducters", "semiconductors")]
    public async Task Known_slips(string typed, string written)
    {
        var w = Word();
        var id = await Claim($"{w} sold to {written}");

        var hit = Assert.Single((await Search($"{w} {typed}"))["items"]!.AsArray())!;
        Assert.Equal(id, (string)hit["id"]!);
    }

    [Fact]
    public async Task Fields_narrow()
    {
        var (w, name) = (Word(), Word());
        var agency = await api.NewSource(new JsonObject { ["kind"] = "outlet", ["name"] = $"The {name} Agency", ["aliases"] = new JsonArray($"{name}ag") });
        var other = await api.NewSource();
        var first = await Claim($"{w} one", ("claimantId", agency), ("claimedAt", "2024-03"), ("tags", new JsonArray("Sanctions")), ("kind", "denial"), ("status", "draft"));
        var second = await Claim($"{w} two", ("claimedAt", "2023"), ("language", "de"));
        await api.NewLink(first, other, "contradicts");
        await api.NewLink(first, agency, "supports");
        await api.NewLink(second, agency, "contradicts");

        Assert.Equal([first], await Ids($"{w} claimant:\"{name} agency\" "));
        Assert.Equal([first], await Ids($"{w} claimant:{agency}"));
        Assert.Equal(new[] { first, second }.Order(), (await Ids($"{w} source:{name}ag")).Order());
        Assert.Equal([first], await Ids($"{w} -source:{name} or claimant:{name}"));
        Assert.Equal(new[] { first, second }.Order(), (await Ids($"{w} stance:contradicts")).Order());
        Assert.Equal([second], await Ids($"{w} stance:contradicts source:{name}"));
        Assert.Equal([first], await Ids($"{w} tag:sanctions"));
        Assert.Equal([second], await Ids($"{w} -tag:sanctions"));
        Assert.Equal([second], await Ids($"{w} lang:de"));
        Assert.Equal([first], await Ids($"{w} after:2024-01 before:2024-06"));
        Assert.Equal([second], await Ids($"{w} before:2024"));
        Assert.Equal([first], await Ids($"{w} year:2024"));
        Assert.Equal([first], await Ids($"{w} kind:denial status:draft"));

        var nobody = await Search($"{w} source:{Word()}");
        Assert.Empty(nobody["items"]!.AsArray());
        Assert.Contains("No source is called", nobody["notes"]!.AsArray().Select(n => (string)n!).First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_in_a_row_prefixes_and_what_must_be_absent()
    {
        var w = Word();
        var one = await Claim($"a long-term {w} treaty");
        var two = await Claim($"the treaty was long, its term {w}ish");

        Assert.Equal([one], await Ids($"\"{w} treaty\""));
        Assert.Equal([one], await Ids($"\"long term {w}\""));
        Assert.Equal([one], await Ids($"long-term {w}"));
        Assert.Empty(await Ids($"\"treaty {w}\""));
        Assert.Equal(new[] { one, two }.Order(), (await Ids($"{w}*")).Order());
        Assert.Equal([two], await Ids($"{w}* -{w}"));
        Assert.Equal([two], await Ids($"{w}* -\"long term\""));
        Assert.Equal(new[] { one, two }.Order(), (await Ids($"{w} or {w}ish")).Order());
    }

    [Fact]
    public async Task A_claim_is_found_by_its_links_quotes_and_a_link_and_a_source_by_their_own_words()
    {
        var (w, v) = (Word(), Word());
        var source = await api.NewSource(new JsonObject { ["kind"] = "outlet", ["name"] = $"{v} Press", ["description"] = $"Prints {w}." });
        var claim = await Claim($"{v} is so.");
        var link = await api.NewLink(claim, source, "reports", new JsonObject { ["quote"] = new JsonObject { ["exact"] = $"They said {w} <b>& more</b>" }, ["note"] = "seen" });

        var answer = await Search(w);
        Assert.Equal(new[] { claim, link, source }.Order(), answer["items"]!.AsArray().Select(h => (string)h!["id"]!).Order());
        var hits = answer["items"]!.AsArray().ToDictionary(h => (string)h!["type"]!, h => h!);
        Assert.Equal($"They said <mark>{w}</mark> &lt;b&gt;&amp; more&lt;/b&gt;", (string)hits["claim"]["highlights"]!["quote"]![0]!);
        Assert.Equal($"Prints <mark>{w}</mark>.", (string)hits["source"]["highlights"]!["description"]![0]!);
        Assert.Equal((await api.GetJson($"/api/v1/claims/{claim}")).ToJsonString(), hits["claim"]["resource"]!.ToJsonString());
        Assert.Equal((await api.GetJson($"/api/v1/corroborations/{link}")).ToJsonString(), hits["corroboration"]["resource"]!.ToJsonString());
        Assert.Equal((await api.GetJson($"/api/v1/sources/{source}")).ToJsonString(), hits["source"]["resource"]!.ToJsonString());

        // One word in the text, the other in a quote.
        Assert.Equal([claim], await Ids($"{v} {w}", "&types=claim"));
        Assert.Equal([source, claim], (await Ids(v)).OrderBy(i => i == claim));
        Assert.Equal([link], await Ids(w, "&types=corroboration"));
        Assert.Equal(2, (await Ids(w, "&types=corroboration,source")).Count);

        // Whoever changes the claim's language changes how its quotes are read.
        await api.Patch(Kinds.Claims, claim, """{"language": "xx"}""");
        Assert.Equal([claim], await Ids($"said {w} lang:xx", "&types=claim"));
    }

    [Fact]
    public async Task Highlights_hold_no_markup_but_their_own()
    {
        var w = Word();
        await Claim($"<b>alert('{w}')</b> \u0002{w}\u0003 \"&amp;\"");

        var text = (string)(await Search(w))["items"]![0]!["highlights"]!["text"]![0]!;

        Assert.Equal($"&lt;b&gt;alert(&#39;<mark>{w}</mark>&#39;)&lt;/b&gt; <mark>{w}</mark> &quot;&amp;amp;&quot;", text);
    }

    [Fact]
    public async Task A_long_text_is_shown_by_passages()
    {
        var w = Word();
        var filler = string.Concat(Enumerable.Repeat("Nothing of interest happened that day. ", 60));
        await Claim(filler + w + " came. " + filler);

        var passage = (string)Assert.Single((await Search(w))["items"]![0]!["highlights"]!["text"]!.AsArray())!;

        Assert.Contains($"<mark>{w}</mark> came", passage, StringComparison.Ordinal);
        Assert.True(passage.Length < 500);
    }

    [Fact]
    public async Task Rare_words_and_short_texts_come_first()
    {
        var (common, rare) = (Word(), Word());
        var both = await Claim($"{common} {rare}");
        await Claim($"{common} once, with a great many other words that nobody asked for, one after the other");
        await Claim($"{common} beside something else entirely");
        var one = await Claim($"{rare} beside something else entirely");

        Assert.Equal([both, one], (await Ids($"{common} or {rare}")).Take(2));

        var small = await Claim(common);
        Assert.Equal(small, (await Ids(common))[0]);
    }

    [Fact]
    public async Task Facets_and_totals_are_over_all_hits()
    {
        var w = Word();
        var source = await api.NewSource(new JsonObject { ["kind"] = "person", ["name"] = "Person of facets" });
        for (var i = 0; i < 5; i++)
        {
            var claim = await Claim(w, ("kind", i < 2 ? "opinion" : "factual"), ("claimantId", i == 0 ? source : null), ("tags", new JsonArray("t" + w)));
            if (i < 3)
            {
                await api.NewLink(claim, source, "reports");
                await api.NewLink(claim, source, "mentions");
            }
        }

        var answer = await Search(w, "&limit=2&include=total");
        Assert.Equal(2, answer["items"]!.AsArray().Count);
        Assert.Equal(5, (int)answer["total"]!["value"]!);
        var facets = answer["facets"]!;
        Assert.Equal("""[{"value":"claim","count":5}]""", facets["type"]!.ToJsonString());
        Assert.Equal("""[{"value":"factual","count":3},{"value":"opinion","count":2}]""", facets["kind"]!.ToJsonString());
        Assert.Equal($$"""[{"value":"t{{w}}","count":5}]""", facets["tag"]!.ToJsonString());
        Assert.Equal($$"""[{"value":"{{source}}","label":"Person of facets","count":1}]""", facets["claimant"]!.ToJsonString());
        Assert.Equal($$"""[{"value":"{{source}}","label":"Person of facets","count":3}]""", facets["source"]!.ToJsonString());
        Assert.Equal("""[{"value":"mentions","count":3},{"value":"reports","count":3}]""", facets["stance"]!.ToJsonString());
        Assert.Null((await Search(w, "&facets=false"))["facets"]);
        Assert.Null(answer["nextCursor"] is null ? "x" : null);

        var list = await api.GetJson($"/api/v1/claims?q={w}&include=facets,total,claimant&limit=1");
        Assert.Equal(facets["kind"]!.ToJsonString(), list["facets"]!["kind"]!.ToJsonString());
        Assert.Equal(5, (int)list["total"]!["value"]!);
    }

    [Fact]
    public async Task A_claim_counts_once_for_a_source_however_many_links_and_wherever_they_are_kept()
    {
        const int sources = 45;
        var w = Requests.Unique();
        await Load([
            $$"""{"type":"claim","text":"{{w}}","externalIds":[{"system":"{{w}}","id":"c"}]}""",
            .. Enumerable.Range(0, sources).Select(n => $$"""{"type":"source","kind":"outlet","name":"Paper {{n}} of {{w}}","externalIds":[{"system":"{{w}}","id":"s{{n}}"}]}"""),
            .. Enumerable.Range(0, sources).Select(n => $$"""{"type":"corroboration","claimId":"{{w}}:c","sourceId":"{{w}}:s{{n}}","stance":"reports"}"""),
        ]);
        await api.Database.FoldSearch(1, TestContext.Current.CancellationToken);
        await Load(Enumerable.Range(0, sources).Select(n => $$"""{"type":"corroboration","claimId":"{{w}}:c","sourceId":"{{w}}:s{{n}}","stance":"mentions"}"""));
        await api.Database.FoldSearch(1, TestContext.Current.CancellationToken);
        var deleted = (string)(await api.GetJson($"/api/v1/corroborations?limit=1&stance=reports&sourceId={await IdOf("s0")}"))["items"]![0]!["id"]!;
        await api.Delete(Kinds.Corroborations, deleted);
        await Load([$$"""{"type":"corroboration","claimId":"{{w}}:c","sourceId":"{{w}}:s1","stance":"supports"}"""]);

        // Asked again, it may be answered from what the first question left behind.
        for (var time = 0; time < 8; time++)
        {
            var facets = (await Search(w, "&types=claim"))["facets"]!;
            Assert.Equal(20, facets["source"]!.AsArray().Count);
            Assert.All(facets["source"]!.AsArray(), f => Assert.Equal(1, (int)f!["count"]!));
            Assert.Equal(["mentions", "reports", "supports"], facets["stance"]!.AsArray().Select(f => (string)f!["value"]!));
        }

        async Task<string> IdOf(string key) => (string)(await api.GetJson($"/api/v1/sources?externalId={w}:{key}"))["items"]![0]!["id"]!;

        async Task Load(IEnumerable<string> lines) => await StemmaApi.Json(await api.Client.PostAsync(
            "/api/v1/imports", new StringContent(string.Join('\n', lines), null, "application/x-ndjson"), TestContext.Current.CancellationToken), 200);
    }

    [Fact]
    public async Task Claims_are_searched_with_the_filters_and_the_orders_of_their_list()
    {
        var w = Word();
        var source = await api.NewSource();
        var a = await Claim($"{w} {w} alpha", ("place", "P" + w), ("tags", new JsonArray("x" + w)));
        var b = await Claim($"{w} beta", ("kind", "opinion"), ("plausible", true));
        await api.NewLink(b, source, "denies", new JsonObject { ["interest"] = "party" });

        Assert.Equal([a, b], await Claims($"q={w}"));
        Assert.Equal([b, a], await Claims($"q={w}&sort=-createdAt"));
        Assert.Equal([a, b], await Claims($"q={w}&sort=createdAt"));
        Assert.Equal([b], await Claims($"q={w}&kind=opinion"));
        Assert.Equal([a], await Claims($"q={w}&place=p{w}"));
        Assert.Equal([a], await Claims($"q={w}&tag=x{w}"));
        Assert.Equal([b], await Claims($"q={w}&sourceId={source}"));
        Assert.Equal([b], await Claims($"q={w}&stance=denies&plausible=true"));
        Assert.Empty(await Claims($"q={w}&stance=supports"));
        Assert.Equal([b], await Claims($"q={w}&minDenies=1&sort=createdAt"));
        Assert.Empty(await Claims($"q={w}&language=de"));
        Assert.Equal([b], await Claims($"q={w} -alpha"));

        var first = await api.GetJson($"/api/v1/claims?q={w}&limit=1");
        var second = await api.GetJson($"/api/v1/claims?q={w}&limit=1&cursor={first["nextCursor"]}");
        Assert.Equal([a, b], first.Ids().Concat(second.Ids()));
        Assert.Null((string?)second["nextCursor"]);
        await api.Get($"/api/v1/claims?q={w}x&limit=1&cursor={first["nextCursor"]}").Refused("cursor");
        await api.Get($"/api/v1/search?q={w}&limit=1&cursor={first["nextCursor"]}").Refused("cursor");
    }

    [Theory]
    [InlineData("\"{0}")]
    [InlineData("{0} or")]
    [InlineData("or {0} -")]
    [InlineData("({0}")]
    [InlineData("{0})")]
    [InlineData("{0} source:")]
    [InlineData("{0} !!! ???")]
    [InlineData("{0} '' \\ & | ! <-> :*")]
    [InlineData("{0} \u0001 \ud83d\ude00")]
    public async Task No_query_is_wrong(string query)
    {
        var w = Word();
        var id = await Claim(w);

        Assert.Equal([id], await Ids(Format(query, w)));
    }

    [Theory]
    [InlineData("types=claims", "types")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("facets=maybe", "facets")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("include=claims", "include")]
    [InlineData("query=x", "query")]
    public async Task Parameters_are_strict(string query, string fault) => await api.Get("/api/v1/search?q=x&" + query).Refused(fault);

    [Fact]
    public async Task A_query_may_be_long_but_not_endless()
    {
        Assert.NotNull(await Search(string.Join(' ', Enumerable.Repeat("word", 200))));
        await api.Get("/api/v1/search?q=" + new string('x', 1_001)).Refused("q");
        await api.Get("/api/v1/claims?q=" + new string('x', 1_001)).Refused("q");
    }

    [Fact]
    public async Task A_search_that_takes_too_long_is_given_up()
    {
        await using var slow = await OwnApi.Start("--Search:Timeout=00:00:00.0001");
        using var client = new HttpClient { BaseAddress = new Uri(slow.Url) };

        foreach (var path in new[] { "/api/v1/search?q=x", "/api/v1/claims?q=x" })
        {
            var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            var problem = await StemmaApi.Json(answer, 503);
            Assert.Contains("took longer", (string)problem["detail"]!, StringComparison.Ordinal);
            Assert.True(answer.Headers.Contains("Retry-After"));
        }
    }

    private static string Format(string text, string word) => text.Replace("{0}", word, StringComparison.Ordinal);

    /// <summary>Letters alone, so that it may be misspelt.</summary>
    private static string Word() => string.Concat(Guid.NewGuid().ToByteArray().Select(b => (char)('a' + (b % 20))));

    private Task<string> Claim(string text, params (string Name, JsonNode? Value)[] fields)
    {
        var body = new JsonObject { ["text"] = text };
        foreach (var (name, value) in fields)
        {
            body[name] = value;
        }

        return api.NewClaim(body);
    }

    private Task<JsonObject> Search(string query, string more = "") => api.GetJson($"/api/v1/search?q={Uri.EscapeDataString(query)}{more}");

    private async Task<List<string>> Ids(string query, string more = "") => [.. (await Search(query, more))["items"]!.AsArray().Select(h => (string)h!["id"]!)];

    private async Task<string[]> Claims(string query) => (await api.GetJson("/api/v1/claims?" + query)).Ids();
}
