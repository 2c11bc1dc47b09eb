namespace Stemma.Domain.Imports;

/// <summary>What of a resource that is there a row leaves as it is, for others may have mended it since.</summary>
public sealed record Restraint
{
    /// <summary>All of it: the row is for a resource that is not there yet.</summary>
    public static readonly Restraint Everything = new();

    /// <summary>All of it, where this member is as the row has it; null: all of it always.</summary>
    public string? Unless { get; init; }

    /// <summary>These members, even where the rest is changed.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];
}
