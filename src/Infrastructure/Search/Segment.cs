using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Stemma.Infrastructure.Search;

/// <summary>
/// What is known of a run of documents besides their words, in columns: claims by their numbers, then corroborations by their claims' numbers, then
/// sources, then reviews by their claims' numbers. A stored segment never changes but for which of its documents are dead; the documents in none are one that is made for each query.
/// </summary>
internal sealed class Segment
{
    private const int Types = (int)SearchedType.Review + 1;

    private readonly ulong[] _dead;

    private Segment(int id, Section[] sections, string[] labels, byte[] configurations)
    {
        Id = id;
        Sections = sections;
        Labels = labels;
        Count = sections.Sum(s => s.Count);
        Totals = new Totals();
        Configurations = configurations;
        _dead = new ulong[(Count + 63) / 64];
    }

    private Segment(Segment of, IEnumerable<int> dead)
        : this(of.Id, of.Sections, of.Labels, of.Configurations)
    {
        of._dead.CopyTo(_dead, 0);
        DeadCount = of.DeadCount;
        Totals.Add(of.Totals);
        foreach (var local in dead)
        {
            if (IsLive(local))
            {
                _dead[local >> 6] |= 1UL << local;
                DeadCount++;
                var type = TypeOf(local);
                Totals.Add(type, this[type], local - this[type].First, -1);
            }
        }
    }

    /// <summary>0 for the documents that are in no stored segment.</summary>
    public int Id { get; }

    public int Count { get; }

    public int DeadCount { get; }

    /// <summary>Of the living documents.</summary>
    public Totals Totals { get; }

    /// <summary>One for each <see cref="SearchedType"/>.</summary>
    public Section[] Sections { get; }

    /// <summary>Those that some document was analysed by.</summary>
    public byte[] Configurations { get; }

    /// <summary>The texts that the columns of labels point to; the first is empty.</summary>
    public string[] Labels { get; }

    public Section this[SearchedType type] => Sections[(int)type];

    public bool IsLive(int local) => (_dead[local >> 6] & (1UL << local)) == 0;

    /// <summary>The places within a section of its dead documents.</summary>
    public IEnumerable<int> DeadOf(SearchedType type)
    {
        var (from, to) = (this[type].First, this[type].First + this[type].Count);
        for (var word = from >> 6; DeadCount > 0 && word << 6 < to; word++)
        {
            for (var bits = _dead[word]; bits != 0; bits &= bits - 1)
            {
                var local = (word << 6) + BitOperations.TrailingZeroCount(bits);
                if (local >= from && local < to)
                {
                    yield return local - from;
                }
            }
        }
    }

    /// <summary>The same, knowing of more dead, by their places.</summary>
    public Segment Without(IReadOnlyCollection<int> dead) => dead.Count == 0 ? this : new(this, dead);

    /// <summary>The place of a document; -1 where it is not here.</summary>
    public int Find(SearchedType type, int number, int document)
    {
        var section = this[type];
        var (from, to) = section.RangeOf(number);
        for (var i = from; i < to; i++)
        {
            if (section.Documents[i] == document)
            {
                return section.First + i;
            }
        }

        return -1;
    }

    /// <summary>The place among the labels; -1 where no document here has it.</summary>
    public int LabelOf(string label) => Array.IndexOf(Labels, label);

    /// <summary>The documents in the order of a segment.</summary>
    public static IndexedDocument[] InOrder(IEnumerable<IndexedDocument> documents) =>
        [.. documents.OrderBy(d => d.Type).ThenBy(d => d.Number).ThenBy(d => d.Document)];

    /// <param name="id">0 for what is not stored.</param>
    /// <param name="count">How many documents.</param>
    /// <param name="at">Each of them, in the order of a segment; asked several times, so that not all need be held.</param>
    public static Segment Of(int id, int count, Func<int, IndexedDocument> at)
    {
        var labels = new Labelling();
        var ends = new int[Types];
        for (var i = 0; i < count; i++)
        {
            // The few first: they must fit in short places, whatever else is labelled.
            var document = at(i);
            _ = labels.Of(document.Kind) + labels.Of(document.Status) + labels.Of(document.Stance);
            ends.AsSpan((int)document.Type).Fill(i + 1);
        }

        var sections = new Section[Types];
        for (int type = 0, first = 0; type < sections.Length; first = ends[type], type++)
        {
            var offset = first;
            sections[type] = Section.Of(first, ends[type] - first, i => at(offset + i), labels);
        }

        return Counted(id, sections, [.. labels.All]);
    }

    /// <summary>The living documents' attributes of several segments as one, with the place each comes from.</summary>
    public static (Segment Merged, List<(int Part, int Local)> From) Merge(IReadOnlyList<Segment> parts)
    {
        var from = new List<(int Part, int Local)>(parts.Sum(p => p.Count - p.DeadCount));
        for (var type = SearchedType.Claim; type <= SearchedType.Review; type++)
        {
            from.AddRange(parts
                .SelectMany((part, no) => Enumerable.Range(part[type].First, part[type].Count).Where(part.IsLive).Select(local => (Part: no, Local: local)))
                .OrderBy(d => parts[d.Part][type].Numbers[d.Local - parts[d.Part][type].First])
                .ThenBy(d => parts[d.Part][type].Documents[d.Local - parts[d.Part][type].First]));
        }

        return (Of(0, from.Count, i => parts[from[i].Part].DocumentAt(from[i].Local)), from);
    }

    /// <summary>What <c>search_segments.attributes</c> holds.</summary>
    public byte[] Pack()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Labels.Length);
        foreach (var label in Labels)
        {
            writer.Write(label);
        }

        foreach (var section in Sections)
        {
            section.Pack(writer);
        }

        return stream.ToArray();
    }

    public static Segment Unpack(int id, byte[] packed)
    {
        using var reader = new BinaryReader(new MemoryStream(packed), Encoding.UTF8);
        var labels = new string[reader.ReadInt32()];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = reader.ReadString();
        }

        var sections = new Section[Types];
        for (int i = 0, first = 0; i < sections.Length; first += sections[i].Count, i++)
        {
            // Segments that were packed before reviews were searched end with the sources.
            sections[i] = reader.BaseStream.Position < reader.BaseStream.Length ? Section.Unpack(first, reader) : new() { First = first, Count = 0 };
        }

        return Counted(id, sections, labels);
    }

    private static Segment Counted(int id, Section[] sections, string[] labels)
    {
        var segment = new Segment(id, sections, labels, [.. sections.SelectMany(s => s.Configurations).Distinct()]);
        for (var type = SearchedType.Claim; type <= SearchedType.Review; type++)
        {
            segment[type].Prepare(type, labels);
            for (var i = 0; i < segment[type].Count; i++)
            {
                segment.Totals.Add(type, segment[type], i, 1);
            }
        }

        return segment;
    }

    private SearchedType TypeOf(int local) =>
        local < Sections[1].First ? SearchedType.Claim
        : local < Sections[2].First ? SearchedType.Corroboration
        : local < Sections[3].First ? SearchedType.Source
        : SearchedType.Review;

    private IndexedDocument DocumentAt(int local)
    {
        var type = TypeOf(local);
        var section = this[type];
        var i = local - section.First;
        return new(
            section.Documents[i],
            type,
            section.Numbers[i],
            section.SourceNumbers[i],
            section.Configurations[i],
            section.Extents[i].Main,
            section.Extents[i].Other,
            section.Days[i],
            Labels[section.Kinds[i]],
            Labels[section.Statuses[i]],
            Labels[section.LanguageOf(i)],
            Labels[section.Stances[i]],
            [.. section.TagsOf(i).ToArray().Select(t => Labels[t])],
            []);
    }
}

/// <summary>The documents of one type in a segment, a column for each attribute.</summary>
internal sealed class Section
{
    private int[] _tagStarts = [];
    private int[] _tags = [];
    private int[] _profileOf = [];

    /// <summary>Only while a section is put together: profiles know the languages then.</summary>
    private int[] _languages = [];

    /// <summary>The place in the segment of the first.</summary>
    public required int First { get; init; }

    public required int Count { get; init; }

    public int[] Documents { get; private init; } = [];

    /// <summary>Ascending.</summary>
    public int[] Numbers { get; private init; } = [];

    public int[] SourceNumbers { get; private init; } = [];

    /// <summary>The highest number of a source here.</summary>
    public int MostSource { get; private set; }

    public int[] Days { get; private init; } = [];

    /// <summary>What scoring asks of a document, side by side: postings jump from one document to another far off, and each jump costs.</summary>
    public Extent[] Extents { get; private init; } = [];

    public byte[] Configurations { get; private init; } = [];

    public Labels Kinds { get; private init; }

    public Labels Statuses { get; private init; }

    public Labels Stances { get; private init; }

    /// <summary>What counts of one document beside its source and its tags; many documents have the same.</summary>
    public Profile[] Profiles { get; private set; } = [];

    /// <summary>Of each document, which of <see cref="Profiles"/> is its own.</summary>
    public ReadOnlySpan<int> ProfileOf => _profileOf;

    /// <summary>The links of one claim after another; null but of corroborations.</summary>
    public LinkRuns? Links { get; private set; }

    public bool HasTags => _tags.Length > 0;

    /// <summary>Works out what the columns say.</summary>
    public void Prepare(SearchedType type, string[] labels)
    {
        foreach (var number in type == SearchedType.Source ? Numbers : SourceNumbers)
        {
            MostSource = Math.Max(MostSource, number);
        }

        var known = new Dictionary<Profile, int>();
        _profileOf = new int[Count];
        for (var i = 0; i < Count; i++)
        {
            var language = _languages.Length == 0 ? 0 : _languages[i];
            var profile = new Profile(Kinds[i], Statuses[i], Stances[i], language, Days[i] == IndexedDocument.NoDay ? 0 : DateOnly.FromDayNumber(Days[i]).Year);
            if (!known.TryGetValue(profile, out _profileOf[i]))
            {
                known.Add(profile, _profileOf[i] = known.Count);
            }
        }

        Profiles = [.. known.Keys];
        _languages = [];
        Links = type == SearchedType.Corroboration ? LinkRuns.Of(this, labels) : null;
    }

    public int LanguageOf(int index) => Profiles[_profileOf[index]].Language;

    public ReadOnlySpan<int> TagsOf(int index) => _tagStarts.Length == 0 ? [] : _tags.AsSpan(_tagStarts[index], _tagStarts[index + 1] - _tagStarts[index]);

    /// <summary>Where the documents of this number are, from and to before.</summary>
    public (int From, int To) RangeOf(int number)
    {
        var from = LowerBound(number, 0);
        var to = from;
        while (to < Count && Numbers[to] == number)
        {
            to++;
        }

        return (from, to);
    }

    /// <summary>The first place, not before <paramref name="start"/>, whose number is not below this.</summary>
    public int LowerBound(int number, int start)
    {
        var (low, high) = (start, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Numbers[middle] < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public static Section Of(int first, int count, Func<int, IndexedDocument> at, Labelling labels)
    {
        var section = new Section
        {
            First = first,
            Count = count,
            Documents = new int[count],
            Numbers = new int[count],
            SourceNumbers = new int[count],
            Days = new int[count],
            Extents = new Extent[count],
            Configurations = new byte[count],
            Kinds = labels.Column(count, i => at(i).Kind),
            Statuses = labels.Column(count, i => at(i).Status),
            Stances = labels.Column(count, i => at(i).Stance),
        };
        var (tagged, spoken) = (false, false);
        for (var i = 0; i < count; i++)
        {
            var document = at(i);
            section.Documents[i] = document.Document;
            section.Numbers[i] = document.Number;
            section.SourceNumbers[i] = document.SourceNumber;
            section.Days[i] = document.Day;
            section.Extents[i] = new(
                document.Number, (ushort)Math.Min(document.MainLength, ushort.MaxValue), (ushort)Math.Min(document.OtherLength, ushort.MaxValue));
            section.Configurations[i] = document.Configuration;
            (tagged, spoken) = (tagged || document.Tags.Length > 0, spoken || document.Language.Length > 0);
        }

        if (spoken)
        {
            section._languages = new int[count];
            for (var i = 0; i < count; i++)
            {
                section._languages[i] = labels.Of(at(i).Language);
            }
        }

        if (tagged)
        {
            var tags = new List<int>();
            section._tagStarts = new int[count + 1];
            for (var i = 0; i < count; i++)
            {
                tags.AddRange(at(i).Tags.Distinct(StringComparer.Ordinal).Select(labels.Of));
                section._tagStarts[i + 1] = tags.Count;
            }

            section._tags = [.. tags];
        }

        return section;
    }

    public void Pack(BinaryWriter writer)
    {
        writer.Write(Count);
        Write(writer, Documents);
        Write(writer, Numbers);
        Write(writer, SourceNumbers);
        Write(writer, Days);
        Write(writer, Array.ConvertAll(Extents, e => e.Main));
        Write(writer, Array.ConvertAll(Extents, e => e.Other));
        Write(writer, Configurations);
        Write(writer, Kinds.Places);
        Write(writer, Statuses.Places);
        Write(writer, Stances.Places);
        Write(writer, Array.Exists(Profiles, p => p.Language != 0) ? Array.ConvertAll(_profileOf, p => Profiles[p].Language) : []);
        Write(writer, _tagStarts);
        Write(writer, _tags);
    }

    public static Section Unpack(int first, BinaryReader reader)
    {
        var count = reader.ReadInt32();
        var documents = Read<int>(reader);
        var numbers = Read<int>(reader);
        var sourceNumbers = Read<int>(reader);
        var days = Read<int>(reader);
        var main = Read<ushort>(reader);
        var other = Read<ushort>(reader);
        var extents = new Extent[count];
        for (var i = 0; i < count; i++)
        {
            extents[i] = new(numbers[i], main[i], other[i]);
        }

        return new()
        {
            First = first,
            Count = count,
            Documents = documents,
            Numbers = numbers,
            SourceNumbers = sourceNumbers,
            Days = days,
            Extents = extents,
            Configurations = Read<byte>(reader),
            Kinds = new(Read<ushort>(reader)),
            Statuses = new(Read<ushort>(reader)),
            Stances = new(Read<ushort>(reader)),
            _languages = Read<int>(reader),
            _tagStarts = Read<int>(reader),
            _tags = Read<int>(reader),
        };
    }

    private static void Write<T>(BinaryWriter writer, T[] column)
        where T : unmanaged
    {
        writer.Write(column.Length);
        writer.Write(MemoryMarshal.AsBytes(column.AsSpan()));
    }

    private static T[] Read<T>(BinaryReader reader)
        where T : unmanaged
    {
        var column = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(column.AsSpan()));
        return column;
    }
}

/// <summary>The labels of a document, each by its place among the segment's, and the year of its day; 0 for none.</summary>
internal readonly record struct Profile(int Kind, int Status, int Stance, int Language, int Year);

/// <summary>The number of a document's claim or source, and how many words it has: see <see cref="IndexedDocument"/>.</summary>
internal readonly record struct Extent(int Number, ushort Main, ushort Other);

/// <summary>A column of labels: places among the segment's. A column in which no document has one takes no room.</summary>
internal readonly record struct Labels(ushort[] Places)
{
    public int this[int index] => Places.Length == 0 ? 0 : Places[index];

    public bool IsEmpty => Places is null or { Length: 0 };
}

/// <summary>Gathers labels while a segment is put together.</summary>
internal sealed class Labelling
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal) { [""] = 0 };

    public IEnumerable<string> All => _places.OrderBy(p => p.Value).Select(p => p.Key);

    public int Of(string label)
    {
        if (!_places.TryGetValue(label, out var place))
        {
            _places.Add(label, place = _places.Count);
        }

        return place;
    }

    /// <summary>For labels of which the schema knows a handful.</summary>
    public Labels Column(int count, Func<int, string> label)
    {
        var places = new ushort[count];
        var any = false;
        for (var i = 0; i < count; i++)
        {
            places[i] = checked((ushort)Of(label(i)));
            any |= places[i] != 0;
        }

        return new(any ? places : []);
    }
}
