using System.Text.Json;
using Stemma.Api.Hosting;
using Stemma.Domain.Imports;

namespace Stemma.Api.Imports;

/// <summary>All faults of an import, one JSON object a line, in a file that is gone when it is closed: there may be as many as there are rows.</summary>
internal sealed class FaultFile : IFaultSink, IAsyncDisposable
{
    private readonly FileStream _file = TemporaryFile.Create();

    public async Task Add(IReadOnlyList<RowFault> faults, CancellationToken cancel)
    {
        foreach (var fault in faults)
        {
            await _file.WriteAsync(Line(fault), cancel);
        }
    }

    public async Task CopyTo(Stream answer, CancellationToken cancel)
    {
        _file.Position = 0;
        await _file.CopyToAsync(answer, cancel);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    public static byte[] Line(RowFault fault) => [.. JsonSerializer.SerializeToUtf8Bytes(RowFaultResponse.From(fault), Problems.Json.RowFaultResponse), (byte)'\n'];
}

/// <summary>For whoever wants the first faults alone.</summary>
internal sealed class NoFaults : IFaultSink
{
    public Task Add(IReadOnlyList<RowFault> faults, CancellationToken cancel) => Task.CompletedTask;
}

/// <summary>For whoever waits for the end.</summary>
internal sealed class NoProgress : IImportProgress
{
    public void Read(long rows, long failed)
    {
    }

    public void Wrote(long created, long updated, long of)
    {
    }
}
