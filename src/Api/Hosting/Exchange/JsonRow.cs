using System.Text;
using Stemma.Domain.Imports;

namespace Stemma.Api.Hosting.Exchange;

/// <summary>A row as a JSON object, and where in it its references stand.</summary>
/// <param name="Kind">What it is of.</param>
/// <param name="Line">Where it begins in the file.</param>
/// <param name="Json">The object, in UTF-8.</param>
internal sealed record JsonRow(IImportKind Kind, int Line, ReadOnlyMemory<byte> Json) : ImportRow(Kind, Line)
{
    /// <summary>Where the value of each reference stands, in their order; of those that are ids already, nowhere.</summary>
    public IReadOnlyList<Range?> Places { get; init; } = [];

    /// <summary>The object with ids in the place of its references to other systems, as its contract has it.</summary>
    public ReadOnlyMemory<byte> With(IReadOnlyList<Guid> resolved)
    {
        if (Places.All(place => place is null))
        {
            return Json;
        }

        var written = new MemoryStream(Json.Length + 64);
        var from = 0;
        for (var i = 0; i < Places.Count; i++)
        {
            if (Places[i] is { } place)
            {
                written.Write(Json.Span[from..place.Start.Value]);
                written.Write(Encoding.UTF8.GetBytes($"\"{resolved[i]}\""));
                from = place.End.Value;
            }
        }

        written.Write(Json.Span[from..]);
        return written.ToArray();
    }
}
