using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Stemma.Domain.Assessments;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting.Exchange;

/// <summary>A kind of resource that files bring and take: its type, and which of its members refer to what.</summary>
internal interface IExchangedKind : IImportKind
{
    /// <summary>As it stands in <c>type</c>.</summary>
    string Name { get; }

    /// <summary>Members that hold one reference or a list of them.</summary>
    FrozenDictionary<string, ResourceType> References { get; }

    /// <summary>The members of its rows, but <c>type</c>, <c>id</c> and <c>version</c>.</summary>
    IReadOnlyList<ExchangedMember> Members { get; }

    /// <summary>Members that rows may have and that are passed over.</summary>
    IReadOnlySet<string> ReadOnly { get; }

    /// <summary>What <see cref="Members"/> find their values in.</summary>
    object InputOf(Resource resource);

    /// <summary>Writes a resource as a row: all of it that an import takes, and what a restoring one takes besides. What is null is left out.</summary>
    void Write(Utf8JsonWriter row, Resource resource);
}

/// <summary>What a feature tells of its contract, so that rows of files are read by the rules of its single writes.</summary>
/// <param name="Type">What the rows are of.</param>
/// <param name="From">As a merge patch sees it.</param>
/// <param name="ToContent">What a validator has let through.</param>
/// <param name="References">Which members refer to what.</param>
internal sealed record Exchanged<TInput, TContent>(
    ResourceType Type, Func<TContent, TInput> From, Func<TInput, TContent> ToContent, params IReadOnlyList<(string Member, ResourceType To)> References)
    where TInput : class, IResourceInput
    where TContent : ResourceContent;

/// <inheritdoc cref="IExchangedKind"/>
internal sealed class ExchangedKind<TInput, TContent>(Exchanged<TInput, TContent> contract, IValidator<TInput> validator, IOptions<JsonOptions> json) : IExchangedKind
    where TInput : class, IResourceInput
    where TContent : ResourceContent
{
    private JsonTypeInfo<TInput>? _contract;
    private IReadOnlyList<ExchangedMember>? _members;
    private IReadOnlyList<string>? _opaque;

    public ResourceType Type => contract.Type;

    public string Name { get; } = EnumNames<ResourceType>.Of(contract.Type);

    public FrozenDictionary<string, ResourceType> References { get; } = contract.References.ToFrozenDictionary(r => r.Member, r => r.To, StringComparer.Ordinal);

    public IReadOnlyList<ExchangedMember> Members => _members ??= FindMembers();

    public IReadOnlySet<string> ReadOnly => TInput.ReadOnly;

    private JsonTypeInfo<TInput> Contract => _contract ??= (JsonTypeInfo<TInput>)json.Value.SerializerOptions.GetTypeInfo(typeof(TInput));

    public Result<ResourceContent> Read(ImportRow row, ResourceContent? stored, IReadOnlyList<Guid> resolved)
    {
        var bytes = ((JsonRow)row).With(resolved);
        if (stored is TContent there && row.Restraint is { } restraint && IsLeft(restraint, there, bytes))
        {
            return stored;
        }

        var read = BodyReading.Read(bytes, Contract, TInput.ReadOnly);
        if (read.Failed(out var unreadable))
        {
            return unreadable;
        }

        foreach (var name in RowScanner.MembersOfRows)
        {
            read.Value?.Others?.Remove(name);
        }

        if (BodyReading.CheckMembers(read.Value) is { } unknown)
        {
            return new Error.Invalid([unknown]);
        }

        if (read.Value!.Id is { } id && !Guid.TryParseExact(id, "D", out _))
        {
            return new Error.Invalid("id", "It must be a UUID.");
        }

        var input = stored is TContent content ? Merge(contract.From(content), bytes, read.Value, row)
            : row.Itemwise.Count > 0 ? Merge(null, bytes, read.Value, row)
            : read.Value;
        var result = validator.Validate(input);
        return result.IsValid
            ? contract.ToContent(input)
            : new Error.Invalid([.. result.Errors.Select(e => new Fault(e.PropertyName, e.ErrorMessage))]);
    }

    public object InputOf(Resource resource) => contract.From((TContent)resource.AnyContent);

    public void Write(Utf8JsonWriter row, Resource resource)
    {
        var input = InputOf(resource);
        row.WriteStartObject();
        row.WriteString("type"u8, Name);
        RowStamp.Write(row, resource);
        foreach (var member in Members)
        {
            if (member.Value(input) is { } value)
            {
                row.WritePropertyName(member.Name);
                JsonSerializer.Serialize(row, value, member.Contract);
            }
        }

        row.WriteEndObject();
    }

    public Result<Stamp> ReadStamp(ImportRow row) => RowStamp.Read(((JsonRow)row).Json);

    public Result<CredibilityOverride?> ReadGrade(ImportRow row) => Type == ResourceType.Claim ? RowStamp.ReadGrade(((JsonRow)row).Json) : (CredibilityOverride?)null;

    /// <summary>Those that make up the content.</summary>
    private List<ExchangedMember> FindMembers()
    {
        var options = new JsonSerializerOptions(json.Value.SerializerOptions) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        return [.. ExchangedMember.Of(typeof(TInput), options).Where(m => m.Name.Value is not ("id" or "version"))];
    }

    /// <summary>Whether all that is there stays as it is.</summary>
    private bool IsLeft(Restraint restraint, TContent stored, ReadOnlyMemory<byte> bytes)
    {
        if (restraint.Unless is not { } name)
        {
            return restraint.Members.Count == 0;
        }

        using var row = JsonDocument.Parse(bytes);
        return row.RootElement.TryGetProperty(name, out var given)
            && JsonSerializer.SerializeToElement(contract.From(stored), Contract).TryGetProperty(name, out var kept)
            && JsonElement.DeepEquals(given, kept);
    }

    private TInput Merge(TInput? stored, ReadOnlyMemory<byte> bytes, TInput members, ImportRow row)
    {
        var target = stored is null ? [] : (JsonObject)JsonSerializer.SerializeToNode(stored, Contract)!;
        var patch = (JsonObject)JsonNode.Parse(bytes.Span, documentOptions: new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth })!;
        foreach (var name in RowScanner.MembersOfRows.Concat(members.Others?.Keys ?? Enumerable.Empty<string>()).Concat(row.Restraint?.Members ?? []))
        {
            patch.Remove(name);
        }

        KeepOtherSystems(target, patch);
        foreach (var list in row.Itemwise)
        {
            MergeItems(target, patch, list);
        }

        // JSON that is kept as it came is no part of the contract: a null in it is a value, and what is not in it is gone.
        foreach (var name in _opaque ??= [.. Contract.Properties.Where(p => p.PropertyType == typeof(JsonElement?)).Select(p => p.Name)])
        {
            if (patch[name] is JsonObject whole)
            {
                patch.Remove(name);
                target[name] = whole;
            }
        }

        MergePatch.Merge(target, patch);
        return target.Deserialize(Contract)!;
    }

    /// <summary>
    /// A row names the ids by which it is known, and not all that its resource has by now: those in systems that it does not mention stay. An empty list, or null,
    /// takes them all away.
    /// </summary>
    private static void KeepOtherSystems(JsonObject target, JsonObject patch)
    {
        if (patch["externalIds"] is not JsonArray { Count: > 0 } given || target["externalIds"] is not JsonArray stored)
        {
            return;
        }

        var systems = given.Select(SystemOf).ToHashSet(StringComparer.Ordinal);
        if (stored.All(id => systems.Contains(SystemOf(id))))
        {
            return;
        }

        // In the order in which they stand already, so that a row that brings nothing new changes nothing.
        var kept = stored.Where(id => !systems.Contains(SystemOf(id)) || given.Any(g => JsonNode.DeepEquals(g, id)));
        var added = given.Where(g => !stored.Any(id => JsonNode.DeepEquals(g, id)));
        patch["externalIds"] = new JsonArray([.. kept.Concat(added).Select(id => id?.DeepClone())]);
    }

    /// <summary>
    /// Each item changes the one in its place. Items at the end of which nothing is left are gone; one that is left empty before another stays, and lacks what an
    /// item must have.
    /// </summary>
    private static void MergeItems(JsonObject target, JsonObject patch, string list)
    {
        if (patch[list] is not JsonArray given)
        {
            return;
        }

        patch.Remove(list);
        if (target[list] is not JsonArray items)
        {
            target[list] = items = [];
        }

        for (var i = 0; i < given.Count; i++)
        {
            if (i == items.Count)
            {
                items.Add(new JsonObject());
            }

            MergePatch.Merge((JsonObject)items[i]!, (JsonObject)given[i]!);
        }

        while (items is [.., JsonObject last] && last.All(member => member.Value is null))
        {
            items.RemoveAt(items.Count - 1);
        }
    }

    private static string? SystemOf(JsonNode? id) => id is JsonObject named && named["system"] is JsonValue system && system.TryGetValue<string>(out var name) ? name : null;
}

/// <summary>Registers what files bring and take.</summary>
internal static class ExchangedKinds
{
    public static IServiceCollection AddExchanged<TInput, TContent>(this IServiceCollection services, Exchanged<TInput, TContent> contract)
        where TInput : class, IResourceInput
        where TContent : ResourceContent =>
        services.AddSingleton<IExchangedKind>(provider => new ExchangedKind<TInput, TContent>(
            contract, provider.GetRequiredService<IValidator<TInput>>(), provider.GetRequiredService<IOptions<JsonOptions>>()));

    /// <summary>Exports of this kind take the filters of its list.</summary>
    public static IServiceCollection AddExportFilter<TQuery>(this IServiceCollection services, ResourceType type, Func<TQuery, QueryReader, ResourceFilter> filter)
        where TQuery : class, IListQuery, new() => services.AddSingleton<IExportFilter>(new ExportFilter<TQuery>(type, filter));
}
