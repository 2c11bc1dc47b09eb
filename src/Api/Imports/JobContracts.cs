using System.Text.Json;
using Stemma.Api.Hosting.OpenApi;
using Stemma.Domain.Imports;

namespace Stemma.Api.Imports;

/// <summary>An import that goes on when its request is answered.</summary>
internal sealed record JobResponse
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>`queued`, `running`; then `succeeded`, `failed` or `cancelled`, and nothing more will become of it.</summary>
    public required ImportJobState State { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How often it was begun: more than once where an instance died over it. Nothing is done twice.</summary>
    public required int Attempts { get; init; }

    /// <summary>Rows that were read.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Resources created so far. They are to be seen when it has succeeded, all at once.</summary>
    public required long Created { get; init; }

    /// <summary>Resources updated so far, likewise.</summary>
    public required long Updated { get; init; }

    /// <summary>Rows that were found faulty: `/jobs/{id}/faults`.</summary>
    public required long Failed { get; init; }

    /// <summary>How many resources are to be created or updated in all; null until all rows are read.</summary>
    public required long? ToWrite { get; init; }

    /// <summary>Rows a second, read, checked and written, over the whole time since it was begun; until it has ended an estimate.</summary>
    public required double? RowsPerSecond { get; init; }

    /// <summary>How much of the work is done, from 0 to 1: an estimate.</summary>
    public required double Share { get; init; }

    /// <summary>When it will end if it goes on so: an estimate.</summary>
    public required DateTimeOffset? EstimatedEndAt { get; init; }

    /// <summary>What it did, as the answer of an import that is waited for; null before its end.</summary>
    public required ImportReportResponse? Report { get; init; }

    /// <summary>Where it failed, why, and what to do.</summary>
    public required JobProblemResponse? Problem { get; init; }

    public static JobResponse From(ImportJob job, JsonSerializerOptions json, DateTimeOffset now)
    {
        var progress = job.Progress;
        var elapsed = job.StartedAt is { } started ? (job.FinishedAt ?? now) - started : TimeSpan.Zero;
        // A row that is read is not done yet.
        var done = job.IsFinished ? 1 : progress.ToWrite is null ? RunProgress.Reading : progress.Share;
        return new()
        {
            Id = job.Id,
            State = job.State,
            CreatedAt = job.CreatedAt,
            CreatedBy = job.CreatedBy,
            StartedAt = job.StartedAt,
            FinishedAt = job.FinishedAt,
            Attempts = job.Attempts,
            RowsRead = progress.RowsRead,
            Created = progress.Created,
            Updated = progress.Updated,
            Failed = progress.Failed,
            ToWrite = progress.ToWrite,
            RowsPerSecond = elapsed > TimeSpan.Zero ? Math.Round(progress.RowsRead * done / elapsed.TotalSeconds, 1) : null,
            Share = Math.Round(progress.Share, 3),
            EstimatedEndAt = job.State == ImportJobState.Running && progress.Share > 0.02 ? job.StartedAt + (elapsed / progress.Share) : null,
            Report = job.Report is { } report ? JsonSerializer.Deserialize<ImportReportResponse>(report, json) : null,
            Problem = job.Status is { } status ? new() { Status = status, Detail = job.Detail! } : null,
        };
    }
}

/// <summary>Why a job failed.</summary>
internal sealed record JobProblemResponse
{
    /// <summary>The HTTP status that the answer would have had, had it been waited for.</summary>
    public required int Status { get; init; }

    /// <summary>Why, and what to do.</summary>
    public required string Detail { get; init; }
}

/// <summary>The newest jobs.</summary>
internal sealed record JobPageResponse
{
    /// <summary>The jobs of this page.</summary>
    public required IReadOnlyList<JobResponse> Items { get; init; }

    /// <summary>For the next page; null on the last one.</summary>
    public required string? NextCursor { get; init; }
}

/// <summary>Which jobs.</summary>
internal sealed record JobListQuery
{
    public const int Default = 20;
    public const int Most = 100;

    /// <summary>How many.</summary>
    [TextFormat(TextFormat.Integer)]
    [Limit(Default, Most)]
    public string? Limit { get; init; }

    /// <summary>`nextCursor` of the page before.</summary>
    public string? Cursor { get; init; }
}
