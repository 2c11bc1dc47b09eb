using Stemma.Infrastructure;

namespace Stemma.Api.Hosting;

/// <summary>
/// Gathers what was written into what is quickly searched, again and again. Any number of instances may do so: they take turns. What waits to be
/// gathered is found all the same.
/// </summary>
internal static class SearchUpkeep
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>With fewer documents waiting it is not worth it.</summary>
    private const int AtLeast = 1_000;

    public static async Task KeepSearchFolded(this WebApplication app, StemmaDatabase database)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var isWarm = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!isWarm)
                {
                    await database.WarmSearchUp(stopping);
                    isWarm = true;
                }

                if (!await database.FoldSearch(AtLeast, stopping))
                {
                    await Task.Delay(Pause, clock, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is System.Data.Common.DbException or IOException or OperationCanceledException)
            {
                // The next round tries again; until then searches read more of what waits.
                app.Logger.LogWarning("What was written is not gathered for search: {Reason}", e.GetBaseException().Message);
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }
}
