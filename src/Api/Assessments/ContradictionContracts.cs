using System.Buffers.Binary;
using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Assessments;

/// <summary>Which contradictions.</summary>
internal sealed record ContradictionListQuery
{
    private const int PlaceLength = 1 + 16 + 2 + 16 + 2;

    /// <summary>A claim on either side.</summary>
    [TextFormat(TextFormat.Uuid)]
    public string[]? ClaimId { get; init; }

    /// <summary>The metric of which the figures are, without regard to case. Only contradictions of figures have one.</summary>
    public string[]? Metric { get; init; }

    /// <summary>How it is known.</summary>
    [Values(typeof(ContradictionReason))]
    public string[]? Reason { get; init; }

    /// <summary>In what the two differ. Only declared contradictions say so.</summary>
    [Values(typeof(ScopeDifference))]
    public string[]? ScopeDifference { get; init; }

    /// <summary>What to embed: `claims`, both claims whole.</summary>
    [Choices("claims")]
    public string[]? Include { get; init; }

    /// <summary>Pairs on the page, 1 to 500; 50 where none is given.</summary>
    [TextFormat(TextFormat.Integer)]
    public string? Limit { get; init; }

    /// <summary>`nextCursor` of the page before.</summary>
    public string? Cursor { get; init; }

    public ContradictionFilter ToFilter(QueryReader read) => new()
    {
        ClaimIds = [.. read.Ids(ClaimId).Select(id => new ClaimId(id))],
        Metrics = read.Texts(Metric),
        Reasons = read.Enums<ContradictionReason>(Reason),
        ScopeDifferences = read.Enums<ScopeDifference>(ScopeDifference),
    };

    public bool WithClaims(QueryReader read) => read.Flags(Include, Names) == ContradictionIncludes.Claims;

    public (int Limit, ContradictionPosition? After) ToPage(QueryReader read, HttpRequest request) =>
        (read.Integer(Limit, 1, Page.MaxLimit) ?? Page.DefaultLimit, After(read, request));

    public static string? ToCursor(ContradictionPosition? next, HttpRequest request)
    {
        if (next is null)
        {
            return null;
        }

        var place = new byte[PlaceLength];
        place[0] = (byte)next.Reason;
        next.Id.TryWriteBytes(place.AsSpan(1));
        BinaryPrimitives.WriteInt16BigEndian(place.AsSpan(17), next.Place);
        next.OtherId.TryWriteBytes(place.AsSpan(19));
        BinaryPrimitives.WriteInt16BigEndian(place.AsSpan(35), next.OtherPlace);
        return Hosting.Cursor.Write(place.AsSpan(), Listing.ScopeOf(request));
    }

    private static readonly Dictionary<string, ContradictionIncludes> Names = new(StringComparer.Ordinal) { ["claims"] = ContradictionIncludes.Claims };

    private ContradictionPosition? After(QueryReader read, HttpRequest request) => Cursor is null ? null
        : Hosting.Cursor.Read(Cursor, Listing.ScopeOf(request)) is { Length: PlaceLength } place && place[0] <= (byte)ContradictionReason.Quantities
            ? new(
                (ContradictionReason)place[0],
                new Guid(place.AsSpan(1, 16)),
                BinaryPrimitives.ReadInt16BigEndian(place.AsSpan(17)),
                new Guid(place.AsSpan(19, 16)),
                BinaryPrimitives.ReadInt16BigEndian(place.AsSpan(35)))
            : read.Fault<ContradictionPosition>(nameof(Cursor), "is not a cursor of this list: the filters must be those it was given with");
}

[Flags]
internal enum ContradictionIncludes
{
    None = 0,
    Claims = 1,
}

/// <summary>Two claims that cannot both be true.</summary>
internal sealed record ContradictionResponse
{
    /// <summary>How it is known.</summary>
    public required ContradictionReason Reason { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Explanation { get; init; }

    /// <summary>Of `declared`: the claim relation; else null.</summary>
    public required DeclaredContradictionResponse? Relation { get; init; }

    /// <summary>The two claims, that of the lesser id first, each with the evidence for it.</summary>
    public required IReadOnlyList<ContradictingClaimResponse> Claims { get; init; }

    public static ContradictionResponse From(Contradiction contradiction, bool withClaims) => new()
    {
        Reason = contradiction.Reason,
        Explanation = contradiction.Explanation,
        Relation = contradiction.Relation is { } relation ? new(relation.Id.Value, relation.Content.ScopeDifference, relation.Content.Note) : null,
        Claims = [.. new[] { contradiction.One, contradiction.Other }.Select(side => ContradictingClaimResponse.From(side, withClaims))],
    };
}

/// <summary>The claim relation that declares a contradiction.</summary>
/// <param name="Id">Which.</param>
/// <param name="ScopeDifference">In what the two differ.</param>
/// <param name="Note">The analyst's note.</param>
internal sealed record DeclaredContradictionResponse(Guid Id, ScopeDifference ScopeDifference, string? Note);

/// <summary>One of two claims that cannot both be true.</summary>
internal sealed record ContradictingClaimResponse
{
    /// <summary>The claim.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>How many links of each stance it has.</summary>
    public required CorroborationCounts CorroborationCounts { get; init; }

    /// <summary>How well it is corroborated, by independent origins.</summary>
    public required AssessmentSummaryContract Assessment { get; init; }

    /// <summary>Of `quantities`: the place of the figure among the claim's `quantities`, from 0; else null.</summary>
    public required int? QuantityIndex { get; init; }

    /// <summary>Of `quantities`: the figure; else null.</summary>
    public required QuantityContract? Quantity { get; init; }

    /// <summary>With `include=claims`.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClaimResponse? Claim { get; init; }

    public static ContradictingClaimResponse From(ContradictionSide side, bool withClaim) => new()
    {
        Id = side.Claim.Claim.Id.Value,
        Text = side.Claim.Claim.Content.Text,
        CorroborationCounts = side.Claim.Counts,
        Assessment = new(side.Claim.Assessment),
        QuantityIndex = side.Place,
        Quantity = side.Quantity is { } quantity ? QuantityContract.From(quantity) : null,
        Claim = withClaim ? ClaimResponse.From(side.Claim) : null,
    };
}

[JsonSerializable(typeof(PageResponse<ContradictionResponse>))]
internal sealed partial class ContradictionJson : JsonSerializerContext;
