using System.Text.Json.Nodes;
using Stemma.Api.Hosting.Exchange;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;

namespace Stemma.Api.ClaimReviews;

/// <summary>The rows that a document's ClaimReviews make. A publisher, a claimant or a claim of several reviews is one row.</summary>
internal sealed class DocumentRows(PublishedDocument document, RowWarnings warnings)
{
    /// <summary>The longest that the rows of one document may be together, in bytes. Only what refers to the same again and again makes as much.</summary>
    private const long MaxLength = 10L * DocumentReader.MaxLength;

    private readonly SharedValues _shared = new();
    private readonly Dictionary<string, string> _reviews = new(StringComparer.Ordinal);
    private readonly HashSet<string> _others = new(StringComparer.Ordinal);

    public IEnumerable<ImportLine> All()
    {
        List<(LooseJson Json, int Line)> read = [];
        List<(int Line, string Reason)> broken = [];
        var left = LooseJson.MaxValues;
        foreach (var block in document.Blocks)
        {
            if (LooseJson.Read(block, left, out var reason) is { } json)
            {
                left -= json.Count;
                read.Add((json, block.Line));
                Remember(json.Root);
            }
            else
            {
                broken.Add((block.Line, reason));
            }
        }

        var found = read.SelectMany(r => Reviews(r.Json.Root).Select(node => (r.Json, Node: node))).ToList();
        foreach (var (line, reason) in broken.Where(_ => found.Count > 0))
        {
            warnings.Add(line, "", $"This script is left out. {reason}");
        }

        return found.Count > 0 ? Bounded(found.SelectMany(f => Rows(f.Json, f.Node)))
            : broken.Count > 0 ? broken.Select(b => new ImportLine(b.Line, default, new Fault("", b.Reason)))
            : [new ImportLine(1, default, new Fault("", document.IsPage && document.Blocks.Count == 0 ? "The page has no script of type application/ld+json." : "There is no ClaimReview in it."))];
    }

    private static IEnumerable<ImportLine> Bounded(IEnumerable<ImportLine> rows)
    {
        var length = 0L;
        foreach (var row in rows)
        {
            length += row.Json.Length;
            if (length > MaxLength)
            {
                yield return new(row.Line, default, new Fault("", $"With what they refer to, the reviews up to here come to more than {MaxLength} bytes; no more are read."));
                yield break;
            }

            yield return row;
        }
    }

    /// <summary>All objects that are one, wherever they stand; what stands in one is part of it.</summary>
    private static IEnumerable<Node> Reviews(JsonNode? root)
    {
        var waiting = new Stack<Node>([new Node(root, Place.Root)]);
        while (waiting.TryPop(out var node))
        {
            if (node.IsObject && node.Types().Contains("claimreview"))
            {
                yield return node;
                continue;
            }

            foreach (var inner in Inner(node).Reverse())
            {
                waiting.Push(inner);
            }
        }
    }

    private static IEnumerable<Node> Inner(Node node) => node.Value switch
    {
        JsonObject members => members.Where(m => m.Value is JsonObject or JsonArray).Select(m => new Node(m.Value, node.Place.Member(m.Key))),
        JsonArray items => items.Select((item, i) => new Node(item, node.Place.Item(i))).Where(n => n.Value is JsonObject or JsonArray),
        _ => [],
    };

    /// <summary>What has a name of its own may be spoken of elsewhere by that name alone.</summary>
    private void Remember(JsonNode? root)
    {
        var waiting = new Stack<Node>([new Node(root, Place.Root)]);
        while (waiting.TryPop(out var node))
        {
            if (node.Value is JsonObject { Count: > 1 } members && node["@id"].Text() is { } id)
            {
                _shared.Remember(id, members);
            }

            foreach (var inner in Inner(node))
            {
                waiting.Push(inner);
            }
        }
    }

    private IEnumerable<ImportLine> Rows(LooseJson json, Node node)
    {
        var line = json.LineOf((JsonObject)node.Value!);
        var notes = new Notes(warnings, line);
        if (json.Mended is { } mended)
        {
            notes.Add(Place.Root, mended);
        }

        if (json.IsCleaned)
        {
            notes.Add(Place.Root, "The character NUL was left out of its strings.");
        }

        var read = new PublishedReview(node, document, _shared, notes).Read();
        if (read.Failed(out var error))
        {
            return [new ImportLine(line, default, ((Error.Invalid)error).Faults[0])];
        }

        var rows = read.Value;
        if (!_reviews.TryAdd(rows.Review.Key, node.Place.ToString()))
        {
            notes.Add(node.Place, $"It is the review of {_reviews[rows.Review.Key]} again, of the same claim at the same address; that one is taken.");
            return [];
        }

        return rows.Others.Where(r => _others.Add(r.Key)).Append(rows.Review).Select(r => r.ToLine(line));
    }
}

/// <summary>Notes what was guessed in reading one review.</summary>
internal sealed class Notes(RowWarnings warnings, int line)
{
    public void Add(Place place, string message) => warnings.Add(line, warnings.Count < RowWarnings.Most ? place.ToString() : "", message);
}
