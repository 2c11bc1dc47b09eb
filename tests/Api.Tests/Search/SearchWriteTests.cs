using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace Stemma.Api.Tests.Search;

/// <summary>Whoever writes, by whatever way, is followed at once, waits for nobody, and is never half followed.</summary>
public sealed class SearchWriteTests
{
    private const string Insert = """
        insert into claims (id, version, created_at, created_by, updated_at, updated_by, external_ids, tags, url_keys, text, language, kind, status, appearance_urls, quantities)
        select gen_random_uuid(), 1, now(), 'local', now(), 'local', '[]', '{shared}', '{}', 'newly coined zyxword ' || i, 'en', 'factual', 'open', '{}', '[]'
        from generate_series(1, $1) i
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_open_transaction_holds_up_nobody_and_is_seen_when_it_ends(bool commits)
    {
        await using var api = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(api.Url), Timeout = TimeSpan.FromSeconds(20) };
        await using var connection = await api.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Execute(connection, Insert, 3);

        // The same new words and tags as another, who has not committed yet; and the folder passes by.
        (await client.PostAsync("/api/v1/claims", JsonContent.Create(new JsonObject { ["text"] = "newly coined zyxword 1", ["tags"] = new JsonArray("shared") }), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        Assert.True(await api.Database.FoldSearch(1, TestContext.Current.CancellationToken));
        Assert.Equal(1, await Found(client, "zyxword"));

        await (commits ? transaction.CommitAsync(TestContext.Current.CancellationToken) : transaction.RollbackAsync(TestContext.Current.CancellationToken));
        Assert.Equal(commits ? 4 : 1, await Found(client, "zyxword"));
        Assert.Equal(commits, await api.Database.FoldSearch(1, TestContext.Current.CancellationToken));
        Assert.Equal(commits ? 4 : 1, await Found(client, "zyxword"));
    }

    [Fact]
    public async Task What_scripts_write_by_hand_is_followed()
    {
        await using var api = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(api.Url) };
        await using var connection = await api.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await Execute(connection, Insert, 50);
        Assert.Equal(50, await Found(client, "zyxword"));
        await api.Database.FoldSearch(1, TestContext.Current.CancellationToken);

        await Execute(connection, "update claims set text = 'otherwise', version = version + 1 where text ~ ' [1-9]$' and $1 > 0", 1);
        Assert.Equal(41, await Found(client, "zyxword"));
        Assert.Equal(9, await Found(client, "otherwise"));

        // Twice in one transaction.
        await Execute(connection, "begin; update claims set kind = 'opinion', version = version + 1 where text = 'otherwise'; update claims set text = 'again', version = version + 1 where text = 'otherwise'; commit");
        Assert.Equal(0, await Found(client, "otherwise"));
        Assert.Equal(9, await Found(client, "again kind:opinion"));

        await Execute(connection, "delete from claims where text = 'again' and $1 > 0", 1);
        Assert.Equal(0, await Found(client, "again"));
        await api.Database.FoldSearch(1, TestContext.Current.CancellationToken);
        Assert.Equal(41, await Found(client, "coined"));
        Assert.Equal(41L, await Scalar(connection, "select count(*) from search_documents"));
    }

    [Fact]
    public async Task Many_small_segments_become_few()
    {
        await using var api = await OwnApi.Start();
        using var client = new HttpClient { BaseAddress = new Uri(api.Url) };
        await using var connection = await api.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        for (var i = 1; i <= 20; i++)
        {
            await Execute(connection, Insert, 2);
            await Execute(connection, "update claims set status = 'draft', version = version + 1 where status = 'open' and text ~ ' 2$' and $1 > 0", 1);
            Assert.True(await api.Database.FoldSearch(1, TestContext.Current.CancellationToken));
            Assert.Equal(2 * i, await Found(client, "zyxword"));
            Assert.Equal(i, await Found(client, "\"zyxword 2\" status:draft"));
        }

        Assert.InRange((long)(await Scalar(connection, "select count(*) from search_segments"))!, 1, 9);
        Assert.Equal(0L, await Scalar(connection, "select count(*) from search_postings where segment not in (select segment from search_segments)"));
    }

    private static async Task<int> Found(HttpClient client, string query)
    {
        var answer = await client.GetAsync($"/api/v1/search?types=claim&include=total&q={Uri.EscapeDataString(query)}", TestContext.Current.CancellationToken);
        return (int)(await StemmaApi.Json(answer, 200))["total"]!["value"]!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, int? number = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (number is { } given)
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = given });
        }

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
