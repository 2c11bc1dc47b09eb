using System.Runtime.CompilerServices;
using Npgsql;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Infrastructure.Persistence;

/// <summary>Reads one row's columns from left to right.</summary>
internal struct RowReader(NpgsqlDataReader row, int at = 0)
{
    /// <summary>The columns that <see cref="Stamp"/> reads, of the table alias <c>{0}</c>.</summary>
    public const string StampColumns = "{0}.version, {0}.created_at, {0}.created_by, {0}.updated_at, {0}.updated_by, {0}.deleted_at";

    private int _at = at;

    public Stamp Stamp() => new(Int(), Instant(), Text(), Instant(), Text(), OptionalInstant());

    /// <summary>Of the columns <c>id, version, updated_at</c>.</summary>
    public Mark Mark() => new(Id(), Int(), Instant());

    public int Int() => row.GetInt32(_at++);

    /// <summary>0 where there is none.</summary>
    public int IntOrZero() => row.IsDBNull(_at) ? Skip(0) : row.GetInt32(_at++);

    public Guid Id() => row.GetGuid(_at++);

    public Guid? OptionalId() => row.IsDBNull(_at) ? Skip<Guid?>(null) : row.GetGuid(_at++);

    public string Text() => row.GetString(_at++);

    public string? OptionalText() => row.IsDBNull(_at) ? Skip<string?>(null) : row.GetString(_at++);

    public bool? OptionalBool() => row.IsDBNull(_at) ? Skip<bool?>(null) : row.GetBoolean(_at++);

    public decimal? OptionalNumber() => row.IsDBNull(_at) ? Skip<decimal?>(null) : row.GetDecimal(_at++);

    public DateTimeOffset Instant() => row.GetFieldValue<DateTimeOffset>(_at++);

    public DateTimeOffset? OptionalInstant() => row.IsDBNull(_at) ? Skip<DateTimeOffset?>(null) : row.GetFieldValue<DateTimeOffset>(_at++);

    public PartialDate? OptionalDate() => OptionalText() is { } text ? PartialDate.Parse(text) : null;

    public TEnum Enum<TEnum>()
        where TEnum : struct, Enum => StoredNames<TEnum>.Parse(Text());

    public ValueList<string> Texts() => row.GetFieldValue<string[]>(_at++) is { Length: > 0 } items ? new(items) : [];

    public Guid[] Ids() => row.GetFieldValue<Guid[]>(_at++);

    public ValueList<ExternalId> ExternalIds() => StoredJson.ReadExternalIds(Text());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Skip<T>(T value)
    {
        _at++;
        return value;
    }
}
