using Stemma.Domain.Imports;
using Stemma.Domain.Resources;

namespace Stemma.Domain.Kernel;

/// <summary>An expected failure. What is not in this family is a bug and is thrown.</summary>
public abstract record Error
{
    private Error()
    {
    }

    /// <summary>What was asked for is not there, or is deleted.</summary>
    public sealed record NotFound : Error;

    /// <summary>What was sent breaks rules; each under the JSON path at which the client wrote it.</summary>
    public sealed record Invalid(IReadOnlyList<Fault> Faults) : Error
    {
        public Invalid(string path, string message)
            : this([new Fault(path, message)])
        {
        }
    }

    /// <summary>It collides with what is stored. <paramref name="With"/> names at most <see cref="MaxNamed"/> of what it collides with.</summary>
    public sealed record Conflict(string Detail, IReadOnlyList<ResourceRef> With) : Error
    {
        public const int MaxNamed = 10;
    }

    /// <summary>There is more behind the answer than the server is ready to go through.</summary>
    public sealed record TooLarge(string Detail) : Error;

    /// <summary>What was sent is longer than what is taken.</summary>
    public sealed record TooLong(string Detail) : Error;

    /// <summary>Rows of a file break rules, and so nothing of it was written.</summary>
    /// <param name="Detail">What became of it.</param>
    /// <param name="Faults">The first of them.</param>
    /// <param name="Count">How many faults there are.</param>
    public sealed record Refused(string Detail, IReadOnlyList<RowFault> Faults, long Count) : Error;

    /// <summary>The caller built on a version that is no longer the current one.</summary>
    public sealed record Stale(string Detail) : Error;
}

/// <summary>One broken rule: the JSON path (<c>quantities[0].unit</c>; empty for the whole body) and what is wrong there.</summary>
public readonly record struct Fault(string Path, string Message);
