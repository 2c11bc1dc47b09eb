using Stemma.Domain.Imports;

namespace Stemma.Api.Hosting.Exchange;

/// <summary>A form in which files come in. Each turns what it reads into rows: JSON objects as a line of NDJSON has them.</summary>
internal interface IImportFormat
{
    /// <summary>By which <c>Content-Type</c> it is known.</summary>
    IReadOnlyList<string> MediaTypes { get; }

    /// <summary>The query parameters of <c>POST /imports</c> that are for this form, among those that not every form takes.</summary>
    IReadOnlyList<string> Parameters { get; }

    /// <summary>Makes ready to read a file as its parameters say.</summary>
    /// <param name="parameters">Those of <see cref="Parameters"/> that are given.</param>
    /// <param name="read">Gathers what is wrong with them.</param>
    IRowReader Open(IReadOnlyDictionary<string, string> parameters, QueryReader read);
}

/// <summary>Reads one file.</summary>
internal interface IRowReader
{
    /// <summary>The rows, one by one and in the memory of a few; what cannot be read is a row with a fault.</summary>
    /// <param name="file">The file, unpacked.</param>
    /// <param name="warnings">Takes what had to be guessed.</param>
    /// <param name="cancel">Gives up.</param>
    IAsyncEnumerable<ImportLine> Read(Stream file, RowWarnings warnings, CancellationToken cancel);
}

/// <summary>What was guessed in reading a file: all of it is counted, and the first of it kept.</summary>
internal sealed class RowWarnings
{
    /// <summary>The most that are kept.</summary>
    public const int Most = ImportReport.MaxFaults;

    private readonly List<RowFault> _first = [];

    /// <summary>In the order of their lines.</summary>
    public IReadOnlyList<RowFault> First => _first;

    public long Count { get; private set; }

    /// <param name="line">The line on which what it is about begins.</param>
    /// <param name="path">The path in the file as it came.</param>
    /// <param name="message">What was guessed, and from what.</param>
    public void Add(int line, string path, string message)
    {
        Count++;
        if (_first.Count < Most)
        {
            _first.Add(new(line, null, path, message));
        }
    }
}
