namespace Stemma.Domain.Imports;

/// <summary>How an import is to go about it.</summary>
public sealed record ImportOptions
{
    /// <summary>The most rows of one import, where nothing else is set.</summary>
    public const int DefaultMaxRows = 5_000_000;

    /// <summary>What is done with rows that are there, and with those that are not.</summary>
    public ImportMode Mode { get; init; } = ImportMode.Upsert;

    /// <summary>What happens to the good rows where others are faulty.</summary>
    public FaultHandling OnError { get; init; } = FaultHandling.Abort;

    /// <summary>Do all of it, and then take it back.</summary>
    public bool DryRun { get; init; }

    /// <summary>The most rows that are taken.</summary>
    public int MaxRows { get; init; } = DefaultMaxRows;
}

/// <summary>What is done with rows that are there, and with those that are not.</summary>
public enum ImportMode
{
    /// <summary>What is not there is created; what is there is changed by what its row mentions.</summary>
    Upsert,

    /// <summary>A row whose resource is there is faulty.</summary>
    Create,

    /// <summary>A row whose resource is not there is faulty.</summary>
    Update,

    /// <summary>An export comes back as it was, ids, versions, times and authors included; into an empty database only.</summary>
    Restore,
}

/// <summary>What happens to the good rows where others are faulty.</summary>
public enum FaultHandling
{
    /// <summary>All or nothing.</summary>
    Abort,

    /// <summary>The good rows are written, the faulty ones left out, and with them whatever refers to them.</summary>
    Skip,
}
