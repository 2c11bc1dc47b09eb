using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Sources.Citations;

/// <summary>What a CSL-JSON item says, as a row for a source.</summary>
internal sealed class CslRow
{
    /// <summary>An analyst may have said since that it is no document, but a data set.</summary>
    private static readonly Restraint AsKept = new() { Members = ["kind"] };

    private static readonly string[] BeforeDois = ["https://", "http://", "dx.", "doi.org/", "doi:"];

    private readonly JsonElement _item;
    private readonly int _line;
    private readonly RowWarnings _warnings;

    /// <summary>The source that the item went out of, as it goes out now.</summary>
    private readonly (Guid Id, JsonElement Item)? _known;

    private CslRow(JsonElement item, int line, (Guid Id, JsonElement Item)? known, RowWarnings warnings) =>
        (_item, _line, _known, _warnings) = (item, line, known, warnings);

    /// <param name="item">The item.</param>
    /// <param name="from">The source of this database that it went out of, if it did.</param>
    /// <param name="warnings">Takes what is guessed.</param>
    public static ImportLine Of(CutItem item, Source? from, RowWarnings warnings)
    {
        var (line, json) = (item.Line, item.Json);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth, AllowDuplicateProperties = false });
            return new(line, new CslRow(document.RootElement, line, from is null ? null : (from.Id.Value, ItemOf(from)), warnings).Row(json)) { Restraint = AsKept };
        }
        catch (JsonException e)
        {
            return new(line, default, new Fault("", e.Message.StartsWith("Duplicate", StringComparison.Ordinal) ? "A member is given twice." : "It is not JSON."));
        }
        catch (InvalidOperationException)
        {
            return new(line, default, new Fault("", "It must be well-formed Unicode: half of a surrogate pair stands alone."));
        }
    }

    private ReadOnlyMemory<byte> Row(ReadOnlyMemory<byte> item)
    {
        var written = new ArrayBufferWriter<byte>(item.Length + 512);
        using var row = new Utf8JsonWriter(written, OtherForm.Writing);
        row.WriteStartObject();
        row.WriteString("type"u8, "source"u8);
        if (_known is { } known)
        {
            row.WriteString("id"u8, known.Id);
        }

        if (_known is null || !JsonElement.DeepEquals(_item, _known.Value.Item))
        {
            WriteMembers(row);
            row.WritePropertyName("citation"u8);
            row.WriteRawValue(item.Span, skipInputValidation: true);
        }

        row.WriteEndObject();
        row.Flush();
        return written.WrittenMemory;
    }

    private void WriteMembers(Utf8JsonWriter row)
    {
        row.WriteString("kind"u8, "document"u8);
        Write(row, "name", IsAsOut("title") ? null : Name());
        Write(row, "url", IsAsOut("URL") ? null : Url());
        Write(row, "publishedAt", IsAsOut("issued") ? null : Published());
        Write(row, "accessedAt", IsAsOut("accessed") ? null : Accessed());
        Write(row, "language", IsAsOut("language") ? null : Language());
        if (Ids() is not { Count: > 0 } ids)
        {
            return;
        }

        row.WriteStartArray("externalIds"u8);
        foreach (var (system, id) in ids)
        {
            row.WriteStartObject();
            row.WriteString("system"u8, system);
            row.WriteString("id"u8, id);
            row.WriteEndObject();
        }

        row.WriteEndArray();
    }

    /// <summary>Whether the member came back as it went out: what was read from it then, or stands there more exactly, stays.</summary>
    private bool IsAsOut(string member) =>
        _known is { } known && known.Item.TryGetProperty(member, out var was) && _item.TryGetProperty(member, out var now) && JsonElement.DeepEquals(was, now);

    private static JsonElement ItemOf(Source source)
    {
        var written = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(written, OtherForm.Writing))
        {
            CslItem.Write(json, source);
        }

        using var item = JsonDocument.Parse(written.WrittenMemory);
        return item.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter row, string name, string? text)
    {
        if (text is not null)
        {
            row.WriteString(name, text);
        }
    }

    private string? Name()
    {
        var name = Text("title") ?? Guess("title", Text("container-title") ?? Text("URL") ?? Text("DOI"), "There is no title; it is named");
        if (name is null || name.EnumerateRunes().Count() <= ResourceContent.MaxName)
        {
            return name;
        }

        var cut = string.Concat(name.EnumerateRunes().Take(ResourceContent.MaxName - 1)) + "…";
        Warn("title", "It is longer than a name may be; the name is its beginning.");
        return cut;
    }

    private string? Url() =>
        Text("URL") is not { } url ? null
        : SourceUrl.IsValid(url) && url.EnumerateRunes().Count() <= SourceUrl.MaxLength ? url
        : Leave("URL", "It is no absolute address with http or https, and is left in the citation alone.");

    private string? Published() => _item.TryGetProperty("issued", out var issued) ? CslDate.Read(issued, "issued", Warn) : null;

    /// <summary>An instant: of a day its first.</summary>
    private string? Accessed()
    {
        if (!_item.TryGetProperty("accessed", out var accessed) || CslDate.Read(accessed, "accessed", Warn) is not { } date)
        {
            return null;
        }

        return date.Length switch
        {
            10 => Guess("accessed", date + "T00:00:00Z", "It names no time of day; it is taken as"),
            > 10 => date,
            _ => Leave("accessed", "It names no day, and is left in the citation alone."),
        };
    }

    private string? Language() =>
        Text("language") is not { } language ? null
        : language.Replace('_', '-') is var tag && Codes.IsLanguageTag(tag) ? tag
        : Leave("language", "It is no BCP 47 tag, and is left in the citation alone.");

    /// <summary>By what it is known again: numbers that are its alone, and its id in its library.</summary>
    private List<(string System, string Id)> Ids()
    {
        List<(string System, string Id)> ids = [];
        if (!IsAsOut("DOI") && Text("DOI") is { } doi && Doi(doi) is { } known)
        {
            ids.Add(("doi", known));
        }

        // The number of a book is that of each of its chapters, too.
        if (Text("type") is "book" && !IsAsOut("ISBN") && Text("ISBN") is { } isbn)
        {
            ids.AddRange(isbn.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(Isbn).OfType<string>().Distinct().Take(5).Select(i => ("isbn", i)));
        }

        if (!IsAsOut("PMID") && Text("PMID") is { } pmid && pmid.All(char.IsAsciiDigit))
        {
            ids.Add(("pmid", pmid));
        }

        if (_known is null && Text("id") is { } id)
        {
            ids.Add(("csl", OwnId(id)));
        }

        return [.. ids.Where(i => i.Id.EnumerateRunes().Count() <= ExternalId.MaxLength)];
    }

    /// <summary>
    /// Its id as it is, where that is an address: no other library has it. A number or a key such as <c>smith2020</c> another library has for another item: with
    /// it stands a digest of title and year, so that it is the same item's alone.
    /// </summary>
    private string OwnId(string id)
    {
        if (id.Contains("://", StringComparison.Ordinal) || id.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
        {
            return id;
        }

        var year = _item.TryGetProperty("issued", out var issued) ? CslDate.Read(issued, "issued", (_, _) => { })?[..4] : null;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{Text("title")?.ToUpperInvariant()}\n{year}"));
        return $"{id} {Convert.ToHexStringLower(digest.AsSpan(0, 8))}";
    }

    /// <summary>Without what may stand before it, in lower case, for case does not matter in it.</summary>
    private static string? Doi(string text)
    {
        var doi = text.Trim();
        foreach (var before in BeforeDois)
        {
            doi = doi.StartsWith(before, StringComparison.OrdinalIgnoreCase) ? doi[before.Length..].Trim() : doi;
        }

        return doi.StartsWith("10.", StringComparison.Ordinal) && doi.Contains('/', StringComparison.Ordinal) ? doi.ToLowerInvariant() : null;
    }

    /// <summary>Of thirteen digits, whether it came so or as one of ten; null where its last digit is not right.</summary>
    private static string? Isbn(string text)
    {
        var digits = string.Concat(text.Where(c => c is not ('-' or '‐' or '–')));
        if (digits.Length == 10 && digits[..9].All(char.IsAsciiDigit))
        {
            var sum = digits.Take(9).Select((c, i) => (10 - i) * (c - '0')).Sum();
            var check = (11 - (sum % 11)) % 11;
            return (check == 10 ? 'X' : (char)('0' + check)) == char.ToUpperInvariant(digits[9]) ? WithCheck("978" + digits[..9]) : null;
        }

        return digits.Length == 13 && digits.All(char.IsAsciiDigit) && WithCheck(digits[..12]) == digits ? digits : null;
    }

    private static string WithCheck(string twelve)
    {
        var sum = twelve.Select((c, i) => (i % 2 == 0 ? 1 : 3) * (c - '0')).Sum();
        return twelve + (char)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>Text, or a number as text; null where there is none but white space.</summary>
    private string? Text(string name)
    {
        if (!_item.TryGetProperty(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind switch { JsonValueKind.String => value.GetString()!.Trim(), JsonValueKind.Number => value.GetRawText(), _ => "" };
        return text.Length == 0 ? null : text;
    }

    private string? Guess(string path, string? guess, string message)
    {
        if (guess is not null)
        {
            Warn(path, $"{message} {(guess.Length <= 100 ? guess : guess[..99] + "…")}.");
        }

        return guess;
    }

    private string? Leave(string path, string message)
    {
        Warn(path, message);
        return null;
    }

    private void Warn(string path, string message) => _warnings.Add(_line, path, message);
}
