using System.Collections.Concurrent;
using Npgsql;

namespace Stemma.Infrastructure.Search;

/// <summary>
/// Segments that were read before. What a stored segment holds never changes under its id, so what is kept here is never stale; which segments
/// there are, and which of their documents are dead, each query reads anew.
/// </summary>
internal sealed class SegmentCache
{
    private const string Attributes = "select segment, attributes from search_segments where segment = any($1)";

    private readonly ConcurrentDictionary<int, Segment> _segments = new();
    private readonly ConcurrentDictionary<int, (int Dead, Segment Segment)> _current = new();

    /// <summary>The links of these segments together.</summary>
    public LinkTables Links { get; } = new();

    /// <summary>The segments of one snapshot.</summary>
    /// <param name="connection">In the snapshot's transaction.</param>
    /// <param name="stored">Each segment's id and the places of its dead.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<List<Segment>> Load(NpgsqlConnection connection, IReadOnlyList<(int Id, int[] Dead)> stored, CancellationToken cancel)
    {
        // Kept here too: meanwhile they may be let go of.
        var found = new Dictionary<int, Segment>();
        foreach (var (id, _) in stored)
        {
            if (_segments.TryGetValue(id, out var segment))
            {
                found.Add(id, segment);
            }
        }

        var missing = stored.Select(s => s.Id).Where(id => !found.ContainsKey(id)).ToArray();
        if (missing.Length > 0)
        {
            await using var command = new NpgsqlCommand(Attributes, connection);
            command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = missing });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var id = reader.GetInt32(0);
                _segments[id] = found[id] = Segment.Unpack(id, reader.GetFieldValue<byte[]>(1));
            }
        }

        return [.. stored.Select(s => Current(found[s.Id], s.Dead))];
    }

    /// <summary>Lets go of what is no longer stored. A query that still reads an older snapshot loads it again.</summary>
    public void Keep(IReadOnlySet<int> stored)
    {
        foreach (var id in _segments.Keys.Where(id => !stored.Contains(id)))
        {
            _segments.TryRemove(id, out _);
            _current.TryRemove(id, out _);
        }
    }

    /// <summary>The dead of a segment only grow in number, so their count tells whether those known are these.</summary>
    private Segment Current(Segment stored, int[] dead)
    {
        var id = stored.Id;
        if (dead.Length == 0)
        {
            return stored;
        }

        if (_current.TryGetValue(id, out var known) && known.Dead == dead.Length)
        {
            return known.Segment;
        }

        var segment = stored.Without(dead);
        _current[id] = (dead.Length, segment);
        return segment;
    }
}
