using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting;

/// <summary>
/// The entity tag of one resource's answer: its version, and a hash of all that the body is made from, for counts and embedded resources change
/// without the version. A resource is as good as its mark: id, version and last change. So a conditional GET is answered from marks
/// alone, without reading, let alone writing, what the client has.
/// </summary>
internal sealed class EntityTag
{
    private const int HashLength = 8;

    /// <summary>Another build may write the same state in another way.</summary>
    private static readonly Guid Build = typeof(EntityTag).Module.ModuleVersionId;

    [ThreadStatic]
    private static EntityTag? _own;

    private readonly ArrayBufferWriter<byte> _state = new(2_048);

    private EntityTag()
    {
    }

    public static string Of(IRepresentation value) => Of(value.Version, value, static (value, tag) => value.AddTo(tag));

    /// <summary>Of the same in another form.</summary>
    public static string Of(IRepresentation value, string form) => Of(value.Version, (value, form), static (answer, tag) =>
    {
        answer.value.AddTo(tag);
        tag._state.Write(System.Text.Encoding.UTF8.GetBytes(answer.form));
    });

    /// <summary>The tag that the claim's answer with these marks has.</summary>
    public static string Of(ClaimMarks marks) => Of(marks.Claim.Version, marks, static (marks, tag) =>
    {
        tag.Add(marks.Claim);
        tag.Add(marks.Counts);
        tag.Add(marks.Assessment);
        tag.AddAbsent();
        if (marks.Corroborations is not { } links)
        {
            tag.AddAbsent();
            tag.AddAbsent();
            return;
        }

        tag.Add(links.Count, marks.HasMore);
        foreach (var link in links)
        {
            tag.AddLink(link);
        }

        tag.AddAbsent();
    });

    public void Add(Mark mark)
    {
        var into = _state.GetSpan(28);
        mark.Id.TryWriteBytes(into);
        BinaryPrimitives.WriteInt32LittleEndian(into[16..], mark.Version);
        BinaryPrimitives.WriteInt64LittleEndian(into[20..], mark.UpdatedAt.UtcTicks);
        _state.Advance(28);
    }

    public void Add(CorroborationCounts counts)
    {
        Add(counts.Supports);
        Add(counts.Contradicts);
        Add(counts.Reports);
        Add(counts.Denies);
        Add(counts.Mentions);
    }

    public void Add(AssessmentSummary assessment)
    {
        Add(assessment.Credibility);
        Add(assessment.Min);
        Add(assessment.Max);
        Add((assessment.Circular ? 1 : 0) + (assessment.Stale ? 2 : 0));
    }

    /// <summary>An embedded resource; null where none was asked for, or there is none.</summary>
    public void Add(IRepresentation? embedded)
    {
        if (embedded is null)
        {
            AddAbsent();
        }
        else
        {
            Add(1);
            embedded.AddTo(this);
        }
    }

    /// <summary>An embedded list's length, and whether it goes on elsewhere; its members follow.</summary>
    public void Add(int count, bool hasMore)
    {
        Add(1 + count);
        Add(hasMore ? 1 : 0);
    }

    /// <summary>Stands for what is not embedded.</summary>
    public void AddAbsent() => Add(0);

    /// <summary>A link in which nothing is embedded.</summary>
    private void AddLink(Mark link)
    {
        Add(link);
        for (var i = 0; i < Representations.CorroborationResponse.EmbeddedParts; i++)
        {
            AddAbsent();
        }
    }

    private static string Of<T>(int version, T value, Action<T, EntityTag> add)
    {
        var tag = _own ??= new();
        tag._state.ResetWrittenCount();
        Build.TryWriteBytes(tag._state.GetSpan(16));
        tag._state.Advance(16);
        add(value, tag);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(tag._state.WrittenSpan, hash);
        return string.Create(CultureInfo.InvariantCulture, $"\"{version}-{Convert.ToHexStringLower(hash[..HashLength])}\"");
    }

    private void Add(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_state.GetSpan(4), number);
        _state.Advance(4);
    }
}
