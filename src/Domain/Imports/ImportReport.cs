using Stemma.Domain.Resources;

namespace Stemma.Domain.Imports;

/// <summary>What is wrong with one row of an import.</summary>
/// <param name="Line">The line of the file on which it begins, from 1.</param>
/// <param name="Type">What the row is of; null where that is not to be told.</param>
/// <param name="Path">The JSON path at fault; empty for the whole row.</param>
/// <param name="Message">What is wrong there.</param>
public readonly record struct RowFault(int Line, ResourceType? Type, string Path, string Message);

/// <summary>What became of the rows.</summary>
public readonly record struct ImportCounts(long Created, long Updated, long Unchanged, long Failed)
{
    /// <summary>Both together.</summary>
    public static ImportCounts operator +(ImportCounts a, ImportCounts b) =>
        new(a.Created + b.Created, a.Updated + b.Updated, a.Unchanged + b.Unchanged, a.Failed + b.Failed);

    /// <inheritdoc cref="op_Addition"/>
    public static ImportCounts Add(ImportCounts left, ImportCounts right) => left + right;
}

/// <summary>What an import did, or would have done.</summary>
/// <param name="RowsRead">Rows of the file, empty lines left out.</param>
/// <param name="ByType">What became of the rows of each type; of rows whose type is not to be told, nothing stands here.</param>
/// <param name="Failed">Faulty rows in all.</param>
/// <param name="Faults">The first faults, in the order of their lines.</param>
/// <param name="FaultCount">How many faults there are in all.</param>
/// <param name="Written">Whether anything of it stands now: not after a dry run, nor where a faulty row aborted it.</param>
public sealed record ImportReport(
    long RowsRead, IReadOnlyDictionary<ResourceType, ImportCounts> ByType, long Failed, IReadOnlyList<RowFault> Faults, long FaultCount, bool Written)
{
    /// <summary>The most faults that a report tells; all of them are told one a line where that is asked for.</summary>
    public const int MaxFaults = 100;
}

/// <summary>Takes faults one by one, however many there are.</summary>
public interface IFaultSink
{
    /// <summary>Keeps these faults.</summary>
    Task Add(IReadOnlyList<RowFault> faults, CancellationToken cancel);
}

/// <summary>Hears how far an import has come.</summary>
public interface IImportProgress
{
    /// <summary>So many rows were read, and so many of them were found faulty.</summary>
    void Read(long rows, long failed);

    /// <summary>So many resources are written, of so many that will be.</summary>
    void Wrote(long created, long updated, long of);
}
