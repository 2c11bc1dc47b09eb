using Stemma.Domain.Imports;
using Stemma.Domain.Resources;
using Stemma.Infrastructure.Persistence;

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
    public void Add(ImportRow row, Guid id)
    {
        foreach (var key in row.Keys)
        {
            var place = Placeholder(row.Kind.Type, key);
            if (_ids.TryGetValue(place, out var known) ? !known.IsSure : _ids.Count < Most)
            {
                _ids[place] = (id, true);
            }
        }
    }

    /// <summary>The row may not be staged with all of its ids.</summary>
    public void Doubt(ImportRow row)
    {
        foreach (var key in row.Keys)
        {
            var place = Placeholder(row.Kind.Type, key);
            if (_ids.TryGetValue(place, out var known))
            {
                _ids[place] = known with { IsSure = false };
            }
        }
    }

    /// <summary>The id of the row that the reference means; null where none is known.</summary>
    public Guid? Find(RowReference reference, out bool isSure)
    {
        var isKnown = _ids.TryGetValue(Placeholder(reference), out var known);
        isSure = known.IsSure;
        return isKnown ? known.Id : null;
    }

    /// <summary>Stands for what is not known: the same for the same reference; of version 8, which no other id here has.</summary>
    public static Guid Placeholder(RowReference reference) => Placeholder(reference.Type, reference.Key!);

    private static Guid Placeholder(ResourceType type, ExternalId key)
    {
        var bytes = ExternalIdDigest.Of(key)[..16];
        bytes[0] ^= (byte)type;
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
