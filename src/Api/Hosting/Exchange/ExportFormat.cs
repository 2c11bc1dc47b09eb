using System.IO.Pipelines;
using Stemma.Domain.Exports;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting.Exchange;

/// <summary>A form in which exports go out.</summary>
internal interface IExportFormat
{
    /// <summary>As <c>format</c> names it.</summary>
    string Name { get; }

    string MediaType { get; }

    /// <summary>As the answer says it, with the parameters of the media type.</summary>
    string ContentType => MediaType;

    /// <summary>What the file is called, behind <c>stemma</c>: <c>.csv</c>.</summary>
    string Extension { get; }

    /// <summary>The kinds that it can hold, of which one export takes one; empty where it takes all of them together.</summary>
    IReadOnlyList<ResourceType> Types { get; }

    /// <summary>The kinds that it looks up besides.</summary>
    IReadOnlyList<ResourceType> LookedUp => [];

    /// <summary>Writes all of it.</summary>
    Task Write(IExport export, PipeWriter to, CancellationToken cancel);
}
