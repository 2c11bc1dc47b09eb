using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Reconciliation;

/// <summary>What is found by an address, and when that is certain.</summary>
public sealed class AddressTests(StemmaApi api)
{
    [Fact]
    public async Task A_cell_that_is_an_address_means_only_what_has_that_address()
    {
        var w = Spreadsheet.Word();
        var outlet = await api.NewSource(new JsonObject { ["name"] = w, ["kind"] = "outlet", ["url"] = $"https://www.{w}.example/" });

        var article = await api.Candidates($"https://{w}.example/2024/article", null, ("url", $"{w}.example"));
        Assert.Equal([outlet], article.Ids());
        Assert.Null(article.Match());
        Assert.Equal(outlet, (await api.Candidates($"http://www.{w}.example/#top", null, ("url", $"{w}.example"))).Match());
    }

    [Fact]
    public async Task What_shares_an_address_is_told_apart_by_its_kind_before_it_is_counted()
    {
        var address = $"https://{Spreadsheet.Word()}.example/";
        for (var i = 0; i < 11; i++)
        {
            await New("document", address);
        }

        var first = await New("outlet", address);
        var claim = await api.NewClaim(new JsonObject { ["firstAppearanceUrl"] = address });
        Assert.Equal(first, (await Of(address, "outlet")).Match());
        Assert.Equal([claim], (await Of(address, "claim")).Ids());

        // As many as are looked at, and of each sort as many: none is certain.
        var all = await Of(address, null);
        Assert.Equal(11, all.Count);
        Assert.Null(all.Match());
        Assert.Equal(10, (await Of(address, "document")).Count);
        Assert.Equal(10, (await Of(address, "source")).Count);

        var second = await New("outlet", address);
        var outlets = await Of(address, "outlet");
        Assert.Equal([.. new[] { first, second }.Order()], outlets.Ids().Order());
        Assert.Null(outlets.Match());
        Assert.Empty(await Of(address, "person"));

        // Other rows of the batch change nothing.
        var batch = new JsonObject { ["d"] = Row(address, "document"), ["o"] = Row(address, "outlet"), ["p"] = Row(address, "person"), ["a"] = Row(address, null) };
        var together = await api.Reconcile(batch);
        Assert.Equal([10, 2, 0, 11], batch.Select(q => together[q.Key]!["result"]!.AsArray().Count));
    }

    [Fact]
    public async Task The_deleted_do_not_stand_before_the_living()
    {
        var address = $"https://{Spreadsheet.Word()}.example/";
        for (var i = 0; i < 11; i++)
        {
            await api.Delete(Kinds.Sources, await New("outlet", address));
        }

        var living = await New("outlet", address);
        Assert.Equal(living, (await Of(address, "outlet")).Match());
    }

    private Task<string> New(string kind, string url) => api.NewSource(new JsonObject { ["name"] = "One of many", ["kind"] = kind, ["url"] = url });

    private static JsonObject Row(string url, string? type)
    {
        var row = new JsonObject { ["limit"] = 50, ["properties"] = new JsonArray(new JsonObject { ["pid"] = "url", ["v"] = url }) };
        if (type is not null)
        {
            row["type"] = type;
        }

        return row;
    }

    private async Task<JsonArray> Of(string url, string? type) => (await api.Reconcile(new JsonObject { ["q"] = Row(url, type) }))["q"]!["result"]!.AsArray();
}
