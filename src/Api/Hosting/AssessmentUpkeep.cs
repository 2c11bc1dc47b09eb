using Stemma.Infrastructure;

namespace Stemma.Api.Hosting;

/// <summary>
/// Derives the assessments that a distant change has left stale. Any number of instances share the work, and what one that dies has not finished
/// another takes up.
/// </summary>
internal static class AssessmentUpkeep
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task KeepAssessmentsFresh(this WebApplication app, StemmaDatabase database)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var after = Guid.Empty;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await database.DeriveAssessments(after, stopping))
                {
                    after = Guid.Empty;
                    await database.AwaitStaleAssessments(Pause, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The rows stay stale, and say so. The next round begins elsewhere, lest one claim hold up all that come after it.
                after = Guid.NewGuid();
                app.Logger.LogWarning("Assessments are not derived anew: {Reason}", e.GetBaseException().Message);
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }
}
