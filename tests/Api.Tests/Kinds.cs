using Xunit;

namespace Stemma.Api.Tests;

/// <summary>The stored resources, for what holds for each of them alike.</summary>
public static class Kinds
{
    public const string Sources = "sources";
    public const string Claims = "claims";
    public const string Corroborations = "corroborations";
    public const string Derivations = "derivations";
    public const string ClaimRelations = "claim-relations";
    public const string Reviews = "reviews";

    public static readonly string[] Names = [Sources, Claims, Corroborations, Derivations, ClaimRelations, Reviews];

    public static TheoryData<string> All => [.. Names];

    /// <summary>Those that have a partial date, by which their lists sort and filter.</summary>
    public static TheoryData<string> Dated => [Sources, Claims, Corroborations, Reviews];

    public static bool IsDated(string kind) => kind is Sources or Claims or Corroborations or Reviews;

    /// <summary>The kind whose rows stand in this table.</summary>
    public static string OfTable(string table) => table.Replace('_', '-');

    public static string Path(string kind) => "/api/v1/" + kind;

    public static string Path(string kind, string id) => $"/api/v1/{kind}/{id}";

    /// <summary>A member of free text that may be left out.</summary>
    public static string FreeText(string kind) => kind switch { Sources => "description", Claims => "context", Reviews => "ratingExplanation", _ => "note" };

    /// <summary>The member that is a partial date and that lists sort by.</summary>
    public static string Date(string kind) => kind switch { Claims => "claimedAt", Reviews => "reviewedAt", _ => "publishedAt" };

    public static string DateFilter(string kind) => kind switch { Claims => "claimed", Reviews => "reviewed", _ => "published" };

    /// <summary>The resource's name in <c>conflictsWith</c>.</summary>
    public static string Type(string kind) => kind[..^1];
}
