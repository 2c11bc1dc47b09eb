using Stemma.Domain.Sources;

namespace Stemma.Domain.Assessments;

/// <summary>
/// The sources of one or many claims: what each has from whom, and what ties one to another. Two are tied where they share the root
/// organization (the owner, else the parent, followed to the top), the bytes of their content, or a wire (<c>same-wire</c>, either way round,
/// through any sources).
/// </summary>
public sealed class Lineage
{
    private readonly Dictionary<SourceId, SourceEvidence> _sources;
    private readonly Dictionary<SourceId, List<DerivationEvidence>> _derivations = [];
    private readonly Dictionary<SourceId, SourceId> _roots = [];
    private readonly Dictionary<SourceId, SourceId> _wires = [];
    private readonly List<DerivationEvidence> _sameWire = [];

    /// <param name="sources">All sources that the claims' links name, that these derive from, and the owners and parents of all of them.</param>
    /// <param name="derivations">All derivations from them, and all <c>same-wire</c> ones that hang together with them.</param>
    public Lineage(IEnumerable<SourceEvidence> sources, IEnumerable<DerivationEvidence> derivations)
    {
        _sources = sources.ToDictionary(s => s.Id);
        foreach (var derivation in derivations)
        {
            if (derivation.Relation == DerivationRelation.SameWire)
            {
                _wires[Wire(derivation.FromId)] = Wire(derivation.ToId);
                _sameWire.Add(derivation);
            }
            else
            {
                (_derivations.TryGetValue(derivation.FromId, out var list) ? list : _derivations[derivation.FromId] = []).Add(derivation);
            }
        }
    }

    /// <summary>No source at all.</summary>
    public static Lineage None { get; } = new([], []);

    /// <summary>The sources, by their ids.</summary>
    public IReadOnlyDictionary<SourceId, SourceEvidence> Sources => _sources;

    /// <summary>What the source has from others, <c>same-wire</c> apart.</summary>
    public IReadOnlyList<DerivationEvidence> DerivationsOf(SourceId source) => _derivations.TryGetValue(source, out var list) ? list : [];

    /// <summary>The derivations <c>same-wire</c>, in no order.</summary>
    public IReadOnlyList<DerivationEvidence> SameWire => _sameWire;

    /// <summary>The organization at the top: itself, where it has neither owner nor parent.</summary>
    public SourceId RootOf(SourceId source)
    {
        if (_roots.TryGetValue(source, out var known))
        {
            return known;
        }

        // The database lets no cycle in; whoever passes one in gets an answer all the same.
        var path = new List<SourceId> { source };
        var seen = new HashSet<SourceId> { source };
        var root = source;
        while (_sources.TryGetValue(root, out var at) && (at.OwnerId ?? at.ParentId) is { } above && seen.Add(above))
        {
            root = above;
            if (_roots.TryGetValue(root, out known))
            {
                root = known;
                break;
            }

            path.Add(root);
        }

        foreach (var below in path)
        {
            _roots[below] = root;
        }

        return root;
    }

    /// <summary>One of the sources on the same wire, the same one for all of them; null where it is on none.</summary>
    public SourceId? WireOf(SourceId source) => _wires.ContainsKey(source) ? Wire(source) : null;

    private SourceId Wire(SourceId source)
    {
        if (!_wires.TryGetValue(source, out var next))
        {
            _wires[source] = source;
            return source;
        }

        while (next != source)
        {
            // Halves the way for those who come after.
            var skip = _wires[next];
            _wires[source] = skip;
            (source, next) = (next, skip);
        }

        return source;
    }
}
