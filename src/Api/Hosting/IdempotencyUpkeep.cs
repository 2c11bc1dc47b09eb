using Stemma.Infrastructure;

namespace Stemma.Api.Hosting;

/// <summary>Removes answers that are kept no longer, batch by batch. Any number of instances may do so.</summary>
internal static class IdempotencyUpkeep
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public static async Task ForgetOldAnswers(this WebApplication app, StemmaDatabase database)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var clock = app.Services.GetRequiredService<TimeProvider>();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await database.ForgetAnswers(clock, stopping))
                {
                    await Task.Delay(Pause, clock, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is System.Data.Common.DbException or IOException)
            {
                // They are not given any more, whether they are there or not.
                app.Logger.LogWarning("Answers kept for 24 hours are not removed: {Reason}", e.GetBaseException().Message);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, CancellationToken.None);
            }
        }
    }
}
