using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Stemma.Api.Tests.Reconciliation;

/// <summary>What version 0.2 of the specification demands of answers, by the schemas in its appendix, and a few things that it says in words.</summary>
internal static partial class Specification
{
    private static readonly string[] ValueForms = ["", "id,name", "description,id,name", "str", "float", "int", "date"];

    public static void CheckManifest(JsonObject manifest)
    {
        Assert.Contains("0.2", manifest["versions"]!.AsArray().Select(v => (string)v!));
        AssertText(manifest, "name", "identifierSpace", "schemaSpace");
        Assert.True(Uri.IsWellFormedUriString((string)manifest["identifierSpace"]!, UriKind.Absolute));
        Assert.True(Uri.IsWellFormedUriString((string)manifest["schemaSpace"]!, UriKind.Absolute));
        Assert.True((int)manifest["batchSize"]! > 0);

        var types = manifest["defaultTypes"]!.AsArray();
        Assert.NotEmpty(types);
        Assert.All(types, CheckType);
        Assert.Equal(types.Count, types.Select(t => (string)t!["id"]!).Distinct().Count());

        Assert.Contains("{{id}}", (string)manifest["view"]!["url"]!, StringComparison.Ordinal);
        Assert.Contains("{{id}}", (string)manifest["preview"]!["url"]!, StringComparison.Ordinal);
        Assert.True((int)manifest["preview"]!["width"]! > 0 && (int)manifest["preview"]!["height"]! > 0);
        Assert.Equal(["entity", "property", "type"], manifest["suggest"]!.AsObject().Select(s => s.Key).Order(StringComparer.Ordinal));
        foreach (var (_, service) in manifest["suggest"]!.AsObject())
        {
            AssertText(service!.AsObject(), "service_url", "service_path", "flyout_service_path");
            Assert.Contains("${id}", (string)service["flyout_service_path"]!, StringComparison.Ordinal);
        }

        AssertText(manifest["extend"]!["propose_properties"]!.AsObject(), "service_url", "service_path");
        Assert.Empty(manifest["extend"]!["property_settings"]!.AsArray());
    }

    /// <param name="results">The answer.</param>
    /// <param name="queries">The names of the queries.</param>
    public static void CheckResults(JsonObject results, params string[] queries)
    {
        Assert.Equal(queries.Order(StringComparer.Ordinal), results.Select(r => r.Key).Order(StringComparer.Ordinal));
        foreach (var (_, of) in results)
        {
            var candidates = of!["result"]!.AsArray();
            foreach (var candidate in candidates.Select(c => c!.AsObject()))
            {
                AssertText(candidate, "id", "name");
                Assert.InRange((double)candidate["score"]!, 0, 100);
                Assert.True(candidate["match"]!.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False);
                Assert.All(candidate["type"]!.AsArray(), CheckType);
                var features = candidate["features"]!.AsArray();
                Assert.Equal(features.Count, features.Select(f => (string)f!["id"]!).Distinct().Count());
                Assert.All(features, f => Assert.True(
                    f!["value"]!.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False or System.Text.Json.JsonValueKind.Number));
            }

            // The one that is meant comes first, all others by decreasing score.
            Assert.True(candidates.Count(c => (bool)c!["match"]!) <= 1);
            Assert.DoesNotContain(candidates.Skip(1), c => (bool)c!["match"]!);
            var scores = candidates.Where(c => !(bool)c!["match"]!).Select(c => (double)c!["score"]!).ToList();
            Assert.Equal(scores.OrderDescending(), scores);
        }
    }

    public static void CheckExtension(JsonObject extension, string[] ids, string[] properties)
    {
        Assert.Equal(properties, extension["meta"]!.AsArray().Select(m => (string)m!["id"]!));
        Assert.All(extension["meta"]!.AsArray(), m => AssertText(m!.AsObject(), "id", "name"));
        Assert.Equal(ids, extension["rows"]!.AsObject().Select(r => r.Key));
        foreach (var (_, row) in extension["rows"]!.AsObject())
        {
            Assert.Equal(properties, row!.AsObject().Select(p => p.Key));
            foreach (var value in row!.AsObject().SelectMany(p => p.Value!.AsArray()))
            {
                Assert.Contains(string.Join(',', value!.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal)), ValueForms);
                Assert.True(value["date"] is not { } date || Instant().IsMatch((string)date!), value.ToJsonString());
            }
        }
    }

    public static void CheckSuggestions(JsonObject suggestions)
    {
        foreach (var item in suggestions["result"]!.AsArray())
        {
            AssertText(item!.AsObject(), "id", "name", "description");
            Assert.All(item["notable"]?.AsArray() ?? [], type => Assert.NotEmpty((string)type!));
        }
    }

    private static void CheckType(JsonNode? type)
    {
        AssertText(type!.AsObject(), "id", "name");
        Assert.All(type["broader"]?.AsArray() ?? [], CheckType);
    }

    private static void AssertText(JsonObject of, params string[] names) =>
        Assert.All(names, name => Assert.False(string.IsNullOrEmpty((string?)of[name]), $"{name} is missing in {of}"));

    [GeneratedRegex(@"^(-?(?:[1-9][0-9]*)?[0-9]{4})-(1[0-2]|0[1-9])-(3[01]|0[1-9]|[12][0-9])T(2[0-3]|[01][0-9]):([0-5][0-9]):([0-5][0-9])(\.[0-9]+)?(Z|[+-](?:2[0-3]|[01][0-9]):[0-5][0-9])?$")]
    private static partial Regex Instant();
}
