using System.Data.Common;

namespace Stemma.Api.Hosting;

internal static class DatabaseFaults
{
    /// <summary>Whether the cause is a database that cannot be reached or is going down, so that the same request may succeed later.</summary>
    public static bool IsAway(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException database)
            {
                // Class 57P: the server is shutting down, starting or has crashed.
                return database.IsTransient || (database.SqlState?.StartsWith("57P", StringComparison.Ordinal) ?? false);
            }
        }

        return false;
    }
}
