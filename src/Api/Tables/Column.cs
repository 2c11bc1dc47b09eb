using System.Globalization;
using System.Text.RegularExpressions;
using Stemma.Api.Hosting.Exchange;

namespace Stemma.Api.Tables;

/// <summary>What the cells of one column are.</summary>
/// <param name="Place">Where the column stands, from 0.</param>
/// <param name="Member">The member that they are, or are a part of.</param>
/// <param name="Shape">What a cell looks like.</param>
internal sealed record Column(int Place, string Member, MemberShape Shape)
{
    /// <summary>Of a list of objects, which of them: <c>quantities[1].value</c>.</summary>
    public int? Index { get; init; }

    /// <summary>The member of the member's value: <c>quote.exact</c>.</summary>
    public string? Part { get; init; }

    /// <summary>Cells are ids in this system: <c>externalIds.my-sheet</c>, <c>claimId.my-sheet</c>.</summary>
    public string? System { get; init; }

    /// <summary>The JSON path of what a cell stands for.</summary>
    public string Path => Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"{Member}[{index}].{Part}") : Part is null ? Member : $"{Member}.{Part}";
}

/// <summary>Finds what columns are by their headers.</summary>
internal static partial class Columns
{
    private static readonly string[] OfRows = ["type", "deletedAt"];

    /// <returns>The column; null where there is no such member. A column of a member that is passed over has no <see cref="Column.Member"/>.</returns>
    public static Column? Find(IExchangedKind kind, string path, int place)
    {
        if (Shape().Match(path) is not { Success: true } match)
        {
            return null;
        }

        var name = match.Groups["member"].Value;
        var part = match.Groups["part"] is { Success: true } p ? p.Value : null;
        var index = match.Groups["index"] is { Success: true } i ? int.Parse(i.ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        if (part is null && index is null && (name is "id" || OfRows.Contains(name)))
        {
            return new(place, name, MemberShape.Text);
        }

        if (part is null && index is null && name == "version")
        {
            return new(place, name, MemberShape.Number);
        }

        if (kind.ReadOnly.Contains(name))
        {
            return new(place, "", MemberShape.Text);
        }

        var member = kind.Members.FirstOrDefault(m => m.Name.Value == name);
        var inner = member?.Parts.FirstOrDefault(m => m.Name.Value == part);
        return (member?.Shape, part, index) switch
        {
            (null, _, _) => null,
            ({ } shape, null, null) => new(place, name, shape),
            (MemberShape.Object, _, null) when inner is not null => new(place, name, inner.Shape) { Part = part },
            (MemberShape.Objects, not null, not null) when inner is not null => new(place, name, inner.Shape) { Part = part, Index = index },
            (MemberShape.ExternalIds, not null, null) when IsSystem(part) => new(place, name, MemberShape.Text) { System = part },
            ({ } shape, not null, null) when kind.References.ContainsKey(name) && IsSystem(part) => new(place, name, shape) { System = part },
            _ => null,
        };
    }

    private static bool IsSystem(string name) => !name.Contains(':', StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(name);

    [GeneratedRegex(@"^(?<member>[A-Za-z]+)(\[(?<index>[0-9]{1,2})\])?(\.(?<part>.+))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Shape();
}
