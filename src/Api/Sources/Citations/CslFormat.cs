using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;
using Stemma.Domain.Reconciliation;
using Stemma.Domain.Sources;

namespace Stemma.Api.Sources.Citations;

/// <summary>
/// CSL-JSON as Zotero and other citation managers write it: an array of items, or one. Each becomes a source of the kind document, with the item as its citation.
/// </summary>
internal sealed class CslFormat(IEntities stored) : IImportFormat, IRowReader
{
    /// <summary>The longest file, in bytes: it is held in memory, for an array has no lines to be read one by one.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>Items whose sources are looked up together.</summary>
    private const int Together = 500;

    public IReadOnlyList<string> MediaTypes { get; } = [CslItem.MediaType];

    public IReadOnlyList<string> Parameters => [];

    public IRowReader Open(IReadOnlyDictionary<string, string> parameters, QueryReader read) => this;

    public async IAsyncEnumerable<ImportLine> Read(Stream file, RowWarnings warnings, [EnumeratorCancellation] CancellationToken cancel)
    {
        var bytes = await WholeFile.Read(file, MaxBytes, cancel);
        if (!Utf8.IsValid(bytes.Span))
        {
            yield return new(1, default, new Fault("", "The file is not UTF-8."));
            yield break;
        }

        var items = new ItemCutter(bytes);
        while (items.Next(Together) is { Count: > 0 } cut)
        {
            var sources = await Sources(cut, cancel);
            foreach (var item in cut)
            {
                yield return item.Fault is { } fault ? new(item.Line, default, fault) : CslRow.Of(item, sources.GetValueOrDefault(item.Source ?? default), warnings);
            }
        }
    }

    /// <summary>Those of this database that items went out of.</summary>
    private async Task<Dictionary<Guid, Source>> Sources(IReadOnlyList<CutItem> items, CancellationToken cancel)
    {
        var ids = items.Select(i => i.Source).OfType<Guid>().Distinct().ToList();
        var found = ids.Count == 0 ? [] : (await stored.Load(ids, cancel)).Values;
        return found.OfType<SourceEntity>().ToDictionary(e => e.Id, e => e.View.Source);
    }

    /// <summary>Cuts a file into its items, one by one.</summary>
    private sealed class ItemCutter(ReadOnlyMemory<byte> file)
    {
        /// <summary>That of the array, and that of a row whose citation an item is.</summary>
        private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth });
        private int _at;
        private int _line = 1;
        private int _counted;
        private bool _isDone;

        /// <summary>The next items, so many at most; none at the end.</summary>
        public List<CutItem> Next(int most)
        {
            var items = new List<CutItem>();
            while (items.Count < most && Next() is { } item)
            {
                items.Add(item);
            }

            return items;
        }

        /// <summary>The next item, or what is wrong where it should be; null at the end.</summary>
        private CutItem? Next()
        {
            if (_isDone)
            {
                return null;
            }

            try
            {
                return Cut();
            }
            catch (JsonException e)
            {
                _isDone = true;
                var line = (int)(e.LineNumber ?? 0) + 1;
                return new(line, default, new Fault("", e.Message.Contains("depth", StringComparison.Ordinal)
                    ? $"It is nested deeper than {StrictJson.MaxDepth} levels."
                    : string.Create(CultureInfo.InvariantCulture, $"The file is not JSON: see line {line}, byte {e.BytePositionInLine + 1}.")));
            }
        }

        private CutItem? Cut()
        {
            var reader = new Utf8JsonReader(file.Span[_at..], isFinalBlock: true, _state);
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartArray when reader.CurrentDepth == 0:
                    case JsonTokenType.EndArray when reader.CurrentDepth == 0:
                        continue;
                    case JsonTokenType.StartObject:
                        var start = _at + (int)reader.TokenStartIndex;
                        reader.Skip();
                        return new(LineAt(start), file[start..Advance(ref reader)]);
                    default:
                        var wrong = _at + (int)reader.TokenStartIndex;
                        reader.Skip();
                        Advance(ref reader);
                        return new(LineAt(wrong), default, new Fault("", "It must be a CSL-JSON item, a JSON object."));
                }
            }

            _isDone = true;
            return null;
        }

        private int Advance(ref Utf8JsonReader reader)
        {
            (_state, _at) = (reader.CurrentState, _at + (int)reader.BytesConsumed);
            return _at;
        }

        private int LineAt(int place)
        {
            _line += file.Span[_counted..place].Count((byte)'\n');
            _counted = place;
            return _line;
        }
    }
}

/// <summary>One item of a file, or what is wrong where one should be.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Json">The item.</param>
/// <param name="Fault">Why there is none.</param>
internal sealed record CutItem(int Line, ReadOnlyMemory<byte> Json, Fault? Fault = null)
{
    /// <summary>What it went out of, if it is of this database.</summary>
    public Guid? Source { get; } = Fault is null ? CslItem.SourceOf(Json.Span) : null;
}
