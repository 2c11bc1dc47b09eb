using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Exports;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;

namespace Stemma.Api.ClaimReviews;

/// <summary>Writes reviews as one document of JSON-LD, page by page; what a page of them refers to is looked up at once.</summary>
internal sealed class ClaimReviewExport : IExportFormat
{
    private const int Block = 65_536;
    private const int PageSize = 500;

    public string Name => "claimreview";

    public string MediaType => ClaimReviewFormat.JsonLd;

    public string Extension => ".jsonld";

    public IReadOnlyList<ResourceType> Types { get; } = [ResourceType.Review];

    public IReadOnlyList<ResourceType> LookedUp { get; } = [ResourceType.Claim, ResourceType.Source];

    public async Task Write(IExport export, PipeWriter to, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("@context"u8, ClaimReviewDocument.Context);
        json.WriteStartArray("@graph"u8);
        await foreach (var page in export.ReadPages(PageSize, cancel))
        {
            // What is deleted is no review that stands; nothing it refers to need be there.
            var reviews = page.OfType<Review>().Where(r => !r.IsDeleted).ToList();
            var claims = await Find<Claim>(export, ResourceType.Claim, reviews.Select(r => r.Content.ClaimId.Value), cancel);
            var sources = await Find<Source>(
                export,
                ResourceType.Source,
                reviews.Select(r => r.Content.PublisherId.Value).Concat(claims.Values.Select(c => c.Content.ClaimantId?.Value).OfType<Guid>()),
                cancel);
            foreach (var review in reviews)
            {
                var claim = claims[review.Content.ClaimId.Value];
                var claimant = claim.Content.ClaimantId is { } id ? sources[id.Value] : null;
                new ClaimReviewDocument(review, claim, sources[review.Content.PublisherId.Value], claimant).WriteTo(json, withContext: false);
                if (json.BytesPending + to.UnflushedBytes >= Block)
                {
                    await json.FlushAsync(cancel);
                    await to.FlushAsync(cancel);
                }
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancel);
        await to.FlushAsync(cancel);
    }

    private static async Task<Dictionary<Guid, T>> Find<T>(IExport export, ResourceType type, IEnumerable<Guid> ids, CancellationToken cancel)
        where T : Resource => (await export.Find(type, [.. ids.Distinct()], cancel)).ToDictionary(r => r.Key, r => (T)r.Value);
}
