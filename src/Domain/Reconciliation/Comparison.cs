using System.Globalization;
using Stemma.Domain.Kernel;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Reconciliation;

/// <summary>What a value is compared by: text, a key, or a span of time.</summary>
public readonly record struct Mark(string? Text = null, Guid? Key = null, DateTimeOffset First = default, DateTimeOffset Last = default);

/// <summary>In what form texts are compared.</summary>
public enum TextForm
{
    /// <summary>As they are.</summary>
    Plain,

    /// <summary>As <see cref="Wording.Name"/> has them.</summary>
    Name,

    /// <summary>As <see cref="Wording.Statement"/> has them.</summary>
    Statement,
}

/// <summary>How values of a property are compared. What is stored and what is asked are each read once, however often they are compared.</summary>
public sealed class Comparison
{
    /// <summary>Without case.</summary>
    public static readonly Comparison Text = new(
        (value, _) => [new(value.Text)], (asked, _) => new(asked.Trim()), (one, other) => string.Equals(one.Text, other.Text, StringComparison.OrdinalIgnoreCase));

    /// <summary>As names.</summary>
    public static readonly Comparison Name = new(
        (value, wording) => [new(wording.Name(value.Text!))], (asked, wording) => Filled(wording.Name(asked)), IsSame, TextForm.Name);

    /// <summary>As statements.</summary>
    public static readonly Comparison Statement = new(
        (value, wording) => [new(wording.Statement(value.Text!))], (asked, wording) => Filled(wording.Statement(asked)), IsSame, TextForm.Statement);

    /// <summary>As whole numbers.</summary>
    public static readonly Comparison Number = new(
        (value, _) => value.Number is { } number ? [NumberOf(number)] : [],
        (asked, _) => int.TryParse(asked, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? NumberOf(number) : null,
        IsSame);

    /// <summary>As addresses, by <see cref="SourceUrl.Key"/>.</summary>
    public static readonly Comparison Url = new(
        (value, _) => [new(Key: SourceUrl.Key(value.Text))], (asked, _) => SourceUrl.Key(EntityProperties.AsUrl(asked)) is { } key ? new(Key: key) : null, IsSame);

    /// <summary>Another id in the same system is another thing's; nothing follows from one in another system.</summary>
    public static readonly Comparison ExternalId = new(
        (value, _) => [new(value.Text)], (asked, _) => asked.IndexOf(':', StringComparison.Ordinal) > 0 ? new(asked) : null, IsSameId);

    /// <summary>As language tags, of which one may go on where the other ends.</summary>
    public static readonly Comparison Language = new(
        (value, _) => [new(value.Text + "-")],
        (asked, _) => new(asked.Trim() + "-"),
        (one, other) => one.Text!.StartsWith(other.Text!, StringComparison.OrdinalIgnoreCase) || other.Text!.StartsWith(one.Text!, StringComparison.OrdinalIgnoreCase));

    /// <summary>A source by its id, or as names.</summary>
    public static readonly Comparison Source = new(
        (value, wording) => NamesOf(value.Source!).Select(name => new Mark(wording.Name(name))).Prepend(new(Key: value.Source!.Id.Value)),
        (asked, wording) => Guid.TryParseExact(asked, "D", out var id) ? new(Key: id) : Filled(wording.Name(asked)),
        (one, other) => one.Key is null == other.Key is null ? one == other : null,
        TextForm.Name);

    /// <summary>As spans of time, which agree where they overlap.</summary>
    public static readonly Comparison Time = new(
        (value, _) => [value.Instant is { } instant ? new(First: instant, Last: instant) : SpanOf(PartialDate.Parse(value.Text!))],
        (asked, _) => PartialDate.TryParse(asked, out var date) ? SpanOf(date) : null,
        (one, other) => one.First <= other.Last && other.First <= one.Last);

    private readonly Func<EntityValue, Wording, IEnumerable<Mark>> _stored;
    private readonly Func<string, Wording, Mark?> _asked;
    private readonly Func<Mark, Mark, bool?> _same;

    private Comparison(
        Func<EntityValue, Wording, IEnumerable<Mark>> stored, Func<string, Wording, Mark?> asked, Func<Mark, Mark, bool?> same, TextForm form = TextForm.Plain) =>
        (_stored, _asked, _same, Form) = (stored, asked, same, form);

    /// <summary>In what form texts are compared.</summary>
    public TextForm Form { get; }

    /// <summary>The texts of a stored value that are compared.</summary>
    public static IEnumerable<string> TextsOf(EntityValue value) => value.Source is { } source ? NamesOf(source) : value.Text is { } text ? [text] : [];

    /// <summary>What stored values are compared by.</summary>
    public IReadOnlyList<Mark> ReadStored(IEnumerable<EntityValue> values, Wording wording) => [.. values.SelectMany(v => _stored(v, wording))];

    /// <summary>What asked values are compared by; what cannot be compared is left out.</summary>
    public IReadOnlyList<Mark> ReadAsked(IEnumerable<string> values, Wording wording) => [.. values.Select(v => _asked(v, wording)).OfType<Mark>()];

    /// <summary>Whether one of what is stored is one of what is asked.</summary>
    public Agreement Of(IReadOnlyList<Mark> stored, IReadOnlyList<Mark> asked)
    {
        var answer = Agreement.Unknown;
        foreach (var one in stored)
        {
            foreach (var other in asked)
            {
                switch (_same(one, other))
                {
                    case true:
                        return Agreement.Agrees;
                    case false:
                        answer = Agreement.Disagrees;
                        break;
                }
            }
        }

        return answer;
    }

    private static bool? IsSame(Mark one, Mark other) => one == other;

    private static bool? IsSameId(Mark one, Mark other)
    {
        var system = other.Text.AsSpan(0, other.Text!.IndexOf(':', StringComparison.Ordinal) + 1);
        return one.Text.AsSpan().StartsWith(system, StringComparison.Ordinal) ? one == other : null;
    }

    private static Mark? Filled(string text) => text.Length == 0 ? null : new(text);

    private static Mark NumberOf(int number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static Mark SpanOf(PartialDate date) => new(First: date.First, Last: date.Last);

    private static IEnumerable<string> NamesOf(Source source) => source.Content.Aliases.Prepend(source.Content.Name);
}
