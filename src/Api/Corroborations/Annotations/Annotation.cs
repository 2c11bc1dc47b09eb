using System.Text.Json;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;

namespace Stemma.Api.Corroborations.Annotations;

/// <summary>
/// A corroboration as a W3C Web Annotation: the quoted words on their page are the target; the claim on which they bear, how they bear on it, and the analyst's
/// note are the body.
/// </summary>
/// <param name="Link">The corroboration.</param>
/// <param name="Claim">Its claim.</param>
/// <param name="Source">Its source.</param>
/// <param name="Server">Where the API is: what is annotated and what bears on what are named by their addresses.</param>
internal sealed record Annotation(Corroboration Link, Claim? Claim, Source? Source, string Server)
{
    public const string Context = "http://www.w3.org/ns/anno.jsonld";

    public const string MediaType = "application/ld+json";

    /// <summary>As answers say what they are.</summary>
    public const string ContentType = $"{MediaType}; profile=\"{Context}\"";

    private string? Url => Link.Content.Url ?? Source?.Content.Url;

    /// <summary>Of the page that is the target, and of no other.</summary>
    private string? ArchiveUrl => Link.Content.ArchiveUrl ?? (Link.Content.Url is null ? Source?.Content.ArchiveUrl : null);

    /// <param name="json">Takes it.</param>
    /// <param name="isWhole">Whether it stands alone, and says by which context it is read.</param>
    public void Write(Utf8JsonWriter json, bool isWhole)
    {
        json.WriteStartObject();
        if (isWhole)
        {
            json.WriteString("@context"u8, Context);
        }

        json.WriteString("id"u8, Address(Routes.Corroborations, Link.Id.Value));
        json.WriteString("type"u8, "Annotation"u8);
        json.WriteString("motivation"u8, "linking"u8);
        json.WriteString("created"u8, Link.CreatedAt.UtcDateTime);
        json.WriteString("modified"u8, Link.UpdatedAt.UtcDateTime);
        json.WriteStartObject("creator"u8);
        json.WriteString("name"u8, Link.CreatedBy);
        json.WriteEndObject();
        WriteBody(json);
        WriteTarget(json);
        json.WriteEndObject();
    }

    private void WriteBody(Utf8JsonWriter json)
    {
        json.WriteStartArray("body"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "SpecificResource"u8);
        json.WriteString("source"u8, Address(Routes.Claims, Link.Content.ClaimId.Value));
        json.WriteString("purpose"u8, "linking"u8);
        json.WriteEndObject();
        if (Claim is not null)
        {
            WriteText(json, Claim.Content.Text, "describing", Claim.Content.Language);
        }

        WriteText(json, EnumNames<Stance>.Of(Link.Content.Stance), "classifying");
        foreach (var tag in Link.Content.Tags)
        {
            WriteText(json, tag, "tagging");
        }

        if (Link.Content.Note is { } note)
        {
            WriteText(json, note, "commenting");
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string text, string purpose, string? language = null)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "TextualBody"u8);
        json.WriteString("value"u8, text);
        json.WriteString("format"u8, "text/plain"u8);
        if (language is not null)
        {
            json.WriteString("language"u8, language);
        }

        json.WriteString("purpose"u8, purpose);
        json.WriteEndObject();
    }

    /// <summary>Where nothing is quoted, the page as a whole; where there is no page, the source.</summary>
    private void WriteTarget(Utf8JsonWriter json)
    {
        var page = Url ?? Address(Routes.Sources, Link.Content.SourceId.Value);
        if (Link.Content.Quote is null && ArchiveUrl is null && Link.Content.AccessedAt is null)
        {
            json.WriteString("target"u8, page);
            return;
        }

        json.WriteStartObject("target"u8);
        json.WriteString("type"u8, "SpecificResource"u8);
        json.WriteString("source"u8, page);
        if (Link.Content.Quote is { } quote)
        {
            json.WriteStartObject("selector"u8);
            json.WriteString("type"u8, "TextQuoteSelector"u8);
            json.WriteString("exact"u8, quote.Exact);
            WriteOptional(json, "prefix", quote.Prefix);
            WriteOptional(json, "suffix", quote.Suffix);
            json.WriteEndObject();
        }

        if (ArchiveUrl is not null || Link.Content.AccessedAt is not null)
        {
            json.WriteStartObject("state"u8);
            json.WriteString("type"u8, "TimeState"u8);
            if (Link.Content.AccessedAt is { } read)
            {
                json.WriteString("sourceDate"u8, read.UtcDateTime);
            }

            WriteOptional(json, "cached", ArchiveUrl);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private string Address(string list, Guid id) => $"{Server}{list}/{id}";
}
