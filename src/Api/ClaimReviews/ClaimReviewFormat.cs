using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;

namespace Stemma.Api.ClaimReviews;

/// <summary>Reads JSON-LD with schema.org's ClaimReviews in it, by itself or in a page that carries it.</summary>
internal sealed class ClaimReviewFormat(string mediaType) : IImportFormat
{
    public const string JsonLd = "application/ld+json";
    public const string Html = "text/html";

    public IReadOnlyList<string> MediaTypes { get; } = [mediaType];

    public IReadOnlyList<string> Parameters => [];

    public IRowReader Open(IReadOnlyDictionary<string, string> parameters, QueryReader read) => new DocumentReader(isPage: mediaType == Html);
}

/// <summary>Reads one document, whole, for what stands in it may refer to any other part of it.</summary>
internal sealed class DocumentReader(bool isPage) : IRowReader
{
    /// <summary>The longest document, in bytes.</summary>
    public const int MaxLength = 10_000_000;

    public async IAsyncEnumerable<ImportLine> Read(Stream file, RowWarnings warnings, [EnumeratorCancellation] CancellationToken cancel)
    {
        var bytes = await WholeFile.Read(file, MaxLength, cancel);
        if (!Utf8.IsValid(bytes.Span))
        {
            yield return new(1, default, new Fault("", "It is not UTF-8."));
            yield break;
        }

        var document = isPage ? new PageReader(Encoding.UTF8.GetString(bytes.Span)).Read() : new PublishedDocument([new(1, bytes)]);
        foreach (var row in new DocumentRows(document, warnings).All())
        {
            yield return row;
        }
    }
}
