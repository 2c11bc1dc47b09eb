using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Infrastructure.Persistence.Configurations;

/// <summary>
/// What all resources' tables share. One resource is one row: lists and nested values are arrays and <c>jsonb</c> in it. Checks, foreign keys,
/// generated columns, indexes and triggers are SQL, in the migrations.
/// </summary>
internal static class ResourceMapping
{
    /// <summary>The column that holds the keys of the row's addresses, derived from them at each save.</summary>
    public const string UrlKeys = "UrlKeys";

    /// <summary>Maps the resource to its row, the content's members beside its own, with the column types that follow from theirs.</summary>
    /// <param name="table">What is mapped.</param>
    /// <param name="content">Maps those members of the content that need more than their name.</param>
    /// <param name="hasUrls">Whether it has addresses, and so a column of their keys.</param>
    public static void MapResource<TResource, TContent>(
        this EntityTypeBuilder<TResource> table, Action<ComplexPropertyBuilder<TContent>> content, bool hasUrls = true)
        where TResource : Resource<TContent>
        where TContent : ResourceContent
    {
        table.Ignore(r => r.LastChange).Ignore(r => r.Ref).Ignore(r => r.IsDeleted).Ignore(r => r.AnyContent);
        table.Property(r => r.Version).IsConcurrencyToken();
        if (hasUrls)
        {
            table.Property<Guid[]>(UrlKeys).IsRequired();
        }

        table.ComplexProperty(r => r.Content, c =>
        {
            c.Property(x => x.Tags).HasArray();
            c.Property(x => x.ExternalIds).HasJson(StoredJson.Write, StoredJson.ReadExternalIds);
            content(c);
            c.IsRequired();
            NameColumns(c.Metadata);
        });
    }

    /// <summary>An array column.</summary>
    public static ComplexTypePropertyBuilder<ValueList<T>> HasArray<T, TStored>(
        this ComplexTypePropertyBuilder<ValueList<T>> property, Func<T, TStored> store, Func<TStored, T> read) =>
        property.HasConversion(
            new ValueConverter<ValueList<T>, TStored[]>(
                list => list.Select(store).ToArray(), array => new ValueList<T>(array.Select(read).ToArray())),
            Compared<T>());

    /// <inheritdoc cref="HasArray{T, TStored}"/>
    public static ComplexTypePropertyBuilder<ValueList<string>> HasArray(this ComplexTypePropertyBuilder<ValueList<string>> property) =>
        property.HasArray(text => text, text => text);

    /// <summary>A <c>jsonb</c> column.</summary>
    public static ComplexTypePropertyBuilder<ValueList<T>> HasJson<T>(
        this ComplexTypePropertyBuilder<ValueList<T>> property, Func<ValueList<T>, string> write, Func<string, ValueList<T>> read) =>
        property.HasColumnType("jsonb").HasConversion(
            new ValueConverter<ValueList<T>, string>(list => write(list), json => read(json)), Compared<T>());

    public static ComplexTypePropertyBuilder<TEnum> HasStoredNames<TEnum>(this ComplexTypePropertyBuilder<TEnum> property)
        where TEnum : struct, Enum =>
        property.HasConversion(value => StoredNames<TEnum>.Of(value), name => StoredNames<TEnum>.Parse(name));

    public static ComplexTypePropertyBuilder<PartialDate?> HasPartialDate(this ComplexTypePropertyBuilder<PartialDate?> property) =>
        property.HasConversion(new ValueConverter<PartialDate, string>(date => date.ToString(), text => PartialDate.Parse(text)));

    /// <summary>The lists are immutable and compare by value; Entity Framework would take them for collections of its own.</summary>
    private static ValueComparer<ValueList<T>> Compared<T>() => new((a, b) => Equals(a, b), list => list.GetHashCode(), list => list);

    private static void NameColumns(Microsoft.EntityFrameworkCore.Metadata.IMutableComplexProperty content)
    {
        foreach (var property in content.ComplexType.GetProperties())
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
