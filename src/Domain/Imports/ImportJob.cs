using Stemma.Domain.History;

namespace Stemma.Domain.Imports;

/// <summary>Where a job is.</summary>
public enum ImportJobState
{
    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>An instance is at it.</summary>
    Running,

    /// <summary>It is done as it was asked.</summary>
    Succeeded,

    /// <summary>Nothing of it was written.</summary>
    Failed,

    /// <summary>It was called off; nothing of it was written.</summary>
    Cancelled,
}

/// <summary>A file that is to be imported, and how.</summary>
/// <param name="MediaType">The form in which it comes.</param>
/// <param name="IsPacked">Whether it is packed with gzip.</param>
/// <param name="Parameters">The query parameters that were given.</param>
/// <param name="Length">Its length as it was sent, in bytes.</param>
public sealed record ImportFile(string MediaType, bool IsPacked, IReadOnlyDictionary<string, string> Parameters, long Length);

/// <summary>Under what a file was sent that is to be imported once, however often it is sent.</summary>
/// <param name="Key">A SHA-256 of the key and of whose it is.</param>
/// <param name="Request">A SHA-256 of all that was asked.</param>
/// <param name="KeepsFailures">Whether a job that failed is the answer as well; else the file is tried anew.</param>
public sealed record ImportJobKey(byte[] Key, byte[] Request, bool KeepsFailures);

/// <summary>How far an import has come.</summary>
public readonly record struct ImportProgress
{
    /// <summary>Rows that were read.</summary>
    public long RowsRead { get; init; }

    /// <summary>Rows that were found faulty.</summary>
    public long Failed { get; init; }

    /// <summary>Resources created so far, in the transaction that is not yet committed.</summary>
    public long Created { get; init; }

    /// <summary>Resources updated so far, likewise.</summary>
    public long Updated { get; init; }

    /// <summary>How many resources are to be written in all; null until that is known.</summary>
    public long? ToWrite { get; init; }

    /// <summary>How much of the work is done, from 0 to 1: an estimate.</summary>
    public double Share { get; init; }
}

/// <summary>An import that goes on when its request is answered.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it is.</param>
/// <param name="File">What it imports.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="CreatedBy">Who asked for it.</param>
public sealed record ImportJob(Guid Id, ImportJobState State, ImportFile File, DateTimeOffset CreatedAt, string CreatedBy)
{
    /// <summary>When the instance began that is at it, or was.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, however it did.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How often it was begun: more than once where an instance died over it.</summary>
    public int Attempts { get; init; }

    /// <summary>How far it is.</summary>
    public ImportProgress Progress { get; init; }

    /// <summary>What it did, as the answer of an import has it; null before its end.</summary>
    public string? Report { get; init; }

    /// <summary>The HTTP status that the answer would have had, where it failed.</summary>
    public int? Status { get; init; }

    /// <summary>Why it failed, and what to do.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether nothing more will become of it.</summary>
    public bool IsFinished => FinishedAt is not null;
}

/// <summary>A job in the hands of one instance.</summary>
/// <param name="Job">The job.</param>
/// <param name="Runner">Who has it.</param>
public sealed record ImportRun(ImportJob Job, Guid Runner)
{
    /// <summary>Makes of a report the text that is kept.</summary>
    public Func<ImportReport, string> Describe { get; init; } = _ => "{}";
}

/// <summary>Jobs, as all instances share them.</summary>
public interface IImportJobs
{
    /// <summary>Keeps a file to be imported.</summary>
    /// <returns>What became of it.</returns>
    /// <param name="file">How it is to be imported.</param>
    /// <param name="bytes">The file, from its beginning.</param>
    /// <param name="key">Under what it was sent, if anything.</param>
    /// <param name="by">Who sent it.</param>
    /// <param name="cancel">Gives up; nothing is kept then.</param>
    Task<Submission> Submit(ImportFile file, Stream bytes, ImportJobKey? key, Actor by, CancellationToken cancel);

    /// <summary>The job; null where there is none.</summary>
    Task<ImportJob?> Find(Guid id, CancellationToken cancel);

    /// <summary>The newest jobs.</summary>
    /// <param name="before">Only those that are older than this one; null for all.</param>
    /// <param name="limit">The most that are given.</param>
    /// <param name="cancel">Gives up.</param>
    Task<IReadOnlyList<ImportJob>> List(Guid? before, int limit, CancellationToken cancel);

    /// <summary>Calls it off: whatever is at it writes nothing any more.</summary>
    /// <returns>The job as it is then, which has succeeded or failed where this came too late; null where there is none.</returns>
    Task<ImportJob?> Cancel(Guid id, CancellationToken cancel);

    /// <summary>Writes its faults, one JSON object a line.</summary>
    Task CopyFaults(Guid id, Stream to, CancellationToken cancel);

    /// <summary>Takes the oldest job that waits, or that an instance has let lie; null where there is none. One that was begun too often fails.</summary>
    Task<ImportRun?> Take(Guid runner, CancellationToken cancel);

    /// <summary>Waits until a job was submitted here, or so much time has passed.</summary>
    Task Wait(TimeSpan atMost, CancellationToken cancel);

    /// <summary>Writes its file.</summary>
    Task CopyFile(ImportRun run, Stream to, CancellationToken cancel);

    /// <summary>Keeps faults of this attempt.</summary>
    Task AddFaults(ImportRun run, int part, ReadOnlyMemory<byte> lines, CancellationToken cancel);

    /// <summary>Says that it is still being worked at, and how far it is.</summary>
    /// <returns>Whether it is still this instance's; if not, the work is to be dropped.</returns>
    Task<bool> Renew(ImportRun run, ImportProgress progress, CancellationToken cancel);

    /// <summary>Ends a job of which nothing was written.</summary>
    /// <param name="run">The job.</param>
    /// <param name="state">As what it ends; <see cref="ImportJobState.Queued"/> gives it back.</param>
    /// <param name="progress">How far it has come.</param>
    /// <param name="report">What it would have done, if that is known.</param>
    /// <param name="problem">Why, and with which HTTP status, if it failed.</param>
    /// <param name="cancel">Gives up.</param>
    Task Finish(ImportRun run, ImportJobState state, ImportProgress progress, string? report, (int Status, string Detail)? problem, CancellationToken cancel);

    /// <summary>Removes some of the files of jobs that have ended, and of the jobs that ended long ago.</summary>
    /// <returns>Whether there may be more.</returns>
    Task<bool> Forget(CancellationToken cancel);
}

/// <summary>What became of a file that was sent to be imported.</summary>
public abstract record Submission
{
    private Submission()
    {
    }

    /// <summary>There is a job.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="IsNew">False where the same request made it before, under the same key.</param>
    public sealed record Taken(ImportJob Job, bool IsNew) : Submission;

    /// <summary>The key was used for another request.</summary>
    public sealed record OfAnother : Submission;

    /// <summary>The first request with this key is still being taken in.</summary>
    public sealed record Unfinished : Submission;
}
