using Stemma.Domain.Assessments;
using Stemma.Domain.Sources;

namespace Stemma.Api.Hosting.Representations;

/// <summary>A source, as far as one has to know which it is.</summary>
/// <param name="Id">Which.</param>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="Name">Its name.</param>
internal sealed record SourceNameResponse(Guid Id, SourceKind Kind, string Name)
{
    public static SourceNameResponse From(SourceName source) => new(source.Id.Value, source.Kind, source.Name);

    public static SourceNameResponse? FromOptional(SourceName? source) => source is null ? null : From(source);
}
