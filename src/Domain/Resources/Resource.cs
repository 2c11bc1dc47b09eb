using Stemma.Domain.History;

namespace Stemma.Domain.Resources;

/// <summary>
/// What every stored resource carries besides its own content, and how its version moves: from 1, one more with each change of content,
/// with deletion and with restoration, and never back. A deleted resource stays as a tombstone. Instants are UTC, to the microsecond.
/// </summary>
public abstract class Resource
{
    private protected Resource()
    {
    }

    private protected Resource(Stamp stamp) => (Version, CreatedAt, CreatedBy, UpdatedAt, UpdatedBy, DeletedAt) = stamp;

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>PROV <c>wasAttributedTo</c>, of the first version.</summary>
    public string CreatedBy { get; private set; } = "";

    public DateTimeOffset UpdatedAt { get; private set; }

    public string UpdatedBy { get; private set; } = "";

    public DateTimeOffset? DeletedAt { get; private protected set; }

    public bool IsDeleted => DeletedAt is not null;

    /// <summary>What was done to it in this unit of work; not stored. It decides what a collision that the database finds means.</summary>
    public Change LastChange { get; private set; }

    public abstract ResourceRef Ref { get; }

    public abstract ResourceContent AnyContent { get; }

    /// <summary>Leaves a tombstone.</summary>
    /// <exception cref="InvalidOperationException">It is one already.</exception>
    public void Delete(Actor by, DateTimeOffset now)
    {
        if (IsDeleted)
        {
            throw new InvalidOperationException($"{Ref} is deleted already.");
        }

        Touch(Change.Deleted, by, now);
        DeletedAt = UpdatedAt;
    }

    /// <summary>Brings a tombstone back to life as it was; does nothing to the living.</summary>
    public void Restore(Actor by, DateTimeOffset now)
    {
        if (IsDeleted)
        {
            DeletedAt = null;
            Touch(Change.Restored, by, now);
        }
    }

    private protected void Touch(Change change, Actor by, DateTimeOffset now)
    {
        Version++;
        UpdatedAt = now.ToMicroseconds();
        UpdatedBy = by.Name;
        LastChange = change;
        if (change == Change.Created)
        {
            (CreatedAt, CreatedBy) = (UpdatedAt, UpdatedBy);
        }
    }
}

/// <summary>A resource with its content.</summary>
public abstract class Resource<TContent> : Resource
    where TContent : ResourceContent
{
    private TContent? _content;

    private protected Resource()
    {
    }

    private protected Resource(Stamp stamp, TContent content)
        : base(stamp) => _content = content;

    public TContent Content
    {
        get => _content ?? throw new InvalidOperationException("The content was not loaded.");
        private set => _content = value;
    }

    public override ResourceContent AnyContent => Content;

    /// <summary>Replaces the content, and brings a tombstone back to life. Where nothing differs, nothing happens.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Revise(TContent content, Actor by, DateTimeOffset now)
    {
        if (!IsDeleted && content.Equals(Content))
        {
            return false;
        }

        Content = content;
        DeletedAt = null;
        Touch(Change.Revised, by, now);
        return true;
    }

    private protected void Create(TContent content, Actor by, DateTimeOffset now)
    {
        Content = content;
        Touch(Change.Created, by, now);
    }
}

/// <summary>Version, times and authors as they are stored.</summary>
public readonly record struct Stamp(
    int Version,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    DateTimeOffset? DeletedAt);

/// <summary>Tells one state of one resource from every other: the database refuses a change that does not raise the version.</summary>
public readonly record struct Mark(Guid Id, int Version, DateTimeOffset UpdatedAt);

/// <summary>What a unit of work did to a resource.</summary>
public enum Change
{
    None,
    Created,
    Revised,
    Deleted,
    Restored,
}

public static class Instants
{
    /// <summary>PostgreSQL keeps microseconds; an instant is cut to them before it is stored, so that what is answered is what is kept.</summary>
    public static DateTimeOffset ToMicroseconds(this DateTimeOffset instant) =>
        instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
}
