using Stemma.Domain.Assessments;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Domain.Imports;

/// <summary>One row of a file: one JSON object in UTF-8, and the line on which it begins; or what is wrong with it.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Json">The object; empty where <paramref name="Fault"/> says why there is none.</param>
/// <param name="Fault">Why the row cannot be read at all.</param>
public readonly record struct ImportLine(int Line, ReadOnlyMemory<byte> Json, Fault? Fault = null)
{
    /// <summary>What else is wrong with it, where <see cref="Fault"/> says what is.</summary>
    public IReadOnlyList<Fault>? More { get; init; }

    /// <summary>What it is of, where it cannot be read and that is known all the same.</summary>
    public ResourceType? Type { get; init; }

    /// <summary>Whether it is no row, but the line that an export ends with.</summary>
    public bool IsEnd { get; init; }

    /// <summary>What of a resource that is there it leaves as it is; null for nothing of what it mentions.</summary>
    public Restraint? Restraint { get; init; }

    /// <summary>Lists of objects that it does not replace: each of its items changes the one in the same place, and those behind its last stay.</summary>
    public IReadOnlyList<string> Itemwise { get; init; } = [];

    /// <summary>Of a source: addresses of its home page, by which an outlet or an organization is known where none has its external ids; the first counts most.</summary>
    public IReadOnlyList<string> Homes { get; init; } = [];
}

/// <summary>A reference in a row: by id, or by an id in another system.</summary>
/// <param name="Path">The JSON path at which it stands.</param>
/// <param name="Type">What it must point at.</param>
/// <param name="Id">The id, where it is given so.</param>
/// <param name="Key">The id in another system, where it is given so.</param>
public readonly record struct RowReference(string Path, ResourceType Type, Guid? Id, ExternalId? Key);

/// <summary>What can be told of a row before its resource is known.</summary>
/// <param name="Kind">What it is of.</param>
/// <param name="Line">Where it stands.</param>
public abstract record ImportRow(IImportKind Kind, int Line)
{
    /// <summary>The id, where it has one.</summary>
    public Guid? Id { get; init; }

    /// <summary>The version that it was made from, where it says so.</summary>
    public int? Version { get; init; }

    /// <summary>Its ids in other systems.</summary>
    public IReadOnlyList<ExternalId> Keys { get; init; } = [];

    /// <summary>Whether it says that its resource is deleted.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>What it refers to.</summary>
    public IReadOnlyList<RowReference> References { get; init; } = [];

    /// <inheritdoc cref="ImportLine.Restraint"/>
    public Restraint? Restraint { get; init; }

    /// <inheritdoc cref="ImportLine.Itemwise"/>
    public IReadOnlyList<string> Itemwise { get; init; } = [];

    /// <inheritdoc cref="ImportLine.Homes"/>
    public IReadOnlyList<string> Homes { get; init; } = [];
}

/// <summary>
/// Reads rows of one kind by the very rules of single writes. It knows the contracts; whoever imports knows the database.
/// </summary>
public interface IImportKind
{
    /// <summary>What its rows are of.</summary>
    ResourceType Type { get; }

    /// <summary>The content that the row leaves: its own, or, where the resource is there, that changed by what the row mentions.</summary>
    /// <param name="row">A row of this kind.</param>
    /// <param name="stored">What is there; null where nothing is.</param>
    /// <param name="resolved">The ids that <see cref="ImportRow.References"/> stand for, in their order.</param>
    Result<ResourceContent> Read(ImportRow row, ResourceContent? stored, IReadOnlyList<Guid> resolved);

    /// <summary>Version, times and authors as an export told them.</summary>
    Result<Stamp> ReadStamp(ImportRow row);

    /// <summary>What an analyst graded a claim, as an export told it; null where nobody did.</summary>
    Result<CredibilityOverride?> ReadGrade(ImportRow row);
}

/// <summary>Tells what a line is of.</summary>
public interface IImportKinds
{
    /// <summary>The row that stands in this line, or what is wrong with it, and of which type it is as far as that can be told.</summary>
    /// <param name="line">The line.</param>
    /// <param name="row">The row; null where there are faults.</param>
    /// <param name="type">Its type, where it has one.</param>
    IReadOnlyList<Fault> Scan(ImportLine line, out ImportRow? row, out ResourceType? type);
}
