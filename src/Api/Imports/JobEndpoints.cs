using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Representations;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Imports;

/// <summary>`/jobs`: imports that go on when their request is answered.</summary>
internal static class JobEndpoints
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static void MapJobs(this IEndpointRouteBuilder api)
    {
        var jobs = api.MapGroup(Routes.Jobs).WithTags("Jobs").RefuseUnknownQueryParameters();
        jobs.MapGet("", List).WithName("listJobs").Answers(400);
        jobs.MapGet("{id:guid}", Get).WithName("getJob").Answers(400, 404);
        jobs.MapDelete("{id:guid}", Cancel).WithName("cancelJob").Answers(400, 404, 409);
        jobs.MapGet("{id:guid}/events", Events).WithName("getJobEvents").WithMetadata(new ProducesResponseTypeMetadata(200, typeof(string), ["text/event-stream"])).Answers(400, 404);
        jobs.MapGet("{id:guid}/faults", Faults).WithName("getJobFaults").WithMetadata(new ProducesResponseTypeMetadata(200, typeof(string), [ImportEndpoints.Ndjson])).Answers(400, 404);
    }

    /// <summary>List jobs</summary>
    /// <remarks>The newest first. What ended is kept for seven days.</remarks>
    private static async Task<Results<Ok<JobPageResponse>, Problem>> List(
        [AsParameters] JobListQuery query, IImportJobs jobs, IOptions<JsonOptions> json, TimeProvider clock, CancellationToken cancel)
    {
        var read = new QueryReader();
        var limit = read.Integer(query.Limit, 1, JobListQuery.Most) ?? JobListQuery.Default;
        var cursor = read.Ids(query.Cursor is null ? null : [query.Cursor], nameof(query.Cursor));
        if (read.Result(limit).Failed(out var error))
        {
            return new Problem(error);
        }

        var found = await jobs.List(cursor is [var before] ? before : null, limit + 1, cancel);
        return TypedResults.Ok(new JobPageResponse
        {
            Items = [.. found.Take(limit).Select(j => JobResponse.From(j, json.Value.SerializerOptions, clock.GetUtcNow()))],
            NextCursor = found.Count > limit ? found[limit - 1].Id.ToString() : null,
        });
    }

    /// <summary>Get a job</summary>
    /// <remarks>How far it is, and once it has ended what became of it. Until then `Retry-After` says when to ask again; `/jobs/{id}/events` tells without being asked.</remarks>
    private static async Task<Results<Ok<JobResponse>, Problem>> Get(
        Guid id, IImportJobs jobs, IOptions<JsonOptions> json, TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        if (await jobs.Find(id, cancel) is not { } job)
        {
            return new Problem(new Error.NotFound());
        }

        http.Response.Headers.CacheControl = "no-store";
        if (!job.IsFinished)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return TypedResults.Ok(JobResponse.From(job, json.Value.SerializerOptions, clock.GetUtcNow()));
    }

    /// <summary>Cancel a job</summary>
    /// <remarks>Nothing of it is written then. 409 where it has succeeded or failed already. One that was cancelled stays so.</remarks>
    private static async Task<Results<NoContent, Problem>> Cancel(Guid id, IImportJobs jobs, CancellationToken cancel) => await jobs.Cancel(id, cancel) switch
    {
        null => new Problem(new Error.NotFound()),
        { State: ImportJobState.Cancelled } => TypedResults.NoContent(),
        { State: ImportJobState.Succeeded } => new Problem(new Error.Conflict("It has succeeded already: what it wrote stands.", [])),
        _ => new Problem(new Error.Conflict("It has failed already, and nothing of it was written.", [])),
    };

    /// <summary>Follow a job</summary>
    /// <remarks>
    /// Server-sent events: `progress` with the job whenever it has moved, and `end` with it once it has ended, which is the last. In a terminal: `curl -sN`.
    /// </remarks>
    private static async Task<Results<ServerSentEventsResult<JobResponse>, Problem>> Events(
        Guid id, IImportJobs jobs, IOptions<JsonOptions> json, TimeProvider clock, CancellationToken cancel)
    {
        if (await jobs.Find(id, cancel) is not { } job)
        {
            return new Problem(new Error.NotFound());
        }

        return TypedResults.ServerSentEvents(Follow(job, jobs, found => JobResponse.From(found, json.Value.SerializerOptions, clock.GetUtcNow()), clock, cancel));
    }

    private static async IAsyncEnumerable<SseItem<JobResponse>> Follow(
        ImportJob job, IImportJobs jobs, Func<ImportJob, JobResponse> tell, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancel)
    {
        ImportJob? told = null;
        for (var found = job; found is not null; found = await jobs.Find(job.Id, cancel))
        {
            if (found.IsFinished)
            {
                yield return new(tell(found), "end");
                yield break;
            }

            if (told is null || (told.State, told.Progress) != (found.State, found.Progress))
            {
                yield return new(tell(told = found), "progress");
            }

            await Task.Delay(Pause, clock, cancel);
        }
    }

    /// <summary>Get a job's faults</summary>
    /// <remarks>Everything that is wrong with any row, one JSON object a line, as far as it is known by now; the same as `POST /imports` answers with `Accept: application/x-ndjson`.</remarks>
    private static async Task<Results<JobFaultLines, Problem>> Faults(Guid id, IImportJobs jobs, CancellationToken cancel) =>
        await jobs.Find(id, cancel) is null ? new Problem(new Error.NotFound()) : new JobFaultLines(jobs, id);
}

/// <summary>All faults of a job, one a line.</summary>
internal sealed class JobFaultLines(IImportJobs jobs, Guid id) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ImportEndpoints.Ndjson;
        await CopyTo(httpContext.Response.Body, jobs, id, httpContext.RequestAborted);
    }

    /// <summary>By way of a file: no connection waits for a slow reader.</summary>
    public static async Task CopyTo(Stream answer, IImportJobs jobs, Guid id, CancellationToken cancel)
    {
        await using var file = TemporaryFile.Create();
        await jobs.CopyFaults(id, file, cancel);
        file.Position = 0;
        await file.CopyToAsync(answer, cancel);
    }
}
