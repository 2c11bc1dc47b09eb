using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Stemma.Domain.Claims;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Sources;

namespace Stemma.Api.Hosting.Representations;

/// <summary>A review as schema.org's <c>ClaimReview</c>, with all that it needs of the resources it refers to.</summary>
/// <param name="Review">The review.</param>
/// <param name="Claim">What is reviewed.</param>
/// <param name="Publisher">Whose review it is.</param>
/// <param name="Claimant">Who asserts the claim.</param>
internal sealed record ClaimReviewDocument(Review Review, Claim Claim, Source Publisher, Source? Claimant) : IRepresentation
{
    public const string MediaType = "application/ld+json";

    public const string Context = "https://schema.org";

    /// <summary>Who wrote the document: by it an import knows that it is no publisher's own.</summary>
    public const string Writer = "Stemma";

    /// <summary>The system of the ids by which an import knows what it has brought.</summary>
    public const string Ids = "claimreview";

    /// <summary>That of publishers which are known by their site.</summary>
    public const string SiteIds = "site";

    public Guid Id => Review.Id.Value;

    public int Version => Review.Version;

    public void AddTo(EntityTag tag)
    {
        foreach (var part in new Resource?[] { Review, Claim, Publisher, Claimant })
        {
            if (part is null)
            {
                tag.AddAbsent();
            }
            else
            {
                tag.Add(new Mark(part.Ref.Id, part.Version, part.UpdatedAt));
            }
        }
    }

    /// <summary>Whether ids of the system are those by which an import knows things.</summary>
    public static bool IsPublished(string system) => system is Ids or SiteIds;

    /// <summary>Writes it; members without a value are left out.</summary>
    public void WriteTo(Utf8JsonWriter json, bool withContext)
    {
        var content = Review.Content;
        json.WriteStartObject();
        if (withContext)
        {
            json.WriteString("@context"u8, Context);
        }

        json.WriteString("@type"u8, "ClaimReview"u8);
        WriteIdentifier(json, content);
        Write(json, "url", content.Url);
        Write(json, "name", content.Title);
        Write(json, "inLanguage", content.Language);
        Write(json, "datePublished", content.ReviewedAt?.ToString());
        json.WriteString("claimReviewed"u8, Claim.Content.Text);
        json.WritePropertyName("author"u8);
        WriteSource(json, Publisher);
        WriteRating(json);
        WriteClaim(json);
        json.WritePropertyName("sdPublisher"u8);
        json.WriteStartObject();
        json.WriteString("@type"u8, "Organization"u8);
        json.WriteString("name"u8, Writer);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteRating(Utf8JsonWriter json)
    {
        var content = Review.Content;
        json.WritePropertyName("reviewRating"u8);
        json.WriteStartObject();
        json.WriteString("@type"u8, "Rating"u8);
        Write(json, "ratingValue", content.RatingValue);
        Write(json, "bestRating", content.BestRating);
        Write(json, "worstRating", content.WorstRating);
        json.WriteString("alternateName"u8, content.TextualRating);
        Write(json, "ratingExplanation", content.RatingExplanation);
        json.WriteEndObject();
    }

    private void WriteClaim(Utf8JsonWriter json)
    {
        var content = Claim.Content;
        json.WritePropertyName("itemReviewed"u8);
        json.WriteStartObject();
        json.WriteString("@type"u8, "Claim"u8);
        WriteIdentifier(json, content);
        Write(json, "inLanguage", content.Language);
        if (Claimant is { } claimant)
        {
            json.WritePropertyName("author"u8);
            WriteSource(json, claimant);
        }

        Write(json, "datePublished", content.ClaimedAt?.ToString());
        if (content.FirstAppearanceUrl is { } first)
        {
            json.WritePropertyName("firstAppearance"u8);
            WriteWork(json, first);
        }

        if (content.AppearanceUrls.Count > 0)
        {
            json.WriteStartArray("appearance"u8);
            foreach (var url in content.AppearanceUrls)
            {
                WriteWork(json, url);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>A person, or else an organization: there is no third.</summary>
    private static void WriteSource(Utf8JsonWriter json, Source source)
    {
        json.WriteStartObject();
        json.WriteString("@type"u8, source.Content.Kind == SourceKind.Person ? "Person"u8 : "Organization"u8);
        WriteIdentifier(json, source.Content);
        json.WriteString("name"u8, source.Content.Name);
        Write(json, "url", source.Content.Url);
        json.WriteEndObject();
    }

    /// <summary>By it what has been mended since comes in again as what it is.</summary>
    private static void WriteIdentifier(Utf8JsonWriter json, ResourceContent content) =>
        Write(json, "identifier", content.ExternalIds.FirstOrDefault(id => IsPublished(id.System)) is { } id ? $"{id.System}:{id.Id}" : null);

    private static void WriteWork(Utf8JsonWriter json, string url)
    {
        json.WriteStartObject();
        json.WriteString("@type"u8, "CreativeWork"u8);
        json.WriteString("url"u8, url);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}

/// <summary>A review as JSON-LD, with its <c>ETag</c>; 304 where the client has it already.</summary>
internal sealed class LinkedData(ClaimReviewDocument document) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var etag = EntityTag.Of(document);
        if (httpContext.Request.Headers.IfNoneMatch.MatchesAny(etag))
        {
            return new Unchanged(etag).ExecuteAsync(httpContext);
        }

        var buffer = new ArrayBufferWriter<byte>(2_048);
        var encoder = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions.Encoder;
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = encoder }))
        {
            document.WriteTo(json, withContext: true);
        }

        var response = httpContext.Response;
        response.Headers[HeaderNames.ETag] = etag;
        response.ContentType = ClaimReviewDocument.MediaType;
        response.ContentLength = buffer.WrittenCount;
        return response.BodyWriter.WriteAsync(buffer.WrittenMemory, httpContext.RequestAborted).AsTask();
    }
}
