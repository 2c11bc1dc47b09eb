using System.Globalization;
using System.Text;
using Stemma.Domain.Assessments;

namespace Stemma.Api.Assessments.Graphs;

/// <summary>
/// A drawing as a Mermaid flowchart. Of what users typed, letters, digits and a few marks stand as they are; every other character is one of
/// Mermaid's entities (<c>#34;</c>), so that nothing in it ends a string, begins a comment or a directive, or is markup.
/// </summary>
internal static class MermaidWriter
{
    private const string LegendText =
        "thick: supports<br/>thin: reports, vouching for nothing<br/>dashed: contradicts<br/>dotted: a party denies<br/>arrow: has it from<br/>ORIGIN: where it begins, only origins count";

    public static string Write(Drawing drawing)
    {
        var text = new StringBuilder();
        text.Append("---\ntitle: \"").AppendJoin(" · ", drawing.Title).Append("\"\n---\n");
        text.Append("flowchart ").Append(drawing.IsAcross ? "LR" : "TB").Append('\n');
        text.Append("  claim[\"<b>CLAIM</b><br/>").Append(Escape(string.Join(' ', drawing.Claim))).Append("\"]\n");

        var names = drawing.Boxes.Index().ToDictionary(b => b.Item.Id, b => string.Create(CultureInfo.InvariantCulture, $"s{b.Index + 1}"));
        var framed = drawing.Frames.SelectMany(f => f.Boxes).ToHashSet();
        var boxes = drawing.Boxes.ToDictionary(b => b.Id);
        foreach (var box in drawing.Boxes.Where(b => !framed.Contains(b.Id)))
        {
            Write(text, box, names[box.Id], "  ");
        }

        foreach (var (index, frame) in drawing.Frames.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph g{index + 1} [\"{Escape(frame.Label)}\"]\n");
            foreach (var id in frame.Boxes)
            {
                Write(text, boxes[id], names[id], "    ");
            }

            text.Append("  end\n");
        }

        foreach (var line in drawing.Lines)
        {
            var (from, to) = line.To is { } source ? (names[line.From], names[source]) : ("claim", names[line.From]);
            var label = line.Label.Length > 0 ? $"|\"{Escape(line.Label)}\"|" : "";
            text.Append($"  {from} {Arrow(line.Kind)}{label} {to}\n");
        }

        if (drawing.Boxes.Count > 0)
        {
            text.Append($"  legend[\"{LegendText}\"]\n");
        }

        Styles(text, drawing, names);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Box box, string name, string indent)
    {
        var (open, close) = box switch
        {
            { Names.Count: > 1 } => ("[[", "]]"),
            { IsCounted: true } => ("[", "]"),
            { IsParty: true } => ("{{", "}}"),
            { Role: SourceRole.Witness } => ("[/", "/]"),
            { Role: SourceRole.UnknownLineage } => ("[", "]"),
            _ => ("(", ")"),
        };
        var heading = Escape(box.Heading);
        text.Append($"{indent}{name}{open}\"{(box.IsCounted ? $"<b>{heading}</b>" : heading)}<br/>{Lines(box.Label)}\"{close}\n");
    }

    /// <summary>To the claim, whose lines run backwards, without a head: a flowchart has none that points back.</summary>
    private static string Arrow(LineKind kind) => kind switch
    {
        LineKind.Supports => "===",
        LineKind.Reports => "---",
        LineKind.Contradicts or LineKind.Denies or LineKind.SameWire => "-.-",
        LineKind.Circular => "==>",
        LineKind.CitedIn => "-.->",
        _ => "-->",
    };

    private static void Styles(StringBuilder text, Drawing drawing, Dictionary<Domain.Sources.SourceId, string> names)
    {
        text.Append($"""
              classDef claim fill:{Palette.ClaimPaper},stroke:{Palette.Ink},stroke-width:2px,color:{Palette.Ink}
              classDef originFor fill:{Palette.Support},stroke:{Palette.Ink},stroke-width:4px,color:{Palette.Paper},font-size:18px
              classDef originAgainst fill:{Palette.Contradiction},stroke:{Palette.Ink},stroke-width:4px,color:{Palette.Paper},font-size:18px
              classDef originBoth fill:{Palette.Either},stroke:{Palette.Ink},stroke-width:4px,color:{Palette.Paper},font-size:18px
              classDef party fill:{Palette.PartyPaper},stroke:{Palette.Ink},color:{Palette.Ink}
              classDef unknown fill:{Palette.Paper},stroke:{Palette.Ink},stroke-width:2px,stroke-dasharray:6 4,color:{Palette.Ink}
              classDef relay fill:{Palette.RelayPaper},stroke:{Palette.Rule},color:{Palette.Ink}
              classDef quiet fill:{Palette.Paper},stroke:{Palette.Quiet},stroke-dasharray:2 3,color:{Palette.Ink}
              classDef circular stroke:{Palette.Circle},stroke-width:4px
              class claim claim

            """);
        foreach (var of in drawing.Boxes.GroupBy(ClassOf).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append("  class ").AppendJoin(',', of.Select(b => names[b.Id])).Append(' ').Append(of.Key).Append('\n');
        }

        if (drawing.Boxes.Any(b => b.IsInCycle))
        {
            text.Append("  class ").AppendJoin(',', drawing.Boxes.Where(b => b.IsInCycle).Select(b => names[b.Id])).Append(" circular\n");
        }

        if (drawing.Boxes.Count > 0)
        {
            text.Append("  class legend quiet\n");
        }

        foreach (var (index, frame) in drawing.Frames.Index())
        {
            var paper = frame.Side == Sides.For ? Palette.FramePaper : Palette.FramePaperAgainst;
            text.Append(CultureInfo.InvariantCulture, $"  style g{index + 1} fill:{paper},stroke:{Palette.Of(frame.Side)},stroke-width:2px,color:{Palette.Ink}\n");
        }

        foreach (var alike in drawing.Lines.Index().GroupBy(l => LineStyle(l.Item)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append("  linkStyle ").AppendJoin(',', alike.Select(l => l.Index)).Append(' ').Append(alike.Key).Append('\n');
        }
    }

    private static string ClassOf(Box box) => box switch
    {
        { IsCounted: true } => "origin" + box.Sides,
        { IsParty: true } => "party",
        { Role: SourceRole.UnknownLineage } => "unknown",
        { Role: SourceRole.Relay } => "relay",
        _ => "quiet",
    };

    private static string LineStyle(Line line) => $"stroke:{Palette.Of(line)},color:{Palette.Of(line)}" + line.Kind switch
    {
        LineKind.Supports => ",stroke-width:3px",
        LineKind.Reports => ",stroke-width:1px",
        LineKind.Contradicts => ",stroke-width:3px,stroke-dasharray:9 5",
        LineKind.Denies => ",stroke-width:3px,stroke-dasharray:2 4",
        LineKind.Circular => ",stroke-width:4px",
        LineKind.SameWire => ",stroke-dasharray:6 4",
        LineKind.CitedIn => ",stroke-dasharray:2 3",
        _ => ",stroke-width:1.5px",
    };

    private static string Lines(IReadOnlyList<string> lines) => string.Join("<br/>", lines.Select(Escape));

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or ',' or '.' or '(' or ')' || rune.Value > 0x7F)
            {
                escaped.Append(rune);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }
        }

        return escaped.ToString();
    }
}
