using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Domain.History;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Imports;

/// <summary>A file that is to be imported, and how: what its request said, understood.</summary>
/// <param name="Reader">Reads its form.</param>
/// <param name="IsPacked">Whether it is packed with gzip.</param>
/// <param name="Options">How to go about it.</param>
internal sealed record Import(IRowReader Reader, bool IsPacked, ImportOptions Options)
{
    /// <summary>What had to be guessed in reading it.</summary>
    public RowWarnings Warnings { get; } = new();

    public static Result<Import> From(ImportQuery query, IImportFormat format, bool isPacked, ImportLimits limits)
    {
        var read = new QueryReader();
        var reader = query.Open(format, read);
        return read.Result(new Import(reader, isPacked, query.ToOptions(read, limits)));
    }
}

/// <summary>Imports a file that is here whole, whoever waits for it.</summary>
internal sealed class RunImport(IImporter importer, ImportLimits limits)
{
    public async Task<Result<ImportReport>> Run(
        Import import, FileStream file, Actor by, IFaultSink faults, IImportProgress progress, ImportRun? run, CancellationToken cancel)
    {
        try
        {
            await using var rows = Upload.Open(file, import.IsPacked, limits);
            return await importer.Run(import.Reader.Read(rows, import.Warnings, cancel), import.Options, by, faults, progress, run, cancel);
        }
        catch (TooLongException e)
        {
            return new Error.TooLong(e.Message);
        }
        catch (InvalidDataException)
        {
            return new Error.Invalid("", "The body is not gzip, as Content-Encoding says it is, or it is cut off.");
        }
    }
}
