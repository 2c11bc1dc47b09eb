using System.Globalization;
using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Reviews;
using Stemma.Domain.Search;
using Stemma.Domain.Sources;

namespace Stemma.Api.FactCheckTools;

/// <summary>What to search for, as Google's API has it. Its system parameters (`key`, `alt`, `prettyPrint`, `fields`, `quotaUser`, …) are taken too, and passed over.</summary>
internal sealed record FactCheckQuery
{
    /// <summary>The most reviewed claims of a page.</summary>
    public const int MaxPage = 100;

    /// <summary>The furthest that <c>offset</c> reaches.</summary>
    public const int MaxOffset = 1_000;

    private const int DefaultPage = 10;

    private const int MaxAge = 36_500;

    /// <summary>Google's own, which say nothing of what to search for.</summary>
    private static readonly string[] OfGoogle =
        ["$.xgafv", "access_token", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint", "quotaUser", "uploadType", "upload_protocol"];

    private static readonly string[] Own = ["query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays", "pageSize", "pageToken", "offset"];

    /// <summary>Words that the claim, or the titles of its reviews, must have; the language of `q` of `GET /claims`. Required where there is no `reviewPublisherSiteFilter`. 1,000 characters at most.</summary>
    public string? Query { get; init; }

    /// <summary>BCP 47: reviews in this language (of a claim in it, where they do not say theirs), whatever the region: `en-US` finds `en` and `en-GB`. A script counts: `sr-Latn`.</summary>
    [TextFormat(TextFormat.Language)]
    public string? LanguageCode { get; init; }

    /// <summary>The site of the review's publisher: `nytimes.com`.</summary>
    public string? ReviewPublisherSiteFilter { get; init; }

    /// <summary>The claim or the review, whichever is newer, is no older than so many days. 1 to 36,500; 0 for any age.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? MaxAgeDays { get; init; }

    /// <summary>Claims on the page; 10 where none is given, and never more than 100.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? PageSize { get; init; }

    /// <summary>`nextPageToken` of the page before, with the same query and filters.</summary>
    public string? PageToken { get; init; }

    /// <summary>How many claims to pass over, at most 1,000; not with `pageToken`.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? Offset { get; init; }

    public int Skip(QueryReader read) => PageToken is { Length: > 0 } ? 0 : read.Integer(Given(Offset), 0, MaxOffset, nameof(Offset)) ?? 0;

    public ClaimSearchRequest ToRequest(QueryReader read, HttpRequest request, DateTimeOffset now)
    {
        RefuseOthers(read, request.Query);
        if (string.IsNullOrWhiteSpace(Query) && string.IsNullOrWhiteSpace(ReviewPublisherSiteFilter))
        {
            read.Fault<string>(nameof(Query), "is required where there is no reviewPublisherSiteFilter");
        }

        var size = read.Integer(Given(PageSize), 0, int.MaxValue, nameof(PageSize)) is { } asked and > 0 ? Math.Min(asked, MaxPage) : DefaultPage;
        return new()
        {
            Query = SearchQuery.Parse(read.Text(Query, SearchQuery.MaxLength, nameof(Query)) ?? ""),
            Filter = new ClaimFilter { ReviewedAs = Filter(read, now) },
            Include = ClaimIncludes.Claimant,
            Limit = size,
            After = read.After(Given(PageToken), Scope(request), nameof(PageToken)),
        };
    }

    /// <summary>What a page token belongs to.</summary>
    public string Scope(HttpRequest request) => Listing.Scope(
        request.Path.Value ?? "",
        [("query", Query ?? ""), ("languageCode", LanguageCode ?? ""), ("reviewPublisherSiteFilter", ReviewPublisherSiteFilter ?? ""), ("maxAgeDays", MaxAgeDays ?? "")]);

    private ReviewedAs Filter(QueryReader read, DateTimeOffset now)
    {
        var language = Given(LanguageCode)?.Replace('_', '-');
        if (language is not null && !Codes.IsLanguageTag(language))
        {
            read.Fault<string>(nameof(LanguageCode), "must be a BCP 47 language tag (en, pt-BR)");
        }

        var days = read.Integer(Given(MaxAgeDays), 0, MaxAge, nameof(MaxAgeDays)) ?? 0;
        return new()
        {
            Language = language is null ? null : Codes.LanguageAndScript(language).ToLowerInvariant(),
            Sites = Sites(read),
            Since = days == 0 ? null : now.AddDays(-days),
        };
    }

    /// <summary>The site in both of its spellings: with its letters, and in punycode.</summary>
    private IReadOnlyList<string> Sites(QueryReader read)
    {
        if (Given(ReviewPublisherSiteFilter)?.Trim() is not { Length: > 0 } text)
        {
            return [];
        }

        var url = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        if (url.Length > SourceUrl.MaxLength || SourceUrl.Site(url) is not { } site)
        {
            read.Fault<string>(nameof(ReviewPublisherSiteFilter), "must be the name of a site (nytimes.com)");
            return [];
        }

        return [.. new[] { site, Lettered(site) }.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The site itself where its punycode is none.</summary>
    private static string Lettered(string site)
    {
        try
        {
            return new IdnMapping().GetUnicode(site);
        }
        catch (ArgumentException)
        {
            return site;
        }
    }

    private static void RefuseOthers(QueryReader read, IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (!Own.Contains(name, StringComparer.Ordinal) && !OfGoogle.Contains(name, StringComparer.Ordinal))
            {
                read.Fault<string>(name.Length == 0 ? "query" : name, $"'{name}' is no query parameter here; there are {string.Join(", ", Own)}");
            }
            else if (values.Count > 1)
            {
                read.Fault<string>(name, "must be given once");
            }
            else if (values.Any(v => v is not null && v.Contains('\0', StringComparison.Ordinal)))
            {
                read.Fault<string>(name, "must not contain the character NUL");
            }
        }

        if (query["alt"] is [{ Length: > 0 } and not "json"])
        {
            read.Fault<string>("alt", "must be json");
        }

        if (query.ContainsKey("callback"))
        {
            read.Fault<string>("callback", "is not to be had: CORS lets pages read answers");
        }
    }

    /// <summary>A parameter without a value is as good as none.</summary>
    private static string? Given(string? value) => value is { Length: > 0 } ? value : null;
}

/// <summary>Claims that have been reviewed. Members without a value are absent, and so are both where nothing is found.</summary>
internal sealed record FactCheckResponse
{
    /// <summary>The claims, those that match best first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FactCheckedClaim>? Claims { get; init; }

    /// <summary>Where the next page starts: send it as `pageToken`, with the same query and filters. Absent on the last page.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextPageToken { get; init; }
}

/// <summary>A claim, and how it was reviewed.</summary>
internal sealed record FactCheckedClaim
{
    /// <summary>What is claimed.</summary>
    public required string Text { get; init; }

    /// <summary>Who claims it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Claimant { get; init; }

    /// <summary>When it was claimed: RFC 3339; of a date that is known to the day, the month or the year, its first instant.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ClaimDate { get; init; }

    /// <summary>Its reviews that match the filters, at most 50: those stored last, the newest first.</summary>
    public required IReadOnlyList<FactCheckReview> ClaimReview { get; init; }

    public static FactCheckedClaim From(ClaimView view, IEnumerable<ReviewView> reviews) => new()
    {
        Text = view.Claim.Content.Text,
        Claimant = view.Claimant?.Content.Name,
        ClaimDate = view.Claim.Content.ClaimedAt?.First,
        ClaimReview = [.. reviews.Select(r => FactCheckReview.From(r, view.Claim.Content.Language))],
    };
}

/// <summary>A review of a claim.</summary>
internal sealed record FactCheckReview
{
    /// <summary>Whose review it is.</summary>
    public required FactCheckPublisher Publisher { get; init; }

    /// <summary>Where it stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    /// <summary>Its headline.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    /// <summary>When it was published: RFC 3339, as `claimDate`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ReviewDate { get; init; }

    /// <summary>The rating in the publisher's words.</summary>
    public required string TextualRating { get; init; }

    /// <summary>BCP 47; where the review does not say it, its claim's.</summary>
    public required string LanguageCode { get; init; }

    public static FactCheckReview From(ReviewView view, string language)
    {
        var (content, publisher) = (view.Review.Content, view.Publisher?.Content);
        return new()
        {
            Publisher = new() { Name = publisher?.Name, Site = SourceUrl.Site(content.Url) ?? SourceUrl.Site(publisher?.Url) },
            Url = content.Url,
            Title = content.Title,
            ReviewDate = content.ReviewedAt?.First,
            TextualRating = content.TextualRating,
            LanguageCode = content.Language ?? language,
        };
    }
}

/// <summary>Who published a review.</summary>
internal sealed record FactCheckPublisher
{
    /// <summary>Its name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>The host of the review, else of the publisher, without `www.`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Site { get; init; }
}

[JsonSerializable(typeof(FactCheckResponse))]
internal sealed partial class FactCheckJson : JsonSerializerContext;
