using System.Text.Json;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.History;
using Stemma.Domain.Resources;
using Stemma.Domain.Sources;
using Xunit;

namespace Stemma.Domain.Tests;

public sealed class ResourceTests
{
    private static readonly Actor Ann = new("ann");
    private static readonly Actor Bob = new("bob");
    private static readonly DateTimeOffset Noon = new(2024, 5, 16, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_begins_at_version_1()
    {
        var claim = NewClaim();

        Assert.Equal(1, claim.Version);
        Assert.Equal((Noon, "ann"), (claim.CreatedAt, claim.CreatedBy));
        Assert.Equal((Noon, "ann"), (claim.UpdatedAt, claim.UpdatedBy));
        Assert.False(claim.IsDeleted);
        Assert.Equal(Change.Created, claim.LastChange);
    }

    [Fact]
    public void A_change_moves_the_version_and_leaves_who_created_it()
    {
        var claim = NewClaim();

        Assert.True(claim.Revise(claim.Content with { Text = "Another." }, Bob, Noon.AddHours(1)));

        Assert.Equal(2, claim.Version);
        Assert.Equal((Noon, "ann"), (claim.CreatedAt, claim.CreatedBy));
        Assert.Equal((Noon.AddHours(1), "bob"), (claim.UpdatedAt, claim.UpdatedBy));
    }

    [Fact]
    public void The_same_content_changes_nothing()
    {
        var claim = NewClaim();
        var same = claim.Content with { Tags = ["a", "b"], Quantities = [new() { Metric = "m", Comparator = Comparator.Eq, Unit = "1", Value = 1.50m }] };
        claim.Revise(same, Ann, Noon);

        Assert.False(claim.Revise(same with { Tags = ["a", "b"], Quantities = [same.Quantities[0] with { Value = 1.5m }] }, Bob, Noon.AddHours(1)));

        Assert.Equal(2, claim.Version);
        Assert.Equal("ann", claim.UpdatedBy);
    }

    [Fact]
    public void A_tombstone_comes_back_with_a_further_version()
    {
        var claim = NewClaim();

        claim.Delete(Bob, Noon.AddHours(1));
        Assert.True(claim.IsDeleted);
        Assert.Equal((2, claim.UpdatedAt), (claim.Version, claim.DeletedAt));

        claim.Restore(Ann, Noon.AddHours(2));
        Assert.False(claim.IsDeleted);
        Assert.Null(claim.DeletedAt);
        Assert.Equal((3, Change.Restored), (claim.Version, claim.LastChange));
    }

    [Fact]
    public void Restoring_the_living_does_nothing()
    {
        var claim = NewClaim();

        claim.Restore(Bob, Noon.AddHours(1));

        Assert.Equal((1, "ann"), (claim.Version, claim.UpdatedBy));
    }

    [Fact]
    public void A_tombstone_is_not_deleted_twice()
    {
        var claim = NewClaim();
        claim.Delete(Ann, Noon);

        Assert.Throws<InvalidOperationException>(() => claim.Delete(Ann, Noon));
    }

    [Fact]
    public void Revising_a_tombstone_brings_it_back_even_with_the_same_content()
    {
        var claim = NewClaim();
        claim.Delete(Ann, Noon);

        Assert.True(claim.Revise(claim.Content, Ann, Noon));

        Assert.False(claim.IsDeleted);
        Assert.Equal(3, claim.Version);
    }

    [Fact]
    public void Instants_are_cut_to_microseconds()
    {
        var claim = Claim.Create(new ClaimId(Guid.NewGuid()), new ClaimContent { Text = "x" }, Ann, Noon.AddTicks(19));

        Assert.Equal(Noon.AddTicks(10), claim.CreatedAt);
    }

    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """{"b":[1,2],"a":1.0}""", true)]
    [InlineData("""{"a":100}""", """{"a":1e2}""", true)]
    [InlineData("""{"a":"é"}""", """{"a":"\u00e9"}""", true)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":null}""", """{}""", false)]
    public void Citations_are_compared_as_JSON(string one, string other, bool same)
    {
        var (a, b) = (new Citation(Json(one)), new Citation(Json(other)));

        Assert.Equal(same, a.Equals(b));
        Assert.True(!same || a.GetHashCode() == b.GetHashCode());
    }

    [Theory]
    [InlineData(Stance.Denies, 0, true)]
    [InlineData(Stance.Denies, 1, false)]
    [InlineData(Stance.Contradicts, 0, false)]
    public void A_denial_attributed_to_nobody_is_by_a_party(Stance stance, int attributedTo, bool byParty) =>
        Assert.Equal(byParty, CorroborationContent.IsByParty(stance, attributedTo));

    [Fact]
    public void A_link_names_each_reference_under_its_path()
    {
        var (claim, source, told, cited) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var content = new CorroborationContent
        {
            ClaimId = new ClaimId(claim),
            SourceId = new SourceId(source),
            Stance = Stance.Reports,
            AttributedToIds = [new SourceId(told)],
            CitedInId = new SourceId(cited),
        };

        Assert.Equal(
            [
                new Reference("claimId", ResourceType.Claim, claim),
                new Reference("sourceId", ResourceType.Source, source),
                new Reference("attributedToIds[0]", ResourceType.Source, told),
                new Reference("citedInId", ResourceType.Source, cited),
            ],
            content.References());
    }

    [Fact]
    public void A_relation_names_both_its_ends_under_their_paths()
    {
        var (from, to) = (Guid.NewGuid(), Guid.NewGuid());
        var derivation = new DerivationContent { FromId = new SourceId(from), ToId = new SourceId(to), Relation = DerivationRelation.Cites };
        var relation = new ClaimRelationContent { FromId = new ClaimId(from), ToId = new ClaimId(to), Kind = ClaimRelationKind.Refines };

        Assert.Equal([new Reference("fromId", ResourceType.Source, from), new Reference("toId", ResourceType.Source, to)], derivation.References());
        Assert.Equal([new Reference("fromId", ResourceType.Claim, from), new Reference("toId", ResourceType.Claim, to)], relation.References());
        Assert.Empty(derivation.Urls());
        Assert.Empty(relation.Urls());
    }

    private static Claim NewClaim() => Claim.Create(new ClaimId(Guid.NewGuid()), new ClaimContent { Text = "A claim." }, Ann, Noon);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
