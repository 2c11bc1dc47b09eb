using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Corroborations;

public readonly record struct CorroborationId(Guid Value);

/// <summary>A source's bearing on whether a claim's text is true; never on whether it was said.</summary>
public sealed class Corroboration : Resource<CorroborationContent>
{
    private Corroboration()
    {
    }

    /// <summary>As it is stored.</summary>
    public Corroboration(CorroborationId id, Stamp stamp, CorroborationContent content)
        : base(stamp, content) => Id = id;

    public CorroborationId Id { get; private set; }

    public override ResourceRef Ref => new(ResourceType.Corroboration, Id.Value);

    public static Corroboration Create(CorroborationId id, CorroborationContent content, Actor by, DateTimeOffset now)
    {
        var corroboration = new Corroboration { Id = id };
        corroboration.Create(content, by, now);
        return corroboration;
    }
}

/// <summary>
/// What a client writes of a corroboration. Of one source and one stance there is one living link to a claim, unless the exact quotes differ.
/// </summary>
public sealed record CorroborationContent : ResourceContent
{
    /// <summary>Admiralty code 6: truth cannot be judged.</summary>
    public const int DefaultCredibility = 6;

    public required ClaimId ClaimId { get; init; }

    public required SourceId SourceId { get; init; }

    public required Stance Stance { get; init; }

    /// <summary>Not first-hand where <see cref="AttributedToIds"/> names anyone.</summary>
    public Directness Directness { get; init; } = Directness.Unknown;

    /// <summary>Whom the source names as where it has this from: the immediate predecessors only, never itself.</summary>
    public ValueList<SourceId> AttributedToIds { get; init; } = [];

    /// <summary>"As cited in": where the recorder read it, if not in the source itself.</summary>
    public SourceId? CitedInId { get; init; }

    /// <summary>In the source's words: "according to…".</summary>
    public string? Attribution { get; init; }

    /// <summary>A denial that is attributed to nobody is by a party to the matter.</summary>
    public Interest Interest { get; init; } = Interest.Unknown;

    public Quote? Quote { get; init; }

    /// <summary>Page, time code, paragraph.</summary>
    public string? Locator { get; init; }

    public string? Url { get; init; }

    public string? ArchiveUrl { get; init; }

    public PartialDate? PublishedAt { get; init; }

    public DateTimeOffset? AccessedAt { get; init; }

    /// <summary>Credibility of this item on the NATO Admiralty code, 1 (confirmed) to 6 (cannot be judged), as the analyst graded it.</summary>
    public int Credibility { get; init; } = DefaultCredibility;

    public string? Note { get; init; }

    /// <summary>A denial attributed to nobody: whoever makes it is a party.</summary>
    public static bool IsByParty(Stance stance, int attributedTo) => stance == Stance.Denies && attributedTo == 0;

    public override IEnumerable<string?> Urls() => [Url, ArchiveUrl];

    public override IEnumerable<Reference> References()
    {
        yield return new("claimId", ResourceType.Claim, ClaimId.Value);
        yield return new("sourceId", ResourceType.Source, SourceId.Value);
        for (var i = 0; i < AttributedToIds.Count; i++)
        {
            yield return new($"attributedToIds[{i}]", ResourceType.Source, AttributedToIds[i].Value);
        }

        if (CitedInId is { } citedIn)
        {
            yield return new("citedInId", ResourceType.Source, citedIn.Value);
        }
    }
}

/// <summary>What a source does with a claim. <see cref="Reports"/> relays without vouching; <see cref="Denies"/> is a party's denial.</summary>
public enum Stance
{
    Supports,
    Contradicts,
    Reports,
    Denies,
    Mentions,
}

/// <summary>Whether the source saw, measured, decided or did it itself, or was told.</summary>
public enum Directness
{
    FirstHand,
    Relayed,
    Unknown,
}

/// <summary>The source's interest in the matter; <see cref="Adverse"/>: it speaks against its own interest.</summary>
public enum Interest
{
    Party,
    Adverse,
    Neutral,
    Unknown,
}

/// <summary>W3C Web Annotation <c>TextQuoteSelector</c>: the words, and what stands before and after them.</summary>
public sealed record Quote(string Exact, string? Prefix, string? Suffix);
