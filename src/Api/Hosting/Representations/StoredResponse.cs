using System.Text.Json.Serialization;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting.Representations;

// Answers live here, not in the features: each may embed the others, and features do not import one another.

/// <summary>What every stored resource has.</summary>
[JsonDerivedType(typeof(ClaimResponse))]
[JsonDerivedType(typeof(CorroborationResponse))]
[JsonDerivedType(typeof(SourceResponse))]
[JsonDerivedType(typeof(ReviewResponse))]
internal abstract record StoredResponse : IRepresentation
{
    /// <summary>UUID; version 7 where the server made it.</summary>
    [JsonPropertyOrder(-2)]
    public required Guid Id { get; init; }

    /// <summary>From 1, one more with each change of the resource's own fields. The entity tag begins with it.</summary>
    [JsonPropertyOrder(-1)]
    public required int Version { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Who changed it last.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>Its ids in other systems.</summary>
    public required IReadOnlyList<ExternalId> ExternalIds { get; init; }

    /// <summary>Free labels.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    public virtual void AddTo(EntityTag tag) => tag.Add(new Mark(Id, Version, UpdatedAt));
}

/// <summary>Links embedded in a claim or a source: the newest 50.</summary>
internal sealed record EmbeddedCorroborations
{
    /// <summary>The newest links, newest first.</summary>
    public required IReadOnlyList<CorroborationResponse> Items { get; init; }

    /// <summary>Where `GET /corroborations` with `claimId` (or `sourceId`) goes on from here; null where this is all.</summary>
    public required string? NextCursor { get; init; }

    public static void AddTo(EntityTag tag, EmbeddedCorroborations? links)
    {
        if (links is null)
        {
            tag.AddAbsent();
            return;
        }

        tag.Add(links.Items.Count, hasMore: links.NextCursor is not null);
        foreach (var link in links.Items)
        {
            link.AddTo(tag);
        }
    }

    public static EmbeddedCorroborations From(Page<Domain.Corroborations.CorroborationView> page, string filter, Guid owner) => new()
    {
        Items = [.. page.Items.Select(CorroborationResponse.From)],
        NextCursor = page.Next is { } next ? Cursor.Write(next, Listing.Scope(Routes.Corroborations, [(filter, owner.ToString())])) : null,
    };
}

/// <summary>Reviews embedded in a claim: the newest 50.</summary>
internal sealed record EmbeddedReviews
{
    /// <summary>The newest reviews, newest first.</summary>
    public required IReadOnlyList<ReviewResponse> Items { get; init; }

    /// <summary>Where `GET /reviews` with `claimId` goes on from here; null where this is all.</summary>
    public required string? NextCursor { get; init; }

    public static void AddTo(EntityTag tag, EmbeddedReviews? reviews)
    {
        if (reviews is null)
        {
            tag.AddAbsent();
            return;
        }

        tag.Add(reviews.Items.Count, hasMore: reviews.NextCursor is not null);
        foreach (var review in reviews.Items)
        {
            review.AddTo(tag);
        }
    }

    public static EmbeddedReviews From(Page<Domain.Reviews.ReviewView> page, Guid claim) => new()
    {
        Items = [.. page.Items.Select(ReviewResponse.Of)],
        NextCursor = page.Next is { } next ? Cursor.Write(next, Listing.Scope(Routes.Reviews, [("claimId", claim.ToString())])) : null,
    };
}

/// <summary>Where the lists are.</summary>
internal static class Routes
{
    public const string Sources = "/api/v1/sources";
    public const string Claims = "/api/v1/claims";
    public const string Corroborations = "/api/v1/corroborations";
    public const string Derivations = "/api/v1/derivations";
    public const string ClaimRelations = "/api/v1/claim-relations";
    public const string Reviews = "/api/v1/reviews";
    public const string Exports = "/api/v1/exports";
    public const string Imports = "/api/v1/imports";
    public const string Jobs = "/api/v1/jobs";
    public const string Search = "/api/v1/search";
    public const string Contradictions = "/api/v1/contradictions";
    public const string Lineage = "/api/v1/lineage";
}
