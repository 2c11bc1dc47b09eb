using Xunit;

namespace Stemma.Api.Tests;

/// <summary>The three resources, for what holds for each of them alike.</summary>
public static class Kinds
{
    public const string Sources = "sources";
    public const string Claims = "claims";
    public const string Corroborations = "corroborations";

    public static TheoryData<string> All => [Sources, Claims, Corroborations];

    public static string Path(string kind) => "/api/v1/" + kind;

    public static string Path(string kind, string id) => $"/api/v1/{kind}/{id}";

    /// <summary>A member of free text that may be left out.</summary>
    public static string FreeText(string kind) => kind switch { Sources => "description", Claims => "context", _ => "note" };

    /// <summary>The member that is a partial date and that lists sort by.</summary>
    public static string Date(string kind) => kind == Claims ? "claimedAt" : "publishedAt";

    public static string DateFilter(string kind) => kind == Claims ? "claimed" : "published";

    /// <summary>The resource's name in <c>conflictsWith</c>.</summary>
    public static string Type(string kind) => kind[..^1];
}
