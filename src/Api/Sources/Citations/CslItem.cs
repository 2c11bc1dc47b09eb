using System.Text.Json;
using Stemma.Api.Hosting;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;

namespace Stemma.Api.Sources.Citations;

/// <summary>A document as a CSL-JSON item: its citation as it came, and what that lacks from the source's own members.</summary>
internal static class CslItem
{
    private const string Urn = "urn:uuid:";

    public const string MediaType = "application/vnd.citationstyles.csl+json";

    /// <summary>Numbers of documents: the system of the external id, and the item's member.</summary>
    public static readonly IReadOnlyList<(string System, string Member)> Numbers = [("doi", "DOI"), ("isbn", "ISBN"), ("pmid", "PMID")];

    public static void Write(Utf8JsonWriter json, Source source)
    {
        var content = source.Content;
        HashSet<string> has = new(StringComparer.Ordinal);
        json.WriteStartObject();
        foreach (var member in (content.Citation?.Item.EnumerateObject()).GetValueOrDefault())
        {
            has.Add(member.Name);
            member.WriteTo(json);
        }

        Add("id", Urn + source.Id.Value);
        Add("type", "document");
        Add("title", content.Name);
        Add("URL", content.Url);
        Add("language", content.Language);
        foreach (var (system, member) in Numbers)
        {
            Add(member, content.ExternalIds.FirstOrDefault(x => x.System == system)?.Id);
        }

        AddDate("issued", content.PublishedAt);
        AddDate("accessed", content.AccessedAt is { } read ? PartialDate.Parse(read.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) : null);
        json.WriteEndObject();

        void Add(string name, string? text)
        {
            if (text is not null && has.Add(name))
            {
                json.WriteString(name, text);
            }
        }

        void AddDate(string name, PartialDate? date)
        {
            if (date is { } known && has.Add(name))
            {
                WriteDate(json, name, known);
            }
        }
    }

    /// <summary>The source that an item without an id of its own went out of; null where it is of elsewhere.</summary>
    public static Guid? SourceOf(ReadOnlySpan<byte> item)
    {
        var reader = new Utf8JsonReader(item, new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = !reader.ValueIsEscaped && reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId)
            {
                return reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false } && reader.GetString() is { } id
                    && id.StartsWith(Urn, StringComparison.OrdinalIgnoreCase) && Guid.TryParseExact(id.AsSpan(Urn.Length), "D", out var source)
                    ? source
                    : null;
            }

            reader.Skip();
        }

        return null;
    }

    /// <summary>The year, month and day, as far as they are known; the time of day is none of CSL's.</summary>
    private static void WriteDate(Utf8JsonWriter json, string name, PartialDate date)
    {
        var parts = date.ToString().Length switch { 4 => 1, 7 => 2, _ => 3 };
        json.WriteStartObject(name);
        json.WriteStartArray("date-parts"u8);
        json.WriteStartArray();
        foreach (var part in new[] { date.First.Year, date.First.Month, date.First.Day }.Take(parts))
        {
            json.WriteNumberValue(part);
        }

        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
