using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Domain.Reconciliation;

/// <summary>An entity, each thing of it read once for all the rows that it is compared with.</summary>
public sealed class KnownEntity(Entity entity, Wording wording)
{
    private readonly Dictionary<string, IReadOnlyList<Mark>> _marks = new(StringComparer.Ordinal);
    private HashSet<Guid>? _urlKeys;
    private IReadOnlyList<string>? _names;
    private string? _statement;

    /// <summary>The entity.</summary>
    public Entity Entity => entity;

    /// <summary>Its addresses, as they are compared.</summary>
    public IReadOnlySet<Guid> UrlKeys => _urlKeys ??= [.. SourceUrl.Keys(entity.Content.Urls())];

    /// <summary>Its names as <see cref="Wording.Name"/> has them; a claim has none.</summary>
    public IReadOnlyList<string> Names => _names ??= [.. EntityProperties.Name.Values(entity).Select(v => wording.Name(v.Text!))];

    /// <summary>What it claims, as <see cref="Wording.Statement"/> has it.</summary>
    public string Statement => _statement ??= wording.Statement(entity.Name);

    /// <summary>Whether it has one of the values that are asked for.</summary>
    public Agreement With(EntityProperty property, IReadOnlyList<Mark> asked)
    {
        if (!_marks.TryGetValue(property.Id, out var stored))
        {
            stored = property.Comparison.ReadStored(property.Values(entity), wording);
            _marks.Add(property.Id, stored);
        }

        return property.Comparison.Of(stored, asked);
    }
}

/// <summary>A row, each thing of it read once for all the entities that it is compared with.</summary>
public sealed class SoughtEntity(EntityQuestion question, Wording wording)
{
    /// <summary>The row.</summary>
    public EntityQuestion Question => question;

    /// <summary>The id that the text is.</summary>
    public Guid? Id { get; } = question.Id;

    /// <summary>The addresses by which it can be found, as they are compared.</summary>
    public IReadOnlySet<Guid> UrlKeys { get; } = SourceUrl.Keys(question.Urls).ToHashSet();

    /// <summary>The ids in other systems by which it can be found.</summary>
    public IReadOnlySet<ExternalId> ExternalIds { get; } = question.ExternalIds.ToHashSet();

    /// <summary>The text, where it is an address, as it is compared.</summary>
    public Guid? TextUrl { get; } = SourceUrl.Key(question.Text?.Trim());

    /// <summary>The text as <see cref="Wording.Name"/> has it.</summary>
    public string Name { get; } = question.Text is { } text ? wording.Name(text) : "";

    /// <summary>The text as <see cref="Wording.Statement"/> has it.</summary>
    public string Statement { get; } = question.Text is { } text ? wording.Statement(text) : "";

    /// <summary>What else is said of it, as it is compared.</summary>
    public IReadOnlyList<(EntityProperty Property, IReadOnlyList<Mark> Marks)> Properties { get; } =
        [.. question.Properties.Select(p => (p.Property, p.Property.Comparison.ReadAsked(p.Values, wording)))];
}
