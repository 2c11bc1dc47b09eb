namespace Stemma.Infrastructure.Embedded;

/// <summary>The private server cannot be had. The message is for the person who started the API: what is wrong, and what to do.</summary>
internal sealed class EmbeddedServerException : Exception
{
    /// <summary>The ways to a database that do not depend on what failed here.</summary>
    public const string WaysOut =
        "Install PostgreSQL 14 or newer with its contrib extensions, or run `docker compose up`, "
        + "or set ConnectionStrings__Stemma to a database of your own.";

    public EmbeddedServerException(string message)
        : base(message)
    {
    }

    public EmbeddedServerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
