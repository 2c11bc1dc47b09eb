using Stemma.Domain.History;

namespace Stemma.Domain.Resources;

/// <summary>
/// The IETF's <c>Idempotency-Key</c>: the answer to a request is kept in the transaction that its write is made in, so that whoever repeats the
/// request under the same key gets that answer and nothing is written twice. One per request; all instances share what is kept.
/// </summary>
public interface IIdempotency
{
    /// <summary>How long an answer is kept.</summary>
    static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>
    /// Waits until no other request under the key is being answered, ten seconds at most. Where this is the first, a transaction is open from now
    /// on, which every <see cref="Kernel.IUnitOfWork"/> of the request joins.
    /// </summary>
    Task<Repetition> Begin(RequestKey key, CancellationToken cancel);

    /// <summary>Keeps the answer and commits it, and with it all that was written.</summary>
    Task Keep(KeptAnswer answer, CancellationToken cancel);

    /// <summary>Rolls back what is not kept; the key is free again. Does nothing where nothing is open.</summary>
    Task Abandon();
}

/// <summary>What a request repeats.</summary>
/// <param name="By">The caller: two callers' keys have nothing to do with one another.</param>
/// <param name="Key">As the client chose it; only a hash of it is stored.</param>
/// <param name="Request">SHA-256 of all that makes the request what it is.</param>
public sealed record RequestKey(Actor By, string Key, byte[] Request);

/// <summary>An answer as it is given again.</summary>
public sealed record KeptAnswer(int Status, string? ContentType, string? Location, string? ETag, string? Link, ReadOnlyMemory<byte> Body);

/// <summary>What is known of a request under its key.</summary>
public abstract record Repetition
{
    private Repetition()
    {
    }

    /// <summary>Nothing: it is to be answered now.</summary>
    public sealed record None : Repetition;

    /// <summary>It was answered before.</summary>
    public sealed record Of(KeptAnswer Answer) : Repetition;

    /// <summary>The key was used for something else.</summary>
    public sealed record OfAnother : Repetition;

    /// <summary>The first one is still being answered.</summary>
    public sealed record Unfinished : Repetition;

    /// <summary>Too many requests with keys are being answered.</summary>
    public sealed record Crowded : Repetition;
}
