using System.Reflection;
using NetArchTest.Rules;
using Xunit;

namespace Stemma.Architecture.Tests;

/// <summary>Who may know whom. A rule that is broken names the types that break it.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly Domain = Assembly.Load("Stemma.Domain");
    private static readonly Assembly Infrastructure = Assembly.Load("Stemma.Infrastructure");
    private static readonly Assembly Api = Assembly.Load("Stemma.Api");

    /// <summary>Namespaces of the Api project right below its root that are features: all but Hosting.</summary>
    public static TheoryData<string> Features =>
        [.. Api.GetTypes()
            .Select(t => t.Namespace ?? "")
            .Where(n => n.StartsWith("Stemma.Api.", StringComparison.Ordinal))
            .Select(n => n.Split('.')[2])
            .Where(n => n != "Hosting")
            .Distinct()
            .Order(StringComparer.Ordinal)];

    [Fact]
    public void Domain_references_the_base_class_library_alone() =>
        Assert.All(References(Domain), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void Infrastructure_knows_Domain_and_not_Api()
    {
        Assert.Contains("Stemma.Domain", References(Infrastructure));
        Assert.DoesNotContain("Stemma.Api", References(Infrastructure));
    }

    [Fact]
    public void Infrastructure_has_one_door()
    {
        var open = Infrastructure.GetExportedTypes().Where(t => t.Namespace != "Stemma.Infrastructure");

        Assert.Empty(open);
    }

    [Fact]
    public void In_Api_only_Program_and_Hosting_know_Infrastructure() =>
        AssertNone(Types.InAssembly(Api)
            .That().ResideInNamespaceStartingWith("Stemma.Api.").And().DoNotResideInNamespaceStartingWith("Stemma.Api.Hosting")
            .ShouldNot().HaveDependencyOnAny("Stemma.Infrastructure"));

    [Fact]
    public void Nothing_in_Api_knows_Entity_Framework_or_Npgsql() =>
        AssertNone(Types.InAssembly(Api).ShouldNot().HaveDependencyOnAny("Microsoft.EntityFrameworkCore", "Npgsql"));

    [Fact]
    public void Use_cases_know_nothing_of_HTTP()
    {
        var useCases = Api.GetTypes().Where(t => t.GetMethod("Execute") is not null).Select(t => t.FullName!).ToArray();

        Assert.NotEmpty(useCases);
        AssertNone(Types.InAssembly(Api)
            .That().HaveNameMatching("^(" + string.Join('|', useCases.Select(n => n.Split('.')[^1])) + ")$")
            .ShouldNot().HaveDependencyOnAny("Microsoft.AspNetCore", "Stemma.Api.Hosting"));
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void Features_do_not_know_one_another(string feature)
    {
        var others = Features.Select(row => row.Data).Where(f => f != feature).Select(f => "Stemma.Api." + f).ToArray();

        Assert.NotEmpty(others);
        AssertNone(Types.InAssembly(Api)
            .That().ResideInNamespaceStartingWith("Stemma.Api." + feature)
            .ShouldNot().HaveDependencyOnAny(others));
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);

    private static void AssertNone(ConditionList rule)
    {
        var result = rule.GetResult();
        Assert.True(result.IsSuccessful, "Broken by: " + string.Join(", ", result.FailingTypeNames ?? []));
    }
}
