using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>The document as it is served. It depends on the code alone, so it is made once.</summary>
internal sealed class DocumentCache(IAsyncSwaggerProvider generator)
{
    private readonly Lazy<Task<Made>> _made = new(() => Make(generator));

    public Task<Made> Get() => _made.Value;

    private static async Task<Made> Make(IAsyncSwaggerProvider generator)
    {
        var document = await generator.GetSwaggerAsync(OpenApi.Document);
        using var body = new MemoryStream();
        await document.SerializeAsJsonAsync(body, OpenApiSpecVersion.OpenApi3_1);
        var bytes = body.ToArray();
        return new(bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\""));
    }

    internal sealed record Made(byte[] Body, EntityTagHeaderValue Tag);
}
