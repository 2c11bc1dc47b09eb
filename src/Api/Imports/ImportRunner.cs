using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.History;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Imports;

/// <summary>
/// Works at the jobs, one after another, whichever instance took them in: what one that dies has begun another begins anew, for nothing of it was written.
/// </summary>
internal sealed class ImportRunner(
    IImportJobs jobs, RunImport imports, IEnumerable<IImportFormat> formats, ImportLimits limits, IOptions<JsonOptions> json, ILogger<ImportRunner> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Guid _me = Guid.NewGuid();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await jobs.Take(_me, stoppingToken) is { } run)
                {
                    await Work(run, stoppingToken);
                }
                else
                {
                    await jobs.Wait(await jobs.Forget(stoppingToken) ? TimeSpan.Zero : Pause, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The job's lease runs out, and somebody begins it anew.
                log.LogWarning("Imports do not go on: {Reason}", e.GetBaseException().Message);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private async Task Work(ImportRun run, CancellationToken stopping)
    {
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await using var file = TemporaryFile.Create();
        var progress = new RunProgress(file, run.Job.File.Length);
        var renewing = KeepRenewing(run, progress, mine);
        try
        {
            await jobs.CopyFile(run, file, mine.Token);
            file.Position = 0;
            await Import(run, file, progress, mine.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await jobs.Finish(run, ImportJobState.Queued, default, null, null, CancellationToken.None);
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            log.LogInformation("Import {Job} was called off, or another instance goes on with it", run.Job.Id);
        }
        catch (Exception e) when (!DatabaseFaults.IsAway(e))
        {
            log.LogError(e, "Import {Job} failed", run.Job.Id);
            await jobs.Finish(run, ImportJobState.Failed, progress.Now, null, (500, $"Something failed here, not in your file; the log knows it by the job's id, {run.Job.Id}. Nothing was written."), stopping);
        }
        finally
        {
            await mine.CancelAsync();
            await renewing;
        }
    }

    private async Task Import(ImportRun run, FileStream file, RunProgress progress, CancellationToken cancel)
    {
        var job = run.Job;
        var understood = Understand(job.File);
        if (understood.Failed(out var error))
        {
            await Fail(run, progress, null, error, cancel);
            return;
        }

        var import = understood.Value;
        var faults = new JobFaults(jobs, run);
        var report = await imports.Run(import, file, new Actor(job.CreatedBy), faults, progress, run with { Describe = Describe }, cancel);
        if (report.Failed(out error))
        {
            await Fail(run, progress, null, error, cancel);
        }
        else if (report.Value is { FaultCount: > 0 } && import.Options.OnError == FaultHandling.Abort)
        {
            await Fail(run, progress, Describe(report.Value), new Error.Refused($"Rows are faulty; nothing was written. {Routes.Jobs}/{job.Id}/faults tells all that is wrong.", [], 0), cancel);
        }
        else if (!report.Value.Written)
        {
            // A dry run: nothing was committed that the job could have succeeded with.
            await jobs.Finish(run, ImportJobState.Succeeded, progress.Now with { Share = 1 }, Describe(report.Value), null, cancel);
        }

        string Describe(ImportReport done) => JsonSerializer.Serialize(ImportReportResponse.From(done, import.Warnings), json.Value.SerializerOptions);
    }

    /// <summary>Formats and limits may have changed since the job was taken in.</summary>
    private Result<Import> Understand(ImportFile file) => formats.FirstOrDefault(f => f.MediaTypes.Contains(file.MediaType)) is { } format
        ? Imports.Import.From(ImportQuery.From(file.Parameters), format, file.IsPacked, limits)
        : new Error.Invalid("Content-Type", $"{file.MediaType} is not taken here.");

    private Task Fail(ImportRun run, RunProgress progress, string? report, Error error, CancellationToken cancel) =>
        jobs.Finish(run, ImportJobState.Failed, progress.Now, report, Problems.Describe(error), cancel);

    /// <summary>Until the job ends, or is not this instance's any more.</summary>
    private async Task KeepRenewing(ImportRun run, RunProgress progress, CancellationTokenSource mine)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), mine.Token);
                try
                {
                    if (!await jobs.Renew(run, progress.Now, mine.Token))
                    {
                        await mine.CancelAsync();
                    }
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // If it stays away, the lease runs out, and the import cannot be committed either.
                    log.LogWarning("The lease of import {Job} is not renewed: {Reason}", run.Job.Id, e.GetBaseException().Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
    }
}

/// <summary>How far a job is, told by one thread and asked for by another.</summary>
internal sealed class RunProgress(FileStream file, long length) : IImportProgress
{
    /// <summary>How much of the time goes into reading a file, as far as one can say beforehand.</summary>
    public const double Reading = 0.25;

    private readonly Lock _turn = new();
    private ImportProgress _now;

    public ImportProgress Now
    {
        get
        {
            lock (_turn)
            {
                return _now;
            }
        }
    }

    public void Read(long rows, long failed)
    {
        var part = ReadPart();
        lock (_turn)
        {
            _now = _now with { RowsRead = rows, Failed = failed, Share = part * Reading };
        }
    }

    /// <summary>Whoever reads it, ahead of this, closes it at its end.</summary>
    private double ReadPart()
    {
        try
        {
            return length > 0 ? Math.Min(1, (double)file.Position / length) : 1;
        }
        catch (ObjectDisposedException)
        {
            return 1;
        }
    }

    public void Wrote(long created, long updated, long of)
    {
        lock (_turn)
        {
            _now = _now with { Created = created, Updated = updated, ToWrite = of, Share = Reading + (of == 0 ? 0 : (1 - Reading) * Math.Min(1, (double)(created + updated) / of)) };
        }
    }
}

/// <summary>Keeps the faults of a job where all instances find them.</summary>
internal sealed class JobFaults(IImportJobs jobs, ImportRun run) : IFaultSink
{
    private int _part;

    public async Task Add(IReadOnlyList<RowFault> faults, CancellationToken cancel)
    {
        using var lines = new MemoryStream();
        foreach (var fault in faults)
        {
            lines.Write(FaultFile.Line(fault));
        }

        await jobs.AddFaults(run, _part++, lines.ToArray(), cancel);
    }
}
