using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Tables;

/// <summary>The cells of a file, row by row, in the memory of one row.</summary>
internal sealed class CsvTable : IDisposable
{
    /// <summary>The most characters of one row: as many as a body of a single write may have bytes.</summary>
    public const int MaxRow = 1_048_576;

    /// <summary>Stands where there were bytes that are not UTF-8; no text has these two characters together.</summary>
    private const string NotUtf8 = "\uFFFD\uFFFF";

    private readonly Stream _file;
    private readonly char? _delimiter;
    private RowBound? _text;
    private CsvParser? _parser;
    private int _skipped;
    private bool _hasStrayQuote;
    private bool _isOver;

    /// <param name="file">The file.</param>
    /// <param name="delimiter">What stands between cells; null where the file shows it.</param>
    public CsvTable(Stream file, char? delimiter) => (_file, _delimiter) = (file, delimiter);

    /// <summary>The line on which the row begins that was read last.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>What is wrong with the row that was read last, as far as it shows without knowing what it is.</summary>
    public Fault? Fault { get; private set; }

    /// <summary>Reads the names of the columns, and finds what stands between them.</summary>
    public async Task<Result<string[]>> Header(CancellationToken cancel)
    {
        var start = new byte[4];
        var read = await _file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancel);
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || (read == 4 && start.Count((byte)0) > 0))
        {
            return new Error.Invalid("", "The file is UTF-16 or UTF-32. Save it as UTF-8: spreadsheets call that CSV UTF-8.");
        }

        var encoding = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(NotUtf8));
        var text = new StreamReader(new Rejoined(start.AsMemory(0, read), _file), encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 65_536);
        var first = await FirstLine(text, cancel);
        var delimiter = _delimiter ?? DelimiterOf(first);
        if (_delimiter is null && first.TrimEnd('\r', '\n', ' ') is ['s', 'e', 'p', '=', var given] && given is ',' or ';' or '\t')
        {
            // As spreadsheets have it that write for another country's.
            (delimiter, first, _skipped) = (given, "", 1);
        }

        _text = new RowBound(first, text, MaxRow);
        _parser = new CsvParser(_text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            IgnoreBlankLines = false,
            BadDataFound = _ => _hasStrayQuote = true,
        });
        var header = await Next(cancel);
        return Fault is { } fault ? new Error.Invalid([fault])
            : header is null || Array.TrueForAll(header, string.IsNullOrWhiteSpace) ? new Error.Invalid("", "There is no header: the first line must name the columns.")
            : header;
    }

    /// <summary>The cells of the next row; null at the end. With a <see cref="Fault"/> they are not to be used.</summary>
    public async Task<string[]?> Next(CancellationToken cancel)
    {
        if (_isOver)
        {
            return null;
        }

        (Fault, _hasStrayQuote) = (null, false);
        Line = _skipped + _parser!.RawRow + 1;
        _text!.Begin();
        try
        {
            cancel.ThrowIfCancellationRequested();
            if (!await _parser.ReadAsync())
            {
                return null;
            }
        }
        catch (RowTooLongException)
        {
            _isOver = true;
            Fault = new("", $"The row is longer than {MaxRow} characters, or a quote is not closed. What comes after it is not read.");
            return [];
        }

        var cells = _parser.Record!;
        if (_hasStrayQuote)
        {
            Fault = new("", "A quote stands where none may be, or one is not closed: a cell with quotes has quotes around it, and each of its own twice.");
        }
        else if (Array.Exists(cells, c => c.Contains(NotUtf8, StringComparison.Ordinal)))
        {
            Fault = new("", $"It is not UTF-8: see column {Array.FindIndex(cells, c => c.Contains(NotUtf8, StringComparison.Ordinal)) + 1}. Spreadsheets save as CSV UTF-8.");
        }

        return cells;
    }

    public void Dispose()
    {
        _parser?.Dispose();
        _text?.Dispose();
    }

    /// <summary>The first line with its end, or as much of it as a row may have.</summary>
    private static async Task<string> FirstLine(StreamReader text, CancellationToken cancel)
    {
        var line = new StringBuilder();
        var one = new char[1];
        while (line.Length < MaxRow && await text.ReadAsync(one, cancel) == 1)
        {
            line.Append(one[0]);
            if (one[0] == '\n')
            {
                break;
            }
        }

        return line.ToString();
    }

    /// <summary>Whichever of them there are most of outside of quotes.</summary>
    private static char DelimiterOf(string header)
    {
        var (commas, semicolons, tabs, isQuoted) = (0, 0, 0, false);
        foreach (var c in header)
        {
            isQuoted ^= c == '"';
            commas += !isQuoted && c == ',' ? 1 : 0;
            semicolons += !isQuoted && c == ';' ? 1 : 0;
            tabs += !isQuoted && c == '\t' ? 1 : 0;
        }

        return tabs > Math.Max(commas, semicolons) ? '\t' : semicolons > commas ? ';' : ',';
    }
}
