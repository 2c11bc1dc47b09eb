using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Rules;

public sealed class ReviewRuleTests(StemmaApi api)
{
    private const string Reviews = Kinds.Reviews;

    [Theory]
    [InlineData("true")]
    [InlineData("mostly-true")]
    [InlineData("mixed")]
    [InlineData("mostly-false")]
    [InlineData("false")]
    [InlineData("unproven")]
    [InlineData("other")]
    public async Task A_review_finds_one_of_these(string verdict) =>
        Assert.Equal(verdict, (string)(await api.Create(Reviews, new() { ["verdict"] = verdict }))["verdict"]!);

    [Fact]
    public async Task What_nobody_has_placed_is_other_and_a_publishers_scale_is_kept_as_it_is()
    {
        var review = await api.Create(Reviews, new() { ["ratingValue"] = 0, ["bestRating"] = 1, ["worstRating"] = 6 });

        Assert.Equal(("other", 0, 1, 6), ((string)review["verdict"]!, (int)review["ratingValue"]!, (int)review["bestRating"]!, (int)review["worstRating"]!));
    }

    [Theory]
    [InlineData("claimId")]
    [InlineData("publisherId")]
    [InlineData("textualRating")]
    public async Task It_says_of_which_claim_whose_it_is_and_how_it_rates(string member)
    {
        var body = await api.NewBody(Reviews);
        body.Remove(member);
        await api.Post(Reviews, body).Refused(member);
    }

    [Fact]
    public async Task The_same_review_again_names_the_first()
    {
        var (body, address) = (await api.NewBody(Reviews), Requests.Unique());
        string At(string how) => how.Replace("*", address, StringComparison.Ordinal);
        var first = await New(body.With("url", At("https://example.org/*?b=1&a=2")));
        var without = await New(body);
        var elsewhere = await New(body.With("url", At("https://example.org/*/2")));

        await api.Post(Reviews, body.With("url", At("http://www.example.org/*/?a=2&b=1&utm_source=x#top")).With("textualRating", "Other")).Conflicts((Reviews, first));
        await api.Put(Reviews, Guid.NewGuid().ToString(), body.With("title", "x")).Conflicts((Reviews, without));
        await api.Patch(Reviews, elsewhere, new JsonObject { ["url"] = At("https://example.org/*?a=2&b=1") }.ToJsonString()).Conflicts((Reviews, first));
        await api.Patch(Reviews, elsewhere, """{"url":null}""").Conflicts((Reviews, without));

        await New(body.With("url", At("https://example.org/*?b=1&a=2")).With("publisherId", await api.NewSource()));
        await New(body.With("url", At("https://example.org/*?b=1&a=2")).With("claimId", await api.NewClaim()));
    }

    [Fact]
    public async Task A_deleted_one_is_in_nobodys_way_until_it_is_restored()
    {
        var body = await api.NewBody(Reviews);
        var first = await New(body);
        await api.Delete(Reviews, first);
        var second = await New(body);

        await api.Restore(Reviews, first).Conflicts((Reviews, second));
        await api.Delete(Reviews, second);
        await StemmaApi.Json(await api.Restore(Reviews, first), 200);
    }

    [Fact]
    public async Task A_claim_and_a_source_with_a_living_review_stay()
    {
        var review = await api.Create(Reviews);
        var (claim, publisher) = ((string)review["claimId"]!, (string)review["publisherId"]!);

        await api.Delete(Kinds.Claims, claim).Conflicts((Reviews, review.Id()));
        await api.Delete(Kinds.Sources, publisher).Conflicts((Reviews, review.Id()));
        await api.Delete(Reviews, review.Id());
        Assert.Equal(204, (int)(await api.Delete(Kinds.Claims, claim)).StatusCode);
        await api.Restore(Reviews, review.Id()).Conflicts((Kinds.Claims, claim));
    }

    private async Task<string> New(JsonObject body) => (await StemmaApi.Json(await api.Post(Reviews, body), 201)).Id();
}
