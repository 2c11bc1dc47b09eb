using Stemma.Domain.Assessments;
using Stemma.Domain.History;
using Stemma.Domain.Imports;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Imports;

/// <summary>Takes rows batch by batch: finds what they are of, reads them by the rules of single writes, and stages what they change.</summary>
internal sealed class ImportBatches(ImportStage stage, IImportKinds kinds, ImportOptions options, FaultLog faults, Actor by, DateTimeOffset now)
{
    private readonly Dictionary<ResourceType, long> _unchanged = [];
    private readonly RowIds _ids = new(now);
    private readonly Dictionary<(ResourceType, ExternalId), Guid> _homes = [];
    private readonly RowsBefore _before = new();

    /// <summary>Of the external ids in one batch: each is needed several times over.</summary>
    private readonly Dictionary<ExternalId, byte[]> _digests = [];
    private HashSet<ImportTable>? _stored;

    public long UnchangedOf(ResourceType type) => _unchanged.GetValueOrDefault(type);

    /// <summary>A row that seemed to change nothing is faulty after all.</summary>
    public void TakeBack(ResourceType type, long rows) => _unchanged[type] = UnchangedOf(type) - rows;

    /// <summary>What can be told of the rows before anything else is known, in their order.</summary>
    public IReadOnlyList<ScannedLine> Scan(IReadOnlyList<ImportLine> lines, CancellationToken cancel) => InParallel(lines, Scan, cancel);

    public async Task Take(IReadOnlyList<ScannedLine> lines, CancellationToken cancel)
    {
        var rows = new List<ImportRow>(lines.Count);
        _digests.Clear();
        foreach (var line in lines)
        {
            foreach (var (key, digest) in line.Digests)
            {
                _digests[key] = digest;
            }

            if (line.Row is null)
            {
                await faults.Add(line.Line, line.Type, line.Faults, cancel);
            }
            else
            {
                rows.Add(line.Row);
            }
        }

        var keys = await stage.FindKeys(
            [.. rows.SelectMany(r => r.Keys.Select(k => (r.Kind.Type, k)).Concat(r.References.Where(f => f.Key is not null).Select(f => (f.Type, f.Key!))))], Digest, cancel);
        await FindHomes(rows, keys, cancel);
        var batch = new Batch(keys, await Stored(rows, keys, cancel));
        var ids = rows.ConvertAll(row => IdOf(row, keys) ?? (IsTentative(row.Kind.Type) ? null : _ids.Next()));
        foreach (var (row, id) in rows.Zip(ids))
        {
            if (id is { } known)
            {
                _before.Add(row, known, Digest);
            }
        }

        var contents = InParallel(rows, (row, i) => Read(row, Living(ids[i] is { } id ? batch.Stored.GetValueOrDefault((row.Kind.Type, id)) : null), batch), cancel);
        for (var i = 0; i < rows.Count; i++)
        {
            await Prepare(rows[i], ids[i], contents[i], batch, cancel);
        }

        await Stage(batch, cancel);
    }

    /// <summary>Sources known by their home pages have, for the rows of this file, the external ids by which their rows know them.</summary>
    private async Task FindHomes(List<ImportRow> rows, Dictionary<(ResourceType, ExternalId), Guid> keys, CancellationToken cancel)
    {
        var homeless = rows.Where(r => r is { Id: null, Homes.Count: > 0, Keys.Count: > 0 } && r.Kind.Type == ResourceType.Source && IdOf(r, keys) is null).ToList();
        foreach (var (place, id) in await stage.FindHomes(homeless.ConvertAll(r => r.Homes), cancel))
        {
            _homes[(ResourceType.Source, homeless[place].Keys[0])] = id;
        }

        foreach (var (key, id) in _homes)
        {
            keys.TryAdd(key, id);
        }
    }

    /// <summary>What rows say is read on all processors; what follows from it, in their order.</summary>
    private static TOut[] InParallel<TIn, TOut>(IReadOnlyList<TIn> items, Func<TIn, int, TOut> read, CancellationToken cancel)
    {
        var all = new TOut[items.Count];
        Parallel.For(0, all.Length, new ParallelOptions { CancellationToken = cancel }, i => all[i] = read(items[i], i));
        return all;
    }

    private ScannedLine Scan(ImportLine line, int place)
    {
        var found = kinds.Scan(line, out var row, out var type);
        return new(line.Line, found, row, type, row is null ? [] : [.. row.Keys.Concat(row.References.Select(r => r.Key).OfType<ExternalId>()).Select(k => (k, ExternalIdDigest.Of(k)))]);
    }

    private byte[] Digest(ExternalId id) => _digests.TryGetValue(id, out var known) ? known : ExternalIdDigest.Of(id);

    /// <summary>Whether rows that name no id are known by what they say, so that their resources may be there already.</summary>
    private bool IsTentative(ResourceType type) => ImportTables.Of(type).NaturalKey.Count > 0 && options.Mode is ImportMode.Upsert or ImportMode.Update;

    private static Resource? Living(Resource? stored) => stored is { IsDeleted: false } ? stored : null;

    /// <summary>Reads the row as what it makes of what is there.</summary>
    private Result<ResourceContent> Read(ImportRow row, Resource? living, Batch batch)
    {
        var resolved = row.References.Select(r => r.Id ?? (batch.Keys.TryGetValue((r.Type, r.Key!), out var there) ? there : _before.Find(r, Digest(r.Key!), out _))).ToArray();
        return row.Kind.Read(row, living?.AnyContent, resolved);
    }

    private static Guid? IdOf(ImportRow row, Dictionary<(ResourceType, ExternalId), Guid> keys) =>
        row.Id ?? (row.Keys.Where(k => keys.ContainsKey((row.Kind.Type, k))).Select(k => (Guid?)keys[(row.Kind.Type, k)]).FirstOrDefault());

    private Task<Dictionary<(ResourceType, Guid), Resource>> Stored(List<ImportRow> rows, Dictionary<(ResourceType, ExternalId), Guid> keys, CancellationToken cancel) =>
        options.Mode == ImportMode.Restore
            ? Task.FromResult(new Dictionary<(ResourceType, Guid), Resource>())
            : stage.Load(rows.Select(r => (r.Kind.Type, Id: IdOf(r, keys))).Where(r => r.Id is not null).Select(r => (r.Type, r.Id!.Value)), cancel);

    /// <summary>Notes down what the row makes of what is there; or its faults.</summary>
    private async Task Prepare(ImportRow row, Guid? id, Result<ResourceContent> content, Batch batch, CancellationToken cancel)
    {
        var type = row.Kind.Type;
        var stored = id is { } known ? batch.Stored.GetValueOrDefault((type, known)) : null;
        var living = Living(stored);
        var isTentative = id is null && IsTentative(type);
        List<Fault> found = [.. Misplaced(row, stored, batch, isTentative)];

        if (content.Failed(out var unreadable))
        {
            found.AddRange(((Error.Invalid)unreadable).Faults);
        }

        if (Stale(row, stored, content) is { } stale)
        {
            found.Add(stale);
        }

        var stamp = StampOf(row, stored);
        if (stamp.Failed(out var unstamped))
        {
            found.AddRange(((Error.Invalid)unstamped).Faults);
        }

        var grade = options.Mode == ImportMode.Restore ? row.Kind.ReadGrade(row) : (CredibilityOverride?)null;
        if (grade.Failed(out var ungraded))
        {
            found.AddRange(((Error.Invalid)ungraded).Faults);
        }

        if (id is { } taken && (found.Count > 0 || stamp.Value.DeletedAt is not null || !row.Keys.All(content.Value.ExternalIds.Contains)))
        {
            _before.Doubt(row, taken, Digest);
        }

        if (found.Count > 0)
        {
            await faults.Add(row.Line, type, found, cancel);
        }
        else if (living is not null && content.Value.Equals(living.AnyContent))
        {
            _unchanged[type] = UnchangedOf(type) + 1;
            batch.RowKeys.Add(new(row.Line, type, living.Ref.Id.ToByteArray(), living.Ref.Id));
        }
        else
        {
            var staged = new StagedRow(row.Line, id ?? _ids.Next(), stored is null, living is null, stamp.Value, content.Value) { Grade = grade.Value };
            batch.Rows.Add((row, staged, isTentative));
        }
    }

    /// <summary>What is wrong with the row where it is, whatever it says.</summary>
    private IEnumerable<Fault> Misplaced(ImportRow row, Resource? stored, Batch batch, bool isTentative)
    {
        var name = StoredNames<ResourceType>.Of(row.Kind.Type);
        var living = stored is { IsDeleted: false };
        if (row.Id == Guid.Empty)
        {
            yield return new("id", "The nil UUID is nobody's id.");
        }

        if (row.Id is null && options.Mode == ImportMode.Restore)
        {
            yield return new("id", "It is required, a UUID.");
        }

        if (row.IsDeleted && options.Mode != ImportMode.Restore)
        {
            yield return new("deletedAt", "What is deleted comes in with mode=restore alone.");
        }

        var owners = row.Keys.Select(k => batch.Keys.TryGetValue((row.Kind.Type, k), out var owner) ? owner : (Guid?)null).OfType<Guid>().Distinct().ToList();
        if (row.Id is null && owners.Count > 1)
        {
            yield return new("externalIds", $"They belong to several {name}s: {string.Join(", ", owners)}.");
        }

        if (options.Mode == ImportMode.Create && living && row.Restraint != Restraint.Everything)
        {
            yield return new("", $"It is there already: {name} {stored!.Ref.Id}.");
        }

        if (options.Mode == ImportMode.Update && !living && !isTentative)
        {
            yield return new("", $"There is no such {name}, or it is deleted; mode=update creates none.");
        }
    }

    /// <summary>A row that was made from an older version; what says just what is there is not held against it.</summary>
    private Fault? Stale(ImportRow row, Resource? stored, Result<ResourceContent> content)
    {
        var isAsStored = stored is { IsDeleted: false } && !content.Failed(out _) && content.Value.Equals(stored.AnyContent);
        return options.Mode != ImportMode.Restore && !isAsStored
            && new Expectation(null, MustExist: false, MustNotExist: false, row.Version).Check(stored) is Error.Stale stale
            ? new("version", stale.Detail)
            : null;
    }

    private Result<Stamp> StampOf(ImportRow row, Resource? stored) =>
        options.Mode == ImportMode.Restore ? row.Kind.ReadStamp(row)
        : stored is null ? new Stamp(1, now, by.Name, now, by.Name, null)
        : new Stamp(stored.Version + 1, stored.CreatedAt, stored.CreatedBy, now, by.Name, null);

    private async Task Stage(Batch batch, CancellationToken cancel)
    {
        foreach (var table in ImportTables.All)
        {
            await stage.Copy(table, [.. batch.Rows.Where(r => r.Row.Kind.Type == table.Type).Select(r => r.Staged)], cancel);
        }

        await Recognise(batch, cancel);
        await stage.CopyGrades([.. batch.Rows.Select(r => r.Staged).Where(r => r.Grade is not null)], cancel);
        await stage.Copy([.. batch.RowKeys, .. batch.Rows.SelectMany(KeysOf)], cancel);
        await stage.Copy([.. batch.Rows.SelectMany(r => Pending(r.Row, batch))], cancel);
    }

    /// <summary>
    /// Of rows that name no id and no known id elsewhere, but of whose like there can be only one: those whose like is there are changes of it.
    /// </summary>
    private async Task Recognise(Batch batch, CancellationToken cancel)
    {
        foreach (var table in ImportTables.All)
        {
            var tentative = batch.Rows.Where(r => r.IsTentative && r.Row.Kind.Type == table.Type).ToDictionary(r => r.Row.Line);
            if (tentative.Count == 0)
            {
                continue;
            }

            var same = await HasRows(table, cancel) ? await stage.FindSame(table, [.. tentative.Keys], cancel) : [];
            var lines = options.Mode == ImportMode.Update ? tentative.Keys.ToArray() : [.. same.Select(s => s.Line)];
            if (lines.Length == 0)
            {
                continue;
            }

            await stage.Remove(table, lines, cancel);
            var removed = lines.ToHashSet();
            batch.Rows.RemoveAll(r => removed.Contains(r.Row.Line));
            foreach (var found in await stage.Load(same.Select(s => (table.Type, s.Id)), cancel))
            {
                batch.Stored[found.Key] = found.Value;
            }

            var before = batch.Rows.Count;
            foreach (var (line, id) in same)
            {
                var row = tentative[line].Row;
                await Prepare(row, id, Read(row, Living(batch.Stored.GetValueOrDefault((table.Type, id))), batch), batch, cancel);
                removed.Remove(line);
            }

            await stage.Copy(table, [.. batch.Rows.Skip(before).Select(r => r.Staged)], cancel);
            foreach (var line in removed)
            {
                await faults.Add(line, table.Type, [new("", $"There is no such {table.TypeName}; mode=update creates none.")], cancel);
            }
        }
    }

    /// <summary>Whether there were any when the import began.</summary>
    private async Task<bool> HasRows(ImportTable table, CancellationToken cancel)
    {
        if (_stored is null)
        {
            _stored = [];
            foreach (var each in ImportTables.All)
            {
                if (await stage.Scalar<bool>($"select exists (select from {each.Name})", cancel))
                {
                    _stored.Add(each);
                }
            }
        }

        return _stored.Contains(table);
    }

    private IEnumerable<RowKey> KeysOf((ImportRow Row, StagedRow Staged, bool IsTentative) row)
    {
        var (type, id) = (row.Row.Kind.Type, row.Staged.Id);
        if (row.Row.Id is not null || !row.Staged.IsNew)
        {
            yield return new(row.Row.Line, type, id.ToByteArray(), id);
        }

        if (row.Staged.Stamp.DeletedAt is null)
        {
            foreach (var key in row.Staged.Content.ExternalIds)
            {
                yield return new(row.Row.Line, type, Digest(key), id);
            }
        }
    }

    private IEnumerable<PendingReference> Pending(ImportRow row, Batch batch) =>
        row.References.Where(r => r.Key is not null && !batch.Keys.ContainsKey((r.Type, r.Key)))
            .Select(r => new PendingReference(row.Line, row.Kind.Type, r, Digest(r.Key!), _before.Find(r, Digest(r.Key!), out var isSure), isSure));

    /// <summary>What is known of one batch.</summary>
    private sealed record Batch(Dictionary<(ResourceType, ExternalId), Guid> Keys, Dictionary<(ResourceType, Guid), Resource> Stored)
    {
        public List<(ImportRow Row, StagedRow Staged, bool IsTentative)> Rows { get; } = [];

        public List<RowKey> RowKeys { get; } = [];
    }
}

/// <summary>What can be told of a line: its row, or what is wrong with it.</summary>
internal readonly record struct ScannedLine(int Line, IReadOnlyList<Fault> Faults, ImportRow? Row, ResourceType? Type, (ExternalId Key, byte[] Digest)[] Digests);

/// <summary>UUIDs of version 7 in ascending order, all from one instant on: rows of a file sort as they stand in it, and indexes grow at their end.</summary>
internal sealed class RowIds(DateTimeOffset from)
{
    private long _next = from.ToUnixTimeMilliseconds() << 12;

    public Guid Next()
    {
        var at = _next++;
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = at >> 12;
        for (var i = 5; i >= 0; i--, milliseconds >>= 8)
        {
            bytes[i] = (byte)milliseconds;
        }

        bytes[6] = (byte)(0x70 | ((at >> 8) & 0x0F));
        bytes[7] = (byte)at;
        return new Guid(bytes, bigEndian: true);
    }
}
