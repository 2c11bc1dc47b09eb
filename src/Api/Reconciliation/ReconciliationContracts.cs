using System.Text.Json.Serialization;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Domain.Reconciliation;

namespace Stemma.Api.Reconciliation;

/// <summary>What the service offers, and where.</summary>
internal sealed record ServiceManifestResponse
{
    /// <summary>The versions of the specification that it keeps to.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>What ids of entities begin with, as URIs: `urn:uuid:`, wherever the server is.</summary>
    public required string IdentifierSpace { get; init; }

    /// <summary>Names the types and properties, wherever the server is.</summary>
    public required string SchemaSpace { get; init; }

    /// <summary>The types that a column may be of.</summary>
    public required IReadOnlyList<EntityTypeResponse> DefaultTypes { get; init; }

    /// <summary>Where it is described.</summary>
    public required string Documentation { get; init; }

    /// <summary>The most queries of one batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>A page for each entity.</summary>
    public required ViewResponse View { get; init; }

    /// <summary>A small page for each entity, to be shown in a frame.</summary>
    public required PreviewResponse Preview { get; init; }

    /// <summary>What completes what is typed.</summary>
    public required SuggestServicesResponse Suggest { get; init; }

    /// <summary>What fills columns from entities.</summary>
    public required ExtendServiceResponse Extend { get; init; }
}

/// <summary>Where an entity's page is.</summary>
internal sealed record ViewResponse
{
    /// <summary>Its address, with `{{id}}` in the place of the id.</summary>
    [TextFormat(TextFormat.Template)]
    public required string Url { get; init; }
}

/// <summary>Where an entity's small page is.</summary>
internal sealed record PreviewResponse
{
    /// <summary>Its address, with `{{id}}` in the place of the id.</summary>
    [TextFormat(TextFormat.Template)]
    public required string Url { get; init; }

    /// <summary>Pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels.</summary>
    public required int Height { get; init; }
}

/// <summary>What completes what is typed.</summary>
internal sealed record SuggestServicesResponse
{
    /// <summary>Sources and claims.</summary>
    public required SuggestServiceResponse Entity { get; init; }

    /// <summary>Types.</summary>
    public required SuggestServiceResponse Type { get; init; }

    /// <summary>Properties.</summary>
    public required SuggestServiceResponse Property { get; init; }
}

/// <summary>One that completes, and what it shows of each.</summary>
internal sealed record SuggestServiceResponse
{
    /// <summary>What the paths are behind.</summary>
    [JsonPropertyName("service_url")]
    public required string ServiceUrl { get; init; }

    /// <summary>Where it is.</summary>
    [JsonPropertyName("service_path")]
    public required string ServicePath { get; init; }

    /// <summary>Where a few lines on each are, with `${id}` in the place of the id.</summary>
    [JsonPropertyName("flyout_service_path")]
    public required string FlyoutServicePath { get; init; }
}

/// <summary>What fills columns from entities.</summary>
internal sealed record ExtendServiceResponse
{
    /// <summary>Where properties are proposed.</summary>
    [JsonPropertyName("propose_properties")]
    public required ServiceAddressResponse ProposeProperties { get; init; }

    /// <summary>Settings of properties: there are none.</summary>
    [JsonPropertyName("property_settings")]
    public required IReadOnlyList<string> PropertySettings { get; init; }
}

/// <summary>Where something is.</summary>
internal sealed record ServiceAddressResponse
{
    /// <summary>What the path is behind.</summary>
    [JsonPropertyName("service_url")]
    public required string ServiceUrl { get; init; }

    /// <summary>Where it is.</summary>
    [JsonPropertyName("service_path")]
    public required string ServicePath { get; init; }
}

/// <summary>A type of entities.</summary>
internal sealed record EntityTypeResponse
{
    /// <summary>`source`, one of its kinds, or `claim`.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it is a part of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EntityTypeResponse>? Broader { get; init; }

    public static EntityTypeResponse From(EntityType type) => new() { Id = type.Id, Name = type.Name };

    /// <summary>With what it is a part of.</summary>
    public static EntityTypeResponse WithBroader(EntityType type) => From(type) with { Broader = type.Broader is { } broader ? [From(broader)] : null };
}

/// <summary>What a row may mean.</summary>
internal sealed record CandidatesResponse
{
    /// <summary>The best first; a match before all others.</summary>
    public required IReadOnlyList<CandidateResponse> Result { get; init; }

    public static CandidatesResponse From(IReadOnlyList<Candidate> candidates) => new() { Result = [.. candidates.Select(CandidateResponse.From)] };
}

/// <summary>An entity that a row may mean.</summary>
internal sealed record CandidateResponse
{
    /// <summary>The source's or claim's id.</summary>
    public required string Id { get; init; }

    /// <summary>The source's name, the claim's text.</summary>
    public required string Name { get; init; }

    /// <summary>What tells it from its namesakes.</summary>
    public required string Description { get; init; }

    /// <summary>What it is, the most exact first.</summary>
    public required IReadOnlyList<EntityTypeResponse> Type { get; init; }

    /// <summary>From 0 to 100.</summary>
    public required double Score { get; init; }

    /// <summary>Whether it is meant beyond reasonable doubt: it alone has the id or address that is asked for, or it alone of this name has all that is asked.</summary>
    public required bool Match { get; init; }

    /// <summary>What the score is made of: `likeness`, `sameName`, `sameId`, `sameAddress`, and whether each property that is asked for agrees, where that is known.</summary>
    public required IReadOnlyList<FeatureResponse> Features { get; init; }

    public static CandidateResponse From(Candidate candidate) => new()
    {
        Id = candidate.Entity.Id.ToString(),
        Name = candidate.Entity.Name,
        Description = EntityText.Describe(candidate.Entity),
        Type = [.. candidate.Entity.Types.Select(EntityTypeResponse.From)],
        Score = candidate.Score,
        Match = candidate.IsMatch,
        Features = [.. candidate.Features.Select(f => new FeatureResponse { Id = f.Id, Value = new FeatureValue(f.Number, f.Flag) })],
    };
}

/// <summary>Something that speaks for a candidate, or against it.</summary>
internal sealed record FeatureResponse
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>A number from 0 to 100, or whether it is so.</summary>
    public required FeatureValue Value { get; init; }
}

/// <summary>What completes what is typed, or describes it.</summary>
internal sealed record SuggestedResponse
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required string Description { get; init; }

    /// <summary>Of an entity, the ids of its types.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Notable { get; init; }

    public static SuggestedResponse From(Entity entity) => new()
    {
        Id = entity.Id.ToString(),
        Name = entity.Name,
        Description = EntityText.Describe(entity),
        Notable = [.. entity.Types.Select(t => t.Id)],
    };

    public static SuggestedResponse From(EntityType type) => new() { Id = type.Id, Name = type.Name, Description = EntityText.Describe(type) };

    public static SuggestedResponse From(EntityProperty property) => new() { Id = property.Id, Name = property.Name, Description = property.Description };
}

/// <summary>What may be meant by what is typed.</summary>
internal sealed record SuggestedItemsResponse
{
    /// <summary>The best first.</summary>
    public required IReadOnlyList<SuggestedResponse> Result { get; init; }
}

/// <summary>A few lines on something.</summary>
internal sealed record FlyoutResponse
{
    /// <summary>What they are on.</summary>
    public required string Id { get; init; }

    /// <summary>HTML without scripts; all that is stored is escaped.</summary>
    public required string Html { get; init; }
}

/// <summary>Values of properties for many entities.</summary>
internal sealed record ExtensionResponse
{
    /// <summary>The properties, in the order in which they were asked for.</summary>
    public required IReadOnlyList<ExtensionColumnResponse> Meta { get; init; }

    /// <summary>By entity's id and property's id, the values; none for an entity that is not there.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<ExtensionValueResponse>>> Rows { get; init; }
}

/// <summary>A property of which values are told.</summary>
internal sealed record ExtensionColumnResponse
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Of what type its values are, where they are entities.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntityTypeResponse? Type { get; init; }
}

/// <summary>One value: text, a number, an instant, or an entity.</summary>
internal sealed record ExtensionValueResponse
{
    /// <summary>The entity's id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>The entity's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>Text; partial dates are text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Str { get; init; }

    /// <summary>A whole number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Int { get; init; }

    /// <summary>An instant in UTC.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Date { get; init; }

    public static ExtensionValueResponse From(EntityValue value) => new()
    {
        Id = value.Source?.Id.Value.ToString(),
        Name = value.Source?.Content.Name,
        Str = value.Text,
        Int = value.Number,
        Date = value.Instant,
    };
}

/// <summary>Properties that columns may be filled with.</summary>
internal sealed record ProposedPropertiesResponse
{
    /// <summary>The most useful first.</summary>
    public required IReadOnlyList<ExtensionColumnResponse> Properties { get; init; }

    /// <summary>Of what type they are, as it was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>The most of them, as it was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Limit { get; init; }
}

/// <summary>What is asked of the service.</summary>
internal sealed record ServiceQuery
{
    /// <summary>A batch of at most 50 queries: a JSON object of queries by names of the client's own. Each has `query` or `properties`, and may have `type`, `limit` and `type_strict`.</summary>
    public string? Queries { get; init; }

    /// <summary>A data extension: a JSON object with at most 500 `ids`, and `properties`.</summary>
    public string? Extend { get; init; }
}

/// <summary>What is typed.</summary>
internal sealed record SuggestedQuery
{
    /// <summary>What is typed so far.</summary>
    public string? Prefix { get; init; }

    /// <summary>How many suggestions to skip.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? Cursor { get; init; }
}

/// <summary>What is to be shown.</summary>
internal sealed record ShownQuery
{
    /// <summary>Its id.</summary>
    public string? Id { get; init; }
}

/// <summary>Which properties are to be proposed.</summary>
internal sealed record ProposalQuery
{
    public const int MaxLimit = 100;

    /// <summary>The type that they are to be of; those of all types where none is given.</summary>
    [Choices("source", "outlet", "document", "person", "organization", "government", "dataset", "account", "anonymous", "claim")]
    public string? Type { get; init; }

    /// <summary>How many at most.</summary>
    [TextFormat(TextFormat.Integer)]
    [Limit(MaxLimit, MaxLimit)]
    public string? Limit { get; init; }
}

[JsonSerializable(typeof(ServiceManifestResponse))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, CandidatesResponse>))]
[JsonSerializable(typeof(ExtensionResponse))]
[JsonSerializable(typeof(SuggestedItemsResponse))]
[JsonSerializable(typeof(FlyoutResponse))]
[JsonSerializable(typeof(ProposedPropertiesResponse))]
internal sealed partial class ReconciliationJson : JsonSerializerContext;
