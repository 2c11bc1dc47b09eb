using Stemma.Domain.Claims;
using Stemma.Domain.History;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;
using Xunit;

namespace Stemma.Domain.Tests;

public sealed class ExpectationTests
{
    public enum Found
    {
        Nothing,
        Living,
        Tombstone,
    }

    /// <summary>What is found is in version 3.</summary>
    [Theory]
    [InlineData(Found.Living, null, false, false, null, true)]
    [InlineData(Found.Living, null, false, false, 3, true)]
    [InlineData(Found.Living, null, false, false, 2, false)]
    [InlineData(Found.Living, 3, true, false, null, true)]
    [InlineData(Found.Living, 2, true, false, null, false)]
    [InlineData(Found.Living, 4, true, false, null, false)]
    [InlineData(Found.Living, 3, true, false, 2, false)]
    [InlineData(Found.Living, null, true, false, null, true)]
    [InlineData(Found.Living, null, false, true, null, false)]
    [InlineData(Found.Nothing, null, false, false, null, true)]
    [InlineData(Found.Nothing, null, false, false, 7, true)]
    [InlineData(Found.Nothing, null, false, true, null, true)]
    [InlineData(Found.Nothing, null, true, false, null, false)]
    [InlineData(Found.Nothing, 3, true, false, null, false)]
    [InlineData(Found.Tombstone, null, false, false, null, true)]
    [InlineData(Found.Tombstone, null, false, true, null, true)]
    [InlineData(Found.Tombstone, null, false, false, 3, true)]
    [InlineData(Found.Tombstone, null, false, false, 2, false)]
    [InlineData(Found.Tombstone, 3, true, false, null, false)]
    [InlineData(Found.Tombstone, null, true, false, null, false)]
    public void It_is_met_or_stale(Found found, int? version, bool mustExist, bool mustNotExist, int? bodyVersion, bool met)
    {
        var expected = new Expectation(version is { } v ? [v] : null, mustExist, mustNotExist, bodyVersion);

        var error = expected.Check(Resource(found));

        Assert.Equal(met, error is null);
        Assert.True(error is null or Error.Stale);
    }

    [Fact]
    public void One_of_several_versions_is_enough() =>
        Assert.Null(new Expectation([1, 3, 8], MustExist: true, MustNotExist: false, BodyVersion: null).Check(Resource(Found.Living)));

    private static Claim? Resource(Found found)
    {
        if (found == Found.Nothing)
        {
            return null;
        }

        var by = new Actor("ann");
        var now = DateTimeOffset.UnixEpoch;
        var claim = Claim.Create(new ClaimId(Guid.NewGuid()), new ClaimContent { Text = "1" }, by, now);
        claim.Revise(claim.Content with { Text = "2" }, by, now);
        if (found == Found.Living)
        {
            claim.Revise(claim.Content with { Text = "3" }, by, now);
        }
        else
        {
            claim.Delete(by, now);
        }

        return claim;
    }
}
