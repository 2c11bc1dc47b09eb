namespace Stemma.Api.Hosting.OpenApi;

/// <summary>Text that must be one of an enum's names, so that the document lists them and a wrong one is a broken rule like any other.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValuesAttribute(Type type) : Attribute
{
    public IReadOnlyList<string> Names { get; } = EnumNames.Of(type);

    /// <summary>What stands where none is given.</summary>
    public string? Default { get; init; }
}

/// <summary>What the text of a property is, beyond being text.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextFormatAttribute(TextFormat format) : Attribute
{
    public TextFormat Format { get; } = format;
}

/// <summary>Forms of text that the document describes.</summary>
internal enum TextFormat
{
    Uuid,
    Uri,
    Instant,
    PartialDate,
    Language,
    Country,
    Sha256,
    Integer,
    Share,
    Boolean,

    /// <summary>An address with a place in it for what the client knows: <c>{{id}}</c>.</summary>
    Template,
}

/// <summary>Values that a parameter takes, as a list to choose from.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ChoicesAttribute(params string[] values) : Attribute
{
    public IReadOnlyList<string> Values { get; } = values;
}

/// <summary>How many rows a <c>limit</c> gives, where they are other than a list's.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LimitAttribute(int otherwise, int most) : Attribute
{
    public int Default { get; } = otherwise;

    public int Most { get; } = most;
}
