using Stemma.Domain.Assessments;

namespace Stemma.Api.Assessments.Graphs;

/// <summary>Colours that the colour-blind tell apart and that differ in grey; none of them says what line, shape or word do not say as well.</summary>
internal static class Palette
{
    public const string Ink = "#1f2933";
    public const string Quiet = "#5b6770";
    public const string Rule = "#8a949c";
    public const string Paper = "#ffffff";
    public const string Support = "#0b5394";
    public const string Contradiction = "#a04a00";
    public const string Either = "#4a4a4a";
    public const string Circle = "#c00030";
    public const string ClaimPaper = "#fff4cc";
    public const string RelayPaper = "#f5f7f9";
    public const string UnknownPaper = "#ffffff";
    public const string PartyPaper = "#e9e3f0";
    public const string FramePaper = "#eaf1f8";
    public const string FramePaperAgainst = "#fbefe4";

    public static string Of(Sides sides) => sides switch
    {
        Sides.For => Support,
        Sides.Against => Contradiction,
        _ => Either,
    };

    public static string Of(Line line) => line.Kind switch
    {
        LineKind.Circular => Circle,
        LineKind.CitedIn or LineKind.SameWire => Quiet,
        LineKind.HasItFrom => Ink,
        _ => line.Side == Side.Against ? Contradiction : Support,
    };
}
