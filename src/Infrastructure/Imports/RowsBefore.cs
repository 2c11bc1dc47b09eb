using Stemma.Domain.Imports;
using Stemma.Domain.Resources;

namespace Stemma.Infrastructure.Imports;

/// <summary>
/// The ids of rows of the file by their ids in other systems, so that few references to them have to be looked for afterwards. It holds so many and no more.
/// </summary>
internal sealed class RowsBefore
{
    /// <summary>They take some 30 MB.</summary>
    private const int Most = 500_000;

    private readonly Dictionary<Guid, (Guid Id, bool IsSure)> _ids = [];

    /// <summary>Of several rows of one resource the first counts, unless it is in doubt.</summary>
    public void Add(ImportRow row, Guid id, Func<ExternalId, byte[]> digest)
    {
        foreach (var key in row.Keys)
        {
            var place = Placeholder(row.Kind.Type, digest(key));
            if (_ids.TryGetValue(place, out var known) ? !known.IsSure : _ids.Count < Most)
            {
                _ids[place] = (id, true);
            }
        }
    }

    /// <summary>The row, which was taken for this resource, may not be staged with all of its ids.</summary>
    public void Doubt(ImportRow row, Guid id, Func<ExternalId, byte[]> digest)
    {
        foreach (var key in row.Keys)
        {
            var place = Placeholder(row.Kind.Type, digest(key));
            if (_ids.TryGetValue(place, out var known) && known.Id == id)
            {
                _ids[place] = known with { IsSure = false };
            }
        }
    }

    /// <summary>The id of the row that the reference means; where none is known, one that stands for it: the same for the same reference.</summary>
    /// <param name="reference">By an id in another system.</param>
    /// <param name="digest">Of that id.</param>
    /// <param name="isSure">Whether it is a row's, and that row is staged with this id of it.</param>
    public Guid Find(RowReference reference, byte[] digest, out bool isSure)
    {
        var place = Placeholder(reference.Type, digest);
        var isKnown = _ids.TryGetValue(place, out var known);
        isSure = known.IsSure;
        return isKnown ? known.Id : place;
    }

    /// <summary>Of version 8, which no other id here has.</summary>
    private static Guid Placeholder(ResourceType type, byte[] digest)
    {
        Span<byte> bytes = stackalloc byte[16];
        digest.AsSpan(0, 16).CopyTo(bytes);
        bytes[0] ^= (byte)type;
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
