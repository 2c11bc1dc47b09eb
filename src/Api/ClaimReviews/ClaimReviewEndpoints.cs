using Stemma.Api.Hosting.Exchange;

namespace Stemma.Api.ClaimReviews;

/// <summary>schema.org `ClaimReview`: published fact-checks as their pages carry them.</summary>
internal static class ClaimReviewEndpoints
{
    public static void AddClaimReviews(this IServiceCollection services) => services
        .AddSingleton<IImportFormat>(new ClaimReviewFormat(ClaimReviewFormat.JsonLd))
        .AddSingleton<IImportFormat>(new ClaimReviewFormat(ClaimReviewFormat.Html))
        .AddSingleton<IExportFormat, ClaimReviewExport>();
}
