using System.Text;
using Stemma.Domain.Assessments;

namespace Stemma.Api.Assessments.Graphs;

/// <summary>
/// A drawing in DOT, Graphviz's language. What users typed stands in quoted strings only, with quotes, backslashes and ampersands escaped: in no
/// name, attribute or HTML-like label. No attribute leads anywhere: neither <c>URL</c> nor <c>href</c> nor <c>image</c>.
/// </summary>
internal static class DotWriter
{
    /// <summary>The claim's id in the picture.</summary>
    public const string Claim = "claim";

    /// <summary>Past so many lines they are straight: curves take dot most of its time.</summary>
    private const int MostCurves = 400;

    private const string Font = "Helvetica";

    public static string Write(Drawing drawing)
    {
        var dot = new StringBuilder();
        dot.Append("digraph claim {\n");
        Attributes(dot, "  graph", [
            ("rankdir", drawing.IsAcross ? "LR" : "TB"), ("charset", "UTF-8"), ("fontname", Font), ("fontsize", "15"), ("fontcolor", Palette.Ink),
            ("labelloc", "t"), ("labeljust", "l"), ("nodesep", "0.16"), ("ranksep", drawing.IsAcross ? "0.9" : "0.5"), ("pad", "0.2"), ("bgcolor", Palette.Paper),
            ("splines", drawing.Lines.Count > MostCurves ? "polyline" : "true"), ("nslimit", "4"), ("nslimit1", "4"), ("mclimit", "0.5")]);
        dot.Append("  label=").Append(Text(drawing.Title.Append(""), "\\l")).Append(";\n");
        Attributes(dot, "  node", [("fontname", Font), ("fontsize", "11"), ("fontcolor", Palette.Ink), ("shape", "box"), ("margin", "0.14,0.07"), ("height", "0.3")]);
        Attributes(dot, "  edge", [("fontname", Font), ("fontsize", "9"), ("arrowsize", "0.8")]);

        dot.Append("  ").Append(Claim).Append(" [label=").Append(Text(["CLAIM", .. drawing.Claim], "\\n"));
        dot.Append($", id={Claim}, shape=box, style=filled, fillcolor=\"{Palette.ClaimPaper}\", penwidth=2, fontsize=13, fontname=\"{Font}-Bold\", margin=\"0.2,0.14\"];\n");

        var framed = drawing.Frames.SelectMany(f => f.Boxes).ToHashSet();
        var boxes = drawing.Boxes.ToDictionary(b => b.Id);
        foreach (var box in drawing.Boxes.Where(b => !framed.Contains(b.Id)))
        {
            Write(dot, box, "  ");
        }

        foreach (var (index, frame) in drawing.Frames.Index())
        {
            var colour = Palette.Of(frame.Side);
            dot.Append($"  subgraph cluster_{index} {{\n");
            dot.Append($"    label={Text([frame.Label], "\\n")}; id=\"frame{index}\"; style=\"rounded,filled\"; penwidth=2; margin=12; labelloc=t; labeljust=l; fontsize=11;\n");
            dot.Append($"    color=\"{colour}\"; fontcolor=\"{colour}\"; fillcolor=\"{(frame.Side == Sides.For ? Palette.FramePaper : Palette.FramePaperAgainst)}\";\n");
            foreach (var id in frame.Boxes)
            {
                Write(dot, boxes[id], "    ");
            }

            dot.Append("  }\n");
        }

        foreach (var (index, line) in drawing.Lines.Index())
        {
            Write(dot, line, index);
        }

        Legend.Write(dot, drawing);
        return dot.Append("}\n").ToString();
    }

    /// <summary>A line's id in the picture.</summary>
    public static string IdOf(int line) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line{line}");

    private static void Write(StringBuilder dot, Box box, string indent)
    {
        var several = box.Names.Count > 1;
        var side = Palette.Of(box.Sides);
        var (shape, style, fill, colour, pen) = box switch
        {
            { IsCounted: true } => (several ? "box3d" : "box", "filled", side, Palette.Ink, "3"),
            { IsParty: true } => (several ? "box3d" : "box", several ? "filled" : "filled,diagonals", Palette.PartyPaper, Palette.Ink, "1.5"),
            { Role: SourceRole.UnknownLineage } => (several ? "box3d" : "box", "filled,dashed", Palette.UnknownPaper, Palette.Ink, "1.8"),
            { Role: SourceRole.Witness } => (several ? "box3d" : "note", "filled", Palette.Paper, Palette.Quiet, "1"),
            { Role: SourceRole.Unsourced } => (several ? "box3d" : "box", "filled,dotted", Palette.Paper, Palette.Quiet, "1.2"),
            _ => (several ? "box3d" : "box", several ? "filled" : "rounded,filled", Palette.RelayPaper, Palette.Rule, "1"),
        };
        dot.Append(indent).Append(Name(box.Id.Value)).Append(" [label=").Append(Text([box.Heading, .. box.Label], "\\n"));
        dot.Append($", id=\"{box.Id.Value}\", shape={shape}, style=\"{style}\", fillcolor=\"{fill}\"");
        dot.Append(box.IsInCycle ? $", color=\"{Palette.Circle}\", penwidth=3" : $", color=\"{colour}\", penwidth={pen}");
        dot.Append(box.IsCounted ? $", fontcolor=\"{Palette.Paper}\", fontsize=15, fontname=\"{Font}-Bold\", margin=\"0.28,0.18\"];\n" : several ? ", fontsize=13];\n" : "];\n");
    }

    private static void Write(StringBuilder dot, Line line, int index)
    {
        // The claim stands first, so its lines run backwards.
        var (from, to) = line.To is { } source ? (Name(line.From.Value), Name(source.Value)) : (Claim, Name(line.From.Value));
        var colour = Palette.Of(line);
        dot.Append($"  {from} -> {to} [id={IdOf(index)}, {Style(line.Kind)}, color=\"{colour}\"");
        if (line.Label.Length > 0)
        {
            dot.Append($", label={Text([" " + line.Label + " "], "\\n")}, fontcolor=\"{colour}\"");
        }

        dot.Append("];\n");
    }

    private static string Style(LineKind kind) => kind switch
    {
        LineKind.Supports => "dir=back, arrowtail=normal, style=solid, penwidth=2.4",
        LineKind.Reports => "dir=back, arrowtail=vee, style=solid, penwidth=0.9",
        LineKind.Contradicts => "dir=back, arrowtail=tee, style=dashed, penwidth=2.4",
        LineKind.Denies => "dir=back, arrowtail=obox, style=dotted, penwidth=2.4",
        LineKind.Circular => "arrowhead=normal, style=bold, penwidth=3",
        LineKind.SameWire => "dir=none, style=dashed, penwidth=1.2, constraint=false",
        LineKind.CitedIn => "arrowhead=open, style=dotted, penwidth=1.2, constraint=false",
        _ => "arrowhead=normal, style=solid, penwidth=1.2",
    };

    private static void Attributes(StringBuilder dot, string of, IEnumerable<(string Name, string Value)> attributes) =>
        dot.Append(of).Append(" [").AppendJoin(", ", attributes.Select(a => $"{a.Name}=\"{a.Value}\"")).Append("];\n");

    private static string Name(Guid id) => $"\"{id}\"";

    /// <summary>A quoted string: backslashes and quotes by DOT's rules, ampersands because labels know HTML's entities.</summary>
    private static string Text(IEnumerable<string> lines, string end) => '"' + string.Join(end, lines.Select(l => l
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("&", "&amp;", StringComparison.Ordinal))) + '"';

    /// <summary>What the lines and boxes mean that are there, in an HTML-like label in which nothing is that a user typed.</summary>
    private static class Legend
    {
        public static void Write(StringBuilder dot, Drawing drawing)
        {
            if (drawing.Boxes.Count == 0)
            {
                return;
            }

            dot.Append("  legend [shape=plain, id=legend, label=<<TABLE BORDER=\"1\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"3\" COLOR=\"#c9d0d6\">\n");
            foreach (var kind in Enum.GetValues<LineKind>().Where(k => drawing.Lines.Any(l => l.Kind == k)))
            {
                var side = kind is LineKind.Contradicts or LineKind.Denies ? Side.Against : Side.For;
                var (sample, meaning) = Meaning(kind);
                Row(dot, Palette.Of(new Line(default, null, kind, side) { Label = "" }), Palette.Paper, sample, meaning);
            }

            if (drawing.Boxes.Any(b => b.IsCounted))
            {
                var sides = drawing.Boxes.Where(b => b.IsCounted).Select(b => b.Sides).Distinct().Order().ToArray();
                Row(dot, Palette.Paper, Palette.Of(sides[0]), "<B>ORIGIN</B>", "where it begins: only origins count");
            }

            if (drawing.Frames.Count > 0)
            {
                Row(dot, Palette.Of(drawing.Frames[0].Side), Palette.FramePaper, "frame", "origins that count as one");
            }

            if (drawing.Boxes.Any(b => b.Role == SourceRole.UnknownLineage))
            {
                Row(dot, Palette.Ink, Palette.Paper, "? dashed", "may be an origin: counts at most");
            }

            if (drawing.Boxes.Any(b => b.IsParty))
            {
                Row(dot, Palette.Ink, Palette.PartyPaper, "party", "has a stake: counts nowhere");
            }

            if (drawing.Boxes.Any(b => b.IsInCycle))
            {
                Row(dot, Palette.Circle, Palette.Paper, "circular", "have it from one another");
            }

            dot.Append("  </TABLE>>];\n");
        }

        private static void Row(StringBuilder dot, string colour, string fill, string sample, string meaning) => dot.Append(
            $"    <TR><TD BGCOLOR=\"{fill}\"><FONT POINT-SIZE=\"9\" COLOR=\"{colour}\">{sample}</FONT></TD><TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"9\">{meaning}</FONT></TD></TR>\n");

        private static (string Sample, string Meaning) Meaning(LineKind kind) => kind switch
        {
            LineKind.Supports => ("━━━▶", "thick: supports the claim"),
            LineKind.Reports => ("───❯", "thin: reports it, vouching for nothing"),
            LineKind.Contradicts => ("━ ━ ┫", "dashed: contradicts it"),
            LineKind.Denies => ("▪ ▪ ▫", "dotted: a party denies it"),
            LineKind.HasItFrom => ("───▶", "has it from"),
            LineKind.Circular => ("━━━▶", "has it from, in a circle"),
            LineKind.SameWire => ("─ ─ ─", "prints the same wire"),
            _ => ("· · · ❯", "was not read itself, but there"),
        };
    }
}
