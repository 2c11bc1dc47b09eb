using Npgsql;
using NpgsqlTypes;
using Stemma.Domain.Assessments;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Imports;

/// <summary>A column of a table that points at rows of another, and the JSON path of its member.</summary>
/// <param name="Column">The column.</param>
/// <param name="Path">The member.</param>
/// <param name="To">What it points at.</param>
/// <param name="IsList">Whether it holds an array.</param>
internal readonly record struct ReferenceColumn(string Column, string Path, ResourceType To, bool IsList = false);

/// <summary>A rule of the table's that rows must keep once their references are known: those for which the condition holds are faulty.</summary>
/// <param name="Condition">SQL over the staged row <c>s</c>.</param>
/// <param name="Path">The member at fault.</param>
/// <param name="Message">What is wrong.</param>
internal readonly record struct StagedRule(string Condition, string Path, string Message);

/// <summary>How rows of one kind are staged and compared: all that an import has to know of its table.</summary>
internal abstract class ImportTable
{
    private readonly Lazy<string> _columns;

    protected ImportTable() => _columns = new(() => string.Join(", ", AllColumns));

    public abstract ResourceType Type { get; }

    public string TypeName => StoredNames<ResourceType>.Of(Type);

    public abstract string Name { get; }

    public string Staged => "import_" + Name;

    public abstract IReadOnlyList<ReferenceColumn> References { get; }

    public virtual IReadOnlyList<StagedRule> Rules => [];

    /// <summary>
    /// What tells two living rows apart besides their ids, as expressions of the table's unique index over the row <c>{0}</c>; empty where nothing does.
    /// </summary>
    public virtual IReadOnlyList<string> NaturalKey => [];

    /// <summary>By what staged rows are written, the last being <c>line</c>: what others follow that several rows share is then written once for many.</summary>
    public virtual IReadOnlyList<string> WrittenBy => ["line"];

    /// <summary>The alias that the next two, and what a filter says, know the table by.</summary>
    public abstract string Alias { get; }

    /// <summary>What <see cref="Read"/> reads.</summary>
    public abstract string Selected { get; }

    /// <summary>From where it is selected.</summary>
    public virtual string From => $"{Name} {Alias}";

    /// <summary>Stored rows with the ids <c>$1</c>, tombstones included.</summary>
    public string ByIds => $"select {Selected} from {From} where {Alias}.id = any($1)";

    /// <summary>The columns that both the table and its staged form have.</summary>
    public string Columns => _columns.Value;

    public abstract IReadOnlyList<string> AllColumns { get; }

    public abstract Resource Read(NpgsqlDataReader reader);

    /// <summary>Narrows a list to what the filter, of this kind, leaves.</summary>
    public abstract void Where(ListSql sql, ResourceFilter filter);

    public abstract void Write(NpgsqlBinaryImporter rows, StagedRow row);
}

/// <summary>A row that is to be written.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Id">Its resource.</param>
/// <param name="IsNew">Whether there is no row yet.</param>
/// <param name="IsCreated">Whether there is no living one.</param>
/// <param name="Stamp">As it will be.</param>
/// <param name="Content">As it will be.</param>
internal sealed record StagedRow(int Line, Guid Id, bool IsNew, bool IsCreated, Stamp Stamp, ResourceContent Content)
{
    /// <summary>Of a claim that comes back from an export: what an analyst graded it.</summary>
    public CredibilityOverride? Grade { get; init; }
}

/// <inheritdoc/>
internal abstract class ImportTable<TContent> : ImportTable
    where TContent : ResourceContent
{
    private static readonly string[] Stamp = ["id", "version", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "external_ids", "tags"];

    private IReadOnlyList<ImportColumn<TContent>>? _content;

    /// <summary>The columns besides those that all tables have.</summary>
    protected abstract IReadOnlyList<ImportColumn<TContent>> Content { get; }

    public override IReadOnlyList<string> AllColumns => [.. Stamp, .. (_content ??= Content).Select(c => c.Name)];

    public override void Write(NpgsqlBinaryImporter rows, StagedRow row)
    {
        var content = (TContent)row.Content;
        rows.StartRow();
        rows.Write(row.Line, NpgsqlDbType.Integer);
        rows.Write(row.IsNew, NpgsqlDbType.Boolean);
        rows.Write(row.IsCreated, NpgsqlDbType.Boolean);
        rows.Write(row.Id, NpgsqlDbType.Uuid);
        rows.Write(row.Stamp.Version, NpgsqlDbType.Integer);
        rows.Write(row.Stamp.CreatedAt, NpgsqlDbType.TimestampTz);
        rows.Write(row.Stamp.CreatedBy, NpgsqlDbType.Text);
        rows.Write(row.Stamp.UpdatedAt, NpgsqlDbType.TimestampTz);
        rows.Write(row.Stamp.UpdatedBy, NpgsqlDbType.Text);
        rows.WriteOptional(row.Stamp.DeletedAt, NpgsqlDbType.TimestampTz);
        rows.Write(StoredJson.Write(content.ExternalIds), NpgsqlDbType.Jsonb);
        rows.Write(content.Tags.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        foreach (var column in _content ??= Content)
        {
            column.Write(rows, content);
        }
    }

    protected static ImportColumn<TContent> Text(string name, Func<TContent, string?> value) => new(name, (rows, c) => rows.WriteOptional(value(c), NpgsqlDbType.Text));

    protected static ImportColumn<TContent> Json(string name, Func<TContent, string?> value, NpgsqlDbType type) => new(name, (rows, c) => rows.WriteOptional(value(c), type));

    protected static ImportColumn<TContent> Id(string name, Func<TContent, Guid?> value) => new(name, (rows, c) => rows.WriteOptional(value(c), NpgsqlDbType.Uuid));

    protected static ImportColumn<TContent> Ids(string name, Func<TContent, Guid[]> value) => new(name, (rows, c) => rows.Write(value(c), NpgsqlDbType.Array | NpgsqlDbType.Uuid));

    protected static ImportColumn<TContent> Texts(string name, Func<TContent, IEnumerable<string>> value) =>
        new(name, (rows, c) => rows.Write(value(c).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text));

    protected static ImportColumn<TContent> Instant(string name, Func<TContent, DateTimeOffset?> value) =>
        new(name, (rows, c) => rows.WriteOptional(value(c), NpgsqlDbType.TimestampTz));

    protected static ImportColumn<TContent> Number(string name, Func<TContent, decimal?> value) => new(name, (rows, c) => rows.WriteOptional(value(c), NpgsqlDbType.Numeric));

    protected static ImportColumn<TContent> Integer(string name, Func<TContent, int> value) => new(name, (rows, c) => rows.Write(value(c), NpgsqlDbType.Integer));

    protected static ImportColumn<TContent> Flag(string name, Func<TContent, bool?> value) => new(name, (rows, c) => rows.WriteOptional(value(c), NpgsqlDbType.Boolean));

    /// <summary>The keys of its addresses, as single writes derive them.</summary>
    protected static ImportColumn<TContent> UrlKeys() => Ids("url_keys", c => SourceUrl.Keys(c.Urls()));

    protected static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => StoredNames<TEnum>.Of(value);
}

/// <summary>A column, and how its value is written from the content.</summary>
internal readonly record struct ImportColumn<TContent>(string Name, Action<NpgsqlBinaryImporter, TContent> Write);

internal static class BinaryRows
{
    public static void WriteOptional(this NpgsqlBinaryImporter rows, string? value, NpgsqlDbType type)
    {
        if (value is null)
        {
            rows.WriteNull();
        }
        else
        {
            rows.Write(value, type);
        }
    }

    public static void WriteOptional<T>(this NpgsqlBinaryImporter rows, T? value, NpgsqlDbType type)
        where T : struct
    {
        if (value is { } given)
        {
            rows.Write(given, type);
        }
        else
        {
            rows.WriteNull();
        }
    }
}
