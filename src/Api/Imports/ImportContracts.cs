using System.Text.Json.Serialization;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Domain.Imports;
using Stemma.Domain.Resources;

namespace Stemma.Api.Imports;

/// <summary>How a file is to be imported.</summary>
internal sealed record ImportQuery
{
    /// <summary>`upsert`: what is there is changed by what its row mentions, what is not is created; `create`: what is there already is a fault; `update`: what is not there is one; `restore`: an export comes back as it was, into an empty database alone (else 409).</summary>
    [Values(typeof(ImportMode), Default = "upsert")]
    public string? Mode { get; init; }

    /// <summary>`abort`: one faulty row, and nothing is written; `skip`: the good rows are written, and the faulty ones, with whatever refers to them, are left out.</summary>
    [Values(typeof(FaultHandling), Default = "abort")]
    public string? OnError { get; init; }

    /// <summary>`true`: do all of it, report it, and take it back.</summary>
    [Choices("false", "true")]
    public string? DryRun { get; init; }

    /// <summary>Of a table: what its rows are of; required there.</summary>
    [Values(typeof(ResourceType))]
    public string? Type { get; init; }

    /// <summary>Of a table: which member each of its columns is, where they have names of their own: `Statement:text,Speaker URL:url,Notes:` (a column without a member is left out). A header or member with a comma, a colon or a backslash has a backslash before it.</summary>
    public string? Mapping { get; init; }

    /// <summary>Of a table: `keep` leaves what a cell without text stands for as it is; `null` puts it back to its default.</summary>
    [Choices("keep", "null")]
    public string? Empty { get; init; }

    /// <summary>The parameters that were given, by name.</summary>
    public IReadOnlyDictionary<string, string> Given => new (string Name, string? Value)[]
    {
        ("mode", Mode), ("onError", OnError), ("dryRun", DryRun), ("type", Type), ("mapping", Mapping), ("empty", Empty),
    }.Where(p => p.Value is not null).ToDictionary(p => p.Name, p => p.Value!);

    /// <summary>The query that had these parameters.</summary>
    public static ImportQuery From(IReadOnlyDictionary<string, string> given) => new()
    {
        Mode = given.GetValueOrDefault("mode"),
        OnError = given.GetValueOrDefault("onError"),
        DryRun = given.GetValueOrDefault("dryRun"),
        Type = given.GetValueOrDefault("type"),
        Mapping = given.GetValueOrDefault("mapping"),
        Empty = given.GetValueOrDefault("empty"),
    };

    /// <summary>The form's own parameters; one that is for another form is a fault.</summary>
    public IRowReader Open(IImportFormat format, QueryReader read)
    {
        Dictionary<string, string> given = [];
        foreach (var (name, value) in Given.Where(g => g.Key is not ("mode" or "onError" or "dryRun")))
        {
            if (!format.Parameters.Contains(name))
            {
                read.Fault<string>(name, $"is not for {format.MediaTypes[0]}");
            }
            else
            {
                given.Add(name, value);
            }
        }

        if (Mode == "restore" && format is not NdjsonLines)
        {
            read.Fault<string>(nameof(Mode), $"restores {NdjsonLines.Whole} alone");
        }

        return format.Open(given, read);
    }

    public ImportOptions ToOptions(QueryReader read, ImportLimits limits) => new()
    {
        Mode = Only(read.Enums<ImportMode>(One(Mode), nameof(Mode))),
        OnError = Only(read.Enums<FaultHandling>(One(OnError), nameof(OnError))),
        DryRun = Only(read.Booleans(One(DryRun), nameof(DryRun))),
        MaxRows = limits.MaxRows,
    };

    private static string[] One(string? value) => value is null ? [] : [value];

    private static T? Only<T>(IReadOnlyList<T> values) => values.Count == 0 ? default : values[0];
}

/// <summary>What became of rows.</summary>
internal sealed record ImportCountsResponse
{
    /// <summary>Resources that were not there, or deleted.</summary>
    public required long Created { get; init; }

    /// <summary>Resources that were there, and are changed.</summary>
    public required long Updated { get; init; }

    /// <summary>Resources that are as their rows have them: nothing is written for these.</summary>
    public required long Unchanged { get; init; }

    /// <summary>Faulty rows.</summary>
    public required long Failed { get; init; }

    public static ImportCountsResponse From(ImportCounts counts) => new()
    {
        Created = counts.Created,
        Updated = counts.Updated,
        Unchanged = counts.Unchanged,
        Failed = counts.Failed,
    };
}

/// <summary>What an import did; with `dryRun=true`, what it would do.</summary>
internal sealed record ImportReportResponse
{
    /// <summary>Rows of the file; empty lines do not count.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Resources that were not there, or deleted.</summary>
    public required long Created { get; init; }

    /// <summary>Resources that were there, and are changed.</summary>
    public required long Updated { get; init; }

    /// <summary>Resources that are as their rows have them: nothing is written for these.</summary>
    public required long Unchanged { get; init; }

    /// <summary>Faulty rows, which are left out.</summary>
    public required long Failed { get; init; }

    /// <summary>The same for each type of which there are rows: `source`, `claim`, ….</summary>
    public required IReadOnlyDictionary<string, ImportCountsResponse> ByType { get; init; }

    /// <summary>Whether it stands: `false` after a dry run.</summary>
    public required bool Written { get; init; }

    /// <summary>The first 100 faults, in the order of their lines. With `Accept: application/x-ndjson` all of them are the answer, one a line.</summary>
    public required IReadOnlyList<RowFaultResponse> Faults { get; init; }

    /// <summary>How many faults there are in all.</summary>
    public required long FaultCount { get; init; }

    /// <summary>The first 100 things that were guessed in reading the file, in the order of their lines; of forms that leave nothing to guess, none.</summary>
    public required IReadOnlyList<RowFaultResponse> Warnings { get; init; }

    /// <summary>How many things were guessed in all.</summary>
    public required long WarningCount { get; init; }

    public static ImportReportResponse From(ImportReport report, RowWarnings warnings)
    {
        var total = report.ByType.Values.Aggregate(default(ImportCounts), (sum, counts) => sum + counts);
        return new()
        {
            RowsRead = report.RowsRead,
            Created = total.Created,
            Updated = total.Updated,
            Unchanged = total.Unchanged,
            Failed = report.Failed,
            ByType = report.ByType.ToDictionary(t => EnumNames<ResourceType>.Of(t.Key), t => ImportCountsResponse.From(t.Value)),
            Written = report.Written,
            Faults = [.. report.Faults.Select(RowFaultResponse.From)],
            FaultCount = report.FaultCount,
            Warnings = [.. warnings.First.Select(RowFaultResponse.From)],
            WarningCount = warnings.Count,
        };
    }
}

[JsonSerializable(typeof(ImportReportResponse))]
[JsonSerializable(typeof(JobResponse))]
[JsonSerializable(typeof(JobPageResponse))]
internal sealed partial class ImportJson : JsonSerializerContext;
