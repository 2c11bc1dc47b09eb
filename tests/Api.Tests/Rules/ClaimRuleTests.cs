using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Rules;

public sealed class ClaimRuleTests(StemmaApi api)
{
    [Theory]
    [InlineData("""{"metric":"m","unit":"1"}""", "comparator", "value")]
    [InlineData("""{"comparator":"eq","value":1}""", "metric", "unit")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"Eq","value":1}""", "comparator")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"","value":1}""", "comparator")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"eq"}""", "value")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"eq","value":1,"lower":1}""", "lower")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"gt","value":1,"upper":1}""", "upper")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"between"}""", "lower", "upper")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"between","lower":1}""", "upper")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"between","lower":2,"upper":1}""", "upper")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"between","lower":-1,"upper":-1.0000000001}""", "upper")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"between","lower":1,"upper":2,"value":1}""", "value")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"eq","value":1,"periodFrom":"2024","periodTo":"2023"}""", "periodTo")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"eq","value":1,"periodFrom":"then","periodTo":"now"}""", "periodFrom", "periodTo")]
    public async Task A_figure_that_says_nothing_is_refused(string quantity, params string[] members)
    {
        var good = JsonNode.Parse("""{"metric":"m","unit":"1","comparator":"eq","value":1}""");
        var body = new JsonObject { ["text"] = "x", ["quantities"] = new JsonArray(good, JsonNode.Parse(quantity)) };

        await api.Post(Kinds.Claims, body).Refused([.. members.Select(m => $"quantities[1].{m}")]);
    }

    [Theory]
    [InlineData("""{"metric":"m","unit":"%","comparator":"approx","value":-0.5}""")]
    [InlineData("""{"metric":"m","unit":"USD","comparator":"gte","value":9999999999999999999999999999}""")]
    [InlineData("""{"metric":"m","unit":"g","comparator":"lt","value":0.0000000000000000000000000001}""")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"lte","value":0}""")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"between","lower":1,"upper":1}""")]
    [InlineData("""{"metric":"m","unit":"1","comparator":"between","lower":-2.5,"upper":1e3,"periodFrom":"2024-05","periodTo":"2024-05-16"}""")]
    public async Task A_figure_is_kept(string quantity)
    {
        var stored = await api.Create(Kinds.Claims, new() { ["quantities"] = new JsonArray(JsonNode.Parse(quantity)) });
        var found = (await api.GetJson(Kinds.Path(Kinds.Claims, stored.Id())))["quantities"]![0]!.AsObject();

        foreach (var (name, value) in JsonNode.Parse(quantity)!.AsObject())
        {
            Assert.True(
                value!.GetValueKind() == System.Text.Json.JsonValueKind.Number
                    ? value.GetValue<decimal>() == found[name]!.GetValue<decimal>()
                    : JsonNode.DeepEquals(value, found[name]),
                $"{name}: {found[name]}");
        }

        Assert.Equal(1, (await StemmaApi.Json(await api.Put(Kinds.Claims, stored.Id(), stored), 200)).Version());
    }

    [Theory]
    [InlineData("1e29")]
    [InlineData("-1e400")]
    [InlineData("1e-40")]
    [InlineData("1e-99999999999")]
    [InlineData("1.5e-28")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("0.12345678901234567890123456789012345")]
    public async Task A_number_that_would_lose_digits_is_refused(string number)
    {
        var body = $$"""{"text":"x","quantities":[{"metric":"m","unit":"1","comparator":"eq","value":{{number}}}]}""";

        await api.Send(HttpMethod.Post, "/api/v1/claims", body).Refused("quantities[0].value");
    }

    [Theory]
    [InlineData("2024", "2024", true)]
    [InlineData("2024-06", "2024", true)]
    [InlineData("2024", "2024-01", true)]
    [InlineData("2024-12-31T23:59:59.999999Z", "2024", true)]
    [InlineData("2024-01-01", "2024-01-01T00:00:00Z", true)]
    [InlineData("2024-01-01T00:00:00.000001Z", "2024-01-01T00:00:00Z", false)]
    [InlineData("2024-02", "2024-01-31", false)]
    [InlineData("2025", "2024", false)]
    [InlineData("9999", "0001", false)]
    public async Task An_event_begins_before_it_ends(string from, string to, bool fits)
    {
        var body = new JsonObject { ["text"] = "x", ["eventFrom"] = from, ["eventTo"] = to };
        if (fits)
        {
            await StemmaApi.Json(await api.Post(Kinds.Claims, body), 201);
            return;
        }

        await api.Post(Kinds.Claims, body).Refused("eventTo");
        var claim = await api.NewClaim(new() { ["eventFrom"] = from });
        await api.Patch(Kinds.Claims, claim, $$"""{"eventTo":"{{to}}"}""").Refused("eventTo");
    }

    [Theory]
    [InlineData("kind", "fact")]
    [InlineData("status", "Open")]
    [InlineData("language", "")]
    [InlineData("language", "de_DE")]
    [InlineData("claimantId", "1")]
    [InlineData("claimantId", "{01a20bb5-0eb8-7d9b-b515-506894e7f2af}")]
    public async Task A_value_that_is_none_is_refused(string name, string value) =>
        await api.Post(Kinds.Claims, new JsonObject { ["text"] = "x" }.With(name, value)).Refused(name);

    [Fact]
    public async Task Counts_follow_the_links_and_cannot_be_written()
    {
        var (claim, source) = (await api.NewClaim(), await api.NewSource());
        string Counts(JsonObject row) => string.Join(' ', row["corroborationCounts"]!.AsObject().Select(c => c.Value!.ToString()));
        foreach (var stance in new[] { "supports", "contradicts", "reports", "denies", "mentions" })
        {
            await api.NewLink(claim, source, stance);
        }

        var link = await api.NewLink(claim, await api.NewSource());
        var stored = await api.GetJson("/api/v1/claims/" + claim);
        Assert.Equal("2 1 1 1 1", Counts(stored));
        Assert.Equal("2 1 1 1 1", Counts((await api.GetJson($"/api/v1/claims?sourceId={source}"))["items"]![0]!.AsObject()));

        stored["corroborationCounts"]!["supports"] = 99;
        Assert.Equal("2 1 1 1 1", Counts(await StemmaApi.Json(await api.Put(Kinds.Claims, claim, stored), 200)));

        await api.Patch(Kinds.Corroborations, link, """{"stance":"mentions"}""");
        Assert.Equal("1 1 1 1 2", Counts(await api.GetJson("/api/v1/claims/" + claim)));
        await api.Delete(Kinds.Corroborations, link);
        Assert.Equal("1 1 1 1 1", Counts(await api.GetJson("/api/v1/claims/" + claim)));
        await api.Restore(Kinds.Corroborations, link);
        Assert.Equal("1 1 1 1 2", Counts(await api.GetJson("/api/v1/claims/" + claim)));
    }
}
