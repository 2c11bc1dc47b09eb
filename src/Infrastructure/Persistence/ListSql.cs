using System.Globalization;
using System.Text;
using Npgsql;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;

namespace Stemma.Infrastructure.Persistence;

/// <summary>
/// A list's SQL, put together from constant pieces; values go in as parameters only. One row more than the page is read, to know whether
/// another page follows.
/// </summary>
internal sealed class ListSql
{
    private readonly StringBuilder _where;
    private readonly string _table;
    private readonly string _alias;
    private readonly bool _descending;

    /// <param name="table">The list's table.</param>
    /// <param name="alias">Its alias.</param>
    /// <param name="descending">Its order.</param>
    /// <param name="withDeleted">Whether tombstones are among the rows.</param>
    public ListSql(string table, string alias, bool descending, bool withDeleted = false)
    {
        (_table, _alias, _descending) = (table, alias, descending);
        _where = new StringBuilder("where ").Append(withDeleted ? "true" : alias + ".live");
    }

    /// <summary>Whether anything is left out but what is deleted.</summary>
    public bool Narrows { get; private set; }

    public List<NpgsqlParameter> Parameters { get; } = [];

    public string Parameter<T>(T value)
    {
        Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return "$" + Parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    public void And(string condition)
    {
        _where.Append("\n  and ").Append(condition);
        Narrows = true;
    }

    /// <summary>One value is compared with <c>=</c>, which lets an index give the order too.</summary>
    public void AndAny<T>(string column, IReadOnlyList<T> values)
    {
        switch (values.Count)
        {
            case 0:
                break;
            case 1:
                And($"{column} = {Parameter(values[0])}");
                break;
            default:
                And($"{column} = any({Parameter(values.ToArray())})");
                break;
        }
    }

    /// <summary>What stands in either of two columns, each of which has an index; PostgreSQL takes both together.</summary>
    public void AndEither(string column, string other, IReadOnlyList<Guid> values)
    {
        if (values.Count > 0)
        {
            var any = values.Count == 1 ? $"= {Parameter(values[0])}" : $"= any({Parameter(values.ToArray())})";
            And($"({column} {any} or {other} {any})");
        }
    }

    public void AndAnyOf<TEnum>(string column, IReadOnlyList<TEnum> values)
        where TEnum : struct, Enum => AndAny(column, [.. values.Select(StoredNames<TEnum>.Of)]);

    /// <summary>Compares without regard to case, as the index on <c>lower(column)</c> does.</summary>
    public void AndAnyIgnoringCase(string column, IReadOnlyList<string> values)
    {
        switch (values.Count)
        {
            case 0:
                break;
            case 1:
                And($"lower({column}) = lower({Parameter(values[0])})");
                break;
            default:
                And($"lower({column}) = any(lower_all({Parameter(values.ToArray())}))");
                break;
        }
    }

    /// <summary>Bounds the value that the list would be sorted by, so that one index gives both the bounds and that order.</summary>
    public void AndBetween(SortKey key, PartialDate? from, PartialDate? to)
    {
        if (from is null && to is null)
        {
            return;
        }

        var value = key.Expression(_alias, _descending);
        And($"{_alias}.{key.Column} is not null");
        if (from is { } start)
        {
            And($"{value} >= {Parameter(start.First)}");
        }

        if (to is { } end)
        {
            And($"{value} <= {Parameter(end.Last)}");
        }
    }

    /// <summary>
    /// The few rows of an address are fetched first, and then put in order: PostgreSQL, which knows nothing of the share of an array of keys,
    /// takes it for larger than it is and would read the list in order until it has found them.
    /// </summary>
    public void AndUrls(IReadOnlyList<string> urls)
    {
        if (urls.Count > 0)
        {
            And($"{_alias}.id = any(array(select id from {_table} where url_keys && {Parameter(SourceUrl.Keys(urls))}))");
        }
    }

    public void AndStored(StoredFilter stored, ResourceType type)
    {
        if (stored.Tags.Count > 0)
        {
            And($"{_alias}.tags && {Parameter(stored.Tags.ToArray())}");
        }

        if (stored.ExternalIds.Count > 0)
        {
            And($"{_alias}.id in (select resource_id from external_ids where resource_type = '{StoredNames<ResourceType>.Of(type)}' "
                + $"and digest = any({Parameter(stored.ExternalIds.Select(ExternalIdDigest.Of).ToArray())}))");
        }

        AndAny($"{_alias}.created_by", stored.CreatedBy);
        AndInstant("created_at >= ", stored.CreatedFrom);
        AndInstant("created_at <= ", stored.CreatedTo);
        AndInstant("updated_at > ", stored.UpdatedAfter);
        AndInstant("updated_at < ", stored.UpdatedBefore);
    }

    /// <summary>
    /// Tells PostgreSQL, for this transaction alone, when to plan; null where the plan cannot depend on a value. How many rows a filter leaves
    /// depends on its values: a plan for any value walks a whole list to find one row. A later page without filters is one walk along the
    /// index of its order: there a plan for any value is right, and planning would cost as much as reading. Call it before <see cref="Page"/>.
    /// </summary>
    public NpgsqlBatchCommand? Planning<TSort>(PageRequest<TSort> page)
        where TSort : struct, Enum =>
        Parameters.Count > 0 ? new("select set_config('plan_cache_mode', 'force_custom_plan', true)")
        : page.After is not null ? new("select set_config('plan_cache_mode', 'force_generic_plan', true)")
        : null;

    /// <summary>Counts what matches, as far as totals are counted. Call it before <see cref="Page"/>, whose parameters it does not have.</summary>
    public NpgsqlBatchCommand Count(string from)
    {
        var command = new NpgsqlBatchCommand(string.Create(
            CultureInfo.InvariantCulture, $"select count(*)::int from (select from {from}\n{_where}\nlimit {Total.CountedTo + 1}) matching"));
        Parameters.ForEach(p => command.Parameters.Add(p.Clone()));
        return command;
    }

    /// <summary>All that matches, by id.</summary>
    public string ById(string columns, string from) => $"select {columns}\nfrom {from}\n{_where}\norder by {_alias}.id";

    /// <summary>All that matches, in no order.</summary>
    public NpgsqlBatchCommand All(string columns, string from)
    {
        var command = new NpgsqlBatchCommand($"select {columns}\nfrom {from}\n{_where}");
        Parameters.ForEach(p => command.Parameters.Add(p));
        return command;
    }

    public NpgsqlBatchCommand Page<TSort>(string columns, string from, SortKey key, PageRequest<TSort> page)
        where TSort : struct, Enum
    {
        var order = page.Descending ? "desc" : "asc";
        var value = key.Expression(_alias, page.Descending);
        var id = key.Id ?? $"{_alias}.id";
        if (page.After is { } after)
        {
            var bound = key.Kind switch
            {
                SortKind.Name => $"lower({Parameter(after.Name ?? "")}) collate \"C\"",
                SortKind.Number => Parameter(after.Number ?? 0),
                SortKind.Flag => Parameter(after.Number > 0),
                _ => after.Instant is { } instant ? Parameter(instant) : SortKey.Missing(page.Descending),
            };
            And($"({value}, {id}) {(page.Descending ? '<' : '>')} ({bound}, {Parameter(after.Id)})");
        }

        var command = new NpgsqlBatchCommand(string.Create(
            CultureInfo.InvariantCulture,
            $"select {columns}\nfrom {from}\n{_where}\norder by {value} {order}, {id} {order}\nlimit {page.Limit + 1}"));
        Parameters.ForEach(p => command.Parameters.Add(p));
        return command;
    }

    private void AndInstant(string comparison, DateTimeOffset? instant)
    {
        if (instant is { } value)
        {
            And($"{_alias}.{comparison}{Parameter(value)}");
        }
    }
}

/// <summary>What a list is sorted by. Each expression has an index of its own.</summary>
/// <param name="Column">The column.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Table">The alias of its table, where that is not the list's own.</param>
/// <param name="Id">The column that breaks ties, where that is not the list's id: it is the same, and in the index.</param>
internal readonly record struct SortKey(string Column, SortKind Kind = SortKind.Instant, string? Table = null, string? Id = null)
{
    public static string Missing(bool descending) => descending ? "'-infinity'::timestamptz" : "'infinity'::timestamptz";

    public string Expression(string alias, bool descending) => Kind switch
    {
        SortKind.Name => $"lower({alias}.{Column}) collate \"C\"",
        SortKind.OptionalInstant => $"coalesce({alias}.{Column}, {Missing(descending)})",
        _ => $"{Table ?? alias}.{Column}",
    };
}

internal enum SortKind
{
    Instant,

    /// <summary>Rows without one come last.</summary>
    OptionalInstant,

    /// <summary>Without regard to case.</summary>
    Name,
    Number,
    Flag,
}
