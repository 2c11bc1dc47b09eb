using Stemma.Domain.Kernel;

namespace Stemma.Domain.Resources;

/// <summary>The part of a resource that a client writes. Immutable and compared by value.</summary>
public abstract record ResourceContent
{
    public const int MaxTags = 100;
    public const int MaxTagLength = 100;

    /// <summary>The longest list of anything but tags.</summary>
    public const int MaxItems = 100;

    /// <summary>The longest free text, in Unicode code points.</summary>
    public const int MaxFreeText = 10_000;

    /// <summary>The longest name or label, in Unicode code points.</summary>
    public const int MaxName = 500;

    public ValueList<ExternalId> ExternalIds { get; init; } = [];

    public ValueList<string> Tags { get; init; } = [];

    /// <summary>Every reference to another resource, with the JSON path at which it stands.</summary>
    public abstract IEnumerable<Reference> References();

    /// <summary>Every address by which the resource can be found: none, unless it says otherwise.</summary>
    public virtual IEnumerable<string?> Urls() => [];
}

/// <summary>The resource's id in another system: <c>wikidata</c>, <c>Q7747</c>. Unique per resource type among the living.</summary>
/// <param name="System">Holds no colon, so that <c>system:id</c> has one reading.</param>
/// <param name="Id">The id there, as given.</param>
public sealed record ExternalId(string System, string Id)
{
    public const int MaxLength = 500;

    public override string ToString() => $"{System}:{Id}";
}
