using System.Globalization;
using System.Text;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Tests.Assessments;

/// <summary>
/// Evidence as one draws it, one line for each thing, in any order:
/// <code>
/// claim opinion implausible borne-out override=4   what is known of the claim; factual and none of these unless it says so
/// P: person owner=O parent=N hash=h                a source; those that are only named are outlets
/// for A reports party -> P Q in W                  a link: A's, attributed to P and Q, read in W
/// against B denies
/// denier against C                                 claimant of a denial among the claims of that side
/// A republishes B                                  a derivation
/// </code>
/// Ids ascend as names do. Links are numbered as they stand. What is written can be read back, so a failing test's message is a new case.
/// </summary>
internal sealed record Drawing
{
    private static readonly ClaimId Claim = new(Guid.ParseExact("0000000000000000000000000000c1a1", "N"));

    public ClaimKind Kind { get; init; } = ClaimKind.Factual;

    public bool? Plausible { get; init; }

    public bool IsBorneOut { get; init; }

    public int? Override { get; init; }

    public IReadOnlyList<SourceEvidence> Sources { get; init; } = [];

    public IReadOnlyList<DerivationEvidence> Derivations { get; init; } = [];

    public SideEvidence For { get; init; } = SideEvidence.None;

    public SideEvidence Against { get; init; } = SideEvidence.None;

    public Evidence ToEvidence() => new()
    {
        ClaimId = Claim,
        Kind = Kind,
        Plausible = Plausible,
        IsBorneOutByConfirmed = IsBorneOut,
        Override = Override is { } grade ? new(grade, "I know better.", "analyst", DateTimeOffset.UnixEpoch) : null,
        For = For,
        Against = Against,
        Lineage = new Lineage(Sources, Derivations),
    };

    public static Drawing Parse(string text)
    {
        var drawing = new Drawing();
        var sources = new SortedDictionary<string, SourceEvidence>(StringComparer.Ordinal);
        var derivations = new List<DerivationEvidence>();
        var links = new Dictionary<Side, List<LinkEvidence>> { [Side.For] = [], [Side.Against] = [] };
        var deniers = new Dictionary<Side, List<SourceId>> { [Side.For] = [], [Side.Against] = [] };
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "claim")
            {
                drawing = words[1..].Aggregate(drawing, (d, word) => word switch
                {
                    "plausible" => d with { Plausible = true },
                    "implausible" => d with { Plausible = false },
                    "borne-out" => d with { IsBorneOut = true },
                    _ when word.StartsWith("override=", StringComparison.Ordinal) => d with { Override = int.Parse(word[9..], CultureInfo.InvariantCulture) },
                    _ => d with { Kind = Read<ClaimKind>(word) },
                });
            }
            else if (words[0].EndsWith(':'))
            {
                var name = words[0][..^1];
                sources[name] = words[2..].Select(w => w.Split('=')).Aggregate(
                    new SourceEvidence(Named(name), Read<SourceKind>(words[1]), name),
                    (source, pair) => pair[0] switch
                    {
                        "owner" => source with { OwnerId = Named(pair[1]) },
                        "parent" => source with { ParentId = Named(pair[1]) },
                        "hash" => source with { ContentHash = pair[1] },
                        _ => throw new FormatException(line),
                    });
            }
            else if (words[0] == "denier")
            {
                deniers[Read<Side>(words[1])].Add(Named(words[2]));
            }
            else if (words[0] is "for" or "against")
            {
                var count = links.Values.Sum(l => l.Count);
                links[Read<Side>(words[0])].Add(ReadLink(words, count + 1));
            }
            else
            {
                derivations.Add(new(Named(words[0]), Named(words[2]), Read<DerivationRelation>(words[1])));
            }
        }

        return drawing with
        {
            Sources = [.. sources.Values],
            Derivations = derivations,
            For = new(links[Side.For], deniers[Side.For]),
            Against = new(links[Side.Against], deniers[Side.Against]),
        };

        SourceId Named(string name)
        {
            var id = new SourceId(Guid.ParseExact(Convert.ToHexString(Encoding.UTF8.GetBytes(name)).PadRight(32, '0'), "N"));
            sources.TryAdd(name, new(id, SourceKind.Outlet, name));
            return id;
        }

        LinkEvidence ReadLink(string[] words, int number)
        {
            var arrow = Array.IndexOf(words, "->");
            var into = Array.IndexOf(words, "in");
            var end = into < 0 ? words.Length : into;
            var link = new LinkEvidence(
                new(Guid.ParseExact(number.ToString("D32", CultureInfo.InvariantCulture), "N")),
                Named(words[1]),
                Read<Stance>(words[2]),
                Directness.Unknown,
                Interest.Unknown,
                arrow < 0 ? [] : [.. words[(arrow + 1)..end].Select(Named)],
                into < 0 ? null : Named(words[into + 1]));
            return words[3..(arrow < 0 ? end : arrow)].Aggregate(link, (l, word) => word switch
            {
                "first-hand" or "relayed" => l with { Directness = Read<Directness>(word) },
                _ => l with { Interest = Read<Interest>(word) },
            });
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        if (Kind != ClaimKind.Factual || Plausible is not null || IsBorneOut || Override is not null)
        {
            text.Append("claim ").Append(Word(Kind)).Append(Plausible switch { null => "", true => " plausible", false => " implausible" })
                .Append(IsBorneOut ? " borne-out" : "").Append(Override is { } grade ? Invariant($" override={grade}") : "").Append('\n');
        }

        foreach (var source in Sources.OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            text.Append(Invariant($"{source.Name}: {Word(source.Kind)}"))
                .Append(source.OwnerId is { } owner ? $" owner={NameOf(owner)}" : "")
                .Append(source.ParentId is { } parent ? $" parent={NameOf(parent)}" : "")
                .Append(source.ContentHash is { } hash ? $" hash={hash}" : "").Append('\n');
        }

        foreach (var (link, side) in Numbered())
        {
            text.Append(Invariant($"{Word(side)} {NameOf(link.SourceId)} {Word(link.Stance)}"))
                .Append(link.Directness != Directness.Unknown ? " " + Word(link.Directness) : "")
                .Append(link.Interest != Interest.Unknown ? " " + Word(link.Interest) : "")
                .Append(link.AttributedToIds.Count > 0 ? " -> " + string.Join(' ', link.AttributedToIds.Select(NameOf)) : "")
                .Append(link.CitedInId is { } read ? $" in {NameOf(read)}" : "").Append('\n');
        }

        text.AppendJoin("", For.Deniers.Select(d => $"denier for {NameOf(d)}\n"));
        text.AppendJoin("", Against.Deniers.Select(d => $"denier against {NameOf(d)}\n"));
        text.AppendJoin("", Derivations.Select(d => $"{NameOf(d.FromId)} {Word(d.Relation)} {NameOf(d.ToId)}\n"));
        return text.ToString();
    }

    /// <summary>An assessment of it, one line for each thing that it says; what it explains is left out.</summary>
    public IReadOnlyList<string> Describe(Assessment assessment)
    {
        var numbers = Numbered().Select((l, i) => (l.Link.Id, Number: i + 1)).ToDictionary(l => l.Id, l => l.Number);
        var names = Sources.ToDictionary(s => s.Id, s => s.Name);
        var lines = new List<string>
        {
            Invariant($"rule {Word(assessment.Rule)} {assessment.DerivedCredibility}"),
            Invariant($"credibility {assessment.Credibility}"),
            $"circular {(assessment.IsCircular ? "yes" : "no")}",
        };
        foreach (var (side, name) in new[] { (assessment.For, "for"), (assessment.Against, "against") })
        {
            lines.Add(Invariant($"{name} links={side.LinkCount} min={side.Min} max={side.Max} witnesses={side.Witnesses}"));
            lines.AddRange(side.Groups
                .Select(g => $"{Names(g.Origins)}{After(" by ", g.MergedBy.Select(Word))}{After(" relayed by ", g.RelayedBy.Select(Name))}{After(" links ", g.Links.Select(NumberOf))}")
                .DefaultIfEmpty("none").Select(g => $"{name} group {g}"));
            lines.Add($"{name} unknown {Names(side.UnknownLineage)}");
            lines.Add($"{name} party {Names(side.PartyOrigins)}");
            lines.AddRange(side.Cycles.Select(c => $"{Names(c.Members)} path {Names(c.Path)}").DefaultIfEmpty("none").Select(c => $"{name} cycle {c}"));
        }

        lines.AddRange(assessment.WhatWouldChangeIt
            .Select(c => Invariant($"{Word(c.Change)}{(c.Side is { } side ? " " + Word(side) : "")}{(c.Origins is { } origins ? " " + Names(origins) : "")} {c.Credibility}"))
            .DefaultIfEmpty("nothing").Select(c => $"change {c}"));
        return lines;

        string Names(IReadOnlyList<SourceId> ids) => ids.Count == 0 ? "none" : string.Join(' ', ids.Select(Name));

        string Name(SourceId id) => names[id];

        string After(string before, IEnumerable<string> words) => words.Any() ? before + string.Join(' ', words) : "";

        string NumberOf(CorroborationId id) => numbers[id].ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>As it is written in drawings: <c>first-hand</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static T Read<T>(string word)
        where T : struct, Enum =>
        Enum.Parse<T>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private string NameOf(SourceId id) => Sources.First(s => s.Id == id).Name;

    private List<(LinkEvidence Link, Side Side)> Numbered() =>
    [
        .. For.Links.Select(l => (Link: l, Side: Side.For)).Concat(Against.Links.Select(l => (Link: l, Side: Side.Against)))
            .OrderBy(l => l.Link.Id.Value.ToString(), StringComparer.Ordinal),
    ];
}
