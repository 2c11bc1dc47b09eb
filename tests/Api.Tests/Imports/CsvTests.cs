using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Imports;

/// <summary>Tables come in and go out.</summary>
public sealed class CsvTests(StemmaApi api)
{
    private const string Csv = "text/csv";

    [Fact]
    public async Task A_sheet_becomes_resources_and_a_second_time_changes_nothing()
    {
        var u = Requests.Unique();
        var sources = $"kind,name,aliases,externalIds\noutlet,\"The {u}, weekly\",One | Two\\|3,{u}:s1|other{u}:9\n";
        Assert.Equal("1/0/0/0", Files.Counts(await Imported("?type=source", sources)));
        var claims = $"""
            text;claimantId;tags;externalIds.{u};quantities[0].metric;quantities[0].comparator;quantities[0].value;quantities[0].unit;plausible;claimedAt
            "He said ""no"";
            and left {u}.";{u}:s1;{u}|trade;c1;price;eq;-12.50;USD;TRUE;2024-05

            Second {u}.;;{u};c2;;;;;;

            """;
        Assert.Equal("2/0/0/0", Files.Counts(await Imported("?type=claim", "\uFEFF" + claims)));
        Assert.Equal("0/0/2/0", Files.Counts(await Imported("?type=claim", claims)));
        Assert.Equal("0/0/1/0", Files.Counts(await Imported("?type=source", sources)));

        var source = await One($"/api/v1/sources?externalId={u}:s1");
        Assert.Equal(("The " + u + ", weekly", """["One","Two|3"]"""), ((string)source["name"]!, source["aliases"]!.ToJsonString()));
        var claim = await One($"/api/v1/claims?externalId={u}:c1");
        Assert.Equal($"He said \"no\";\nand left {u}.", ((string)claim["text"]!).ReplaceLineEndings("\n"));
        Assert.Equal((string)source["id"]!, (string)claim["claimantId"]!);
        Assert.Equal("-12.50", claim["quantities"]![0]!["value"]!.ToJsonString());
        Assert.True((bool)claim["plausible"]!);
    }

    [Fact]
    public async Task A_narrow_sheet_leaves_the_rest_alone_and_empty_cells_too_unless_they_are_to_be_null()
    {
        var u = Requests.Unique();
        var id = await api.NewClaim(new()
        {
            ["context"] = "Kept.",
            ["place"] = "Kyiv",
            ["externalIds"] = new JsonArray(new JsonObject { ["system"] = u, ["id"] = "1" }, new JsonObject { ["system"] = "wikidata" + u, ["id"] = "Q1" }),
        });

        Assert.Equal("0/1/0/0", Files.Counts(await Imported("?type=claim", $"externalIds.{u},status,place,context\n1,assessed,,\n")));
        var claim = await StemmaApi.Json(await api.Get($"/api/v1/claims/{id}"), 200);
        Assert.Equal(("assessed", "Kyiv", "Kept.", 2), ((string)claim["status"]!, (string)claim["place"]!, (string)claim["context"]!, claim["externalIds"]!.AsArray().Count));

        Assert.Equal("0/1/0/0", Files.Counts(await Imported("?type=claim&empty=null", $"externalIds.{u},status,place\n1,assessed,\n")));
        claim = await StemmaApi.Json(await api.Get($"/api/v1/claims/{id}"), 200);
        Assert.Equal((null, "Kept.", 2), ((string?)claim["place"], (string)claim["context"]!, claim["externalIds"]!.AsArray().Count));
    }

    [Fact]
    public async Task Headers_of_ones_own_are_mapped()
    {
        var u = Requests.Unique();
        await api.Imported("", $$"""{"type":"source","kind":"person","name":"P {{u}}","externalIds":[{"system":"{{u}}","id":"7"}]}""");
        var sheet = $"Nr\tStatement, as said\tSpeaker\tNotes\n1\tMapped {u}.\t7\tnothing\n";
        var mapping = Uri.EscapeDataString($"Nr:externalIds.{u},Statement\\, as said:text,Speaker:claimantId.{u},Notes:");
        Assert.Equal("1/0/0/0", Files.Counts(await Imported($"?type=claim&mapping={mapping}", sheet, "text/tab-separated-values")));
        Assert.NotNull((string?)(await One($"/api/v1/claims?externalId={u}:1"))["claimantId"]);

        Assert.Equal(
            [
                "1 Nr: No member of a claim is called so. Say what the column is in mapping (Nr:member), or leave it out (Nr:).",
                "1 Statement, as said: mapping: no member of a claim is called 'txt'.",
                "1 Gone: mapping: there is no such column.",
            ],
            await Refused("?type=claim&mapping=" + Uri.EscapeDataString(@"Statement\, as said:txt,Speaker:,Notes:,Gone:text"), sheet));
        foreach (var wrong in new[] { "", "?type=nothing", "?type=claim&mapping=a", "?type=claim&mapping=a:b,a:c", "?type=claim&empty=yes", "?type=claim&mode=restore" })
        {
            await StemmaApi.Json(await api.Client.Import(wrong, Encoding.UTF8.GetBytes("text\nx\n"), Csv), 400);
        }

        await StemmaApi.Json(await api.Import("?type=claim", """{"type":"claim","text":"x"}"""), 400);
    }

    [Fact]
    public async Task What_stands_between_cells_does_not_count_within_quotes_of_the_header()
    {
        var u = Requests.Unique();
        var mapping = Uri.EscapeDataString($@"Statement\, as said\, in full\, by him:text,Nr:externalIds.{u}");
        Assert.Equal("1/0/0/0", Files.Counts(await Imported("?type=claim&mapping=" + mapping, $"\"Statement, as said, in full, by him\";Nr\nSaid {u}.;1\n")));
        Assert.Equal($"Said {u}.", (string)(await One($"/api/v1/claims?externalId={u}:1"))["text"]!);
    }

    [Fact]
    public async Task Tab_separated_values_are_separated_by_tabs_whatever_their_header_has()
    {
        var u = Requests.Unique();
        const string tsv = "text/tab-separated-values";
        var mapping = Uri.EscapeDataString($@"Statement\, as said\, in full:text,Nr:externalIds.{u}");
        Assert.Equal("1/0/0/0", Files.Counts(await Imported("?type=claim&mapping=" + mapping, $"Statement, as said, in full\tNr\nSaid, so {u}.\t1\n", tsv)));
        Assert.Equal("0/0/1/0", Files.Counts(await Imported("?type=claim&mapping=" + mapping, $"Statement, as said, in full\tNr\nSaid, so {u}.\t1\n", tsv)));
        Assert.Equal("1/0/0/0", Files.Counts(await Imported("?type=claim", $"text\nOne, two; three {u}.\n", tsv)));
        Assert.Equal($"One, two; three {u}.", (string)(await One($"/api/v1/claims?sort=-createdAt&limit=1"))["text"]!);

        // What a first line says is for files that do not say it by their type.
        Assert.Equal("1/0/0/0", Files.Counts(await Imported("?type=claim", $"sep=\t\ntext\ttags\nSep {u}.\t{u}\n")));
        Assert.StartsWith("1 sep=;: ", Assert.Single(Files.Faults(await StemmaApi.Json(await api.Client.Import("?type=claim", Encoding.UTF8.GetBytes("sep=;\nx\n"), tsv), 400))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_of_a_list_are_changed_one_by_one()
    {
        var (u, id) = (Requests.Unique(), await api.NewClaim(new() { ["quantities"] = Quantities() }));
        const string header = "id,quantities[0].metric,quantities[0].comparator,quantities[0].value,quantities[0].unit,quantities[0].subject\n";
        Assert.Equal("0/0/1/0", Files.Counts(await Imported("?type=claim", header + $"{id},volume,eq,1,USD,\n")));
        Assert.Equal("0/1/0/0", Files.Counts(await Imported("?type=claim", header + $"{id},,,2,,\n")));
        var expected = Quantities();
        expected[0]!["value"] = 2;
        await Has(id, expected);

        // What is behind the columns, and before those that are filled in, stays where it is.
        const string both = "quantities[1].unit,id,quantities[0].unit\n";
        Assert.Equal("0/1/0/0", Files.Counts(await Imported("?type=claim", both + $"EUR,{id},\n")));
        expected[1]!["unit"] = "EUR";
        await Has(id, expected);
        Assert.Equal("0/1/0/0", Files.Counts(await Imported("?type=claim", both + $",{id},EUR\n")));
        expected[0]!["unit"] = "EUR";
        await Has(id, expected);
        Assert.Equal("0/0/1/0", Files.Counts(await Imported("?type=claim", both + $",{id},\n")));

        // A row for a claim that is not there yet gives its items in their order, whatever that of the columns.
        const string three = "text,externalIds.{0},quantities[1].metric,quantities[1].comparator,quantities[1].value,quantities[1].unit,quantities[2].metric,"
            + "quantities[0].metric,quantities[0].comparator,quantities[0].value,quantities[0].unit\n";
        var columns = three.Replace("{0}", u, StringComparison.Ordinal);
        Assert.Equal("2/0/0/0", Files.Counts(await Imported("?type=claim", columns + $"Two {u}.,1,second,eq,2,t,,first,eq,1,kg\nNone {u}.,2,,,,,,,,,\n")));
        Assert.Equal(["first", "second"], (await One($"/api/v1/claims?externalId={u}:1"))["quantities"]!.AsArray().Select(q => (string)q!["metric"]!));
        Assert.Empty((await One($"/api/v1/claims?externalId={u}:2"))["quantities"]!.AsArray());

        // An item before which one is missing.
        Assert.Equal(
            ["2 quantities[0].comparator: It is required, and not of white space only.", "2 quantities[0].metric: It is required, and not of white space only.",
                "2 quantities[0].unit: It is required, and not of white space only.", "2 quantities[0].value: It is required."],
            (await Refused("?type=claim", columns + $"Gap {u}.,3,second,eq,2,t,,,,,\n")).Order(StringComparer.Ordinal));
        Assert.Contains(
            "2 quantities[2].metric: It is required, and not of white space only.",
            await Refused("?type=claim", $"id,quantities[3].metric,quantities[3].comparator,quantities[3].value,quantities[3].unit\n{id},m,eq,1,t\n"));

        static JsonArray Quantities() =>
        [
            new JsonObject { ["metric"] = "volume", ["comparator"] = "eq", ["value"] = 1, ["unit"] = "USD", ["subject"] = "trade", ["baseline"] = "2022", ["periodFrom"] = "2023" },
            new JsonObject { ["metric"] = "growth", ["comparator"] = "gt", ["value"] = 3, ["unit"] = "%" },
        ];
    }

    [Fact]
    public async Task Parts_of_objects_and_of_items_are_put_back_by_empty_cells_that_are_to_be_null()
    {
        var id = await api.NewClaim(new()
        {
            ["quantities"] = new JsonArray(
                new JsonObject { ["metric"] = "volume", ["comparator"] = "eq", ["value"] = 1, ["unit"] = "USD", ["subject"] = "trade", ["baseline"] = "2022" },
                new JsonObject { ["metric"] = "growth", ["comparator"] = "gt", ["value"] = 3, ["unit"] = "%" }),
        });
        Assert.Equal("0/1/0/0", Files.Counts(await Imported("?type=claim&empty=null", $"id,quantities[0].subject,quantities[0].value\n{id},,2\n")));
        await Has(id, [
            new JsonObject { ["metric"] = "volume", ["comparator"] = "eq", ["value"] = 2, ["unit"] = "USD", ["baseline"] = "2022" },
            new JsonObject { ["metric"] = "growth", ["comparator"] = "gt", ["value"] = 3, ["unit"] = "%" }]);

        // An item of which nothing is left is gone, but not from before another.
        const string second = "id,quantities[1].metric,quantities[1].comparator,quantities[1].value,quantities[1].unit\n";
        Assert.Equal(4, (await Refused("?type=claim&empty=null", $"id,quantities[0].metric,quantities[0].comparator,quantities[0].value,quantities[0].unit,quantities[0].baseline\n{id},,,,,\n")).Length);
        Assert.Equal("0/1/0/0", Files.Counts(await Imported("?type=claim&empty=null", second + $"{id},,,,\n")));
        Assert.Equal("0/0/1/0", Files.Counts(await Imported("?type=claim&empty=null", second + $"{id},,,,\n")));
        await Has(id, [new JsonObject { ["metric"] = "volume", ["comparator"] = "eq", ["value"] = 2, ["unit"] = "USD", ["baseline"] = "2022" }]);

        var link = await api.NewLink(id, await api.NewSource(), fields: new() { ["quote"] = new JsonObject { ["exact"] = "words", ["prefix"] = "before", ["suffix"] = "after" } });
        Assert.Equal("0/1/0/0", Files.Counts(await Imported("?type=corroboration&empty=null", $"id,quote.exact,quote.prefix\n{link},words,\n")));
        var quote = (await api.GetJson($"/api/v1/corroborations/{link}"))["quote"]!;
        Assert.Equal(("words", null, "after"), ((string)quote["exact"]!, (string?)quote["prefix"], (string)quote["suffix"]!));
    }

    [Theory]
    [InlineData("source", "kind,name,citation", "document,x {0},\"{\"\"a\"\":\"\"\\ud800\"\"}\"", "document,y {0},", "citation.a")]
    [InlineData("source", "kind,name,citation", "document,x {0},\"{\"\"a\\udfff\"\":1}\"", "document,y {0},", "citation")]
    [InlineData("review", "claimId,publisherId,textualRating,original", "{1},{2},False,\"{\"\"a\"\":[\"\"\\ud800\\ud800\"\"]}\"", "{1},{2},False,", "original.a[0]")]
    [InlineData("claim", "text,quantities", "x {0},\"[{\"\"metric\"\":\"\"\\udc00\"\"}]\"", "y {0},", "quantities[0].metric")]
    public async Task Half_of_a_surrogate_pair_in_a_cell_is_a_fault_of_its_row(string type, string header, string wrong, string right, string path)
    {
        var u = Requests.Unique();
        var sheet = $"{header}\n{wrong}\n{right}\n".Replace("{0}", u, StringComparison.Ordinal)
            .Replace("{1}", await api.NewClaim(), StringComparison.Ordinal).Replace("{2}", await api.NewSource(), StringComparison.Ordinal);
        string[] faults = [$"2 {path}: It must be well-formed Unicode: half of a surrogate pair stands alone."];
        Assert.Equal(faults, await Refused($"?type={type}", sheet));
        var skipped = await Imported($"?type={type}&onError=skip", sheet);
        Assert.Equal(("1/0/0/1", faults[0]), (Files.Counts(skipped), Files.Faults(skipped)[0]));
    }

    [Fact]
    public async Task Every_faulty_row_is_told_and_nothing_is_written()
    {
        var u = Requests.Unique();
        byte[] file =
        [
            .. Encoding.UTF8.GetBytes($"""
                text,kind,plausible,quantities,externalIds,tags
                Good {u}.,factual,,,{u}:1,{u}
                Cells {u}.,factual
                Number {u}.,no-kind,maybe,[,one,
                "{u}
                of two lines",factual,true,"[{"{"}""metric"":""m""{"}"}]",,
                A "stray" quote {u},factual,,,,

                """),
            .. Encoding.Latin1.GetBytes($"Müll {u},factual,,,,\n"),
            .. Encoding.UTF8.GetBytes($"Twice {u}.,factual,,,{u}:1,\n"),
            .. Encoding.UTF8.GetBytes($"\"Cut off {u}.,factual,,,\n"),
        ];
        var faults = Files.Faults(await StemmaApi.Json(await api.Client.Import("?type=claim", file, Csv), 400));
        Assert.Equal(
            [
                "3 : It has 2 cells where the header has 6.",
                "4 plausible: It must be true or false.",
                "4 quantities: It must be JSON.",
                "4 externalIds: Each must be system:id; several stand with | between them.",
                "5 quantities[0].comparator: It is required, and not of white space only.",
                "5 quantities[0].unit: It is required, and not of white space only.",
                "5 quantities[0].value: It is required.",
                "7 : A quote stands where none may be, or one is not closed: a cell with quotes has quotes around it, and each of its own twice.",
                "8 : It is not UTF-8: see column 1. Spreadsheets save as CSV UTF-8.",
                "9 externalIds: Line 2 is of the same resource.",
                "10 : A quote stands where none may be, or one is not closed: a cell with quotes has quotes around it, and each of its own twice.",
            ],
            faults);
        Assert.Empty((await StemmaApi.Json(await api.Get($"/api/v1/claims?tag={u}"), 200))["items"]!.AsArray());
    }

    [Fact]
    public async Task What_is_no_table_is_refused()
    {
        Assert.Equal(["1 : There is no header: the first line must name the columns."], await Refused("?type=claim", ""));
        Assert.Equal(["1 : The file is UTF-16 or UTF-32. Save it as UTF-8: spreadsheets call that CSV UTF-8."], Files.Faults(await StemmaApi.Json(
            await api.Client.Import("?type=claim", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("text\nx\n")], Csv), 400)));
        Assert.Equal(
            ["1 text: Columns contradict each other: several are this member.", "1 quote: No member of a claim is called so. Say what the column is in mapping (quote:member), or leave it out (quote:)."],
            [.. (await Refused("?type=claim", "text,text,quote\na,b,c\n")).Order(StringComparer.Ordinal).Reverse()]);

        var open = Encoding.UTF8.GetBytes("text\nGood.\n\"" + new string('x', 100_000_000));
        var long_ = await StemmaApi.Json(await api.Client.Import("?type=claim&onError=skip&dryRun=true", open, Csv), 200);
        Assert.Equal(["3 : The row is longer than 1048576 characters, or a quote is not closed. What comes after it is not read."], Files.Faults(long_));
        Assert.Equal("1/0/0/1", Files.Counts(long_));
    }

    [Fact]
    public async Task Sheets_of_other_countries_say_what_stands_between_cells()
    {
        var u = Requests.Unique();
        Assert.Equal("1/0/0/0", Files.Counts(await Imported("?type=claim", $"sep=;\r\ntext;tags\r\n\"One, two, three {u}.\";{u}\r\n;\r\n")));
        Assert.Equal(["4 tags[0]: It must have at most 100 characters."], await Refused("?type=claim", $"sep=;\r\ntext;tags\r\na {u};b\r\nc {u};{new string('x', 101)}\r\n"));
    }

    [Fact]
    public async Task What_goes_out_as_a_table_comes_in_as_unchanged()
    {
        await using var own = await OwnApi.Start("--Samples:Load=true");
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        Assert.Equal("480/0/0/0", Files.Counts(await StemmaApi.Json(await client.Import("", Files.Bytes(RandomFile.Lines(11, 80))), 200)));
        var whole = await client.GetByteArrayAsync("/api/v1/exports", TestContext.Current.CancellationToken);
        foreach (var type in new[] { "source", "claim", "corroboration", "review", "derivation", "claim-relation" })
        {
            using var answer = await client.GetAsync($"/api/v1/exports?type={type}&format=csv", TestContext.Current.CancellationToken);
            Assert.Equal((Csv, "stemma.csv"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
            var table = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            foreach (var empty in new[] { "keep", "null" })
            {
                var report = await StemmaApi.Json(await client.Import($"?type={type}&empty={empty}", table, Csv), 200);
                Assert.Equal((0, 0, 0), ((int)report["created"]!, (int)report["updated"]!, (int)report["failed"]!));
                Assert.True((int)report["unchanged"]! > 10);
            }
        }

        Assert.Equal(whole, await client.GetByteArrayAsync("/api/v1/exports", TestContext.Current.CancellationToken));
        foreach (var wrong in new[] { "?format=csv", "?format=csv&type=claim&type=source", "?format=xlsx" })
        {
            await StemmaApi.Json(await client.GetAsync("/api/v1/exports" + wrong, TestContext.Current.CancellationToken), 400);
        }
    }

    [Fact]
    public async Task Cells_that_look_like_formulas_are_made_harmless_and_come_back_as_they_were()
    {
        var u = Requests.Unique();
        string[] texts = ["=1+1", "+49 30", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠1", "'=1", "'quoted'", "''@"];
        await api.Imported("", [.. texts.Select((t, i) => new JsonObject { ["type"] = "claim", ["text"] = t + u, ["tags"] = new JsonArray(u), ["externalIds"] = new JsonArray(new JsonObject { ["system"] = u, ["id"] = i.ToString() }) }.ToJsonString())]);

        var table = await (await api.Get($"/api/v1/exports?type=claim&tag={u}&format=csv")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.All(table.Split("\r\n")[1..^1], row => Assert.DoesNotContain(row.Split(',')[2].Trim('"')[0], "=+-@\t\r\n＝＋－＠"));
        Assert.Contains(",'=1+1" + u, table, StringComparison.Ordinal);
        Assert.Contains(",''=1" + u, table, StringComparison.Ordinal);
        Assert.Contains(",'quoted'" + u, table, StringComparison.Ordinal);
        Assert.Equal($"0/0/{texts.Length}/0", Files.Counts(await Imported("?type=claim", table)));
    }

    [Fact]
    public async Task A_sheet_made_from_an_older_version_does_not_undo_what_came_after()
    {
        var (u, id) = (Requests.Unique(), await api.NewClaim());
        await Imported("?type=claim", $"id,version,place\n{id},1,First {u}\n");
        Assert.Equal("0/0/1/0", Files.Counts(await Imported("?type=claim", $"id,version,place\n{id},1,First {u}\n")));
        Assert.StartsWith("2 version: ", Assert.Single(await Refused("?type=claim", $"id,version,place\n{id},1,Other {u}\n")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spreadsheet_that_splits_elsewhere_finds_no_formula_and_nothing_is_lost()
    {
        await using var own = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        var random = new Random(5);
        string[] fixedTexts =
        [
            "foo;=HYPERLINK(1)", "a\n=1", "a\r\n+1", "a\r-1", "a\t@SUM(1)", "\n=1", "\rx", "\nx", "\tx", "＝1+1", "a;＋1", "－5", "＠x", "a;'=1", "a;''=1", "'\tx", "a;\"=1\"", "\"=1", "a;'\"'=1", ";;=;=",
        ];
        var texts = fixedTexts.Concat(Enumerable.Range(0, 400).Select(_ => Text())).ToList();
        var rows = texts.Select((text, i) => new JsonObject
        {
            ["type"] = "claim",
            ["text"] = text + "x",
            ["context"] = text + "x",
            ["tags"] = new JsonArray(text + "x", "=" + i),
            ["externalIds"] = new JsonArray(new JsonObject { ["system"] = "=s", ["id"] = text + i }),
            ["quantities"] = new JsonArray(Quantity(text + "x"), Quantity("m")),
        }.ToJsonString());
        Assert.Equal($"{texts.Count}/0/0/0", Files.Counts(await StemmaApi.Json(await client.Import("", Files.Bytes(rows)), 200)));

        var table = await client.GetByteArrayAsync("/api/v1/exports?type=claim&format=csv", TestContext.Current.CancellationToken);
        Assert.Equal($"0/0/{texts.Count}/0", Files.Counts(await StemmaApi.Json(await client.Import("?type=claim", table, Csv), 200)));
        foreach (var split in new[] { "\n", "\r", ";", "\t" }.Select(s => new[] { s, "\n" }))
        {
            Assert.DoesNotContain(Encoding.UTF8.GetString(table).Split(split, StringSplitOptions.None), cell => cell.Trim('"') is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..]);
        }

        string Text() => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => "='\";\t\r\n+-@＝＋－＠, a|\\"[random.Next(19)]));

        static JsonObject Quantity(string metric) => new() { ["metric"] = metric, ["comparator"] = "eq", ["value"] = -1, ["unit"] = "=t;=t" };
    }

    [Fact]
    public async Task Whatever_is_text_of_others_is_made_harmless_in_every_column()
    {
        await using var own = await OwnApi.Start("--Samples:Load=false");
        using var client = new HttpClient { BaseAddress = new Uri(own.Url) };
        const string stamps = """
            "version":1,"createdAt":"2024-01-01T00:00:00Z","createdBy":"=cmd()","updatedAt":"2024-01-01T00:00:00Z","updatedBy":"@cmd()"
            """;
        var row = $$"""{"type":"source","id":"0192f3a0-0000-7000-8000-000000000001",{{stamps}},"kind":"outlet","name":"N","aliases":["=a","b"],"tags":["+t"],"externalIds":[{"system":"=s","id":"1"}]}""";
        await StemmaApi.Json(await client.Import("?mode=restore", Files.Bytes(row, """{"type":"end"}""")), 200);
        var table = await client.GetStringAsync("/api/v1/exports?type=source&format=csv", TestContext.Current.CancellationToken);
        Assert.All(["'=cmd()", "'@cmd()", "'=a|b", "'+t", "'=s:1"], cell => Assert.Contains($",{cell},", table, StringComparison.Ordinal));
        Assert.Equal("0/0/1/0", Files.Counts(await StemmaApi.Json(await client.Import("?type=source", Encoding.UTF8.GetBytes(table), Csv), 200)));
    }

    [Fact]
    public async Task Cells_that_others_would_split_are_quoted()
    {
        var u = Requests.Unique();
        await api.Imported("", new JsonObject { ["type"] = "claim", ["text"] = $"One; two {u}", ["context"] = $"Three\tfour {u}", ["place"] = $"Five {u}", ["tags"] = new JsonArray(u) }.ToJsonString());
        var table = await (await api.Get($"/api/v1/exports?type=claim&tag={u}&format=csv")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($",\"One; two {u}\",", table, StringComparison.Ordinal);
        Assert.Contains($",\"Three\tfour {u}\",", table, StringComparison.Ordinal);
        Assert.Contains($",Five {u},", table, StringComparison.Ordinal);
    }

    private async Task Has(string claim, JsonArray quantities)
    {
        var stored = (await api.GetJson($"/api/v1/claims/{claim}"))["quantities"]!.AsArray();
        Assert.Equal(quantities.Select(Given), stored.Select(Given));

        static string Given(JsonNode? quantity) =>
            string.Join(' ', quantity!.AsObject().Where(m => m.Value is not null).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={m.Value}"));
    }

    private async Task<JsonObject> Imported(string query, string sheet, string type = Csv) =>
        await StemmaApi.Json(await api.Client.Import(query, Encoding.UTF8.GetBytes(sheet), type), 200);

    private async Task<string[]> Refused(string query, string sheet) => Files.Faults(await StemmaApi.Json(await api.Client.Import(query, Encoding.UTF8.GetBytes(sheet), Csv), 400));

    private async Task<JsonObject> One(string path) => (JsonObject)Assert.Single((await StemmaApi.Json(await api.Get(path), 200))["items"]!.AsArray())!;
}
