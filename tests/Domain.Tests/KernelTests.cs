using FsCheck.Xunit;
using Stemma.Domain.Kernel;
using Xunit;

namespace Stemma.Domain.Tests;

public sealed class KernelTests
{
    [Fact]
    public void A_result_is_a_value_or_a_failure()
    {
        Result<int> value = 3;
        Result<int> failure = new Error.NotFound();

        Assert.False(value.Failed(out _));
        Assert.Equal(3, value.Value);
        Assert.Null(value.Error);
        Assert.True(failure.Failed(out var error));
        Assert.IsType<Error.NotFound>(error);
        Assert.Throws<InvalidOperationException>(() => failure.Value);
    }

    [Fact]
    public void An_invalid_error_of_one_fault_names_its_path()
    {
        var error = new Error.Invalid("quantities[0].unit", "It is required.");

        Assert.Equal([new Fault("quantities[0].unit", "It is required.")], error.Faults);
    }

    [Property]
    public void Lists_with_equal_items_in_the_same_order_are_equal(int[] items)
    {
        var (one, other) = (new ValueList<int>([.. items]), new ValueList<int>([.. items]));

        Assert.True(one.Equals(other));
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Equal(items, one);
        Assert.Equal(items.Length, one.Count);
    }

    [Property]
    public void A_list_that_is_longer_is_another(int[] items, int more) =>
        Assert.False(new ValueList<int>(items).Equals(new ValueList<int>([.. items, more])));

    [Fact]
    public void The_order_of_a_list_counts()
    {
        ValueList<string> one = ["a", "b"];
        ValueList<string> other = ["b", "a"];

        Assert.False(one.Equals(other));
        Assert.False(one.Equals(null));
        Assert.Equal("b", one[1]);
    }

    [Fact]
    public void A_list_keeps_what_it_was_built_from()
    {
        var items = new[] { "a" };
        ValueList<string> list = [.. items];
        items[0] = "b";

        Assert.Equal("a", list[0]);
    }
}
