using Stemma.Domain.History;
using Stemma.Domain.Reconciliation;
using Stemma.Domain.Sources;
using Xunit;

namespace Stemma.Domain.Tests;

public sealed class CandidatesTests
{
    [Fact]
    public void Judging_ends_where_its_time_is_over()
    {
        using var time = new CancellationTokenSource();
        var wording = new Wording(new Dictionary<string, string>(), new Dictionary<string, string>());
        var row = new SoughtEntity(new EntityQuestion { Text = "Reuters", Limit = 5 }, wording);
        var known = Enumerable.Range(0, 10).Select(_ => new KnownEntity(NewSource(), wording)).ToList();
        var judged = 0;

        Assert.Throws<OperationCanceledException>(() => Candidates.Judge(
            row,
            known,
            _ =>
            {
                if (++judged == 3)
                {
                    time.Cancel();
                }

                return default;
            },
            hasAllKeyed: true,
            _ => true,
            time.Token));
        Assert.Equal(3, judged);
    }

    private static SourceEntity NewSource() => new(new SourceView(Source.Create(
        new SourceId(Guid.NewGuid()), new SourceContent { Name = "Reuters", Kind = SourceKind.Outlet }, new Actor("ann"), DateTimeOffset.UnixEpoch)));
}
