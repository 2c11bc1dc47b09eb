using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Stemma.Api.Tests.Imports;

/// <summary>Sends files to be imported.</summary>
internal static class Files
{
    public const string Ndjson = "application/x-ndjson";

    public static Task<HttpResponseMessage> Import(this HttpClient client, string query, byte[] file, string type = Ndjson, bool packed = false, string? accept = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports" + query) { Content = new ByteArrayContent(packed ? Pack(file) : file) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (packed)
        {
            request.Content.Headers.ContentEncoding.Add("gzip");
        }

        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> Import(this StemmaApi api, string query, params string[] lines) => api.Client.Import(query, Bytes(lines));

    /// <summary>The report of an import that must succeed.</summary>
    public static async Task<JsonObject> Imported(this StemmaApi api, string query, params string[] lines) => await StemmaApi.Json(await api.Import(query, lines), 200);

    /// <summary>The faults of an import that must be refused, as <c>line path: message</c>.</summary>
    public static async Task<string[]> Refused(this StemmaApi api, string query, params string[] lines) => Faults(await StemmaApi.Json(await api.Import(query, lines), 400));

    public static string[] Faults(JsonObject answer) =>
        [.. answer["faults"]!.AsArray().Select(f => $"{f!["line"]} {f["path"]}: {f["message"]}")];

    /// <summary><c>created/updated/unchanged/failed</c>.</summary>
    public static string Counts(JsonObject report) => $"{report["created"]}/{report["updated"]}/{report["unchanged"]}/{report["failed"]}";

    public static byte[] Bytes(params IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));

    public static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
