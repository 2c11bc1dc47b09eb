using System.Text.Json;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting.Exchange;

/// <summary>Version, times and authors in a row of an export.</summary>
internal static class RowStamp
{
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
    }

    public static Result<Stamp> Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var row = document.RootElement;
        List<Fault> faults = [];
        var version = row.TryGetProperty("version", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var given) && given >= 1
            ? given
            : Refuse<int>("version", "It must be a whole number from 1.");
        var stamp = new Stamp(
            version,
            Instant("createdAt"),
            Text("createdBy"),
            Instant("updatedAt"),
            Text("updatedBy"),
            row.TryGetProperty("deletedAt", out var deleted) && deleted.ValueKind != JsonValueKind.Null ? Instant("deletedAt") : null);
        return faults.Count == 0 ? stamp : new Error.Invalid(faults);

        DateTimeOffset Instant(string name) =>
            row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && PartialDate.TryInstant(value.GetString()!, out var instant)
                ? instant
                : Refuse<DateTimeOffset>(name, "It must be an instant in UTC (2024-05-16T09:30:00Z).");

        string Text(string name) =>
            row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= ResourceContent.MaxName } text
                && !text.Contains('\0', StringComparison.Ordinal)
                ? text
                : Refuse<string>(name, $"It must have 1 to {ResourceContent.MaxName} characters.") ?? "";

        T? Refuse<T>(string path, string message)
        {
            faults.Add(new(path, message));
            return default;
        }
    }
}
