using Stemma.Domain.History;
using Stemma.Domain.Kernel;

namespace Stemma.Domain.Imports;

/// <summary>Writes the rows of a file, in one transaction.</summary>
public interface IImporter
{
    /// <summary>
    /// Reads all rows, looks for what is wrong with them, and writes the good ones unless a faulty one forbids it. Importers take turns.
    /// </summary>
    /// <param name="lines">The rows.</param>
    /// <param name="options">How to go about it.</param>
    /// <param name="by">Who imports.</param>
    /// <param name="faults">Takes every fault.</param>
    /// <param name="progress">Hears how far it has come.</param>
    /// <param name="run">The job that this is of, if any: it succeeds in the transaction in which the rows are written, and where it is called off nothing is.</param>
    /// <param name="cancel">Gives up; nothing is written then.</param>
    /// <returns>The report; a conflict where the database is not empty and has to be, or where others wrote meanwhile what stands in the way.</returns>
    Task<Result<ImportReport>> Run(
        IAsyncEnumerable<ImportLine> lines,
        ImportOptions options,
        Actor by,
        IFaultSink faults,
        IImportProgress progress,
        ImportRun? run,
        CancellationToken cancel);
}
