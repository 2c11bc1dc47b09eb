using System.IO.Pipelines;
using System.Text.Json;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Exports;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Api.Corroborations.Annotations;

/// <summary>Corroborations as one page of W3C Web Annotations, written as it is read. What is deleted is not among it.</summary>
internal sealed class AnnotationFormat(IHttpContextAccessor request) : IExportFormat
{
    /// <summary>Corroborations whose claims and sources are looked up together.</summary>
    private const int Together = 500;

    private const int Block = 65_536;

    public string Name => "annotations";

    public string MediaType => Annotation.MediaType;

    public string ContentType => Annotation.ContentType;

    public string Extension => ".jsonld";

    public IReadOnlyList<ResourceType> Types { get; } = [ResourceType.Corroboration];

    public IReadOnlyList<ResourceType> LookedUp { get; } = [ResourceType.Claim, ResourceType.Source];

    public async Task Write(IExport export, PipeWriter to, CancellationToken cancel)
    {
        var server = request.HttpContext!.Request.Server();
        await using var json = new Utf8JsonWriter(to, OtherForm.Writing);
        json.WriteStartObject();
        json.WriteString("@context"u8, Annotation.Context);
        json.WriteString("id"u8, server + Routes.Exports + request.HttpContext.Request.QueryString);
        json.WriteString("type"u8, "AnnotationPage"u8);
        json.WriteStartObject("partOf"u8);
        json.WriteString("id"u8, server + Routes.Corroborations);
        json.WriteString("type"u8, "AnnotationCollection"u8);
        json.WriteString("label"u8, "Corroborations"u8);
        json.WriteEndObject();
        json.WriteStartArray("items"u8);
        await foreach (var page in export.ReadPages(Together, cancel))
        {
            foreach (var annotation in await Read(page, export, server, cancel))
            {
                annotation.Write(json, isWhole: false);
                if (json.BytesPending + to.UnflushedBytes >= Block)
                {
                    json.Flush();
                    await to.FlushAsync(cancel);
                }
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        await to.FlushAsync(cancel);
    }

    private static async Task<IEnumerable<Annotation>> Read(IReadOnlyList<Resource> page, IExport export, string server, CancellationToken cancel)
    {
        var links = page.Cast<Corroboration>().Where(k => k.DeletedAt is null).ToList();
        var claims = await export.Find(ResourceType.Claim, [.. links.Select(k => k.Content.ClaimId.Value).Distinct()], cancel);
        var sources = await export.Find(ResourceType.Source, [.. links.Select(k => k.Content.SourceId.Value).Distinct()], cancel);
        return links.Select(k => new Annotation(
            k, (Claim?)claims.GetValueOrDefault(k.Content.ClaimId.Value), (Source?)sources.GetValueOrDefault(k.Content.SourceId.Value), server));
    }
}
