using System.Text.RegularExpressions;
using Npgsql;
using Xunit;

namespace Stemma.Api.Tests.Integrity;

/// <summary>
/// Indexes and generated columns hold what these functions gave when their rows were written. So each must give for any text at all, be it nonsense, what
/// the first of its name gave: the same value, or none, or a failure.
/// </summary>
public sealed partial class RowCheckTests(StemmaApi api)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("partial_date_start(d)")]
    [InlineData("partial_date_first(d)")]
    [InlineData("partial_date_last(d)")]
    public async Task A_date_is_what_it_was(string call)
    {
        var random = new Random(1582);
        List<string?> dates =
        [
            null, "", "0", "20", "202", "2024", "0000", "0001", "9999", "-001", "soon", "20245", "2024-0", "2024-1", "2024-00", "2024-02", "2024-12", "2024-13", "0001-01", "9999-12",
            "0000-01", "2024/05", "2024-05-", "2024-05-1", "2024-02-29", "2023-02-29", "1900-02-29", "2024-05-00", "2024-05-32", "0001-01-01", "9999-12-31", "2024-05-16T",
            "2024-05-16T0", "2024-05-16T09", "2024-05-16T09:30", "2024-05-16T09:30Z", "2024-05-16T09:30:5", "2024-05-16T09:30:59", "2024-05-16T09:30:59Z", "2024-05-16T24:00:00Z",
            "2024-05-16T23:59:60Z", "2024-05-16T09:30:59.Z", "2024-05-16T09:30:59.5Z", "2024-05-16T09:30:59.9999995Z", "2024-12-31T23:59:59.999999999Z", "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.9999999Z", "2024-05-16T09:30:00+02:00", " 2024", "2024 ", "٢٠٢٤", "2024-05-16T09:30:59.0000005Z",
        ];
        string[] formats = ["yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.ff'Z'", "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", "yyyy-MM-dd'T'HH:mm:ss.fffffff'95Z'"];
        for (var i = 0; i < 3_000; i++)
        {
            dates.Add(new DateTime(random.NextInt64(DateTime.MaxValue.Ticks)).ToString(formats[i % formats.Length], System.Globalization.CultureInfo.InvariantCulture));
        }

        for (var i = 0; i < 500; i++)
        {
            var broken = dates[^(1 + random.Next(3_000))]!.ToCharArray();
            broken[random.Next(broken.Length)] = "0123456789-:TZ. x"[random.Next(17)];
            dates.Add(new string(broken));
        }

        await GivesTheSame(call, dates);
    }

    [Fact]
    public async Task Lists_of_texts_fit_as_they_did() => await GivesTheSame(
        "texts_fit(d::text[], 3, 5)",
        [null, "{}", "{a}", "{a,b,c}", "{a,b,c,d}", "{NULL}", "{a,NULL}", "{\"\"}", "{\" \"}", "{a,\" \t\"}", "{\u00a0}", "{12345}", "{123456}", "{äöüßé}", "{😀😀😀😀😀}", "{{a,b},{c,d}}", "{{a},{b}}", "[0:1]={a,b}"]);

    [Fact]
    public async Task External_ids_fit_as_they_did() => await GivesTheSame(
        "external_ids_fit(d::jsonb)",
        [
            null, "[]", "{}", "null", "1", "\"a\"", "[1]", "[null]", "[[]]", "[{}]", """[{"system":"a","id":"1"}]""", """[{"system":"a:b","id":"1"}]""", """[{"system":"a","id":"b:1"}]""",
            """[{"system":" ","id":"1"}]""", """[{"system":"a","id":" "}]""", """[{"system":1,"id":"1"}]""", """[{"system":"a","id":1}]""", """[{"system":"a"}]""", """[{"id":"1"}]""",
            """[[{"system":"a","id":"1"}]]""", """[[{"system":"a","id":"1"}],{"system":"a","id":"1"}]""", """[{"system":["a"],"id":"1"}]""", """{"system":"a","id":"1"}""",
            $$"""[{"system":"{{new string('é', 500)}}","id":"1"}]""", $$"""[{"system":"{{new string('é', 501)}}","id":"1"}]""", $$"""[{"system":"a","id":"{{new string('x', 501)}}"}]""",
            "[" + string.Join(',', Enumerable.Repeat("""{"system":"a","id":"1"}""", 100)) + "]", "[" + string.Join(',', Enumerable.Repeat("""{"system":"a","id":"1"}""", 101)) + "]",
        ]);

    [Fact]
    public async Task Quantities_fit_as_they_did() => await GivesTheSame(
        "quantities_fit(d::jsonb)",
        [
            null, "[]", "{}", "null", "1", "[1]", "[null]", "[[]]", "[{}]", .. new[]
            {
                "", """,'value':1""", """,'value':'1'""", """,'value':null""", """,'value':1e40""", """,'value':-1e40""", """,'value':1,'comparator':'between'""", """,'comparator':'between','lower':1,'upper':2""",
                """,'comparator':'between','lower':2,'upper':1""", """,'comparator':'between','lower':-1e40,'upper':1""", """,'comparator':'about','value':1""", """,'comparator':null,'value':1""",
                """,'value':1,'periodFrom':'2024'""", """,'value':1,'periodTo':'2024-05'""", """,'value':1,'periodFrom':'2024','periodTo':'2024-05'""", """,'value':1,'periodFrom':'2025','periodTo':'2024'""",
                """,'value':1,'periodFrom':'soon'""", """,'value':1,'periodTo':'2024-13'""", """,'value':1,'periodFrom':'2024-02-30','periodTo':'2024'""", """,'value':1,'periodFrom':null,'periodTo':null""",
                """,'value':1,'periodFrom':2024""", """,'value':1,'subject':{}""", """,'value':1,'subject':[]""", """,'value':1,'unit':1""", """,'value':1,'metric':null""",
            }.Select(rest => ("[{'metric':'m','unit':'1','comparator':'eq'" + rest + "}]").Replace('\'', '"')),
            """[[{"metric":"m","unit":"1","comparator":"eq","value":1}]]""", """[{"metric":"m","unit":"1","comparator":"eq","value":1},{"metric":"m","unit":"1","comparator":"eq"}]""",
        ]);

    /// <summary>Beside the functions as they stand, those as they first were, in a schema of their own that is gone afterwards.</summary>
    private async Task GivesTheSame(string call, IReadOnlyList<string?> inputs)
    {
        var first = string.Concat(Definition().Matches(Infrastructure.Persistence.Schema.SchemaScript.Read("Integrity.sql")).Select(m => m.Value));
        await using var connection = await api.Database.Source.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            create schema first;
            set local search_path = first, public;
            {first}
            {Outcome("first.before")}
            set local search_path = public;
            {Outcome("first.now")}
            """,
            connection,
            transaction);
        await command.ExecuteNonQueryAsync(Cancellation);

        await using var compare = new NpgsqlCommand($"select i, first.before(i), first.now(i) from unnest($1) i", connection, transaction);
        compare.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. inputs] });
        await using var reader = await compare.ExecuteReaderAsync(Cancellation);
        var kinds = new HashSet<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            Assert.Equal($"{reader[0]}: {reader.GetString(1)}", $"{reader[0]}: {reader.GetString(2)}");
            kinds.Add(reader.GetString(1));
        }

        Assert.True(kinds.Count >= 3, "There is something to tell apart.");

        string Outcome(string name) =>
            $$"""
            create function {{name}}(d text) returns text language plpgsql set search_path from current as $$
            begin
                return coalesce(({{call}})::text, 'none');
            exception when others then
                return 'fails';
            end $$;
            """;
    }

    [GeneratedRegex(@"^create function (partial_date_\w+|is_partial_date|texts_fit|external_ids_fit|quantities_fit)\(.*?;\n\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Definition();
}
