using Stemma.Domain.Kernel;

namespace Stemma.Domain.Resources;

/// <summary>
/// What a caller takes for granted about the resource it writes to: RFC 9110 <c>If-Match</c> and <c>If-None-Match: *</c>, and the
/// <c>version</c> in the body.
/// </summary>
/// <param name="Versions">The versions one of which must be the current one; null where any will do.</param>
/// <param name="MustExist"><c>If-Match</c> was given, if only as <c>*</c>.</param>
/// <param name="MustNotExist"><c>If-None-Match: *</c> was given.</param>
/// <param name="BodyVersion">The <c>version</c> that the body carries.</param>
public readonly record struct Expectation(IReadOnlyList<int>? Versions, bool MustExist, bool MustNotExist, int? BodyVersion)
{
    /// <summary>The failure where <paramref name="found"/>, the resource as it stands (null: it never was), is not what the caller expects.</summary>
    public Error? Check(Resource? found)
    {
        if (found is null or { IsDeleted: true })
        {
            // A body built on a version that was deleted since must not undo the deletion unseen.
            return MustExist ? new Error.Stale("If-Match was given, but nothing is there.")
                : found is null ? null
                : CheckBody(found.Version);
        }

        if (MustNotExist)
        {
            return new Error.Stale($"It exists, in version {found.Version}.");
        }

        return Versions is not null && !Versions.Contains(found.Version)
            ? new Error.Stale($"The current version is {found.Version}, not the one in If-Match.")
            : CheckBody(found.Version);
    }

    private Error.Stale? CheckBody(int current) =>
        BodyVersion is { } version && version != current
            ? new Error.Stale($"The current version is {current}; the body was built on version {version}.")
            : null;
}

/// <summary>What a PUT left, and whether it was there (and living) before.</summary>
public readonly record struct Written<T>(T Value, bool Created);
