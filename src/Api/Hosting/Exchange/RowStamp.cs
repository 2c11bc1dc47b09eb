using System.Text.Json;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting.Exchange;

/// <summary>Version, times and authors in a row of an export.</summary>
internal static class RowStamp
{
    /// <summary>Of a claim's row: what an analyst graded it.</summary>
    public const string Grade = "override";

    public static void Write(Utf8JsonWriter row, Resource resource)
    {
        row.WriteString("id"u8, resource.Ref.Id);
        row.WriteNumber("version"u8, resource.Version);
        row.WriteString("createdAt"u8, resource.CreatedAt.UtcDateTime);
        row.WriteString("createdBy"u8, resource.CreatedBy);
        row.WriteString("updatedAt"u8, resource.UpdatedAt.UtcDateTime);
        row.WriteString("updatedBy"u8, resource.UpdatedBy);
        if (resource.DeletedAt is { } deleted)
        {
            row.WriteString("deletedAt"u8, deleted.UtcDateTime);
        }

        if (resource is Claim { Grade: { } grade })
        {
            row.WriteStartObject(Grade);
            row.WriteNumber("credibility"u8, grade.Credibility);
            row.WriteString("reason"u8, grade.Reason);
            row.WriteString("by"u8, grade.By);
            row.WriteString("at"u8, grade.At.UtcDateTime);
            row.WriteEndObject();
        }
    }

    public static Result<Stamp> Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var row = new Members(document.RootElement, "");
        var stamp = new Stamp(
            row.Number("version", 1, int.MaxValue),
            row.Instant("createdAt"),
            row.Text("createdBy", ResourceContent.MaxName),
            row.Instant("updatedAt"),
            row.Text("updatedBy", ResourceContent.MaxName),
            document.RootElement.TryGetProperty("deletedAt", out var deleted) && deleted.ValueKind != JsonValueKind.Null ? row.Instant("deletedAt") : null);
        return row.Faults.Count == 0 ? stamp : new Error.Invalid(row.Faults);
    }

    public static Result<CredibilityOverride?> ReadGrade(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty(Grade, out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return (CredibilityOverride?)null;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            return new Error.Invalid(Grade, "It must be an object.");
        }

        var row = new Members(given, Grade + ".");
        var grade = new CredibilityOverride(row.Number("credibility", 1, 6), row.Text("reason", CredibilityOverride.MaxReasonLength), row.Text("by", ResourceContent.MaxName), row.Instant("at"));
        return row.Faults.Count == 0 ? grade : new Error.Invalid(row.Faults);
    }

    /// <summary>Reads required members, and gathers what is wrong with them.</summary>
    private readonly struct Members(JsonElement json, string prefix)
    {
        public List<Fault> Faults { get; } = [];

        public int Number(string name, int least, int most) =>
            json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
                ? number
                : Refuse<int>(name, most == int.MaxValue ? $"It must be a whole number from {least}." : $"It must be a whole number from {least} to {most}.");

        public DateTimeOffset Instant(string name) =>
            json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && PartialDate.TryInstant(value.GetString()!, out var instant)
                ? instant
                : Refuse<DateTimeOffset>(name, "It must be an instant in UTC (2024-05-16T09:30:00Z).");

        public string Text(string name, int most) =>
            json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
                && text.EnumerateRunes().Count() <= most && !string.IsNullOrWhiteSpace(text) && !text.Contains('\0', StringComparison.Ordinal)
                ? text
                : Refuse<string>(name, $"It must have 1 to {most} characters, and not of white space only.") ?? "";

        private T? Refuse<T>(string name, string message)
        {
            Faults.Add(new(prefix + name, message));
            return default;
        }
    }
}
