using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Xml;

namespace Stemma.Api.Assessments.Graphs;

/// <summary>
/// What Graphviz has drawn, as it goes out: shapes and texts only, whatever else there may be, and no document type, which would name a file
/// elsewhere. Pointing at a box tells the names whole.
/// </summary>
internal static class Svg
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private static readonly FrozenSet<string> Elements = FrozenSet.Create(StringComparer.Ordinal, "svg", "g", "title", "polygon", "polyline", "path", "ellipse", "text");

    private static readonly FrozenSet<string> Attributes = FrozenSet.Create(
        StringComparer.Ordinal,
        "width", "height", "viewBox", "id", "class", "transform", "points", "d", "cx", "cy", "rx", "ry", "x", "y", "text-anchor", "font-family", "font-size",
        "font-weight", "font-style", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity");

    public static byte[] Clean(byte[] drawn, Drawing drawing)
    {
        var titles = Titles(drawing);
        using var clean = new MemoryStream(drawn.Length);
        using (var reader = XmlReader.Create(new MemoryStream(drawn), new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true }))
        using (var writer = XmlWriter.Create(clean, new() { Encoding = new UTF8Encoding(false), NewLineChars = "\n" }))
        {
            string? of = null;
            reader.MoveToContent();
            while (!reader.EOF)
            {
                switch (reader.NodeType)
                {
                    case XmlNodeType.Element when reader.LocalName == "title":
                        if (of is not null && titles.TryGetValue(of, out var title))
                        {
                            writer.WriteElementString("title", Namespace, title);
                        }

                        of = null;
                        reader.Skip();
                        continue;
                    case XmlNodeType.Element when !Elements.Contains(reader.LocalName):
                        reader.Skip();
                        continue;
                    case XmlNodeType.Element:
                        of = reader.GetAttribute("id");
                        Copy(reader, writer, drawing);
                        break;
                    case XmlNodeType.EndElement:
                        writer.WriteEndElement();
                        break;
                    case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when reader.Depth > 0:
                        writer.WriteString(reader.Value);
                        break;
                }

                reader.Read();
            }
        }

        return clean.ToArray();
    }

    private static void Copy(XmlReader reader, XmlWriter writer, Drawing drawing)
    {
        var (name, isEmpty) = (reader.LocalName, reader.IsEmptyElement);
        writer.WriteStartElement(name, Namespace);
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI.Length == 0 && Attributes.Contains(reader.Name))
            {
                writer.WriteAttributeString(reader.Name, reader.Value);
            }
        }

        if (name == "svg")
        {
            writer.WriteAttributeString("role", "img");
            writer.WriteElementString("title", Namespace, $"Who says it, and from whom they have it: {drawing.ClaimText}");
            writer.WriteElementString("desc", Namespace, string.Join(' ', drawing.Explanation));
        }

        if (isEmpty)
        {
            writer.WriteEndElement();
        }
    }

    private static Dictionary<string, string> Titles(Drawing drawing)
    {
        var boxes = drawing.Boxes.ToDictionary(b => b.Id);
        var titles = new Dictionary<string, string>(StringComparer.Ordinal) { [DotWriter.Claim] = drawing.ClaimText };
        foreach (var box in drawing.Boxes)
        {
            titles[box.Id.Value.ToString()] = $"{box.Heading}: {string.Join("; ", box.Names)}";
        }

        foreach (var (index, frame) in drawing.Frames.Index())
        {
            titles[string.Create(CultureInfo.InvariantCulture, $"frame{index}")] = frame.Label;
        }

        foreach (var (index, line) in drawing.Lines.Index())
        {
            var what = line.Label.Length > 0 ? line.Label : "has it from";
            titles[DotWriter.IdOf(index)] = $"{ShortName(line.From)} – {what} – {(line.To is { } to ? ShortName(to) : "the claim")}";
        }

        return titles;

        string ShortName(Domain.Sources.SourceId id) => boxes[id].Names is [var only] ? only : boxes[id].Heading;
    }
}
